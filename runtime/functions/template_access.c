/* template_access.c: what templates read out of values: members, items, characters, cuts, and what
 * a loop goes through and knows about its turn. */
#include "functions/template.h"

#include <string.h>

#include "base/utf8.h"
#include "numeral.h"

kiln_value template_char(const kiln_value *s, unsigned i, unsigned *ret_length)
{
    kiln_value c = *s;
    size_t length = utf8_length(s->u.s + i, s->n - i);

    c.n = length ? (unsigned)length : 1;
    c.u.s = s->u.s + i;
    *ret_length = c.n;
    return c;
}

static unsigned count_chars(const kiln_value *s)
{
    unsigned n = 0;

    for (unsigned i = 0, length; i < s->n; i += length, n++)
        template_char(s, i, &length);
    return n;
}

/* Character number `i`, from the end when negative, or absent. */
static kiln_value char_at(const kiln_value *s, long long i)
{
    unsigned at = 0, length;

    if (i < 0)
        i += count_chars(s);
    for (; i > 0 && at < s->n; i--, at += length)
        template_char(s, at, &length);
    return i < 0 || at >= s->n ? (kiln_value){ 0 } : template_char(s, at, &length);
}

kiln_value template_part(const kiln_value *base, const kiln_value *key)
{
    int is_whole = key->tag == KILN_DOUBLE && key->u.d >= -1e9 && key->u.d <= 1e9
                   && key->u.d == (double)(long long)key->u.d;
    long long i = is_whole ? (long long)key->u.d : key->u.i;

    if (base->tag == KILN_OBJECT && key->tag == KILN_STRING)
        return kiln_get(base, key);
    if (key->tag == KILN_INT || is_whole) {
        if (base->tag == KILN_ARRAY)
            return kiln_at(base, i);
        if (base->tag == KILN_STRING)
            return char_at(base, i);
    }
    /* What groupby makes: the pair of a value and the items that have it. */
    if (base->tag == KILN_ARRAY && base->n == 2 && value_is(key, "grouper"))
        return base->u.items[0];
    if (base->tag == KILN_ARRAY && base->n == 2 && value_is(key, "list"))
        return base->u.items[1];
    return (kiln_value){ 0 };
}

kiln_value template_path(const kiln_value *base, const kiln_value *path)
{
    kiln_value at = *base;
    const char *s, *end;

    if (path->tag != KILN_STRING)
        return template_part(base, path);
    s = path->u.s;
    end = s + path->n;
    while (s <= end && at.tag != KILN_ABSENT) {
        const char *dot = s < end ? memchr(s, '.', (size_t)(end - s)) : NULL;
        kiln_value key = *path;
        long long i;

        key.u.s = s;
        key.n = (unsigned)((dot ? dot : end) - s);
        if (at.tag == KILN_ARRAY && numeral_integer(key.u.s, key.n, &i) == 0)
            key = value_int(i);
        at = template_part(&at, &key);
        if (!dot)
            break;
        s = dot + 1;
    }
    return at;
}

TEMPLATE_FN(get)
{
    if (argv[1].tag == KILN_ABSENT)
        return template_fail(h, argv, "undefined value");
    *ret = template_part(&argv[1], &argv[2]);
    return 0;
}

TEMPLATE_FN(path)
{
    *ret = template_path(&argv[1], &argv[2]);
    return 0;
}

TEMPLATE_FN(method)
{
    return template_fail(h, argv, "unknown method: %s has no method named %.*s",
                         template_type(&argv[1]), (int)argv[2].n, argv[2].u.s);
}

TEMPLATE_FN(wrong)
{
    return template_fail(h, argv, "%.*s", (int)argv[1].n, argv[1].u.s);
}

TEMPLATE_FN(known)
{
    if (argv[1].tag == KILN_ABSENT)
        return template_fail(h, argv, "undefined value");
    *ret = argv[1];
    return 0;
}

TEMPLATE_FN(attr)
{
    *ret = template_part(&argv[1], &argv[2]);
    return 0;
}

