/* template_number.c: arithmetic in templates.
 *
 * Whole numbers are worked out in 128 bits and must then fit what values hold; one float makes all
 * of it float. Booleans count as 0 and 1.
 */
#include "functions/template.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "numeral.h"

__extension__ typedef __int128 wide;

static int is_number(const kiln_value *v)
{
    return value_is_number(v) || v->tag == KILN_BOOL;
}

static double as_double(const kiln_value *v)
{
    return v->tag == KILN_BOOL ? (double)v->u.i : value_number(v);
}

static wide as_wide(const kiln_value *v)
{
    return v->tag == KILN_UINT ? (wide)v->u.w : (wide)v->u.i;
}

/* 0, or -1 when it does not fit. */
static int from_wide(kiln_value *ret, wide w)
{
    if (w < LLONG_MIN || w > (wide)ULLONG_MAX)
        return -1;
    *ret = w < 0 ? value_int((long long)w) : value_uint((unsigned long long)w);
    return 0;
}

static int fail_types(kiln_heap *h, const kiln_value *argv, const char *sign)
{
    return template_fail(h, argv,
                         "invalid operation: tried to use %s operator on unsupported types %s and "
                         "%s",
                         sign, template_type(&argv[1]), template_type(&argv[2]));
}

static int fail_result(kiln_heap *h, const kiln_value *argv, const char *sign)
{
    struct text a = { 0 }, b = { 0 };

    template_put(&a, &argv[1]);
    template_put(&b, &argv[2]);
    template_fail(h, argv, "invalid operation: unable to calculate %s %s %s", text_cstr(&a), sign,
                  text_cstr(&b));
    text_fini(&a);
    text_fini(&b);
    return -1;
}

/* ---- sums and products --------------------------------------------------------------------- */

static int join_lists(kiln_heap *h, kiln_value *ret, const kiln_value *argv)
{
    unsigned n = argv[1].n, m = argv[2].n;
    kiln_value *items = arena_alloc(&h->arena, ((size_t)n + m + 1) * sizeof *items);

    if (!items)
        return heap_fail(h, "out of memory");
    if (n > TEMPLATE_ITEMS_MOST || m > TEMPLATE_ITEMS_MOST)
        return template_fail(h, argv, "the list has too many items");
    if (n)
        memcpy(items, argv[1].u.items, n * sizeof *items);
    if (m)
        memcpy(items + n, argv[2].u.items, m * sizeof *items);
    return value_array(h, ret, items, n + m);
}

TEMPLATE_FN(add)
{
    const kiln_value *a = &argv[1], *b = &argv[2];

    if (a->tag == KILN_STRING && b->tag == KILN_STRING)
        return kiln_template_text(h, ret, argv, 3);
    if (a->tag == KILN_ARRAY && b->tag == KILN_ARRAY)
        return join_lists(h, ret, argv);
    if (!is_number(a) || !is_number(b))
        return fail_types(h, argv, "+");
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE)
        *ret = value_double(as_double(a) + as_double(b));
    else if (from_wide(ret, as_wide(a) + as_wide(b)) < 0)
        return fail_result(h, argv, "+");
    return 0;
}

TEMPLATE_FN(sub)
{
    const kiln_value *a = &argv[1], *b = &argv[2];

    if (!is_number(a) || !is_number(b))
        return fail_types(h, argv, "-");
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE)
        *ret = value_double(as_double(a) - as_double(b));
    else if (from_wide(ret, as_wide(a) - as_wide(b)) < 0)
        return fail_result(h, argv, "-");
    return 0;
}

static int repeat(kiln_heap *h, kiln_value *ret, const kiln_value *argv, const kiln_value *what,
                  const kiln_value *times)
{
    unsigned most = what->tag == KILN_STRING ? TEMPLATE_TEXT_MOST : TEMPLATE_ITEMS_MOST;
    struct text t = { 0 };
    kiln_value *items;
    unsigned n = 0;

    if (times->tag != KILN_INT || times->u.i < 0)
        return fail_types(h, argv, "*");
    if (what->n && (unsigned long long)times->u.i > most / what->n)
        return template_fail(h, argv, "invalid operation: repeating makes it too large");
    if (what->tag == KILN_STRING) {
        for (long long i = 0; what->n && i < times->u.i; i++)
            text_put(&t, what->u.s, what->n);
        return template_string(h, ret, argv, &t);
    }
    items = arena_alloc(&h->arena, ((size_t)times->u.i * what->n + 1) * sizeof *items);
    if (!items)
        return heap_fail(h, "out of memory");
    for (long long i = 0; what->n && i < times->u.i; i++, n += what->n)
        memcpy(items + n, what->u.items, what->n * sizeof *items);
    return value_array(h, ret, items, n);
}

