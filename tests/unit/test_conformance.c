/* test_conformance.c: the recorded cases that may lie beside the checkout, through both back ends.
 *
 * The runner tells passed, failed and unsupported apart; here none may fail and some must pass.
 * Without the collection the tests say so and pass. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shell.h"
#include "suites.h"

#define CASES "../shared/conformance/"

static const char *const dialects[] = { "scenario", "operonx", "pregel" };

/* The totals of a dialect are the last line: "pregel: 91 passed, 0 failed, 164 unsupported". */
static void check_totals(const char *dialect, const char *backend)
{
    struct shell s = shell_run(NULL, "%s/tests/conformance --quiet --backend %s " CASES "%s",
                               shell_build(), backend, dialect);
    unsigned passed = 0, failed = 1;
    char format[64];

    printf("%s %s", backend, text_cstr(&s.out));
    snprintf(format, sizeof format, "%s: %%u passed, %%u failed", dialect);
    ck_assert_msg(sscanf(text_cstr(&s.out), format, &passed, &failed) == 2 && !failed && passed
                      && s.code == 0,
                  "%s through %s: %s%s", dialect, backend, text_cstr(&s.out), text_cstr(&s.err));
    shell_fini(&s);
}

static int is_there(void)
{
    if (access(CASES, R_OK) == 0)
        return 1;
    printf("skipped: no recorded cases in " CASES "\n");
    return 0;
}

START_TEST(recorded_cases_through_libtcc)
{
    if (is_there())
        check_totals(dialects[_i], "tcc");
}
END_TEST

/* A shared object a case takes its time, and is the same code under every sanitizer. */
START_TEST(recorded_cases_through_the_c_compiler)
{
#ifdef __SANITIZE_ADDRESS__
    printf("skipped: the C compiler's back end is run in release\n");
#else
    if (is_there())
        check_totals(dialects[_i], "cc");
#endif
}
END_TEST

/* Two records of conditions, of which the second states what does not hold, and a file of nobody's.
 */
#define TWO "{\"records\":[[\"EQ\",[1,1],true],[\"EQ\",[1,2],true]]}"

START_TEST(what_fails_and_what_is_unknown_is_told)
{
    struct shell s =
        shell_run(NULL,
                  "d=$(mktemp -d) && cd $d && echo '" TWO "' > two.json && echo '{}' > odd.json && "
                  "%s/tests/conformance --by-file $d; c=$?; rm -r $d; exit $c",
                  shell_build());

    ck_assert_int_eq(s.code, 1);
    ck_assert_ptr_nonnull(
        strstr(text_cstr(&s.out), "FAILED scenario two/c1: expected {\"ok\":true}"));
    ck_assert_ptr_nonnull(
        strstr(text_cstr(&s.out), "/two.json: 1 passed, 1 failed, 0 unsupported"));
    ck_assert_ptr_nonnull(strstr(text_cstr(&s.out), "/odd.json: no case in a known format"));
    ck_assert_ptr_nonnull(
        strstr(text_cstr(&s.out), "\nscenario: 1 passed, 1 failed, 0 unsupported\n"));
    shell_fini(&s);
}
END_TEST

Suite *suite_conformance(void);

Suite *suite_conformance(void)
{
    Suite *s = suite_create("conformance");
    TCase *t = tcase_create("recorded cases");

    tcase_set_timeout(t, 600);
    tcase_add_loop_test(t, recorded_cases_through_libtcc, 0, 3);
    tcase_add_loop_test(t, recorded_cases_through_the_c_compiler, 0, 3);
    tcase_add_test(t, what_fails_and_what_is_unknown_is_told);
    suite_add_tcase(s, t);
    return s;
}
