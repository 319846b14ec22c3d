/* pregel_compare.c: equality and order, as Python has them (pregel 4.1).
 *
 * Numbers compare by what they are worth, exactly, whatever they are written as; lists by the first
 * items that differ; all else has no order.
 */
#include "functions/pregel.h"

#include <math.h>
#include <stdint.h>

/* ---- numbers ---- */

static int order_whole(const kiln_value *a, const kiln_value *b)
{
    if (a->tag == KILN_UINT || b->tag == KILN_UINT) {
        if (a->tag != b->tag)
            return a->tag == KILN_UINT ? 1 : -1;
        return (a->u.w > b->u.w) - (a->u.w < b->u.w);
    }
    return (a->u.i > b->u.i) - (a->u.i < b->u.i);
}

/* A whole number against a double, which may have no room for it. */
static int order_mixed(const kiln_value *a, double d)
{
    kiln_value floor_of_d;
    double whole = floor(d);
    int order;

    if (d < -0x1p63)
        return 1;
    if (d >= 0x1p64)
        return -1;
    floor_of_d = d < 0x1p63 ? value_int((long long)whole) : value_uint((unsigned long long)whole);
    order = order_whole(a, &floor_of_d);
    return order ? order : -(d > whole);
}

/* -1, 0, 1, or 2 when one is not a number at all. */
static int order_numbers(const kiln_value *a, const kiln_value *b)
{
    double x = a->u.d, y = b->u.d;

    if (a->tag != KILN_DOUBLE && b->tag != KILN_DOUBLE)
        return order_whole(a, b);
    if ((a->tag == KILN_DOUBLE && isnan(x)) || (b->tag == KILN_DOUBLE && isnan(y)))
        return 2;
    if (a->tag != KILN_DOUBLE)
        return order_mixed(a, y);
    if (b->tag != KILN_DOUBLE)
        return -order_mixed(b, x);
    return (x > y) - (x < y);
}

/* ---- equality ---- */

static int equal_items(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n; i++)
        if (!pregel_equal(&a->u.items[i], &b->u.items[i]))
            return 0;
    return 1;
}

static int equal_members(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n; i++) {
        kiln_value other = kiln_get(b, &a->u.members[i].key);

        if (other.tag == KILN_ABSENT || !pregel_equal(&a->u.members[i].value, &other))
            return 0;
    }
    return 1;
}

int pregel_equal(const kiln_value *a, const kiln_value *b)
{
    if (pregel_is_number(a) && pregel_is_number(b))
        return order_numbers(a, b) == 0;
    if (a->tag != b->tag || (a->tag >= KILN_ARRAY && a->n != b->n))
        return 0;
    switch (a->tag) {
    case KILN_STRING:
        return value_compare_text(a, b) == 0;
    case KILN_ARRAY:
        return equal_items(a, b);
    case KILN_OBJECT:
        return equal_members(a, b);
    default:
        return 1;
    }
}

/* ---- order ---- */

/* Goes into two lists to the first items that differ. 1 with *a and *b at these, or 0 with the
 * order of the lengths when one list is the start of the other. */
static int find_difference(const kiln_value **a, const kiln_value **b, int *ret_order)
{
    while ((*a)->tag == KILN_ARRAY && (*b)->tag == KILN_ARRAY) {
        const kiln_value *x = *a, *y = *b;
        unsigned i = 0;

        while (i < x->n && i < y->n && pregel_equal(&x->u.items[i], &y->u.items[i]))
            i++;
        if (i == x->n || i == y->n) {
            *ret_order = (x->n > y->n) - (x->n < y->n);
            return 0;
        }
        *a = &x->u.items[i];
        *b = &y->u.items[i];
    }
    return 1;
}

int pregel_compare(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b,
                   int *ret)
{
    if (!find_difference(&a, &b, ret))
        return 0;
    if (pregel_is_number(a) && pregel_is_number(b))
        *ret = order_numbers(a, b);
    else if (a->tag == KILN_STRING && b->tag == KILN_STRING)
        *ret = value_compare_text(a, b) > 0 ? 1 : -(value_compare_text(a, b) < 0);
    else
        return fault_raise(h, "TypeError", "'%s' not supported between instances of '%s' and '%s'",
                           sign, pregel_type(a), pregel_type(b));
    return 0;
}

#define COMPARE(symbol, sign, test)                                                                \
    int symbol(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)            \
    {                                                                                              \
        int order;                                                                                 \
                                                                                                   \
        if (pregel_compare(h, sign, a, b, &order) < 0)                                             \
            return -1;                                                                             \
        *ret = value_bool(order != 2 && (test));                                                   \
        return 0;                                                                                  \
    }

COMPARE(kiln_pregel_gt, ">", order > 0)
COMPARE(kiln_pregel_ge, ">=", order >= 0)
COMPARE(kiln_pregel_lt, "<", order < 0)
COMPARE(kiln_pregel_le, "<=", order <= 0)

/* The first stays unless the second is better. */
int kiln_pregel_max(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int order;

    if (pregel_compare(h, ">", b, a, &order) < 0)
        return -1;
    *ret = order == 1 ? *b : *a;
    return 0;
}

int kiln_pregel_min(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int order;

    if (pregel_compare(h, "<", b, a, &order) < 0)
        return -1;
    *ret = order < 0 ? *b : *a;
    return 0;
}

int kiln_pregel_eq(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = value_bool(pregel_equal(a, b));
    return 0;
}

int kiln_pregel_ne(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = value_bool(!pregel_equal(a, b));
    return 0;
}
