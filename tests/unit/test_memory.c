/* test_memory.c: the allocator of static programs, held against what was put into it. */
#include <signal.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "suites.h"

enum { PIECES = 500, ROUNDS = 12000, ANY = 1 << 20 };

/* A generator of our own, so that a failure comes again. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Small ones mostly, some with a mapping of their own. */
static size_t random_size(uint64_t *state)
{
    unsigned bits = (unsigned)(next_random(state) % 19);

    return next_random(state) & (((size_t)1 << bits) - 1);
}

struct piece {
    unsigned char *p;
    size_t n;
    unsigned char mark;
};

static void fill(struct piece *piece, unsigned char *p, size_t n, unsigned char mark)
{
    ck_assert_ptr_nonnull(p);
    ck_assert_uint_eq((uintptr_t)p % MEMORY_ALIGN, 0);
    ck_assert_uint_ge(memory_size(p), n);
    memset(p, mark, n);
    *piece = (struct piece){ p, n, mark };
}

static int holds(const unsigned char *p, size_t n, unsigned char mark)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != mark)
            return 0;
    return 1;
}

START_TEST(every_piece_keeps_its_bytes)
{
    struct memory m = { 0 };
    struct piece pieces[PIECES] = { 0 };
    uint64_t state = 88172645463325252u;

    for (int i = 0; i < ROUNDS; i++) {
        struct piece *piece = &pieces[next_random(&state) % PIECES];
        size_t n = random_size(&state), kept = n < piece->n ? n : piece->n;
        unsigned char *p;

        ck_assert(holds(piece->p, piece->n, piece->mark));
        if (i % 3) {
            memory_give(&m, piece->p);
            fill(piece, memory_take(&m, n), n, (unsigned char)i);
        } else {
            ck_assert_ptr_nonnull(p = memory_resize(&m, piece->p, n));
            ck_assert(holds(p, kept, piece->mark));
            fill(piece, p, n, (unsigned char)i);
        }
    }
    ck_assert_uint_le(m.reserved, 64 * ANY);
}
END_TEST

START_TEST(what_was_given_back_is_taken_again)
{
    struct memory m = { 0 };
    size_t reserved;
    void *p;

    for (size_t n = 0; n < 131072; n += 1 + n / 8)
        memory_give(&m, memory_take(&m, n));
    reserved = m.reserved;
    for (int i = 0; i < 1000; i++)
        for (size_t n = 0; n < 131072; n += 1 + n / 8) {
            memset(p = memory_take(&m, n), 1, n);
            memory_give(&m, p);
        }
    ck_assert_uint_eq(m.reserved, reserved);
}
END_TEST

START_TEST(zeroed_is_zero)
{
    static const size_t sizes[] = { 0, 1, 24, 100, 5000, 131064, 131065, ANY };
    struct memory m = { 0 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *p = memory_take(&m, sizes[i]);

        memset(p, 255, sizes[i]);
        memory_give(&m, p);
        ck_assert(holds(p = memory_take_zeroed(&m, sizes[i]), sizes[i], 0));
        memory_give(&m, p);
    }
}
END_TEST

START_TEST(aligned_as_asked)
{
    struct memory m = { 0 };

    for (size_t align = 1; align <= 4096; align *= 2)
        for (size_t n = 0; n <= ANY; n = 3 * n + 1) {
            unsigned char *p = memory_take_aligned(&m, align, n);

            ck_assert_uint_eq((uintptr_t)p % align, 0);
            ck_assert_uint_ge(memory_size(p), n);
            memset(p, 7, n);
            p = memory_resize(&m, p, 2 * n);
            ck_assert(holds(p, n, 7));
            memory_give(&m, p);
        }
    ck_assert_ptr_null(memory_take_aligned(&m, 8192, 1));
}
END_TEST

START_TEST(too_much_is_refused)
{
    struct memory m = { 0 };
    char *p = memory_take(&m, 10), *large = memory_take(&m, ANY);

    strcpy(p, "kept");
    ck_assert_ptr_null(memory_take(&m, SIZE_MAX));
    ck_assert_ptr_null(memory_take(&m, SIZE_MAX / 2));
    ck_assert_ptr_null(memory_take_zeroed(&m, SIZE_MAX - 8));
    ck_assert_ptr_null(memory_resize(&m, p, SIZE_MAX));
    ck_assert_ptr_null(memory_resize(&m, large, SIZE_MAX));
    ck_assert_ptr_null(memory_take_aligned(&m, 64, SIZE_MAX));
    ck_assert_str_eq(p, "kept");
    memory_give(&m, large);
    memory_give(&m, p);
    memory_give(&m, NULL);
}
END_TEST

START_TEST(giving_back_twice_ends_the_program)
{
    struct memory m = { 0 };
    void *p = memory_take(&m, 10);

    memory_give(&m, p);
    memory_give(&m, p);
}
END_TEST

Suite *suite_memory(void);
Suite *suite_memory(void)
{
    Suite *s = suite_create("memory");
    TCase *c = tcase_create("memory");

    tcase_add_test(c, every_piece_keeps_its_bytes);
    tcase_add_test(c, what_was_given_back_is_taken_again);
    tcase_add_test(c, zeroed_is_zero);
    tcase_add_test(c, aligned_as_asked);
    tcase_add_test(c, too_much_is_refused);
    tcase_add_test_raise_signal(c, giving_back_twice_ends_the_program, SIGILL);
    suite_add_tcase(s, c);
    return s;
}
