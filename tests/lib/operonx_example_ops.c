/* operonx_example_ops.c: operations of the larger recorded graphs: greetings, pipelines, errors,
 * texts.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "operonx_ops.h"
#include "operonx_words.h"

/* ---- greetings, pipelines ---- */

KILN_OP(case_greet, "greet", KILN_PURE, "A greeting.", KILN_INPUTS(ANY("who")),
        KILN_OUTPUTS(ANY("greeting")))
{
    return kiln_out_text(call, "greeting", "Xin ch\xc3\xa0o, %s!", kiln_in_text(call, "who"));
}

KILN_OP(case_greet_en, "greet_en", KILN_PURE, "A greeting.", KILN_INPUTS(ANY("who")),
        KILN_OUTPUTS(ANY("greeting")))
{
    return kiln_out_text(call, "greeting", "Hello, %s!", kiln_in_text(call, "who"));
}

KILN_OP(case_upper, "upper", KILN_PURE, "A text in capitals (a to z).", KILN_INPUTS(ANY("text")),
        KILN_OUTPUTS(ANY("result")))
{
    char big[1024];

    snprintf(big, sizeof big, "%s", kiln_in_text(call, "text"));
    for (char *c = big; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return kiln_out_text(call, "result", "%s", big);
}

KILN_OP(case_step_a, "step_a", KILN_PURE, "A constant.", KILN_OUTPUTS(ANY("a_result")))
{
    return kiln_out_text(call, "a_result", "K\xe1\xba\xbft qu\xe1\xba\xa3 A");
}

KILN_OP(case_step_b, "step_b", KILN_PURE, "A constant.", KILN_OUTPUTS(ANY("b_result")))
{
    return kiln_out_text(call, "b_result", "K\xe1\xba\xbft qu\xe1\xba\xa3 B");
}

KILN_OP(case_merge, "merge", KILN_PURE, "Two texts.", KILN_INPUTS(ANY("a"), ANY("b")),
        KILN_OUTPUTS(ANY("combined")))
{
    return kiln_out_text(call, "combined", "%s + %s", kiln_in_text(call, "a"),
                         kiln_in_text(call, "b"));
}

KILN_OP(case_fetch_data, "fetch_data", KILN_PURE, "1 to 5.", KILN_OUTPUTS(ANY("data")))
{
    struct case_list l = case_list_new(call);

    for (int i = 1; i <= 5; i++)
        case_list_add(&l, kiln_int(i));
    return l.failed ? -1 : kiln_out(call, "data", l.all);
}

KILN_OP(case_transform, "transform", KILN_PURE, "Each twice.", KILN_INPUTS(ANY("data")),
        KILN_OUTPUTS(ANY("transformed")))
{
    kiln_value data = kiln_in(call, "data");
    struct case_list l = case_list_new(call);

    for (unsigned i = 0; i < data.n; i++)
        case_list_add(&l, kiln_int(2 * data.u.items[i].u.i));
    return l.failed ? -1 : kiln_out(call, "transformed", l.all);
}

KILN_OP(case_aggregate, "aggregate", KILN_PURE, "Sum, mean and number.", KILN_INPUTS(ANY("data")),
        KILN_OUTPUTS(ANY("total"), ANY("average"), ANY("count")))
{
    kiln_value data = kiln_in(call, "data");
    long long total = 0;

    for (unsigned i = 0; i < data.n; i++)
        total += data.u.items[i].u.i;
    kiln_out(call, "total", kiln_int(total));
    kiln_out(call, "average", kiln_double(data.n ? (double)total / data.n : 0.0));
    return kiln_out(call, "count", kiln_int(data.n));
}

KILN_OP(case_clean_text, "clean_text", KILN_PURE, "Small letters, single blanks.",
        KILN_INPUTS(ANY("text")), KILN_OUTPUTS(ANY("cleaned_text")))
{
    const char *text = kiln_in_text(call, "text"), *word;
    char clean[4096] = "";
    size_t used = 0;
    unsigned n;

    while ((word = case_next_word(&text, &n)) && used + n + 2 < sizeof clean) {
        if (used)
            clean[used++] = ' ';
        for (unsigned i = 0; i < n; i++)
            clean[used++] = (char)tolower((unsigned char)word[i]);
        clean[used] = 0;
    }
    return kiln_out_text(call, "cleaned_text", "%s", clean);
}

/* ---- grades, errors ---- */

static int grade(kiln_call *call, const char *letter, const char *message)
{
    kiln_out_text(call, "grade", "%s", letter);
    return kiln_out_text(call, "message", "%s", message);
}

KILN_OP(case_excellent, "excellent", KILN_PURE, "A.", KILN_OUTPUTS(ANY("grade"), ANY("message")))
{
    return grade(call, "A",
                 "Xu\xe1\xba\xa5t s\xe1\xba\xaf"
                 "c!");
}

KILN_OP(case_good, "good", KILN_PURE, "B.", KILN_OUTPUTS(ANY("grade"), ANY("message")))
{
    return grade(call, "B", "T\xe1\xbb\x91t!");
}

KILN_OP(case_average, "average", KILN_PURE, "C.", KILN_OUTPUTS(ANY("grade"), ANY("message")))
{
    return grade(call, "C", "Trung b\xc3\xacnh");
}

KILN_OP(case_fail, "fail", KILN_PURE, "F.", KILN_OUTPUTS(ANY("grade"), ANY("message")))
{
    return grade(call, "F", "C\xe1\xba\xa7n c\xe1\xba\xa3i thi\xe1\xbb\x87n");
}

KILN_OP(case_failing, "failing", KILN_PURE, "Fails.", KILN_OUTPUTS(ANY("result")))
{
    return kiln_fail(call, "division by zero");
}

KILN_OP(case_safe_divide, "safe_divide", KILN_PURE, "Divides, or says why not.",
        KILN_INPUTS(ANY("a"), ANY("b")), KILN_OUTPUTS(ANY("success"), ANY("result"), ANY("error")))
{
    double a = kiln_in_number(call, "a"), b = kiln_in_number(call, "b");

    kiln_out(call, "success", kiln_bool(b != 0));
    kiln_out(call, "result", b != 0 ? kiln_double(a / b) : kiln_null());
    if (b != 0)
        return kiln_out(call, "error", kiln_null());
    return kiln_out_text(call, "error", "Cannot divide by zero");
}

KILN_OP(case_handle_success, "handle_success", KILN_PURE, "A line.", KILN_INPUTS(ANY("result")),
        KILN_OUTPUTS(ANY("output")))
{
    return kiln_out_text(call, "output", "Result: %.1f", kiln_in_number(call, "result"));
}

KILN_OP(case_handle_error, "handle_error", KILN_PURE, "A line.", KILN_INPUTS(ANY("error")),
        KILN_OUTPUTS(ANY("output")))
{
    return kiln_out_text(call, "output", "Error occurred: %s", kiln_in_text(call, "error"));
}

KILN_OP(case_retry_with_backoff, "retry_with_backoff", KILN_PURE, "An answer at last.",
        KILN_INPUTS(ANY("query")), KILN_OUTPUTS(ANY("success"), ANY("answer"), ANY("attempts")))
{
    kiln_out(call, "success", kiln_bool(1));
    kiln_out(call, "attempts", kiln_int(3));
    return kiln_out_text(call, "answer", "Result for: %s", kiln_in_text(call, "query"));
}

KILN_OP(case_with_fallback, "with_fallback", KILN_PURE, "The answer, or another one.",
        KILN_INPUTS(ANY("primary_result"), ANY("success")),
        KILN_OUTPUTS(ANY("output"), ANY("used_fallback")))
{
    int ok = kiln_in_bool(call, "success");

    kiln_out(call, "used_fallback", kiln_bool(!ok));
    return kiln_out_text(call, "output", "%s",
                         ok ? kiln_in_text(call, "primary_result") : "Default answer (fallback)");
}

KILN_OP(case_add, "add", KILN_PURE, "A sum.", KILN_INPUTS(ANY("a"), ANY("b")),
        KILN_OUTPUTS(ANY("result")))
{
    return kiln_out(call, "result", kiln_int(kiln_in_int(call, "a") + kiln_in_int(call, "b")));
}

/* ---- text analysis ---- */

/* Whether a list of words, each between blanks, holds the word. */
static int holds(const char *list, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = list; (at = strstr(at, word)); at++)
        if (n && at > list && at[-1] == ' ' && at[n] == ' ')
            return 1;
    return 0;
}

