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

Suite *suite_conformance(void);

Suite *suite_conformance(void)
{
    Suite *s = suite_create("conformance");
    TCase *t = tcase_create("recorded cases");

    tcase_set_timeout(t, 600);
    tcase_add_loop_test(t, recorded_cases_through_libtcc, 0, 3);
    tcase_add_loop_test(t, recorded_cases_through_the_c_compiler, 0, 3);
    suite_add_tcase(s, t);
    return s;
}
