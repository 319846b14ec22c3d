/* test_encode.c: the bytes of a value: known ones, both ways, and all that is no encoding. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "kiln_op.h"
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

static int decode(const char *bytes, size_t n, kiln_value *ret)
{
    size_t at = 0;
    int rc = value_decode(&heap, ret, (const unsigned char *)bytes, n, &at);

    ck_assert_uint_eq(at, rc == 0 ? n : 0);
    return rc;
}

static const struct {
    const char *json, *bytes;
    size_t n;
} known[] = {
    { "null", "\x01", 1 },
    { "false", "\x02", 1 },
    { "true", "\x03", 1 },
    { "0", "\x04\x00", 2 },
    { "-1", "\x04\x01", 2 },
    { "1", "\x04\x02", 2 },
    { "63", "\x04\x7e", 2 },
    { "-65", "\x04\x81\x01", 3 },
    { "300", "\x04\xd8\x04", 3 },
    { "9223372036854775807", "\x04\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 },
    { "-9223372036854775808", "\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 },
    { "9223372036854775808", "\x05\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11 },
    { "18446744073709551615", "\x05\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 },
    { "1.5", "\x06\x00\x00\x00\x00\x00\x00\xf8\x3f", 9 },
    { "-0.0", "\x06\x00\x00\x00\x00\x00\x00\x00\x80", 9 },
    { "\"\"", "\x07\x00", 2 },
    { "\"a\xc3\xa9\"",
      "\x07\x03"
      "a\xc3\xa9",
      5 },
    { "[]", "\x08\x00", 2 },
    { "[null,[true]]", "\x08\x02\x01\x08\x01\x03", 6 },
    { "{}", "\x09\x00", 2 },
    { "{\"b\":1,\"\":{}}",
      "\x09\x02\x01"
      "b\x04\x02\x00\x09\x00",
      9 },
};

START_TEST(known_bytes)
{
    kiln_value v = values_from(&heap, known[_i].json), back;
    struct text t = { 0 };

    value_encode(&t, &v);
    ck_assert_uint_eq(t.n, known[_i].n);
    ck_assert_mem_eq(t.s, known[_i].bytes, t.n);
    ck_assert_int_eq(decode(t.s, t.n, &back), 0);
    ck_assert_uint_eq(back.tag, v.tag);
    values_check(&back, known[_i].json);
    text_fini(&t);
}
END_TEST

START_TEST(absent_stands_alone)
{
    kiln_value v = { 0 }, back = value_int(1);
    struct text t = { 0 };

    value_encode(&t, &v);
    ck_assert_uint_eq(t.n, 1);
    ck_assert_int_eq(decode(t.s, t.n, &back), 0);
    ck_assert_uint_eq(back.tag, KILN_ABSENT);
    ck_assert_int_eq(decode("\x08\x01\x00", 3, &back), -1);
    ck_assert_int_eq(decode("\x09\x01\x01k\x00", 5, &back), -1);
    text_fini(&t);
}
END_TEST

START_TEST(doubles_keep_every_bit)
{
    const uint64_t patterns[] = { 1, 0x7ff0000000000000u, 0xfff0000000000000u, 0x7ff8000000000001u,
                                  0x7fefffffffffffffu };

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        kiln_value v = { .tag = KILN_DOUBLE, .u.w = patterns[i] }, back;
        struct text t = { 0 };

        value_encode(&t, &v);
        ck_assert_int_eq(decode(t.s, t.n, &back), 0);
        ck_assert_uint_eq(back.u.w, patterns[i]);
        text_fini(&t);
    }
}
END_TEST

/* Several in a row, as records hold them: each decoding goes on where the last one ended. */
START_TEST(one_after_another)
{
    const char *texts[] = { "[1,2]", "\"x\"", "{\"k\":[0.5]}" };
    struct text t = { 0 };
    size_t at = 0;

    for (int i = 0; i < 3; i++) {
        kiln_value v = values_from(&heap, texts[i]);

        value_encode(&t, &v);
    }
    for (int i = 0; i < 3; i++) {
        kiln_value v;

        ck_assert_int_eq(value_decode(&heap, &v, (unsigned char *)t.s, t.n, &at), 0);
        values_check(&v, texts[i]);
    }
    ck_assert_uint_eq(at, t.n);
    text_fini(&t);
}
END_TEST

