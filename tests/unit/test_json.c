/* test_json.c: JSON text both ways: read, kept as it was meant, written again. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "heaps.h"
#include "kiln_op.h"
#include "suites.h"

static const struct {
    const char *json, *written; /* NULL: the same */
} texts[] = {
    { "null", NULL },
    { " \t\r\n true \n", "true" },
    { "[false]", NULL },
    { "0", NULL },
    { "-0", "-0.0" },
    { "-0.0", NULL },
    { "0e0", "0.0" },
    { "1", NULL },
    { "-17", NULL },
    { "9223372036854775807", NULL },
    { "-9223372036854775808", NULL },
    { "9223372036854775808", NULL },
    { "18446744073709551615", NULL },
    { "18446744073709551616", "1.8446744073709552e+19" },
    { "99999999999999999999", "1e+20" },
    { "-9223372036854775809", "-9.223372036854776e+18" },
    { "123456789012345678901234567890", "1.2345678901234568e+29" },
    { "1.0", NULL },
    { "1e5", "100000.0" },
    { "1E+2", "100.0" },
    { "12.50", "12.5" },
    { "1e16", "1e+16" },
    { "0.00001", NULL },
    { "0.000001", "1e-6" },
    { "1e-400", "0.0" },
    { "\"\"", NULL },
    { "\"a\"", NULL },
    { "\"a\\/b\"", "\"a/b\"" },
    { "\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"", "\"A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"" },
    { "\"\\uD83D\\uDE00\\u00E9\"", "\"\xf0\x9f\x98\x80\xc3\xa9\"" },
    { "\"\\b\\f\\n\\r\\t\\\"\\\\\"", NULL },
    { "\"\\u0000\\u0001\\u001f\\u007f\"", "\"\\u0000\\u0001\\u001f\x7f\"" },
    { "\"\\u000a\"", "\"\\n\"" },
    { "\"M\xc3\xbcnchen \xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x8f\xba\"", NULL },
    { "\"long enough for several words, then \\\"quoted\\\" and on and on and on\"", NULL },
    { "[]", NULL },
    { "[ ]", "[]" },
    { "[1,[2,[3,[]]],{}]", NULL },
    { "{}", NULL },
    { "{ }", "{}" },
    { "{ \"a\" : 1 , \"b\" : { \"c\" : [ null ] } }", "{\"a\":1,\"b\":{\"c\":[null]}}" },
    { "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}" },
    { "{\"\":1,\"\\u0000\":2}", NULL },
    { "{\"\\u0061\":1,\"a\":2}", "{\"a\":2}" },
};

START_TEST(reads_and_writes)
{
    kiln_value v = from(texts[_i].json), again;
    const char *written = texts[_i].written ? texts[_i].written : texts[_i].json;

    values_check(&v, written);
    again = from(written);
    ck_assert(value_equal(&v, &again));
}
END_TEST

START_TEST(numbers_keep_their_kind)
{
    kiln_value v = from("[5,5.0,-9223372036854775808,9223372036854775808,1e2,-0]");
    const unsigned char tags[] = { KILN_INT,  KILN_DOUBLE, KILN_INT,
                                   KILN_UINT, KILN_DOUBLE, KILN_DOUBLE };

    for (unsigned i = 0; i < v.n; i++)
        ck_assert_uint_eq(v.u.items[i].tag, tags[i]);
    ck_assert_int_eq(v.u.items[2].u.i, INT64_MIN);
    ck_assert(signbit(v.u.items[5].u.d));
}
END_TEST

START_TEST(sorted_heaps_sort)
{
    kiln_value v = values_from(&sorted, "{\"b\":{\"z\":1,\"y\":2,\"z\":3},\"a\":0,\"B\":1,\"\":2}");

    values_check(&v, "{\"\":2,\"B\":1,\"a\":0,\"b\":{\"y\":2,\"z\":3}}");
}
END_TEST

/* Values stand on their own: the text may go. */
START_TEST(the_text_is_not_kept)
{
    char text[] = "{\"key\":\"value\"}";
    struct json_error e;
    kiln_value v;

    ck_assert_int_eq(json_read(&heap, &v, text, strlen(text), &e), 0);
    memset(text, 'x', sizeof text - 1);
    values_check(&v, "{\"key\":\"value\"}");
}
END_TEST

/* ---- large -------------------------------------------------------------------------------- */

START_TEST(many_members)
{
    enum { N = 10000 };
    struct text t = { 0 };
    struct json_error e;
    kiln_value v;
    char key[16];
    int wrong = 0;

    text_putc(&t, '{');
    for (int i = 0; i < 2 * N; i++)
        text_printf(&t, "%s\"k%d\":%d", i ? "," : "", i * 7 % N, i);
    text_putc(&t, '}');
    ck_assert_int_eq(json_read(&heap, &v, t.s, t.n, &e), 0);
    ck_assert_uint_eq(v.n, N);
    for (int i = 0; i < N; i++) {
        snprintf(key, sizeof key, "k%d", i * 7 % N);
        wrong += value_member(&v, key).u.i != i + N;
    }
    ck_assert_int_eq(wrong, 0);
    text_fini(&t);
}
END_TEST

START_TEST(long_strings)
{
    enum { N = 100000 };
    struct text t = { 0 }, out = { 0 };
    struct json_error e;
    kiln_value v;

    text_putc(&t, '"');
    for (int i = 0; i < N; i++)
        text_puts(&t, i % 97 ? "\xc3\xa9z" : "\\u0001\\\"");
    text_putc(&t, '"');
    ck_assert_int_eq(json_read(&heap, &v, t.s, t.n, &e), 0);
    json_write(&out, &v);
    ck_assert_str_eq(text_cstr(&out), text_cstr(&t));
    text_fini(&out);
    text_fini(&t);
}
END_TEST

Suite *suite_json(void);
Suite *suite_json(void)
{
    Suite *s = suite_create("json");
    TCase *c = tcase_create("json");

    tcase_add_checked_fixture(c, heaps_open, heaps_close);
    tcase_set_timeout(c, 30);
    tcase_add_loop_test(c, reads_and_writes, 0, sizeof texts / sizeof *texts);
    tcase_add_test(c, numbers_keep_their_kind);
    tcase_add_test(c, sorted_heaps_sort);
    tcase_add_test(c, the_text_is_not_kept);
    tcase_add_test(c, many_members);
    tcase_add_test(c, long_strings);
    suite_add_tcase(s, c);
    return s;
}
