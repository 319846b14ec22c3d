/* node.c: asking nodes. Members are found by binary search in the order of their keys. */
#include "source.h"

#include <string.h>

#include "base/bytes.h"

const struct node *node_get_n(const struct node *object, const char *key, size_t n)
{
    size_t low = 0, high = object && object->kind == NODE_OBJECT ? object->n : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct node *m = object->by_key[middle];
        int order = bytes_compare(key, n, m->key, m->key_n);

        if (!order)
            return m;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct node *node_get(const struct node *object, const char *key)
{
    return node_get_n(object, key, strlen(key));
}

const struct node *node_item(const struct node *array, long long i)
{
    const struct node *n = array->child;

    if (i < 0)
        i += array->n;
    if (i < 0)
        return NULL;
    for (; n && i; i--)
        n = n->next;
    return n;
}

int node_is(const struct node *n, const char *text)
{
    size_t length = strlen(text);

    return n && n->kind == NODE_STRING && n->n == length && !memcmp(n->u.s, text, length);
}

const char *node_text(const struct node *n)
{
    return n && n->kind == NODE_STRING ? n->u.s : NULL;
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = { "null",     "a boolean", "an integer", "a number",
                                         "a string", "an array",  "an object" };

    return names[kind];
}

/* ---- pointers ------------------------------------------------------------------------------ */

/* RFC 6901: '~' is written ~0 and '/' ~1. */
static void put_escaped(struct text *t, const char *key, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (key[i] == '~')
            text_puts(t, "~0");
        else if (key[i] == '/')
            text_puts(t, "~1");
        else
            text_putc(t, key[i]);
    }
}

static void put_pointer(struct text *t, const struct node *n)
{
    if (!n->parent)
        return;
    put_pointer(t, n->parent);
    text_putc(t, '/');
    if (n->key)
        put_escaped(t, n->key, n->key_n);
    else
        text_printf(t, "%u", n->index);
}

const char *node_pointer(struct arena *a, const struct node *n)
{
    struct text t = { 0 };
    char *s;

    put_pointer(&t, n);
    s = t.failed ? NULL : arena_dup(a, text_cstr(&t), t.n);
    text_fini(&t);
    return diag_must_have(s);
}

/* ---- values -------------------------------------------------------------------------------- */

static int array_value(kiln_heap *h, kiln_value *ret, const struct node *n)
{
    kiln_value *items = diag_must_have(arena_alloc(&h->arena, (n->n + 1) * sizeof *items));

    node_each(c, n) if (node_value(h, &items[c->index], c) < 0) return -1;
    return kiln_array(h, ret, items, n->n);
}

static int object_value(kiln_heap *h, kiln_value *ret, const struct node *n)
{
    kiln_value *pairs = diag_must_have(arena_alloc(&h->arena, (2 * n->n + 1) * sizeof *pairs));

    node_each(c, n)
    {
        kiln_value *pair = pairs + 2 * (size_t)c->index;

        if (value_string(h, &pair[0], c->key, c->key_n) < 0 || node_value(h, &pair[1], c) < 0)
            return -1;
    }
    return kiln_object(h, ret, pairs, n->n);
}

int node_value(kiln_heap *h, kiln_value *ret, const struct node *n)
{
    switch (n->kind) {
    case NODE_BOOL:
        *ret = value_bool(n->u.truth);
        return 0;
    case NODE_INT:
        *ret = value_int(n->u.i);
        return 0;
    case NODE_DOUBLE:
        *ret = value_double(n->u.d);
        return 0;
    case NODE_STRING:
        return value_string(h, ret, n->u.s, n->n);
    case NODE_ARRAY:
        return array_value(h, ret, n);
    case NODE_OBJECT:
        return object_value(h, ret, n);
    default:
        *ret = value_null();
        return 0;
    }
}
