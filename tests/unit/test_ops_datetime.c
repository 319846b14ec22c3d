/* test_ops_datetime.c: the datetime operations: forms of dates, calendars. */
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "suites.h"

extern const kiln_op kiln_op_datetime_get_current_date, kiln_op_datetime_format_date,
    kiln_op_datetime_add_to_date, kiln_op_datetime_subtract_from_date,
    kiln_op_datetime_get_time_between, kiln_op_datetime_extract_date_part,
    kiln_op_datetime_round_date, kiln_op_datetime_date_to_unix, kiln_op_datetime_unix_to_date;

#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define FAILS(message) REFUSED("CAPABILITY_ERROR", message)

/* ---- forms ----------------------------------------------------------------------------------- */

static const char *const forms[][2] = {
    { "2019-07-04", "2019-07-04T00:00:00Z" },
    { "  2019-07-04\n", "2019-07-04T00:00:00Z" },
    { "2019-7-4", "2019-07-04T00:00:00Z" },
    { "2019-07-04T05:06:07", "2019-07-04T05:06:07Z" },
    { "2019-07-04 05:06:07.5", "2019-07-04T05:06:07Z" },
    { "2019-07-04t05:06:07.123456789123z", "2019-07-04T05:06:07Z" },
    { "2019-07-04T05:06:07-0330", "2019-07-04T08:36:07Z" },
    { "2019-07-04T23:59:60Z", "2019-07-05T00:00:00Z" },
    { "-0044-03-15", "-0044-03-15T00:00:00Z" },
    { "+12345-01-01", "+12345-01-01T00:00:00Z" },
    { "Thu, 4 Jul 2019 05:06 EST", "2019-07-04T10:06:00Z" },
    { "4 jul 19 05:06:07 -0100", "2019-07-04T06:06:07Z" },
    { "7/4/19", "2019-07-04T00:00:00Z" },
    { "12/11/1970 01:02:03", "1970-12-11T01:02:03Z" },
    { "31/12/69", "2069-12-31T00:00:00Z" },
    { "4.7.2019 1:2:3", "2019-07-04T01:02:03Z" },
    { "1562216767", "2019-07-04T05:06:07Z" },
    { "1562216767890", "2019-07-04T05:06:07Z" },
    { "-1", "1969-12-31T23:59:59Z" },
};

START_TEST(dates_come_in_many_forms)
{
    char input[128], output[128];

    snprintf(input, sizeof input, "{'date':'%s'}", forms[_i][0]);
    snprintf(output, sizeof output, "'%s'", forms[_i][1]);
    for (char *s = input; *s; s++)
        if (*s == '\n')
            *s = ' ';
    calls_expect(&kiln_op_datetime_format_date, input, output);
}
END_TEST

static const char *const no_dates[] = {
    "tomorrow",
    "2019-02-29",
    "2019-00-01",
    "2019-07-04T",
    "2019-07-04T24:00:00",
    "2019-07-04T05:06:07+24:00",
    "2019-07-04T05:06:07Zx",
    "2019-07-04T05:06:07.Z",
    "Fri, 4 Jul 2019 05:06:07 +0000",
    "4 Jux 2019 05:06:07 +0000",
    "30/30/2019",
    "7.4/2019",
    "13.13.13",
    "7/4/",
    "1/",
    "99999999999999999",
    "99999999999999999999999",
    "+300000-01-01",
    "2019-07-04T05:06:07+1",
};

START_TEST(what_is_no_date_is_refused)
{
    char input[128], output[512];

    snprintf(input, sizeof input, "{'date':'%s'}", no_dates[_i]);
    snprintf(output, sizeof output,
             FAILS("Unable to parse date: '%s'. Supported formats: ISO 8601, RFC 2822, Unix "
                   "timestamp, or common date formats"),
             no_dates[_i]);
    calls_expect(&kiln_op_datetime_format_date, input, output);
}
END_TEST

/* ---- operations ------------------------------------------------------------------------------ */

struct call {
    const kiln_op *op;
    const char *input, *output;
};

static void expect_all(const struct call *calls, size_t n)
{
    for (size_t i = 0; i < n; i++)
        calls_expect(calls[i].op, calls[i].input, calls[i].output);
}

#define EXPECT_ALL(calls) expect_all(calls, sizeof calls / sizeof *calls)
#define AT "'date':'2021-08-05T15:04:09.087+01:00'"

