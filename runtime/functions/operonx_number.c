/* operonx_number.c: arithmetic of refs and conditions (clause 5.2).
 *
 * Whole numbers stay whole, except under true division, and never wrap: what does not fit 64 bits
 * is an error. Doubles that are not finite are errors too, because JSON cannot say them.
 */
#include <math.h>
#include <string.h>

#include "functions/operonx.h"

enum { LARGEST = 1 << 24 }; /* bytes of a string, items of an array that are made by + or * */

const char *operonx_type(const kiln_value *v)
{
    static const char *const names[] = { "NoneType", "NoneType", "bool", "number", "number",
                                         "number",   "str",      "list", "dict" };

    return names[v->tag];
}

int operonx_whole(const kiln_value *v, operonx_wide *ret)
{
    if (v->tag != KILN_INT && v->tag != KILN_UINT && v->tag != KILN_BOOL)
        return 0;
    *ret = v->tag == KILN_UINT ? (operonx_wide)v->u.w : (operonx_wide)v->u.i;
    return 1;
}

static int give_whole(kiln_heap *h, kiln_value *ret, operonx_wide x)
{
    const operonx_wide most = (operonx_wide)~0ULL;
    const operonx_wide least = -(most >> 1) - 1;

    if (x < least || x > most)
        return heap_fail(h, "OverflowError: the result does not fit 64 bits");
    *ret = x < 0 ? value_int((long long)x) : value_uint((unsigned long long)x);
    return 0;
}

static int give_double(kiln_heap *h, kiln_value *ret, double d)
{
    if (!isfinite(d))
        return heap_fail(h, "OverflowError: the result is not finite");
    *ret = value_double(d);
    return 0;
}

static int wrong_types(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b)
{
    return heap_fail(h, "TypeError: unsupported operand types for %s: '%s' and '%s'", sign,
                     operonx_type(a), operonx_type(b));
}

static int is_number(const kiln_value *v)
{
    return value_is_number(v) || v->tag == KILN_BOOL;
}

static double number(const kiln_value *v)
{
    return v->tag == KILN_BOOL ? (double)v->u.i : value_number(v);
}

/* ---- joining and repeating ---- */

static int join_strings(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    struct text t = { 0 };
    int made;

    if ((size_t)a->n + b->n > LARGEST)
        return heap_fail(h, "MemoryError: the string would be too long");
    text_put(&t, a->u.s, a->n);
    text_put(&t, b->u.s, b->n);
    made = t.failed ? -1 : value_string(h, ret, text_cstr(&t), t.n);
    text_fini(&t);
    return made;
}

static int push_all(kiln_heap *h, kiln_value *to, const kiln_value *from)
{
    for (unsigned i = 0; i < from->n; i++)
        if (kiln_push(h, to, &from->u.items[i]) < 0)
            return -1;
    return 0;
}

static int join_arrays(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value made;

    if ((size_t)a->n + b->n > LARGEST)
        return heap_fail(h, "MemoryError: the list would be too long");
    if (kiln_array(h, &made, a->u.items, a->n) < 0 || push_all(h, &made, b) < 0)
        return -1;
    *ret = made;
    return 0;
}

static int repeat_string(kiln_heap *h, kiln_value *ret, const kiln_value *what, unsigned times)
{
    struct text t = { 0 };
    int made;

    while (times--)
        text_put(&t, what->u.s, what->n);
    made = t.failed ? -1 : value_string(h, ret, text_cstr(&t), t.n);
    text_fini(&t);
    return made;
}

static int repeat(kiln_heap *h, kiln_value *ret, const kiln_value *what, operonx_wide times)
{
    kiln_value made;

    if (times < 0 || !what->n)
        times = 0;
    if (times > LARGEST || (size_t)times * what->n > LARGEST)
        return heap_fail(h, "MemoryError: the result would be too long");
    if (what->tag == KILN_STRING)
        return repeat_string(h, ret, what, (unsigned)times);
    if (kiln_array(h, &made, NULL, 0) < 0)
        return -1;
    while (times--)
        if (push_all(h, &made, what) < 0)
            return -1;
    *ret = made;
    return 0;
}

static int is_sequence(const kiln_value *v)
{
    return v->tag == KILN_STRING || v->tag == KILN_ARRAY;
}

/* ---- two whole numbers, or two doubles ---- */

static operonx_wide floor_divide(operonx_wide x, operonx_wide y)
{
    operonx_wide q = x / y;

    return q - ((x % y != 0) && ((x < 0) != (y < 0)));
}

static unsigned bits(operonx_wide x)
{
    return x ? 64 - (unsigned)__builtin_clzll((unsigned long long)x) : 0;
}

/* The double nearest to x / y, also where x or y is none: 56 bits of the quotient and whether
 * anything is left are enough to round it once. */
static double true_divide(operonx_wide x, operonx_wide y)
{
    operonx_wide a = x < 0 ? -x : x, b = y < 0 ? -y : y, q;
    int shift = 56 + (int)bits(b) - (int)bits(a);

    shift = shift < 0 ? 0 : shift;
    q = (a << shift) / b;
    q |= (a << shift) % b != 0;
    return ldexp((double)q, -shift) * ((x < 0) != (y < 0) ? -1 : 1);
}

/* The rest has the sign of the divisor, nought too; the quotient is what is left, rounded to
 * whole. */
