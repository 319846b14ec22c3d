/* test_base64.c: bytes as letters and back; what is not exactly that text is refused. */
#include <string.h>

#include "base/base64.h"
#include "suites.h"

static const struct {
    const char *bytes, *letters;
} pairs[] = { { "", "" },
              { "k", "aw==" },
              { "ki", "a2k=" },
              { "kil", "a2ls" },
              { "kiln", "a2lsbg==" },
              { "\xff\xfe\xfd", "//79" },
              { "\xfb\xf0", "+/A=" } };

START_TEST(both_ways)
{
    struct text t = { 0 };

    base64_write(&t, pairs[_i].bytes, strlen(pairs[_i].bytes));
    ck_assert_str_eq(text_cstr(&t), pairs[_i].letters);
    text_clear(&t);
    ck_assert_int_eq(base64_read(&t, pairs[_i].letters, strlen(pairs[_i].letters)), 0);
    ck_assert_str_eq(text_cstr(&t), pairs[_i].bytes);
    text_fini(&t);
}
END_TEST

static const char *const wrong[] = { "a",      "aw",   "aw=",  "aw= ",      "a2l",
                                     "a===",   "====", "ax==", "aw==a2ls",  "a2l=",
                                     "a2ls\n", "a-_s", "aw=A", "\xc3\xa4==" };

START_TEST(refuses_all_else)
{
    struct text t = { 0 };

    text_puts(&t, "kept");
    ck_assert_int_eq(base64_read(&t, wrong[_i], strlen(wrong[_i])), -1);
    ck_assert_uint_eq(t.n, 4);
    text_fini(&t);
}
END_TEST

Suite *suite_base64(void);

Suite *suite_base64(void)
{
    Suite *s = suite_create("base64");
    TCase *c = tcase_create("base64");

    tcase_add_loop_test(c, both_ways, 0, sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(c, refuses_all_else, 0, sizeof wrong / sizeof *wrong);
    suite_add_tcase(s, c);
    return s;
}
