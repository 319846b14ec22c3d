/* draw.c: what a graph looks like, found by running it without its nodes (pregel 3.3).
 *
 * Every superstep each node that is awake writes its edges; a path with a map writes all the ways
 * of its map, once. Where a trigger fires there is an arrow. A path without a map shows nothing, as
 * in the reference. Ends when nothing is awake, or when 250 supersteps have shown nothing new.
 */
#include "dialects/pregel/pregel.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 251 };

/* What a drawing knows of a waiting edge. */
struct wait {
    unsigned sources, missing;
    unsigned round; /* counts up when it completes */
    int drawn;
};

struct drawer {
    struct arena *arena;
    const struct pregel_model *m;
    struct pregel_list arrows; /* of struct pregel_arrow, still with repetitions */
    struct pregel_list awake, next;
    unsigned char *is_next; /* by number of node */
    unsigned char *ways;    /* the node's maps were written */
    unsigned char *drawn;   /* its plain edges were written: bit 1, beside its maps: bit 2 */
    struct wait *waits;     /* by number of waiting edge */
    unsigned **came;        /* by node and place in joins_from: the round it came for, plus one */
    int news;
};

static void add_arrow(struct drawer *d, const struct pregel_node *from,
                      const struct pregel_node *to, const struct pregel_way *way)
{
    struct pregel_arrow *a = diag_must_have(arena_zalloc(d->arena, sizeof *a));

    *a = (struct pregel_arrow){ .from = from, .to = to, .conditional = way != NULL };
    if (way && way->label
        && (way->label_n != strlen(to->name) || memcmp(way->label, to->name, way->label_n))) {
        a->label = way->label;
        a->label_n = way->label_n;
    }
    pregel_list_add(d->arena, &d->arrows, a);
    d->news = 1;
}

static void wake(struct drawer *d, struct pregel_node *n)
{
    if (n == d->m->end || d->is_next[n->number])
        return;
    d->is_next[n->number] = 1;
    pregel_list_add(d->arena, &d->next, n);
}

/* ---- one node ---- */

/* The way of the node's maps or destinations that leads to `to`, the last one, or NULL. */
static const struct pregel_way *way_to(const struct pregel_node *n, const struct pregel_node *to)
{
    const struct pregel_way *found = NULL;

    for (unsigned i = 0; i < n->branches.n; i++) {
        const struct pregel_branch *b = n->branches.at[i];

        for (unsigned k = 0; k < b->n_ways; k++)
            if (b->ways[k].to == to)
                found = &b->ways[k];
    }
    for (unsigned i = 0; i < n->destinations.n; i++)
        if (((struct pregel_way *)n->destinations.at[i])->to == to)
            found = n->destinations.at[i];
    return found;
}

/* Plain edges. In the superstep that also writes the maps, an edge a map has too is conditional. */
static void write_edges(struct drawer *d, const struct pregel_node *n, int with_ways)
{
    unsigned char bit = with_ways ? 2 : 1;

    for (unsigned i = 0; i < n->edges.n; i++) {
        if (!(d->drawn[n->number] & bit))
            add_arrow(d, n, n->edges.at[i], with_ways ? way_to(n, n->edges.at[i]) : NULL);
        wake(d, n->edges.at[i]);
    }
    d->drawn[n->number] |= bit;
}

