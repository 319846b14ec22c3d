/* test_past_cli.c: `show --at` and `fork`: how moments are named, what is printed, and what is
 * refused.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "patient.h"

/* Records: 1 begin, 2 and 3 first, then note, two of second, and the end; a hard build puts bases
 * between them. */
#ifdef KILN_HARD
#define NOTE "5"
#define END "8"
#define NOBODY "9"
#else
#define NOTE "4"
#define END "7"
#define NOBODY "8"
#endif

static void run_one(void)
{
    ck_assert_int_eq(order_call("run --store s --id a --input {\"n\":1}"), KILN_EXIT_OK);
}

START_TEST(shows_slots_as_they_were)
{
    run_one();
    ck_assert_int_eq(order_call("show a --store s --at first"), KILN_EXIT_OK);
    order_said("run      a\nbehind   record 3 (first), +0 ms\n\nroot\n"
               "  input                 {\"n\":1}\n"
               "  first                 2\n"
               "  note                  (next)\n");
    ck_assert_int_eq(order_call("show a --store s --at 1 --json"), KILN_EXIT_OK);
    order_said("{\"id\":\"a\",\"record\":1,\"ms\":0,\"status\":\"running\"}\n"
               "{\"frame\":\"\",\"flow\":\"root\",\"index\":0,\"slots\":{\"input\":{\"n\":1}},"
               "\"steps\":{\"first\":\"next\"}}\n");
    ck_assert_int_eq(order_call("show a --store s --before second"), KILN_EXIT_OK);
    order_said_part("behind   record " NOTE " (note)");
    ck_assert_int_eq(order_call("show a --store s --at " END), KILN_EXIT_OK);
    order_said("run      a\nbehind   record " END ", +0 ms\noutput   [2,3]\n");
    ck_assert_str_eq(text_cstr(&two_effects_world), "1;2;");
}
END_TEST

START_TEST(goes_on_before_what_failed)
{
    ck_assert_int_eq(order_call("run --store s --id b --input {\"n\":1,\"fail\":true}"),
                     KILN_EXIT_FAILED);
    ck_assert_int_eq(order_call("show b --store s --at second"), KILN_EXIT_OK);
    order_said_part("error    \"no\"");
    ck_assert_int_eq(order_call("fork b --store s --before second --id c"), KILN_EXIT_OK);
    order_said("c\n");
    ck_assert_int_eq(order_call("list --store s --status queued"), KILN_EXIT_OK);
    order_said_part("two-effects, forked from b\n");
    ck_assert_int_eq(order_call("show c --store s"), KILN_EXIT_OK);
    order_said_part("forked   from b, behind record " NOTE " (note)\n");
    ck_assert_int_eq(order_call("list --store s --json"), KILN_EXIT_OK);
    order_said_part("\"forked\":{\"from\":\"b\",\"record\":" NOTE ",\"step\":\"note\"}");
    ck_assert_int_eq(order_call("resume c --store s"), KILN_EXIT_FAILED);
    ck_assert_str_eq(text_cstr(&two_effects_world), "1;2;2;"); /* the first is not done again */
    ck_assert_int_eq(order_call("resume b --store s"), KILN_EXIT_FAILED);
    ck_assert_str_eq(text_cstr(&two_effects_world), "1;2;2;");
}
END_TEST

START_TEST(refuses_what_is_not_there)
{
    run_one();
    ck_assert_int_eq(order_call("show a --store s --at third"), KILN_EXIT_NO_RUN);
    order_complained("no record of a step 'third' any more, or yet; it has first, note, second\n");
    ck_assert_int_eq(order_call("show a --store s --at " NOBODY), KILN_EXIT_NO_RUN);
    order_complained("its records are 1 to " END);
    ck_assert_int_eq(order_call("fork a --store s --before 1"), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(order_call("fork a --store s --at first --before first"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("fork a --store s"), KILN_EXIT_USAGE);
    order_complained("--at STEP or --before STEP");
    ck_assert_int_eq(order_call("fork a --store s --at " END), KILN_EXIT_USAGE);
    order_complained("had ended at record " END);
    ck_assert_int_eq(order_call("fork z --store s --at 1"), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(order_call("fork a --store s --at 1 --id a"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("fork a --store s --at 1 --id -x"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("fork a --store other --at 1"), KILN_EXIT_STORE);
    ck_assert_int_eq(order_call("fork a --at 1"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("fork --store s --at 1"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call_with(&two_effects_newer, "show a --store s --at 1"),
                     KILN_EXIT_PROGRAM);
    ck_assert_str_eq(text_cstr(&two_effects_world), "1;2;");
}
END_TEST

/* ---- beside a worker ---- */

START_TEST(forks_beside_a_worker)
{
    pid_t pid;

    patient_start(1, "{\"ms\":0}");
    pid = patient_begin("worker");
    patient_await(JOURNAL_COMPLETED, 1);
    expect_run("fork r0 --at 2 --id f0", KILN_EXIT_OK);
    patient_await(JOURNAL_COMPLETED, 2);
    expect_run("fork r0 --at 2 --id f0", KILN_EXIT_USAGE);
    expect_run("show f0 --at 2", KILN_EXIT_NO_RUN);
    expect_run("show r0 --at 2", KILN_EXIT_OK);
    expect_run("fork r0 --at 2 --id f1", KILN_EXIT_OK);
    patient_await(JOURNAL_COMPLETED, 3);
    kill(pid, SIGTERM);
    ck_assert_int_eq(patient_end(pid), KILN_EXIT_OK);
    patient_expect_world(6, 0);
}
END_TEST

Suite *suite_past_cli(void);
Suite *suite_past_cli(void)
{
    Suite *s = suite_create("past_cli");
    TCase *t = tcase_create("verbs"), *worker = tcase_create("worker");

    tcase_add_checked_fixture(t, order_begin, order_end);
    tcase_add_test(t, shows_slots_as_they_were);
    tcase_add_test(t, goes_on_before_what_failed);
    tcase_add_test(t, refuses_what_is_not_there);
    suite_add_tcase(s, t);
    tcase_set_timeout(worker, 120);
    tcase_add_checked_fixture(worker, patient_set_up, patient_tear_down);
    tcase_add_test(worker, forks_beside_a_worker);
    suite_add_tcase(s, worker);
    return s;
}