START_TEST(dates_go_out_in_many_formats)
{
    const kiln_op *op = &kiln_op_datetime_format_date;
    const struct call calls[] = {
        { op, "{" AT "}", "'2021-08-05T14:04:09Z'" },
        { op, "{" AT ",'timezone':'-0930'}", "'2021-08-05T04:34:09-09:30'" },
        { op, "{" AT ",'format':'rfc2822','timezone':'+02:00'}",
          "'Thu, 05 Aug 2021 16:04:09 +0200'" },
        { op, "{" AT ",'format':'long-date'}", "'August 05, 2021'" },
        { op, "{" AT ",'format':'unix-ms'}", "'1628172249087'" },
        { op, "{'date':'1969-12-31T23:59:59.25Z','format':'unix-ms'}", "'-750'" },
        { op, "{" AT ",'format':'custom','customFormat':'EEEE d MMMM yy, hh.mm a'}",
          "'Thursday d August 21, 02.04 PM'" },
        { op, "{" AT ",'format':'custom','customFormat':'E W o SSS Z ZZ','timezone':'-00:30'}",
          "'4 31 217 087 -00:30 -0030'" },
        { op, "{" AT ",'format':'custom','customFormat':'%H%% %s %j'}", "'14% 1628172249 217'" },
        { op, "{" AT ",'format':'custom','customFormat':''}", "''" },
        { op, "{" AT ",'format':'custom','customFormat':'%'}",
          FAILS("Invalid custom format: a single '%'") },
        { op, "{" AT ",'format':'custom','customFormat':'%Q'}",
          FAILS("Invalid custom format: '%Q' means nothing") },
        { op, "{" AT ",'format':'custom'}",
          FAILS("Custom format is required when format is 'custom'") },
        { op, "{'format':'unix'}", FAILS("Date is required") },
        { op, "{'date':' '}", FAILS("Date is required") },
        { op, "{'date':[1]}",
          REFUSED("INPUT_DESERIALIZATION_ERROR",
                  "Invalid input for format-date: invalid type: sequence, expected a string") },
    };

    EXPECT_ALL(calls);
}
END_TEST

START_TEST(dates_move)
{
    const kiln_op *add = &kiln_op_datetime_add_to_date, *sub = &kiln_op_datetime_subtract_from_date;
    const struct call calls[] = {
        { add, "{'date':'2023-11-30','amount':3,'unit':'months'}", "'2024-02-29T00:00:00Z'" },
        { add, "{'date':'2024-02-29','amount':4,'unit':'years'}", "'2028-02-29T00:00:00Z'" },
        { add, "{'date':'2024-01-31','amount':-2,'unit':'months'}", "'2023-11-30T00:00:00Z'" },
        { add, "{'date':'1970-01-01','amount':'2','unit':'weeks'}", "'1970-01-15T00:00:00Z'" },
        { sub, "{'date':'2000-03-01','amount':1}", "'2000-02-29T00:00:00Z'" },
        { sub, "{'date':'2000-01-01','amount':1,'unit':'seconds','timezone':'+01:00'}",
          "'2000-01-01T00:59:59+01:00'" },
        { sub, "{'date':'0001-01-01','amount':1,'unit':'days'}", "'0000-12-31T00:00:00Z'" },
        { add, "{'date':'2000-01-01','amount':300000,'unit':'years'}", FAILS("Date out of range") },
        { add, "{'date':'2000-01-01','amount':9223372036854775807}", FAILS("Date out of range") },
        { sub, "{'date':'2000-01-01','amount':-9223372036854775808,'unit':'seconds'}",
          FAILS("Date out of range") },
        { add, "{'date':'+262142-12-31','amount':1}", FAILS("Date out of range") },
        { add, "{'date':'2000-01-01','amount':1.5}",
          REFUSED("INPUT_DESERIALIZATION_ERROR", "Invalid input for add-to-date: invalid type: "
                                                 "floating point `1.5`, expected i64") },
    };

    EXPECT_ALL(calls);
}
END_TEST

START_TEST(time_between_dates)
{
    const kiln_op *op = &kiln_op_datetime_get_time_between;
    const struct call calls[] = {
        { op, "{'startDate':'2020-01-01','endDate':'2021-01-01','unit':'years'}",
          "{'difference':1,'exactMs':31622400000,'unit':'years'}" },
        { op, "{'startDate':'2021-01-01','endDate':'2020-12-31T12:00:00Z'}",
          "{'difference':0,'exactMs':-43200000,'unit':'days'}" },
        { op,
          "{'startDate':'2020-01-01T00:00:00.0009Z','endDate':'2020-01-01T00:00:01.0001Z','unit':"
          "'seconds'}",
          "{'difference':0,'exactMs':999,'unit':'seconds'}" },
        { op, "{'startDate':'2020-01-01'}", FAILS("End date is required") },
        { op, "{'endDate':'2020-01-01'}", FAILS("Start date is required") },
    };

    EXPECT_ALL(calls);
}
END_TEST