static void write_way(struct drawer *d, const struct pregel_node *n, const struct pregel_way *w)
{
    add_arrow(d, n, w->to, w);
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

/* All sources of a waiting edge have come: arrows from each, and it begins again. */
static void complete_join(struct drawer *d, const struct pregel_join *j)
{
    struct wait *w = &d->waits[j->number];

    for (unsigned i = 0; !w->drawn && i < j->n; i++)
        add_arrow(d, j->from[i], j->to, NULL);
    w->drawn = 1;
    w->missing = w->sources;
    w->round++;
    wake(d, j->to);
}

static void write_joins(struct drawer *d, const struct pregel_node *n)
{
    for (unsigned i = 0; i < n->joins_from.n; i++) {
        const struct pregel_join *j = n->joins_from.at[i];
        struct wait *w = &d->waits[j->number];
        unsigned *came = &d->came[n->number][i];

        if (*came == w->round + 1)
            continue;
        *came = w->round + 1;
        if (!--w->missing)
            complete_join(d, j);
    }
}

static void write_node(struct drawer *d, const struct pregel_node *n)
{
    int with_ways = !d->ways[n->number] && (n->branches.n || n->destinations.n);

    write_edges(d, n, with_ways);
    if (with_ways)
        write_ways(d, n);
    d->ways[n->number] = 1;
    write_joins(d, n);
}

/* ---- the run ---- */

static struct drawer new_drawer(const struct unit *u)
{
    const struct pregel_model *m = u->model;
    struct drawer d = { .arena = u->arena, .m = m };

    d.is_next = diag_must_have(arena_zalloc(u->arena, m->nodes.n + 1));
    d.ways = diag_must_have(arena_zalloc(u->arena, m->nodes.n + 1));
    d.drawn = diag_must_have(arena_zalloc(u->arena, m->nodes.n + 1));
    d.waits = diag_must_have(arena_zalloc(u->arena, (m->joins.n + 1) * sizeof *d.waits));
    d.came = diag_must_have(arena_zalloc(u->arena, (m->nodes.n + 1) * sizeof *d.came));
    for (unsigned i = 0; i < m->nodes.n; i++) {
        const struct pregel_list *joins = &((struct pregel_node *)m->nodes.at[i])->joins_from;

        d.came[i] = diag_must_have(arena_zalloc(u->arena, (joins->n + 1) * sizeof **d.came));
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
    wake(d, d->m->start);
    for (unsigned step = 0; d->next.n && (step < STEPS || d->news); step++) {
        struct pregel_list old = d->awake;

        d->awake = d->next;
        d->next = old;
        d->next.n = 0;
        d->news = 0;
        for (unsigned i = 0; i < d->awake.n; i++)
            d->is_next[((struct pregel_node *)d->awake.at[i])->number] = 0;
        for (unsigned i = 0; i < d->awake.n; i++)
            write_node(d, d->awake.at[i]);
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

/* Sorted, one arrow for two nodes; with room for an arrow to the end from every node. */
static struct pregel_drawing collect(struct drawer *d)
{
    unsigned n = d->arrows.n;
    struct pregel_drawing g = { 0 };

    g.arrows = diag_must_have(arena_alloc(d->arena, (n + d->m->nodes.n + 1) * sizeof *g.arrows));
    for (unsigned i = 0; i < n; i++)
        g.arrows[i] = *(const struct pregel_arrow *)d->arrows.at[i];
    qsort(g.arrows, n, sizeof *g.arrows, by_ends);
    for (unsigned i = 0; i < n; i++) {
        const struct pregel_arrow *a = &g.arrows[i], *last = g.n ? &g.arrows[g.n - 1] : NULL;

        if (!last || last->from != a->from || last->to != a->to)
            g.arrows[g.n++] = *a;
    }
    return g;
}

static int by_name(const void *a, const void *b)
{
    const struct pregel_node *const *x = a, *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

/* The nodes something leads to and that lead nowhere, in the order of their names. */
static unsigned find_last(struct drawer *d, const struct pregel_drawing *g,
                          const struct pregel_node **ret)
{
    unsigned char *leads = diag_must_have(arena_zalloc(d->arena, d->m->nodes.n + 1));
    unsigned n = 0;

    for (unsigned i = 0; i < g->n; i++)
        leads[g->arrows[i].from->number] = 1;
    for (unsigned i = 0; i < g->n; i++) {
        const struct pregel_node *to = g->arrows[i].to;

        if (to == d->m->end || leads[to->number])
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
