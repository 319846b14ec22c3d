/* plans.c: plans from text and back (plans.h). */
#include "plans.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit/emit.h"
#include "passes/passes.h"

static int echo(kiln_call *call)
{
    return kiln_out_value(call, *kiln_input(call));
}

static const kiln_op pure = {
    .name = "test.pure", .symbol = "test_pure", .effect = KILN_PURE, .run = echo
};
static const kiln_op effect = {
    .name = "test.effect", .symbol = "test_effect", .effect = KILN_EFFECTFUL, .run = echo
};

const kiln_op *plans_find_op(void *ctx, const char *name)
{
    (void)ctx;
    if (strcmp(name, pure.name) == 0)
        return &pure;
    return strcmp(name, effect.name) == 0 ? &effect : NULL;
}

struct plan *plans_read(struct arena *a, const char *text)
{
    const char *message = NULL;
    struct plan *p = plan_read(a, text, strlen(text), plans_find_op, NULL, &message);

    ck_assert_msg(p != NULL, "%s in:\n%s", message, text);
    return p;
}

const char *plans_print(struct arena *a, const struct plan *p)
{
    struct text out = { 0 };
    const char *copy;

    plan_print(p, &out);
    copy = arena_dup(a, out.s, out.n);
    text_fini(&out);
    ck_assert_ptr_nonnull(copy);
    return copy;
}

int plans_build_host(const char *c, size_t n, const char *symbol, const kiln_op *const *ops,
                     size_t n_ops, struct arena *a, struct diags *d, struct build_jit **ret,
                     const kiln_program **ret_program)
{
    return build_so(c, n, symbol, ops, n_ops, "0", a, d, ret, ret_program);
}

const kiln_program *plans_compile(struct arena *a, struct plan *p, const kiln_op *const *ops,
                                  size_t n_ops, struct build_jit **ret)
{
    struct diags diags = { .arena = a };
    const char *message = plan_verify(p);
    const kiln_program *program = NULL;
    struct text c = { 0 };

    ck_assert_msg(!message, "%s", message);
    ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
    emit_program(p, &c);
    ck_assert_int_eq(build_tcc(c.s, c.n, emit_symbol(p), ops, n_ops, a, &diags, ret, &program), 0);
    text_fini(&c);
    return program;
}

const char *plans_load(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    struct text t = { 0 };
    const char *copy;
    char bytes[4096];
    size_t n;

    ck_assert_msg(f != NULL, "cannot read %s", path);
    while ((n = fread(bytes, 1, sizeof bytes, f)) > 0)
        text_put(&t, bytes, n);
    fclose(f);
    copy = arena_dup(a, text_cstr(&t), t.n);
    text_fini(&t);
    return copy;
}
