/* object.c: objects, and how a member is found.
 *
 * Up to SMALL members are looked through one by one. A larger object is searched by halves: in a
 * sorted heap its members stand in the order of their keys; in any other they keep the order they
 * were built in and the sorted order (their numbers) stands behind them in memory. Sorting, not
 * hashing: no choice of keys makes it slow.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/hot.h"
#include "container.h"

#ifdef KILN_HARD
enum { SMALL = 1 };
#else
enum { SMALL = 16 };
#endif

/* ---- finding ------------------------------------------------------------------------------ */

/* The numbers of the members in the order of their keys, or NULL. */
static const unsigned *order_of(const kiln_value *v)
{
    return v->flags & KILN_INDEXED ? (const unsigned *)(const void *)(v->u.members + v->n) : NULL;
}

HOT const kiln_member *find_linear(const kiln_member *m, unsigned n, const kiln_value *key)
{
    for (const kiln_member *end = m + n; m < end; m++)
        if (object_same_key(&m->key, key))
            return m;
    return NULL;
}

/* By halves: in the order of the keys. */
static const kiln_member *find_by_halves(const kiln_value *v, const kiln_value *key)
{
    const unsigned *order = order_of(v);
    unsigned low = 0, high = v->n;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        const kiln_member *m = &v->u.members[order ? order[middle] : middle];
        int c = value_compare_text(key, &m->key);

        if (c == 0)
            return m;
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

HOT const kiln_member *find(const kiln_value *v, const kiln_value *key)
{
    if (v->n > SMALL && v->flags & (KILN_SORTED | KILN_INDEXED))
        return find_by_halves(v, key);
    return find_linear(v->u.members, v->n, key);
}

HOT kiln_value get(const kiln_value *object, const kiln_value *key)
{
    const kiln_member *m = object->tag == KILN_OBJECT ? find(object, key) : NULL;

    return m ? m->value : (kiln_value){ 0 };
}

kiln_value kiln_get(const kiln_value *object, const kiln_value *key)
{
    return key->tag == KILN_STRING ? get(object, key) : (kiln_value){ 0 };
}

kiln_value value_member(const kiln_value *object, const char *key)
{
    kiln_value k = { .tag = KILN_STRING, .u.s = key };

    while (key[k.n]) /* they are short: a call of strlen takes longer */
        k.n++;
    return get(object, &k);
}

/* ---- building ----------------------------------------------------------------------------- */

kiln_member *value_members(kiln_heap *h, size_t n)
{
    size_t each = sizeof(kiln_member) + (n > SMALL ? sizeof(unsigned) : 0);

    return n <= UINT32_MAX ? arena_alloc(&h->arena, n * each) : NULL;
}

/* The same for few members: they are made all the time. */
HOT kiln_member *few_members(kiln_heap *h, unsigned n)
{
    void *p = n <= SMALL ? arena_bump(&h->arena, n * sizeof(kiln_member)) : NULL;

    return p ? p : value_members(h, n);
}

/* Few members: a key met again gives its value to the first. */
static unsigned unite_few(kiln_member *m, unsigned n)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < n; i++) {
        kiln_member *same = (kiln_member *)(uintptr_t)find_linear(m, kept, &m[i].key);

        if (same)
            same->value = m[i].value;
        else
            m[kept++] = m[i];
    }
    return kept;
}

static void sort_few(kiln_member *m, unsigned n)
{
    for (unsigned i = 1; i < n; i++) {
        kiln_member moving = m[i];
        unsigned at = i;

        for (; at && object_compare_keys(&m[at - 1], &moving) > 0; at--)
            m[at] = m[at - 1];
        m[at] = moving;
    }
}

/* Few members, all with a value and with ascending keys, as compilers like to write them: there is
 * nothing to drop, unite or sort. */
HOT int is_tidy(const kiln_member *m, unsigned n, unsigned *ret_depth)
{
    unsigned depth = 0;

    if (n > SMALL)
        return 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned d = container_depth(&m[i].value);

        if (m[i].value.tag == KILN_ABSENT || (i && object_compare_keys(&m[i - 1], &m[i]) >= 0))
            return 0;
        depth = d > depth ? d : depth;
    }
    *ret_depth = depth + 1;
    return 1;
}

static int tidy_up(kiln_heap *h, kiln_value *ret, kiln_member *members, unsigned n)
{
    kiln_value v = { .tag = KILN_OBJECT, .u.members = members };
    unsigned depth;

    v.n = object_drop_absent(members, n, &depth);
    if (depth > VALUE_DEPTH)
        return container_too_deep(h);
    v.spare = (unsigned short)depth;
    if (v.n > SMALL) {
        if (object_arrange(h, &v, members) < 0)
            return -1;
    } else {
        v.n = unite_few(members, v.n);
        if (h->sorted) {
            sort_few(members, v.n);
            v.flags = KILN_SORTED;
        }
    }
    *ret = v;
    return 0;
}

/* What tidy members make. */
HOT kiln_value object_value(const kiln_heap *h, const kiln_member *members, unsigned n,
                            unsigned depth)
{
    return (kiln_value){ .tag = KILN_OBJECT,
                         .flags = h->sorted ? KILN_SORTED : 0,
                         .spare = (unsigned short)depth,
                         .n = n,
                         .u.members = members };
}

HOT int make_object(kiln_heap *h, kiln_value *ret, kiln_member *members, unsigned n)
{
    unsigned depth;

    if (!is_tidy(members, n, &depth) || depth > VALUE_DEPTH)
        return tidy_up(h, ret, members, n);
    *ret = object_value(h, members, n, depth);
    return 0;
}

