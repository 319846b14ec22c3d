/* test_json.c: JSON text both ways: what is read, what is refused and where, what is written. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "kiln_op.h"
#include "suites.h"
#include "values.h"

static kiln_heap heap, sorted;

static void setup(void)
{
    heap_init(&heap, 0);
    heap_init(&sorted, 1);
}

static void teardown(void)
{
    heap_fini(&heap);
    heap_fini(&sorted);
}

/* ---- read and written again --------------------------------------------------------------- */

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
    kiln_value v = values_from(&heap, texts[_i].json), again;
    const char *written = texts[_i].written ? texts[_i].written : texts[_i].json;

    values_check(&v, written);
    again = values_from(&heap, written);
    ck_assert(value_equal(&v, &again));
}
END_TEST

START_TEST(numbers_keep_their_kind)
{
    kiln_value v = values_from(&heap, "[5,5.0,-9223372036854775808,9223372036854775808,1e2,-0]");
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

/* ---- refused ------------------------------------------------------------------------------ */

#define ENDS "the text ends too early"

static const struct {
    const char *json;
    size_t at;
    const char *sentence;
} refused[] = {
    { "", 0, ENDS },
    { "   ", 3, ENDS },
    { "[", 1, ENDS },
    { "[1", 2, ENDS },
    { "[1,", 3, ENDS },
    { "{", 1, ENDS },
    { "{\"a\"", 4, ENDS },
    { "{\"a\":", 5, ENDS },
    { "{\"a\":1", 6, ENDS },
    { "{\"a\":1,", 7, ENDS },
    { "\"abc", 4, ENDS },
    { "\"abc\\", 5, ENDS },
    { "nul", 3, ENDS },
    { "-", 1, ENDS },
    { "1.", 2, ENDS },
    { "1e", 2, ENDS },
    { "1e+", 3, ENDS },
    { "[1,]", 3, "a value is missing here" },
    { "[,1]", 1, "a value is missing here" },
    { "[1 2]", 3, "a comma or ] is missing here" },
    { "[1}", 2, "a comma or ] is missing here" },
    { "{\"a\" 1}", 5, "a colon is missing here" },
    { "{a:1}", 1, "a key in quotes is missing here" },
    { "{\"a\":1,}", 7, "a key in quotes is missing here" },
    { "{\"a\":1 \"b\":2}", 7, "a comma or } is missing here" },
    { "{\"a\":}", 5, "a value is missing here" },
    { "{1:2}", 1, "a key in quotes is missing here" },
    { "1 2", 2, "something follows the value" },
    { "[]]", 2, "something follows the value" },
    { "nulL", 3, "an unknown word" },
    { "trve", 2, "an unknown word" },
    { "NaN", 0, "a value is missing here" },
    { "Infinity", 0, "a value is missing here" },
    { "+1", 0, "a value is missing here" },
    { ".5", 0, "a value is missing here" },
    { "'a'", 0, "a value is missing here" },
    { "// c", 0, "a value is missing here" },
    { "01", 0, "a number with a leading zero" },
    { "-01", 1, "a number with a leading zero" },
    { "00.5", 0, "a number with a leading zero" },
    { "1.e5", 2, "a number needs a digit here" },
    { "-x", 1, "a number needs a digit here" },
    { "1ex", 2, "a number needs a digit here" },
    { "0x10", 1, "something follows the value" },
    { "[1e400]", 1, "a number out of range" },
    { "-1.8e308", 0, "a number out of range" },
    { "\"\\x\"", 2, "an unknown escape" },
    { "\"\\u12g4\"", 2, "an escape needs four hexadecimal digits" },
    { "\"\\u12\"", 2, "an escape needs four hexadecimal digits" },
    { "\"\\u:000\"", 2, "an escape needs four hexadecimal digits" },
    { "\"\\u`000\"", 2, "an escape needs four hexadecimal digits" },
    { "\"\\ud800\"", 2, "half of a surrogate pair" },
    { "\"\\ud800x\"", 2, "half of a surrogate pair" },
    { "\"\\ud800\\n\"", 2, "half of a surrogate pair" },
    { "\"\\ud800\\u0041\"", 2, "half of a surrogate pair" },
    { "\"\\ud800\\ud800\"", 2, "half of a surrogate pair" },
    { "\"\\udc00\"", 2, "half of a surrogate pair" },
    { "\"a\tb\"", 2, "a control character in a string" },
    { "\"a\nb\"", 2, "a control character in a string" },
    { "\"12345678\x1f\"", 9, "a control character in a string" },
    { "\"\x80\"", 1, "not UTF-8" },
    { "\"a\xc0\x80\"", 2, "not UTF-8" },
    { "\"\xed\xa0\x80\"", 1, "not UTF-8" },
    { "\"\xf4\x90\x80\x80\"", 1, "not UTF-8" },
    { "\"\xe2\x82\"", 1, "not UTF-8" },
    { "\"\xc3\xa9\xff\"", 3, "not UTF-8" },
    { "{\"\xff\":1}", 2, "not UTF-8" },
    { "\xef\xbb\xbf{}", 0, "a value is missing here" },
};

START_TEST(refuses)
{
    const char *json = refused[_i].json;
    struct json_error e = { 0 };
    kiln_value v = value_int(7);

    ck_assert_int_eq(json_read(&heap, &v, json, strlen(json), &e), -1);
    ck_assert_str_eq(e.sentence, refused[_i].sentence);
    ck_assert_uint_eq(e.at, refused[_i].at);
    values_check(&v, "7");
}
END_TEST

/* NUL bytes are no end of the text and no blank. */
static const struct {
    const char *bytes;
    size_t n, at;
} nuls[] = {
    { "\0", 1, 0 },          { "1\0", 2, 1 },         { "[\0]", 3, 1 },  { "\"a\0b\"", 5, 2 },
    { "{\0}", 3, 1 },        { "{\"a\"\0:1}", 8, 4 }, { "tru\0", 4, 3 }, { "\"\\\0\"", 4, 2 },
    { "\"\\u00\0\"", 7, 2 }, { "1.\0", 3, 2 },
};

START_TEST(refuses_nul)
{
    struct json_error e = { 0 };
    kiln_value v;

    ck_assert_int_eq(json_read(&heap, &v, nuls[_i].bytes, nuls[_i].n, &e), -1);
    ck_assert_uint_eq(e.at, nuls[_i].at);
    ck_assert_str_ne(e.sentence, ENDS);
}
END_TEST

/* Whatever is cut off a document, what is left is refused (no prefix of an object is a value). */
START_TEST(refuses_every_prefix)
{
    const char *json = "{\"a\":[1.5e-3,true,null,\"\\ud83d\\ude00\\n\xc3\xa9\"],\"b\":{\"c\":-0}}";
    struct json_error e;
    kiln_value v;

    for (size_t n = 0; n < strlen(json); n++) {
        char *exact = malloc(n ? n : 1); /* so that a read past the end is seen */

        memcpy(exact, json, n);
        ck_assert_int_eq(json_read(&heap, &v, exact, n, &e), -1);
        ck_assert_uint_le(e.at, n);
        free(exact);
    }
    v = values_from(&heap, json);
    ck_assert_uint_eq(v.n, 2);
}
END_TEST

/* `open` n times, then a 1, then `close` n times. */
static int read_nested(const char *open, const char *close, unsigned n, struct json_error *e)
{
    struct text t = { 0 };
    kiln_value v;
    int rc;

    for (unsigned i = 0; i < n; i++)
        text_puts(&t, open);
    text_putc(&t, '1');
    for (unsigned i = 0; i < n; i++)
        text_puts(&t, close);
    rc = json_read(&heap, &v, t.s, t.n, e);
    text_fini(&t);
    return rc;
}

START_TEST(nesting_is_bounded)
{
    struct json_error e = { 0 };

    ck_assert_int_eq(read_nested("[", "]", JSON_DEPTH, &e), 0);
    ck_assert_int_eq(read_nested("{\"k\":", "}", JSON_DEPTH, &e), 0);
    ck_assert_int_eq(read_nested("[", "]", JSON_DEPTH + 1, &e), -1);
    ck_assert_str_eq(e.sentence, "nested too deep");
    ck_assert_uint_eq(e.at, JSON_DEPTH);
    ck_assert_int_eq(read_nested("{\"k\":", "}", JSON_DEPTH + 1, &e), -1);
    ck_assert_int_eq(read_nested("[", "", 1000000, &e), -1);
    ck_assert_str_eq(e.sentence, "nested too deep");
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

/* ---- writing only ------------------------------------------------------------------------- */

START_TEST(writes_what_is_no_json)
{
    kiln_value v = value_double(NAN), absent = { 0 };

    values_check(&v, "null");
    v = value_double(-INFINITY);
    values_check(&v, "null");
    values_check(&absent, "null");
}
END_TEST

START_TEST(writes_integers_of_all_lengths)
{
    unsigned long long w = 0;
    char want[32];

    for (int digits = 1; digits <= 20; digits++) {
        kiln_value v;

        w = w * 10 + (unsigned)(digits % 10);
        for (int d = -1; d <= 1; d++) {
            v = value_uint(w + (unsigned long long)d);
            snprintf(want, sizeof want, "%llu", w + (unsigned long long)d);
            values_check(&v, want);
            v = value_int(-(long long)(w / 2) + d);
            snprintf(want, sizeof want, "%lld", -(long long)(w / 2) + d);
            values_check(&v, want);
        }
    }
}
END_TEST

/* Every byte that may stand alone in a string, at every offset of a word. */
START_TEST(escapes_each_byte_at_each_place)
{
    struct json_error e;
    int wrong = 0;

    for (int c = 0; c < 0x80; c++)
        for (size_t at = 0; at < 17; at++) {
            char s[18] = "abcdefghijklmnopq";
            struct text t = { 0 };
            kiln_value v, again;

            s[at] = (char)c;
            value_string(&heap, &v, s, 17);
            json_write(&t, &v);
            for (size_t i = 0; i < t.n; i++)
                wrong += t.s[i] < ' ';
            wrong += json_read(&heap, &again, t.s, t.n, &e) != 0 || !value_equal(&v, &again);
            text_fini(&t);
        }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(writes_prettily)
{
    kiln_value v = values_from(&heap, "{\"a\":[1,{\"b\":null}],\"c\":[],\"d\":{},\"e\":\"x\"}");
    struct text t = { 0 };

    json_write_pretty(&t, &v);
    ck_assert_str_eq(text_cstr(&t), "{\n"
                                    "  \"a\": [\n"
                                    "    1,\n"
                                    "    {\n"
                                    "      \"b\": null\n"
                                    "    }\n"
                                    "  ],\n"
                                    "  \"c\": [],\n"
                                    "  \"d\": {},\n"
                                    "  \"e\": \"x\"\n"
                                    "}");
    text_fini(&t);
}
END_TEST

/* A text that had no memory before the writing began stays failed and untouched. */
START_TEST(writing_without_memory)
{
    kiln_value v = values_from(&heap, "{\"a\":[1,2.5,\"s\",null,true]}");
    struct text t = { .failed = 1 };

    json_write(&t, &v);
    ck_assert_uint_eq(t.n, 0);
    ck_assert_int_eq(t.failed, 1);
    text_fini(&t);
}
END_TEST

Suite *suite_json(void);
Suite *suite_json(void)
{
    Suite *s = suite_create("json");
    TCase *c = tcase_create("json");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 30);
    tcase_add_loop_test(c, reads_and_writes, 0, sizeof texts / sizeof *texts);
    tcase_add_test(c, numbers_keep_their_kind);
    tcase_add_test(c, sorted_heaps_sort);
    tcase_add_test(c, the_text_is_not_kept);
    tcase_add_loop_test(c, refuses, 0, sizeof refused / sizeof *refused);
    tcase_add_loop_test(c, refuses_nul, 0, sizeof nuls / sizeof *nuls);
    tcase_add_test(c, refuses_every_prefix);
    tcase_add_test(c, nesting_is_bounded);
    tcase_add_test(c, many_members);
    tcase_add_test(c, long_strings);
    tcase_add_test(c, writes_what_is_no_json);
    tcase_add_test(c, writes_integers_of_all_lengths);
    tcase_add_test(c, escapes_each_byte_at_each_place);
    tcase_add_test(c, writes_prettily);
    tcase_add_test(c, writing_without_memory);
    suite_add_tcase(s, c);
    return s;
}
