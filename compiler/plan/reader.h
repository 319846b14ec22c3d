/* reader.h: what the three files of the plan reader share. Behind the door of this room.
 *
 * Every function reads what stands next in the line and answers 0, or -1 with a message left.
 */
#ifndef PLAN_READER_H
#define PLAN_READER_H

#include "plan/plan.h"
#include "plan/scan.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* An edge whose target may not have been read yet. */
struct pending {
    struct plan_step *from;
    enum kiln_edge_kind kind;
    unsigned label, line;
    int soft;
    const char *to;
};

struct reader {
    struct scan scan;
    struct plan *p;
    struct plan_flow *flow; /* being read */
    struct plan_step *step; /* being read, or NULL */
    struct pending *pending;
    unsigned n_pending, cap_pending;
    const kiln_op *(*find_op)(void *ctx, const char *name);
    void *ctx;
};

/* read_op.c: an operation of the step being read; a constant; the name of a pure function. */
int reader_read_op(struct reader *r);
int reader_read_const(struct reader *r, unsigned *ret);
int reader_read_function(struct reader *r, const struct plan_function **ret);

/* read_step.c: the head of a step; an edge, kept aside; and all edges kept, when a flow is read. */
int reader_read_step(struct reader *r);
int reader_read_edge(struct reader *r, enum kiln_edge_kind kind);
int reader_connect_edges(struct reader *r);
/* Takes words as long as they name a bit. */
unsigned reader_read_flags(struct reader *r, const char *const *names, unsigned n);

#endif
