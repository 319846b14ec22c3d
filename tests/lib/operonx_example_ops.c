/* operonx_example_ops.c: operations of the larger recorded graphs: texts, generators, a call bot.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "operonx_ops.h"

#define ANY(name)                                                                                  \
    {                                                                                              \
        name, "any", "As it comes.", 0                                                             \
    }

/* ---- building results ---- */

/* A list under construction; `failed` once memory is out. */
struct list {
    kiln_heap *h;
    kiln_value all;
    int failed;
};

static struct list list_new(kiln_call *call)
{
    struct list l = { .h = kiln_call_heap(call) };

    l.failed = kiln_array(l.h, &l.all, NULL, 0) < 0;
    return l;
}

static void list_add(struct list *l, kiln_value v)
{
    l->failed |= kiln_push(l->h, &l->all, &v) < 0;
}

/* One frame of a generator: up to two fields. */
static void list_frame(struct list *l, const char *a, kiln_value x, const char *b, kiln_value y)
{
    kiln_value pairs[4], frame;

    l->failed |= kiln_string(l->h, &pairs[0], a, (unsigned)strlen(a)) < 0;
    pairs[1] = x;
    if (b)
        l->failed |= kiln_string(l->h, &pairs[2], b, (unsigned)strlen(b)) < 0;
    pairs[3] = y;
    if (!l->failed && kiln_object(l->h, &frame, pairs, b ? 2 : 1) == 0)
        list_add(l, frame);
}

static int list_give(kiln_call *call, struct list *l)
{
    return l->failed ? -1 : kiln_out_value(call, l->all);
}

/* The next word of *text, its bytes in *ret_n; NULL when there is none. */
static const char *next_word(const char **text, unsigned *ret_n)
{
    const char *from = *text + strspn(*text, " \t\r\n");

    *ret_n = (unsigned)strcspn(from, " \t\r\n");
    *text = from + *ret_n;
    return *ret_n ? from : NULL;
}

static unsigned characters(const char *s, size_t n)
{
    unsigned count = 0;

    while (n--)
        count += (*s++ & 0xc0) != 0x80;
    return count;
}

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
    struct list l = list_new(call);

    for (int i = 1; i <= 5; i++)
        list_add(&l, kiln_int(i));
    return l.failed ? -1 : kiln_out(call, "data", l.all);
}

KILN_OP(case_transform, "transform", KILN_PURE, "Each twice.", KILN_INPUTS(ANY("data")),
        KILN_OUTPUTS(ANY("transformed")))
{
    kiln_value data = kiln_in(call, "data");
    struct list l = list_new(call);

    for (unsigned i = 0; i < data.n; i++)
        list_add(&l, kiln_int(2 * data.u.items[i].u.i));
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

    while ((word = next_word(&text, &n)) && used + n + 2 < sizeof clean) {
        if (used)
            clean[used++] = ' ';
        for (unsigned i = 0; i < n; i++)
            clean[used++] = (char)tolower((unsigned char)word[i]);
        clean[used] = 0;
    }
    return kiln_out_text(call, "cleaned_text", "%s", clean);
}

/* ---- generators ---- */

