/* template_compare.c: equality, order and containment in templates. */
#include "functions/template.h"

#include <string.h>

/* Booleans count as numbers. */
static int is_number(const kiln_value *v)
{
    return value_is_number(v) || v->tag == KILN_BOOL;
}

static int compare_numbers(const kiln_value *a, const kiln_value *b)
{
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE) {
        double x = a->tag == KILN_BOOL ? (double)a->u.i : value_number(a);
        double y = b->tag == KILN_BOOL ? (double)b->u.i : value_number(b);

        return (x > y) - (x < y);
    }
    if (a->tag == KILN_UINT || b->tag == KILN_UINT) {
        if (a->tag != b->tag)
            return a->tag == KILN_UINT ? 1 : -1;
        return (a->u.w > b->u.w) - (a->u.w < b->u.w);
    }
    return (a->u.i > b->u.i) - (a->u.i < b->u.i);
}

static int compare_lists(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n && i < b->n; i++) {
        int order = template_compare(&a->u.items[i], &b->u.items[i]);

        if (order)
            return order;
    }
    return (a->n > b->n) - (a->n < b->n);
}

static int compare_maps(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n && i < b->n; i++) {
        int order = value_compare_text(&a->u.members[i].key, &b->u.members[i].key);

        if (!order)
            order = template_compare(&a->u.members[i].value, &b->u.members[i].value);
        if (order)
            return order;
    }
    return (a->n > b->n) - (a->n < b->n);
}

int template_compare(const kiln_value *a, const kiln_value *b)
{
    if (is_number(a) && is_number(b))
        return compare_numbers(a, b);
    if (a->tag != b->tag)
        return a->tag < b->tag ? -1 : 1;
    if (a->tag == KILN_STRING)
        return value_compare_text(a, b);
    if (a->tag == KILN_ARRAY)
        return compare_lists(a, b);
    return a->tag == KILN_OBJECT ? compare_maps(a, b) : 0;
}

static int equal_maps(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n; i++) {
        kiln_value other = kiln_get(b, &a->u.members[i].key);

        if (other.tag == KILN_ABSENT || !template_equal(&a->u.members[i].value, &other))
            return 0;
    }
    return a->n == b->n;
}

int template_equal(const kiln_value *a, const kiln_value *b)
{
    if (a->tag == KILN_OBJECT && b->tag == KILN_OBJECT)
        return equal_maps(a, b);
    if (a->tag == KILN_ARRAY && b->tag == KILN_ARRAY) {
        for (unsigned i = 0; i < a->n && i < b->n; i++)
            if (!template_equal(&a->u.items[i], &b->u.items[i]))
                return 0;
        return a->n == b->n;
    }
    if (a->tag == KILN_DOUBLE && b->tag == KILN_DOUBLE)
        return a->u.d == b->u.d;
    return template_compare(a, b) == 0;
}

#define COMPARISON(name, expression)                                                               \
    TEMPLATE_FN(name)                                                                              \
    {                                                                                              \
        *ret = value_bool(expression);                                                             \
        return 0;                                                                                  \
    }
COMPARISON(eq, template_equal(&argv[1], &argv[2]))
COMPARISON(ne, !template_equal(&argv[1], &argv[2]))
COMPARISON(lt, template_compare(&argv[1], &argv[2]) < 0)
COMPARISON(le, template_compare(&argv[1], &argv[2]) <= 0)
COMPARISON(gt, template_compare(&argv[1], &argv[2]) > 0)
COMPARISON(ge, template_compare(&argv[1], &argv[2]) >= 0)
COMPARISON(not, !kiln_truthy(&argv[1]))
COMPARISON(bool, kiln_truthy(&argv[1]))

static int holds_item(const kiln_value *list, const kiln_value *v)
{
    for (unsigned i = 0; i < list->n; i++)
        if (template_equal(&list->u.items[i], v))
            return 1;
    return 0;
}

static int holds_text(const kiln_value *whole, const kiln_value *part)
{
    struct text t = { 0 };
    int found;

    template_put(&t, part);
    found = memmem(whole->u.s, whole->n, text_cstr(&t), t.n) != NULL;
    text_fini(&t);
    return found;
}

TEMPLATE_FN(in)
{
    const kiln_value *v = &argv[1], *all = &argv[2];

    if (all->tag == KILN_STRING)
        *ret = value_bool(holds_text(all, v));
    else if (all->tag == KILN_ARRAY)
        *ret = value_bool(holds_item(all, v));
    else if (all->tag == KILN_OBJECT)
        *ret = value_bool(v->tag == KILN_STRING && kiln_get(all, v).tag != KILN_ABSENT);
    else if (all->tag == KILN_ABSENT)
        *ret = value_bool(0);
    else
        return template_fail(h, argv,
                             "invalid operation: cannot perform a containment check on this value");
    return 0;
}
