/* test_literal.c: text and numbers as C that every compiler reads the same way. */
#include <math.h>
#include <string.h>

#include "emit/literal.h"
#include "suites.h"
#include "value.h"

static struct text out;

static void end(void)
{
    text_fini(&out);
}

static const char *piece(const char *text, size_t n)
{
    text_clear(&out);
    literal_piece(&out, text, n, 0, 1000);
    return text_cstr(&out);
}

static const char *comment(const char *text, size_t columns)
{
    text_clear(&out);
    literal_comment(&out, text, strlen(text), columns);
    return text_cstr(&out);
}

static const char *payload(kiln_value v)
{
    text_clear(&out);
    literal_payload(&out, &v);
    return text_cstr(&out);
}

START_TEST(escapes)
{
    ck_assert_str_eq(piece("a\"b\\c", 5), "\"a\\\"b\\\\c\"");
    ck_assert_str_eq(piece("\n\t\r\0"
                           "7",
                           5),
                     "\"\\n\\t\\015\\0007\"");
    ck_assert_str_eq(piece("?\?=", 3), "\"?\\?=\"");
    ck_assert_str_eq(piece("", 0), "\"\"");
}
END_TEST

START_TEST(readable_characters_stay)
{
    ck_assert_str_eq(piece("gr\xc3\xbc\xc3\x9f", 6), "\"gr\xc3\xbc\xc3\x9f\"");
    ck_assert_str_eq(piece("\xe7\xa1\xae", 3), "\"\xe7\xa1\xae\"");
}
END_TEST

START_TEST(hidden_and_broken_characters_are_octal)
{
    ck_assert_str_eq(piece("\xe2\x80\xae", 3), "\"\\342\\200\\256\"");
    ck_assert_str_eq(piece("\xef\xbb\xbf", 3), "\"\\357\\273\\277\"");
    ck_assert_str_eq(piece("\xff", 1), "\"\\377\"");
    ck_assert_str_eq(piece("\xe7\xa1", 2), "\"\\347\\241\"");
}
END_TEST

START_TEST(pieces_keep_to_their_columns)
{
    const char *text = "abc\ndef";
    size_t next;

    next = literal_piece(&out, text, 7, 0, 6);
    ck_assert_str_eq(text_cstr(&out), "\"abc\"");
    ck_assert_uint_eq(next, 3);
    text_clear(&out);
    next = literal_piece(&out, text, 7, next, 6);
    ck_assert_str_eq(text_cstr(&out), "\"\\nde\"");
    ck_assert_uint_eq(next, 6);
}
END_TEST

START_TEST(columns_are_counted)
{
    ck_assert_uint_eq(literal_columns("abc", 3, 10), 5);
    ck_assert_uint_eq(literal_columns("a\nc", 3, 10), 6);
    ck_assert_uint_eq(literal_columns("abcdefghi", 9, 10), (size_t)-1);
    ck_assert_uint_eq(literal_columns("\xc3\xbc", 2, 10), (size_t)-1);
}
END_TEST

START_TEST(comments_cannot_be_closed)
{
    ck_assert_str_eq(comment("a */ b", 80), "a *\\/ b");
    ck_assert_str_eq(comment("a /* b", 80), "a /\\* b");
    ck_assert_str_eq(comment("*//*", 80), "*\\//\\*");
    ck_assert_str_eq(comment("one\ntwo", 80), "one\\ntwo");
    ck_assert_str_eq(comment("?\?/", 80), "?\\?/");
}
END_TEST

START_TEST(comments_are_cut)
{
    ck_assert_str_eq(comment("abcdefghij", 8), "abcde...");
}
END_TEST

START_TEST(numbers)
{
    ck_assert_str_eq(payload(value_int(5)), ".i = 5");
    ck_assert_str_eq(payload(value_int(-5)), ".i = -5");
    ck_assert_str_eq(payload(value_int(2147483648)), ".i = 2147483648LL");
    ck_assert_str_eq(payload(value_int(-9223372036854775807LL - 1)),
                     ".i = -9223372036854775807LL - 1");
    ck_assert_str_eq(payload(value_uint(18446744073709551615ULL)), ".w = 18446744073709551615ULL");
    ck_assert_str_eq(payload(value_bool(1)), ".i = 1");
    ck_assert_str_eq(payload(value_null()), ".i = 0");
}
END_TEST

START_TEST(doubles_are_doubles)
{
    ck_assert_str_eq(payload(value_double(5)), ".d = 5.0");
    ck_assert_str_eq(payload(value_double(0.1)), ".d = 0.1");
    ck_assert_str_eq(payload(value_double(-0.0)), ".d = -0.0");
    ck_assert_str_eq(payload(value_double(1e300)), ".d = 1e+300");
    ck_assert_str_eq(payload(value_double(INFINITY)), ".w = 0x7ff0000000000000ULL");
}
END_TEST

Suite *suite_literal(void);

Suite *suite_literal(void)
{
    Suite *s = suite_create("literal");
    TCase *t = tcase_create("literal");

    tcase_add_checked_fixture(t, NULL, end);
    tcase_add_test(t, escapes);
    tcase_add_test(t, readable_characters_stay);
    tcase_add_test(t, hidden_and_broken_characters_are_octal);
    tcase_add_test(t, pieces_keep_to_their_columns);
    tcase_add_test(t, columns_are_counted);
    tcase_add_test(t, comments_cannot_be_closed);
    tcase_add_test(t, comments_are_cut);
    tcase_add_test(t, numbers);
    tcase_add_test(t, doubles_are_doubles);
    suite_add_tcase(s, t);
    return s;
}
