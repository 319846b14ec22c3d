/* verify.h: what the two files of the verifier share. Behind the door of this room.
 *
 * Every check answers 0, or -1 with the message left; the first one stays.
 */
#ifndef PLAN_VERIFY_H
#define PLAN_VERIFY_H

#include "plan/plan.h"

struct verifier {
    const struct plan *p;
    const struct plan_flow *flow; /* being checked, or NULL */
    const struct plan_step *step; /* being checked, or NULL */
    struct arena scratch;         /* dropped at the end */
    const char *message;          /* in the plan's arena */
};

/* Leaves `flow "f", step "s": ...`; -1. */
int verify_fail(struct verifier *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Zeroed memory until the end of the verification; never NULL. */
void *verify_alloc(struct verifier *v, size_t size);
/* The flow is one of the plan's. */
int verify_has_flow(const struct plan *p, const struct plan_flow *f);
/* verify_ops.c: operands, blocks and registers of the step. */
int verify_ops(struct verifier *v);

#endif
