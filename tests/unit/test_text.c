/* test_text.c: the growing buffer, and what is UTF-8. */
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "base/text.h"
#include "base/utf8.h"
#include "suites.h"

START_TEST(grows_and_ends_with_nul)
{
    struct text t = { 0 };

    ck_assert_str_eq(text_cstr(&t), "");
    for (int i = 0; i < 1000; i++) {
        text_putc(&t, 'a');
        text_puts(&t, "bc");
        text_put(&t, "d\0", 2);
        ck_assert_int_eq(t.s[t.n], '\0');
    }
    text_put(&t, NULL, 0);
    ck_assert_uint_eq(t.n, 5000);
    ck_assert_mem_eq(t.s + 4995, "abcd\0", 6);
    text_clear(&t);
    ck_assert_uint_eq(t.n, 0);
    ck_assert_str_eq(text_cstr(&t), "");
    text_fini(&t);
    ck_assert_ptr_null(t.s);
}
END_TEST

/* One conversion, by us and by the C library. */
#define SAME(format, ...)                                                                          \
    do {                                                                                           \
        struct text t = { 0 };                                                                     \
        char want[4000];                                                                           \
                                                                                                   \
        snprintf(want, sizeof want, format, __VA_ARGS__);                                          \
        text_printf(&t, format, __VA_ARGS__);                                                      \
        ck_assert_msg(!strcmp(text_cstr(&t), want), "%.300s: %.300s", format, text_cstr(&t));      \
        ck_assert_uint_eq(t.n, strlen(want));                                                      \
        text_fini(&t);                                                                             \
    } while (0)

START_TEST(prints_words_and_integers)
{
    char five[] = { 'a', 'b', 'c', 'd', 'e' };

    SAME("%s|%6s|%-6s|%.2s|%-8.3s|%*s|%-*s|%.*s", "a", "bc", "de", "fgh", "ijkl", 5, "m", 4, "n", 5,
         five);
    SAME("%*s|%%|100%%%c%3c%-3c|", -5, "m", 'x', 'y', 'z');
    SAME("%d %i %5d %-5d %05d %+d %+05d % d %.3d %.0d", -1, 2, -3, 4, -5, 6, 7, 8, 9, 0);
    SAME("%u %o %x %X %03o %08x %4u %-4u|", 4000000000u, 8u, 0xbeefu, 0xbeefu, 7u, 48879u, 1u, 2u);
    SAME("%d %d %u", INT_MIN, INT_MAX, UINT_MAX);
    SAME("%ld %lu %lld %llu %zu %zd %jd %td", LONG_MIN, ULONG_MAX, LLONG_MIN, ULLONG_MAX, SIZE_MAX,
         (ssize_t)-1, INTMAX_MIN, (ptrdiff_t)-1);
    SAME("%016llx %+9lld %0*d %hd %hu %hhd %hhu", 0x123456789abcull, -5ll, 4, 17, (short)-7,
         (unsigned short)65535, (signed char)-1, (unsigned char)200);
}
END_TEST

static void same_float(double d)
{
    SAME("%f|%e|%g|%.0f|%.0e|%.0g|%.17g|%.3E|%G", d, d, d, d, d, d, d, d, d);
    SAME("%.2f|%10.2f|%-10.2f|%010.2f|%+.2f|% .2f|%.20e|%.40g|%.30f", d, d, d, d, d, d, d, d, d);
}

START_TEST(prints_floats)
{
    static const double some[] = { 0,       1,        0.5,   1.5,    2.5,     0.125,   9.995,
                                   99.5,    1e5,      1e6,   1e-4,   1e-5,    123.456, 999999.5,
                                   1e22,    1e23,     1e300, 5e-324, DBL_MAX, DBL_MIN, 0.1,
                                   1.0 / 3, INFINITY, NAN,   9.5e-7 };
    uint64_t state = 88172645463325252u;

    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        same_float(some[i]);
        same_float(-some[i]);
    }
    for (int i = 0; i < 2000; i++) {
        double d;

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        memcpy(&d, &state, sizeof d);
        same_float(d);
        same_float((double)(int64_t)(state >> (i & 63)) / 1000);
    }
}
END_TEST

START_TEST(prints_what_it_does_not_know_as_it_stands)
{
    struct text t = { 0 };
    const char *format = "%d then %p and %d";

    text_printf(&t, format, 1, (void *)0, 2);
    ck_assert_str_eq(text_cstr(&t), "1 then %p and %d");
    text_fini(&t);
}
END_TEST

START_TEST(what_does_not_fit_is_cut_off)
{
    char to[4] = "zzz";

    text_fit(to, sizeof to, "%d", 123);
    ck_assert_str_eq(to, "123");
    text_fit(to, sizeof to, "%s%d", "a", 4567);
    ck_assert_str_eq(to, "a45");
    text_fit(to, 1, "%s", "b");
    ck_assert_str_eq(to, "");
}
END_TEST

