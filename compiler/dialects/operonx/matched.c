/* matched.c: a condition as text, for the `matched` output of a branch (clause 4.3). Workflows may
 * look at it, so it is to the letter what Operonx says.
 */
#include <string.h>

#include "base/number.h"
#include "dialects/operonx/operonx.h"

static void put_ref(struct text *t, const struct ox_ref *r);

static void put_literal(struct text *t, const struct node *n);

/* ---- literals in the notation of Python ---- */

/* In single quotes, unless that would take an escape which double quotes spare. */
static void put_string(struct text *t, const char *s, size_t n)
{
    char quote = memchr(s, '\'', n) && !memchr(s, '"', n) ? '"' : '\'';

    text_putc(t, quote);
    for (size_t i = 0; i < n; i++) {
        if (s[i] == quote || s[i] == '\\')
            text_printf(t, "\\%c", s[i]);
        else if (s[i] == '\n' || s[i] == '\r' || s[i] == '\t')
            text_printf(t, "\\%c", s[i] == '\n' ? 'n' : s[i] == '\r' ? 'r' : 't');
        else if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
            text_printf(t, "\\x%02x", (unsigned char)s[i]);
        else
            text_putc(t, s[i]);
    }
    text_putc(t, quote);
}

/* Python has an exponent below 1e-4 already, and always two digits of it. */
static void put_double(struct text *t, double d)
{
    char digits[NUMBER_SIZE + 1];
    char *e, *first;

    digits[number_write(d, digits)] = 0;
    e = strchr(digits, 'e');
    if (e) {
        text_printf(t, "%.*s%s%s", (int)(e + 2 - digits), digits, strlen(e) < 4 ? "0" : "", e + 2);
        return;
    }
    first = digits + strspn(digits, "-0.");
    if (d != 0 && d > -1e-4 && d < 1e-4)
        text_printf(t, "%s%c%s%se-05", d < 0 ? "-" : "", *first, first[1] ? "." : "", first + 1);
    else
        text_puts(t, digits);
}

static void put_parts(struct text *t, const struct node *n)
{
    node_each(c, n)
    {
        text_puts(t, c->index ? ", " : "");
        if (c->key) {
            put_string(t, c->key, c->key_n);
            text_puts(t, ": ");
        }
        put_literal(t, c);
    }
}

static void put_literal(struct text *t, const struct node *n)
{
    switch (n->kind) {
    case NODE_NULL:
        text_puts(t, "None");
        break;
    case NODE_BOOL:
        text_puts(t, n->u.truth ? "True" : "False");
        break;
    case NODE_INT:
        text_printf(t, "%lld", n->u.i);
        break;
    case NODE_UINT:
        text_printf(t, "%llu", n->u.w);
        break;
    case NODE_DOUBLE:
        put_double(t, n->u.d);
        break;
    case NODE_STRING:
        put_string(t, n->u.s, n->n);
        break;
    default:
        text_putc(t, n->kind == NODE_ARRAY ? '[' : '{');
        put_parts(t, n);
        text_putc(t, n->kind == NODE_ARRAY ? ']' : '}');
    }
}

/* ---- conditions ---- */

static void put_arg(struct text *t, const struct ox_arg *a)
{
    if (a->ref)
        put_ref(t, a->ref);
    else if (a->literal)
        put_literal(t, a->literal);
}

/* What Operonx has no sign for is left out. */
static void put_transform(struct text *t, const struct ox_transform *x, const char *so_far)
{
    const char *sign = x->kind->sign;

    if (!sign) {
        text_puts(t, so_far);
    } else if (x->kind->shape == OX_UNARY) {
        text_printf(t, "%s %s", sign, so_far);
    } else if (!strcmp(sign, "[]")) {
        text_printf(t, "%s[", so_far);
        put_arg(t, &x->arg);
        text_putc(t, ']');
    } else if (!strcmp(sign, ".")) {
        text_printf(t, "%s.%s", so_far,
                    x->arg.literal && node_text(x->arg.literal) ? node_text(x->arg.literal) : "?");
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
