/* test_functions_scenario.c: the pure functions of the dialect, one by one, and numbers in text. */
#include <math.h>
#include <string.h>

#include "functions/functions.h"
#include "numeral.h"
#include "suites.h"
#include "values.h"

static kiln_heap heap;

static void set_up(void)
{
    heap_init(&heap, 1);
}

static void tear_down(void)
{
    heap_fini(&heap);
}

static kiln_value read(const char *text)
{
    kiln_value v = { 0 };

    return strcmp(text, "absent") ? values_from(&heap, text) : v;
}

/* The answer as JSON, or "! " and the error. */
static void check(int failed, const kiln_value *ret, const char *want)
{
    struct text t = { 0 };

    if (failed)
        text_puts(&t, "! ");
    json_write(&t, failed ? &heap.error : ret);
    ck_assert_str_eq(text_cstr(&t), want);
    text_fini(&t);
}

static void expect1(kiln_function1 *f, const char *a, const char *want)
{
    kiln_value x = read(a), ret = { 0 };

    check(f(&heap, &ret, &x) < 0, &ret, want);
}

static void expect2(kiln_function2 *f, const char *a, const char *b, const char *want)
{
    kiln_value x = read(a), y = read(b), ret = { 0 };

    check(f(&heap, &ret, &x, &y) < 0, &ret, want);
}

static void expect3(kiln_function3 *f, const char *a, const char *b, const char *c,
                    const char *want)
{
    kiln_value x = read(a), y = read(b), z = read(c), ret = { 0 };

    check(f(&heap, &ret, &x, &y, &z) < 0, &ret, want);
}

START_TEST(equality_knows_numbers_in_text)
{
    expect2(kiln_scenario_eq, "5", "5.0", "true");
    expect2(kiln_scenario_eq, "\"5\"", "5", "true");
    expect2(kiln_scenario_eq, "\" 5\"", "5", "false");
    expect2(kiln_scenario_eq, "0.30000000000000004", "0.3", "true");
    expect2(kiln_scenario_eq, "9007199254740993", "9007199254740992", "true");
    expect2(kiln_scenario_eq, "true", "1", "false");
    expect2(kiln_scenario_eq, "null", "absent", "true");
    expect2(kiln_scenario_eq, "[1,\"2\"]", "[1.0,2]", "true");
    expect2(kiln_scenario_eq, "{\"a\":1}", "{\"a\":1,\"b\":2}", "false");
    expect2(kiln_scenario_ne, "\"a\"", "\"A\"", "true");
}
END_TEST

START_TEST(order_is_of_numbers)
{
    expect2(kiln_scenario_gt, "\"10\"", "9", "true");
    expect2(kiln_scenario_gt, "\"b\"", "\"a\"", "false");
    expect2(kiln_scenario_lt, "false", "true", "true");
    expect2(kiln_scenario_lte, "\"inf\"", "\"inf\"", "true");
    expect2(kiln_scenario_gte, "\"NaN\"", "\"NaN\"", "false");
    expect2(kiln_scenario_gt, "null", "-1", "false");
}
END_TEST

START_TEST(text_and_arrays)
{
    expect2(kiln_scenario_starts_with, "\"abc\"", "\"ab\"", "true");
    expect2(kiln_scenario_starts_with, "[1]", "1", "false");
    expect2(kiln_scenario_ends_with, "\"abc\"", "\"abcd\"", "false");
    expect2(kiln_scenario_contains, "[1,2]", "\"2\"", "true");
    expect2(kiln_scenario_contains, "\"abc\"", "\"b\"", "false");
    expect2(kiln_scenario_not_in, "1", "\"x\"", "true");
    expect1(kiln_scenario_length, "\"h\u00e9\"", "3");
    expect1(kiln_scenario_length, "false", "1");
    expect1(kiln_scenario_length, "null", "0");
    expect1(kiln_scenario_is_empty, "0", "false");
    expect1(kiln_scenario_is_empty, "absent", "true");
    expect1(kiln_scenario_is_not_empty, "{}", "false");
    expect1(kiln_scenario_is_defined, "false", "true");
}
END_TEST

START_TEST(hints)
{
    expect1(kiln_scenario_to_integer, "\"+5\"", "5");
    expect1(kiln_scenario_to_integer, "-2.9", "-2");
    expect1(kiln_scenario_to_integer, "1e300", "9223372036854775807");
    expect1(kiln_scenario_to_integer, "18446744073709551615", "9223372036854775807");
    expect1(kiln_scenario_to_integer, "\"5.0\"",
            "! \"value \\\"5.0\\\" cannot be coerced to integer\"");
    expect1(kiln_scenario_to_number, "\"inf\"",
            "! \"value \\\"inf\\\" cannot be coerced to number\"");
    expect1(kiln_scenario_to_number, "true", "! \"value true cannot be coerced to number\"");
    expect1(kiln_scenario_to_boolean, "\"1\"", "true");
    expect1(kiln_scenario_to_boolean, "1.0", "false");
    expect1(kiln_scenario_to_string, "[1,null]", "\"[1,null]\"");
    expect1(kiln_scenario_to_string, "null", "null");
    expect2(kiln_scenario_integer_or, "\"x\"", "\"7\"", "7");
    expect2(kiln_scenario_number_or, "null", "1", "1.0");
}
END_TEST

