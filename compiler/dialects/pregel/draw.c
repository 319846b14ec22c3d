/* draw.c: what a graph looks like, found by running it without its nodes (pregel 3.3).
 *
 * Every superstep each node that is awake writes its edges; a path with a map writes all the ways
 * of its map, once. Where a node wakes, an arrow comes from all that have written what it waits
 * for. A path without a map shows nothing, as in the reference. Ends when nothing is awake, or when
 * 250 supersteps have shown nothing new.
 */
#include "dialects/pregel/pregel.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 251 }; /* the start among them, unless it is no node */

/* What a drawing knows of a waiting edge. */
struct wait {
    unsigned sources, missing;
    unsigned round;             /* counts up when it completes */
    struct pregel_list undrawn; /* the sources that have run, and have no arrow yet */
};

/* What it knows of a node. */
struct look {
    unsigned runs;   /* 0, 1, or 2 for more */
    unsigned way_of; /* the number of the node whose map led here last */
    int is_next;
    unsigned *came; /* by place in joins_from: the round it came for, plus one */
};

struct drawer {
    struct arena *arena;
    const struct pregel_model *m;
    struct pregel_list arrows; /* of struct pregel_arrow, still with repetitions */
    struct pregel_list awake, next;
    struct look *looks; /* by number of node */
    struct wait *waits; /* by number of waiting edge */
    int news;
};

static void add_arrow(struct drawer *d, const struct pregel_node *from,
                      const struct pregel_node *to, const struct pregel_way *way)
{
    struct pregel_arrow *a = diag_must_have(arena_zalloc(d->arena, sizeof *a));

    *a = (struct pregel_arrow){ .from = from, .to = to, .conditional = way != NULL };
    if (way) {
        a->label = way->label;
        a->label_n = way->label_n;
    }
    pregel_list_add(d->arena, &d->arrows, a);
    d->news = 1;
}

static void wake(struct drawer *d, struct pregel_node *n)
{
    struct look *look = &d->looks[n->number];

    if (n == d->m->end || look->is_next)
        return;
    look->is_next = 1;
    pregel_list_add(d->arena, &d->next, n);
}

/* ---- one node ---- */

static void write_way(struct drawer *d, const struct pregel_node *n, const struct pregel_way *w)
{
    add_arrow(d, n, w->to, w);
    d->looks[w->to->number].way_of = n->number;
    wake(d, w->to);
}

static void write_ways(struct drawer *d, const struct pregel_node *n)
{
    for (unsigned i = 0; i < n->branches.n; i++) {
        const struct pregel_branch *b = n->branches.at[i];

        for (unsigned k = 0; k < b->n_ways; k++)
            write_way(d, n, &b->ways[k]);
    }
    for (unsigned i = 0; i < n->destinations.n; i++)
        write_way(d, n, n->destinations.at[i]);
}

/* Plain edges. In the first run, which writes the ways before, one that is a way too shows as that
 * alone; in the second as itself. */
static void write_edges(struct drawer *d, const struct pregel_node *n, unsigned runs)
{
    for (unsigned i = 0; i < n->edges.n; i++) {
        struct pregel_node *to = n->edges.at[i];

        if (runs == 1 || (!runs && d->looks[to->number].way_of != n->number))
            add_arrow(d, n, to, NULL);
        wake(d, to);
    }
}

/* All sources of a waiting edge have come: it begins again. */
static void write_joins(struct drawer *d, const struct pregel_node *n, unsigned runs)
{
    for (unsigned i = 0; i < n->joins_from.n; i++) {
        const struct pregel_join *j = n->joins_from.at[i];
        struct wait *w = &d->waits[j->number];
        unsigned *came = &d->looks[n->number].came[i];

        if (!runs)
            pregel_list_add(d->arena, &w->undrawn, (void *)n);
        if (*came == w->round + 1)
            continue;
        *came = w->round + 1;
        if (--w->missing)
            continue;
        w->missing = w->sources;
        w->round++;
        wake(d, j->to);
    }
}

static void write_node(struct drawer *d, const struct pregel_node *n)
{
    struct look *look = &d->looks[n->number];

    if (!look->runs)
        write_ways(d, n);
    write_edges(d, n, look->runs);
    write_joins(d, n, look->runs);
    if (look->runs < 2)
        look->runs++;
}

/* Whatever a node woke by, there is an arrow from all that have come to its waiting edges. */
static void draw_joins(struct drawer *d, const struct pregel_node *n)
{
    for (unsigned i = 0; i < n->joins_to.n; i++) {
        const struct pregel_join *j = n->joins_to.at[i];
        struct pregel_list *undrawn = &d->waits[j->number].undrawn;

        for (unsigned k = 0; k < undrawn->n; k++)
            add_arrow(d, undrawn->at[k], n, NULL);
        undrawn->n = 0;
    }
}

/* ---- the run ---- */

static struct drawer new_drawer(const struct unit *u)
{
    const struct pregel_model *m = u->model;
    struct drawer d = { .arena = u->arena, .m = m };

