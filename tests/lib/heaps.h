/* heaps.h: two heaps a test of values works in, one that keeps the order of members and one that
 * sorts them. Included once, by the test file itself; heaps_open and heaps_close are its fixture.
 */
#ifndef HEAPS_H
#define HEAPS_H

#include "values.h"

static kiln_heap heap, sorted;

static inline void heaps_open(void)
{
    heap_init(&heap, 0);
    heap_init(&sorted, 1);
}

static inline void heaps_close(void)
{
    heap_fini(&heap);
    heap_fini(&sorted);
}

/* The value a JSON text says, in the heap that keeps the order. */
static inline kiln_value from(const char *json)
{
    return values_from(&heap, json);
}

/* The test fails unless the heap's last error is this text. */
static inline void check_error(const kiln_heap *h, const char *text)
{
    ck_assert_msg(value_is(&h->error, text), "%.*s", (int)h->error.n, h->error.u.s);
}

#endif