START_TEST(parts_of_dates)
{
    const kiln_op *op = &kiln_op_datetime_extract_date_part;
    const struct call calls[] = {
        { op, "{" AT "}", "5" },
        { op, "{" AT ",'part':'millisecond'}", "87" },
        { op, "{" AT ",'part':'quarter'}", "3" },
        { op, "{'date':'2021-01-03','part':'week'}", "53" },
        { op, "{'date':'2018-12-31','part':'week'}", "1" },
        { op, "{'date':'2021-01-03','part':'day-of-week'}", "7" },
        { op, "{'date':'2020-12-31','part':'day-of-year'}", "366" },
        { op, "{'date':'2020-12-31T20:00:00Z','part':'year','timezone':'+0400'}", "2021" },
    };

    EXPECT_ALL(calls);
}
END_TEST

START_TEST(dates_are_rounded)
{
    const kiln_op *op = &kiln_op_datetime_round_date;
    const struct call calls[] = {
        { op, "{'date':'2021-06-30T23:59:59Z','unit':'years'}", "'2021-01-01T00:00:00Z'" },
        { op, "{'date':'2021-07-01','unit':'years'}", "'2022-01-01T00:00:00Z'" },
        { op, "{'date':'2021-12-16','unit':'months'}", "'2022-01-01T00:00:00Z'" },
        { op, "{'date':'2021-08-06','unit':'weeks'}", "'2021-08-09T00:00:00Z'" },
        { op, "{'date':'2021-08-05T23:00:00Z','unit':'weeks'}", "'2021-08-02T00:00:00Z'" },
        { op, "{'date':'2021-08-02','unit':'weeks','mode':'ceil'}", "'2021-08-02T00:00:00Z'" },
        { op, "{'date':'2021-08-05T22:30:00Z','mode':'floor','timezone':'+05:45'}",
          "'2021-08-06T00:00:00+05:45'" },
        { op, "{'date':'2021-08-05T10:30:00Z','unit':'hours'}", "'2021-08-05T11:00:00Z'" },
        { op, "{'date':'2021-08-05T10:30:30Z','unit':'minutes','mode':'floor'}",
          "'2021-08-05T10:30:00Z'" },
        { op, "{'date':'2021-08-05T10:30:30.9Z','unit':'seconds','mode':'ceil'}",
          "'2021-08-05T10:30:30Z'" },
        { op, "{'date':'+262142-12-31T23:00:00Z'}", FAILS("Date out of range") },
    };

    EXPECT_ALL(calls);
}
END_TEST

START_TEST(unix_both_ways)
{
    const kiln_op *to = &kiln_op_datetime_date_to_unix, *from = &kiln_op_datetime_unix_to_date;
    const struct call calls[] = {
        { to, "{'date':'1970-01-02','milliseconds':'yes'}",
          "{'isMilliseconds':true,'timestamp':86400000}" },
        { to, "{'date':86400}", "{'isMilliseconds':false,'timestamp':86400}" },
        { from, "{'timestamp':'-86400'}", "'1969-12-31T00:00:00Z'" },
        { from, "{'timestamp':-1,'isMilliseconds':true}", "'1969-12-31T23:59:59Z'" },
        { from, "{'timestamp':null}", FAILS("Timestamp is required") },
        { from, "{'timestamp':-9223372036854775808}",
          FAILS("Invalid Unix timestamp: -9223372036854775808") },
    };

    EXPECT_ALL(calls);
}
END_TEST

START_TEST(what_the_clock_says_is_journalled)
{
    ck_assert_uint_eq(kiln_op_datetime_get_current_date.effect, KILN_IDEMPOTENT);
    ck_assert_uint_eq(kiln_op_datetime_format_date.effect, KILN_PURE);
    calls_expect(&kiln_op_datetime_get_current_date, "{'timezone':'nowhere at all'}",
                 FAILS("Unknown timezone: 'nowhere at all'. Use IANA names (e.g., "
                       "'America/New_York') or offsets (e.g., '+05:30')"));
}
END_TEST

Suite *suite_ops_datetime(void);

Suite *suite_ops_datetime(void)
{
    Suite *s = suite_create("ops_datetime");
    TCase *c = tcase_create("dates");

    tcase_add_loop_test(c, dates_come_in_many_forms, 0, sizeof forms / sizeof *forms);
    tcase_add_loop_test(c, what_is_no_date_is_refused, 0, sizeof no_dates / sizeof *no_dates);
    tcase_add_test(c, dates_go_out_in_many_formats);
    tcase_add_test(c, dates_move);
    tcase_add_test(c, time_between_dates);
    tcase_add_test(c, parts_of_dates);
    tcase_add_test(c, dates_are_rounded);
    tcase_add_test(c, unix_both_ways);
    tcase_add_test(c, what_the_clock_says_is_journalled);
    suite_add_tcase(s, c);
    return s;
}
