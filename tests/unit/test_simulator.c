/* test_simulator.c: machines with many runs that crash by chance (machine.h). KILN_SEEDS=FROM-TO
 * tries others than the first; one that fails tells how to see it again. */
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"
#include "suites.h"

START_TEST(machines_lose_nothing)
{
    const char *seeds = getenv("KILN_SEEDS");
    struct machine_report report = { 0 };
    unsigned from = 0, to = 200;

    if (seeds)
        ck_assert_int_eq(sscanf(seeds, "%u-%u", &from, &to), 2);
    for (unsigned seed = from; seed < to; seed++)
        machine_try(seed, &report);
    ck_assert_uint_gt(report.runs, to - from);
    if (to - from < 50)
        return;
    ck_assert_uint_gt(report.crashes, to - from);
    ck_assert_uint_gt(report.faults, (to - from) / 2);
    ck_assert_uint_gt(report.cancelled, 0);
    ck_assert_uint_gt(report.drops, to - from);
    ck_assert_uint_gt(report.segments, 5 * (to - from)); /* so stores were cleaned */
}
END_TEST

Suite *suite_simulator(void);
Suite *suite_simulator(void)
{
    Suite *s = suite_create("simulator");
    TCase *t = tcase_create("machines");

    tcase_set_timeout(t, 300);
    tcase_add_test(t, machines_lose_nothing);
    suite_add_tcase(s, t);
    return s;
}