int value_object(kiln_heap *h, kiln_value *ret, kiln_member *members, unsigned n)
{
    return make_object(h, ret, members, n);
}

int kiln_object(kiln_heap *h, kiln_value *ret, const kiln_value *pairs, unsigned n)
{
    kiln_member *m = value_members(h, n);

    if (!m)
        return container_no_memory(h);
    for (unsigned i = 0; i < n; i++)
        m[i] = (kiln_member){ pairs[2 * i], pairs[2 * i + 1] };
    return value_object(h, ret, m, n);
}

/* Once for both below: it is long. */
static int object_of(kiln_heap *h, kiln_value *ret, unsigned n, va_list ap)
{
    kiln_member *m = few_members(h, n);

    if (!m)
        return container_no_memory(h);
    for (unsigned i = 0; i < n; i++) {
        m[i].key = *va_arg(ap, const kiln_value *);
        m[i].value = *va_arg(ap, const kiln_value *);
    }
    return make_object(h, ret, m, n);
}

int kiln_object_of(kiln_heap *h, kiln_value *ret, unsigned n, ...)
{
    va_list ap;
    int failed;

    va_start(ap, n);
    failed = object_of(h, ret, n, ap);
    va_end(ap);
    return failed;
}

/* One member is tidy by itself. */
HOT int object_one(kiln_heap *h, kiln_value *ret, const kiln_value *key, const kiln_value *v)
{
    unsigned depth = container_depth(v) + 1;
    kiln_member *m = arena_bump(&h->arena, sizeof *m);

    if (RARE(!m || v->tag == KILN_ABSENT || depth > VALUE_DEPTH))
        return kiln_object_of(h, ret, 1, key, v);
    m->key = *key;
    value_put(&m->value, v);
    *ret = object_value(h, m, 1, depth);
    return 0;
}

int kiln_object_one(kiln_heap *h, kiln_value *ret, const kiln_value *key, const kiln_value *v)
{
    return object_one(h, ret, key, v);
}

kiln_next kiln_give_one(kiln_frame *f, kiln_next answer, const kiln_value *key, const kiln_value *v)
{
    return RARE(object_one(f->heap, &f->out, key, v) < 0) ? KILN_ERROR : answer;
}

kiln_next kiln_give(kiln_frame *f, kiln_next answer, unsigned n, ...)
{
    va_list ap;
    int failed;

    va_start(ap, n);
    failed = object_of(f->heap, &f->out, n, ap) < 0;
    va_end(ap);
    return failed ? KILN_ERROR : answer;
}

/* The members of `object` but the one with this key, or with `member` in its place. */
static unsigned replace(kiln_member *m, const kiln_value *object, const kiln_value *key,
                        const kiln_value *member)
{
    const kiln_member *old = find(object, key);

    memcpy(m, object->u.members, object->n * sizeof *m);
    if (old)
        m[old - object->u.members].value = *member;
    else
        m[object->n] = (kiln_member){ .key = *key, .value = *member };
    return object->n + !old;
}

int value_with(kiln_heap *h, kiln_value *ret, const kiln_value *object, const kiln_value *key,
               const kiln_value *member)
{
    unsigned n = object->tag == KILN_OBJECT ? object->n : 0;
    kiln_member *m;

    if (object->tag > KILN_NULL && object->tag != KILN_OBJECT)
        return heap_fail(h, "cannot put a member into a value of type %s", value_type(object));
    if (n == UINT32_MAX || !(m = value_members(h, (size_t)n + 1)))
        return container_no_memory(h);
    if (n) {
        n = replace(m, object, key, member);
    } else {
        m[0] = (kiln_member){ .key = *key, .value = *member };
        n = 1;
    }
    return value_object(h, ret, m, n);
}

/* ---- equality and copies ------------------------------------------------------------------ */

static int equal_by_finding(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n; i++) {
        const kiln_member *m = find(b, &a->u.members[i].key);

        if (!m || !value_equal(&a->u.members[i].value, &m->value))
            return 0;
    }
    return 1;
}

/* A large constant is neither sorted nor indexed: as two of them meet, one gets an index for the
 * time being. */
static int equal_unsorted(const kiln_value *a, const kiln_value *b)
{
    kiln_heap h;
    kiln_value indexed;
    int equal;

    heap_init(&h, 0);
    if (kiln_object(&h, &indexed, (const kiln_value *)(const void *)b->u.members, b->n) < 0)
        indexed = *b; /* slower, as right */
    equal = equal_by_finding(a, &indexed);
    heap_fini(&h);
    return equal;
}

int object_equal(const kiln_value *a, const kiln_value *b)
{
    if (b->n <= SMALL || b->flags & (KILN_SORTED | KILN_INDEXED))
        return equal_by_finding(a, b);
    if (a->flags & (KILN_SORTED | KILN_INDEXED))
        return equal_by_finding(b, a);
    return equal_unsorted(a, b);
}

int object_copy(kiln_heap *h, kiln_value *ret, const kiln_value *v)
{
    kiln_member *m = value_members(h, v->n);

    if (!m)
        return container_no_memory(h);
    for (unsigned i = 0; i < v->n; i++)
        if (value_copy(h, &m[i].key, &v->u.members[i].key) < 0
            || value_copy(h, &m[i].value, &v->u.members[i].value) < 0)
            return -1;
    return value_object(h, ret, m, v->n);
}
