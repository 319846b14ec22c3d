/* compiled.h: a program from the text of a plan, with the operations of a test. */
#ifndef COMPILED_H
#define COMPILED_H

#include "plans.h"

struct compiled {
    struct arena arena;
    struct plan *plan;
    struct build_jit *jit;
    const kiln_program *program;
};

/* Reads the plan, runs all passes over it and compiles it through libtcc, or fails the test. It
 * may call the `n` operations `ops`, which must outlive it. */
void compiled_load(struct compiled *c, const char *text, const kiln_op *const *ops, size_t n);
void compiled_free(struct compiled *c);

#endif
