/* fit.c: two types side by side. What both know nothing of fits; of lists that are written down and
 * of objects each part is held against its like, and the first that never fits is told.
 */
#include "dialects/shared/fit.h"

#include <string.h>

/* How deep and how far along lists it looks. */
enum { DEEPEST = 16, MOST_ITEMS = 256 };

enum { SCALARS = TYPE_BOOLEAN | TYPE_NUMBER | TYPE_STRING };

struct fitting {
    struct type_maker *maker;
    struct misfit *misfit;
};

static int fits(struct fitting *f, const struct type *t, const struct type *wanted, unsigned depth);

static int refuse(struct fitting *f, const struct type *t, const struct type *wanted)
{
    f->misfit->is = t;
    f->misfit->wanted = wanted;
    return 0;
}

/* Texts and whole numbers that are not the same; of others nothing is said. */
static int is_other(const struct node *a, const struct node *b)
{
    if (a->kind == NODE_INT && b->kind == NODE_INT)
        return a->u.i != b->u.i;
    if (a->kind != NODE_STRING || b->kind != NODE_STRING)
        return a->kind == NODE_STRING || b->kind == NODE_STRING;
    return a->n != b->n || memcmp(a->u.s, b->u.s, a->n);
}

static int is_outside(const struct type *t, const struct node *choices)
{
    if (!choices || !t->literal)
        return 0;
    node_each(c, choices) if (!is_other(c, t->literal)) return 0;
    return 1;
}

static int fits_items(struct fitting *f, const struct type *t, const struct type *wanted,
                      unsigned depth)
{
    size_t before = f->misfit->where.n;

    if (!t->literal || !wanted->item)
        return 1;
    for (const struct node *n = t->literal->child; n && n->index < MOST_ITEMS; n = n->next) {
        text_printf(&f->misfit->where, "[%u]", n->index);
        if (!fits(f, type_of_literal(f->maker, n), wanted->item, depth))
            return 0;
        f->misfit->where.n = before;
    }
    return 1;
}

static int fits_fields(struct fitting *f, const struct type *t, const struct type *wanted,
                       unsigned depth)
{
    size_t before = f->misfit->where.n;

    for (unsigned i = 0; i < wanted->n_fields; i++) {
        const struct type_field *field = &wanted->fields[i];
        const struct type *one;

        if (type_enter(f->maker, t, field->name, field->n, &one) != TYPE_INSIDE)
            continue;
        text_printf(&f->misfit->where, ".%s", field->name);
        if (!fits(f, one, field->type, depth))
            return 0;
        f->misfit->where.n = before;
    }
    return 1;
}

static int fits(struct fitting *f, const struct type *t, const struct type *wanted, unsigned depth)
{
    unsigned kinds = t->kinds & ~(unsigned)TYPE_NULL, both = kinds & wanted->kinds;

    if (!kinds || depth == DEEPEST)
        return 1;
    if (!both || (both & SCALARS && is_outside(t, wanted->choices)))
        return refuse(f, t, wanted);
    if (both == TYPE_ARRAY)
        return fits_items(f, t, wanted, depth + 1);
    return both != TYPE_OBJECT || fits_fields(f, t, wanted, depth + 1);
}

int fit_type(struct type_maker *m, const struct type *t, const struct type *wanted,
             struct misfit *ret)
{
    struct fitting f = { m, ret };

    *ret = (struct misfit){ 0 };
    return fits(&f, t, wanted, 0);
}

int fit_input(const struct type *t, const char *type)
{
    unsigned kinds = t->kinds & ~(unsigned)TYPE_NULL, taken = type_kinds(type);

    if (taken & SCALARS)
        taken |= SCALARS;
    return !kinds || kinds & taken;
}
