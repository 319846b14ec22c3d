/* similar.c: measures of likeness. All are quadratic at worst, so who calls bounds the texts. */
#include "ops/text/similar.h"

#include <stdlib.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One row of the table at a time: row[j] is the distance of a[0..i] and b[0..j]. */
long long similar_distance(const struct letters *a, const struct letters *b)
{
    size_t *row = malloc((b->n + 1) * sizeof *row);
    long long distance;

    if (!row)
        return -1;
    for (size_t j = 0; j <= b->n; j++)
        row[j] = j;
    for (size_t i = 0; i < a->n; i++) {
        size_t corner = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < b->n; j++) {
            size_t changed = corner + (a->at[i] != b->at[j]);

            corner = row[j + 1];
            row[j + 1] = least(changed, least(row[j], corner) + 1);
        }
    }
    distance = (long long)row[b->n];
    free(row);
    return distance;
}

/* ---- Jaro ---------------------------------------------------------------------------------- */

/* Marks, in both texts, the characters that have a partner near enough. How many. */
static size_t match(const struct letters *a, const struct letters *b, char *in_a, char *in_b)
{
    size_t longest = a->n > b->n ? a->n : b->n, window = longest / 2, found = 0;

    window -= window > 0;
    for (size_t i = 0; i < a->n; i++) {
        size_t j = i > window ? i - window : 0, end = least(i + window + 1, b->n);

        while (j < end && (in_b[j] || a->at[i] != b->at[j]))
            j++;
        if (j >= end)
            continue;
        in_a[i] = in_b[j] = 1;
        found++;
    }
    return found;
}

/* How many of the marked characters stand in another order. */
static size_t out_of_order(const struct letters *a, const struct letters *b, const char *in_a,
                           const char *in_b)
{
    size_t j = 0, n = 0;

    for (size_t i = 0; i < a->n; i++) {
        if (!in_a[i])
            continue;
        while (!in_b[j])
            j++;
        n += a->at[i] != b->at[j++];
    }
    return n;
}

static double with_prefix(double jaro, const struct letters *a, const struct letters *b)
{
    size_t most = least(4, least(a->n, b->n)), prefix = 0;

    while (prefix < most && a->at[prefix] == b->at[prefix])
        prefix++;
    return jaro + (double)prefix * 0.1 * (1 - jaro);
}

double similar_jaro(const struct letters *a, const struct letters *b, int winkler)
{
    char *marks;
    size_t found;
    double m, jaro = 0;

    if (!a->n || !b->n)
        return a->n == b->n ? 1 : 0;
    if (!(marks = calloc(a->n + b->n, 1)))
        return -1;
    found = match(a, b, marks, marks + a->n);
    m = (double)found;
    if (found)
        jaro = (m / (double)a->n + m / (double)b->n
                + (m - (double)(out_of_order(a, b, marks, marks + a->n) / 2)) / m)
               / 3;
    free(marks);
    return winkler ? with_prefix(jaro, a, b) : jaro;
}

/* ---- runs of characters -------------------------------------------------------------------- */

/* The runs of a text, each once, sorted. */
struct runs {
    const unsigned **at; /* each the first of its characters */
    size_t n;
};

static int compare_runs(const void *a, const void *b, void *n)
{
    const unsigned *const *x = a, *const *y = b;

    return memcmp(*x, *y, *(size_t *)n * sizeof **x);
}

static int list_runs(struct runs *r, const struct letters *l, size_t n)
{
    size_t count = l->n - n + 1, kept = 0;

    r->at = malloc(count * sizeof *r->at);
    if (!r->at)
        return -1;
    for (size_t i = 0; i < count; i++)
        r->at[i] = l->at + i;
    qsort_r(r->at, count, sizeof *r->at, compare_runs, &n);
    for (size_t i = 0; i < count; i++)
        if (!kept || compare_runs(&r->at[kept - 1], &r->at[i], &n))
            r->at[kept++] = r->at[i];
    r->n = kept;
    return 0;
}

static size_t common(const struct runs *a, const struct runs *b, size_t n)
{
    size_t i = 0, j = 0, both = 0;

    while (i < a->n && j < b->n) {
        int order = compare_runs(&a->at[i], &b->at[j], &n);

        both += !order;
        i += order <= 0;
        j += order >= 0;
    }
    return both;
}

static double share(const struct runs *a, const struct runs *b, size_t n, int overlap)
{
    size_t both = common(a, b, n), of = overlap ? least(a->n, b->n) : a->n + b->n - both;

    return (double)both / (double)of;
}

double similar_ngrams(const struct letters *a, const struct letters *b, size_t n, int overlap)
{
    struct runs x = { 0 }, y = { 0 };
    double result = -1;

    if (a->n < n || b->n < n) /* no run: alike only when the same */
        return a->n == b->n && !memcmp(a->at, b->at, a->n * sizeof *a->at);
    if (list_runs(&x, a, n) == 0 && list_runs(&y, b, n) == 0)
        result = share(&x, &y, n, overlap);
    free(x.at);
    free(y.at);
    return result;
}
