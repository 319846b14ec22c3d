/* check_order.c: a step may only refer to steps that come before it (E012).
 *
 * Questions are gathered and asked per referenced step, so one walk answers all who refer to it; a
 * walk goes no further than the last of them in the order, and a direct successor needs none.
 */
#include "dialects/scenario/check.h"

#include <stdlib.h>
#include <string.h>

void check_order_later(struct check *k, const struct step *step, const struct step *source,
                       const struct node *at)
{
    if (step->in && step->in->from == source)
        return;
    if (k->n_queries == k->cap_queries) {
        unsigned cap = k->cap_queries ? 2 * k->cap_queries : 16;
        struct order_query *q = diag_must_have(arena_alloc(k->u->arena, cap * sizeof *q));

        if (k->n_queries)
            memcpy(q, k->queries, k->n_queries * sizeof *q);
        k->queries = q;
        k->cap_queries = cap;
    }
    k->queries[k->n_queries++] = (struct order_query){ step, source, at, k->in_template };
}

static int compare_queries(const void *a, const void *b)
{
    const struct order_query *x = a, *y = b;

    if (x->source != y->source)
        return x->source->number < y->source->number ? -1 : 1;
    return (x->at->at > y->at->at) - (x->at->at < y->at->at);
}

/* Marks with `stamp` what is reached from `start` by steps up to `last` in the order. */
static void walk(const struct check *k, unsigned start, unsigned last, unsigned stamp,
                 unsigned *stamps)
{
    const struct graph *g = &k->all;
    unsigned read = 0, n = 0;

    g->queue[n++] = start;
    while (read < n) {
        unsigned node = g->queue[read++];

        for (unsigned i = g->first[node]; i < g->first[node + 1]; i++) {
            unsigned to = g->to[i];

            if (stamps[to] == stamp || k->rank[to] > last)
                continue;
            stamps[to] = stamp;
            g->queue[n++] = to;
        }
    }
}

static void ask(struct check *k, const struct order_query *q, unsigned n, unsigned stamp,
                unsigned *stamps)
{
    unsigned last = 0;

    for (unsigned i = 0; i < n; i++)
        if (k->rank[q[i].step->number] > last)
            last = k->rank[q[i].step->number];
    walk(k, q->source->number, last, stamp, stamps);
    for (unsigned i = 0; i < n; i++) {
        if (stamps[q[i].step->number] == stamp)
            continue;
        if (q[i].in_template)
            diag_warning(k->u->diags, q[i].at, "W052",
                         "step '%s' refers to step '%s', which does not run before it",
                         q[i].step->id, q[i].source->id);
        else
            check_doubt(k, q[i].at, "E012",
                        "step '%s' refers to step '%s', which does not run before it",
                        q[i].step->id, q[i].source->id);
    }
}

void check_order(struct check *k)
{
    unsigned *stamps =
        diag_must_have(arena_zalloc(k->u->arena, (k->g->n_steps + 1) * sizeof *stamps));
    unsigned stamp = 0;

    if (!k->is_ordered || !k->n_queries)
        return;
    qsort(k->queries, k->n_queries, sizeof *k->queries, compare_queries);
    for (unsigned i = 0, end; i < k->n_queries; i = end) {
        for (end = i + 1; end < k->n_queries && k->queries[end].source == k->queries[i].source;)
            end++;
        ask(k, k->queries + i, end - i, ++stamp, stamps);
    }
}
