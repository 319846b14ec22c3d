/* template_sort.c: the filters of templates that put in order, tell apart and group.
 *
 * Each item gets its key first (an attribute, without regard to case unless asked); what follows
 * only compares keys, and equal ones keep their order.
 */
#include "functions/template.h"

#include <stdlib.h>

#include "base/letter.h"

struct keyed {
    kiln_value key, item;
    unsigned number;
};

static int compare(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = template_compare(&x->key, &y->key);

    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static int compare_down(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = template_compare(&y->key, &x->key);

    return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Text without regard to case; anything else as it is. 0 or -1. */
static int fold_case(kiln_heap *h, kiln_value *ret, const kiln_value *place, const kiln_value *v)
{
    struct text t = { 0 };

    *ret = *v;
    if (v->tag != KILN_STRING)
        return 0;
    letter_put_lower(&t, v->u.s, v->n);
    return template_string(h, ret, place, &t);
}

/* The items of a list with their keys, or NULL. */
static struct keyed *with_keys(kiln_heap *h, const kiln_value *place, const kiln_value *list,
                               const kiln_value *attribute, const kiln_value *case_sensitive)
{
    struct keyed *all = arena_alloc(&h->arena, ((size_t)list->n + 1) * sizeof *all);

    if (!all)
        heap_fail(h, "out of memory");
    for (unsigned i = 0; all && i < list->n; i++) {
        const kiln_value *item = &list->u.items[i];

        all[i] = (struct keyed){ *item, *item, i };
        if (attribute->tag > KILN_NULL)
            all[i].key = template_path(item, attribute);
        if (!kiln_truthy(case_sensitive) && fold_case(h, &all[i].key, place, &all[i].key) < 0)
            return NULL;
    }
    return all;
}

static int items_of(kiln_heap *h, kiln_value *ret, const struct keyed *all, unsigned n)
{
    kiln_value *items = arena_alloc(&h->arena, ((size_t)n + 1) * sizeof *items);

    if (!items)
        return heap_fail(h, "out of memory");
    for (unsigned i = 0; i < n; i++)
        items[i] = all[i].item;
    return value_array(h, ret, items, n);
}

/* The list of the first argument, or fails with `what` as the reason. */
static int list_of(kiln_heap *h, kiln_value *ret, const kiln_value *argv, const char *what)
{
    if (argv[1].tag > KILN_NULL && argv[1].tag < KILN_STRING)
        return template_fail(h, argv, "invalid operation: cannot %s value of type %s", what,
                             template_type(&argv[1]));
    return template_each(h, ret, argv, &argv[1]);
}

TEMPLATE_FN(sort)
{
    struct keyed *all;
    kiln_value list;

    if (list_of(h, &list, argv, "sort") < 0
        || !(all = with_keys(h, argv, &list, &argv[4], &argv[3])))
        return -1;
    qsort(all, list.n, sizeof *all, kiln_truthy(&argv[2]) ? compare_down : compare);
    return items_of(h, ret, all, list.n);
}

static int compare_numbers(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

/* Sorted, what is equal stands side by side; the first of each goes back to its place. */
TEMPLATE_FN(unique)
{
    struct keyed *all;
    kiln_value list;
    unsigned kept = 0;

    if (list_of(h, &list, argv, "filter") < 0
        || !(all = with_keys(h, argv, &list, &argv[3], &argv[2])))
        return -1;
    qsort(all, list.n, sizeof *all, compare);
    for (unsigned i = 0; i < list.n; i++)
        if (!i || !template_equal(&all[i].key, &all[kept - 1].key))
            all[kept++] = all[i];
    qsort(all, kept, sizeof *all, compare_numbers);
    return items_of(h, ret, all, kept);
}

/* ---- pairs --------------------------------------------------------------------------------- */

static int pair(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value items[2] = { *a, *b };

    return kiln_array(h, ret, items, 2);
}

TEMPLATE_FN(groupby)
{
    kiln_value list, key, inner, *groups;
    struct keyed *all;
    unsigned n_groups = 0;

    if (list_of(h, &list, argv, "group") < 0
        || !(all = with_keys(h, argv, &list, &argv[2], &argv[4]))
        || !(groups = arena_alloc(&h->arena, ((size_t)list.n + 1) * sizeof *groups)))
        return -1;
    for (unsigned i = 0; i < list.n; i++)
        if (all[i].key.tag == KILN_ABSENT)
            all[i].key = argv[3];
    qsort(all, list.n, sizeof *all, compare);
    for (unsigned i = 0, end; i < list.n; i = end) {
        for (end = i + 1; end < list.n && template_equal(&all[end].key, &all[i].key);)
            end++;
        key = template_path(&all[i].item, &argv[2]);
        if (key.tag == KILN_ABSENT)
            key = argv[3];
        if (items_of(h, &inner, all + i, end - i) < 0
            || pair(h, &groups[n_groups++], &key, &inner) < 0)
            return -1;
    }
    return value_array(h, ret, groups, n_groups);
}

TEMPLATE_FN(items)
{
    kiln_value *items;

    if (argv[1].tag != KILN_OBJECT)
        return template_fail(h, argv, "invalid operation: cannot convert value into pairs");
    items = arena_alloc(&h->arena, ((size_t)argv[1].n + 1) * sizeof *items);
    if (!items)
        return heap_fail(h, "out of memory");
    for (unsigned i = 0; i < argv[1].n; i++)
        if (pair(h, &items[i], &argv[1].u.members[i].key, &argv[1].u.members[i].value) < 0)
            return -1;
    return value_array(h, ret, items, argv[1].n);
}

TEMPLATE_FN(dictsort)
{
    kiln_value pairs, by = value_int(value_is(&argv[2], "value"));
    kiln_value args[5] = { argv[0], value_null(), argv[3], argv[4], by };

    if (argv[1].tag != KILN_OBJECT)
        return template_fail(h, argv, "invalid operation: cannot convert value into pair list");
    if (kiln_template_items(h, &pairs, argv, 2) < 0)
        return -1;
    args[1] = pairs;
    return kiln_template_sort(h, ret, args, 5);
}

TEMPLATE_FN(dict)
{
    kiln_value args[3] = { argv[0], argv[1], argv[2] };

    for (unsigned i = 1; i < 3; i++)
        if (args[i].tag != KILN_OBJECT && args[i].tag > KILN_NULL)
            return template_fail(h, argv, "invalid operation: dict takes a map");
    if (args[1].tag <= KILN_NULL && kiln_object(h, &args[1], NULL, 0) < 0)
        return -1;
    return kiln_template_chain(h, ret, args, args[2].tag == KILN_OBJECT ? 3 : 2);
}

TEMPLATE_FN(default)
{
    kiln_value empty = value_static("");

    *ret = argv[1];
    if (argv[1].tag == KILN_ABSENT || (kiln_truthy(&argv[3]) && !kiln_truthy(&argv[1])))
        *ret = argv[2].tag == KILN_ABSENT ? empty : argv[2];
    return 0;
}