    /* END is not in m->nodes and counts as the one numbered 0, which no edge leads to */
    d.looks = diag_must_have(arena_zalloc(u->arena, (m->nodes.n + 1) * sizeof *d.looks));
    d.waits = diag_must_have(arena_zalloc(u->arena, (m->joins.n + 1) * sizeof *d.waits));
    for (unsigned i = 0; i < m->nodes.n; i++) {
        const struct pregel_list *joins = &((struct pregel_node *)m->nodes.at[i])->joins_from;

        d.looks[i].way_of = m->nodes.n;
        d.looks[i].came =
            diag_must_have(arena_zalloc(u->arena, (joins->n + 1) * sizeof *d.looks[i].came));
        for (unsigned k = 0; k < joins->n; k++)
            d.waits[((struct pregel_join *)joins->at[k])->number].sources++;
    }
    for (unsigned i = 0; i < m->joins.n; i++)
        d.waits[i].missing = d.waits[i].sources;
    return d;
}

/* Leaves those that were awake last in d->awake. */
static void run(struct drawer *d)
{
    unsigned steps = STEPS + (d->m->raw != 0);

    wake(d, d->m->start);
    for (unsigned step = 0; d->next.n && (step < steps || d->news); step++) {
        struct pregel_list old = d->awake;

        d->awake = d->next;
        d->next = old;
        d->next.n = 0;
        d->news = 0;
        for (unsigned i = 0; i < d->awake.n; i++)
            d->looks[((struct pregel_node *)d->awake.at[i])->number].is_next = 0;
        for (unsigned i = 0; i < d->awake.n; i++)
            write_node(d, d->awake.at[i]);
        for (unsigned i = 0; i < d->next.n; i++)
            draw_joins(d, d->next.at[i]);
    }
}

/* ---- the drawing ---- */

static int compare_labels(const struct pregel_arrow *a, const struct pregel_arrow *b)
{
    if (!a->label || !b->label)
        return (a->label != NULL) - (b->label != NULL);
    return strcmp(a->label, b->label);
}

static int by_ends(const void *x, const void *y)
{
    const struct pregel_arrow *a = x, *b = y;
    int order = strcmp(a->from->name, b->from->name);

    if (!order)
        order = strcmp(a->to->name, b->to->name);
    if (!order)
        order = a->conditional - b->conditional;
    return order ? order : compare_labels(a, b);
}

/* One arrow for two nodes, the first; a label that only repeats the target is none. */
static void keep(struct pregel_drawing *g, const struct pregel_arrow *a)
{
    const struct pregel_arrow *last = g->n ? &g->arrows[g->n - 1] : NULL;
    struct pregel_arrow *kept;

    if (last && last->from == a->from && last->to == a->to)
        return;
    kept = &g->arrows[g->n++];
    *kept = *a;
    if (a->label && a->label_n == strlen(a->to->name) && !memcmp(a->label, a->to->name, a->label_n))
        kept->label = NULL;
}

/* Sorted, with room for an arrow to the end from every node. The start of a bare graph, which is
 * no node of it, comes before all. */
static struct pregel_drawing collect(struct drawer *d)
{
    unsigned n = d->arrows.n;
    struct pregel_drawing g = { 0 };
    struct pregel_arrow *all = diag_must_have(arena_alloc(d->arena, (n + 1) * sizeof *all));

    g.arrows = diag_must_have(arena_alloc(d->arena, (n + d->m->nodes.n + 1) * sizeof *g.arrows));
    for (unsigned i = 0; i < n; i++)
        all[i] = *(const struct pregel_arrow *)d->arrows.at[i];
    qsort(all, n, sizeof *all, by_ends);
    for (unsigned i = 0; d->m->raw && i < n; i++)
        if (all[i].from == d->m->start)
            keep(&g, &all[i]);
    for (unsigned i = 0; i < n; i++)
        if (!d->m->raw || all[i].from != d->m->start)
            keep(&g, &all[i]);
    return g;
}

static int by_name(const void *a, const void *b)
{
    const struct pregel_node *const *x = a, *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

/* The nodes something leads to and that lead nowhere, in the order of their names. Being fed by the
 * caller does not count. */
static unsigned find_last(struct drawer *d, const struct pregel_drawing *g,
                          const struct pregel_node **ret)
{
    unsigned char *leads = diag_must_have(arena_zalloc(d->arena, d->m->nodes.n + 1));
    unsigned n = 0;

    for (unsigned i = 0; i < g->n; i++)
        leads[g->arrows[i].from->number] = 1;
    for (unsigned i = 0; i < g->n; i++) {
        const struct pregel_node *to = g->arrows[i].to;

        if (to == d->m->end || leads[to->number] || (d->m->raw && g->arrows[i].from == d->m->start))
            continue;
        leads[to->number] = 1;
        ret[n++] = to;
    }
    qsort(ret, n, sizeof *ret, by_name);
    return n;
}

static void add_ends(struct drawer *d, struct pregel_drawing *g)
{
    const struct pregel_node **last =
        diag_must_have(arena_alloc(d->arena, (d->m->nodes.n + 1) * sizeof *last));
    unsigned n = find_last(d, g, last);

    for (unsigned i = 0; i < g->n; i++)
        g->has_end |= g->arrows[i].to == d->m->end;
    if (!n && !g->has_end && d->awake.n == 1) {
        g->arrows[g->n++] =
            (struct pregel_arrow){ .from = d->awake.at[0], .to = d->m->end, .conditional = 1 };
        g->has_end = 1;
    }
    for (unsigned i = 0; i < n; i++)
        g->arrows[g->n++] = (struct pregel_arrow){ .from = last[i], .to = d->m->end };
    g->has_end |= n > 0;
}

struct pregel_drawing pregel_draw(const struct unit *u)
{
    struct drawer d = new_drawer(u);
    struct pregel_drawing g;

    run(&d);
    g = collect(&d);
    add_ends(&d, &g);
    return g;
}
