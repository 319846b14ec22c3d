/* meet.h: where the branches of an acyclic graph meet again. */
#ifndef SHARED_MEET_H
#define SHARED_MEET_H

#include "dialects/shared/graph.h"

/* Working room for any number of questions about one graph. */
struct meet;

enum { MEET_NOWHERE = -1 };

/* `order` is graph_order's, of all `n_order` nodes that have one. */
struct meet *meet_new(struct arena *a, const struct graph *g, const unsigned *order,
                      unsigned n_order);
/* The first node, in that order, that is reached from every start, or MEET_NOWHERE (also when there
 * are fewer than two starts). Costs the nodes between the starts and the meeting. */
long meet_find(struct meet *m, const unsigned *starts, unsigned n);

#endif
