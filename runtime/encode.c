/* encode.c: value <-> bytes, for records and snapshots.
 *
 * A value is one tag byte and its content; numbers of things are varints. One value has one
 * encoding (but for the order of an object's members), and what is not an encoding is refused:
 *
 *     0  absent              (alone only, never in a container)
 *     1  null
 *     2  false
 *     3  true
 *     4  integer             varint of the zigzag form (0 -1 1 -2 ... are 0 1 2 3 ...)
 *     5  large integer       varint; above 2^63 - 1
 *     6  double              8 bytes of IEEE 754, little-endian
 *     7  string              varint length, UTF-8
 *     8  array               varint n, n values
 *     9  object              varint n, n times: varint length, UTF-8 key, value; keys differ
 *
 * A varint has seven bits a byte, lowest first, the top bit set on all but the last byte, in as few
 * bytes as will do; at most 64 bits. Nesting goes VALUE_DEPTH deep.
 */
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "container.h"

enum code { ABSENT, NUL, FALSE, TRUE, INTEGER, LARGE, DOUBLE, STRING, ARRAY, OBJECT };

enum { LONGEST_VARINT = 10 };

/* ---- writing ------------------------------------------------------------------------------ */

static void put_varint(struct text *t, uint64_t w)
{
    unsigned char *to = (unsigned char *)text_reserve(t, LONGEST_VARINT);

    if (!to)
        return;
    for (; w >= 0x80; w >>= 7, t->n++)
        *to++ = (unsigned char)(w | 0x80);
    *to = (unsigned char)w;
    t->n++;
}

static void put_string(struct text *t, const kiln_value *v)
{
    put_varint(t, v->n);
    text_put(t, v->u.s, v->n);
}

static void put_double(struct text *t, const kiln_value *v)
{
    char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(v->u.w >> 8 * i);
    text_put(t, bytes, sizeof bytes);
}

static void put_array(struct text *t, const kiln_value *v)
{
    put_varint(t, v->n);
    for (unsigned i = 0; i < v->n; i++)
        value_encode(t, &v->u.items[i]);
}

static void put_object(struct text *t, const kiln_value *v)
{
    put_varint(t, v->n);
    for (unsigned i = 0; i < v->n; i++) {
        put_string(t, &v->u.members[i].key);
        value_encode(t, &v->u.members[i].value);
    }
}

static uint64_t zigzag(long long i)
{
    return (uint64_t)i << 1 ^ (i < 0 ? UINT64_MAX : 0);
}

/* The code of a value's tag; booleans have two. */
static enum code code_of(const kiln_value *v)
{
    static const unsigned char codes[] = { ABSENT, NUL,    FALSE, INTEGER, LARGE,
                                           DOUBLE, STRING, ARRAY, OBJECT };

    return v->tag == KILN_BOOL && v->u.i ? TRUE : (enum code)codes[v->tag];
}

/* Recursion ends: values nest at most VALUE_DEPTH deep. */
void value_encode(struct text *t, const kiln_value *v)
{
    text_putc(t, (char)code_of(v));
    switch (v->tag) {
    case KILN_INT:
        put_varint(t, zigzag(v->u.i));
        break;
    case KILN_UINT:
        put_varint(t, v->u.w);
        break;
    case KILN_DOUBLE:
        put_double(t, v);
        break;
    case KILN_STRING:
        put_string(t, v);
        break;
    case KILN_ARRAY:
        put_array(t, v);
        break;
    case KILN_OBJECT:
        put_object(t, v);
        break;
    }
}

/* ---- reading ------------------------------------------------------------------------------ */

/* `owed` bytes at least are needed by the items still to come in open containers. A container that
 * announces more than the rest could hold is refused before room is made for it, so all containers
 * together take memory in proportion to the input. */
struct decoder {
    kiln_heap *heap;
    const unsigned char *at, *end;
    size_t owed;
};

static int get_value(struct decoder *d, kiln_value *ret, unsigned depth);

static int malformed(struct decoder *d)
{
    return heap_fail_value(d->heap, value_static("malformed bytes of a value"));
}

static size_t left(const struct decoder *d)
{
    return (size_t)(d->end - d->at);
}

