/* operonx_compare.c: equality, order and membership (clause 5.3).
 */
#include <string.h>

#include "functions/operonx.h"

static int is_number(const kiln_value *v)
{
    return value_is_number(v) || v->tag == KILN_BOOL;
}

/* A whole number against a double, exactly: -1, 0 or 1. */
static int compare_mixed(operonx_wide x, double d)
{
    operonx_wide whole;
    double rest;

    if (d >= 1e30 || d <= -1e30)
        return d > 0 ? -1 : 1;
    whole = (operonx_wide)d;
    rest = d - (double)whole;
    if (x != whole)
        return x < whole ? -1 : 1;
    return rest > 0 ? -1 : rest < 0;
}

static int compare_numbers(const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;
    int whole_a = operonx_whole(a, &x), whole_b = operonx_whole(b, &y);

    if (whole_a && whole_b)
        return (x > y) - (x < y);
    if (whole_a)
        return compare_mixed(x, b->u.d);
    if (whole_b)
        return -compare_mixed(y, a->u.d);
    return (a->u.d > b->u.d) - (a->u.d < b->u.d);
}

static int equal_objects(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n; i++) {
        kiln_value other = kiln_get(b, &a->u.members[i].key);

        if (!other.tag || !operonx_equal(&a->u.members[i].value, &other))
            return 0;
    }
    return 1;
}

int operonx_equal(const kiln_value *a, const kiln_value *b)
{
    if (is_number(a) && is_number(b))
        return !compare_numbers(a, b);
    if (a->tag != b->tag || a->n != b->n)
        return 0;
    if (a->tag == KILN_STRING)
        return !value_compare_text(a, b);
    if (a->tag == KILN_OBJECT)
        return equal_objects(a, b);
    for (unsigned i = 0; a->tag == KILN_ARRAY && i < a->n; i++)
        if (!operonx_equal(&a->u.items[i], &b->u.items[i]))
            return 0;
    return 1;
}

/* ---- order ---- */

/* -1, 0 or 1 in *ret; -1 with an error when the two have no order. */
static int compare(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b,
                   int *ret)
{
    if (is_number(a) && is_number(b)) {
        *ret = compare_numbers(a, b);
    } else if (a->tag == KILN_STRING && b->tag == KILN_STRING) {
        *ret = value_compare_text(a, b);
    } else if (a->tag == KILN_ARRAY && b->tag == KILN_ARRAY) {
        for (unsigned i = 0; i < a->n && i < b->n; i++)
            if (!operonx_equal(&a->u.items[i], &b->u.items[i]))
                return compare(h, sign, &a->u.items[i], &b->u.items[i], ret);
        *ret = (a->n > b->n) - (a->n < b->n);
    } else {
        return heap_fail(h, "TypeError: '%s' is not supported between '%s' and '%s'", sign,
                         operonx_type(a), operonx_type(b));
    }
    return 0;
}

int kiln_operonx_lt(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int order;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (compare(h, "<", a, b, &order) < 0)
        return -1;
    *ret = value_bool(order < 0);
    return 0;
}

int kiln_operonx_le(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int order;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (compare(h, "<=", a, b, &order) < 0)
        return -1;
    *ret = value_bool(order <= 0);
    return 0;
}

int kiln_operonx_gt(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int order;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (compare(h, ">", a, b, &order) < 0)
        return -1;
    *ret = value_bool(order > 0);
    return 0;
}

int kiln_operonx_ge(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int order;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (compare(h, ">=", a, b, &order) < 0)
        return -1;
    *ret = value_bool(order >= 0);
    return 0;
}

/* ---- equality and membership ---- */

int kiln_operonx_eq(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    *ret = value_bool(operonx_equal(a, b));
    return 0;
}

int kiln_operonx_ne(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    *ret = value_bool(!operonx_equal(a, b));
    return 0;
}

int kiln_operonx_same(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    *ret = value_bool(value_equal(a, b));
    return 0;
}

int kiln_operonx_not(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    if (!a->tag)
        OPERONX_GIVE_UP(ret);
    *ret = value_bool(!kiln_truthy(a));
    return 0;
}

static int contains_item(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n; i++)
        if (operonx_equal(&a->u.items[i], b))
            return 1;
    return 0;
}

static int find_key(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (b->tag == KILN_ARRAY || b->tag == KILN_OBJECT)
        return heap_fail(h, "TypeError: a '%s' cannot be a key", operonx_type(b));
    *ret = value_bool(b->tag == KILN_STRING && kiln_get(a, b).tag != KILN_ABSENT);
    return 0;
}

int kiln_operonx_contains(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (a->tag == KILN_ARRAY)
        *ret = value_bool(contains_item(a, b));
    else if (a->tag == KILN_OBJECT)
        return find_key(h, ret, a, b);
    else if (a->tag == KILN_STRING && b->tag == KILN_STRING)
        *ret = value_bool(!b->n || memmem(a->u.s, a->n, b->u.s, b->n) != NULL);
    else
        return heap_fail(h, "TypeError: 'in' is not supported between '%s' and '%s'",
                         operonx_type(b), operonx_type(a));
    return 0;
}