static double floor_rest(double x, double y, double *ret_quotient)
{
    double rest = fmod(x, y), q = (x - rest) / y;

    if (rest != 0 && (y < 0) != (rest < 0)) {
        rest += y;
        q -= 1;
    }
    *ret_quotient = q != 0 ? floor(q) : copysign(0, x / y);
    if (q - *ret_quotient > 0.5)
        *ret_quotient += 1;
    return rest != 0 ? rest : copysign(0, y);
}

static int whole_power(kiln_heap *h, kiln_value *ret, operonx_wide x, operonx_wide n)
{
    operonx_wide result = 1;

    if (x >= -1 && x <= 1) /* all that counts is whether there is a factor, or an odd number */
        n = x < 0 ? n % 2 : n != 0;
    for (; n > 0; n--)
        if (__builtin_mul_overflow(result, x, &result))
            break;
    if (n > 0)
        return heap_fail(h, "OverflowError: the result does not fit 64 bits");
    return give_whole(h, ret, result);
}

int kiln_operonx_add(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (operonx_whole(a, &x) && operonx_whole(b, &y))
        return give_whole(h, ret, x + y);
    if (is_number(a) && is_number(b))
        return give_double(h, ret, number(a) + number(b));
    if (a->tag == KILN_STRING && b->tag == KILN_STRING)
        return join_strings(h, ret, a, b);
    if (a->tag == KILN_ARRAY && b->tag == KILN_ARRAY)
        return join_arrays(h, ret, a, b);
    return wrong_types(h, "+", a, b);
}

int kiln_operonx_sub(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (operonx_whole(a, &x) && operonx_whole(b, &y))
        return give_whole(h, ret, x - y);
    if (is_number(a) && is_number(b))
        return give_double(h, ret, number(a) - number(b));
    return wrong_types(h, "-", a, b);
}

int kiln_operonx_mul(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (operonx_whole(a, &x) && operonx_whole(b, &y)) {
        if (__builtin_mul_overflow(x, y, &x))
            return heap_fail(h, "OverflowError: the result does not fit 64 bits");
        return give_whole(h, ret, x);
    }
    if (is_number(a) && is_number(b))
        return give_double(h, ret, number(a) * number(b));
    if (is_sequence(a) && operonx_whole(b, &y))
        return repeat(h, ret, a, y);
    if (is_sequence(b) && operonx_whole(a, &x))
        return repeat(h, ret, b, x);
    return wrong_types(h, "*", a, b);
}

/* What all divisions refuse. 0 or -1. */
static int check_division(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b)
{
    if (!is_number(a) || !is_number(b))
        return wrong_types(h, sign, a, b);
    return number(b) == 0 ? heap_fail(h, "ZeroDivisionError: division by zero") : 0;
}

int kiln_operonx_truediv(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (check_division(h, "/", a, b) < 0)
        return -1;
    if (operonx_whole(a, &x) && operonx_whole(b, &y))
        return give_double(h, ret, true_divide(x, y));
    return give_double(h, ret, number(a) / number(b));
}

int kiln_operonx_floordiv(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;
    double q;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (check_division(h, "//", a, b) < 0)
        return -1;
    if (operonx_whole(a, &x) && operonx_whole(b, &y))
        return give_whole(h, ret, floor_divide(x, y));
    floor_rest(number(a), number(b), &q);
    return give_double(h, ret, q);
}

int kiln_operonx_mod(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;
    double q;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (check_division(h, "%", a, b) < 0)
        return -1;
    if (operonx_whole(a, &x) && operonx_whole(b, &y))
        return give_whole(h, ret, x - y * floor_divide(x, y));
    return give_double(h, ret, floor_rest(number(a), number(b), &q));
}

int kiln_operonx_pow(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide x, y;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (!is_number(a) || !is_number(b))
        return wrong_types(h, "**", a, b);
    if (operonx_whole(a, &x) && operonx_whole(b, &y) && y >= 0)
        return whole_power(h, ret, x, y);
    if (number(a) == 0 && number(b) < 0)
        return heap_fail(h, "ZeroDivisionError: zero to a negative power");
    if (number(a) < 0 && floor(number(b)) != number(b))
        return heap_fail(h, "ValueError: a negative number to a power that is not whole");
    return give_double(h, ret, pow(number(a), number(b)));
}

/* ---- one number ---- */

static int check_unary(kiln_heap *h, const char *sign, const kiln_value *a)
{
    if (is_number(a))
        return 0;
    return heap_fail(h, "TypeError: unsupported operand type for %s: '%s'", sign, operonx_type(a));
}

int kiln_operonx_neg(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    operonx_wide x;

    if (!a->tag)
        OPERONX_GIVE_UP(ret);
    if (check_unary(h, "-", a) < 0)
        return -1;
    return operonx_whole(a, &x) ? give_whole(h, ret, -x) : give_double(h, ret, -number(a));
}

int kiln_operonx_pos(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    operonx_wide x;

    if (!a->tag)
        OPERONX_GIVE_UP(ret);
    if (check_unary(h, "+", a) < 0)
        return -1;
    return operonx_whole(a, &x) ? give_whole(h, ret, x) : give_double(h, ret, number(a));
}

int kiln_operonx_abs(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    operonx_wide x;

    if (!a->tag)
        OPERONX_GIVE_UP(ret);
    if (check_unary(h, "abs", a) < 0)
        return -1;
    if (operonx_whole(a, &x))
        return give_whole(h, ret, x < 0 ? -x : x);
    return give_double(h, ret, fabs(number(a)));
}
