/* operonx_value.c: members and items, and what a graph's results are put together with (clauses 5.4
 * and 6 to 8).
 */
#include <string.h>

#include "functions/operonx.h"

/* ---- members and items ---- */

/* The character at a place counted in characters; UTF-8 is known to be well-formed here. */
static int character(kiln_heap *h, kiln_value *ret, const kiln_value *s, operonx_wide at)
{
    operonx_wide n = 0;
    unsigned from = 0, to;

    for (unsigned i = 0; i < s->n; i++)
        n += (s->u.s[i] & 0xc0) != 0x80;
    at += at < 0 ? n : 0;
    if (at < 0 || at >= n)
        return heap_fail(h, "IndexError: string index out of range");
    for (; at >= 0 && from < s->n; from++)
        at -= (s->u.s[from] & 0xc0) != 0x80;
    for (to = from--; to < s->n && (s->u.s[to] & 0xc0) == 0x80;)
        to++;
    return value_string(h, ret, s->u.s + from, to - from);
}

static int item(kiln_heap *h, kiln_value *ret, const kiln_value *a, operonx_wide at)
{
    at += at < 0 ? (operonx_wide)a->n : 0;
    if (at < 0 || at >= (operonx_wide)a->n)
        return heap_fail(h, "IndexError: list index out of range");
    *ret = a->u.items[at];
    return 0;
}

static int no_key(kiln_heap *h, const kiln_value *key)
{
    struct text t = { 0 };
    int failed;

    json_write(&t, key);
    failed = heap_fail(h, "KeyError: %s", text_cstr(&t));
    text_fini(&t);
    return failed;
}

int kiln_operonx_getitem(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    operonx_wide at;

    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (a->tag == KILN_OBJECT) {
        *ret = b->tag == KILN_STRING ? kiln_get(a, b) : (kiln_value){ 0 };
        return ret->tag ? 0 : no_key(h, b);
    }
    if (a->tag == KILN_ARRAY && operonx_whole(b, &at))
        return item(h, ret, a, at);
    if (a->tag == KILN_STRING && operonx_whole(b, &at))
        return character(h, ret, a, at);
    return heap_fail(h, "TypeError: '%s' has no item at a '%s'", operonx_type(a), operonx_type(b));
}

int kiln_operonx_getattr(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (!a->tag || !b->tag)
        OPERONX_GIVE_UP(ret);
    if (b->tag != KILN_STRING)
        return heap_fail(h, "TypeError: the name of an attribute must be a string, not '%s'",
                         operonx_type(b));
    if (a->tag != KILN_OBJECT)
        return heap_fail(h, "AttributeError: '%s' object has no attribute '%.*s'", operonx_type(a),
                         b->n < 200 ? (int)b->n : 200, b->u.s);
    *ret = kiln_get(a, b);
    if (!ret->tag)
        *ret = value_null();
    return 0;
}

int kiln_operonx_unsupported(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                             const kiln_value *b)
{
    if (!a->tag)
        OPERONX_GIVE_UP(ret);
    return heap_fail(h,
                     "transform '%.*s' is not supported: a document cannot hold code; write an "
                     "operation of its own (@op, KILN_OP)",
                     b->tag == KILN_STRING ? (int)b->n : 0, b->tag == KILN_STRING ? b->u.s : "");
}

/* ---- choosing ---- */

int kiln_operonx_some(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    *ret = a->tag == KILN_NULL ? (kiln_value){ 0 } : *a;
    return 0;
}

int kiln_operonx_given(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)h;
    *ret = a->tag ? *a : *b;
    return 0;
}

int kiln_operonx_if(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                    const kiln_value *c)
{
    (void)h;
    *ret = kiln_truthy(a) ? *b : *c;
    return 0;
}

int kiln_operonx_choose(kiln_heap *h, kiln_value *ret, const kiln_value *argv, unsigned n)
{
    unsigned i = 0;

    (void)h;
    while (i < n && !kiln_truthy(&argv[i]))
        i++;
    *ret = value_int(i);
    return 0;
}

int kiln_operonx_index(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    unsigned n = a->tag == KILN_ARRAY ? a->n : 0, i = 0;

    (void)h;
    while (i < n && !value_equal(&a->u.items[i], b))
        i++;
    *ret = value_int(i);
    return 0;
}

/* ---- results ---- */

static kiln_value member(const kiln_value *of, const kiln_value *key)
{
    if (of->tag == KILN_OBJECT)
        return kiln_get(of, key);
    return value_is(key, "result") ? *of : (kiln_value){ 0 };
}

int kiln_operonx_result(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value key = value_static("result");

    (void)h;
    *ret = member(a, &key);
    return 0;
}

int kiln_operonx_items(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    if (a->tag != KILN_ARRAY)
        return kiln_array(h, ret, a, a->tag != KILN_ABSENT);
    *ret = *a;
    return 0;
}

int kiln_operonx_column(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    const kiln_value *items = a->tag == KILN_ARRAY ? a->u.items : a;
    unsigned n = a->tag == KILN_ARRAY ? a->n : a->tag != KILN_ABSENT;
    kiln_value all;

    if (kiln_array(h, &all, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < n; i++) {
        kiln_value v = member(&items[i], b);

        if (v.tag && kiln_push(h, &all, &v) < 0)
            return -1;
    }
    *ret = all;
    return 0;
}

/* {"error": ...}: what a step that failed leaves (clause 9.2). */
static int is_failure(const kiln_value *v)
{
    return v->tag == KILN_OBJECT && v->n == 1 && value_is(&v->u.members[0].key, "error");
}

int kiln_operonx_completed(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value all;

    if (kiln_array(h, &all, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; a->tag == KILN_ARRAY && i < a->n; i++)
        if (!is_failure(&a->u.items[i]) && kiln_push(h, &all, &a->u.items[i]) < 0)
            return -1;
    *ret = all;
    return 0;
}

int kiln_operonx_once(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    if (!a->tag)
        OPERONX_GIVE_UP(ret);
    return kiln_array(h, ret, a, 1);
}

int kiln_operonx_unwrap(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    if (a->tag != KILN_ARRAY || !a->n)
        OPERONX_GIVE_UP(ret);
    *ret = a->n == 1 ? a->u.items[0] : *a;
    return 0;
}

int kiln_operonx_frames(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value all = *a;

    if (a->tag != KILN_ARRAY && kiln_array(h, &all, NULL, 0) < 0)
        return -1;
    if (b->tag && kiln_push(h, &all, b) < 0)
        return -1;
    return kiln_operonx_unwrap(h, ret, &all);
}

int kiln_operonx_filled(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    (void)h;
    for (unsigned i = 0; a->tag == KILN_OBJECT && i < a->n; i++)
        if (a->u.members[i].value.tag != KILN_NULL) {
            *ret = *a;
            return 0;
        }
    OPERONX_GIVE_UP(ret);
}

int kiln_operonx_merge(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value all = *a;

    if (a->tag != KILN_OBJECT && kiln_object(h, &all, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; b->tag == KILN_OBJECT && i < b->n; i++)
        if (value_with(h, &all, &all, &b->u.members[i].key, &b->u.members[i].value) < 0)
            return -1;
    *ret = all;
    return 0;
}

int kiln_operonx_scratch(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    (void)b;
    *ret = kiln_get(&h->scratch, a);
    return 0;
}
