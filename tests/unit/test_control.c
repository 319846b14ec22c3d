/* test_control.c: what one process asks of another that writes the store: beside it, before it is
 * there, and when it is too late.
 */
#include <signal.h>

#include "patient.h"

/* ---- control ---- */

START_TEST(a_key_has_one_run)
{
    expect_run("start --key order-7 --input {\"ms\":0}", KILN_EXIT_OK);
    expect_run("start --key order-7 --input {\"ms\":0}", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count_inbox(), 1);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    expect_run("start --key order-7 --input {\"ms\":0}", KILN_EXIT_OK);
    expect_run("start --key order-8 --input {\"ms\":0}", KILN_EXIT_OK);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 2);
    expect_run("start --id x", KILN_EXIT_OK);
    expect_run("start --id x", KILN_EXIT_USAGE);
    ck_assert(patient_is_said("already has a run 'x'"));
}
END_TEST

START_TEST(cancels_and_pauses)
{
    patient_start(3, "{\"ms\":0,\"wait\":true}");
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    expect_run("cancel r0", KILN_EXIT_OK);
    expect_run("pause r1", KILN_EXIT_OK);
    expect_run("signal r1 go 1", KILN_EXIT_OK);
    expect_run("signal r2 await 2", KILN_EXIT_OK);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_CANCELLED), 1);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 1);
    ck_assert(patient_is_paused("r1"));
    expect_run("resume --all", KILN_EXIT_OK);
    ck_assert(patient_is_said("left alone: it is paused"));
    expect_run("resume r1", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 2);
    expect_run("resume r0", KILN_EXIT_FAILED);
    ck_assert(patient_is_said("run r0 was cancelled"));
    patient_expect_world(5, 0);
}
END_TEST

/* All of it beside a worker that runs. */
START_TEST(controls_a_live_worker)
{
    pid_t pid = patient_begin("worker");

    patient_start(2, "{\"ms\":0,\"wait\":true}");
    patient_await(JOURNAL_BEGIN, 2);
    expect_run("pause r0", KILN_EXIT_OK);
    for (unsigned i = 0; !patient_is_paused("r0"); i++) {
        ck_assert_uint_lt(i, 500);
        patient_sleep(10);
    }
    expect_run("signal r0 go 1", KILN_EXIT_OK);
    expect_run("cancel r1", KILN_EXIT_OK);
    patient_await(JOURNAL_CANCELLED, 1);
    expect_run("resume r0", KILN_EXIT_OK);
    ck_assert(patient_is_said("it is asked to go on with r0"));
    patient_await(JOURNAL_COMPLETED, 1);
    kill(pid, SIGTERM);
    ck_assert_int_eq(patient_end(pid), KILN_EXIT_OK);
}
END_TEST

/* Nobody works: who takes the run up takes what came for it too. */
START_TEST(messages_wait_for_resume)
{
    expect_run("run --id x --input {\"ms\":0,\"wait\":true}", KILN_EXIT_WAITING);
    expect_run("run --id y --input {\"ms\":0,\"wait\":true}", KILN_EXIT_WAITING);
    expect_run("signal x go 1", KILN_EXIT_OK);
    expect_run("resume y", KILN_EXIT_WAITING); /* it is not for this one */
    ck_assert_uint_eq(patient_count_inbox(), 1);
    expect_run("resume x", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count_inbox(), 0);
    expect_run("pause y", KILN_EXIT_OK);
    expect_run("signal y go 1", KILN_EXIT_OK);
    patient_send(INBOX_CANCEL, "x", NULL);
    expect_run("resume --all", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 2);
    ck_assert_uint_eq(patient_count_inbox(), 1); /* of the one that had ended before */
    expect_run("resume x", KILN_EXIT_OK);
    ck_assert(patient_is_said("a message for run x is dropped: it has ended"));
    ck_assert_uint_eq(patient_count_inbox(), 0);
    patient_expect_world(4, 0);
    patient_start(1, "{\"ms\":0}");
    expect_run("signal r0 go 1", KILN_EXIT_OK);
    expect_run("run --id r0 --input {\"ms\":0,\"wait\":true}", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count_inbox(), 0);
}
END_TEST

START_TEST(refuses_what_cannot_come_to_anything)
{
    expect_run("signal r0 go", KILN_EXIT_STORE);
    patient_start(1, "{\"ms\":0}");
    expect_run("signal r0 go", KILN_EXIT_OK); /* it is queued */
    expect_run("signal r1 go", KILN_EXIT_NO_RUN);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    expect_run("signal r0 go", KILN_EXIT_ENDED);
    expect_run("cancel r0", KILN_EXIT_ENDED);
    expect_run("signal r0 go x", KILN_EXIT_INPUT);
    expect_run("signal r0", KILN_EXIT_USAGE);
    expect_run("cancel", KILN_EXIT_USAGE);
    expect_run("worker r0", KILN_EXIT_USAGE);
    patient_send(INBOX_SIGNAL, "r0", "1"); /* it ended between the look and the message */
    patient_send(INBOX_CANCEL, "none", NULL);
    patient_send(INBOX_START, "no id", "1");
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert(patient_is_said("signal r0 is dropped: the run has ended"));
    ck_assert(patient_is_said("cancel none is dropped: there is no such run"));
    ck_assert(patient_is_said("is put aside: it names a run as no run can be named"));
    ck_assert_uint_eq(patient_count_inbox(), 0);
}
END_TEST

START_TEST(one_store_has_one_worker)
{
    pid_t pid;

    patient_start(1, "{\"ms\":0,\"wait\":true}");
    pid = patient_begin("worker");
    patient_await(JOURNAL_BEGIN, 1);
    expect_run("worker", KILN_EXIT_STORE);
    ck_assert(patient_is_said("is in use: another program is writing it"));
    kill(pid, SIGTERM);
    ck_assert_int_eq(patient_end(pid), KILN_EXIT_OK);
}
END_TEST

Suite *suite_control(void);

Suite *suite_control(void)
{
    Suite *s = suite_create("control");
    TCase *t = tcase_create("control");

    tcase_add_checked_fixture(t, patient_set_up, patient_tear_down);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_key_has_one_run);
    tcase_add_test(t, cancels_and_pauses);
    tcase_add_test(t, controls_a_live_worker);
    tcase_add_test(t, messages_wait_for_resume);
    tcase_add_test(t, refuses_what_cannot_come_to_anything);
    tcase_add_test(t, one_store_has_one_worker);
    suite_add_tcase(s, t);
    return s;
}
