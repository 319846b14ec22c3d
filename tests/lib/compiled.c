/* compiled.c: see compiled.h. */
#include "compiled.h"

#include <check.h>
#include <string.h>

struct op_list {
    const kiln_op *const *at;
    size_t n;
};

static const kiln_op *find_op(void *ctx, const char *name)
{
    const struct op_list *ops = ctx;

    for (size_t i = 0; i < ops->n; i++)
        if (!strcmp(ops->at[i]->name, name))
            return ops->at[i];
    return NULL;
}

void compiled_load(struct compiled *c, const char *text, const kiln_op *const *ops, size_t n)
{
    struct op_list list = { ops, n };
    const char *message = NULL;

    *c = (struct compiled){ .plan = NULL };
    c->plan = plan_read(&c->arena, text, strlen(text), find_op, &list, &message);
    ck_assert_msg(c->plan != NULL, "%s in:\n%s", message, text);
    c->program = plans_compile(&c->arena, c->plan, ops, n, &c->jit);
}

void compiled_free(struct compiled *c)
{
    build_jit_free(c->jit);
    plan_fini(c->plan);
    arena_fini(&c->arena);
}
