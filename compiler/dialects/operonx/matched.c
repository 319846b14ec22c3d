/* matched.c: a condition as people write it, for the `matched` output of a branch (clause 4.3).
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

static void put_ref(struct text *t, const struct ox_ref *r);

/* A literal in the notation of Python, where it differs from JSON only in these four. */
static void put_literal(struct text *t, const struct node *n)
{
    const char *s = node_text(n);

    if (n->kind == NODE_NULL)
        text_puts(t, "None");
    else if (n->kind == NODE_BOOL)
        text_puts(t, n->u.truth ? "True" : "False");
    else if (s)
        text_printf(t, "'%s'", s);
    else if (n->kind == NODE_INT)
        text_printf(t, "%lld", n->u.i);
    else if (n->kind == NODE_DOUBLE)
        text_printf(t, "%.17g", n->u.d);
    else
        text_puts(t, n->kind == NODE_ARRAY ? "[...]" : "{...}");
}

static void put_arg(struct text *t, const struct ox_arg *a)
{
    if (a->ref)
        put_ref(t, a->ref);
    else if (a->literal)
        put_literal(t, a->literal);
}

static void put_transform(struct text *t, const struct ox_transform *x, const char *so_far)
{
    const char *sign = x->kind->sign;
    int is_left = x->kind->shape == OX_REVERSED || x->kind->shape == OX_LEFT_AND
                  || x->kind->shape == OX_LEFT_OR;

    if (x->kind->shape == OX_UNARY || x->kind->shape == OX_UNSUPPORTED) {
        text_printf(t, "%s%s", sign, so_far);
    } else if (!strcmp(sign, "[]")) {
        text_printf(t, "%s[", so_far);
        put_arg(t, &x->arg);
        text_putc(t, ']');
    } else if (!strcmp(sign, ".")) {
        text_printf(t, "%s.%s", so_far,
                    x->arg.literal && node_text(x->arg.literal) ? node_text(x->arg.literal) : "?");
    } else if (is_left) {
        put_arg(t, &x->arg);
        text_printf(t, " %s %s", sign, so_far);
    } else {
        text_printf(t, "%s %s ", so_far, sign);
        put_arg(t, &x->arg);
    }
}

static void put_ref(struct text *t, const struct ox_ref *r)
{
    struct text so_far = { 0 };

    text_puts(&so_far, r->var);
    for (unsigned i = 0; i < r->n_transforms; i++) {
        struct text longer = { 0 };

        put_transform(&longer, &r->transforms[i], text_cstr(&so_far));
        text_fini(&so_far);
        so_far = longer;
    }
    text_puts(t, text_cstr(&so_far));
    t->failed |= so_far.failed;
    text_fini(&so_far);
}

const char *operonx_matched(struct unit *u, const struct ox_ref *r)
{
    struct text t = { 0 };
    const char *made;

    put_ref(&t, r);
    if (t.failed)
        plan_memory_out();
    made = operonx_printf(u, "%s", text_cstr(&t));
    text_fini(&t);
    return made;
}
