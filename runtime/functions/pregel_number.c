/* pregel_number.c: arithmetic and comparison.
 *
 * Integers stay integers and are 64 bits wide; leaving that range is an OverflowError instead of a
 * bigger number. A boolean counts as 0 or 1.
 */
#include "functions/pregel.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int pregel_no_operator(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b)
{
    return fault_raise(h, "TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", sign,
                       pregel_type(a), pregel_type(b));
}

static int is_number(const kiln_value *v)
{
    return v->tag == KILN_BOOL || value_is_number(v);
}

static int is_whole(const kiln_value *v)
{
    return v->tag == KILN_BOOL || v->tag == KILN_INT;
}

static double as_double(const kiln_value *v)
{
    return v->tag == KILN_BOOL ? (double)v->u.i : value_number(v);
}

static int add_whole(long long a, long long b, long long *ret)
{
    if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
        return -1;
    *ret = a + b;
    return 0;
}

static int sub_whole(long long a, long long b, long long *ret)
{
    if (b < 0 ? a > INT64_MAX + b : a < INT64_MIN + b)
        return -1;
    *ret = a - b;
    return 0;
}

static int mul_whole(long long a, long long b, long long *ret)
{
    return __builtin_mul_overflow(a, b, ret) ? -1 : 0;
}

static double add_double(double a, double b)
{
    return a + b;
}

static double sub_double(double a, double b)
{
    return a - b;
}

static double mul_double(double a, double b)
{
    return a * b;
}

static int calculate(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                     const char *sign, int (*whole)(long long, long long, long long *),
                     double (*real)(double, double))
{
    long long i;

    if (!is_number(a) || !is_number(b))
        return pregel_no_operator(h, sign, a, b);
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE) {
        *ret = value_double(real(as_double(a), as_double(b)));
        return 0;
    }
    if (!is_whole(a) || !is_whole(b) || whole(a->u.i, b->u.i, &i) < 0)
        return fault_raise(h, "OverflowError", "the result of %s is not a 64-bit integer", sign);
    *ret = value_int(i);
    return 0;
}

int kiln_pregel_add(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (a->tag == KILN_STRING && b->tag == KILN_STRING)
        return pregel_join_text(h, ret, a, "", b);
    if (a->tag == KILN_STRING || a->tag == KILN_ARRAY) {
        if (a->tag == KILN_ARRAY && b->tag == KILN_ARRAY)
            return kiln_pregel_concat(h, ret, a, b);
        return fault_raise(h, "TypeError", "can only concatenate %s (not \"%s\") to %s",
                           pregel_type(a), pregel_type(b), pregel_type(a));
    }
    return calculate(h, ret, a, b, "+", add_whole, add_double);
}

int kiln_pregel_sub(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    return calculate(h, ret, a, b, "-", sub_whole, sub_double);
}

int kiln_pregel_mul(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    return calculate(h, ret, a, b, "*", mul_whole, mul_double);
}

int kiln_pregel_sum(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value sum = value_int(0);

    if (a->tag != KILN_ARRAY)
        return fault_raise(h, "TypeError", "'%s' object is not iterable", pregel_type(a));
    for (unsigned i = 0; i < a->n; i++) {
        kiln_value next;

        if (calculate(h, &next, &sum, &a->u.items[i], "+", add_whole, add_double) < 0)
            return -1;
        sum = next;
    }
    *ret = sum;
    return 0;
}

/* ---- comparing ---- */

static int order_whole(const kiln_value *a, const kiln_value *b)
{
    if (a->tag == KILN_UINT || b->tag == KILN_UINT) {
        if (a->tag != b->tag)
            return a->tag == KILN_UINT ? 1 : -1;
        return (a->u.w > b->u.w) - (a->u.w < b->u.w);
    }
    return (a->u.i > b->u.i) - (a->u.i < b->u.i);
}

/* -1, 0, 1, or 2 when one is not a number at all. */
static int order_numbers(const kiln_value *a, const kiln_value *b)
{
    double x, y;

    if (a->tag != KILN_DOUBLE && b->tag != KILN_DOUBLE)
        return order_whole(a, b);
    x = as_double(a);
    y = as_double(b);
    if (isnan(x) || isnan(y))
        return 2;
    return (x > y) - (x < y);
}

int pregel_compare(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b,
                   int *ret)
{
    if (is_number(a) && is_number(b))
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
    if (is_number(a) && is_number(b))
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
