/* base.c: the pure functions any dialect may call (base.def has a sentence for each).
 *
 * They take any value, absent ones included, and answer the nearest sensible thing: whoever lowers
 * to them relies on their never failing for a wrong type.
 */
#include "functions/functions.h"

int kiln_base_not(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = value_bool(!kiln_truthy(a));
    return 0;
}

int kiln_base_and(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = kiln_truthy(a) ? *b : *a;
    return 0;
}

int kiln_base_or(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = kiln_truthy(a) ? *a : *b;
    return 0;
}

int kiln_base_default(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = a->tag == KILN_ABSENT || a->tag == KILN_NULL ? *b : *a;
    return 0;
}

int kiln_base_present(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = value_bool(a->tag != KILN_ABSENT);
    return 0;
}

int kiln_base_null(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = a->tag == KILN_ABSENT ? value_null() : *a;
    return 0;
}

/* Past the largest integer it goes on as a double; a value that is no number counts as 0. */
int kiln_base_inc(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    if (a->tag == KILN_INT)
        *ret = a->u.i < 0 ? value_int(a->u.i + 1) : value_uint(a->u.w + 1);
    else if (a->tag == KILN_UINT && a->u.w + 1)
        *ret = value_uint(a->u.w + 1);
    else if (value_is_number(a))
        *ret = value_double(value_number(a) + 1.0);
    else
        *ret = value_int(1);
    return 0;
}

/* Integers of both kinds are compared exactly, with a double as doubles; no number is less than
 * anything. */
static int is_less(const kiln_value *a, const kiln_value *b)
{
    if (!value_is_number(a) || !value_is_number(b))
        return 0;
    if (a->tag == KILN_DOUBLE || b->tag == KILN_DOUBLE)
        return value_number(a) < value_number(b);
    if (a->tag == KILN_INT && b->tag == KILN_INT)
        return a->u.i < b->u.i;
    return a->tag == b->tag ? a->u.w < b->u.w : a->tag == KILN_INT;
}

int kiln_base_less(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = value_bool(is_less(a, b));
    return 0;
}

int kiln_base_length(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = value_int(a->tag >= KILN_STRING ? a->n : 0);
    return 0;
}

int kiln_base_item(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = b->tag == KILN_INT ? kiln_at(a, b->u.i) : (kiln_value){ 0 };
    return 0;
}

int kiln_base_concat(kiln_heap *h, kiln_value *ret, const kiln_value *argv, unsigned n)
{
    struct text t = { 0 };
    int rc;

    for (unsigned i = 0; i < n; i++)
        if (argv[i].tag == KILN_STRING)
            text_put(&t, argv[i].u.s, argv[i].n);
        else if (argv[i].tag != KILN_ABSENT)
            json_write(&t, &argv[i]);
    rc = t.failed ? heap_fail(h, "out of memory") : value_string(h, ret, t.s, t.n);
    text_fini(&t);
    return rc;
}
