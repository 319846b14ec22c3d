/* types.h: what is known about the values of a graph before it runs (clause 2.6).
 *
 * Types flow from what operations declare and what is written down, through pushes into variables
 * of graphs, through refs and their transforms. Null may be anywhere: an op may not have run.
 */
#ifndef OPERONX_TYPES_H
#define OPERONX_TYPES_H

#include "dialects/operonx/operonx.h"
#include "dialects/shared/type.h"

struct ox_typing {
    struct unit *unit;
    struct type_maker maker;
    int tells; /* complaints are made; else types are only wanted */
};

/* ---- types.c ---- */
/* An object of the variables that ops of the graph push to it, in the order of their names. */
const struct type *operonx_type_pushed(struct ox_typing *t, struct ox_graph *g);
/* One of them, or NULL. */
const struct type_field *operonx_pushed_field(const struct type *pushed, const char *var);
/* A variable of the graph, as its ops read it. */
const struct type *operonx_type_own(struct ox_typing *t, struct ox_graph *g, const char *var);
/* What a ref of `reader` brings, its transforms applied; complains of these when `tells`. */
const struct type *operonx_type_ref(struct ox_typing *t, const struct ox_op *reader,
                                    const struct ox_ref *r);

/* ---- calls.c ---- */

/* Why a call is of no use. */
enum ox_fate {
    OX_OPEN,
    OX_FAILS,  /* whatever the operands are */
    OX_LOST,   /* getitem and getattr: there is no such part */
    OX_NEVER,  /* a comparison that is always false */
    OX_ALWAYS, /* always true */
};

/* What a function of the plan gives for operands of these types; `b` is NULL when it takes one. */
const struct type *operonx_type_call(struct ox_typing *t, const char *function,
                                     const struct type *a, const struct type *b,
                                     enum ox_fate *ret_fate);
/* How people write the function: "+". */
const char *operonx_call_sign(const char *function);

/* ---- kinds.c ---- */
/* A transform of a ref that is of no use for these operands (O047 to O049). */
void operonx_complain_transform(struct ox_typing *t, const struct ox_op *reader,
                                const struct ox_ref *r, const struct ox_transform *x,
                                enum ox_fate fate, const struct type *a, const struct type *b);

/* ---- until_types.c ---- */
/* Complains of what the condition of a loop does with its outputs. */
void operonx_check_until(struct ox_typing *t, struct ox_graph *g);

#endif
