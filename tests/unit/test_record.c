/* test_record.c: a record survives the way to bytes and back, and nothing else passes for one. */
#include <stdlib.h>
#include <string.h>

#include "record.h"
#include "suites.h"

static void make(struct text *t, const char *body, unsigned long long sequence, unsigned position)
{
    struct record r = { .kind = 2, .sequence = sequence, .position = position };
    size_t at = record_open(t);

    text_puts(t, body);
    ck_assert_int_eq(record_seal(t, at, &r), 0);
}

START_TEST(comes_back)
{
    struct text t = { 0 };
    struct record r;

    make(&t, "hello", 7, 3);
    make(&t, "", 8, 4);
    record_sign((unsigned char *)t.s, t.n, 5);
    ck_assert_uint_eq(t.n, record_size(5) + record_size(0));
    ck_assert_int_eq(record_read((unsigned char *)t.s, t.n, 5, &r), 1);
    ck_assert_uint_eq(r.kind, 2);
    ck_assert_uint_eq(r.sequence, 7);
    ck_assert_uint_eq(r.position, 3);
    ck_assert_uint_eq(r.n, 5);
    ck_assert_mem_eq(r.body, "hello", 5);
    ck_assert_int_eq(record_read((unsigned char *)t.s + r.size, t.n - r.size, 5, &r), 1);
    ck_assert_uint_eq(r.sequence, 8);
    ck_assert_uint_eq(r.n, 0);
    text_fini(&t);
}
END_TEST

START_TEST(every_bit_counts)
{
    struct text t = { 0 };
    struct record r;
    size_t checked = RECORD_HEAD + 5;

    make(&t, "hello", 7, 3);
    record_sign((unsigned char *)t.s, t.n, 1);
    for (size_t bit = 0; bit < 8 * checked; bit++) {
        t.s[bit / 8] ^= (char)(1 << bit % 8);
        ck_assert_msg(!record_read((unsigned char *)t.s, t.n, 1, &r), "bit %zu", bit);
        t.s[bit / 8] ^= (char)(1 << bit % 8);
    }
    ck_assert_int_eq(record_read((unsigned char *)t.s, t.n, 1, &r), 1);
    ck_assert_int_eq(record_read((unsigned char *)t.s, t.n, 2, &r), 0);
    text_fini(&t);
}
END_TEST

START_TEST(short_is_nothing)
{
    struct text t = { 0 };
    struct record r;

    make(&t, "hello world", 1, 0);
    record_sign((unsigned char *)t.s, t.n, 1);
    for (size_t n = 0; n < t.n; n++) {
        unsigned char *exact = malloc(n ? n : 1); /* so that a read too far is seen */

        memcpy(exact, t.s, n);
        ck_assert_int_eq(record_read(exact, n, 1, &r), 0);
        free(exact);
    }
    text_fini(&t);
}
END_TEST

START_TEST(numbers)
{
    static const long long ints[] = { 0,
                                      1,
                                      -1,
                                      63,
                                      64,
                                      -64,
                                      -65,
                                      1LL << 40,
                                      -(1LL << 40),
                                      0x7fffffffffffffff,
                                      -0x7fffffffffffffff - 1 };
    struct text t = { 0 };
    struct record_cursor c = { 0 };
    unsigned long long w;
    long long i;

    for (size_t k = 0; k < sizeof ints / sizeof *ints; k++) {
        record_put_int(&t, ints[k]);
        record_put_uint(&t, (unsigned long long)ints[k]);
    }
    c.bytes = (unsigned char *)t.s;
    c.n = t.n;
    for (size_t k = 0; k < sizeof ints / sizeof *ints; k++) {
        ck_assert_int_eq(record_take_int(&c, &i), 0);
        ck_assert(i == ints[k]);
        ck_assert_int_eq(record_take_uint(&c, &w), 0);
        ck_assert(w == (unsigned long long)ints[k]);
    }
    ck_assert_int_eq(record_take_uint(&c, &w), -1);
    text_fini(&t);
}
END_TEST

START_TEST(bad_parts)
{
    static const unsigned char too_long[] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 2 };
    static const unsigned char endless[] = { 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 1 };
    static const unsigned char text[] = { 5, 'a', 'b' };
    unsigned long long w;
    const char *s;
    size_t n;

    ck_assert_int_eq(record_take_uint(&(struct record_cursor){ too_long, 10, 0 }, &w), -1);
    ck_assert_int_eq(record_take_uint(&(struct record_cursor){ endless, 11, 0 }, &w), -1);
    ck_assert_int_eq(record_take_uint(&(struct record_cursor){ endless, 3, 0 }, &w), -1);
    ck_assert_int_eq(record_take_text(&(struct record_cursor){ text, 3, 0 }, &s, &n), -1);
}
END_TEST

Suite *suite_record(void);
Suite *suite_record(void)
{
    Suite *s = suite_create("record");
    TCase *t = tcase_create("bytes");

    tcase_add_test(t, comes_back);
    tcase_add_test(t, every_bit_counts);
    tcase_add_test(t, short_is_nothing);
    tcase_add_test(t, numbers);
    tcase_add_test(t, bad_parts);
    suite_add_tcase(s, t);
    return s;
}
