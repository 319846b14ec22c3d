/* leaf.h: one leaf while it is written (leaf.c, registers.c, pure.c). */
#ifndef LEAF_H
#define LEAF_H

#include "emit/emitter.h"

/* A register of the step, in C. */
struct leaf_reg {
    const char *ref;        /* the expression that reads it */
    unsigned writes;        /* how many operations give it a value */
    unsigned reads;         /* how many live operations read it; more when there are loops */
    unsigned char walked;   /* a `for` goes through it: named three times, so better by a local */
    unsigned char in_place; /* `ref` is where the value stands already */
    unsigned char handed;   /* only the answer reads it: it is made in f->out */
    unsigned char local;    /* it is a variable of the function */
    unsigned char present;  /* it is a constant, so never absent */
};

struct leaf {
    struct emitter *e;
    const struct plan_step *step;
    struct leaf_reg *regs;
    unsigned depth; /* of blocks; 1 in the function's own */
    unsigned list;  /* values the scratch list must hold */
    unsigned loops; /* so far, for the names of counters */
    int *blocks;    /* the open ones: the register a `for` gathers in, -1 for an `if` */
    unsigned n_blocks;
};

/* registers.c */
/* Finds out which registers are read, and how each is. */
void leaf_plan_registers(struct leaf *l);
/* Does the operation do something besides giving its register a value? */
int leaf_has_effect(const struct plan_op *op);
/* The expression of what CONST, SLOT and ERROR name, or NULL for all others. */
const char *leaf_source(const struct leaf *l, const struct plan_op *op);
/* The name of the local an operation writes. */
const char *leaf_target(struct leaf *l, int reg);
/* Does the answer hand its first argument to the loop, in f->out? */
int leaf_hands_out(const struct plan_op *op);
/* The expression that reads a register. */
const char *leaf_ref(const struct leaf *l, int reg);
/* The expression of the frame `up` levels up, "f->up", and the flow it is a frame of. */
const char *leaf_frame(const struct leaf *l, unsigned up);
const struct plan_flow *leaf_flow(const struct leaf *l, unsigned up);
/* The enumerator of a slot `up` levels up. */
const char *leaf_slot(const struct leaf *l, unsigned up, unsigned slot);
/* A number as text. In the arena. */
const char *leaf_number(const struct leaf *l, long long number);

/* pure.c */
/* Writes one operation that neither writes a slot nor ends the step; a dead one leaves nothing. */
void leaf_put_pure(struct leaf *l, const struct plan_op *op);
/* The object that the answer hands out, made and handed out in one call, when it can be. */
int leaf_put_given(struct leaf *l, const struct plan_op *op, const char *answer);

#define leaf_form(l, ...) emit_form((l)->e, &(l)->e->leaf, (l)->depth, __VA_ARGS__, (char *)NULL)

#endif