/* ---- loops --------------------------------------------------------------------------------- */

int template_each(kiln_heap *h, kiln_value *ret, const kiln_value *place, const kiln_value *v)
{
    kiln_value *items;
    unsigned n = 0;

    if (v->tag == KILN_ARRAY) {
        *ret = *v;
        return 0;
    }
    if (v->tag > KILN_NULL && v->tag < KILN_STRING)
        return template_fail(h, place, "invalid operation: %s is not iterable", template_type(v));
    items =
        arena_alloc(&h->arena, ((size_t)(v->tag >= KILN_STRING ? v->n : 0) + 1) * sizeof *items);
    if (!items)
        return heap_fail(h, "out of memory");
    if (v->tag == KILN_OBJECT)
        for (; n < v->n; n++)
            items[n] = v->u.members[n].key;
    if (v->tag == KILN_STRING)
        for (unsigned i = 0, length; i < v->n; i += length)
            items[n++] = template_char(v, i, &length);
    return value_array(h, ret, items, n);
}

TEMPLATE_FN(each)
{
    return template_each(h, ret, argv, &argv[1]);
}

TEMPLATE_FN(list)
{
    if (argv[1].tag > KILN_NULL && argv[1].tag < KILN_STRING)
        return template_fail(h, argv, "invalid operation: cannot convert value to list");
    return template_each(h, ret, argv, &argv[1]);
}

TEMPLATE_FN(unpack)
{
    kiln_value list;

    if (argv[1].tag < KILN_STRING)
        return template_fail(h, argv, "cannot unpack: not a sequence");
    if (template_each(h, &list, argv, &argv[1]) < 0)
        return -1;
    if (list.n != argv[3].u.i)
        return template_fail(h, argv,
                             "cannot unpack: sequence of wrong length (expected %lld, got %u)",
                             argv[3].u.i, list.n);
    *ret = list.u.items[argv[2].u.i];
    return 0;
}

TEMPLATE_FN(turn)
{
    const kiln_value *list = &argv[1], *name = &argv[4];
    long long i = argv[2].u.i, length = list->n;

    if (value_is(name, "index"))
        *ret = value_int(i + 1);
    else if (value_is(name, "index0"))
        *ret = value_int(i);
    else if (value_is(name, "revindex"))
        *ret = value_int(length - i);
    else if (value_is(name, "revindex0"))
        *ret = value_int(length - i - 1);
    else if (value_is(name, "first"))
        *ret = value_bool(!i);
    else if (value_is(name, "last"))
        *ret = value_bool(i + 1 == length);
    else if (value_is(name, "length"))
        *ret = value_int(length);
    else if (value_is(name, "depth"))
        *ret = value_int(argv[3].u.i + 1);
    else if (value_is(name, "depth0"))
        *ret = argv[3];
    else if (value_is(name, "previtem"))
        *ret = i ? kiln_at(list, i - 1) : (kiln_value){ 0 };
    else if (value_is(name, "nextitem"))
        *ret = kiln_at(list, i + 1);
    else
        *ret = (kiln_value){ 0 };
    return 0;
}

TEMPLATE_FN(cycle)
{
    if (n < 3)
        return template_fail(h, argv, "invalid operation: cycle needs something to go through");
    *ret = argv[2 + argv[1].u.i % (n - 2)];
    return 0;
}

TEMPLATE_FN(with)
{
    if (argv[1].tag != KILN_OBJECT)
        return template_fail(h, argv, "invalid operation: can only assign to namespaces, not %s",
                             template_type(&argv[1]));
    return value_with(h, ret, &argv[1], &argv[2], &argv[3]);
}

/* ---- cuts ---------------------------------------------------------------------------------- */

