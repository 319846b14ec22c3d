/* test_map.c: the map keeps what was put, in the order it came; lists grow. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/list.h"
#include "base/map.h"
#include "suites.h"

START_TEST(an_empty_map_has_nothing)
{
    struct map m = { 0 };

    ck_assert_ptr_null(map_get(&m, "x", 1));
    map_fini(&m);
}
END_TEST

START_TEST(keeps_many_in_order)
{
    enum { N = 20000 };
    static char keys[N][16];
    static int values[N];
    struct map m = { 0 };
    int wrong = 0;

    for (int i = 0; i < N; i++) {
        snprintf(keys[i], sizeof keys[i], "key-%d", i);
        wrong += map_put(&m, keys[i], strlen(keys[i]), &values[i]) != 0;
    }
    ck_assert_uint_eq(m.n, N);
    for (int i = 0; i < N; i++) {
        char key[16];

        snprintf(key, sizeof key, "key-%d", i);
        wrong += map_get(&m, key, strlen(key)) != &values[i] || m.at[i].key != keys[i];
    }
    ck_assert_int_eq(wrong, 0);
    ck_assert_ptr_null(map_get(&m, "key-", 4));
    ck_assert_ptr_null(map_get(&m, "key-20000", 9));
    map_fini(&m);
    ck_assert_uint_eq(m.n, 0);
}
END_TEST

START_TEST(replaces_in_place)
{
    struct map m = { 0 };
    int one, two, three;

    map_put(&m, "a", 1, &one);
    map_put(&m, "b", 1, &two);
    map_put(&m, "a", 1, &three);
    ck_assert_uint_eq(m.n, 2);
    ck_assert_ptr_eq(map_get(&m, "a", 1), &three);
    ck_assert_ptr_eq(m.at[0].value, &three);
    map_fini(&m);
}
END_TEST

/* Keys are bytes with a length: NULs count, prefixes are other keys. */
START_TEST(keys_are_bytes)
{
    struct map m = { 0 };
    int a, b, c, d;

    map_put(&m, "", 0, &a);
    map_put(&m, "\0", 1, &b);
    map_put(&m, "\0\0", 2, &c);
    map_put(&m, "12345678x", 9, &d);
    ck_assert_ptr_eq(map_get(&m, "", 0), &a);
    ck_assert_ptr_eq(map_get(&m, "\0", 1), &b);
    ck_assert_ptr_eq(map_get(&m, "\0\0", 2), &c);
    ck_assert_ptr_eq(map_get(&m, "12345678x", 9), &d);
    ck_assert_ptr_null(map_get(&m, "12345678y", 9));
    ck_assert_ptr_null(map_get(&m, "12345678", 8));
    map_fini(&m);
}
END_TEST

START_TEST(lists_grow)
{
    LIST(int) l = { 0 };
    int wrong = 0;

    for (int i = 0; i < 10000; i++)
        wrong += list_push(&l, i) != 0;
    for (int i = 0; i < 10000; i++)
        wrong += l.at[i] != i;
    ck_assert_int_eq(wrong, 0);
    ck_assert_uint_ge(l.cap, l.n);
    list_fini(&l);
    ck_assert_ptr_null(l.at);
}
END_TEST

START_TEST(lists_refuse_what_cannot_be)
{
    void *at = NULL;
    size_t cap = 0;

    ck_assert_int_eq(list_grow(&at, &cap, SIZE_MAX, 16), -1);
    ck_assert_int_eq(list_grow(&at, &cap, SIZE_MAX / 8, 16), -1);
    ck_assert_ptr_null(at);
    ck_assert_uint_eq(cap, 0);
}
END_TEST

/* The same answers as memcmp, whatever the lengths and wherever the difference is. */
START_TEST(bytes_compare_like_memcmp)
{
    char a[40], b[40];

    memset(a, 'm', sizeof a);
    for (size_t n = 0; n <= 33; n++)
        for (size_t at = 0; at <= n; at++)
            for (int d = -1; d <= 1; d++) {
                size_t bn = n + (at & 1);
                int want;

                memset(b, 'm', sizeof b);
                b[at] = (char)(at == n ? 'm' : d < 0 ? 1 : d > 0 ? '\xf0' : 'm');
                want = memcmp(a, b, n);
                want = want ? want : n < bn ? -1 : 0;
                ck_assert_int_eq((want > 0) - (want < 0), (bytes_compare(a, n, b, bn) > 0)
                                                              - (bytes_compare(a, n, b, bn) < 0));
                ck_assert_int_eq(bytes_equal(a, b, n), memcmp(a, b, n) == 0);
            }
}
END_TEST

Suite *suite_map(void);
Suite *suite_map(void)
{
    Suite *s = suite_create("map");
    TCase *c = tcase_create("map");

    tcase_add_test(c, an_empty_map_has_nothing);
    tcase_add_test(c, keeps_many_in_order);
    tcase_add_test(c, replaces_in_place);
    tcase_add_test(c, keys_are_bytes);
    tcase_add_test(c, lists_grow);
    tcase_add_test(c, lists_refuse_what_cannot_be);
    tcase_add_test(c, bytes_compare_like_memcmp);
    suite_add_tcase(s, c);
    return s;
}
