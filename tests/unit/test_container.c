/* test_container.c: what arrays and objects promise: order, unique keys, growth without change to
 * older copies, finding in large objects, deep copies, bounded depth. */
#include <stdint.h>
#include <stdio.h>

#include "heaps.h"
#include "kiln_op.h"
#include "suites.h"

/* ---- arrays ------------------------------------------------------------------------------- */

START_TEST(items_by_number)
{
    kiln_value a = from("[10,20,30]"), v;

    v = kiln_at(&a, 0);
    values_check(&v, "10");
    v = kiln_at(&a, -1);
    values_check(&v, "30");
    ck_assert_uint_eq(kiln_at(&a, 3).tag, KILN_ABSENT);
    ck_assert_uint_eq(kiln_at(&a, -4).tag, KILN_ABSENT);
    ck_assert_uint_eq(kiln_at(&a, INT64_MIN).tag, KILN_ABSENT);
    ck_assert_uint_eq(kiln_at(&a, INT64_MAX).tag, KILN_ABSENT);
    v = from("{}");
    ck_assert_uint_eq(kiln_at(&v, 0).tag, KILN_ABSENT);
}
END_TEST

START_TEST(absent_items_become_null)
{
    kiln_value items[3] = { value_int(1), { 0 }, value_int(3) }, a, item = { 0 };

    ck_assert_int_eq(kiln_array(&heap, &a, items, 3), 0);
    items[0] = value_int(9);
    values_check(&a, "[1,null,3]");
    ck_assert_int_eq(kiln_push(&heap, &a, &item), 0);
    values_check(&a, "[1,null,3,null]");
    ck_assert_int_eq(kiln_array(&heap, &a, NULL, 0), 0);
    values_check(&a, "[]");
}
END_TEST

