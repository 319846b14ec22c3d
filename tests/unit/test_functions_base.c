/* test_functions_base.c: the pure functions of base.def, with values of every kind. */
#include <stdint.h>

#include "functions/functions.h"
#include "suites.h"
#include "values.h"

static kiln_heap heap;

static void setup(void)
{
    heap_init(&heap, 0);
}

static void teardown(void)
{
    heap_fini(&heap);
}

/* The value of a JSON text, or the absent one for "-". */
static kiln_value argument(const char *json)
{
    return strcmp(json, "-") ? values_from(&heap, json) : (kiln_value){ 0 };
}

static void check_result(int rc, const kiln_value *v, const char *want)
{
    ck_assert_int_eq(rc, 0);
    if (!strcmp(want, "-"))
        ck_assert_uint_eq(v->tag, KILN_ABSENT);
    else
        values_check(v, want);
    ck_assert(v->tag != KILN_ABSENT || !strcmp(want, "-"));
}

static const struct {
    kiln_function1 *function;
    const char *a, *want;
} ones[] = {
    { kiln_base_not, "true", "false" },
    { kiln_base_not, "0", "true" },
    { kiln_base_not, "-", "true" },
    { kiln_base_not, "[0]", "false" },
    { kiln_base_present, "-", "false" },
    { kiln_base_present, "null", "true" },
    { kiln_base_present, "0", "true" },
    { kiln_base_null, "-", "null" },
    { kiln_base_null, "null", "null" },
    { kiln_base_null, "5", "5" },
    { kiln_base_inc, "-", "1" },
    { kiln_base_inc, "null", "1" },
    { kiln_base_inc, "\"7\"", "1" },
    { kiln_base_inc, "0", "1" },
    { kiln_base_inc, "-1", "0" },
    { kiln_base_inc, "-9223372036854775808", "-9223372036854775807" },
    { kiln_base_inc, "9223372036854775807", "9223372036854775808" },
    { kiln_base_inc, "18446744073709551614", "18446744073709551615" },
    { kiln_base_inc, "18446744073709551615", "1.8446744073709552e+19" },
    { kiln_base_inc, "1.5", "2.5" },
    { kiln_base_length, "-", "0" },
    { kiln_base_length, "null", "0" },
    { kiln_base_length, "5", "0" },
    { kiln_base_length, "true", "0" },
    { kiln_base_length, "[1,2,3]", "3" },
    { kiln_base_length, "{\"a\":1}", "1" },
    { kiln_base_length, "\"\xc3\xa9t\"", "3" },
};

START_TEST(of_one)
{
    kiln_value a = argument(ones[_i].a), v = { 0 };

    check_result(ones[_i].function(&heap, &v, &a), &v, ones[_i].want);
}
END_TEST

static const struct {
    kiln_function2 *function;
    const char *a, *b, *want;
} twos[] = {
    { kiln_base_and, "0", "1", "0" },
    { kiln_base_and, "1", "\"\"", "\"\"" },
    { kiln_base_and, "1", "2", "2" },
    { kiln_base_and, "-", "2", "-" },
    { kiln_base_or, "0", "1", "1" },
    { kiln_base_or, "1", "2", "1" },
    { kiln_base_or, "\"\"", "-", "-" },
    { kiln_base_default, "-", "1", "1" },
    { kiln_base_default, "null", "1", "1" },
    { kiln_base_default, "0", "1", "0" },
    { kiln_base_default, "false", "1", "false" },
    { kiln_base_default, "null", "-", "-" },
    { kiln_base_less, "1", "2", "true" },
    { kiln_base_less, "2", "2", "false" },
    { kiln_base_less, "-1", "1", "true" },
    { kiln_base_less, "-1", "18446744073709551615", "true" },
    { kiln_base_less, "18446744073709551615", "-1", "false" },
    { kiln_base_less, "18446744073709551614", "18446744073709551615", "true" },
    { kiln_base_less, "9007199254740992", "9007199254740993", "true" },
    { kiln_base_less, "1", "1.5", "true" },
    { kiln_base_less, "1.5", "1", "false" },
    { kiln_base_less, "-", "1", "false" },
    { kiln_base_less, "1", "\"2\"", "false" },
    { kiln_base_item, "[10,20]", "1", "20" },
    { kiln_base_item, "[10,20]", "-1", "20" },
    { kiln_base_item, "[10,20]", "2", "-" },
    { kiln_base_item, "[10,20]", "\"0\"", "-" },
    { kiln_base_item, "[10,20]", "0.0", "-" },
    { kiln_base_item, "{\"0\":1}", "0", "-" },
    { kiln_base_item, "-", "0", "-" },
};

START_TEST(of_two)
{
    kiln_value a = argument(twos[_i].a), b = argument(twos[_i].b), v = value_static("unset");

    check_result(twos[_i].function(&heap, &v, &a, &b), &v, twos[_i].want);
}
END_TEST

START_TEST(concat)
{
    kiln_value parts[6], v;

    parts[0] = argument("\"a\\\"\"");
    parts[1] = argument("-");
    parts[2] = argument("[1,\"x\"]");
    parts[3] = argument("null");
    parts[4] = argument("2.0");
    parts[5] = argument("\"\xc3\xa9\"");
    ck_assert_int_eq(kiln_base_concat(&heap, &v, parts, 6), 0);
    ck_assert(value_is(&v, "a\"[1,\"x\"]null2.0\xc3\xa9"));
    ck_assert_int_eq(kiln_base_concat(&heap, &v, NULL, 0), 0);
    ck_assert(value_is(&v, ""));
}
END_TEST

Suite *suite_functions_base(void);
Suite *suite_functions_base(void)
{
    Suite *s = suite_create("functions_base");
    TCase *c = tcase_create("functions_base");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, of_one, 0, sizeof ones / sizeof *ones);
    tcase_add_loop_test(c, of_two, 0, sizeof twos / sizeof *twos);
    tcase_add_test(c, concat);
    suite_add_tcase(s, c);
    return s;
}