TEMPLATE_FN(mul)
{
    const kiln_value *a = &argv[1], *b = &argv[2];
    wide product;

    if ((a->tag == KILN_STRING || a->tag == KILN_ARRAY) && is_number(b))
        return repeat(h, ret, argv, a, b);
    if ((b->tag == KILN_STRING || b->tag == KILN_ARRAY) && is_number(a))
        return repeat(h, ret, argv, b, a);
    if (!is_number(a) || !is_number(b))
        return fail_types(h, argv, "*");
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE)
        *ret = value_double(as_double(a) * as_double(b));
    else if (__builtin_mul_overflow(as_wide(a), as_wide(b), &product)
             || from_wide(ret, product) < 0)
        return fail_result(h, argv, "*");
    return 0;
}

/* ---- quotients and powers ------------------------------------------------------------------ */

TEMPLATE_FN(div)
{
    if (!is_number(&argv[1]) || !is_number(&argv[2]))
        return fail_types(h, argv, "/");
    *ret = value_double(as_double(&argv[1]) / as_double(&argv[2]));
    return 0;
}

/* The rest of whole numbers is never negative, whatever the divisor's sign. */
static wide rest_of(wide a, wide b)
{
    wide rest = a % b;

    return rest < 0 ? rest + (b < 0 ? -b : b) : rest;
}

TEMPLATE_FN(floordiv)
{
    const kiln_value *a = &argv[1], *b = &argv[2];

    if (!is_number(a) || !is_number(b))
        return fail_types(h, argv, "//");
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE) {
        double x = as_double(a), y = as_double(b), q = trunc(x / y);

        *ret = value_double(fmod(x, y) < 0 ? (y > 0 ? q - 1 : q + 1) : q);
        return 0;
    }
    if (!as_wide(b)
        || from_wide(ret, (as_wide(a) - rest_of(as_wide(a), as_wide(b))) / as_wide(b)) < 0)
        return fail_result(h, argv, "//");
    return 0;
}

TEMPLATE_FN(rem)
{
    const kiln_value *a = &argv[1], *b = &argv[2];

    if (!is_number(a) || !is_number(b))
        return fail_types(h, argv, "%");
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE) {
        *ret = value_double(fmod(as_double(a), as_double(b)));
        return 0;
    }
    if (!as_wide(b) || from_wide(ret, rest_of(as_wide(a), as_wide(b))) < 0)
        return fail_result(h, argv, "%");
    return 0;
}

static int power(wide base, wide exponent, wide *ret)
{
    *ret = 1;
    if (exponent < 0 || exponent > UINT_MAX)
        return -1;
    for (; exponent; exponent >>= 1) {
        if ((exponent & 1) && __builtin_mul_overflow(*ret, base, ret))
            return -1;
        if (exponent > 1 && __builtin_mul_overflow(base, base, &base))
            return -1;
    }
    return 0;
}

TEMPLATE_FN(pow)
{
    const kiln_value *a = &argv[1], *b = &argv[2];
    wide result;

    if (!is_number(a) || !is_number(b))
        return fail_types(h, argv, "**");
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE) {
        *ret = value_double(pow(as_double(a), as_double(b)));
        return 0;
    }
    if (power(as_wide(a), as_wide(b), &result) < 0 || from_wide(ret, result) < 0)
        return fail_result(h, argv, "**");
    return 0;
}

TEMPLATE_FN(neg)
{
    if (argv[1].tag == KILN_DOUBLE)
        *ret = value_double(-argv[1].u.d);
    else if (!value_is_number(&argv[1]) || from_wide(ret, -as_wide(&argv[1])) < 0)
        return template_fail(h, argv, "invalid operation");
    return 0;
}

/* ---- filters ------------------------------------------------------------------------------- */

TEMPLATE_FN(abs)
{
    if (!value_is_number(&argv[1]))
        return template_fail(h, argv, "invalid operation: cannot get absolute value");
    if (argv[1].tag == KILN_DOUBLE)
        *ret = value_double(fabs(argv[1].u.d));
    else
        from_wide(ret, as_wide(&argv[1]) < 0 ? -as_wide(&argv[1]) : as_wide(&argv[1]));
    return 0;
}

