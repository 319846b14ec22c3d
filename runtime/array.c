/* array.c: arrays, and how they grow.
 *
 * An array that kiln_push made has a head in front of its items: how many there is room for and how
 * many the newest version uses. Pushing to the newest version writes behind its last item and moves
 * nothing; older versions see only their own `n` and stay as they are. Pushing to any other array
 * copies it to one that can grow.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "container.h"

#ifdef KILN_HARD
enum { FIRST = 1 };
#else
enum { FIRST = 8 };
#endif

/* In front of the items of a growing array; as large as an item, so they stay aligned. */
struct head {
    size_t cap, used;
};

kiln_value kiln_at(const kiln_value *array, long long i)
{
    if (array->tag != KILN_ARRAY)
        return (kiln_value){ 0 };
    if (i < 0)
        i += array->n;
    return 0 <= i && i < array->n ? array->u.items[i] : (kiln_value){ 0 };
}

int value_array(kiln_heap *h, kiln_value *ret, kiln_value *items, unsigned n)
{
    unsigned depth = 0;

    for (unsigned i = 0; i < n; i++) {
        unsigned d = container_depth(&items[i]);

        depth = d > depth ? d : depth;
        if (items[i].tag == KILN_ABSENT)
            items[i] = value_null();
    }
    if (depth >= VALUE_DEPTH)
        return container_too_deep(h);
    *ret = (kiln_value){
        .tag = KILN_ARRAY, .spare = (unsigned short)(depth + 1), .n = n, .u.items = items
    };
    return 0;
}

int kiln_array(kiln_heap *h, kiln_value *ret, const kiln_value *items, unsigned n)
{
    kiln_value *own = arena_alloc(&h->arena, n * sizeof *own);

    if (!own)
        return container_no_memory(h);
    if (n)
        memcpy(own, items, n * sizeof *own);
    return value_array(h, ret, own, n);
}

static struct head *head_of(const kiln_value *array)
{
    return (struct head *)(uintptr_t)array->u.items - 1;
}

/* Makes `array` one that can grow by at least one item. */
static int move_to_room(kiln_heap *h, kiln_value *array)
{
    size_t cap = array->n < FIRST ? FIRST : 2 * (size_t)array->n;
    struct head *head = arena_alloc(&h->arena, sizeof *head + cap * sizeof(kiln_value));

    if (!head)
        return container_no_memory(h);
    *head = (struct head){ .cap = cap, .used = array->n };
    if (array->n)
        memcpy(head + 1, array->u.items, array->n * sizeof(kiln_value));
    array->u.items = (const kiln_value *)(const void *)(head + 1);
    array->spare = (unsigned short)(array->n ? container_depth(array) : 1);
    array->flags = KILN_GROWING;
    return 0;
}

static int has_room(const kiln_value *array)
{
    const struct head *head;

    if (!(array->flags & KILN_GROWING))
        return 0;
    head = head_of(array);
    return head->used == array->n && head->used < head->cap;
}

int kiln_push(kiln_heap *h, kiln_value *array, const kiln_value *item)
{
    unsigned depth = container_depth(item) + 1;
    kiln_value longer = *array;

    if (array->tag != KILN_ARRAY)
        return heap_fail(h, "cannot append to a value of type %s", value_type(array));
    if (depth > VALUE_DEPTH)
        return container_too_deep(h);
    if (array->n == UINT32_MAX || (!has_room(array) && move_to_room(h, &longer) < 0))
        return container_no_memory(h);
    ((kiln_value *)(uintptr_t)longer.u.items)[longer.n++] =
        item->tag == KILN_ABSENT ? value_null() : *item;
    head_of(&longer)->used = longer.n;
    if (depth > longer.spare)
        longer.spare = (unsigned short)depth;
    *array = longer;
    return 0;
}
