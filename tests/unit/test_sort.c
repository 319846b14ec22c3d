/* test_sort.c: the sort of static programs, held against the C library's. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "suites.h"

enum { MOST = 300 };

struct item {
    uint32_t key;
    char name[5]; /* an odd size */
};

static int by_key(const void *a, const void *b)
{
    const struct item *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

/* `n` items with keys below `most`; what belongs to a key goes with it. */
static void make(struct item *items, size_t n, uint32_t most)
{
    uint32_t state = (uint32_t)n * 2654435761u + most;

    memset(items, 0, n * sizeof *items);
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        items[i].key = (state >> 8) % most;
        memset(items[i].name, 'a' + (int)(items[i].key % 26), sizeof items[i].name - 1);
    }
}

static void expect_same(struct item *items, size_t n)
{
    struct item expected[MOST];

    memcpy(expected, items, n * sizeof *items);
    qsort(expected, n, sizeof *expected, by_key);
    sort_items(items, n, sizeof *items, by_key);
    ck_assert_mem_eq(items, expected, n * sizeof *items);
}

START_TEST(any_order_of_any_number)
{
    static const uint32_t most[] = { 1, 2, 10, 1u << 20 };
    struct item items[MOST];

    for (size_t n = 1; n <= MOST; n++)
        for (size_t k = 0; k < sizeof most / sizeof *most; k++) {
            make(items, n, most[k]);
            expect_same(items, n);
        }
}
END_TEST

START_TEST(nothing_is_in_order)
{
    sort_items(NULL, 0, 4, by_key);
}
END_TEST

static int reversed(const void *a, const void *b)
{
    return by_key(b, a);
}

START_TEST(both_ways)
{
    struct item items[MOST];

    make(items, MOST, 1000);
    sort_items(items, MOST, sizeof *items, by_key);
    sort_items(items, MOST, sizeof *items, reversed);
    for (size_t i = 1; i < MOST; i++)
        ck_assert_uint_ge(items[i - 1].key, items[i].key);
    expect_same(items, MOST);
}
END_TEST

Suite *suite_sort(void);
Suite *suite_sort(void)
{
    Suite *s = suite_create("sort");
    TCase *t = tcase_create("sort");

    tcase_add_test(t, any_order_of_any_number);
    tcase_add_test(t, nothing_is_in_order);
    tcase_add_test(t, both_ways);
    suite_add_tcase(s, t);
    return s;
}
