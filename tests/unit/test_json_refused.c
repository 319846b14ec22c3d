/* test_json_refused.c: what is no JSON: the reader says why and at which byte, and gives no value.
 */
#include "heaps.h"
#include "kiln_op.h"
#include "suites.h"

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
    v = from(json);
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

Suite *suite_json_refused(void);
Suite *suite_json_refused(void)
{
    Suite *s = suite_create("json_refused");
    TCase *c = tcase_create("json_refused");

    tcase_add_checked_fixture(c, heaps_open, heaps_close);
    tcase_set_timeout(c, 30);
    tcase_add_loop_test(c, refuses, 0, sizeof refused / sizeof *refused);
    tcase_add_loop_test(c, refuses_nul, 0, sizeof nuls / sizeof *nuls);
    tcase_add_test(c, refuses_every_prefix);
    tcase_add_test(c, nesting_is_bounded);
    suite_add_tcase(s, c);
    return s;
}
