/* graph.h: questions every dialect asks of its graph: what is reached from here, in which order, is
 * there a cycle.
 *
 * Nodes are numbers; the arrows of one node stand together, in the order they were given, so a walk
 * costs the arrows it follows.
 */
#ifndef SHARED_GRAPH_H
#define SHARED_GRAPH_H

#include <stddef.h>

#include "base/arena.h"

struct graph_arrow {
    unsigned from, to;
};

struct graph {
    unsigned n;
    unsigned *first; /* arrows of node i: to[first[i]] .. to[first[i + 1] - 1] */
    unsigned *to;
    unsigned *queue; /* room for one walk */
};

/* Makes a graph of `n` nodes in the arena. */
void graph_make(struct graph *ret, struct arena *a, unsigned n, const struct graph_arrow *arrows,
                size_t n_arrows);
/* Marks in seen[0..n) what is reached from `start`, which counts as reached. */
void graph_reach(const struct graph *g, unsigned start, unsigned char *seen);
/* Kahn's order of the nodes with seen[i]: `start` first, then in the order arrows let them go. Puts
 * the order in `ret_order` and returns how many have one; the others are on a cycle or behind it.
 */
unsigned graph_order(const struct graph *g, unsigned start, const unsigned char *seen,
                     unsigned *ret_order);
/* One cycle among the nodes with seen[i]: its nodes in order, and how many; 0 when there is none.
 */
unsigned graph_cycle(const struct graph *g, const unsigned char *seen, unsigned *ret_nodes);
#endif
