/* test_mail.c: a signal that was sent while nobody worked, and the `resume` that takes it up,
 * stopped at every call that changes the disk: it is taken, once, and goes when that is durable. So
 * is a fork. A pause that comes back does nothing.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "compiled.h"
#include "inbox.h"
#include "store.h"
#include "suites.h"
#include "test/io_sim.h"
#include "worker.h"

static const char text[] = "plan \"p\" dialect \"test\"\nflow \"root\"\nslot s0 \"a\" last\n"
                           "slot s1 \"b\" last\n"
                           "step \"w\" wake start timeout 0 \"late\"\n"
                           "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\n"
                           "next -> \"v\"\n"
                           "step \"v\" wake count 1 timeout 0 \"late\"\n"
                           "%0 = const {\"id\":\"run/v\",\"step\":\"v\",\"timeout\":1000}\n"
                           "await %0 -> s1\nnext -> \"end\"\n"
                           "step \"end\" wake count 1\n%0 = slot s0\n%1 = slot s1\n"
                           "%2 = array %0 %1\nfinish %2\n"
                           "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n";

static struct compiled compiled;
static struct io_sim *sim;

static void set_up(void)
{
    compiled_load(&compiled, text, NULL, 0);
}

static void tear_down(void)
{
    compiled_free(&compiled);
}

static int call(int argc, const char *const *argv)
{
    text_clear(&sim->out);
    return cli_main(compiled.program, &sim->io, argc, (char **)argv);
}

static int resume_run(const char *id)
{
    const char *const words[] = { "p", "resume", id, "--store", "s" };

    return call(5, words);
}

static int resume(void)
{
    return resume_run("r");
}

static void send_signal(const char *run, const char *name, long long value)
{
    struct inbox_message m = { .verb = INBOX_SIGNAL, .run = run, .name = name };

    m.value = value_int(value);
    ck_assert_int_eq(inbox_send(&sim->io, "s", &m), 0);
}

/* A run that waits. */
static void begin_run(unsigned seed)
{
    static const char *const words[] = { "p", "run", "--id", "r", "--store", "s" };

    sim = io_sim_new(seed);
    ck_assert_int_eq(call(6, words), KILN_EXIT_WAITING);
}

/* And two signals for it; the first comes before anybody waits for it. */
static void begin(unsigned seed)
{
    begin_run(seed);
    send_signal("r", "v", 2);
    send_signal("r", "w", 1);
}

static size_t count_inbox(void)
{
    struct inbox_list l = { 0 };
    size_t n;

    ck_assert_int_eq(inbox_list(&sim->io, "s", &l), 0);
    n = l.n;
    inbox_list_fini(&l);
    return n;
}

START_TEST(a_message_is_taken_once)
{
    unsigned calls;

    begin(1);
    calls = sim->calls;
    ck_assert_int_eq(resume(), KILN_EXIT_OK);
    calls = sim->calls - calls;
    ck_assert_uint_gt(calls, 4);
    io_sim_free(sim);
    for (unsigned call = 1; call <= calls; call++)
        for (int loss = IO_SIM_KEEP; loss <= IO_SIM_SHUFFLE; loss++) {
            begin(call);
            sim->crash_at = sim->calls + call;
            sim->tear = 16 * call;
            resume();
            io_sim_restart(sim, (enum io_sim_loss)loss);
            ck_assert_int_eq(resume(), KILN_EXIT_OK);
            ck_assert_msg(!strncmp(text_cstr(&sim->out), "[1,2]\n", sim->out.n), "%u: %s", call,
                          text_cstr(&sim->out));
            ck_assert_int_eq(resume(), KILN_EXIT_OK);
            ck_assert_uint_eq(count_inbox(), 0);
            io_sim_free(sim);
        }
}
END_TEST

/* A worker comes, takes what has been sent and puts the run aside. 0, or what kept it from that. */
static int try_to_work(void)
{
    struct worker_options o = { .program = compiled.program };
    struct worker *w = NULL;
    int failed = store_open(&sim->io, "s", STORE_SMALL, &o.run.store, NULL);

    o.run.io = &sim->io;
    if (!failed)
        failed = worker_new(&o, &w);
    if (!failed)
        failed = worker_look(w, 1);
    while (!failed && (failed = worker_drive(w, 0)) > 0)
        failed = 0;
    worker_free(w);
    store_close(o.run.store);
    return failed;
}

static void work(void)
{
    ck_assert_int_eq(try_to_work(), 0);
    ck_assert_uint_eq(count_inbox(), 0);
}

static int is_paused(void)
{
    struct store *s;
    int paused;

    ck_assert_int_eq(store_open(&sim->io, "s", STORE_READONLY, &s, NULL), 0);
    paused = store_find(s, "r")->paused != 0;
    store_close(s);
    return paused;
}

static void send(enum inbox_verb verb, const char *key)
{
    const struct inbox_message m = { .verb = verb, .run = "r", .key = key, .name = "" };

    ck_assert_int_eq(inbox_send(&sim->io, "s", &m), 0);
}

/* The folder forgot in a crash that a pause had been removed, and not that what came after it had:
 * the run is not paused again, however often it was put aside since. */
