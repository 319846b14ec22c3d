/* template_list.c: the filters of templates that make lists out of lists. */
#include "functions/template.h"

#include <string.h>

/* Room for n values, or NULL with the heap's error set. */
static kiln_value *room(kiln_heap *h, const kiln_value *place, unsigned long long n)
{
    kiln_value *items = NULL;

    if (n > TEMPLATE_ITEMS_MOST)
        template_fail(h, place, "the list has too many items");
    else if (!(items = arena_alloc(&h->arena, (n + 1) * sizeof *items)))
        heap_fail(h, "out of memory");
    return items;
}

TEMPLATE_FN(join)
{
    struct text t = { 0 };
    kiln_value list;

    if (argv[1].tag > KILN_NULL && argv[1].tag < KILN_STRING)
        return template_fail(h, argv, "invalid operation: cannot join value of type %s",
                             template_type(&argv[1]));
    if (template_each(h, &list, argv, &argv[1]) < 0)
        return -1;
    for (unsigned i = 0; i < list.n && t.n <= TEMPLATE_TEXT_MOST; i++) {
        if (i && argv[2].tag > KILN_NULL)
            template_put(&t, &argv[2]);
        template_put(&t, &list.u.items[i]);
    }
    return template_string(h, ret, argv, &t);
}

/* The item that comes before all others in one direction. */
static int extreme(kiln_heap *h, kiln_value *ret, const kiln_value *argv, int direction)
{
    kiln_value list;

    if (template_each(h, &list, argv, &argv[1]) < 0)
        return -1;
    *ret = list.n ? list.u.items[0] : (kiln_value){ 0 };
    for (unsigned i = 1; i < list.n; i++)
        if (template_compare(&list.u.items[i], ret) * direction > 0)
            *ret = list.u.items[i];
    return 0;
}

TEMPLATE_FN(min)
{
    return extreme(h, ret, argv, -1);
}

TEMPLATE_FN(max)
{
    return extreme(h, ret, argv, 1);
}

/* ---- cut into pieces ----------------------------------------------------------------------- */

/* Items [from, to), filled up to `size` when there is something to fill with. */
static int piece(kiln_heap *h, kiln_value *ret, const kiln_value *argv, const kiln_value *list,
                 unsigned from, unsigned to, unsigned size)
{
    kiln_value *items = room(h, argv, to - from < size ? size : to - from);
    unsigned n = to - from;

    if (!items)
        return -1;
    if (n)
        memcpy(items, list->u.items + from, n * sizeof *items);
    while (argv[3].tag > KILN_NULL && n < size)
        items[n++] = argv[3];
    return value_array(h, ret, items, n);
}

/* The list and the count of `batch` and `slice`. 0 or -1. */
static int pieces_of(kiln_heap *h, const kiln_value *argv, kiln_value *ret_list,
                     unsigned *ret_count)
{
    if (template_each(h, ret_list, argv, &argv[1]) < 0)
        return -1;
    if (argv[2].tag != KILN_INT || argv[2].u.i < 1 || argv[2].u.i > TEMPLATE_ITEMS_MOST)
        return template_fail(h, argv, "invalid operation: count cannot be %s",
                             argv[2].tag == KILN_INT && !argv[2].u.i ? "0" : "this");
    *ret_count = (unsigned)argv[2].u.i;
    return 0;
}

TEMPLATE_FN(batch)
{
    unsigned count, made = 0;
    kiln_value list, *items;

    if (pieces_of(h, argv, &list, &count) < 0 || !(items = room(h, argv, list.n)))
        return -1;
    for (unsigned i = 0; i < list.n; i += count) {
        unsigned end = list.n - i < count ? list.n : i + count;

        if (piece(h, &items[made++], argv, &list, i, end, count) < 0)
            return -1;
    }
    return value_array(h, ret, items, made);
}

TEMPLATE_FN(slice)
{
    unsigned count, at = 0;
    kiln_value list, *items;

    if (pieces_of(h, argv, &list, &count) < 0 || !(items = room(h, argv, count)))
        return -1;
    for (unsigned i = 0; i < count; i++) {
        unsigned size = list.n / count + (i < list.n % count);

        if (piece(h, &items[i], argv, &list, at, at + size, list.n / count + (list.n % count != 0))
            < 0)
            return -1;
        at += size;
    }
    return value_array(h, ret, items, count);
}

/* ---- several lists ------------------------------------------------------------------------- */

TEMPLATE_FN(zip)
{
    kiln_value *lists = room(h, argv, n), *items;
    unsigned length = ~0u;

    if (!lists)
        return -1;
    for (unsigned i = 1; i < n; i++) {
        if (template_each(h, &lists[i], argv, &argv[i]) < 0)
            return -1;
        length = lists[i].n < length ? lists[i].n : length;
    }
    if (!(items = room(h, argv, length)))
        return -1;
    for (unsigned k = 0; k < length; k++) {
        kiln_value *row = room(h, argv, n);

        for (unsigned i = 1; row && i < n; i++)
            row[i - 1] = lists[i].u.items[k];
        if (!row || value_array(h, &items[k], row, n - 1) < 0)
            return -1;
    }
    return value_array(h, ret, items, length);
}

static int chain_maps(kiln_heap *h, kiln_value *ret, const kiln_value *argv, unsigned n)
{
    unsigned count = 0;
    kiln_member *members;

    for (unsigned i = 1; i < n; i++)
        count += argv[i].n;
    members = value_members(h, count);
    if (!members)
        return heap_fail(h, "out of memory");
    count = 0;
    for (unsigned i = 1; i < n; i++)
        for (unsigned k = 0; k < argv[i].n; k++)
            members[count++] = argv[i].u.members[k];
    return value_object(h, ret, members, count);
}

TEMPLATE_FN(chain)
{
    unsigned long long count = 0;
    unsigned maps = 0;
    kiln_value *lists = room(h, argv, n), *items;

    if (!lists)
        return -1;
    for (unsigned i = 1; i < n; i++)
        maps += argv[i].tag == KILN_OBJECT;
    if (maps == n - 1)
        return chain_maps(h, ret, argv, n);
    for (unsigned i = 1; i < n; i++) {
        if (template_each(h, &lists[i], argv, &argv[i]) < 0)
            return -1;
        count += lists[i].n;
    }
    if (!(items = room(h, argv, count)))
        return -1;
    count = 0;
    for (unsigned i = 1; i < n; i++)
        for (unsigned k = 0; k < lists[i].n; k++)
            items[count++] = lists[i].u.items[k];
    return value_array(h, ret, items, (unsigned)count);
}

TEMPLATE_FN(pluck)
{
    kiln_value list, *items;

    if (template_each(h, &list, argv, &argv[1]) < 0 || !(items = room(h, argv, list.n)))
        return -1;
    for (unsigned i = 0; i < list.n; i++) {
        items[i] = template_path(&list.u.items[i], &argv[2]);
        if (items[i].tag == KILN_ABSENT)
            items[i] = argv[3];
    }
    return value_array(h, ret, items, list.n);
}