/* Each version of a growing array stays what it was, also when two grow from one. */
START_TEST(pushing_changes_no_older_copy)
{
    enum { N = 300 };
    kiln_value versions[N + 1], branch, item;
    int wrong = 0;

    ck_assert_int_eq(kiln_array(&heap, &versions[0], NULL, 0), 0);
    for (int i = 0; i < N; i++) {
        item = value_int(i);
        versions[i + 1] = versions[i];
        ck_assert_int_eq(kiln_push(&heap, &versions[i + 1], &item), 0);
    }
    item = value_static("other");
    for (unsigned n = 0; n < N; n++) {
        branch = versions[n];
        wrong += kiln_push(&heap, &branch, &item) != 0 || !value_is(&branch.u.items[n], "other");
    }
    for (unsigned n = 0; n <= N; n++) {
        wrong += versions[n].n != n;
        for (unsigned i = 0; i < n; i++)
            wrong += versions[n].u.items[i].u.i != i;
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

/* A constant is copied before it grows. */
START_TEST(pushing_to_a_constant)
{
    static const kiln_value items[2] = { { .tag = KILN_INT, .u.i = 1 },
                                         { .tag = KILN_INT, .u.i = 2 } };
    kiln_value a = { .tag = KILN_ARRAY, .flags = KILN_STATIC, .n = 2, .u.items = items };
    kiln_value item = value_int(3);

    ck_assert_int_eq(kiln_push(&heap, &a, &item), 0);
    values_check(&a, "[1,2,3]");
    ck_assert_uint_eq(a.flags & KILN_STATIC, 0);
}
END_TEST

START_TEST(pushing_to_no_array)
{
    kiln_value v = value_int(1);

    ck_assert_int_eq(kiln_push(&heap, &v, &v), -1);
    check_error(&heap, "cannot append to a value of type number");
    values_check(&v, "1");
}
END_TEST

/* A million pushes take memory in proportion, not to the square. */
START_TEST(pushing_is_amortised)
{
    kiln_value a, item = value_int(1);
    int failed = 0;

    kiln_array(&heap, &a, NULL, 0);
    for (int i = 0; i < 1000000; i++)
        failed += kiln_push(&heap, &a, &item) != 0;
    ck_assert_int_eq(failed, 0);
    ck_assert_uint_eq(a.n, 1000000);
    ck_assert_uint_lt(heap.arena.used, 1000000 * sizeof a * 6);
}
END_TEST

/* ---- objects ------------------------------------------------------------------------------ */

/* The object of n members k<i * step % n>: i, each key given `times` times, the last time with its
 * real value. */
static kiln_value large_object(kiln_heap *h, unsigned n, unsigned step, unsigned times)
{
    kiln_member *m = value_members(h, (size_t)n * times);
    kiln_value v = { 0 };

    for (unsigned t = 0; t < times; t++)
        for (unsigned i = 0; i < n; i++) {
            unsigned k = (unsigned)((unsigned long long)i * step % n);

            value_textf(h, &m[t * n + i].key, "k%u", k);
            m[t * n + i].value = value_int(t + 1 == times ? (long long)k : -1);
        }
    ck_assert_int_eq(value_object(h, &v, m, n * times), 0);
    ck_assert_uint_eq(v.n, n);
    return v;
}

/* Sizes about the bound between looking through and halving, both orders, with and without
 * duplicate keys. */
static const struct {
    unsigned n, step, times;
} sizes[] = {
    { 1, 1, 1 },   { 2, 1, 3 },   { 15, 7, 1 },  { 16, 3, 2 },    { 17, 5, 1 },        { 17, 5, 2 },
    { 33, 7, 30 }, { 100, 1, 1 }, { 997, 7, 1 }, { 10007, 3, 2 }, { 100003, 7919, 1 },
};

START_TEST(members_are_found)
{
    unsigned n = sizes[_i].n, step = sizes[_i].step;
    kiln_value plain = large_object(&heap, n, step, sizes[_i].times);
    kiln_value ordered = large_object(&sorted, n, step, sizes[_i].times);
    unsigned wrong = 0;
    char key[32];

    for (unsigned i = 0; i < n; i++) {
        snprintf(key, sizeof key, "k%u", i);
        wrong += value_member(&plain, key).u.i != i || value_member(&ordered, key).u.i != i;
        snprintf(key, sizeof key, "k%u", (unsigned)((unsigned long long)i * step % n));
        wrong += !value_is(&plain.u.members[i].key, key); /* the order it was built in */
        wrong +=
            i && value_compare_text(&ordered.u.members[i - 1].key, &ordered.u.members[i].key) >= 0;
    }
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(value_member(&plain, "k").tag, KILN_ABSENT);
    ck_assert_uint_eq(value_member(&ordered, "z").tag, KILN_ABSENT);
    ck_assert(value_equal(&plain, &ordered) && value_equal(&ordered, &plain));
}
END_TEST

START_TEST(pairs_make_objects)
{
    kiln_value pairs[8] = { value_static("b"), value_int(1), value_static("a"), value_int(2),
                            value_static("c"), { 0 },        value_static("b"), value_int(3) };
    kiln_value v;

    ck_assert_int_eq(kiln_object(&heap, &v, pairs, 4), 0);
    values_check(&v, "{\"b\":3,\"a\":2}");
    ck_assert_int_eq(kiln_object(&sorted, &v, pairs, 4), 0);
    values_check(&v, "{\"a\":2,\"b\":3}");
    ck_assert_int_eq(kiln_object(&heap, &v, NULL, 0), 0);
    values_check(&v, "{}");
    ck_assert_int_eq(kiln_object_of(&heap, &v, 4, &pairs[0], &pairs[1], &pairs[2], &pairs[3],
                                    &pairs[4], &pairs[5], &pairs[6], &pairs[7]),
                     0);
    values_check(&v, "{\"b\":3,\"a\":2}");
}
END_TEST

START_TEST(one_pair_makes_an_object)
{
    kiln_value key = value_static("k"), absent = { 0 }, v = value_int(1), deep = v;
    int depth = 0;

    ck_assert_int_eq(kiln_object_one(&sorted, &v, &key, &v), 0);
    values_check(&v, "{\"k\":1}");
    ck_assert_int_eq(v.flags & KILN_SORTED, KILN_SORTED);
    ck_assert_int_eq(kiln_object_one(&heap, &v, &key, &absent), 0);
    values_check(&v, "{}");
    while (kiln_object_one(&heap, &deep, &key, &deep) == 0)
        depth++;
    ck_assert_int_eq(depth, VALUE_DEPTH);
}
END_TEST

START_TEST(members_of_what_is_no_object)
{
    kiln_value key = value_static("a"), number = value_int(1), v = from("[1]"),
               o = from("{\"a\":1}");

    ck_assert_uint_eq(kiln_get(&v, &key).tag, KILN_ABSENT);
    ck_assert_uint_eq(kiln_get(&number, &key).tag, KILN_ABSENT);
    ck_assert_uint_eq(kiln_get(&o, &number).tag, KILN_ABSENT);
    ck_assert_int_eq(kiln_get(&o, &key).u.i, 1);
}
END_TEST

START_TEST(one_member_replaced)
{
    kiln_value o = from("{\"a\":1,\"b\":2}"), key = value_static("a"), v = value_int(9), r;
    kiln_value absent = { 0 }, null = value_null(), list = from("[]");

    ck_assert_int_eq(value_with(&heap, &r, &o, &key, &v), 0);
    values_check(&r, "{\"a\":9,\"b\":2}");
    values_check(&o, "{\"a\":1,\"b\":2}");
    ck_assert_int_eq(value_with(&heap, &r, &o, &key, &absent), 0);
    values_check(&r, "{\"b\":2}");
    key = value_static("c");
    ck_assert_int_eq(value_with(&heap, &r, &o, &key, &v), 0);
    values_check(&r, "{\"a\":1,\"b\":2,\"c\":9}");
    ck_assert_int_eq(value_with(&heap, &r, &absent, &key, &v), 0);
    values_check(&r, "{\"c\":9}");
    ck_assert_int_eq(value_with(&heap, &r, &null, &key, &absent), 0);
    values_check(&r, "{}");
    key = value_static("Z");
    ck_assert_int_eq(value_with(&sorted, &r, &o, &key, &v), 0);
    values_check(&r, "{\"Z\":9,\"a\":1,\"b\":2}");
    ck_assert_int_eq(value_with(&heap, &r, &list, &key, &v), -1);
    check_error(&heap, "cannot put a member into a value of type array");
}
END_TEST

/* Constants have no index; two large ones in opposite order must still compare in a moment. */
START_TEST(large_constants_compare)
{
    enum { N = 50000 };
    kiln_value a = large_object(&heap, N, 1, 1), b = large_object(&heap, N, N - 1, 1);

    a.flags = b.flags = KILN_STATIC;
    ck_assert(value_equal(&a, &b));
    ck_assert_int_eq(value_member(&a, "k777").u.i, 777);
    ((kiln_member *)(uintptr_t)b.u.members)[N / 2].value = value_null();
    ck_assert(!value_equal(&a, &b));
    a = large_object(&sorted, N, 1, 1);
    a.flags = KILN_STATIC | KILN_SORTED;
    ck_assert_int_eq(value_member(&a, "k777").u.i, 777);
}
END_TEST

/* ---- copies and depth --------------------------------------------------------------------- */

START_TEST(copies_are_deep)
{
    const char *json = "{\"z\":[1,2.5,\"s\",{\"k\":null}],\"a\":[],\"m\":{}}";
    kiln_value v = from(json), copy, large = large_object(&heap, 1000, 7, 1), pushed;
    kiln_heap other;

    pushed = from("[1]");
    kiln_push(&heap, &pushed, &v);
    heap_init(&other, 0);
    ck_assert_int_eq(value_copy(&other, &copy, &pushed), 0);
    ck_assert_int_eq(value_copy(&other, &pushed, &large), 0);
    heap_fini(&heap);
    ck_assert_uint_eq(copy.n, 2);
    values_check(&copy.u.items[1], json);
    ck_assert_int_eq(value_member(&pushed, "k77").u.i, 77);
    ck_assert_int_eq(kiln_push(&other, &copy, &copy), 0);
    ck_assert_uint_eq(copy.n, 3);
    ck_assert_int_eq(value_copy(&sorted, &copy, &copy.u.items[1]), 0);
    values_check(&copy, "{\"a\":[],\"m\":{},\"z\":[1,2.5,\"s\",{\"k\":null}]}");
    heap_fini(&other);
}
END_TEST

START_TEST(constants_are_shared)
{
    kiln_value v = value_static("text"), copy;

    ck_assert_int_eq(value_copy(&heap, &copy, &v), 0);
    ck_assert_ptr_eq(copy.u.s, v.u.s);
}
END_TEST

/* [[[...]]] by hand: VALUE_DEPTH levels can be written, copied and compared; one more is refused
 * however it is made. */
START_TEST(depth_is_bounded)
{
    kiln_value v = value_int(1), pair[2] = { value_static("k"), { 0 } }, grown, copy, r = { 0 };
    struct text t = { 0 };
    int failed = 0;

    for (int i = 0; i < VALUE_DEPTH; i++) {
        pair[1] = v;
        failed += i & 1 ? kiln_array(&heap, &v, &v, 1) : kiln_object(&heap, &v, pair, 1);
    }
    ck_assert_int_eq(failed, 0);
    ck_assert_int_eq(value_copy(&heap, &copy, &v), 0);
    ck_assert(value_equal(&copy, &v));
    json_write(&t, &v);
    ck_assert_uint_eq(t.n, VALUE_DEPTH / 2 * 8 + 1);
    text_fini(&t);
    pair[1] = v;
    kiln_array(&heap, &grown, NULL, 0);
    ck_assert_int_eq(kiln_array(&heap, &r, &v, 1), -1);
    check_error(&heap, "a value is nested deeper than 1024");
    ck_assert_int_eq(kiln_object(&heap, &r, pair, 1), -1);
    ck_assert_int_eq(kiln_push(&heap, &grown, &v), -1);
    ck_assert_int_eq(value_with(&heap, &r, &r, &pair[0], &v), -1);
    ck_assert_uint_eq(r.tag, KILN_ABSENT);
    ck_assert_uint_eq(grown.n, 0);
}
END_TEST

/* The depth of what is pushed counts, and of what was there. */
START_TEST(depth_of_growing_arrays)
{
    kiln_value a, grown;
    int made = 0;

    kiln_array(&heap, &a, NULL, 0);
    for (; made < 2 * VALUE_DEPTH; made++) {
        kiln_array(&heap, &grown, NULL, 0);
        if (kiln_push(&heap, &grown, &a) < 0)
            break;
        a = grown;
    }
    ck_assert_int_eq(made, VALUE_DEPTH - 1);
}
END_TEST

Suite *suite_container(void);
Suite *suite_container(void)
{
    Suite *s = suite_create("container");
    TCase *c = tcase_create("container");

    tcase_add_checked_fixture(c, heaps_open, heaps_close);
    tcase_set_timeout(c, 30);
    tcase_add_test(c, items_by_number);
    tcase_add_test(c, absent_items_become_null);
    tcase_add_test(c, pushing_changes_no_older_copy);
    tcase_add_test(c, pushing_to_a_constant);
    tcase_add_test(c, pushing_to_no_array);
    tcase_add_test(c, pushing_is_amortised);
    tcase_add_loop_test(c, members_are_found, 0, sizeof sizes / sizeof *sizes);
    tcase_add_test(c, pairs_make_objects);
    tcase_add_test(c, one_pair_makes_an_object);
    tcase_add_test(c, members_of_what_is_no_object);
    tcase_add_test(c, one_member_replaced);
    tcase_add_test(c, large_constants_compare);
    tcase_add_test(c, copies_are_deep);
    tcase_add_test(c, constants_are_shared);
    tcase_add_test(c, depth_is_bounded);
    tcase_add_test(c, depth_of_growing_arrays);
    suite_add_tcase(s, c);
    return s;
}
