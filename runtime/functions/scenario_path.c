/* scenario_path.c: following a reference's path (scenario 1.6.3).
 *
 * A path is a constant array: how many of its parts the compiler has already resolved, then all
 * parts as strings. A part is a key in an object and a position in an array; going into anything
 * else gives null.
 */
#include "functions/functions.h"
#include "numeral.h"

/* The text of the first n parts, with dots. */
static void put_parts(struct text *t, const kiln_value *parts, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (i)
            text_putc(t, '.');
        text_put(t, parts[i].u.s, parts[i].n);
    }
}

static int fail_at(kiln_heap *h, const kiln_value *path, unsigned at)
{
    const kiln_value *parts = path->u.items + 1;
    struct text whole = { 0 }, before = { 0 };
    int rc;

    put_parts(&whole, parts, path->n - 1);
    put_parts(&before, parts, at);
    rc = heap_fail(h,
                   "reference '%s' cannot be resolved: '%s' is an array with no field '%.*s' — "
                   "address array elements by numeric index (e.g. '%s.0')",
                   text_cstr(&whole), text_cstr(&before), (int)parts[at].n, parts[at].u.s,
                   text_cstr(&before));
    text_fini(&whole);
    text_fini(&before);
    return rc;
}

/* Follows the path. The number of the part that no array has, or -1 when the end was reached. */
static int follow(kiln_value *ret, const kiln_value *from, const kiln_value *path)
{
    const kiln_value *parts = path->u.items + 1;
    kiln_value v = *from;
    long long i;

    for (unsigned at = (unsigned)path->u.items[0].u.i; at < path->n - 1; at++) {
        if (v.tag != KILN_ARRAY)
            v = kiln_get(&v, &parts[at]);
        else if (numeral_integer(parts[at].u.s, parts[at].n, &i) == 0)
            v = kiln_at(&v, i);
        else
            return (int)at;
    }
    *ret = v.tag == KILN_ABSENT ? value_null() : v;
    return -1;
}

int kiln_scenario_path(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int stuck = follow(ret, a, b);

    return stuck < 0 ? 0 : fail_at(h, b, (unsigned)stuck);
}

int kiln_scenario_seek(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    if (follow(ret, a, b) >= 0)
        *ret = value_null();
    return 0;
}