static const struct {
    const char *bytes;
    size_t n;
} malformed[] = {
    { "", 0 },
    { "\x0a", 1 },
    { "\xff", 1 },
    { "\x04", 1 },
    { "\x04\x80", 2 },
    { "\x04\x80\x00", 3 },                                      /* not the shortest form */
    { "\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 11 },     /* 65 bits */
    { "\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12 }, /* eleven bytes */
    { "\x05\x01", 2 },                                          /* fits an integer */
    { "\x05\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 10 },         /* the same: 2^63 - 1 */
    { "\x06\x00\x00\x00\x00\x00\x00\xf8", 8 },
    { "\x07", 1 },
    { "\x07\x02"
      "a",
      3 },
    { "\x07\x01\xff", 3 }, /* not UTF-8 */
    { "\x07\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 },
    { "\x08\x01", 2 },
    { "\x08\x02\x01", 3 },
    { "\x08\xff\xff\xff\xff\x0f\x01", 7 },
    { "\x08\x02\x08\x02\x01\x01", 6 }, /* the outer one is one short */
    { "\x09\x01", 2 },
    { "\x09\x01\x01"
      "k",
      4 },
    { "\x09\x02\x01"
      "k\x01\x01"
      "k\x02",
      8 }, /* one key twice */
};

START_TEST(refuses_malformed_bytes)
{
    kiln_value v = value_int(7);
    char *exact = malloc(malformed[_i].n + 1);

    memcpy(exact + 1, malformed[_i].bytes, malformed[_i].n);
    ck_assert_int_eq(decode(exact + 1, malformed[_i].n, &v), -1);
    ck_assert(value_is(&heap.error, "malformed bytes of a value"));
    values_check(&v, "7");
    free(exact);
}
END_TEST

/* What is cut off anywhere is refused; one byte changed anywhere does no harm. */
START_TEST(cut_or_changed)
{
    kiln_value v =
        values_from(&heap, "{\"a\":[1,-2.5,\"\xc3\xa9t\xc3\xa9\",{\"b\":[]}],\"c\":null}");
    struct text t = { 0 };
    kiln_value back;
    int past_end = 0;
    size_t at;

    value_encode(&t, &v);
    for (size_t n = 0; n < t.n; n++)
        ck_assert_int_eq(decode(t.s, n, &back), -1);
    for (size_t i = 0; i < t.n; i++)
        for (int c = 0; c < 256; c++) {
            char old = t.s[i];

            t.s[i] = (char)c;
            at = 0;
            value_decode(&heap, &back, (unsigned char *)t.s, t.n, &at);
            past_end += at > t.n;
            t.s[i] = old;
        }
    ck_assert_int_eq(past_end, 0);
    text_fini(&t);
}
END_TEST

/* A thousand arrays, each in the other, each announcing as many items as there are bytes left: the
 * memory taken stays in proportion to the input. */
START_TEST(announcements_cost_nothing)
{
    enum { N = 100000 };
    static char bytes[N];
    kiln_value v;
    size_t at = 0;

    for (size_t i = 0; i + 4 < 4000; i += 4)
        memcpy(bytes + i, "\x08\x9e\x8d\x05", 4); /* 83,614 items */
    memset(bytes + 4000, 1, N - 4000);
    ck_assert_int_eq(value_decode(&heap, &v, (unsigned char *)bytes, N, &at), -1);
    ck_assert_uint_lt(heap.arena.used, (size_t)N * 40);
}
END_TEST

START_TEST(depth_is_bounded)
{
    struct text t = { 0 };
    kiln_value v;

    for (int i = 0; i < VALUE_DEPTH; i++)
        text_put(&t, i & 1 ? "\x08\x01" : "\x09\x01\x00", i & 1 ? 2 : 3);
    text_putc(&t, 1);
    ck_assert_int_eq(decode(t.s, t.n, &v), 0);
    text_clear(&t);
    for (int i = 0; i <= VALUE_DEPTH; i++)
        text_put(&t, "\x08\x01", 2);
    text_putc(&t, 1);
    ck_assert_int_eq(decode(t.s, t.n, &v), -1);
    ck_assert(value_is(&heap.error, "a value is nested deeper than 1024"));
    text_fini(&t);
}
END_TEST

START_TEST(order_is_kept_and_large_objects_found)
{
    enum { N = 3000 };
    kiln_value *pairs = malloc(2 * N * sizeof *pairs), v, back;
    struct text t = { 0 };
    char key[16];
    int wrong = 0;

    for (int i = 0; i < N; i++) {
        value_textf(&heap, &pairs[2 * i], "k%d", i * 7 % N);
        pairs[2 * i + 1] = value_int(i);
    }
    kiln_object(&heap, &v, pairs, N);
    value_encode(&t, &v);
    ck_assert_int_eq(decode(t.s, t.n, &back), 0);
    for (int i = 0; i < N; i++) {
        snprintf(key, sizeof key, "k%d", i * 7 % N);
        wrong += back.u.members[i].value.u.i != i || value_member(&back, key).u.i != i;
    }
    ck_assert_int_eq(wrong, 0);
    text_fini(&t);
    free(pairs);
}
END_TEST

Suite *suite_encode(void);
Suite *suite_encode(void)
{
    Suite *s = suite_create("encode");
    TCase *c = tcase_create("encode");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, known_bytes, 0, sizeof known / sizeof *known);
    tcase_add_test(c, absent_stands_alone);
    tcase_add_test(c, doubles_keep_every_bit);
    tcase_add_test(c, one_after_another);
    tcase_add_loop_test(c, refuses_malformed_bytes, 0, sizeof malformed / sizeof *malformed);
    tcase_add_test(c, cut_or_changed);
    tcase_add_test(c, announcements_cost_nothing);
    tcase_add_test(c, depth_is_bounded);
    tcase_add_test(c, order_is_kept_and_large_objects_found);
    suite_add_tcase(s, c);
    return s;
}
