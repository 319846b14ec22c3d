/* compare.c: text.compare-text (scenario 4.5). */
#include <stdlib.h>
#include <string.h>

#include "base/letter.h"
#include "base/utf8.h"
#include "ops/input.h"
#include "ops/text/cases.h"
#include "ops/text/similar.h"
#include "ops/text/text_call.h"
#include "value.h"

enum mode { EXACT, CASELESS, DISTANCE, CONTAINS, JARO, WINKLER, JACCARD, OVERLAP };

static const char *const modes[] = { "exact",         "case-insensitive", "levenshtein-distance",
                                     "contains",      "jaro-similarity",  "jaro-winkler-similarity",
                                     "ngram-jaccard", "ngram-overlap",    NULL };

enum {
    NGRAM_LARGEST = 64 << 10, /* bytes: longer texts are not alike, says the reference */
    PAIRS_MOST = 400 << 20    /* characters of one text times those of the other: a second's work */
};

static int read_letters(const char *s, size_t n, struct letters *ret)
{
    size_t length;

    ret->n = 0;
    if (!(ret->at = malloc((n + 1) * sizeof *ret->at)))
        return -1;
    for (size_t i = 0; i < n; i += length) {
        length = utf8_length(s + i, n - i);
        ret->at[ret->n++] = letter_at(s + i, length);
    }
    return 0;
}

static kiln_value measure(enum mode mode, const struct letters *a, const struct letters *b,
                          size_t ngram)
{
    if (mode == DISTANCE)
        return value_int(similar_distance(a, b));
    if (mode == JARO || mode == WINKLER)
        return value_double(similar_jaro(a, b, mode == WINKLER));
    return value_double(similar_ngrams(a, b, ngram, mode == OVERLAP));
}

static int give_measure(kiln_call *call, enum mode mode, const struct letters *a,
                        const struct letters *b, size_t ngram)
{
    kiln_value v;

    if (mode < JACCARD && a->n && b->n > PAIRS_MOST / a->n)
        return input_fail(call, "TEXT_TOO_LONG", "The texts are too long to be compared");
    v = measure(mode, a, b, ngram);
    if (value_number(&v) < 0)
        return kiln_fail(call, "out of memory");
    return kiln_out_value(call, v);
}

/* The modes that look at characters. */
static int compare_letters(kiln_call *call, enum mode mode, const char *a, size_t a_n,
                           const char *b, size_t b_n, size_t ngram)
{
    struct letters x = { 0 }, y = { 0 };
    int failed;

    if (read_letters(a, a_n, &x) < 0 || read_letters(b, b_n, &y) < 0)
        failed = kiln_fail(call, "out of memory");
    else
        failed = give_measure(call, mode, &x, &y, ngram);
    free(x.at);
    free(y.at);
    return failed;
}

/* The modes that look at small letters only. */
static int compare_lower(kiln_call *call, enum mode mode, const kiln_value *a, const kiln_value *b,
                         size_t ngram)
{
    struct text x = { 0 }, y = { 0 };
    int failed;

    cases_put_lower(&x, a->u.s, a->n);
    cases_put_lower(&y, b->u.s, b->n);
    if (x.failed || y.failed)
        failed = kiln_fail(call, "out of memory");
    else if (mode == CASELESS)
        failed = kiln_out_value(
            call, kiln_bool(x.n == y.n && !memcmp(text_cstr(&x), text_cstr(&y), x.n)));
    else
        failed = compare_letters(call, mode, text_cstr(&x), x.n, text_cstr(&y), y.n, ngram);
    text_fini(&x);
    text_fini(&y);
    return failed;
}

static int compare_ngrams(kiln_call *call, enum mode mode, const kiln_value *a, const kiln_value *b)
{
    unsigned long long n;

    if (text_call_count(call, "compare-text", "ngram_n", 3, &n) < 0)
        return -1;
    if (n < 2 || n > 8)
        return input_fail(call, "CAPABILITY_ERROR",
                          "ngram_n must be in 2..=8, got %llu — pick a small shingle length", n);
    if (a->n > NGRAM_LARGEST || b->n > NGRAM_LARGEST)
        return kiln_out_value(call, kiln_double(0));
    return compare_lower(call, mode, a, b, (size_t)n);
}

KILN_OP(text_compare_text, "text.compare-text", KILN_PURE,
        "Whether, or how much, two texts are alike.",
        KILN_INPUTS({ "text_a", "string", "One text.", 0 }, { "text_b", "string", "The other.", 0 },
                    { "mode", "string",
                      "exact (when left out), case-insensitive, levenshtein-distance, contains, "
                      "jaro-similarity, jaro-winkler-similarity, ngram-jaccard, ngram-overlap.",
                      0 },
                    { "ngram_n", "integer", "Characters in a run, 2 to 8; 3 when left out.", 0 }),
        KILN_OUTPUTS({ "result", "any", "True or false, the distance, or 0.0 to 1.0.", 0 }),
        KILN_WORDS({ "mode", modes }), KILN_FLAGS(KILN_OP_BARE), KILN_NEEDS("utf8proc"))
{
    kiln_value a, b;
    int mode;

    if (input_text_or(call, "compare-text", "text_a", "", &a) < 0
        || input_text_or(call, "compare-text", "text_b", "", &b) < 0
        || input_choice(call, "compare-text", "mode", modes, EXACT, &mode) < 0)
        return -1;
    if (mode == EXACT)
        return kiln_out_value(call, kiln_bool(value_equal(&a, &b)));
    if (mode == CONTAINS)
        return kiln_out_value(call, kiln_bool(!b.n || text_call_find(&a, 0, &b) < a.n));
    if (mode == CASELESS)
        return compare_lower(call, CASELESS, &a, &b, 0);
    if (mode >= JACCARD)
        return compare_ngrams(call, (enum mode)mode, &a, &b);
    return compare_letters(call, (enum mode)mode, a.u.s, a.n, b.u.s, b.n, 0);
}
