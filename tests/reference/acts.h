/* acts.h: the world that random plans touch: one operation that fails, takes its time and answers
 * by the seed and the number of the call. The same for compiled and for interpreted plans.
 */
#ifndef ACTS_H
#define ACTS_H

#include "base/text.h"
#include "kiln_op.h"
#include "reference.h"

/* What the world has seen since acts_begin. One a process: an operation finds it without being
 * told. */
struct acts {
    unsigned seed, calls;
    struct text seen; /* the input of every call, a line each */
};

extern struct acts acts;
/* "test.act", effectful: what tasks of plans_lively call. */
extern const kiln_op kiln_op_acts_act;

/* A random plan, its passes run. Free with plan_fini. */
struct plan *acts_plan(struct arena *a, unsigned seed);
/* Nothing has happened yet. */
void acts_begin(unsigned seed);
/* Runs the plan in this world; signals bring the text "signal". Free the end with reference_fini.
 */
void acts_interpret(const struct plan *p, unsigned seed, const kiln_value *input,
                    struct reference_end *ret);
void acts_fini(void);

#endif
