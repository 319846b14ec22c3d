/* test_worker.c: many runs at once, in processes that come and go: asked to end, killed, with
 * clocks that go backwards and programs that are not theirs.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "job.h"
#include "patient.h"

/* ---- in one thread ---- */

/* What one program leaves, another takes. */
START_TEST(works_until_idle)
{
    patient_start(50, "{\"n\":1,\"ms\":20,\"wait\":false}");
    expect_run("worker --exit-when-idle --threads 1", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 50);
    ck_assert_uint_eq(patient_count_inbox(), 0);
    patient_expect_world(100, 0);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    patient_expect_world(100, 0);
}
END_TEST

START_TEST(sleeps_overlap)
{
    long long t = kiln_io_posix.now_ms(NULL);

    patient_start(100, "{\"ms\":400,\"wait\":false}");
    expect_run("worker --exit-when-idle --threads 3", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 100);
    ck_assert_int_ge(kiln_io_posix.now_ms(NULL) - t, 400);
    ck_assert_int_lt(kiln_io_posix.now_ms(NULL) - t, 20000);
}
END_TEST

/* Only three are in memory: the others are dropped and taken up again when their signal comes. */
START_TEST(signals_find_runs_that_were_dropped)
{
    pid_t pid;

    patient_start(60, "{\"ms\":0,\"wait\":true}");
    expect_run("worker --exit-when-idle --max-runs 3", KILN_EXIT_OK);
    patient_expect_world(60, 0);
    pid = patient_begin("worker --max-runs 3 --metrics metrics");
    for (unsigned i = 0; i < 60; i++)
        patient_send(INBOX_SIGNAL, patient_id(i), "7");
    patient_await(JOURNAL_COMPLETED, 60);
    kill(pid, SIGTERM);
    ck_assert_int_eq(patient_end(pid), KILN_EXIT_OK);
    patient_expect_world(120, 0);
    ck_assert_uint_eq(patient_count_inbox(), 0);
}
END_TEST

/* ---- ends ---- */

START_TEST(drains_when_asked)
{
    pid_t pid;

    patient_start(100, "{\"ms\":150,\"wait\":false}");
    for (unsigned i = 0; patient_count(JOURNAL_COMPLETED) < 100; i++) {
        ck_assert_uint_lt(i, 400);
        pid = patient_begin("worker --threads 2");
        patient_sleep(60);
        kill(pid, i % 2 ? SIGTERM : SIGINT);
        ck_assert_int_eq(patient_end(pid), KILN_EXIT_OK);
    }
    patient_expect_world(200, 0);
}
END_TEST

/* Killed again and again: every run comes to its end, and an effect happens twice only when the
 * worker was killed in it: at most once a thread and kill. */
START_TEST(loses_nothing_when_killed)
{
    enum { RUNS = 200, THREADS = 3 };
    unsigned kills = 0;
    pid_t pid;

    patient_start(RUNS, "{\"ms\":50,\"wait\":true}");
    for (unsigned i = 0; i < RUNS; i++)
        patient_send(INBOX_SIGNAL, patient_id(i), "1");
    for (; kills < 25; kills++) {
        pid = patient_begin("worker --threads 3 --max-runs 20");
        patient_sleep(20 + kills * 7 % 90);
        kill(pid, SIGKILL);
        ck_assert_int_eq(patient_end(pid), -SIGKILL);
    }
    expect_run("worker --exit-when-idle --threads 3", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), RUNS);
    ck_assert_uint_eq(patient_count_inbox(), 0);
    patient_expect_world(2 * RUNS, THREADS * kills);
}
END_TEST

/* The second comes while the first still dies, killed at any time with hundreds of runs under way:
 * it has the store and all the work, or comes too early and is told so. */
START_TEST(a_second_worker_takes_over)
{
    enum { RUNS = 300, THREADS = 2 };
    unsigned kills = 0;
    pid_t first, second;

    patient_start(RUNS, "{\"ms\":30,\"wait\":false}");
    for (; kills < 20; kills++) {
        first = patient_begin("worker --threads 2 --max-runs 40");
        patient_sleep(10 + kills * 11 % 50);
        kill(first, SIGKILL);
        second = patient_begin("worker --max-runs 7");
        ck_assert_int_eq(patient_end(first), -SIGKILL);
        patient_sleep(30);
        kill(second, SIGKILL);
        patient_end(second);
    }
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), RUNS);
    ck_assert_uint_eq(patient_count_inbox(), 0);
    patient_expect_world(2 * RUNS, 2 * THREADS * kills);
}
END_TEST