START_TEST(numbers_are_in_decimal)
{
    struct text t = { 0 };

    text_put_uint(&t, 0);
    text_putc(&t, ' ');
    text_put_uint(&t, ULLONG_MAX);
    text_putc(&t, ' ');
    text_put_int(&t, LLONG_MAX);
    text_putc(&t, ' ');
    text_put_int(&t, LLONG_MIN);
    ck_assert_str_eq(text_cstr(&t), "0 18446744073709551615 9223372036854775807"
                                    " -9223372036854775808");
    text_fini(&t);
}
END_TEST

START_TEST(reserved_room_is_for_the_caller)
{
    struct text t = { 0 };
    char *to = text_reserve(&t, 3);

    memcpy(to, "xyz", 3);
    t.n += 3;
    ck_assert_str_eq(text_cstr(&t), "xyz");
    text_fini(&t);
}
END_TEST

START_TEST(failure_sticks_and_does_no_harm)
{
    struct text t = { 0 };

    text_puts(&t, "kept");
    ck_assert_ptr_null(text_reserve(&t, SIZE_MAX - 1));
    ck_assert_int_eq(t.failed, 1);
    text_puts(&t, "lost");
    text_putc(&t, 'l');
    text_printf(&t, "%d", 1);
    ck_assert_str_eq(text_cstr(&t), "kept");
    text_clear(&t);
    ck_assert_int_eq(t.failed, 0);
    text_puts(&t, "again");
    ck_assert_str_eq(text_cstr(&t), "again");
    text_fini(&t);
}
END_TEST

/* Unicode, table 3-7: the first and last of each row, and their neighbours outside. */
static const struct {
    const char *bytes;
    size_t prefix; /* what is well-formed of it */
} forms[] = {
    { "\x7f", 1 },
    { "\x80", 0 },
    { "\xbf", 0 },
    { "\xc0\x80", 0 },
    { "\xc1\xbf", 0 },
    { "\xc2\x80", 2 },
    { "\xdf\xbf", 2 },
    { "\xc2\x7f", 0 },
    { "\xc2\xc0", 0 },
    { "\xc2", 0 },
    { "\xe0\x9f\xbf", 0 },
    { "\xe0\xa0\x80", 3 },
    { "\xe1\x80\x80", 3 },
    { "\xec\xbf\xbf", 3 },
    { "\xed\x9f\xbf", 3 },
    { "\xed\xa0\x80", 0 },
    { "\xed\xbf\xbf", 0 },
    { "\xee\x80\x80", 3 },
    { "\xef\xbf\xbf", 3 },
    { "\xe2\x82", 0 },
    { "\xe2\x82\x28", 0 },
    { "\xf0\x8f\xbf\xbf", 0 },
    { "\xf0\x90\x80\x80", 4 },
    { "\xf1\x80\x80\x80", 4 },
    { "\xf4\x8f\xbf\xbf", 4 },
    { "\xf4\x90\x80\x80", 0 },
    { "\xf5\x80\x80\x80", 0 },
    { "\xff", 0 },
    { "\xf0\x9f\x98", 0 },
    { "plain ascii over eight bytes\xff", 28 },
    { "12345678\xc3\xa9", 10 },
    { "1234567\xc3\xa9 and more", 18 },
};

START_TEST(knows_utf8)
{
    const char *s = forms[_i].bytes;

    ck_assert_uint_eq(utf8_prefix(s, strlen(s)), forms[_i].prefix);
    ck_assert_uint_eq(utf8_prefix(s, 0), 0);
}
END_TEST

/* Every code point that may be written is read back with its length. */
START_TEST(writes_utf8)
{
    unsigned wrong = 0;

    for (unsigned c = 0; c <= 0x10ffff; c++) {
        char s[4];
        size_t n;

        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        n = utf8_write(c, s);
        wrong += utf8_length(s, n) != n || (n > 1 && utf8_length(s, n - 1) != 0);
    }
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

Suite *suite_text(void);
Suite *suite_text(void)
{
    Suite *s = suite_create("text");
    TCase *c = tcase_create("text");

    tcase_add_test(c, grows_and_ends_with_nul);
    tcase_add_test(c, prints_words_and_integers);
    tcase_add_test(c, prints_floats);
    tcase_add_test(c, prints_what_it_does_not_know_as_it_stands);
    tcase_add_test(c, what_does_not_fit_is_cut_off);
    tcase_add_test(c, numbers_are_in_decimal);
    tcase_add_test(c, reserved_room_is_for_the_caller);
    tcase_add_test(c, failure_sticks_and_does_no_harm);
    tcase_add_loop_test(c, knows_utf8, 0, sizeof forms / sizeof *forms);
    tcase_add_test(c, writes_utf8);
    suite_add_tcase(s, c);
    return s;
}
