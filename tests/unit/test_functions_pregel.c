/* test_functions_pregel.c: the pure functions of the dialect, one by one. */
#include <stdint.h>
#include <string.h>

#include "functions/functions.h"
#include "suites.h"
#include "values.h"

static kiln_heap heap;

static void set_up(void)
{
    heap_init(&heap, 0);
}

static void tear_down(void)
{
    heap_fini(&heap);
}

static kiln_value read(const char *text)
{
    return values_from(&heap, text);
}

/* f(a, b) as JSON, or "! " and the error's type. */
static void expect2(kiln_function2 *f, const char *a, const char *b, const char *want)
{
    kiln_value x = read(a), y = read(b), ret, type;
    struct text t = { 0 };

    if (f(&heap, &ret, &x, &y) == 0) {
        json_write(&t, &ret);
    } else {
        type = value_member(&heap.error, "type");
        text_puts(&t, "! ");
        text_put(&t, type.u.s, type.n);
    }
    ck_assert_str_eq(text_cstr(&t), want);
    text_fini(&t);
}

static void expect1(kiln_function1 *f, const char *a, const char *want)
{
    kiln_value x = read(a), ret, message;
    struct text t = { 0 };

    if (f(&heap, &ret, &x) == 0) {
        json_write(&t, &ret);
    } else {
        message = value_member(&heap.error, "message");
        text_puts(&t, "! ");
        text_put(&t, message.u.s, message.n);
    }
    ck_assert_str_eq(text_cstr(&t), want);
    text_fini(&t);
}

START_TEST(arithmetic)
{
    expect2(kiln_pregel_add, "2", "3", "5");
    expect2(kiln_pregel_add, "2", "0.5", "2.5");
    expect2(kiln_pregel_add, "true", "1", "2");
    expect2(kiln_pregel_add, "\"a\"", "\"b\"", "\"ab\"");
    expect2(kiln_pregel_add, "[1]", "[2]", "[1,2]");
    expect2(kiln_pregel_add, "[1]", "2", "! TypeError");
    expect2(kiln_pregel_add, "1", "\"b\"", "! TypeError");
    expect2(kiln_pregel_add, "9223372036854775807", "1", "! OverflowError");
    expect2(kiln_pregel_sub, "-9223372036854775808", "1", "! OverflowError");
    expect2(kiln_pregel_sub, "-1", "-9223372036854775808", "9223372036854775807");
    expect2(kiln_pregel_mul, "4611686018427387904", "2", "! OverflowError");
    expect2(kiln_pregel_mul, "18446744073709551615", "1", "! OverflowError");
    expect2(kiln_pregel_mul, "\"ab\"", "2", "\"abab\"");
    expect2(kiln_pregel_mul, "true", "[1,[2]]", "[1,[2]]");
    expect2(kiln_pregel_mul, "[1]", "-1", "[]");
    expect2(kiln_pregel_mul, "\"\"", "9223372036854775807", "\"\"");
    expect2(kiln_pregel_mul, "\"a\"", "9223372036854775807", "! MemoryError");
    expect2(kiln_pregel_mul, "\"a\"", "1.0", "! TypeError");
    expect2(kiln_pregel_mul, "{}", "[]", "! TypeError");
    expect1(kiln_pregel_sum, "[1,2.5]", "3.5");
    expect1(kiln_pregel_sum, "[]", "0");
    expect1(kiln_pregel_sum, "[\"a\"]", "! unsupported operand type(s) for +: 'int' and 'str'");
    expect1(kiln_pregel_sum, "3", "! 'int' object is not iterable");
}
END_TEST

