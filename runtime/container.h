/* container.h: what value.c, array.c and object.c share about containers. */
#ifndef KILN_CONTAINER_H
#define KILN_CONTAINER_H

#include "base/bytes.h"
#include "base/hot.h"
#include "value.h"

/* How deep a value is nested: 0 for scalars. Constants do not keep it. */
HOT unsigned container_depth(const kiln_value *v)
{
    if (v->tag < KILN_ARRAY)
        return 0;
    return v->flags & KILN_STATIC ? CONSTANT_DEPTH : v->spare;
}

/* The heap has no memory left for a value. -1. */
int container_no_memory(kiln_heap *h);
/* The value would be nested deeper than VALUE_DEPTH. -1. */
int container_too_deep(kiln_heap *h);

/* A copy in the heap of text known to be UTF-8. 0 or -1. */
int container_string(kiln_heap *h, kiln_value *ret, const char *utf8, size_t n);

/* Keys: the same, and their order. */
HOT int object_same_key(const kiln_value *a, const kiln_value *b)
{
    return a->n == b->n && bytes_equal(a->u.s, b->u.s, a->n);
}

static inline int object_compare_keys(const kiln_member *a, const kiln_member *b)
{
    return bytes_compare(a->key.u.s, a->key.n, b->key.u.s, b->key.n);
}

/* object_sort.c: drops members without a value; finds the depth of the object the rest makes.
 * Returns how many are left. */
unsigned object_drop_absent(kiln_member *m, unsigned n, unsigned *ret_depth);
/* Unites the members of a large object (v->n of them, with room for as many numbers behind) and
 * sorts them, or their numbers. 0 or -1. */
int object_arrange(kiln_heap *h, kiln_value *v, kiln_member *m);

/* Equality and deep copy of objects (a->n == b->n). */
int object_equal(const kiln_value *a, const kiln_value *b);
int object_copy(kiln_heap *h, kiln_value *ret, const kiln_value *v);

#endif
