/* sort.c: `transform` operations that bring items into order: sort and group-by (scenario 4.4).
 *
 * Values of different types compare by their JSON text, which comes to an order of the types: its
 * first byte is " for texts, - or a digit for numbers, then [ f t {. So each item gets a key once,
 * its rank among the types and what decides within it, and null stands behind all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/map.h"
#include "base/text.h"
#include "ops/input.h"
#include "ops/transform/dotted.h"
#include "value.h"

enum rank { TEXT, NUMBER, ARRAY, BOOLEAN, OBJECT, NOTHING };

struct key {
    const kiln_value *item;
    kiln_value text; /* of texts, arrays and objects */
    double number;   /* of numbers and booleans */
    enum rank rank;
};

/* The compact JSON of a value, as a string. 0 or -1. */
static int json_of(kiln_heap *h, kiln_value *ret, const kiln_value *v)
{
    struct text t = { 0 };
    int failed;

    json_write(&t, v);
    failed = t.failed || value_string(h, ret, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? -1 : 0;
}

static int make_key(kiln_heap *h, struct key *k, const kiln_value *v)
{
    static const unsigned char ranks[] = {
        [KILN_ABSENT] = NOTHING, [KILN_NULL] = NOTHING, [KILN_BOOL] = BOOLEAN,
        [KILN_INT] = NUMBER,     [KILN_UINT] = NUMBER,  [KILN_DOUBLE] = NUMBER,
        [KILN_STRING] = TEXT,    [KILN_ARRAY] = ARRAY,  [KILN_OBJECT] = OBJECT
    };

    k->rank = (enum rank)ranks[v->tag];
    k->number = v->tag == KILN_BOOL ? (double)v->u.i : value_number(v);
    k->text = *v;
    return k->rank == ARRAY || k->rank == OBJECT ? json_of(h, &k->text, v) : 0;
}

static int compare(const struct key *a, const struct key *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == NUMBER || a->rank == BOOLEAN)
        return (a->number > b->number) - (a->number < b->number);
    return a->rank == NOTHING ? 0 : value_compare_text(&a->text, &b->text);
}

/* Equal keys keep the order of their items, which stand one behind the other in their array. */
static int ascending(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int order = compare(x, y);

    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static int descending(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int order = compare(y, x);

    return order ? order : (x->item > y->item) - (x->item < y->item);
}

/* Fills `sorted`, which has room for all items. 0 or -1. */
static int sort_items(kiln_heap *h, const kiln_value *items, const kiln_value *path, int up,
                      kiln_value *sorted)
{
    struct key *keys = calloc(items->n ? items->n : 1, sizeof *keys);
    int failed = !keys;

    for (unsigned i = 0; !failed && i < items->n; i++) {
        kiln_value v = dotted_part(&items->u.items[i], path);

        keys[i].item = &items->u.items[i];
        failed = make_key(h, &keys[i], &v) < 0;
    }
    if (!failed) {
        qsort(keys, items->n, sizeof *keys, up ? ascending : descending);
        for (unsigned i = 0; i < items->n; i++)
            sorted[i] = *keys[i].item;
    }
    free(keys);
    return failed ? -1 : 0;
}

KILN_OP(transform_sort, "transform.sort", KILN_PURE,
        "The items of an array in order: texts by bytes, numbers by value, null at the end.",
        KILN_INPUTS({ "value", "array", "The items.", KILN_REQUIRED },
                    { "property_path", "string", "Where in an item to look; else the item.", 0 },
                    { "ascending", "boolean", "false: the other way round (true).", 0 }),
        KILN_OUTPUTS({ "items", "array", "The items; equal ones keep their order.", 0 },
                     { "count", "integer", "How many.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value items, path, sorted, *room;
    int up;

    if (input_array(call, "sort", "value", &items) < 0
        || input_optional_text(call, "sort", "property_path", &path) < 0
        || input_flag_or(call, "sort", "ascending", 1, &up) < 0)
        return -1;
    room = arena_alloc(&h->arena, (items.n + (size_t)1) * sizeof *room);
    if (!room || sort_items(h, &items, &path, up, room) < 0
        || value_array(h, &sorted, room, items.n) < 0)
        return kiln_fail(call, "out of memory");
    kiln_out(call, "count", kiln_int(sorted.n));
    return kiln_out(call, "items", sorted);
}

/* ---- group-by -------------------------------------------------------------------------------- */

/* Adds an item to the group of its key's text, which is made when it is the first. 0 or -1. */
static int add_to_group(kiln_heap *h, struct map *groups, const kiln_value *key,
                        const kiln_value *item)
{
    kiln_value text = *key, *group;

    if (key->tag != KILN_STRING && json_of(h, &text, key) < 0)
        return -1;
    group = map_get(groups, text.u.s, text.n);
    if (!group) {
        group = arena_alloc(&h->arena, sizeof *group);
        if (!group || kiln_array(h, group, NULL, 0) < 0
            || map_put(groups, text.u.s, text.n, group) < 0)
            return -1;
    }
    return kiln_push(h, group, item);
}

static int make_groups(kiln_heap *h, struct map *groups, const kiln_value *items,
                       const kiln_value *path)
{
    for (unsigned i = 0; i < items->n; i++) {
        kiln_value key = dotted_get(&items->u.items[i], path);

        if (key.tag != KILN_NULL && add_to_group(h, groups, &key, &items->u.items[i]) < 0)
            return -1;
    }
    return 0;
}

/* The groups in the order in which their first items came: an array of them, or an object. */
static int groups_value(kiln_heap *h, kiln_value *ret, const struct map *groups, int as_map)
{
    kiln_member *members = as_map ? value_members(h, groups->n) : NULL;

    if (as_map) {
        for (size_t i = 0; members && i < groups->n; i++) {
            const struct map_entry *e = &groups->at[i];

            members[i].key = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)e->n, .u.s = e->key };
            members[i].value = *(const kiln_value *)e->value;
        }
        return members ? value_object(h, ret, members, (unsigned)groups->n) : -1;
    }
    if (kiln_array(h, ret, NULL, 0) < 0)
        return -1;
    for (size_t i = 0; i < groups->n; i++)
        if (kiln_push(h, ret, groups->at[i].value) < 0)
            return -1;
    return 0;
}

KILN_OP(transform_group_by, "transform.group-by", KILN_PURE,
        "The items of an array in groups of the same key; those without the key are left out.",
        KILN_INPUTS({ "value", "any", "The items, an array.", KILN_REQUIRED | KILN_NULLABLE },
                    { "key", "string", "Where in an item its key is.", KILN_REQUIRED },
                    { "as_map", "boolean", "An object, key as text -> items (false).", 0 }),
        KILN_OUTPUTS({ "groups", "any", "The groups, an array of arrays or an object.", 0 },
                     { "group_count", "integer", "How many.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    struct map groups = { 0 };
    kiln_value items, path, made;
    int as_map, failed;

    if (input_any(call, "group-by", "value", &items) < 0
        || input_text(call, "group-by", "key", &path) < 0
        || input_flag_or(call, "group-by", "as_map", 0, &as_map) < 0)
        return -1;
    if (items.tag != KILN_ARRAY)
        return input_fail_about(call, "TRANSFORM_INVALID_INPUT", "received_type",
                                value_type(&items),
                                "Unsupported value. Expected array or collection.");
    failed =
        make_groups(h, &groups, &items, &path) < 0 || groups_value(h, &made, &groups, as_map) < 0;
    map_fini(&groups);
    if (failed)
        return -1;
    kiln_out(call, "group_count", kiln_int(made.n));
    return kiln_out(call, "groups", made);
}