START_TEST(comparison)
{
    expect2(kiln_pregel_eq, "1", "1.0", "true");
    expect2(kiln_pregel_eq, "1", "true", "true");
    expect2(kiln_pregel_eq, "null", "0", "false");
    expect2(kiln_pregel_eq, "[1,{\"a\":2}]", "[1.0,{\"a\":2}]", "true");
    expect2(kiln_pregel_eq, "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "true");
    expect2(kiln_pregel_eq, "{\"a\":1}", "{\"b\":1}", "false");
    expect2(kiln_pregel_ne, "\"a\"", "\"b\"", "true");
    expect2(kiln_pregel_gt, "2", "1.5", "true");
    expect2(kiln_pregel_lt, "\"a\"", "\"b\"", "true");
    expect2(kiln_pregel_le, "18446744073709551615", "9223372036854775807", "false");
    expect2(kiln_pregel_gt, "9007199254740993", "9007199254740992.0", "true");
    expect2(kiln_pregel_eq, "9223372036854775807", "9223372036854775808.0", "false");
    expect2(kiln_pregel_lt, "-9223372036854775808", "-1e300", "false");
    expect2(kiln_pregel_lt, "-2", "-1.5", "true");
    expect2(kiln_pregel_lt, "-1", "-1.5", "false");
    expect2(kiln_pregel_lt, "18446744073709551615", "18446744073709551616.0", "true");
    expect2(kiln_pregel_ge, "[]", "[]", "true");
    expect2(kiln_pregel_lt, "[1,[2,\"a\"]]", "[1,[2,\"b\"],0]", "true");
    expect2(kiln_pregel_lt, "[1]", "[1,null]", "true");
    expect2(kiln_pregel_max, "[2,null]", "[1,0]", "[2,null]");
    expect2(kiln_pregel_lt, "[{}]", "[{}]", "false");
    expect2(kiln_pregel_lt, "[1]", "[\"a\"]", "! TypeError");
    expect2(kiln_pregel_lt, "{}", "{}", "! TypeError");
    expect2(kiln_pregel_max, "1", "2", "2");
    expect2(kiln_pregel_max, "2", "2.0", "2");
    expect2(kiln_pregel_min, "\"b\"", "\"a\"", "\"a\"");
    expect2(kiln_pregel_min, "null", "1", "! TypeError");
}
END_TEST

START_TEST(text)
{
    expect1(kiln_pregel_len, "\"h\xc3\xa9\"", "2");
    expect1(kiln_pregel_len, "{\"a\":1}", "1");
    expect1(kiln_pregel_len, "5", "! object of type 'int' has no len()");
    expect2(kiln_pregel_join, "\", \"", "[\"a\",\"b\"]", "\"a, b\"");
    expect2(kiln_pregel_join, "\", \"", "[]", "\"\"");
    expect2(kiln_pregel_join, "\", \"", "[1]", "! TypeError");
    expect2(kiln_pregel_join, "\"-\"", "\"h\xc3\xa9!\"", "\"h-\xc3\xa9-!\"");
    expect2(kiln_pregel_join, "[]", "[]", "! AttributeError");
    expect2(kiln_pregel_join, "\"\"", "null", "! TypeError");
    expect1(kiln_pregel_items, "{\"a\":1,\"b\":2}", "[\"a\",\"b\"]");
    expect1(kiln_pregel_items, "null", "! 'NoneType' object is not iterable");
    expect2(kiln_pregel_arrow_join, "\"\"", "\"b\"", "\"b\"");
    expect2(kiln_pregel_arrow_join, "\"a\"", "\"b\"", "\"a > b\"");
    expect2(kiln_pregel_comma_join, "\"a\"", "\"\"", "\"a\"");
    expect2(kiln_pregel_comma_join, "1", "\"\"", "! TypeError");
}
END_TEST

START_TEST(lists)
{
    expect2(kiln_pregel_concat, "[1]", "[[2]]", "[1,[2]]");
    expect2(kiln_pregel_concat, "[1]", "{}", "! TypeError");
    expect2(kiln_pregel_sorted_concat, "[3,1]", "[2,1.0]", "[1,1.0,2,3]");
    expect2(kiln_pregel_sorted_concat, "[\"b\"]", "[\"a\"]", "[\"a\",\"b\"]");
    expect2(kiln_pregel_sorted_concat, "[[2]]", "[[1,3],[1]]", "[[1],[1,3],[2]]");
    expect2(kiln_pregel_sorted_concat, "[1]", "[\"a\"]", "! TypeError");
    expect2(kiln_pregel_merge, "{\"a\":1,\"b\":1}", "{\"b\":2}", "{\"a\":1,\"b\":2}");
    expect2(kiln_pregel_merge, "{}", "[]", "! TypeError");
    expect2(kiln_pregel_last, "1", "2", "2");
}
END_TEST

/* Reducing again and again must not change what was there before. */
START_TEST(concat_leaves_the_old_list_alone)
{
    kiln_value empty = read("[]"), one = read("[1]"), two = read("[2]"), a, b, c;
    struct text t = { 0 };

    ck_assert_int_eq(kiln_pregel_concat(&heap, &a, &empty, &one), 0);
    ck_assert_int_eq(kiln_pregel_concat(&heap, &b, &a, &one), 0);
    ck_assert_int_eq(kiln_pregel_concat(&heap, &c, &a, &two), 0);
    json_write(&t, &a);
    json_write(&t, &b);
    json_write(&t, &c);
    ck_assert_str_eq(text_cstr(&t), "[1][1,1][1,2]");
    text_fini(&t);
}
END_TEST

START_TEST(graphs)
{
    expect2(kiln_pregel_part, "[1,2]", "\"-1\"", "2");
    expect2(kiln_pregel_part, "{\"0\":7}", "\"0\"", "7");
    expect1(kiln_pregel_update, "null", "{}");
    expect1(kiln_pregel_update, "[1,\"a\",null,{\"k\":true}]",
            "! Expected dict, got [1, 'a', None, {'k': True}]");
    expect1(kiln_pregel_update, "[1e-5,-1.5e-5,0.0001,1e-7,1e16,0.0]",
            "! Expected dict, got [1e-05, -1.5e-05, 0.0001, 1e-07, 1e+16, 0.0]");
    expect1(kiln_pregel_update, "[\"a\\tb\\r\\u0001\\u007f\"]",
            "! Expected dict, got ['a\\tb\\r\\x01\\x7f']");
    expect1(kiln_pregel_route, "\"a\"", "[\"a\"]");
    expect1(kiln_pregel_route, "[\"a\",\"__start__\"]",
            "! Branch did not return a valid destination");
    expect2(kiln_pregel_route_by, "[true,2]", "{\"true\":\"a\",\"2\":\"b\"}", "[\"a\",\"b\"]");
    expect2(kiln_pregel_route_by, "\"c\"", "{}", "! KeyError");
    expect2(kiln_pregel_goes, "[\"a\",\"b\"]", "\"b\"", "true");
    expect2(kiln_pregel_goes, "[]", "\"b\"", "false");
    expect2(kiln_pregel_raise, "\"Odd\"", "\"words\"", "! Odd");
}
END_TEST

Suite *suite_functions_pregel(void);
Suite *suite_functions_pregel(void)
{
    Suite *s = suite_create("functions_pregel");
    TCase *c = tcase_create("functions");

    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, arithmetic);
    tcase_add_test(c, comparison);
    tcase_add_test(c, text);
    tcase_add_test(c, lists);
    tcase_add_test(c, concat_leaves_the_old_list_alone);
    tcase_add_test(c, graphs);
    suite_add_tcase(s, c);
    return s;
}
