/* fold.h: what the files of the fold pass share. Behind the door of this room. */
#ifndef FOLD_H
#define FOLD_H

#include "passes/edit.h"

/* The step being folded, and what is known of its registers. */
struct folding {
    struct plan *p;
    struct plan_step *step;
    kiln_heap heap;       /* where functions make their results */
    struct arena scratch; /* the arrays below; for one step */
    unsigned *mate;       /* edit_match_blocks */
    unsigned char *drop;  /* by operation */
    unsigned *writes;     /* by register: how many operations write it */
    unsigned char *known; /* by register: its value is in `values` */
    kiln_value *values;
    int *alias; /* by register: the register it is a copy of + 1, or 0 */
    int dropped;
};

/* evaluate.c: the value of a pure operation whose arguments are all known. 0 or -1. */
int fold_evaluate(struct folding *w, const struct plan_op *op, kiln_value *ret);
/* choose.c: a `test` or `pick` of a known value keeps the case it picks, as a `next` edge. */
void fold_edges(struct folding *w);

#endif
