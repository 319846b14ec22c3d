/* regex.c: matching with PCRE2, for as long as it may take and no longer.
 *
 * The work is counted, not timed: a run that is resumed must come to the same answer. Callouts
 * stand where PCRE2 goes back (pattern.c); each costs one and what was read since the match began,
 * in words, since reading is cheaper. What is allowed grows with the text.
 */
#include "ops/text/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "ops/input.h"
#include "ops/text/pattern.h"
#include "value.h"

struct regex {
    kiln_call *call;
    struct pattern pattern;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    kiln_value text;
    size_t at, last;           /* where to look on; where the last match ended */
    int begun;                 /* there was one */
    unsigned long long budget; /* callouts that may still come */
};

enum {
    OPTIONS = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX
              | PCRE2_NEVER_BACKSLASH_C,
    BUDGET = 20000000, /* about a second */
    BUDGET_BYTE = 8,
    WORD_BYTES = 64,
    HEAP_KIB = 64 << 10
};

static int count_work(pcre2_callout_block *block, void *regex)
{
    struct regex *r = regex;
    unsigned long long cost = 1 + (block->current_position - block->start_match) / WORD_BYTES;

    if (cost > r->budget)
        return PCRE2_ERROR_CALLOUT;
    r->budget -= cost;
    return 0;
}

/* ---- making -------------------------------------------------------------------------------- */

static void refuse(kiln_call *call, const kiln_value *pattern, const struct text *why)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value attributes,
        pairs[4] = { value_static("pattern"), *pattern, value_static("regex_error"), value_null() };

    if (value_string(h, &pairs[3], text_cstr(why), why->n) < 0
        || kiln_object(h, &attributes, pairs, 2) < 0)
        kiln_fail(call, "out of memory");
    else
        input_fail_with(call, "TEXT_INVALID_REGEX", &attributes, "Invalid regex pattern: %s",
                        text_cstr(why));
}

static int compile(struct regex *r, const kiln_value *pattern, int caseless)
{
    struct text why = { 0 };
    unsigned char words[256];
    PCRE2_SIZE at;
    int error = 0;

    if (pattern_read(&r->pattern, pattern->u.s, pattern->n) < 0) {
        pattern_put_fault(&r->pattern, &why);
    } else {
        r->code = pcre2_compile((PCRE2_SPTR)text_cstr(&r->pattern.out), r->pattern.out.n,
                                OPTIONS | (caseless ? PCRE2_CASELESS : 0), &error, &at, NULL);
        if (!r->code && pcre2_get_error_message(error, words, sizeof words) > 0)
            text_puts(&why, (const char *)words);
    }
    if (!r->code)
        refuse(r->call, pattern, &why);
    text_fini(&why);
    return r->code ? 0 : -1;
}

static int prepare(struct regex *r)
{
    r->data = pcre2_match_data_create_from_pattern(r->code, NULL);
    r->context = pcre2_match_context_create(NULL);
    if (!r->data || !r->context)
        return kiln_fail(r->call, "out of memory");
    pcre2_set_callout(r->context, count_work, r);
    pcre2_set_heap_limit(r->context, HEAP_KIB);
    r->budget = BUDGET + BUDGET_BYTE * (unsigned long long)r->text.n;
    return 0;
}

struct regex *regex_make(kiln_call *call, const kiln_value *pattern, int caseless,
                         const kiln_value *text)
{
    struct regex *r = calloc(1, sizeof *r);

    if (!r) {
        kiln_fail(call, "out of memory");
        return NULL;
    }
    r->call = call;
    r->text = *text;
    if (compile(r, pattern, caseless) == 0 && prepare(r) == 0)
        return r;
    regex_free(r);
    return NULL;
}

struct regex *regex_new(kiln_call *call, const char *name, const kiln_value *text)
{
    kiln_value pattern;
    int caseless;

    if (input_optional_text(call, name, "pattern", &pattern) < 0
        || input_flag(call, name, "case_insensitive", &caseless) < 0)
        return NULL;
    if (pattern.tag != KILN_STRING) {
        input_fail(call, "CAPABILITY_ERROR", "Pattern is required");
        return NULL;
    }
    return regex_make(call, &pattern, caseless, text);
}

void regex_free(struct regex *r)
{
    if (!r)
        return;
    pcre2_match_context_free(r->context);
    pcre2_match_data_free(r->data);
    pcre2_code_free(r->code);
    pattern_fini(&r->pattern);
    free(r);
}

/* ---- matching ------------------------------------------------------------------------------ */

static int look(struct regex *r, size_t from)
{
    int found = pcre2_match(r->code, (PCRE2_SPTR)r->text.u.s, r->text.n, from, PCRE2_NO_UTF_CHECK,
                            r->data, r->context);

    if (found == PCRE2_ERROR_NOMATCH)
        return 0;
    if (found >= 0)
        return 1;
    return input_fail(r->call, "TEXT_REGEX_LIMIT",
                      "The pattern goes back too often in this text; make it more definite");
}

/* A match that is empty and stands where the last one ended is none. */
int regex_next(struct regex *r)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(r->data);

    while (r->at <= r->text.n) {
        int found = look(r, r->at);

        if (found <= 0) {
            r->at = r->text.n + 1;
            return found;
        }
        if (ends[0] < ends[1] || !r->begun || ends[1] != r->last) {
            r->begun = 1;
            r->at = r->last = ends[1];
            return 1;
        }
        r->at++;
        while (r->at < r->text.n && (r->text.u.s[r->at] & 0xc0) == 0x80)
            r->at++;
    }
    return 0;
}

int regex_group(const struct regex *r, unsigned long long group, size_t *ret_from, size_t *ret_to)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(r->data);

    if (group >= pcre2_get_ovector_count(r->data) || ends[2 * group] == PCRE2_UNSET)
        return 0;
    *ret_from = ends[2 * group];
    *ret_to = ends[2 * group + 1];
    return 1;
}

long long regex_named(const struct regex *r, const char *name, size_t n)
{
    for (size_t i = 0; i < r->pattern.names.n; i++) {
        const struct pattern_name *one = &r->pattern.names.at[i];

        if (one->n == n && !memcmp(one->s, name, n))
            return one->group;
    }
    return -1;
}
