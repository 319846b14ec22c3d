/* scenario_split.c: what goes into a Split and what comes out (scenario 1.7.4). */
#include "functions/functions.h"

#include <string.h>

/* ---- the items ----------------------------------------------------------------------------- */

static int flag(const kiln_value *split, const char *name)
{
    kiln_value v = value_member(split, name);

    return kiln_truthy(&v);
}

static int chunked(kiln_heap *h, kiln_value *ret, const kiln_value *items, long long size)
{
    kiln_value chunks, chunk;

    if (kiln_array(h, &chunks, NULL, 0) < 0)
        return -1;
    for (unsigned at = 0; at < items->n; at += chunk.n) {
        unsigned left = items->n - at;
        unsigned n = size < left ? (unsigned)size : left;

        if (kiln_array(h, &chunk, items->u.items + at, n) < 0 || kiln_push(h, &chunks, &chunk) < 0)
            return -1;
    }
    *ret = chunks;
    return 0;
}

/* `b` is {stepId, allowNull, convertSingleValue, batchSize}. */
int kiln_scenario_items(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value id = value_member(b, "stepId"), size = value_member(b, "batchSize");
    kiln_value items = *a;

    if (a->tag <= KILN_NULL && !flag(b, "allowNull"))
        return heap_fail(h,
                         "Split step '%.*s' received null value. Set 'allowNull: true' to allow "
                         "empty iterations, or use 'transform/ensure-array' agent.",
                         (int)id.n, id.u.s);
    if (a->tag > KILN_NULL && a->tag != KILN_ARRAY && !flag(b, "convertSingleValue"))
        return heap_fail(h,
                         "Split step '%.*s' expected array, got %s. Set 'convertSingleValue: "
                         "true' to auto-wrap, or use 'transform/ensure-array' agent.",
                         (int)id.n, id.u.s, value_type(a));
    if (a->tag != KILN_ARRAY && kiln_array(h, &items, a, a->tag > KILN_NULL) < 0)
        return -1;
    if (size.tag == KILN_INT && size.u.i > 0)
        return chunked(h, ret, &items, size.u.i);
    *ret = items;
    return 0;
}

/* ---- what became of them ------------------------------------------------------------------- */

static int error_entry(kiln_heap *h, kiln_value *ret, unsigned index, const kiln_value *error)
{
    kiln_value pairs[4] = { value_static("error"), *error, value_static("index"),
                            value_int(index) };

    if (kiln_scenario_to_string(h, &pairs[1], error) < 0)
        return -1;
    return kiln_object(h, ret, pairs, 2);
}

/* Sorts [ok, value] pairs into successes and failures. */
static int sort_pairs(kiln_heap *h, const kiln_value *pairs, kiln_value *good, kiln_value *bad)
{
    kiln_value entry;

    if (kiln_array(h, good, NULL, 0) < 0 || kiln_array(h, bad, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < pairs->n; i++) {
        const kiln_value *pair = pairs->u.items[i].u.items;

        if (kiln_truthy(&pair[0])) {
            if (kiln_push(h, good, &pair[1]) < 0)
                return -1;
        } else if (error_entry(h, &entry, i, &pair[1]) < 0 || kiln_push(h, bad, &entry) < 0) {
            return -1;
        }
    }
    return 0;
}

static int make_data(kiln_heap *h, kiln_value *ret, const kiln_value *good, const kiln_value *bad)
{
    kiln_value none;
    kiln_value pairs[10] = { value_static("success"), *good,
                             value_static("error"),   *bad,
                             value_static("aborted"), value_null(),
                             value_static("unknown"), value_null(),
                             value_static("skipped"), value_null() };

    if (kiln_array(h, &none, NULL, 0) < 0)
        return -1;
    pairs[5] = pairs[7] = pairs[9] = none;
    return kiln_object(h, ret, pairs, 5);
}

static int make_stats(kiln_heap *h, kiln_value *ret, unsigned good, unsigned bad)
{
    kiln_value pairs[12] = { value_static("success"), value_int(good),
                             value_static("error"),   value_int(bad),
                             value_static("aborted"), value_int(0),
                             value_static("unknown"), value_int(0),
                             value_static("skipped"), value_int(0),
                             value_static("total"),   value_int((long long)good + bad) };

    return kiln_object(h, ret, pairs, 6);
}

/* {data, stats, hasFailures, outputs}: the siblings of `outputs` and the outputs themselves. */
int kiln_scenario_report(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value good, bad;
    kiln_value pairs[8] = { value_static("data"),        value_null(),
                            value_static("stats"),       value_null(),
                            value_static("hasFailures"), value_null(),
                            value_static("outputs"),     value_null() };

    if (sort_pairs(h, a, &good, &bad) < 0 || make_data(h, &pairs[1], &good, &bad) < 0
        || make_stats(h, &pairs[3], good.n, bad.n) < 0)
        return -1;
    pairs[5] = value_bool(bad.n > 0);
    pairs[7] = good;
    return kiln_object(h, ret, pairs, 4);
}

/* The loop fails a Split with {index, error}; what fails before the first item has no index. */
int kiln_scenario_split_error(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value index = value_member(a, "index"), error = value_member(a, "error");
    kiln_value text;

    if (index.tag != KILN_INT || error.tag == KILN_ABSENT) {
        *ret = *a;
        return 0;
    }
    if (kiln_scenario_to_string(h, &text, &error) < 0)
        return -1;
    return value_textf(h, ret, "Split step failed at index %lld: %.*s", index.u.i, (int)text.n,
                       text.u.s);
}
