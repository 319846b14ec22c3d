/* scenario_hint.c: type hints on references (scenario 1.6.4). Null passes through all of them. */
#include "functions/functions.h"

#include <limits.h>
#include <math.h>

#include "numeral.h"

static int is_null(const kiln_value *v)
{
    return v->tag <= KILN_NULL;
}

static int fail(kiln_heap *h, const kiln_value *v, const char *type)
{
    struct text t = { 0 };
    int rc;

    json_write(&t, v);
    rc = heap_fail(h, "value %s cannot be coerced to %s", text_cstr(&t), type);
    text_fini(&t);
    return rc;
}

int kiln_scenario_to_string(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    struct text t = { 0 };
    int rc;

    if (is_null(a) || a->tag == KILN_STRING) {
        *ret = *a;
        return 0;
    }
    json_write(&t, a);
    rc = t.failed ? heap_fail(h, "out of memory") : value_string(h, ret, text_cstr(&t), t.n);
    text_fini(&t);
    return rc;
}

/* Numbers that are no 64-bit integer are false, whatever their value. */
int kiln_scenario_to_boolean(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    if (is_null(a))
        *ret = *a;
    else if (a->tag == KILN_STRING)
        *ret = value_bool(value_is(a, "true") || value_is(a, "1"));
    else if (a->tag >= KILN_ARRAY)
        *ret = value_bool(a->n > 0);
    else
        *ret = value_bool((a->tag == KILN_BOOL || a->tag == KILN_INT) && a->u.i != 0);
    return 0;
}

static long long truncated(double d)
{
    if (d >= 0x1p63)
        return LLONG_MAX;
    return d < -0x1p63 ? LLONG_MIN : (long long)d;
}

static int read_integer(const kiln_value *v, kiln_value *ret)
{
    long long i = v->u.i;

    if (is_null(v)) {
        *ret = *v;
        return 0;
    }
    if (v->tag == KILN_STRING) {
        if (numeral_integer(v->u.s, v->n, &i) < 0)
            return -1;
    } else if (v->tag == KILN_DOUBLE || v->tag == KILN_UINT) {
        i = truncated(value_number(v));
    } else if (v->tag > KILN_UINT) {
        return -1;
    }
    *ret = value_int(i);
    return 0;
}

static int read_number(const kiln_value *v, kiln_value *ret)
{
    double d;

    if (is_null(v)) {
        *ret = *v;
        return 0;
    }
    if (value_is_number(v))
        d = value_number(v);
    else if (v->tag != KILN_STRING || numeral_double(v->u.s, v->n, &d) < 0 || !isfinite(d))
        return -1;
    *ret = value_double(d);
    return 0;
}

int kiln_scenario_to_integer(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    return read_integer(a, ret) == 0 ? 0 : fail(h, a, "integer");
}

int kiln_scenario_to_number(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    return read_number(a, ret) == 0 ? 0 : fail(h, a, "number");
}

int kiln_scenario_integer_or(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                             const kiln_value *b)
{
    if (!is_null(a) && read_integer(a, ret) == 0)
        return 0;
    return kiln_scenario_to_integer(h, ret, b);
}

int kiln_scenario_number_or(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (!is_null(a) && read_number(a, ret) == 0)
        return 0;
    return kiln_scenario_to_number(h, ret, b);
}
