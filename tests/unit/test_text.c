/* test_text.c: the growing buffer, and what is UTF-8. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

START_TEST(prints)
{
    struct text t = { 0 };
    char want[401];

    for (unsigned char i = 0; i < 100; i++) {
        text_printf(&t, "%03d,", i);
        snprintf(want + 4 * i, 5, "%03d,", i);
    }
    ck_assert_uint_eq(t.n, 400);
    ck_assert_str_eq(text_cstr(&t), want);
    text_fini(&t);
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
    tcase_add_test(c, prints);
    tcase_add_test(c, numbers_are_in_decimal);
    tcase_add_test(c, reserved_room_is_for_the_caller);
    tcase_add_test(c, failure_sticks_and_does_no_harm);
    tcase_add_loop_test(c, knows_utf8, 0, sizeof forms / sizeof *forms);
    tcase_add_test(c, writes_utf8);
    suite_add_tcase(s, c);
    return s;
}
