/* object_sort.c: putting an object of many members in order.
 *
 * The order is an array of member numbers, sorted by merging: stable, so that of equal keys the
 * last built is known, and never quadratic.
 */
#include <stdlib.h>
#include <string.h>

#include "container.h"

/* Merges order[a..b) and order[b..c) into to[a..c); equal keys keep their order. */
static void merge(const kiln_member *m, const unsigned *order, unsigned *to, unsigned a, unsigned b,
                  unsigned c)
{
    unsigned left = a, right = b;

    for (unsigned i = a; i < c; i++) {
        int take_left =
            left < b && (right == c || object_compare_keys(&m[order[left]], &m[order[right]]) <= 0);

        to[i] = take_left ? order[left++] : order[right++];
    }
}

static int is_ascending(const kiln_member *m, unsigned n)
{
    for (unsigned i = 1; i < n; i++)
        if (object_compare_keys(&m[i - 1], &m[i]) >= 0)
            return 0;
    return 1;
}

/* Fills order[0..n) with the numbers of the members by key, stably; spare[0..n) is room. */
static void sort_order(const kiln_member *m, unsigned *order, unsigned *spare, unsigned n)
{
    unsigned *from = order, *to = spare, *t;

    for (unsigned i = 0; i < n; i++)
        order[i] = i;
    if (is_ascending(m, n))
        return;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t a = 0; a < n; a += 2 * width) {
            size_t b = a + width < n ? a + width : n, c = b + width < n ? b + width : n;

            merge(m, from, to, (unsigned)a, (unsigned)b, (unsigned)c);
        }
        t = from;
        from = to;
        to = t;
    }
    if (from != order)
        memcpy(order, from, n * sizeof *order);
}

unsigned object_drop_absent(kiln_member *m, unsigned n, unsigned *ret_depth)
{
    unsigned kept = 0, depth = 0;

    for (unsigned i = 0; i < n; i++) {
        unsigned d = container_depth(&m[i].value);

        if (m[i].value.tag == KILN_ABSENT)
            continue;
        depth = d > depth ? d : depth;
        if (kept != i)
            m[kept] = m[i];
        kept++;
    }
    *ret_depth = depth + 1;
    return kept;
}

/* Many members in order[]: equal keys are neighbours, the first of them built first. Returns how
 * many differ; the others are left without a value. */
static unsigned unite_many(kiln_member *m, const unsigned *order, unsigned n)
{
    unsigned first = 0, kept = 1;

    for (unsigned i = 1; i < n; i++) {
        kiln_member *a = &m[order[first]], *b = &m[order[i]];

        if (object_same_key(&a->key, &b->key)) {
            a->value = b->value;
            b->value.tag = KILN_ABSENT;
        } else {
            first = i;
            kept++;
        }
    }
    return kept;
}

/* Puts the members themselves in order. */
static void permute(kiln_member *m, const unsigned *order, kiln_member *spare, unsigned n)
{
    memcpy(spare, m, n * sizeof *m);
    for (unsigned i = 0; i < n; i++)
        m[i] = spare[order[i]];
}

int object_arrange(kiln_heap *h, kiln_value *v, kiln_member *m)
{
    unsigned *order = (unsigned *)(void *)(m + v->n), kept, depth;
    kiln_member *spare = malloc(v->n * sizeof *spare);

    if (!spare)
        return container_no_memory(h);
    sort_order(m, order, (unsigned *)(void *)spare, v->n);
    kept = unite_many(m, order, v->n);
    if (kept < v->n) { /* seldom: close the gaps and sort what is left */
        v->n = object_drop_absent(m, v->n, &depth);
        order = (unsigned *)(void *)(m + v->n);
        sort_order(m, order, (unsigned *)(void *)spare, v->n);
    }
    if (h->sorted)
        permute(m, order, spare, v->n);
    v->flags = h->sorted ? KILN_SORTED : KILN_INDEXED;
    free(spare);
    return 0;
}
