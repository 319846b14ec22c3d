/* scenario_condition.c: the condition operators (scenario 1.9).
 *
 * Every one takes any values and never fails: what does not fit an operator makes it false.
 */
#include "functions/functions.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "numeral.h"

/* What a value is worth as a number. 0, or -1 when it is none. */
static int to_number(const kiln_value *v, double *ret)
{
    if (v->tag == KILN_STRING)
        return numeral_double(v->u.s, v->n, ret);
    if (v->tag == KILN_BOOL)
        *ret = v->u.i ? 1 : 0;
    else if (value_is_number(v))
        *ret = value_number(v);
    else
        return -1;
    return 0;
}

/* ---- equality ------------------------------------------------------------------------------ */

static int values_equal(const kiln_value *a, const kiln_value *b);

static int numbers_equal(double a, double b)
{
    return fabs(a - b) < DBL_EPSILON;
}

/* A string and a number: the string is read as one. */
static int text_equals_number(const kiln_value *text, const kiln_value *number)
{
    double d;

    return numeral_double(text->u.s, text->n, &d) == 0 && numbers_equal(d, value_number(number));
}

static int arrays_equal(const kiln_value *a, const kiln_value *b)
{
    if (a->n != b->n)
        return 0;
    for (unsigned i = 0; i < a->n; i++)
        if (!values_equal(&a->u.items[i], &b->u.items[i]))
            return 0;
    return 1;
}

static int objects_equal(const kiln_value *a, const kiln_value *b)
{
    if (a->n != b->n)
        return 0;
    for (unsigned i = 0; i < a->n; i++) {
        kiln_value other = kiln_get(b, &a->u.members[i].key);

        if (other.tag == KILN_ABSENT || !values_equal(&a->u.members[i].value, &other))
            return 0;
    }
    return 1;
}

static int same_kind_equal(const kiln_value *a, const kiln_value *b)
{
    switch (a->tag) {
    case KILN_BOOL:
        return !a->u.i == !b->u.i;
    case KILN_STRING:
        return a->n == b->n && !memcmp(a->u.s, b->u.s, a->n);
    case KILN_ARRAY:
        return arrays_equal(a, b);
    case KILN_OBJECT:
        return objects_equal(a, b);
    default:
        return 1;
    }
}

static int values_equal(const kiln_value *a, const kiln_value *b)
{
    int a_number = value_is_number(a), b_number = value_is_number(b);
    unsigned a_tag = a->tag == KILN_ABSENT ? KILN_NULL : a->tag;
    unsigned b_tag = b->tag == KILN_ABSENT ? KILN_NULL : b->tag;

    if (a_number && b_number)
        return numbers_equal(value_number(a), value_number(b));
    if (a_number && b_tag == KILN_STRING)
        return text_equals_number(b, a);
    if (b_number && a_tag == KILN_STRING)
        return text_equals_number(a, b);
    return a_tag == b_tag && same_kind_equal(a, b);
}

int kiln_scenario_eq(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = value_bool(values_equal(a, b));
    return 0;
}

int kiln_scenario_ne(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = value_bool(!values_equal(a, b));
    return 0;
}

/* ---- order --------------------------------------------------------------------------------- */

int kiln_scenario_gt(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    double x, y;

    (void)h;
    *ret = value_bool(to_number(a, &x) == 0 && to_number(b, &y) == 0 && x > y);
    return 0;
}

int kiln_scenario_gte(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    double x, y;

    (void)h;
    *ret = value_bool(to_number(a, &x) == 0 && to_number(b, &y) == 0 && x >= y);
    return 0;
}

int kiln_scenario_lt(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    return kiln_scenario_gt(h, ret, b, a);
}

int kiln_scenario_lte(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    return kiln_scenario_gte(h, ret, b, a);
}

/* ---- text and arrays ----------------------------------------------------------------------- */

int kiln_scenario_starts_with(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                              const kiln_value *b)
{
    (void)h;
    *ret = value_bool(a->tag == KILN_STRING && b->tag == KILN_STRING && a->n >= b->n
                      && !memcmp(a->u.s, b->u.s, b->n));
    return 0;
}

int kiln_scenario_ends_with(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = value_bool(a->tag == KILN_STRING && b->tag == KILN_STRING && a->n >= b->n
                      && !memcmp(a->u.s + a->n - b->n, b->u.s, b->n));
    return 0;
}

int kiln_scenario_contains(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int found = 0;

    (void)h;
    for (unsigned i = 0; a->tag == KILN_ARRAY && i < a->n && !found; i++)
        found = values_equal(&a->u.items[i], b);
    *ret = value_bool(found);
    return 0;
}

int kiln_scenario_in(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    return kiln_scenario_contains(h, ret, b, a);
}

int kiln_scenario_not_in(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_scenario_contains(h, ret, b, a);
    *ret = value_bool(!ret->u.i);
    return 0;
}

/* ---- one value ----------------------------------------------------------------------------- */

int kiln_scenario_truthy(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = value_bool(kiln_truthy(a));
    return 0;
}

int kiln_scenario_length(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = value_int(a->tag >= KILN_STRING ? (long long)a->n : a->tag > KILN_NULL);
    return 0;
}

int kiln_scenario_is_defined(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = value_bool(a->tag > KILN_NULL);
    return 0;
}

int kiln_scenario_is_empty(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_scenario_is_not_empty(h, ret, a);
    *ret = value_bool(!ret->u.i);
    return 0;
}

int kiln_scenario_is_not_empty(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = value_bool(a->tag >= KILN_STRING ? a->n > 0 : a->tag > KILN_NULL);
    return 0;
}

int kiln_scenario_when(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = kiln_truthy(a) ? *b : value_int(0);
    return 0;
}

int kiln_scenario_refuse(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)ret;
    return heap_fail_value(h, *a);
}
