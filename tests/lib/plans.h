/* plans.h: plans for tests: read from text, printed to text, or made at random. */
#ifndef PLANS_H
#define PLANS_H

#include "build/build.h"
#include "plan/plan.h"

/* Two operations that exist in tests only: "test.pure" and "test.effect", which give back
 * their input. For plan_read. */
const kiln_op *plans_find_op(void *ctx, const char *name);
/* Reads a plan or fails the test with the reader's message. Free with plan_fini. */
struct plan *plans_read(struct arena *a, const char *text);
/* The plan's text, in the arena. */
const char *plans_print(struct arena *a, const struct plan *p);
/* A back end: build_tcc, or the C compiler. */
typedef int plans_build(const char *c, size_t n, const char *symbol, const kiln_op *const *ops,
                        size_t n_ops, struct arena *a, struct diags *d, struct build_jit **ret,
                        const kiln_program **ret_program);
plans_build plans_build_host;
/* The plan as a program, by way of all passes and libtcc; it may call `ops`. Free with
 * build_jit_free. */
const kiln_program *plans_compile(struct arena *a, struct plan *p, const kiln_op *const *ops,
                                  size_t n_ops, struct build_jit **ret);
/* A small valid plan; the same seed gives the same plan. Free with plan_fini. */
struct plan *plans_random(struct arena *a, unsigned seed);
/* One that waits, fails, tries again and overlaps; `op` is what its tasks call that touch the
 * world. Free with plan_fini. */
struct plan *plans_lively(struct arena *a, unsigned seed, const kiln_op *op);
/* Gives every flow a slot and a step that nobody uses, so that all others get other numbers; after
 * the passes. */
void plans_pad(struct plan *p);
/* A whole file as text in the arena; fails the test when it cannot be read. */
const char *plans_load(struct arena *a, const char *path);

#endif
