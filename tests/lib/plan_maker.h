/* plan_maker.h: plans made at random, operation by operation, valid by construction. */
#ifndef PLAN_MAKER_H
#define PLAN_MAKER_H

#include "plans.h"

enum { MOST_REGS = 64 };

struct maker {
    unsigned state;
    struct plan *p;
    struct plan_step *s; /* operations go to its end */
    int regs[MOST_REGS]; /* known here */
    unsigned n_regs;
};

/* A number below `below`. */
unsigned maker_pick(struct maker *m, unsigned below);
/* A register that has a value here; there must be one. And one more. */
int maker_known(struct maker *m);
void maker_learn(struct maker *m, int reg);
/* A constant of any kind. */
int maker_const(struct maker *m);
/* About `n` pure operations, slots read and written included; `depth` blocks are open. */
void maker_fill(struct maker *m, unsigned n, unsigned depth);
/* The step, which ends with what may take its time, is tried again, once in `in` plans, and may
 * come too late. */
void maker_policy(struct maker *m, unsigned in);
/* The step ends by waiting for a signal, perhaps only so long; its value goes to any slot or none.
 */
void maker_await(struct maker *m);
/* plan_turns.c: a new flow of supersteps of this name, whose tasks may call `op`. */
struct plan_flow *plan_turns(struct maker *m, const kiln_op *op, const char *name);
/* More tasks of such a flow, perhaps: each calls `op`, again when that fails, sleeps or waits, and
 * then writes what came of it. */
void plan_turns_call(struct maker *m, const kiln_op *op, struct plan_flow *f);

#endif
