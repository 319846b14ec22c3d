/* test_charset.c: labels of encodings, and text from and to them, in pieces of any size. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/charset.h"
#include "suites.h"

static const struct charset *find(const char *label)
{
    return charset_find(label, strlen(label));
}

START_TEST(labels)
{
    ck_assert_str_eq(charset_name(find(" UTF8\n")), "UTF-8");
    ck_assert_str_eq(charset_name(find("Latin1")), "windows-1252");
    ck_assert_str_eq(charset_name(find("ISO-8859-1")), "windows-1252");
    ck_assert_str_eq(charset_name(find("ks_c_5601-1989")), "EUC-KR");
    ck_assert_str_eq(charset_name(find("utf-16")), "UTF-16LE");
    ck_assert_ptr_null(find(""));
    ck_assert_ptr_null(find("latin"));
    ck_assert_ptr_null(find("utf8|utf-8"));
    ck_assert_ptr_null(find("a label longer than any that there is"));
    ck_assert_ptr_null(charset_find("utf8\0", 5));
}
END_TEST

/* Reads the bytes in pieces of `step`. */
static void expect_read(const char *label, const char *bytes, size_t n, size_t step,
                        const char *expected)
{
    struct charset_reader r;
    struct text t = { 0 };

    ck_assert_int_eq(charset_open(&r, find(label)), 0);
    for (size_t i = 0; i < n; i += step)
        charset_read(&r, &t, bytes + i, n - i < step ? n - i : step, i + step >= n);
    charset_close(&r);
    ck_assert_msg(!strcmp(text_cstr(&t), expected), "%s by %zu: %s, not %s", label, step,
                  text_cstr(&t), expected);
    text_fini(&t);
}

static void expect(const char *label, const char *bytes, size_t n, const char *expected)
{
    for (size_t step = 1; step <= n; step++)
        expect_read(label, bytes, n, step, expected);
}

START_TEST(reading)
{
    expect("cp1252", "\x80 \xe9\x81", 4, "\xe2\x82\xac \xc3\xa9\xc2\x81");
    expect("utf-8", "a\xff", 2, "a\xff");
    expect("sjis", "\x93\xfa\x96\x7bx", 5, "\xe6\x97\xa5\xe6\x9c\xacx");
    expect("koi8-r", "\xc4\xc1", 2, "\xd0\xb4\xd0\xb0");
    expect("utf-16be", "\0a\xd8\x3d\xde\x00", 6, "a\xf0\x9f\x98\x80");
    expect("utf-16le", "a\0\x3d", 3, "a\xef\xbf\xbd");
    expect("euc-kr", "\xb0", 1, "\xef\xbf\xbd");
}
END_TEST

START_TEST(what_is_none_of_the_encoding_is_replaced)
{
    char bytes[3000], *expected = malloc(3 * sizeof bytes + 1);

    ck_assert_ptr_nonnull(expected);
    memset(bytes, 0xff, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        memcpy(expected + 3 * i, "\xef\xbf\xbd", 4);
    expect_read("euc-jp", bytes, sizeof bytes, 7, expected);
    expect_read("euc-jp", bytes, sizeof bytes, sizeof bytes, expected);
    free(expected);
}
END_TEST

START_TEST(guessing)
{
    ck_assert_str_eq(charset_name(charset_guess("\xff\xfe", 2)), "UTF-16LE");
    ck_assert_str_eq(charset_name(charset_guess("\xfe\xff\0a", 4)), "UTF-16BE");
    ck_assert_str_eq(charset_name(charset_guess("\xc3\xa9", 2)), "UTF-8");
    ck_assert_str_eq(charset_name(charset_guess("\xe9", 1)), "windows-1252");
    ck_assert_uint_eq(charset_mark(find("utf-8"), "\xef\xbb\xbfx", 4), 3);
    ck_assert_uint_eq(charset_mark(find("latin1"), "\xef\xbb\xbfx", 4), 0);
    ck_assert_uint_eq(charset_mark(find("utf-16le"), "\xff", 1), 0);
}
END_TEST

static void expect_written(const char *label, const char *text, const char *expected)
{
    struct text t = { 0 };

    ck_assert_int_eq(charset_write(find(label), &t, text, strlen(text)), 0);
    ck_assert_msg(!strcmp(text_cstr(&t), expected), "%s: %s, not %s", label, text_cstr(&t),
                  expected);
    text_fini(&t);
}

START_TEST(writing)
{
    expect_written("latin1", "\xc3\xa9\xe2\x82\xac\xe6\x97\xa5", "\xe9\x80&#26085;");
    expect_written("shift_jis", "\xe6\x97\xa5x\xf0\x9f\x98\x80", "\x93\xfax&#128512;");
    expect_written("utf-16", "\xc3\xa9", "\xc3\xa9");
}
END_TEST

Suite *suite_charset(void);

Suite *suite_charset(void)
{
    Suite *s = suite_create("charset");
    TCase *c = tcase_create("charset");

    tcase_add_test(c, labels);
    tcase_add_test(c, reading);
    tcase_add_test(c, what_is_none_of_the_encoding_is_replaced);
    tcase_add_test(c, guessing);
    tcase_add_test(c, writing);
    suite_add_tcase(s, c);
    return s;
}
