/* test_value.c: making scalars, asking about values, comparing them. */
#include <math.h>
#include <stdint.h>

#include "heaps.h"
#include "kiln_op.h"
#include "suites.h"

/* ---- scalars ------------------------------------------------------------------------------ */

START_TEST(makers)
{
    kiln_value v = value_uint(UINT64_MAX);

    ck_assert_uint_eq(v.tag, KILN_UINT);
    v = value_uint(INT64_MAX);
    ck_assert_uint_eq(v.tag, KILN_INT);
    v = value_static("text");
    ck_assert(value_is(&v, "text") && v.flags & KILN_STATIC);
    v = kiln_bool(7);
    values_check(&v, "true");
    v = kiln_null();
    values_check(&v, "null");
    v = kiln_int(-3);
    values_check(&v, "-3");
    v = kiln_double(2);
    values_check(&v, "2.0");
    v = value_null();
    ck_assert_uint_eq(v.tag, KILN_NULL);
}
END_TEST

START_TEST(strings_are_copied)
{
    char bytes[] = "abc";
    kiln_value v;

    ck_assert_int_eq(kiln_string(&heap, &v, bytes, 3), 0);
    bytes[0] = 'x';
    ck_assert(value_is(&v, "abc"));
    ck_assert_int_eq(value_string(&heap, &v, NULL, 0), 0);
    ck_assert(value_is(&v, ""));
    ck_assert_int_eq(kiln_textf(&heap, &v, "%s-%d", "n", 5), 0);
    ck_assert(value_is(&v, "n-5"));
    ck_assert_int_eq(value_textf(&heap, &v, "%d", 6), 0);
    ck_assert(value_is(&v, "6"));
}
END_TEST

/* What an operation read from a binary file may not make the output unreadable. */
START_TEST(strings_become_utf8)
{
    kiln_value v;

    ck_assert_int_eq(value_string(&heap, &v, "a\xff\xc3\xa9\xe2\x82z\xc3", 8), 0);
    ck_assert(value_is(&v, "a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd"));
    ck_assert_int_eq(value_textf(&heap, &v, "%.2s", "a\xc3\xa9"), 0);
    ck_assert(value_is(&v, "a\xef\xbf\xbd"));
}
END_TEST

START_TEST(errors_stand_in_the_heap)
{
    kiln_value v = value_int(5);

    ck_assert_uint_eq(heap.error.tag, KILN_ABSENT);
    ck_assert_int_eq(heap_fail(&heap, "no %s", "luck"), -1);
    check_error(&heap, "no luck");
    ck_assert_int_eq(heap_fail_value(&heap, v), -1);
    values_check(&heap.error, "5");
}
END_TEST

START_TEST(numbers)
{
    kiln_value i = value_int(-2), w = value_uint(UINT64_MAX), d = value_double(0.5);
    kiln_value s = value_static("1"), b = value_bool(1);

    ck_assert(value_is_number(&i) && value_is_number(&w) && value_is_number(&d));
    ck_assert(!value_is_number(&s) && !value_is_number(&b));
    ck_assert_double_eq(value_number(&i), -2.0);
    ck_assert_double_eq(value_number(&w), 18446744073709551616.0);
    ck_assert_double_eq(value_number(&d), 0.5);
    ck_assert_double_eq(value_number(&s), 0.0);
}
END_TEST

static const struct {
    const char *json, *type;
    int truthy;
} questions[] = {
    { "null", "null", 0 },   { "false", "boolean", 0 }, { "true", "boolean", 1 },
    { "0", "number", 0 },    { "-1", "number", 1 },     { "18446744073709551615", "number", 1 },
    { "0.0", "number", 0 },  { "-0.0", "number", 0 },   { "0.1", "number", 1 },
    { "\"\"", "string", 0 }, { "\"0\"", "string", 1 },  { "[]", "array", 0 },
    { "[0]", "array", 1 },   { "{}", "object", 0 },     { "{\"a\":null}", "object", 1 },
};

START_TEST(types_and_truth)
{
    kiln_value v = from(questions[_i].json), absent = { 0 };

    ck_assert_str_eq(value_type(&v), questions[_i].type);
    ck_assert_int_eq(kiln_truthy(&v), questions[_i].truthy);
    ck_assert_int_eq(kiln_truthy(&absent), 0);
    ck_assert_str_eq(value_type(&absent), "null");
}
END_TEST

START_TEST(texts_compare_by_bytes)
{
    kiln_value a = value_static("abc"), b = value_static("abd"), p = value_static("ab");
    kiln_value high = value_static("\xc3\xa9");

    ck_assert_int_lt(value_compare_text(&a, &b), 0);
    ck_assert_int_gt(value_compare_text(&b, &a), 0);
    ck_assert_int_eq(value_compare_text(&a, &a), 0);
    ck_assert_int_gt(value_compare_text(&a, &p), 0);
    ck_assert_int_gt(value_compare_text(&high, &a), 0);
    ck_assert(!value_is(&a, "ab") && !value_is(&a, "abcd"));
}
END_TEST

/* ---- equality ----------------------------------------------------------------------------- */

/* Groups: values of one group are equal, of two are not. */
static const struct {
    int group;
    const char *json;
} equals[] = {
    { 1, "null" },
    { 2, "5" },
    { 3, "5.0" },
    { 3, "5e0" },
    { 4, "\"5\"" },
    { 5, "true" },
    { 6, "1" },
    { 7, "[1,2]" },
    { 7, " [ 1 , 2 ] " },
    { 8, "[2,1]" },
    { 9, "[1,2,3]" },
    { 10, "{\"a\":1,\"b\":[2]}" },
    { 10, "{\"b\":[2],\"a\":1}" },
    { 11, "{\"a\":1,\"b\":[3]}" },
    { 12, "{\"a\":1,\"c\":[2]}" },
    { 13, "{\"a\":1}" },
    { 14, "[]" },
    { 15, "{}" },
    { 16, "18446744073709551615" },
    { 17, "-1" },
    { 18, "0.0" },
    { 18, "-0.0" },
};

START_TEST(equality)
{
    kiln_value a = from(equals[_i].json), b, absent = { 0 };

    for (size_t k = 0; k < sizeof equals / sizeof *equals; k++) {
        b = from(equals[k].json);
        ck_assert_int_eq(value_equal(&a, &b), equals[_i].group == equals[k].group);
        b = values_from(&sorted, equals[k].json);
        ck_assert_int_eq(value_equal(&a, &b), equals[_i].group == equals[k].group);
    }
    ck_assert(!value_equal(&a, &absent) && value_equal(&absent, &absent));
    a = value_double(NAN);
    ck_assert(!value_equal(&a, &a));
}
END_TEST

Suite *suite_value(void);
Suite *suite_value(void)
{
    Suite *s = suite_create("value");
    TCase *c = tcase_create("value");

    tcase_add_checked_fixture(c, heaps_open, heaps_close);
    tcase_add_test(c, makers);
    tcase_add_test(c, strings_are_copied);
    tcase_add_test(c, strings_become_utf8);
    tcase_add_test(c, errors_stand_in_the_heap);
    tcase_add_test(c, numbers);
    tcase_add_loop_test(c, types_and_truth, 0, sizeof questions / sizeof *questions);
    tcase_add_test(c, texts_compare_by_bytes);
    tcase_add_loop_test(c, equality, 0, sizeof equals / sizeof *equals);
    suite_add_tcase(s, c);
    return s;
}
