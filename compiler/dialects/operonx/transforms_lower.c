/* transforms_lower.c: transforms as calls of pure functions (clause 5).
 *
 * An absent value stays absent through every transform: it is an input that has no value, or a
 * condition that could not be evaluated. Every function that can fail has a quiet twin whose name
 * begins with `try_` and which answers absent instead.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

struct transforming {
    struct plan_step *at;
    struct ox_op *reader;
    int quiet;
};

static const char *function(const struct transforming *t, const struct ox_transform_kind *k)
{
    const char *name = k->function ? k->function : "operonx.unsupported";

    if (!t->quiet || !k->fails)
        return name;
    return operonx_printf(t->reader->scope->unit, "operonx.try_%s", strchr(name, '.') + 1);
}

static int read_arg(const struct transforming *t, const struct ox_arg *a)
{
    if (a->ref)
        return operonx_read_argument(t->at, t->reader, a->ref, t->quiet);
    return operonx_read_const(t->at, a->literal);
}

/* `value and arg`, `value or arg`: the argument is made only when it matters. */
static int logic(const struct transforming *t, const struct ox_transform *x, int value)
{
    int result = plan_reg_new(t->at);

    plan_copy(t->at, result, value);
    plan_if(t->at, x->kind->shape == OX_AND ? value : plan_reg_call1(t->at, "operonx.not", value));
    plan_copy(t->at, result, read_arg(t, &x->arg));
    plan_end(t->at);
    return result;
}

/* `arg and value`, `arg or value`, unless the value is absent. */
static int left_logic(const struct transforming *t, const struct ox_transform *x, int value)
{
    int result = plan_reg_new(t->at), arg;

    plan_copy(t->at, result, value);
    plan_if(t->at, plan_reg_call1(t->at, "base.present", value));
    arg = read_arg(t, &x->arg);
    plan_copy(
        t->at, result,
        plan_reg_call2(t->at, x->kind->shape == OX_LEFT_AND ? "base.and" : "base.or", arg, value));
    plan_end(t->at);
    return result;
}

static int apply(const struct transforming *t, const struct ox_transform *x, int value)
{
    const struct ox_transform_kind *k = x->kind;

    switch (k->shape) {
    case OX_UNARY:
        return plan_reg_call1(t->at, function(t, k), value);
    case OX_BINARY:
        return plan_reg_call2(t->at, function(t, k), value, read_arg(t, &x->arg));
    case OX_REVERSED:
        return plan_reg_call2(t->at, function(t, k), read_arg(t, &x->arg), value);
    case OX_AND:
    case OX_OR:
        return logic(t, x, value);
    case OX_LEFT_AND:
    case OX_LEFT_OR:
        return left_logic(t, x, value);
    case OX_UNSUPPORTED:
        break;
    }
    return plan_reg_call2(t->at, function(t, k), value, plan_reg_text(t->at, k->name));
}

int operonx_transform_value(struct plan_step *at, struct ox_op *o, const struct ox_ref *r,
                            int value, int quiet)
{
    struct transforming t = { at, o, quiet };

    for (unsigned i = 0; i < r->n_transforms; i++)
        value = apply(&t, &r->transforms[i], value);
    return value;
}
