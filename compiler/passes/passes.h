/* passes.h: plan -> plan. The table of passes, and running it. */
#ifndef PASSES_H
#define PASSES_H

#include "plan/plan.h"

struct pass {
    const char *name;
    const char *sentence;
    void (*run)(struct plan *p);
};

/* In the order they run; ends with a NULL name. */
extern const struct pass passes[];

/* Runs all passes. With `verify`, checks the plan before and after each and answers the first
 * complaint (naming the pass); NULL when all is well. `after` (may be NULL) sees the plan after
 * each pass. */
const char *passes_run(struct plan *p, int verify,
                       void (*after)(void *ctx, const char *pass, const struct plan *p), void *ctx);

/* The pass with this name alone, for tests; NULL when there is none. */
const struct pass *passes_find(const char *name);

#endif