/* A worker that stands still is alive: nobody takes its work, and it goes on as if nothing had
 * been. */
START_TEST(a_worker_that_stands_still_keeps_its_work)
{
    pid_t pid;

    patient_start(20, "{\"ms\":1000,\"wait\":false}");
    pid = patient_begin("worker --exit-when-idle");
    patient_await(JOURNAL_BEGIN, 20);
    kill(pid, SIGSTOP);
    patient_sleep(1100); /* all are due by now */
    expect_run("worker --exit-when-idle", KILN_EXIT_STORE);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 0);
    kill(pid, SIGCONT);
    ck_assert_int_eq(patient_end(pid), KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 20);
    patient_expect_world(40, 0);
}
END_TEST

/* ---- other worlds ---- */

/* A clock of our own, and no process: who looks, and when, is up to the test. */
static long long fake_now = 1700000000000;

static long long fake_now_ms(void *self)
{
    (void)self;
    return fake_now;
}

static void drive_all(struct worker *w)
{
    ck_assert_int_eq(worker_look(w, 1), 0);
    for (int code; (code = worker_drive(w, 0));)
        ck_assert_int_ge(code, 0);
}

START_TEST(a_clock_that_goes_backwards)
{
    struct kiln_io io = kiln_io_posix;
    struct worker_options o = { .program = patient_program, .run = { .io = &io }, .max_runs = 1 };
    struct worker *w = NULL;

    io.now_ms = fake_now_ms;
    patient_start(3, "{\"ms\":1000,\"wait\":false}");
    ck_assert_int_eq(store_open(&io, "s", STORE_CREATE, &o.run.store, NULL), 0);
    ck_assert_int_eq(worker_new(&o, &w), 0);
    drive_all(w);
    ck_assert_int_eq(worker_due(w), fake_now + 1000);
    fake_now -= 1000000;
    drive_all(w);
    ck_assert_uint_eq(worker_count(w).timed, 3);
    ck_assert_uint_eq(worker_count(w).drops, 2);
    fake_now += 1000999;
    drive_all(w);
    ck_assert_uint_eq(worker_count(w).timed, 3);
    fake_now += 1;
    drive_all(w);
    ck_assert_uint_eq(worker_count(w).completed, 3);
    ck_assert_uint_eq(worker_count(w).loads, 5);
    worker_free(w);
    store_close(o.run.store);
}
END_TEST

/* A worker that looks into its inbox while it writes a run down: the clock is asked then. */
static struct worker *dropping;

static long long look_now_ms(void *self)
{
    struct worker *w = dropping;

    if (w && w->places[JOB_DRIVEN] && !w->seats[0].job) { /* nobody drives it: it is dropped */
        dropping = NULL;
        ck_assert_int_eq(worker_look(w, 1), 0);
    }
    return kiln_io_posix.now_ms(self);
}

/* The signal is not lost on the run that is neither in memory nor quite put aside. */
START_TEST(a_signal_comes_while_a_run_is_dropped)
{
    struct kiln_io io = kiln_io_posix;
    struct worker_options o = { .program = patient_program, .run = { .io = &io } };
    struct worker *w = NULL;

    io.now_ms = look_now_ms;
    patient_start(1, "{\"ms\":0,\"wait\":true}");
    ck_assert_int_eq(store_open(&io, "s", STORE_CREATE, &o.run.store, NULL), 0);
    ck_assert_int_eq(worker_new(&o, &w), 0);
    ck_assert_int_eq(worker_look(w, 1), 0);
    patient_send(INBOX_SIGNAL, "r0", "1");
    dropping = w;
    for (unsigned i = 0; !worker_count(w).completed; i++) {
        ck_assert_uint_lt(i, 2000);
        ck_assert_int_ge(worker_drive(w, 0), 0);
        if (!dropping || worker_count(w).timed)
            ck_assert_int_eq(worker_look(w, 0), 0);
    }
    ck_assert_ptr_null(dropping);
    ck_assert_uint_gt(worker_count(w).drops, 0);
    worker_free(w);
    store_close(o.run.store);
}
END_TEST

