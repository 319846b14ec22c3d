/* node.c: asking nodes. Few members are looked through one by one; many stand in a table by the
 * hash of their keys, whose own address seeds it, so that no author can make keys collide.
 */
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "document.h"

#ifdef KILN_HARD
enum { FEW = 1 };
#else
enum { FEW = 8 };
#endif

/* ---- members ------------------------------------------------------------------------------- */

static int has_key(const struct node *member, const char *key, size_t n)
{
    return member->key_n == n && bytes_equal(member->key, key, n);
}

/* Among the members from `m` on. */
static const struct node *find_few(const struct node *m, const char *key, size_t n)
{
    while (m && !has_key(m, key, n))
        m = m->next;
    return m;
}

/* Where the member with this key stands in the table of its object, or would. */
static const struct node **find_place(const struct node *object, const char *key, size_t n)
{
    const struct node **places = object->members;
    size_t mask = object->n_places - 1, i = bytes_hash(key, n, (uintptr_t)places) & mask;

    while (places[i] && !has_key(places[i], key, n))
        i = (i + 1) & mask;
    return &places[i];
}

static int put_many(struct node *object, struct arena *a)
{
    object->n_places = FEW;
    while (object->n_places < 2 * (size_t)object->n)
        object->n_places *= 2;
    object->members = diag_must_have(arena_zalloc(a, object->n_places * sizeof *object->members));
    node_each(m, object)
    {
        const struct node **place = find_place(object, m->key, m->key_n);

        if (*place)
            return -1;
        *place = m;
    }
    return 0;
}

int node_tie_members(struct node *object, struct arena *a)
{
    if (object->n > FEW)
        return put_many(object, a);
    node_each(m, object) if (find_few(m->next, m->key, m->key_n)) return -1;
    return 0;
}

const struct node *node_get_n(const struct node *object, const char *key, size_t n)
{
    if (!object || object->kind != NODE_OBJECT)
        return NULL;
    return object->members ? *find_place(object, key, n) : find_few(object->child, key, n);
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
    static const char *const names[] = { "null",       "a boolean",
                                         "an integer", "an integer above 2^63 - 1",
                                         "a number",   "a string",
                                         "an array",   "an object" };

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
    case NODE_UINT:
        *ret = value_uint(n->u.w);
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
