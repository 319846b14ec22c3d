/* test_suggest.c: "did you mean": which name is near enough (scenario 2.1), and the hint made of
 * it. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "diag.h"
#include "suites.h"

static const char *const steps[] = { "fetch", "calc", "finish", "send-mail" };

enum { N_STEPS = sizeof steps / sizeof *steps };

/* At most half the word's length and two letters more may differ. */
static const struct {
    const char *word, *nearest;
} cases[] = {
    { "fech", "fetch" },   { "FETCH", "fetch" },
    { "clac", "calc" },    { "sendmail", "send-mail" },
    { "finsh", "finish" }, { "cal", "calc" },
    { "ca", "calc" },      { "c", NULL },
    { "", NULL },          { "something-else", NULL },
    { "xxxxxxxxx", NULL },
};

START_TEST(nearest_names)
{
    ck_assert_pstr_eq(diag_nearest(cases[_i].word, steps, N_STEPS), cases[_i].nearest);
}
END_TEST

START_TEST(the_first_of_equals_wins)
{
    static const char *const names[] = { "abd", "abe" };

    ck_assert_str_eq(diag_nearest("abc", names, 2), "abd");
}
END_TEST

START_TEST(very_long_words_are_near_nothing)
{
    char word[100000];
    const char *const names[] = { word };

    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    ck_assert_ptr_null(diag_nearest(word, names, 1));
    ck_assert_ptr_null(diag_nearest("aaaa", names, 1));
}
END_TEST

static void expect_hint(const char *word, const char *const *names, size_t n, const char *hint)
{
    struct arena a = { 0 };
    struct diags d = { .arena = &a };

    diag_suggest(&d, diag_error_plain(&d, "E001", "unknown"), word, "known steps", names, n);
    ck_assert_pstr_eq(d.at[0].hint, hint);
    arena_fini(&a);
}

START_TEST(hints)
{
    static const char *const many[] = { "a1", "a2", "a3", "a4", "a5", "a6", "a7",
                                        "a8", "a9", "b1", "b2", "b3", "b4" };

    expect_hint("fech", steps, N_STEPS, "did you mean 'fetch'?");
    expect_hint("nothing-like-it", steps, N_STEPS, "known steps: fetch, calc, finish, send-mail");
    expect_hint("zzzzzzzzzzzz", many, 13,
                "known steps: a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2, b3, ...");
    expect_hint("x", NULL, 0, NULL);
}
END_TEST

/* Ten thousand wrong names among ten thousand right ones would be a quadratic search. */
START_TEST(hints_end_where_nobody_reads_them)
{
    struct arena a = { 0 };
    struct diags d = { .arena = &a };

    for (int i = 0; i < 1000; i++)
        diag_suggest(&d, diag_error_plain(&d, "E001", "unknown"), "fech", "steps", steps, N_STEPS);
    ck_assert_ptr_nonnull(d.at[DIAG_MOST - 1].hint);
    ck_assert_ptr_null(d.at[999].hint);
    arena_fini(&a);
}
END_TEST

Suite *suite_suggest(void);

Suite *suite_suggest(void)
{
    Suite *s = suite_create("suggest");
    TCase *t = tcase_create("suggest");

    tcase_add_loop_test(t, nearest_names, 0, sizeof cases / sizeof *cases);
    tcase_add_test(t, the_first_of_equals_wins);
    tcase_add_test(t, very_long_words_are_near_nothing);
    tcase_add_test(t, hints);
    tcase_add_test(t, hints_end_where_nobody_reads_them);
    suite_add_tcase(s, t);
    return s;
}