static int cut_list(kiln_heap *h, kiln_value *ret, const kiln_value *list, long long start,
                    long long stop, long long step)
{
    kiln_value *items = arena_alloc(&h->arena, ((size_t)list->n + 1) * sizeof *items);
    unsigned n = 0;

    if (!items)
        return heap_fail(h, "out of memory");
    for (long long i = start; step > 0 ? i < stop : i > stop; i += step) {
        items[n++] = list->u.items[i];
        if (step > list->n || -step > list->n)
            break;
    }
    return value_array(h, ret, items, n);
}

/* A bound, from the end when negative, between `least` and `most`. */
static long long bound(const kiln_value *v, long long n, long long otherwise, long long least,
                       long long most)
{
    long long i = v->tag == KILN_INT ? v->u.i : otherwise;

    if (v->tag == KILN_INT && i < 0)
        i = i < -n ? least : i + n;
    return i < least ? least : i > most ? most : i;
}

TEMPLATE_FN(cut)
{
    long long step = argv[4].tag == KILN_INT ? argv[4].u.i : 1, size, start, stop;
    kiln_value list, args[2] = { argv[0], value_null() };

    for (unsigned i = 2; i < 5; i++)
        if (argv[i].tag > KILN_NULL && argv[i].tag != KILN_INT)
            return template_fail(h, argv, "invalid operation: cannot convert %s to integer",
                                 template_type(&argv[i]));
    if (!step)
        return template_fail(h, argv, "invalid operation: cannot slice by step size of 0");
    if (argv[1].tag == KILN_OBJECT || (argv[1].tag > KILN_NULL && argv[1].tag < KILN_STRING))
        return template_fail(h, argv, "invalid operation: value of type %s cannot be sliced",
                             template_type(&argv[1]));
    if (template_each(h, &list, argv, &argv[1]) < 0)
        return -1;
    size = list.n;
    start = bound(&argv[2], size, step > 0 ? 0 : size - 1, step > 0 ? 0 : -1,
                  step > 0 ? size : size - 1);
    stop = bound(&argv[3], size, step > 0 ? size : -1, step > 0 ? 0 : -1, size);
    if (cut_list(h, &list, &list, start, stop, step) < 0)
        return -1;
    *ret = args[1] = list;
    return argv[1].tag == KILN_STRING ? kiln_template_joined(h, ret, args, 2) : 0;
}

/* ---- lengths and ends ---------------------------------------------------------------------- */

TEMPLATE_FN(length)
{
    if (argv[1].tag < KILN_STRING)
        return template_fail(h, argv,
                             "invalid operation: cannot calculate length of value of type %s",
                             template_type(&argv[1]));
    *ret = value_int(argv[1].tag == KILN_STRING ? count_chars(&argv[1]) : argv[1].n);
    return 0;
}

TEMPLATE_FN(first)
{
    if (argv[1].tag < KILN_STRING)
        return template_fail(h, argv, "invalid operation: cannot get first item from value");
    if (argv[1].tag == KILN_OBJECT)
        *ret = argv[1].n ? argv[1].u.members[0].key : (kiln_value){ 0 };
    else
        *ret = argv[1].tag == KILN_STRING ? char_at(&argv[1], 0) : kiln_at(&argv[1], 0);
    return 0;
}

TEMPLATE_FN(last)
{
    if (argv[1].tag < KILN_STRING || argv[1].tag == KILN_OBJECT)
        return template_fail(h, argv, "invalid operation: cannot get last item from value");
    *ret = argv[1].tag == KILN_STRING ? char_at(&argv[1], -1) : kiln_at(&argv[1], -1);
    return 0;
}

TEMPLATE_FN(reverse)
{
    kiln_value list, args[2] = { argv[0], value_null() };

    if (argv[1].tag < KILN_STRING)
        return template_fail(h, argv, "invalid operation: cannot reverse values of type %s",
                             template_type(&argv[1]));
    if (template_each(h, &list, argv, &argv[1]) < 0
        || cut_list(h, &args[1], &list, (long long)list.n - 1, -1, -1) < 0)
        return -1;
    *ret = args[1];
    return argv[1].tag == KILN_STRING ? kiln_template_joined(h, ret, args, 2) : 0;
}