static int get_varint(struct decoder *d, uint64_t *ret)
{
    uint64_t w = 0;

    for (unsigned shift = 0; shift < 64 && d->at < d->end; shift += 7) {
        uint64_t byte = *d->at++;

        if (shift == 63 && byte > 1)
            break;
        w |= (byte & 0x7f) << shift;
        if (byte < 0x80) {
            if (!byte && shift)
                break; /* not the shortest form */
            *ret = w;
            return 0;
        }
    }
    return malformed(d);
}

/* A number of things that need `each` bytes at least. */
static int get_count(struct decoder *d, unsigned each, unsigned *ret)
{
    uint64_t n;

    if (get_varint(d, &n) < 0)
        return -1;
    if (left(d) < d->owed || n > (left(d) - d->owed) / each || n > UINT32_MAX)
        return malformed(d);
    *ret = (unsigned)n;
    return 0;
}

static int get_string(struct decoder *d, kiln_value *ret)
{
    const char *s;
    unsigned n;

    if (get_count(d, 1, &n) < 0)
        return -1;
    s = (const char *)d->at;
    if (utf8_prefix(s, n) < n)
        return malformed(d);
    d->at += n;
    return container_string(d->heap, ret, s, n);
}

static int get_double(struct decoder *d, kiln_value *ret)
{
    uint64_t bits = 0;
    double number;

    if (left(d) < 8)
        return malformed(d);
    for (int i = 0; i < 8; i++)
        bits |= (uint64_t)*d->at++ << 8 * i;
    memcpy(&number, &bits, sizeof number);
    *ret = value_double(number);
    return 0;
}

static int get_array(struct decoder *d, kiln_value *ret, unsigned depth)
{
    kiln_value *items;
    unsigned n;

    if (get_count(d, 1, &n) < 0)
        return -1;
    if (!(items = arena_alloc(&d->heap->arena, n * sizeof *items)))
        return container_no_memory(d->heap);
    d->owed += n;
    for (unsigned i = 0; i < n; i++) {
        d->owed--;
        if (get_value(d, &items[i], depth) < 0)
            return -1;
    }
    return value_array(d->heap, ret, items, n);
}

static int get_object(struct decoder *d, kiln_value *ret, unsigned depth)
{
    kiln_member *members;
    unsigned n;

    if (get_count(d, 2, &n) < 0)
        return -1;
    if (!(members = value_members(d->heap, n)))
        return container_no_memory(d->heap);
    d->owed += 2 * (size_t)n;
    for (unsigned i = 0; i < n; i++) {
        d->owed -= 2;
        if (get_string(d, &members[i].key) < 0 || get_value(d, &members[i].value, depth) < 0)
            return -1;
    }
    if (value_object(d->heap, ret, members, n) < 0)
        return -1;
    return ret->n == n ? 0 : malformed(d);
}

static int get_integer(struct decoder *d, kiln_value *ret, int large)
{
    uint64_t w;

    if (get_varint(d, &w) < 0 || (large && w <= INT64_MAX))
        return malformed(d);
    *ret = large ? value_uint(w) : value_int((long long)(w >> 1 ^ (w & 1 ? UINT64_MAX : 0)));
    return 0;
}

static int get_container(struct decoder *d, kiln_value *ret, int is_array, unsigned depth)
{
    if (depth == VALUE_DEPTH)
        return container_too_deep(d->heap);
    return is_array ? get_array(d, ret, depth + 1) : get_object(d, ret, depth + 1);
}

/* A value that may stand in a container. */
static int get_value(struct decoder *d, kiln_value *ret, unsigned depth)
{
    unsigned code = d->at < d->end ? *d->at++ : ABSENT;

    switch (code) {
    case NUL:
        *ret = value_null();
        return 0;
    case FALSE:
    case TRUE:
        *ret = value_bool(code == TRUE);
        return 0;
    case INTEGER:
    case LARGE:
        return get_integer(d, ret, code == LARGE);
    case DOUBLE:
        return get_double(d, ret);
    case STRING:
        return get_string(d, ret);
    case ARRAY:
    case OBJECT:
        return get_container(d, ret, code == ARRAY, depth);
    default:
        return malformed(d);
    }
}

int value_decode(kiln_heap *h, kiln_value *ret, const unsigned char *bytes, size_t n, size_t *at)
{
    struct decoder d = { .heap = h, .at = bytes + *at, .end = bytes + n };
    kiln_value v = { 0 };

    if (*at < n && *d.at == ABSENT)
        d.at++;
    else if (get_value(&d, &v, 0) < 0)
        return -1;
    *ret = v;
    *at = (size_t)(d.at - bytes);
    return 0;
}
