/* test_ops_utils.c: the utils operations and the coercion of inputs all operations share. */
#include "calls.h"
#include "suites.h"

#include <stdio.h>

extern const kiln_op kiln_op_utils_return_input, kiln_op_utils_return_input_string,
    kiln_op_utils_do_nothing, kiln_op_utils_delay_in_ms, kiln_op_utils_calculate,
    kiln_op_utils_random_double, kiln_op_utils_get_current_unix_timestamp;

#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define INVALID(name, what)                                                                        \
    REFUSED("INPUT_DESERIALIZATION_ERROR", "Invalid input for " name ": " what)

START_TEST(giving_back)
{
    calls_expect(&kiln_op_utils_return_input, "{'value':[1,2.0,null]}", "[1,2.0,null]");
    calls_expect(&kiln_op_utils_return_input, "{'value':null}", "null");
    calls_expect(&kiln_op_utils_do_nothing, "{'value':1}", "null");
    calls_expect(&kiln_op_utils_delay_in_ms, "{'delay_value':0}", "0");
}
END_TEST

START_TEST(text_is_made_of_scalars)
{
    const kiln_op *op = &kiln_op_utils_return_input_string;

    calls_expect(op, "{'value':'a'}", "'a'");
    calls_expect(op, "{'value':5}", "'5'");
    calls_expect(op, "{'value':2.5}", "'2.5'");
    calls_expect(op, "{'value':true}", "'true'");
    calls_expect(op, "{'value':[1]}",
                 INVALID("return-input-string", "invalid type: sequence, expected a string"));
    calls_expect(op, "{'value':{}}",
                 INVALID("return-input-string", "invalid type: map, expected a string"));
}
END_TEST

START_TEST(counts_are_made_of_text)
{
    const kiln_op *op = &kiln_op_utils_delay_in_ms;

    calls_expect(op, "{'delay_value':' 1 '}", "' 1 '");
    calls_expect(op, "{'delay_value':-1}",
                 INVALID("delay-in-ms", "invalid value: integer `-1`, expected u64"));
    calls_expect(op, "{'delay_value':1.5}",
                 INVALID("delay-in-ms", "invalid type: floating point `1.5`, expected u64"));
    calls_expect(op, "{'delay_value':true}",
                 INVALID("delay-in-ms", "invalid type: boolean `true`, expected u64"));
}
END_TEST

static void expect_sum(const char *expression, const char *output)
{
    char input[256];

    snprintf(input, sizeof input,
             "{'expression':'%s','variables':{'a':10,'b':'2.5','a_b':3,'n':-4,'big':1e300,'x':"
             "'word'}}",
             expression);
    calls_expect(&kiln_op_utils_calculate, input, output);
}

#define WRONG(message) REFUSED("CAPABILITY_ERROR", message)

START_TEST(arithmetic)
{
    expect_sum("1+2*3", "7.0");
    expect_sum("(1+2)*3", "9.0");
    expect_sum("2*-3", "-6.0");
    expect_sum("-7%3", "-1.0");
    expect_sum("10/4", "2.5");
    expect_sum("a_b*2", "6.0");
    expect_sum("2-n", "6.0");
    expect_sum("a b", "102.5");
    expect_sum("big/big", "1.0");
    expect_sum("5%0", "null");
    expect_sum("+5", "5.0");
    expect_sum("1/0", WRONG("Division by zero"));
    expect_sum("1+c", WRONG("Variable 'c' is not present in the variables map"));
    expect_sum("x+1", WRONG("Variable 'x' is not a number"));
    expect_sum("1 +", WRONG("Unexpected end of expression"));
    expect_sum("", WRONG("Unexpected end of expression"));
    expect_sum("((1)", WRONG("Mismatched parentheses"));
    expect_sum("1)", WRONG("Unexpected character at position 1"));
    expect_sum("2**3", WRONG("Expected number at position 2"));
    expect_sum("1..2", WRONG("Invalid number at position 0"));
    expect_sum("1^2", WRONG("The expression has a character that is not allowed"));
}
END_TEST

START_TEST(arithmetic_cannot_be_nested_without_end)
{
    char deep[512] = "";

    for (int i = 0; i < 201; i++)
        deep[i] = '(';
    calls_expect(&kiln_op_utils_calculate, "{'expression':'1','variables':[]}",
                 INVALID("calculate", "invalid type: sequence, expected a map"));
    {
        char input[1024];

        snprintf(input, sizeof input, "{'expression':'%s','variables':{}}", deep);
        calls_expect(&kiln_op_utils_calculate, input, WRONG("The expression is nested too deeply"));
    }
}
END_TEST

static void expect_rounded(const char *x, const char *how, const char *output)
{
    char input[256];

    snprintf(input, sizeof input, "{'expression':'x','variables':{'x':%s},%s}", x, how);
    calls_expect(&kiln_op_utils_calculate, input, output);
}

START_TEST(rounding)
{
    expect_rounded("2.5", "'enable_rounding':true,'decimal_places':0", "3.0");
    expect_rounded("-2.5", "'enable_rounding':'yes','decimal_places':'0'", "-3.0");
    expect_rounded("1.005", "'enable_rounding':1,'decimal_places':2", "1.0");
    expect_rounded("2.675", "'enable_rounding':true,'decimal_places':2", "2.68");
    expect_rounded("1.5", "'enable_rounding':true", "1.5");
    expect_rounded("1.55", "'enable_rounding':'no','decimal_places':1", "1.55");
    expect_rounded("1.55", "'enable_rounding':true,'decimal_places':16",
                   WRONG("decimal_places is at most 15"));
}
END_TEST

START_TEST(what_the_world_tells_is_journalled)
{
    ck_assert_uint_eq(kiln_op_utils_random_double.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_get_current_unix_timestamp.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_delay_in_ms.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_calculate.effect, KILN_PURE);
}
END_TEST

Suite *suite_ops_utils(void);

Suite *suite_ops_utils(void)
{
    Suite *s = suite_create("ops_utils");
    TCase *c = tcase_create("utils");

    tcase_add_test(c, giving_back);
    tcase_add_test(c, text_is_made_of_scalars);
    tcase_add_test(c, counts_are_made_of_text);
    tcase_add_test(c, arithmetic);
    tcase_add_test(c, arithmetic_cannot_be_nested_without_end);
    tcase_add_test(c, rounding);
    tcase_add_test(c, what_the_world_tells_is_journalled);
    suite_add_tcase(s, c);
    return s;
}
