/* test_crash_records.c: the recorded workflows that may lie beside the checkout, stopped
 * everywhere.
 *
 * The runner of the records (tests/conformance) does it beside what else it holds against them, so
 * no workflow is copied. What leaves no record on the way is not stopped, and each program is taken
 * once. `make check` tries some ends of each write and under sanitizers a sample of the programs;
 * KILN_SEEDS, whatever it says, asks for every byte of all of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "shell.h"
#include "suites.h"

#define CASES "../shared/conformance"

#ifdef __SANITIZE_ADDRESS__
enum { TEARS = 2, ONE_IN = 3, ONE_IN_CC = 40 };
#else
enum { TEARS = 3, ONE_IN = 1, ONE_IN_CC = 12 };
#endif

static int is_there(void)
{
    if (access(CASES, R_OK) == 0)
        return 1;
    printf("skipped: no recorded cases in " CASES "\n");
    return 0;
}

/* The last line is "stops: 1200/1200 survived by 40 programs that leave records". */
static void check_stops(const char *backend, unsigned one_in)
{
    unsigned tears = getenv("KILN_SEEDS") ? 100000 : TEARS, passed = 0, tried = 1, programs = 0;
    struct shell s = shell_run(NULL,
                               "%s/tests/conformance --quiet --backend %s --stops %u/%u " CASES
                               " | grep -e FAILED -e ^stops",
                               shell_build(), backend, tears, one_in);

    printf("%s: %s", backend, text_cstr(&s.out));
    ck_assert_msg(
        sscanf(text_cstr(&s.out), "stops: %u/%u survived by %u", &passed, &tried, &programs) == 3,
        "%s%s", text_cstr(&s.out), text_cstr(&s.err));
    ck_assert_uint_eq(passed, tried);
    ck_assert_uint_gt(tried, 100 * programs);
    ck_assert_uint_gt(programs, 100 / one_in);
    shell_fini(&s);
}

START_TEST(recorded_workflows_survive)
{
    if (is_there())
        check_stops("tcc", getenv("KILN_SEEDS") ? 1 : ONE_IN);
}
END_TEST

START_TEST(under_the_system_compiler_too)
{
    if (is_there())
        check_stops("cc", ONE_IN_CC);
}
END_TEST

Suite *suite_crash_records(void);

Suite *suite_crash_records(void)
{
    Suite *s = suite_create("crash_records");
    TCase *t = tcase_create("stops");

    tcase_set_timeout(t, 600);
    tcase_add_test(t, recorded_workflows_survive);
    tcase_add_test(t, under_the_system_compiler_too);
    suite_add_tcase(s, t);
    return s;
}
