/* reference.h: a plan, run by a slow and obvious interpreter.
 *
 * It reads spec/PLAN.md literally and shares nothing with the runtime but values and pure
 * functions: no generated code, no tables, no counters. What a program answers must be what this
 * answers; where they differ one of them is wrong.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "plan/plan.h"

/* The world an interpreted run lives in: one operation for all tasks. */
struct reference_world {
    void *ctx;
    /* Calls an operation: 0 with its result in *ret, or -1 with its error there. A result that is
     * there only in some milliseconds says so in *ret_later. */
    int (*call)(void *ctx, kiln_heap *h, const kiln_op *op, const kiln_value *input,
                kiln_value *ret, unsigned long long *ret_later);
    /* What the signal brings that a run awaits when nothing else can happen. */
    kiln_value signal;
};

/* What came of a run. Free it with reference_fini. */
struct reference_end {
    int status; /* KILN_COMPLETED, KILN_FAILED, or KILN_RUNNING: it will never go on */
    struct text output, notes; /* JSON; a line each */
    long long clock;           /* milliseconds the run took, all of them virtual */
};

/* Runs a plan that plan_verify accepts from its start to its end. */
void reference_run(const struct plan *p, const struct reference_world *world,
                   const kiln_value *input, struct reference_end *ret);
void reference_fini(struct reference_end *end);

#endif