START_TEST(paths_and_destinations)
{
    expect2(kiln_scenario_path, "{\"a\":[{\"0\":1}]}", "[1,\"data\",\"a\",\"00\",\"0\"]", "1");
    expect2(kiln_scenario_path, "{\"a\":5}", "[1,\"data\",\"a\",\"b\",\"c\"]", "null");
    expect2(kiln_scenario_seek, "[1]", "[1,\"data\",\"x\"]", "null");
    expect3(kiln_scenario_put, "{\"a\":1}", "[\"a\",\"b\",\"c\"]", "2",
            "{\"a\":{\"b\":{\"c\":2}}}");
    expect3(kiln_scenario_put, "{\"a\":1}", "[\"a\",\"b\"]", "2", "{\"a\":1}");
    expect3(kiln_scenario_put, "{}", "[\"a\",\"b\"]", "absent", "{\"a\":{\"b\":null}}");
}
END_TEST

START_TEST(errors)
{
    expect2(kiln_scenario_caught, "\"Step a: {\\\"code\\\":1}\"", "\"a\"",
            "{\"code\":1,\"stepId\":\"a\"}");
    expect2(kiln_scenario_caught, "{\"stepId\":\"b\"}", "\"a\"", "{\"stepId\":\"b\"}");
    expect2(kiln_scenario_caught, "\"broken {\"", "\"a\"",
            "{\"category\":\"unknown\",\"code\":null,\"message\":\"broken {\",\"severity\":"
            "\"error\",\"stepId\":\"a\"}");
    expect1(kiln_scenario_split_error, "{\"index\":2,\"error\":\"e\"}",
            "\"Split step failed at index 2: e\"");
    expect1(kiln_scenario_split_error, "\"e\"", "\"e\"");
    expect1(kiln_scenario_refuse, "\"no\"", "! \"no\"");
}
END_TEST

START_TEST(items_and_schemas)
{
    const char *schema = "{\"stepId\":\"s\",\"side\":\"input\",\"fields\":{\"a\":{\"type\":"
                         "\"integer\",\"required\":true},\"b\":{\"type\":\"string\"}}}";

    expect2(kiln_scenario_items, "[1,2,3]", "{\"batchSize\":2}", "[[1,2],[3]]");
    expect2(kiln_scenario_items, "5", "{\"stepId\":\"s\",\"convertSingleValue\":true}", "[5]");
    expect2(kiln_scenario_items, "5", "{\"stepId\":\"s\"}",
            "! \"Split step 's' expected array, got number. Set 'convertSingleValue: true' to "
            "auto-wrap, or use 'transform/ensure-array' agent.\"");
    expect3(kiln_scenario_conform, "{\"a\":1}", schema, "0", "{\"a\":1}");
    expect3(kiln_scenario_conform, "{\"a\":null}", schema, "0", "{\"a\":null}");
    expect3(kiln_scenario_conform, "{\"b\":5}", schema, "3",
            "! \"Split 's' iteration 3: input: required field(s) [a] missing (got fields: [b]); "
            "type mismatches: 'b' (expected string, got number)\"");
    expect3(kiln_scenario_conform, "[]", schema, "0",
            "! \"Split 's' iteration 0: input: expected object, got array\"");
}
END_TEST

static void expect_numeral(const char *text, double want)
{
    double d = 0;

    ck_assert_int_eq(numeral_double(text, strlen(text), &d), 0);
    ck_assert(d == want || (isnan(d) && isnan(want)));
}

START_TEST(numbers_in_text)
{
    static const char *const wrong[] = {
        "", "-", ".", "e5", "1e", "0x10", " 1", "1 ", "1_0", "--1"
    };
    long long i;
    double d;

    expect_numeral("1e3", 1000);
    expect_numeral("+.5", 0.5);
    expect_numeral("5.", 5);
    expect_numeral("-007", -7);
    expect_numeral("Infinity", INFINITY);
    expect_numeral("-inf", -INFINITY);
    expect_numeral("nAn", NAN);
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
        ck_assert_msg(numeral_double(wrong[w], strlen(wrong[w]), &d) < 0, "%s", wrong[w]);
    ck_assert_int_eq(numeral_integer("-9223372036854775808", 20, &i), 0);
    ck_assert_int_lt(numeral_integer("9223372036854775808", 19, &i), 0);
    ck_assert_int_lt(numeral_integer("1.0", 3, &i), 0);
}
END_TEST

Suite *suite_functions_scenario(void);

Suite *suite_functions_scenario(void)
{
    Suite *s = suite_create("functions_scenario");
    TCase *c = tcase_create("functions");

    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, equality_knows_numbers_in_text);
    tcase_add_test(c, order_is_of_numbers);
    tcase_add_test(c, text_and_arrays);
    tcase_add_test(c, hints);
    tcase_add_test(c, paths_and_destinations);
    tcase_add_test(c, errors);
    tcase_add_test(c, items_and_schemas);
    tcase_add_test(c, numbers_in_text);
    suite_add_tcase(s, c);
    return s;
}
