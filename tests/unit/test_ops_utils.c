/* test_ops_utils.c: the utils operations and the coercion of inputs all operations share. */
#include "calls.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

extern const kiln_op kiln_op_utils_return_input, kiln_op_utils_return_input_string,
    kiln_op_utils_do_nothing, kiln_op_utils_delay_in_ms, kiln_op_utils_calculate,
    kiln_op_utils_random_double, kiln_op_utils_get_current_unix_timestamp,
    kiln_op_utils_random_array, kiln_op_utils_format_date_from_iso,
    kiln_op_utils_iso_to_unix_timestamp, kiln_op_utils_get_current_iso_datetime,
    kiln_op_utils_get_current_formatted_datetime, kiln_op_utils_country_name_to_iso_code;

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

START_TEST(random_arrays)
{
    const kiln_op *op = &kiln_op_utils_random_array;

    calls_expect(op, "{'size':0}", "[]");
    calls_expect(op, "{'size':'-1'}", WRONG("Size cannot be negative"));
    calls_expect(op, "{'size':10000001}", WRONG("Size is at most 10000000"));
    calls_expect(op, "{'size':2147483648}",
                 INVALID("random-array", "invalid value: integer `2147483648`, expected i32"));
    calls_expect(op, "{'size':1.5}",
                 INVALID("random-array", "invalid type: floating point `1.5`, expected i32"));
    calls_expect(op, "{}", INVALID("random-array", "missing field `size`"));
}
END_TEST

static void expect_date(const char *date, const char *format, const char *output)
{
    char input[256];

    snprintf(input, sizeof input, "{'iso_date':'%s','target_format':'%s'}", date, format);
    calls_expect(&kiln_op_utils_format_date_from_iso, input, output);
}

static void expect_seconds(const char *date, const char *output)
{
    char input[256];

    snprintf(input, sizeof input, "{'iso_date':'%s'}", date);
    calls_expect(&kiln_op_utils_iso_to_unix_timestamp, input, output);
}

START_TEST(dates)
{
    expect_date("2021-03-04T05:06:07", "dd.MM.yyyy HH:mm:ss (yy)", "'04.03.2021 05:06:07 (21)'");
    expect_date("2021-03-04T05:06:07Z", "yyy hh MMM", "'21y hh 03M'");
    expect_date("0099-12-31T23:59:59Z", "yyyy/yy", "'0099/99'");
    expect_date("2021-03-04", "yyyy", WRONG("Invalid ISO date format: 2021-03-04"));
    expect_date("", "yyyy", WRONG("Invalid ISO date format: "));
    expect_date("2021-03-04T05:06:07T", "yyyy",
                WRONG("Invalid ISO date format: 2021-03-04T05:06:07T"));
    expect_date("2021-02-29T00:00:00", "yyyy", WRONG("Invalid day"));
    expect_date("2021-00-01T00:00:00", "yyyy", WRONG("Invalid month"));
    expect_date("2021-13-01T00:00:00", "yyyy", WRONG("Invalid month"));
    expect_date("99999-01-01T00:00:00", "yyyy", WRONG("Invalid year"));
    expect_date("2021-01-01T24:00:00", "yyyy", WRONG("Invalid hour"));
    expect_date("2021-01-01T00:-1:00", "yyyy", WRONG("Invalid minute"));
    expect_date("2021-01-01T00:00:00.5", "yyyy", WRONG("Invalid second"));
    expect_seconds("1970-01-02T00:00:01Z", "86401");
    expect_seconds("0000-01-01T00:00:00", "-62167219200");
    expect_seconds("9999-12-31T23:59:59", "253402300799");
    calls_expect(&kiln_op_utils_get_current_formatted_datetime, "{'format':'-'}", "'-'");
    calls_expect(&kiln_op_utils_get_current_formatted_datetime, "{}",
                 INVALID("get-current-formatted-datetime", "missing field `format`"));
}
END_TEST

static void expect_country(const char *name, const char *alpha3)
{
    char input[512];

    snprintf(input, sizeof input, "{'country_name':'%s','code_type':'alpha3'}", name);
    calls_expect(&kiln_op_utils_country_name_to_iso_code, input, alpha3);
}

START_TEST(countries)
{
    char most[300];

    expect_country("Kenya", "'KEN'");
    expect_country("  the NETHERLANDS! ", "'NLD'");
    expect_country("Nethrlands", "'NLD'");
    expect_country("\xc3\x96STERREICH", "'AUT'");
    expect_country("C\xc3\xb4te d\xe2\x80\x99Ivoire", "'CIV'");
    expect_country("UK", "'GBR'");
    expect_country("Atlantis", WRONG("Country not found: Atlantis"));
    expect_country("", WRONG("Country not found: "));
    expect_country("?!", WRONG("Country not found: ?!"));
    memset(most, 'x', sizeof most);
    most[200] = 0;
    {
        char words[512];

        snprintf(words, sizeof words, WRONG("Country not found: %s"), most);
        expect_country(most, words);
    }
    calls_expect(&kiln_op_utils_country_name_to_iso_code, "{'country_name':'Kenya'}", "'KE'");
    calls_expect(&kiln_op_utils_country_name_to_iso_code,
                 "{'country_name':'Kenya','code_type':'m49'}",
                 WRONG("Code type must be \'alpha2\' or \'alpha3\'"));
}
END_TEST

START_TEST(what_the_world_tells_is_journalled)
{
    ck_assert_uint_eq(kiln_op_utils_random_double.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_get_current_unix_timestamp.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_delay_in_ms.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_random_array.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_get_current_iso_datetime.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_utils_get_current_formatted_datetime.effect, KILN_IDEMPOTENT);
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
    tcase_add_test(c, random_arrays);
    tcase_add_test(c, dates);
    tcase_add_test(c, countries);
    tcase_add_test(c, what_the_world_tells_is_journalled);
    suite_add_tcase(s, c);
    return s;
}
