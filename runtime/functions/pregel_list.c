/* pregel_list.c: reducers over arrays and objects. */
#include "functions/pregel.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 28 }; /* bytes or items that repeating may make */

int kiln_pregel_last(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    (void)a;
    *ret = *b;
    return 0;
}

/* Appends in place where it can, so a list that only grows costs what is added. */
int kiln_pregel_concat(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value all = *a;

    if (a->tag != KILN_ARRAY)
        return pregel_no_operator(h, "+", a, b);
    if (b->tag != KILN_ARRAY)
        return fault_raise(h, "TypeError", "can only concatenate list (not \"%s\") to list",
                           pregel_type(b));
    for (unsigned i = 0; i < b->n; i++)
        if (kiln_push(h, &all, &b->u.items[i]) < 0)
            return -1;
    *ret = all;
    return 0;
}

static int repeat_text(kiln_heap *h, kiln_value *ret, const kiln_value *what, long long times)
{
    struct text t = { 0 };
    int failed;

    while (times--)
        text_put(&t, what->u.s, what->n);
    failed = t.failed ? heap_fail(h, "out of memory") : value_string(h, ret, text_cstr(&t), t.n);
    text_fini(&t);
    return failed;
}

int pregel_repeat(kiln_heap *h, kiln_value *ret, const kiln_value *what, long long times)
{
    kiln_value all;

    if (times < 0 || !what->n)
        times = 0;
    if (what->n && times > LARGEST / what->n)
        return fault_raise(h, "MemoryError", "repeating it so often makes it too long");
    if (what->tag == KILN_STRING)
        return repeat_text(h, ret, what, times);
    if (kiln_array(h, &all, NULL, 0) < 0)
        return -1;
    while (times--)
        if (kiln_pregel_concat(h, &all, &all, what) < 0)
            return -1;
    *ret = all;
    return 0;
}

/* Merges two sorted runs of `items` through `spare`; equal items keep their order. */
static int merge_runs(kiln_heap *h, const kiln_value *items, size_t n, size_t middle,
                      kiln_value *spare)
{
    size_t i = 0, k = middle, at = 0;

    while (i < middle && k < n) {
        int order;

        if (pregel_compare(h, "<", &items[k], &items[i], &order) < 0)
            return -1;
        spare[at++] = order < 0 ? items[k++] : items[i++];
    }
    while (i < middle)
        spare[at++] = items[i++];
    while (k < n)
        spare[at++] = items[k++];
    return 0;
}

/* Merge sort that can fail: items of different kinds have no order. */
static int sort_items(kiln_heap *h, kiln_value *items, size_t n, kiln_value *spare)
{
    if (n < 2)
        return 0;
    if (sort_items(h, items, n / 2, spare) < 0 || sort_items(h, items + n / 2, n - n / 2, spare) < 0
        || merge_runs(h, items, n, n / 2, spare) < 0)
        return -1;
    memcpy(items, spare, n * sizeof *items);
    return 0;
}

int kiln_pregel_sorted_concat(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                              const kiln_value *b)
{
    kiln_value all, *items;
    int failed;

    if (kiln_pregel_concat(h, &all, a, b) < 0)
        return -1;
    items = malloc((2 * (size_t)all.n + 1) * sizeof *items);
    if (!items)
        return heap_fail(h, "out of memory");
    if (all.n)
        memcpy(items, all.u.items, all.n * sizeof *items);
    failed = sort_items(h, items, all.n, items + all.n) < 0 || kiln_array(h, ret, items, all.n) < 0;
    free(items);
    return failed ? -1 : 0;
}

int kiln_pregel_merge(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_member *members;

    if (a->tag != KILN_OBJECT || b->tag != KILN_OBJECT)
        return fault_raise(h, "TypeError", "'%s' object is not a mapping",
                           pregel_type(a->tag == KILN_OBJECT ? b : a));
    members = value_members(h, (size_t)a->n + b->n);
    if (!members)
        return -1;
    if (a->n)
        memcpy(members, a->u.members, a->n * sizeof *members);
    if (b->n)
        memcpy(members + a->n, b->u.members, b->n * sizeof *members);
    return value_object(h, ret, members, a->n + b->n);
}