/* The word in small letters without the punctuation around it. */
static void plain_word(const char *word, unsigned n, char ret[64])
{
    unsigned used = 0;

    while (n && strchr(".,!?;", word[n - 1]))
        n--;
    for (; n && strchr(".,!?;", *word); n--)
        word++;
    for (; used < n && used < 63; used++)
        ret[used] = (char)tolower((unsigned char)word[used]);
    ret[used] = 0;
}

KILN_OP(case_analyze_sentiment, "analyze_sentiment", KILN_PURE, "Good or bad words.",
        KILN_INPUTS(ANY("text")), KILN_OUTPUTS(ANY("sentiment")))
{
    const char *text = kiln_in_text(call, "text"), *word;
    int score = 0;
    unsigned n;

    while ((word = case_next_word(&text, &n))) {
        char plain[64];

        plain_word(word, n, plain);
        score += holds(" good great excellent love happy ", plain);
        score -= holds(" bad terrible hate awful sad ", plain);
    }
    return kiln_out_text(call, "sentiment", "%s",
                         score > 0   ? "positive"
                         : score < 0 ? "negative"
                                     : "neutral");
}

KILN_OP(case_extract_keywords, "extract_keywords", KILN_PURE, "The first five words that count.",
        KILN_INPUTS(ANY("text")), KILN_OUTPUTS(ANY("keywords")))
{
    const char *text = kiln_in_text(call, "text"), *word;
    struct case_list l = case_list_new(call);
    unsigned n;

    while (l.all.n < 5 && (word = case_next_word(&text, &n))) {
        kiln_value v = kiln_null();
        char plain[64];

        plain_word(word, n, plain);
        if (strlen(plain) <= 2 || holds(" the is a an and or but in on at to for of with ", plain))
            continue;
        l.failed |= kiln_textf(l.h, &v, "%s", plain) < 0;
        case_list_add(&l, v);
    }
    return l.failed ? -1 : kiln_out(call, "keywords", l.all);
}

