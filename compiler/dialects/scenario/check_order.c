/* check_order.c: a step may only refer to steps that come before it (E012); those that do all the
 * same are noted, for lower_order.c.
 *
 * Questions are gathered and asked per referenced step, so one walk answers all who refer to it; a
 * walk goes no further than the last of them in the order, and a direct successor needs none.
 */
#include "dialects/scenario/check.h"

#include <stdlib.h>
#include <string.h>

static void add_query(struct check *k, const struct order_query *q)
{
    if (k->n_queries == k->cap_queries) {
        unsigned cap = k->cap_queries ? 2 * k->cap_queries : 16;
        struct order_query *grown = diag_must_have(arena_alloc(k->u->arena, cap * sizeof *grown));

        if (k->n_queries)
            memcpy(grown, k->queries, k->n_queries * sizeof *grown);
        k->queries = grown;
        k->cap_queries = cap;
    }
    k->queries[k->n_queries++] = *q;
}

void check_order_later(struct check *k, const struct site *site)
{
    const struct path *p = &site->value->path;
    struct order_query q = { .step = site->step, .in_template = k->in_template };

    if (!p->n || (p->n == 1 && path_part_is(p, 0, "steps")))
        k->g->steps[q.step->number]->reads_all = 1;
    if (p->n < 2 || !path_part_is(p, 0, "steps"))
        return;
    q.source = subgraph_step(k->g, p->at[1].s, p->at[1].n);
    if (!q.source || q.source == q.step || (q.step->in && q.step->in->from == q.source))
        return;
    if (site->kind == SITE_MAPPING)
        q.at = site->value->node;
    add_query(k, &q);
}

static int compare_queries(const void *a, const void *b)
{
    const struct order_query *x = a, *y = b;

    if (x->source != y->source)
        return x->source->number < y->source->number ? -1 : 1;
    if (!x->at || !y->at)
        return (x->at != NULL) - (y->at != NULL);
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

static void complain(struct check *k, const struct order_query *q)
{
    const char *format = "step '%s' refers to step '%s', which does not run before it";

    if (q->at && q->in_template)
        diag_warning(k->u->diags, q->at, "W052", format, q->step->id, q->source->id);
    else if (q->at)
        check_doubt(k, q->at, "E012", format, q->step->id, q->source->id);
}

/* Asks about all who refer to one step. */
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
        complain(k, &q[i]);
        k->g->readings[k->g->n_readings++] = (struct reading){ q[i].step, q[i].source };
    }
}

void check_order(struct check *k)
{
    unsigned *stamps =
        diag_must_have(arena_zalloc(k->u->arena, (k->g->n_steps + 1) * sizeof *stamps));
    unsigned stamp = 0;

    if (!k->is_ordered || !k->n_queries)
        return;
    k->g->readings =
        diag_must_have(arena_alloc(k->u->arena, k->n_queries * sizeof *k->g->readings));
    qsort(k->queries, k->n_queries, sizeof *k->queries, compare_queries);
    for (unsigned i = 0, end; i < k->n_queries; i = end) {
        for (end = i + 1; end < k->n_queries && k->queries[end].source == k->queries[i].source;)
            end++;
        ask(k, k->queries + i, end - i, ++stamp, stamps);
    }
}