static int truncate_to_int(kiln_value *ret, double d)
{
    if (!(d > -9223372036854777856.0 && d < 18446744073709551616.0))
        return -1;
    return from_wide(ret, (wide)d);
}

TEMPLATE_FN(int)
{
    const kiln_value *v = &argv[1];
    long long i;
    double d;

    if (v->tag == KILN_STRING && numeral_integer(v->u.s, v->n, &i) == 0)
        *ret = value_int(i);
    else if (v->tag == KILN_STRING && numeral_double(v->u.s, v->n, &d) < 0)
        return template_fail(h, argv, "invalid operation: invalid float literal");
    else if (v->tag == KILN_STRING || v->tag == KILN_DOUBLE) {
        if (truncate_to_int(ret, v->tag == KILN_STRING ? d : v->u.d) < 0)
            return template_fail(h, argv, "invalid operation: the number is out of range");
    } else if (is_number(v))
        from_wide(ret, as_wide(v));
    else if (v->tag <= KILN_NULL)
        *ret = value_int(0);
    else
        return template_fail(h, argv, "invalid operation: cannot convert %s to integer",
                             template_type(v));
    return 0;
}

TEMPLATE_FN(float)
{
    const kiln_value *v = &argv[1];
    double d = 0.0;

    if (v->tag == KILN_STRING && numeral_double(v->u.s, v->n, &d) < 0)
        return template_fail(h, argv, "invalid operation: invalid float literal");
    if (v->tag > KILN_STRING)
        return template_fail(h, argv, "invalid operation: cannot convert %s to float",
                             template_type(v));
    *ret = value_double(is_number(v) ? as_double(v) : d);
    return 0;
}

TEMPLATE_FN(round)
{
    const kiln_value *v = &argv[1], *places = &argv[2];
    double scale = places->tag == KILN_INT ? pow(10.0, (double)places->u.i) : 1.0, d;

    if (v->tag == KILN_INT || v->tag == KILN_UINT) {
        *ret = *v;
        return 0;
    }
    if (v->tag != KILN_DOUBLE)
        return template_fail(h, argv, "invalid operation: cannot round value (%s)",
                             template_type(v));
    d = round(v->u.d * scale) / scale;
    *ret = value_double(isfinite(d) ? d : v->u.d);
    return 0;
}

TEMPLATE_FN(sum)
{
    kiln_value list, args[3] = { argv[0], value_int(0), value_null() };

    if (template_each(h, &list, argv, &argv[1]) < 0)
        return -1;
    for (unsigned i = 0; i < list.n; i++) {
        if (list.u.items[i].tag != KILN_NULL && !is_number(&list.u.items[i]))
            return template_fail(h, argv, "invalid operation: can only sum numbers, got %s",
                                 template_type(&list.u.items[i]));
        args[2] = list.u.items[i];
        if (args[2].tag != KILN_NULL && kiln_template_add(h, &args[1], args, 3) < 0)
            return -1;
    }
    *ret = args[1];
    return 0;
}

/* How many numbers there are from one to before another. */
static wide range_count(wide from, wide stop, wide step)
{
    wide span = step > 0 ? stop - from : from - stop, size = step > 0 ? step : -step;

    return span > 0 ? (span + size - 1) / size : 0;
}

TEMPLATE_FN(range)
{
    const kiln_value *stop = argv[2].tag <= KILN_NULL ? &argv[1] : &argv[2];
    long long from = stop == &argv[1] ? 0 : argv[1].u.i;
    long long step = argv[3].tag == KILN_INT ? argv[3].u.i : 1;
    kiln_value *items;
    unsigned count;

    if (argv[1].tag != KILN_INT || stop->tag != KILN_INT
        || (argv[3].tag != KILN_INT && argv[3].tag > KILN_NULL))
        return template_fail(h, argv, "invalid operation: a range goes over whole numbers");
    if (!step)
        return template_fail(h, argv, "invalid operation: cannot create range with step of 0");
    if (range_count(from, stop->u.i, step) > 100000)
        return template_fail(h, argv, "invalid operation: range has too many elements");
    count = (unsigned)range_count(from, stop->u.i, step);
    items = arena_alloc(&h->arena, (count + 1) * sizeof *items);
    if (!items)
        return heap_fail(h, "out of memory");
    for (unsigned i = 0; i < count; i++)
        items[i] = value_int(from + i * step);
    return value_array(h, ret, items, count);
}