KILN_OP(case_count_stats, "count_stats", KILN_PURE, "Words and characters.",
        KILN_INPUTS(ANY("text")),
        KILN_OUTPUTS(ANY("word_count"), ANY("char_count"), ANY("avg_word_len")))
{
    const char *text = kiln_in_text(call, "text");
    unsigned all = case_characters(text, strlen(text)), words = 0, n;

    while (case_next_word(&text, &n))
        words++;
    kiln_out(call, "word_count", kiln_int(words));
    kiln_out(call, "char_count", kiln_int(all));
    return kiln_out(call, "avg_word_len",
                    kiln_double(words ? rint(10.0 * all / words) / 10.0 : 0.0));
}

KILN_OP(case_merge_analysis, "merge_analysis", KILN_PURE, "All of it.",
        KILN_INPUTS(ANY("s"), ANY("k"), ANY("wc"), ANY("cc"), ANY("awl")),
        KILN_OUTPUTS(ANY("analysis")))
{
    static const char *const from[] = { "s", "k", "wc", "cc", "awl" };
    static const char *const to[] = { "sentiment", "keywords", "word_count", "char_count",
                                      "avg_word_len" };
    kiln_heap *h = kiln_call_heap(call);
    kiln_value pairs[10], all;

    for (int i = 0; i < 5; i++) {
        if (kiln_string(h, &pairs[2 * i], to[i], (unsigned)strlen(to[i])) < 0)
            return -1;
        pairs[2 * i + 1] = kiln_in(call, from[i]);
    }
    return kiln_object(h, &all, pairs, 5) < 0 ? -1 : kiln_out(call, "analysis", all);
}

const struct operonx_case_op operonx_example_ops[] = {
    { NULL, &kiln_op_case_greet },
    { NULL, &kiln_op_case_greet_en },
    { NULL, &kiln_op_case_upper },
    { NULL, &kiln_op_case_step_a },
    { NULL, &kiln_op_case_step_b },
    { NULL, &kiln_op_case_merge },
    { NULL, &kiln_op_case_fetch_data },
    { NULL, &kiln_op_case_transform },
    { NULL, &kiln_op_case_aggregate },
    { NULL, &kiln_op_case_clean_text },
    { NULL, &kiln_op_case_excellent },
    { NULL, &kiln_op_case_good },
    { NULL, &kiln_op_case_average },
    { NULL, &kiln_op_case_fail },
    { NULL, &kiln_op_case_failing },
    { NULL, &kiln_op_case_safe_divide },
    { NULL, &kiln_op_case_handle_success },
    { NULL, &kiln_op_case_handle_error },
    { NULL, &kiln_op_case_retry_with_backoff },
    { NULL, &kiln_op_case_with_fallback },
    { NULL, &kiln_op_case_add },
    { NULL, &kiln_op_case_analyze_sentiment },
    { NULL, &kiln_op_case_extract_keywords },
    { NULL, &kiln_op_case_count_stats },
    { NULL, &kiln_op_case_merge_analysis },
    { NULL, NULL },
};
