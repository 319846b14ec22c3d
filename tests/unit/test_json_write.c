/* test_json_write.c: how values are written: numbers, escapes, layout, and what is no JSON. */
#include <math.h>
#include <stdio.h>

#include "heaps.h"
#include "kiln_op.h"
#include "suites.h"

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
    kiln_value v = from("{\"a\":[1,{\"b\":null}],\"c\":[],\"d\":{},\"e\":\"x\"}");
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
    kiln_value v = from("{\"a\":[1,2.5,\"s\",null,true]}");
    struct text t = { .failed = 1 };

    json_write(&t, &v);
    ck_assert_uint_eq(t.n, 0);
    ck_assert_int_eq(t.failed, 1);
    text_fini(&t);
}
END_TEST

Suite *suite_json_write(void);
Suite *suite_json_write(void)
{
    Suite *s = suite_create("json_write");
    TCase *c = tcase_create("json_write");

    tcase_add_checked_fixture(c, heaps_open, heaps_close);
    tcase_set_timeout(c, 30);
    tcase_add_test(c, writes_what_is_no_json);
    tcase_add_test(c, writes_integers_of_all_lengths);
    tcase_add_test(c, escapes_each_byte_at_each_place);
    tcase_add_test(c, writes_prettily);
    tcase_add_test(c, writing_without_memory);
    suite_add_tcase(s, c);
    return s;
}