START_TEST(an_old_pause_is_known)
{
    begin_run(1);
    for (int i = 0; i < 2; i++) { /* the second changes nothing, and is known as well */
        send(INBOX_PAUSE, i ? "2" : "1");
        work();
        ck_assert_int_eq(is_paused(), 1);
    }
    send(INBOX_RESUME, "3");
    work();
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(is_paused(), 0);
        send(INBOX_PAUSE, i & 1 ? "2" : "1");
        work();
    }
    send(INBOX_PAUSE, "4");
    work();
    ck_assert_int_eq(is_paused(), 1);
    io_sim_free(sim);
}
END_TEST

/* Somebody else sends the same start before the run it begins is on disk: the first message stays
 * until then. */
START_TEST(a_start_stays_until_its_run_is_kept)
{
    struct worker_options o = { .program = compiled.program };
    struct inbox_message m = { .verb = INBOX_START, .run = "r", .name = "p" };
    struct worker *w;

    sim = io_sim_new(1);
    m.value = value_null();
    memcpy(m.hash, compiled.program->hash, sizeof m.hash);
    o.run.io = &sim->io;
    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE, &o.run.store, NULL), 0);
    ck_assert_int_eq(worker_new(&o, &w), 0);
    ck_assert_int_eq(inbox_send(&sim->io, "s", &m), 0);
    ck_assert_int_eq(worker_look(w, 1), 0);
    ck_assert_int_gt(worker_drive(w, 0), 0);
    ck_assert(store_find(o.run.store, "r")->number >= o.run.store->durable);
    ck_assert_int_eq(inbox_send(&sim->io, "s", &m), 0);
    ck_assert_int_eq(worker_look(w, 1), 0);
    ck_assert_uint_eq(count_inbox(), 1);
    ck_assert_int_gt(worker_drive(w, 0), 0);
    ck_assert(store_find(o.run.store, "r")->number < o.run.store->durable);
    ck_assert_uint_eq(count_inbox(), 0);
    worker_free(w);
    store_close(o.run.store);
    io_sim_free(sim);
}
END_TEST

/* ---- forks ---- */

/* The run waits, and somebody asks for a fork of it as it is. */
static void begin_fork(unsigned seed)
{
    struct inbox_message m = { .verb = INBOX_FORK, .run = "f", .name = "r" };
    kiln_value what[2] = { value_int(0), value_null() };
    struct store *s;
    kiln_heap h;

    begin_run(seed);
    ck_assert_int_eq(store_open(&sim->io, "s", STORE_READONLY, &s, NULL), 0);
    what[0].u.i = (long long)store_find(s, "r")->newest;
    store_close(s);
    heap_init(&h, 0);
    ck_assert_int_eq(kiln_array(&h, &m.value, what, 2), 0);
    ck_assert_int_eq(inbox_send(&sim->io, "s", &m), 0);
    heap_fini(&h);
}

/* Both are there, each once, and come to their ends by signals of their own. */
static void expect_both(void)
{
    struct store *s;

    ck_assert_int_eq(store_open(&sim->io, "s", STORE_READONLY, &s, NULL), 0);
    ck_assert_uint_eq(s->runs.n, 2);
    ck_assert_str_eq(store_find(s, "f")->origin->run, "r");
    store_close(s);
    send_signal("f", "w", 3);
    send_signal("r", "w", 1);
    send_signal("r", "v", 2);
    send_signal("f", "v", 4);
    ck_assert_int_eq(resume(), KILN_EXIT_OK);
    ck_assert_str_eq(text_cstr(&sim->out), "[1,2]\n");
    ck_assert_int_eq(resume_run("f"), KILN_EXIT_OK);
    ck_assert_str_eq(text_cstr(&sim->out), "[3,4]\n");
}

/* The worker is stopped at every call while it takes the message, and the next one while it takes
 * what is left. */
START_TEST(a_fork_is_made_once)
{
    unsigned calls;

    begin_fork(1);
    calls = sim->calls;
    work();
    calls = sim->calls - calls;
    ck_assert_uint_gt(calls, 4);
    expect_both();
    io_sim_free(sim);
    for (unsigned call = 1; call <= calls; call++)
        for (unsigned again = 0; again <= calls; again++)
            for (int loss = IO_SIM_KEEP; loss <= IO_SIM_SHUFFLE; loss++) {
                begin_fork(call);
                sim->crash_at = sim->calls + call;
                sim->tear = 16 * call * (again + 1);
                try_to_work();
                io_sim_restart(sim, (enum io_sim_loss)loss);
                sim->crash_at = again ? sim->calls + again : 0;
                try_to_work();
                io_sim_restart(sim, (enum io_sim_loss)loss);
                work();
                expect_both();
                io_sim_free(sim);
            }
}
END_TEST

Suite *suite_mail(void);
Suite *suite_mail(void)
{
    Suite *s = suite_create("mail");
    TCase *t = tcase_create("mail");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_message_is_taken_once);
    tcase_add_test(t, an_old_pause_is_known);
    tcase_add_test(t, a_start_stays_until_its_run_is_kept);
    tcase_add_test(t, a_fork_is_made_once);
    suite_add_tcase(s, t);
    return s;
}
