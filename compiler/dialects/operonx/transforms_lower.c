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
    case OX_LEFT_AND: /* see chain() */
    case OX_LEFT_OR:
    case OX_UNSUPPORTED:
        break;
    }
    return plan_reg_call2(t->at, function(t, k), value, plan_reg_text(t->at, k->name));
}

/* ---- arguments on the left ---- */

static int is_left(const struct ox_transform *x)
{
    return x->kind->shape == OX_LEFT_AND || x->kind->shape == OX_LEFT_OR;
}

/* Makes the argument of `arg and value`, `arg or value` into `result`, if the whole is asked for.
 * Returns whether `value` is asked for, too. */
static int left(const struct transforming *t, const struct ox_transform *x, int asked, int result)
{
    int value_asked = plan_reg_new(t->at), arg;

    plan_copy(t->at, value_asked, asked);
    plan_if(t->at, asked);
    arg = read_arg(t, &x->arg);
    plan_copy(t->at, result, arg);
    if (x->kind->shape == OX_LEFT_OR)
        arg = plan_reg_call1(t->at, "operonx.not", arg);
    plan_copy(t->at, value_asked, arg);
    plan_end(t->at);
    return value_asked;
}

/* Applies the transforms from `i` on, up to the next with an argument on the left, and returns the
 * place of that. */
static unsigned stretch(const struct transforming *t, const struct ox_ref *r, unsigned i, int asked,
                        int value, int result)
{
    plan_if(t->at, asked);
    for (; i < r->n_transforms && !is_left(&r->transforms[i]); i++)
        value = apply(t, &r->transforms[i], value);
    plan_copy(t->at, result, value);
    plan_end(t->at);
    return i;
}

/* An argument on the left is made first and may spare all that stands before it, so the last of
 * them is asked first. Then what is still asked for is done from left to right. */
static int chain(const struct transforming *t, const struct ox_ref *r, int value)
{
    int *asked = operonx_alloc(t->reader->scope->unit, r->n_transforms + 1, sizeof *asked);
    int result = plan_reg_new(t->at);
    unsigned i = r->n_transforms;

    plan_copy(t->at, result, value);
    asked[i] = plan_reg_call1(t->at, "base.present", value);
    while (i--)
        asked[i] = is_left(&r->transforms[i]) ? left(t, &r->transforms[i], asked[i + 1], result)
                                              : asked[i + 1];
    for (i = 0; i <= r->n_transforms; i++)
        i = stretch(t, r, i, asked[i], i ? result : value, result);
    return result;
}

/* Whether something is made that may not be asked for. In a condition it fails nothing. */
static int has_choice(const struct transforming *t, const struct ox_ref *r)
{
    for (unsigned i = 0; i < r->n_transforms; i++) {
        enum ox_shape shape = r->transforms[i].kind->shape;

        if (is_left(&r->transforms[i])
            || (!t->quiet && r->transforms[i].arg.ref && shape != OX_AND && shape != OX_OR))
            return 1;
    }
    return 0;
}

int operonx_transform_value(struct plan_step *at, struct ox_op *o, const struct ox_ref *r,
                            int value, int quiet)
{
    struct transforming t = { at, o, quiet };

    if (has_choice(&t, r))
        return chain(&t, r, value);
    for (unsigned i = 0; i < r->n_transforms; i++)
        value = apply(&t, &r->transforms[i], value);
    return value;
}