KILN_OP(case_each_item_prefix, "each_item", KILN_PURE, "The items, each with the prefix.",
        KILN_INPUTS(ANY("items"), ANY("prefix")), KILN_OUTPUTS(ANY("item"), ANY("prefix")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_value items = kiln_in(call, "items");
    struct list l = list_new(call);

    for (unsigned i = 0; i < items.n; i++)
        list_frame(&l, "item", items.u.items[i], "prefix", kiln_in(call, "prefix"));
    return list_give(call, &l);
}

KILN_OP(case_each_item, "each_item", KILN_PURE, "The items.", KILN_INPUTS(ANY("items")),
        KILN_OUTPUTS(ANY("item")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_value items = kiln_in(call, "items");
    struct list l = list_new(call);

    for (unsigned i = 0; i < items.n; i++)
        list_frame(&l, "item", items.u.items[i], NULL, kiln_null());
    return list_give(call, &l);
}

KILN_OP(case_each_number, "each_number", KILN_PURE, "The numbers.", KILN_INPUTS(ANY("numbers")),
        KILN_OUTPUTS(ANY("x")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_value items = kiln_in(call, "numbers");
    struct list l = list_new(call);

    for (unsigned i = 0; i < items.n; i++)
        list_frame(&l, "x", items.u.items[i], NULL, kiln_null());
    return list_give(call, &l);
}

KILN_OP(case_halve_until, "halve_until", KILN_PURE, "Halves a number until it is below 5.",
        KILN_INPUTS(ANY("value")), KILN_OUTPUTS(ANY("value")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    long long value = kiln_in_int(call, "value");
    struct list l = list_new(call);

    while (value >= 5) {
        value /= 2;
        list_frame(&l, "value", kiln_int(value), NULL, kiln_null());
    }
    return list_give(call, &l);
}

KILN_OP(case_async_counter, "async_counter", KILN_PURE, "1 to n with their squares.",
        KILN_INPUTS(ANY("n")), KILN_OUTPUTS(ANY("number"), ANY("squared")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    struct list l = list_new(call);

    for (long long i = 1; i <= kiln_in_int(call, "n"); i++)
        list_frame(&l, "number", kiln_int(i), "squared", kiln_int(i * i));
    return list_give(call, &l);
}

KILN_OP(case_chunk_text, "chunk_text", KILN_PURE, "Groups of words.",
        KILN_INPUTS(ANY("text"), ANY("chunk_size")), KILN_OUTPUTS(ANY("chunk"), ANY("index")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    const char *text = kiln_in_text(call, "text"), *word = next_word(&text, &(unsigned){ 0 });
    long long size = kiln_in_int(call, "chunk_size");
    struct list l = list_new(call);

    text = kiln_in_text(call, "text");
    for (int index = 0; word; index++) {
        const char *from = NULL, *end = NULL;
        kiln_value chunk = kiln_null();
        unsigned n;

        for (long long i = 0; i < (size < 1 ? 1 : size) && (word = next_word(&text, &n)); i++) {
            from = from ? from : word;
            end = word + n;
        }
        if (!from)
            break;
        l.failed |= kiln_string(l.h, &chunk, from, (unsigned)(end - from)) < 0;
        list_frame(&l, "chunk", chunk, "index", kiln_int(index));
    }
    return list_give(call, &l);
}

KILN_OP(case_customer_audio, "customer_audio", KILN_PURE, "Pieces of sound.",
        KILN_INPUTS(ANY("sample_count")), KILN_OUTPUTS(ANY("audio"), ANY("timestamp_ms")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    struct list l = list_new(call);

    for (long long i = 0; i < kiln_in_int(call, "sample_count"); i++) {
        kiln_value audio = kiln_null();

        l.failed |= kiln_textf(l.h, &audio, "chunk_%lld", i) < 0;
        list_frame(&l, "audio", audio, "timestamp_ms", kiln_int(32 * i));
    }
    return list_give(call, &l);
}

KILN_OP(case_vad, "vad", KILN_PURE, "The pieces that hold speech.",
        KILN_INPUTS(ANY("audio"), ANY("timestamp_ms")),
        KILN_OUTPUTS(ANY("segment"), ANY("start_ms"), ANY("end_ms")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    long long at = kiln_in_int(call, "timestamp_ms");
    kiln_heap *h = kiln_call_heap(call);
    struct list l = list_new(call);
    kiln_value pairs[6], frame;

    if (at == 64 || at == 128) {
        if (kiln_string(h, &pairs[0], "segment", 7) < 0
            || kiln_textf(h, &pairs[1], "speech_from_%s", kiln_in_text(call, "audio")) < 0
            || kiln_string(h, &pairs[2], "start_ms", 8) < 0
            || kiln_string(h, &pairs[4], "end_ms", 6) < 0)
            return -1;
        pairs[3] = kiln_int(at);
        pairs[5] = kiln_int(at + 32);
        if (kiln_object(h, &frame, pairs, 3) < 0)
            return -1;
        list_add(&l, frame);
    }
    return list_give(call, &l);
}

KILN_OP(case_tts, "tts", KILN_PURE, "The words of a text as sound.", KILN_INPUTS(ANY("response")),
        KILN_OUTPUTS(ANY("audio_out"), ANY("index")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    const char *text = kiln_in_text(call, "response"), *word;
    struct list l = list_new(call);
    unsigned n;

    for (int i = 0; (word = next_word(&text, &n)); i++) {
        kiln_value audio = kiln_null();

        l.failed |= kiln_textf(l.h, &audio, "tts_%d_%.*s", i, (int)n, word) < 0;
        list_frame(&l, "audio_out", audio, "index", kiln_int(i));
    }
    return list_give(call, &l);
}

/* ---- what runs for their items ---- */

KILN_OP(case_process_item_prefix, "process_item", KILN_PURE, "Prefix and item.",
        KILN_INPUTS(ANY("item"), ANY("prefix")), KILN_OUTPUTS(ANY("result")))
{
    return kiln_out_text(call, "result", "%s: %s", kiln_in_text(call, "prefix"),
                         kiln_in_text(call, "item"));
}

KILN_OP(case_process_item, "process_item", KILN_PURE, "A square.", KILN_INPUTS(ANY("item")),
        KILN_OUTPUTS(ANY("result"), ANY("status")))
{
    long long x = kiln_in_int(call, "item");

    kiln_out_text(call, "status", "ok");
    return kiln_out(call, "result", kiln_int(x * x));
}

KILN_OP(case_square, "square", KILN_PURE, "A square.", KILN_INPUTS(ANY("x")),
        KILN_OUTPUTS(ANY("squared")))
{
    long long x = kiln_in_int(call, "x");

    return kiln_out(call, "squared", kiln_int(x * x));
}

KILN_OP(case_safe_process, "safe_process", KILN_PURE, "Odd numbers times ten.",
        KILN_INPUTS(ANY("item")), KILN_OUTPUTS(ANY("result"), ANY("error")))
{
    long long x = kiln_in_int(call, "item");

    kiln_out(call, "result", x % 2 ? kiln_int(10 * x) : kiln_null());
    if (x % 2)
        return kiln_out(call, "error", kiln_null());
    return kiln_out_text(call, "error", "Even number: %lld", x);
}

KILN_OP(case_format_square, "format_square", KILN_PURE, "A line.",
        KILN_INPUTS(ANY("number"), ANY("squared")), KILN_OUTPUTS(ANY("label")))
{
    return kiln_out_text(call, "label", "%lld^2 = %lld", kiln_in_int(call, "number"),
                         kiln_in_int(call, "squared"));
}

KILN_OP(case_analyze_chunk, "analyze_chunk", KILN_PURE, "A score for a group of words.",
        KILN_INPUTS(ANY("chunk"), ANY("index")), KILN_OUTPUTS(ANY("result")))
{
    const char *text = kiln_in_text(call, "chunk"), *word;
    int words = 0, is_long = 0;
    unsigned n;

    for (; (word = next_word(&text, &n)); words++)
        is_long |= characters(word, n) > 6;
    return kiln_out_text(call, "result", "[%lld] %dw score=%d%s", kiln_in_int(call, "index"), words,
                         10 * words + (is_long ? 15 : 0), is_long ? "*" : "");
}

KILN_OP(case_stt, "stt", KILN_PURE, "What was said.",
        KILN_INPUTS(ANY("segment"), ANY("start_ms"), ANY("end_ms")),
        KILN_OUTPUTS(ANY("transcript")))
{
    return kiln_out_text(call, "transcript", "Hello from %s [%lld-%lldms]",
                         kiln_in_text(call, "segment"), kiln_in_int(call, "start_ms"),
                         kiln_in_int(call, "end_ms"));
}

KILN_OP(case_classify_intent, "classify_intent", KILN_PURE, "What is wanted.",
        KILN_INPUTS(ANY("transcript")), KILN_OUTPUTS(ANY("intent"), ANY("confidence")))
{
    int greets = strcasestr(kiln_in_text(call, "transcript"), "hello") != NULL;

    kiln_out(call, "confidence", kiln_double(greets ? 0.95 : 0.8));
    return kiln_out_text(call, "intent", "%s", greets ? "greeting" : "general");
}

KILN_OP(case_handle_intent, "handle_intent", KILN_PURE, "An answer.",
        KILN_INPUTS(ANY("intent"), ANY("transcript")), KILN_OUTPUTS(ANY("response")))
{
    if (!strcmp(kiln_in_text(call, "intent"), "greeting"))
        return kiln_out_text(call, "response", "Hello! How can I help you today?");
    return kiln_out_text(call, "response", "I understand. Let me help with: %s",
                         kiln_in_text(call, "transcript"));
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

    while ((word = next_word(&text, &n))) {
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
    struct list l = list_new(call);
    unsigned n;

    while (l.all.n < 5 && (word = next_word(&text, &n))) {
        kiln_value v = kiln_null();
        char plain[64];

        plain_word(word, n, plain);
        if (strlen(plain) <= 2 || holds(" the is a an and or but in on at to for of with ", plain))
            continue;
        l.failed |= kiln_textf(l.h, &v, "%s", plain) < 0;
        list_add(&l, v);
    }
    return l.failed ? -1 : kiln_out(call, "keywords", l.all);
}

KILN_OP(case_count_stats, "count_stats", KILN_PURE, "Words and characters.",
        KILN_INPUTS(ANY("text")),
        KILN_OUTPUTS(ANY("word_count"), ANY("char_count"), ANY("avg_word_len")))
{
    const char *text = kiln_in_text(call, "text");
    unsigned all = characters(text, strlen(text)), words = 0, n;

    while (next_word(&text, &n))
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
    { "ex05", &kiln_op_case_each_item_prefix },
    { "ex05", &kiln_op_case_process_item_prefix },
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
    { NULL, &kiln_op_case_each_item },
    { NULL, &kiln_op_case_each_number },
    { NULL, &kiln_op_case_halve_until },
    { NULL, &kiln_op_case_async_counter },
    { NULL, &kiln_op_case_chunk_text },
    { NULL, &kiln_op_case_customer_audio },
    { NULL, &kiln_op_case_vad },
    { NULL, &kiln_op_case_tts },
    { NULL, &kiln_op_case_process_item },
    { NULL, &kiln_op_case_square },
    { NULL, &kiln_op_case_safe_process },
    { NULL, &kiln_op_case_format_square },
    { NULL, &kiln_op_case_analyze_chunk },
    { NULL, &kiln_op_case_stt },
    { NULL, &kiln_op_case_classify_intent },
    { NULL, &kiln_op_case_handle_intent },
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
