/* match.c: the `text` operations that look for a pattern (scenario 4.5). */
#include "ops/input.h"
#include "ops/text/cases.h"
#include "ops/text/regex.h"
#include "ops/text/text_call.h"
#include "value.h"

#define TEXT                                                                                       \
    {                                                                                              \
        "text", "string", "The text; in an empty one nothing is found.", 0                         \
    }
#define PATTERN                                                                                    \
    {                                                                                              \
        "pattern", "string", "A regular expression in the syntax of Rust's regex library.", 0      \
    }
#define CASELESS                                                                                   \
    {                                                                                              \
        "case_insensitive", "boolean", "Capitals and small letters are alike.", 0                  \
    }

KILN_OP(text_regex_test, "text.regex-test", KILN_PURE, "Whether a pattern is found in a text.",
        KILN_INPUTS(TEXT, PATTERN, CASELESS), KILN_OUTPUTS({ "result", "boolean", "It is.", 0 }),
        KILN_FLAGS(KILN_OP_BARE), KILN_NEEDS("pcre2-8"))
{
    struct regex *r;
    kiln_value text;
    int found;

    if (text_call_input(call, "regex-test", &text) < 0
        || !(r = regex_new(call, "regex-test", &text)))
        return -1;
    found = text.n ? regex_next(r) : 0;
    regex_free(r);
    return found < 0 ? -1 : kiln_out_value(call, kiln_bool(found));
}

/* ---- regex-match --------------------------------------------------------------------------- */

/* The group of the first match, or null. */
static int give_first(kiln_call *call, struct regex *r, const kiln_value *text,
                      unsigned long long group)
{
    size_t from, to;
    int found = text->n ? regex_next(r) : 0;

    if (found < 0)
        return -1;
    found = found && regex_group(r, group, &from, &to);
    return kiln_out_value(call, found ? text_call_part(text, from, to) : kiln_null());
}

/* The group of every match that has it. */
static int give_all(kiln_call *call, struct regex *r, const kiln_value *text,
                    unsigned long long group)
{
    kiln_value list;
    size_t from, to;
    int found = 0;

    if (kiln_array(kiln_call_heap(call), &list, NULL, 0) < 0)
        return -1;
    while (text->n && (found = regex_next(r)) > 0)
        if (regex_group(r, group, &from, &to)
            && text_call_push(call, &list, text->u.s + from, to - from) < 0)
            return -1;
    return found < 0 ? -1 : kiln_out_value(call, list);
}

KILN_OP(text_regex_match, "text.regex-match", KILN_PURE,
        "What a pattern finds in a text: the first, or all.",
        KILN_INPUTS(TEXT, PATTERN,
                    { "capture_group", "integer", "Which group; 0 (when left out): all of it.", 0 },
                    { "all_matches", "boolean", "All of them, as a list.", 0 }, CASELESS),
        KILN_OUTPUTS({ "result", "any", "A text or null, or an array of texts.", 0 }),
        KILN_FLAGS(KILN_OP_BARE), KILN_NEEDS("pcre2-8"))
{
    struct regex *r;
    unsigned long long group;
    kiln_value text;
    int all, failed;

    if (text_call_input(call, "regex-match", &text) < 0
        || text_call_count(call, "regex-match", "capture_group", 0, &group) < 0
        || input_flag(call, "regex-match", "all_matches", &all) < 0
        || !(r = regex_new(call, "regex-match", &text)))
        return -1;
    failed = all ? give_all(call, r, &text, group) : give_first(call, r, &text, group);
    regex_free(r);
    return failed;
}

/* ---- regex-split --------------------------------------------------------------------------- */

