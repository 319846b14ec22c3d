/* test_arena.c: alignment, distinctness, growth and the accounts of an arena. */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "suites.h"

/* Objects of many sizes, each filled with its own byte, keep their content. */
START_TEST(objects_do_not_overlap)
{
    enum { N = 2000 };
    struct arena a = { 0 };
    unsigned char *at[N];
    size_t total = 0, wrong = 0;

    for (size_t i = 0; i < N; i++) {
        size_t size = i * 7 % 513;

        at[i] = arena_alloc(&a, size);
        ck_assert_ptr_nonnull(at[i]);
        ck_assert_uint_eq((uintptr_t)at[i] % 16, 0);
        memset(at[i], (int)(i & 0xff), size);
        total += size;
    }
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < i * 7 % 513; k++)
            wrong += at[i][k] != (i & 0xff);
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_ge(a.used, total);
    ck_assert_uint_ge(a.reserved, a.used);
    arena_fini(&a);
    ck_assert_uint_eq(a.used, 0);
    ck_assert_uint_eq(a.reserved, 0);
}
END_TEST

START_TEST(is_used_again_after_fini)
{
    struct arena a = { 0 };

    arena_fini(&a);
    ck_assert_ptr_nonnull(arena_alloc(&a, 100));
    arena_fini(&a);
    ck_assert_ptr_nonnull(arena_alloc(&a, 100));
    arena_fini(&a);
}
END_TEST

/* An object of its own size must not end the chunk the small ones come from. */
START_TEST(large_objects_leave_room)
{
    struct arena a = { 0 };
    size_t reserved;

    arena_alloc(&a, 16);
    memset(arena_alloc(&a, 3 << 20), 1, 3 << 20);
    reserved = a.reserved;
    for (int i = 0; i < 100; i++)
        arena_alloc(&a, 16);
#ifdef KILN_HARD
    ck_assert_uint_eq(a.reserved, reserved + 1600);
#else
    ck_assert_uint_eq(a.reserved, reserved);
#endif
    arena_fini(&a);
}
END_TEST

START_TEST(zeroes_and_copies)
{
    struct arena a = { 0 };
    char *zeros = arena_zalloc(&a, 1000), *copy = arena_dup(&a, "a\0b", 3);

    for (int i = 1; i < 1000; i++)
        zeros[0] |= zeros[i];
    ck_assert_int_eq(zeros[0], 0);
    ck_assert_mem_eq(copy, "a\0b\0", 4);
    ck_assert_str_eq(arena_dup(&a, NULL, 0), "");
    arena_fini(&a);
}
END_TEST

START_TEST(prints)
{
    struct arena a = { 0 };
    char long_text[5000];

    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    ck_assert_str_eq(arena_printf(&a, "%d:%s", 42, "x"), "42:x");
    ck_assert_str_eq(arena_printf(&a, "%s", long_text), long_text);
    arena_fini(&a);
}
END_TEST

START_TEST(refuses_what_cannot_be)
{
    struct arena a = { 0 };

    ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX));
    ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX / 2 + 1));
    ck_assert_ptr_null(arena_dup(&a, "", SIZE_MAX));
    ck_assert_ptr_nonnull(arena_alloc(&a, 1));
    arena_fini(&a);
}
END_TEST

Suite *suite_arena(void);
Suite *suite_arena(void)
{
    Suite *s = suite_create("arena");
    TCase *c = tcase_create("arena");

    tcase_add_test(c, objects_do_not_overlap);
    tcase_add_test(c, is_used_again_after_fini);
    tcase_add_test(c, large_objects_leave_room);
    tcase_add_test(c, zeroes_and_copies);
    tcase_add_test(c, prints);
    tcase_add_test(c, refuses_what_cannot_be);
    suite_add_tcase(s, c);
    return s;
}
