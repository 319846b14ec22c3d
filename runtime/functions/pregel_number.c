/* pregel_number.c: arithmetic.
 *
 * Integers stay integers and are 64 bits wide; leaving that range is an OverflowError instead of a
 * bigger number. A boolean counts as 0 or 1.
 */
#include "functions/pregel.h"

#include <stdint.h>

int pregel_no_operator(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b)
{
    return fault_raise(h, "TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", sign,
                       pregel_type(a), pregel_type(b));
}

int pregel_is_number(const kiln_value *v)
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

    if (!pregel_is_number(a) || !pregel_is_number(b))
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

static int is_sequence(const kiln_value *v)
{
    return v->tag == KILN_STRING || v->tag == KILN_ARRAY;
}

/* A string or a list times a whole number is so many of them. */
int kiln_pregel_mul(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    const kiln_value *what = is_sequence(a) ? a : b, *times = what == a ? b : a;

    if (is_sequence(what) && is_whole(times))
        return pregel_repeat(h, ret, what, times->u.i);
    if (is_sequence(what))
        return fault_raise(h, "TypeError", "can't multiply sequence by non-int of type '%s'",
                           pregel_type(times));
    return calculate(h, ret, a, b, "*", mul_whole, mul_double);
}

int kiln_pregel_sum(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value sum = value_int(0), items;

    if (kiln_pregel_items(h, &items, a) < 0)
        return -1;
    for (unsigned i = 0; i < items.n; i++) {
        kiln_value next;

        if (calculate(h, &next, &sum, &items.u.items[i], "+", add_whole, add_double) < 0)
            return -1;
        sum = next;
    }
    *ret = sum;
    return 0;
}