static void remember(void *ctx, const char *sentence)
{
    text_puts(ctx, sentence);
    text_putc(ctx, '\n');
}

/* Runs and messages of another program wait for it. */
START_TEST(other_programs_are_left_alone)
{
    kiln_program other = *patient_program;
    struct text said = { 0 };
    struct worker_options o = { .program = &other,
                                .run = { .io = &kiln_io_posix },
                                .max_runs = 9,
                                .tell = remember,
                                .tell_ctx = &said };
    struct worker *w = NULL;

    other.hash[0] ^= 1;
    patient_start(1, "{\"ms\":0,\"wait\":true}");
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    patient_send(INBOX_SIGNAL, "r0", "1");
    patient_send(INBOX_START, "new", "{\"ms\":0}");
    patient_send(INBOX_SIGNAL, "new", "1");
    ck_assert_int_eq(store_open(&kiln_io_posix, "s", STORE_CREATE, &o.run.store, NULL), 0);
    ck_assert_int_eq(worker_new(&o, &w), 0);
    drive_all(w);
    ck_assert_uint_eq(patient_count_inbox(), 3);
    ck_assert_str_eq(text_cstr(&said),
                     "1 unfinished runs are left alone: they belong to other programs\n");
    worker_free(w);
    store_close(o.run.store);
    text_fini(&said);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert_uint_eq(patient_count(JOURNAL_COMPLETED), 2);
}
END_TEST

static void *drive_on(void *w)
{
    while (worker_drive(w, 3) > 0)
        ;
    return NULL;
}

/* One look does not make it late, two do; and it is told once. */
START_TEST(a_step_that_hangs_is_told)
{
    struct text said = { 0 };
    struct worker_options o = { .program = patient_program,
                                .run = { .io = &kiln_io_posix },
                                .tell = remember,
                                .tell_ctx = &said };
    struct worker *w = NULL;
    unsigned again;
    pthread_t thread;

    patient_start(1, "{\"hang\":true}");
    ck_assert_int_eq(store_open(&kiln_io_posix, "s", STORE_CREATE, &o.run.store, NULL), 0);
    ck_assert_int_eq(worker_new(&o, &w), 0);
    ck_assert_int_eq(worker_look(w, 1), 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, drive_on, w), 0);
    for (unsigned i = 0; !patient_count_world(&again); i++) {
        ck_assert_uint_lt(i, 2000);
        patient_sleep(5);
    }
    worker_watch(w, 2);
    ck_assert_str_eq(text_cstr(&said), "");
    worker_watch(w, 2);
    worker_watch(w, 2);
    ck_assert_str_eq(text_cstr(&said),
                     "run r0 makes no progress: one of its steps has not come back\n");
    close(open("go", O_WRONLY | O_CREAT, 0600));
    pthread_join(thread, NULL);
    worker_free(w);
    store_close(o.run.store);
    text_fini(&said);
}
END_TEST

Suite *suite_worker(void);

Suite *suite_worker(void)
{
    Suite *s = suite_create("worker");
    TCase *t = tcase_create("worker");

    tcase_add_checked_fixture(t, patient_set_up, patient_tear_down);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, works_until_idle);
    tcase_add_test(t, sleeps_overlap);
    tcase_add_test(t, signals_find_runs_that_were_dropped);
    tcase_add_test(t, drains_when_asked);
    tcase_add_test(t, loses_nothing_when_killed);
    tcase_add_test(t, a_second_worker_takes_over);
    tcase_add_test(t, a_worker_that_stands_still_keeps_its_work);
    tcase_add_test(t, a_clock_that_goes_backwards);
    tcase_add_test(t, a_signal_comes_while_a_run_is_dropped);
    tcase_add_test(t, other_programs_are_left_alone);
    tcase_add_test(t, a_step_that_hangs_is_told);
    suite_add_tcase(s, t);
    return s;
}
