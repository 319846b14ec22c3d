/* scenario_group.c: GroupBy (scenario 1.7.11). One pass over the items: the text of an item's key
 * finds its group by hash, and a group is an array that grows in place. */
#include <string.h>

#include "base/map.h"
#include "functions/functions.h"

struct grouping {
    kiln_heap *heap;
    struct map index; /* key -> struct kiln_value, an array; in the order of coming up */
};

/* The text a key is compared by: numbers and booleans as JSON, nothing at all as "_null". */
static int key_text(kiln_heap *h, kiln_value *ret, const kiln_value *key)
{
    if (key->tag > KILN_NULL)
        return kiln_scenario_to_string(h, ret, key);
    *ret = value_static("_null");
    return 0;
}

/* The group's array; an empty one when it is new. NULL when memory is out. */
static kiln_value *group_of(struct grouping *g, const kiln_value *key)
{
    kiln_value *group = map_get(&g->index, key->u.s, key->n);

    if (group)
        return group;
    group = arena_alloc(&g->heap->arena, sizeof *group);
    if (!group || kiln_array(g->heap, group, NULL, 0) < 0
        || map_put(&g->index, key->u.s, key->n, group) < 0)
        return NULL;
    return group;
}

static int add_items(struct grouping *g, const kiln_value *items, const kiln_value *path)
{
    for (unsigned i = 0; items->tag == KILN_ARRAY && i < items->n; i++) {
        kiln_value key = { 0 }, *group;

        if (kiln_scenario_seek(g->heap, &key, &items->u.items[i], path) < 0
            || key_text(g->heap, &key, &key) < 0)
            return -1;
        group = group_of(g, &key);
        if (!group || kiln_push(g->heap, group, &items->u.items[i]) < 0)
            return -1;
    }
    return 0;
}

/* {key: items} and {key: how many}. */
static int make_members(const struct grouping *g, kiln_value *ret_groups, kiln_value *ret_counts)
{
    size_t n = g->index.n;
    kiln_member *groups = value_members(g->heap, n), *counts = value_members(g->heap, n);

    if (!groups || !counts)
        return heap_fail(g->heap, "out of memory");
    for (size_t i = 0; i < n; i++) {
        const struct map_entry *e = &g->index.at[i];
        const kiln_value *items = e->value;

        if (value_string(g->heap, &groups[i].key, e->key, e->n) < 0)
            return -1;
        counts[i].key = groups[i].key;
        groups[i].value = *items;
        counts[i].value = value_int(items->n);
    }
    if (value_object(g->heap, ret_groups, groups, (unsigned)n) < 0)
        return -1;
    return value_object(g->heap, ret_counts, counts, (unsigned)n);
}

static int make_result(const struct grouping *g, kiln_value *ret)
{
    kiln_value pairs[6] = { value_static("groups"),       value_null(),
                            value_static("counts"),       value_null(),
                            value_static("total_groups"), value_int((long long)g->index.n) };

    if (make_members(g, &pairs[1], &pairs[3]) < 0)
        return -1;
    return kiln_object(g->heap, ret, pairs, 3);
}

/* `a` holds the items, `b` is the path to their key, `c` lists groups that are always there. */
int kiln_scenario_group(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                        const kiln_value *c)
{
    struct grouping g = { .heap = h };
    int rc = 0;

    for (unsigned i = 0; c->tag == KILN_ARRAY && i < c->n && rc == 0; i++)
        rc = group_of(&g, &c->u.items[i]) ? 0 : -1;
    if (rc == 0)
        rc = add_items(&g, a, b);
    if (rc == 0)
        rc = make_result(&g, ret);
    map_fini(&g.index);
    return rc;
}
