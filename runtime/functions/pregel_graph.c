/* pregel_graph.c: reading the state, and what becomes of what nodes and paths return. */
#include "functions/pregel.h"

#include <stdint.h>
#include <string.h>

int kiln_pregel_need(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    struct text key = { 0 };

    if (a->tag != KILN_ABSENT) {
        *ret = *a;
        return 0;
    }
    pregel_print(&key, b, 1);
    fault_raise(h, "KeyError", "%s", text_cstr(&key));
    text_fini(&key);
    return -1;
}

int kiln_pregel_first(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = a->tag == KILN_ABSENT ? *b : *a;
    return 0;
}

/* The number a path part is: digits with an optional sign. 0, or -1 when it is none. */
static int part_number(const kiln_value *part, long long *ret)
{
    long long n = 0;
    unsigned i = 0;

    if (part->tag == KILN_INT) {
        *ret = part->u.i;
        return 0;
    }
    if (part->tag != KILN_STRING || part->n > 10)
        return -1;
    i = part->n && part->u.s[0] == '-';
    if (i == part->n)
        return -1;
    for (unsigned k = i; k < part->n; k++) {
        if (part->u.s[k] < '0' || part->u.s[k] > '9')
            return -1;
        n = 10 * n + (part->u.s[k] - '0');
    }
    *ret = i ? -n : n;
    return 0;
}

int kiln_pregel_part(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    long long i;

    (void)h;
    if (a->tag == KILN_ARRAY && part_number(b, &i) == 0)
        *ret = kiln_at(a, i);
    else
        *ret = kiln_get(a, b);
    return 0;
}

int kiln_pregel_update(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    struct text got = { 0 };

    if (a->tag == KILN_OBJECT) {
        *ret = *a;
        return 0;
    }
    if (a->tag <= KILN_NULL)
        return kiln_object(h, ret, NULL, 0);
    pregel_print(&got, a, 0);
    fault_raise(h, "InvalidUpdateError", "Expected dict, got %s", text_cstr(&got));
    text_fini(&got);
    return -1;
}

/* Null and the start are nowhere; what is no name at all leads to no node (pregel 3.2). */
static int check_destination(kiln_heap *h, const kiln_value *v)
{
    if (v->tag <= KILN_NULL || value_is(v, "__start__"))
        return fault_raise(h, "ValueError", "Branch did not return a valid destination");
    return 0;
}

int kiln_pregel_route(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    if (a->tag != KILN_ARRAY)
        return check_destination(h, a) < 0 ? -1 : kiln_array(h, ret, a, 1);
    for (unsigned i = 0; i < a->n; i++)
        if (check_destination(h, &a->u.items[i]) < 0)
            return -1;
    *ret = *a;
    return 0;
}

int kiln_pregel_goto(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    if (a->tag == KILN_STRING)
        return kiln_array(h, ret, a, 1);
    if (a->tag != KILN_ARRAY)
        return fault_raise(h, "TypeError", "'%s' object is not iterable", pregel_type(a));
    *ret = *a;
    return 0;
}

/* A name that a map leads nowhere. Keys may be written for numbers and truths too: JSON has only
 * strings for keys. */
static int look_up(kiln_heap *h, kiln_value *list, const kiln_value *name, const kiln_value *map)
{
    struct text key = { 0 };
    kiln_value k = *name, to;

    if (name->tag > KILN_STRING)
        return fault_raise(h, "TypeError", "unhashable type: '%s'", pregel_type(name));
    if (name->tag <= KILN_NULL)
        return kiln_pregel_need(h, &to, &(kiln_value){ 0 }, name);
    if (name->tag != KILN_STRING) {
        json_write(&key, name);
        k = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)key.n, .u.s = text_cstr(&key) };
    }
    to = kiln_get(map, &k);
    text_fini(&key);
    if (to.tag == KILN_ABSENT)
        return kiln_pregel_need(h, &to, &to, name);
    return kiln_push(h, list, &to);
}

int kiln_pregel_route_by(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value list;

    if (kiln_array(h, &list, NULL, 0) < 0)
        return -1;
    if (a->tag != KILN_ARRAY && look_up(h, &list, a, b) < 0)
        return -1;
    for (unsigned i = 0; a->tag == KILN_ARRAY && i < a->n; i++)
        if (look_up(h, &list, &a->u.items[i], b) < 0)
            return -1;
    *ret = list;
    return 0;
}

int kiln_pregel_goes(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    int found = 0;

    (void)h;
    for (unsigned i = 0; a->tag == KILN_ARRAY && i < a->n && !found; i++)
        found = a->u.items[i].tag == KILN_STRING && value_compare_text(&a->u.items[i], b) == 0;
    *ret = value_bool(found);
    return 0;
}

int kiln_pregel_raise(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value pairs[4] = { value_static("type"), *a, value_static("message"), *b };
    kiln_value error;

    (void)ret;
    if (kiln_object(h, &error, pairs, 2) < 0)
        return -1;
    return heap_fail_value(h, error);
}
