/* graph.c: breadth-first walks over numbered nodes. */
#include "dialects/shared/graph.h"

#include <string.h>

#include "diag.h"

void graph_make(struct graph *ret, struct arena *a, unsigned n, const struct graph_arrow *arrows,
                size_t n_arrows)
{
    unsigned *next = diag_must_have(arena_zalloc(a, (n + 1) * sizeof *next));

    ret->n = n;
    ret->first = diag_must_have(arena_zalloc(a, (n + 2) * sizeof *ret->first));
    ret->to = diag_must_have(arena_alloc(a, (n_arrows + 1) * sizeof *ret->to));
    ret->queue = diag_must_have(arena_alloc(a, (n + 1) * sizeof *ret->queue));
    for (size_t i = 0; i < n_arrows; i++)
        ret->first[arrows[i].from + 1]++;
    for (unsigned i = 0; i < n; i++)
        ret->first[i + 1] += ret->first[i];
    for (size_t i = 0; i < n_arrows; i++)
        ret->to[ret->first[arrows[i].from] + next[arrows[i].from]++] = arrows[i].to;
}

#define each_arrow(t, g, node)                                                                     \
    for (const unsigned *t = (g)->to + (g)->first[node]; t < (g)->to + (g)->first[(node) + 1]; t++)

void graph_reach(const struct graph *g, unsigned start, unsigned char *seen)
{
    unsigned read = 0, n = 0;

    seen[start] = 1;
    g->queue[n++] = start;
    while (read < n) {
        unsigned node = g->queue[read++];

        each_arrow(to, g, node)
        {
            if (!seen[*to]) {
                seen[*to] = 1;
                g->queue[n++] = *to;
            }
        }
    }
}

/* How many arrows come in from nodes with seen[i]. */
static void count_incoming(const struct graph *g, const unsigned char *seen, unsigned *ret)
{
    memset(ret, 0, g->n * sizeof *ret);
    for (unsigned i = 0; i < g->n; i++)
        if (seen[i])
            each_arrow(to, g, i) ret[*to]++;
}

unsigned graph_order(const struct graph *g, unsigned start, const unsigned char *seen,
                     unsigned *ret_order)
{
    unsigned *waiting = g->queue, read = 0, n = 0;

    count_incoming(g, seen, waiting);
    if (seen[start] && !waiting[start])
        ret_order[n++] = start;
    for (unsigned i = 0; i < g->n; i++)
        if (seen[i] && !waiting[i] && i != start)
            ret_order[n++] = i;
    while (read < n) {
        unsigned node = ret_order[read++];

        each_arrow(to, g, node)
        {
            if (--waiting[*to] == 0 && seen[*to])
                ret_order[n++] = *to;
        }
    }
    return n;
}

/* Some node before `node` that no order could place. After graph_order, those are the nodes whose
 * count in the queue is not zero. */
static void find_before(const struct graph *g, const unsigned char *seen, unsigned *before)
{
    for (unsigned i = 0; i < g->n; i++)
        if (seen[i] && g->queue[i])
            each_arrow(to, g, i) before[*to] = i;
}

unsigned graph_cycle(const struct graph *g, const unsigned char *seen, unsigned *ret_nodes)
{
    unsigned *before = ret_nodes; /* reused below, from the end of the walk */
    unsigned node = 0, n = 0, steps;

    graph_order(g, 0, seen, ret_nodes);
    while (node < g->n && !(seen[node] && g->queue[node]))
        node++;
    if (node == g->n)
        return 0;
    find_before(g, seen, before);
    for (steps = 0; steps < g->n; steps++)
        node = before[node]; /* going back n times ends on a cycle */
    g->queue[n++] = node;
    for (unsigned at = before[node]; at != node; at = before[at])
        g->queue[n++] = at;
    for (unsigned i = 0; i < n; i++)
        ret_nodes[i] = g->queue[n - 1 - i];
    return n;
}