static int give_parts(kiln_call *call, struct regex *r, const kiln_value *text,
                      unsigned long long limit)
{
    kiln_value list;
    size_t last = 0, from, to;
    int found = 0;

    if (kiln_array(kiln_call_heap(call), &list, NULL, 0) < 0)
        return -1;
    if (!text->n)
        return kiln_out_value(call, list);
    while ((!limit || list.n + 1 < limit) && (found = regex_next(r)) > 0) {
        regex_group(r, 0, &from, &to);
        if (text_call_push(call, &list, text->u.s + last, from - last) < 0)
            return -1;
        last = to;
    }
    if (found < 0 || text_call_push(call, &list, text->u.s + last, text->n - last) < 0)
        return -1;
    return kiln_out_value(call, list);
}

KILN_OP(text_regex_split, "text.regex-split", KILN_PURE,
        "The parts of a text between what a pattern finds.",
        KILN_INPUTS(TEXT, PATTERN,
                    { "limit", "integer", "At most so many parts; 0 (when left out): all.", 0 },
                    CASELESS),
        KILN_OUTPUTS({ "parts", "array of string", "The parts; none of an empty text.", 0 }),
        KILN_FLAGS(KILN_OP_BARE), KILN_NEEDS("pcre2-8"))
{
    struct regex *r;
    unsigned long long limit;
    kiln_value text;
    int failed;

    if (text_call_input(call, "regex-split", &text) < 0
        || text_call_count(call, "regex-split", "limit", 0, &limit) < 0
        || !(r = regex_new(call, "regex-split", &text)))
        return -1;
    failed = give_parts(call, r, &text, limit);
    regex_free(r);
    return failed;
}

/* ---- count-occurrences --------------------------------------------------------------------- */

static long long count_literal(const kiln_value *text, const kiln_value *pattern)
{
    long long n = 0;

    for (size_t at = 0; (at = text_call_find(text, at, pattern)) < text->n; at += pattern->n)
        n++;
    return n;
}

/* Small letters against small letters. -1 when memory is out. */
static long long count_caseless(const kiln_value *text, const kiln_value *pattern)
{
    struct text t = { 0 }, p = { 0 };
    kiln_value a, b;
    long long n = -1;

    cases_put_lower(&t, text->u.s, text->n);
    cases_put_lower(&p, pattern->u.s, pattern->n);
    a = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)t.n, .u.s = text_cstr(&t) };
    b = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)p.n, .u.s = text_cstr(&p) };
    if (!t.failed && !p.failed)
        n = count_literal(&a, &b);
    text_fini(&t);
    text_fini(&p);
    return n;
}

static int give_matches(kiln_call *call, const kiln_value *text, const kiln_value *pattern,
                        int caseless)
{
    struct regex *r = regex_make(call, pattern, caseless, text);
    long long n = 0;
    int found = 0;

    while (r && text->n && (found = regex_next(r)) > 0)
        n++;
    regex_free(r);
    return !r || found < 0 ? -1 : kiln_out_value(call, kiln_int(n));
}

KILN_OP(text_count_occurrences, "text.count-occurrences", KILN_PURE,
        "How often a text, or a pattern, stands in a text.",
        KILN_INPUTS(TEXT, { "pattern", "string", "What is counted; an empty one: 0.", 0 },
                    { "use_regex", "boolean", "It is a regular expression.", 0 }, CASELESS),
        KILN_OUTPUTS({ "count", "integer", "How often, without overlaps.", 0 }),
        KILN_FLAGS(KILN_OP_BARE), KILN_NEEDS("pcre2-8 utf8proc"))
{
    kiln_value text, pattern;
    int regex, caseless;
    long long n;

    if (text_call_input(call, "count-occurrences", &text) < 0
        || input_text_or(call, "count-occurrences", "pattern", "", &pattern) < 0
        || input_flag(call, "count-occurrences", "use_regex", &regex) < 0
        || input_flag(call, "count-occurrences", "case_insensitive", &caseless) < 0)
        return -1;
    if (!pattern.n || !text.n)
        return kiln_out_value(call, kiln_int(0));
    if (regex)
        return give_matches(call, &text, &pattern, caseless);
    n = caseless ? count_caseless(&text, &pattern) : count_literal(&text, &pattern);
    return n < 0 ? kiln_fail(call, "out of memory") : kiln_out_value(call, kiln_int(n));
}
