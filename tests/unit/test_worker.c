/* test_worker.c: many runs at once, in processes that come and go.
 *
 * A run here tells the world, sleeps, awaits a signal, and tells the world again. The world is a
 * file that outlives every process: it says which effects happened and how often.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build/build.h"
#include "cli.h"
#include "emit/emit.h"
#include "inbox.h"
#include "passes/passes.h"
#include "plans.h"
#include "shell.h"
#include "suites.h"
#include "worker.h"

/* ---- the world ---- */

/* One line, whole, however many write at once. */
static void tell_world(const char *key)
{
    char line[256];
    int fd = open("world", O_WRONLY | O_CREAT | O_APPEND, 0600);
    int n = snprintf(line, sizeof line, "%s\n", key);

    if (fd < 0 || write(fd, line, (size_t)n) != n)
        abort();
    close(fd);
}

KILN_OP(worker_tell_world, "test.tell", KILN_EFFECTFUL, "Tells the world.",
        KILN_INPUTS({ "hang", "boolean", "Take very long.", 0 }),
        KILN_OUTPUTS({ "key", "string", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    tell_world(kiln_call_key(call));
    while (kiln_in_bool(call, "hang"))
        pause();
    return kiln_out_value(call, kiln_in(call, "n"));
}

static const kiln_op *find_op(void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, "test.tell") ? NULL : &kiln_op_worker_tell_world;
}

/* Lines of the world; of the same key more than once: *ret_again. */
static unsigned count_world(unsigned *ret_again)
{
    struct text t = shell_read("world");
    struct map keys = { 0 };
    unsigned n = 0, again = 0;

    for (char *line = strtok(t.s, "\n"); line; line = strtok(NULL, "\n"), n++) {
        again += map_get(&keys, line, strlen(line)) != NULL;
        ck_assert_int_eq(map_put(&keys, line, strlen(line), line), 0);
    }
    map_fini(&keys);
    text_fini(&t);
    *ret_again = again;
    return n;
}

/* ---- the program ---- */

static const char plan_text[] =
    "plan \"patient\" dialect \"test\"\nflow \"root\"\n"
    "slot s0 \"in\" param\nslot s1 \"first\" last\nslot s2 \"signal\" last\nslot s3 \"x\" last\n"
    "step \"first\" wake start\n%0 = slot s0\ntask \"test.tell\" %0 -> s1\nnext -> \"sleep\"\n"
    "step \"sleep\" wake count 1\n%0 = slot s0\n%1 = get %0 \"ms\"\nsleep %1\nnext -> \"gate\"\n"
    "step \"gate\" wake count 1\n%0 = slot s0\n%1 = get %0 \"wait\"\ntest %1\n"
    "case 1 -> \"await\"\ncase 0 -> \"second\"\n"
    "step \"await\" wake any timeout 0 1\n%0 = const {\"id\":\"go\",\"step\":\"await\"}\nawait %0 "
    "-> s2\n"
    "next -> \"second\"\n"
    "step \"second\" wake any\n%0 = slot s0\ntask \"test.tell\" %0 -> s3\nnext -> \"end\"\n"
    "step \"end\" wake count 1\n%0 = slot s2\n%1 = slot s1\n%2 = array %0 %1\nfinish %2\n"
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n";

static struct arena arena;
static struct plan *plan;
static struct build_jit *jit;
static const kiln_program *program;
static char folder[] = "/tmp/kiln-worker-XXXXXX";

static void load_program(void)
{
    static const kiln_op *const ops[] = { &kiln_op_worker_tell_world };
    struct diags diags = { .arena = &arena };
    const char *message = NULL;
    struct text c = { 0 };

    plan = plan_read(&arena, plan_text, strlen(plan_text), find_op, NULL, &message);
    ck_assert_msg(plan != NULL, "%s", message);
    message = passes_run(plan, 1, NULL, NULL);
    ck_assert_msg(!message, "%s", message);
    emit_program(plan, &c);
    ck_assert_int_eq(build_tcc(c.s, c.n, emit_symbol(plan), ops, 1, &arena, &diags, &jit, &program),
                     0);
    text_fini(&c);
}

static void set_up(void)
{
    load_program();
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void tear_down(void)
{
    struct shell s;

    ck_assert_int_eq(chdir("/"), 0);
    s = shell_run(NULL, "rm -rf %s", folder);
    shell_fini(&s);
    build_jit_free(jit);
    plan_fini(plan);
    arena_fini(&arena);
}

/* ---- processes ---- */

/* The verb in `line`, its words parted by blanks, on the store "s". */
static int call(const char *line)
{
    char *copy = strdup(line), *argv[20] = { "order" };
    int argc = 1, code;

    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc++] = "--store";
    argv[argc++] = "s";
    code = cli_main(program, &kiln_io_posix, argc, argv);
    free(copy);
    return code;
}

/* The same in a process of its own; what it says goes to the files "out" and "err". */
static pid_t begin(const char *line)
{
    pid_t pid = fork();

    ck_assert_int_ge(pid, 0);
    if (pid)
        return pid;
    dup2(open("out", O_WRONLY | O_CREAT | O_APPEND, 0600), 1);
    dup2(open("err", O_WRONLY | O_CREAT | O_APPEND, 0600), 2);
    _exit(call(line));
}

static int end(pid_t pid)
{
    int status;

    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int run(const char *line)
{
    return end(begin(line));
}

#define expect_run(line, code)                                                                     \
    do {                                                                                           \
        int code_ = run(line);                                                                     \
        struct text said_ = shell_read("err");                                                     \
        ck_assert_msg(code_ == (code), "%s: %d\n%s", line, code_, text_cstr(&said_));              \
        text_fini(&said_);                                                                         \
    } while (0)

static int is_said(const char *words)
{
    struct text said = shell_read("err");
    int found = strstr(text_cstr(&said), words) != NULL;

    text_fini(&said);
    return found;
}

static void sleep_ms(unsigned ms)
{
    kiln_io_posix.sleep_ms(NULL, ms);
}

/* ---- what the store says ---- */

/* Messages a process would leave, without one. */
static void send(enum inbox_verb verb, const char *id, const char *value)
{
    struct inbox_message m = { .verb = verb, .run = id, .name = "go" };
    struct json_error e;
    kiln_heap h;

    heap_init(&h, 0);
    memcpy(m.hash, program->hash, sizeof m.hash);
    if (value)
        ck_assert_int_eq(json_read(&h, &m.value, value, strlen(value), &e), 0);
    ck_assert_int_eq(inbox_send(&kiln_io_posix, "s", &m), 0);
    heap_fini(&h);
}

static const char *id_of(unsigned i)
{
    static char id[16];

    snprintf(id, sizeof id, "r%u", i);
    return id;
}

/* How many runs of the store are in a state. */
static unsigned count(enum journal_kind state)
{
    struct store *s = NULL;
    unsigned n = 0;

    if (store_open(&kiln_io_posix, "s", STORE_READONLY, &s, NULL) < 0)
        return 0;
    for (size_t i = 0; i < s->runs.n; i++)
        n += s->runs.at[i]->state == state;
    store_close(s);
    return n;
}

static int is_paused(const char *id)
{
    struct store *s = NULL;
    int paused = 0;

    ck_assert_int_eq(store_open(&kiln_io_posix, "s", STORE_READONLY, &s, NULL), 0);
    if (store_find(s, id))
        paused = store_find(s, id)->paused;
    store_close(s);
    return paused;
}

static unsigned count_inbox(void)
{
    struct inbox_list l = { 0 };
    unsigned n;

    ck_assert_int_eq(inbox_list(&kiln_io_posix, "s", &l), 0);
    n = (unsigned)l.n;
    inbox_list_fini(&l);
    return n;
}

/* Waits until so many runs are in a state, or fails. */
static void await(enum journal_kind state, unsigned n)
{
    for (unsigned i = 0; count(state) < n; i++) {
        ck_assert_msg(i < 3000, "%u of %u", count(state), n);
        sleep_ms(10);
    }
}

static void start(unsigned n, const char *input)
{
    for (unsigned i = 0; i < n; i++)
        send(INBOX_START, id_of(i), input);
}

static void expect_world(unsigned n, unsigned most_again)
{
    unsigned again, lines = count_world(&again);

    ck_assert_uint_eq(lines - again, n);
    ck_assert_uint_le(again, most_again);
}

/* ---- in one thread ---- */

/* What one program leaves, another takes. */
START_TEST(works_until_idle)
{
    start(50, "{\"n\":1,\"ms\":20,\"wait\":false}");
    expect_run("worker --exit-when-idle --threads 1", KILN_EXIT_OK);
    ck_assert_uint_eq(count(JOURNAL_COMPLETED), 50);
    ck_assert_uint_eq(count_inbox(), 0);
    expect_world(100, 0);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    expect_world(100, 0);
}
END_TEST

START_TEST(sleeps_overlap)
{
    long long t = kiln_io_posix.now_ms(NULL);

    start(100, "{\"ms\":400,\"wait\":false}");
    expect_run("worker --exit-when-idle --threads 3", KILN_EXIT_OK);
    ck_assert_uint_eq(count(JOURNAL_COMPLETED), 100);
    ck_assert_int_ge(kiln_io_posix.now_ms(NULL) - t, 400);
    ck_assert_int_lt(kiln_io_posix.now_ms(NULL) - t, 20000);
}
END_TEST

/* Only three are in memory: the others are dropped and taken up again when their signal comes. */
START_TEST(signals_find_runs_that_were_dropped)
{
    pid_t pid;

    start(60, "{\"ms\":0,\"wait\":true}");
    expect_run("worker --exit-when-idle --max-runs 3", KILN_EXIT_OK);
    expect_world(60, 0);
    pid = begin("worker --max-runs 3 --metrics metrics");
    for (unsigned i = 0; i < 60; i++)
        send(INBOX_SIGNAL, id_of(i), "7");
    await(JOURNAL_COMPLETED, 60);
    kill(pid, SIGTERM);
    ck_assert_int_eq(end(pid), KILN_EXIT_OK);
    expect_world(120, 0);
    ck_assert_uint_eq(count_inbox(), 0);
}
END_TEST

/* ---- control ---- */

START_TEST(a_key_has_one_run)
{
    expect_run("start --key order-7 --input {\"ms\":0}", KILN_EXIT_OK);
    expect_run("start --key order-7 --input {\"ms\":0}", KILN_EXIT_OK);
    ck_assert_uint_eq(count_inbox(), 1);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    expect_run("start --key order-7 --input {\"ms\":0}", KILN_EXIT_OK);
    expect_run("start --key order-8 --input {\"ms\":0}", KILN_EXIT_OK);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert_uint_eq(count(JOURNAL_COMPLETED), 2);
    expect_run("start --id x", KILN_EXIT_OK);
    expect_run("start --id x", KILN_EXIT_USAGE);
    ck_assert(is_said("already has a run 'x'"));
}
END_TEST

START_TEST(cancels_and_pauses)
{
    start(3, "{\"ms\":0,\"wait\":true}");
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    expect_run("cancel r0", KILN_EXIT_OK);
    expect_run("pause r1", KILN_EXIT_OK);
    expect_run("signal r1 go 1", KILN_EXIT_OK);
    expect_run("signal r2 await 2", KILN_EXIT_OK);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert_uint_eq(count(JOURNAL_CANCELLED), 1);
    ck_assert_uint_eq(count(JOURNAL_COMPLETED), 1);
    ck_assert(is_paused("r1"));
    expect_run("resume --all", KILN_EXIT_OK);
    ck_assert(is_said("left alone: it is paused"));
    expect_run("resume r1", KILN_EXIT_OK);
    ck_assert_uint_eq(count(JOURNAL_COMPLETED), 2);
    expect_run("resume r0", KILN_EXIT_FAILED);
    ck_assert(is_said("run r0 was cancelled"));
    expect_world(5, 0);
}
END_TEST

/* All of it beside a worker that runs. */
START_TEST(controls_a_live_worker)
{
    pid_t pid = begin("worker");

    start(2, "{\"ms\":0,\"wait\":true}");
    await(JOURNAL_BEGIN, 2);
    expect_run("pause r0", KILN_EXIT_OK);
    for (unsigned i = 0; !is_paused("r0"); i++) {
        ck_assert_uint_lt(i, 500);
        sleep_ms(10);
    }
    expect_run("signal r0 go 1", KILN_EXIT_OK);
    expect_run("cancel r1", KILN_EXIT_OK);
    await(JOURNAL_CANCELLED, 1);
    expect_run("resume r0", KILN_EXIT_OK);
    ck_assert(is_said("it is asked to go on with r0"));
    await(JOURNAL_COMPLETED, 1);
    kill(pid, SIGTERM);
    ck_assert_int_eq(end(pid), KILN_EXIT_OK);
}
END_TEST

START_TEST(refuses_what_cannot_come_to_anything)
{
    expect_run("signal r0 go", KILN_EXIT_STORE);
    start(1, "{\"ms\":0}");
    expect_run("signal r0 go", KILN_EXIT_OK); /* it is queued */
    expect_run("signal r1 go", KILN_EXIT_NO_RUN);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    expect_run("signal r0 go", KILN_EXIT_ENDED);
    expect_run("cancel r0", KILN_EXIT_ENDED);
    expect_run("signal r0 go x", KILN_EXIT_INPUT);
    expect_run("signal r0", KILN_EXIT_USAGE);
    expect_run("cancel", KILN_EXIT_USAGE);
    expect_run("worker r0", KILN_EXIT_USAGE);
    send(INBOX_SIGNAL, "r0", "1"); /* it ended between the look and the message */
    send(INBOX_CANCEL, "none", NULL);
    send(INBOX_START, "no id", "1");
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert(is_said("signal r0 is dropped: the run has ended"));
    ck_assert(is_said("cancel none is dropped: there is no such run"));
    ck_assert(is_said("is put aside: it names a run as no run can be named"));
    ck_assert_uint_eq(count_inbox(), 0);
}
END_TEST

START_TEST(one_store_has_one_worker)
{
    pid_t pid;

    start(1, "{\"ms\":0,\"wait\":true}");
    pid = begin("worker");
    await(JOURNAL_BEGIN, 1);
    expect_run("worker", KILN_EXIT_STORE);
    ck_assert(is_said("is in use: another program is writing it"));
    kill(pid, SIGTERM);
    ck_assert_int_eq(end(pid), KILN_EXIT_OK);
}
END_TEST

/* ---- ends ---- */

START_TEST(drains_when_asked)
{
    pid_t pid;

    start(100, "{\"ms\":150,\"wait\":false}");
    for (unsigned i = 0; count(JOURNAL_COMPLETED) < 100; i++) {
        ck_assert_uint_lt(i, 400);
        pid = begin("worker --threads 2");
        sleep_ms(60);
        kill(pid, i % 2 ? SIGTERM : SIGINT);
        ck_assert_int_eq(end(pid), KILN_EXIT_OK);
    }
    expect_world(200, 0);
}
END_TEST

/* Killed again and again: every run comes to its end, and an effect happens twice only when the
 * worker was killed in it: at most once a thread and kill. */
START_TEST(loses_nothing_when_killed)
{
    enum { RUNS = 200, THREADS = 3 };
    unsigned kills = 0;
    pid_t pid;

    start(RUNS, "{\"ms\":50,\"wait\":true}");
    for (unsigned i = 0; i < RUNS; i++)
        send(INBOX_SIGNAL, id_of(i), "1");
    for (; kills < 25; kills++) {
        pid = begin("worker --threads 3 --max-runs 20");
        sleep_ms(20 + kills * 7 % 90);
        kill(pid, SIGKILL);
        ck_assert_int_eq(end(pid), -SIGKILL);
    }
    expect_run("worker --exit-when-idle --threads 3", KILN_EXIT_OK);
    ck_assert_uint_eq(count(JOURNAL_COMPLETED), RUNS);
    ck_assert_uint_eq(count_inbox(), 0);
    expect_world(2 * RUNS, THREADS * kills);
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
    struct worker_options o = { .program = program, .run = { .io = &io }, .max_runs = 1 };
    struct worker *w = NULL;

    io.now_ms = fake_now_ms;
    start(3, "{\"ms\":1000,\"wait\":false}");
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

static void remember(void *ctx, const char *sentence)
{
    text_puts(ctx, sentence);
    text_putc(ctx, '\n');
}

/* Runs and messages of another program wait for it. */
START_TEST(other_programs_are_left_alone)
{
    kiln_program other = *program;
    struct text said = { 0 };
    struct worker_options o = { .program = &other,
                                .run = { .io = &kiln_io_posix },
                                .max_runs = 9,
                                .tell = remember,
                                .tell_ctx = &said };
    struct worker *w = NULL;

    other.hash[0] ^= 1;
    start(1, "{\"ms\":0,\"wait\":true}");
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    send(INBOX_SIGNAL, "r0", "1");
    send(INBOX_START, "new", "{\"ms\":0}");
    send(INBOX_SIGNAL, "new", "1");
    ck_assert_int_eq(store_open(&kiln_io_posix, "s", STORE_CREATE, &o.run.store, NULL), 0);
    ck_assert_int_eq(worker_new(&o, &w), 0);
    drive_all(w);
    ck_assert_uint_eq(count_inbox(), 3);
    ck_assert_str_eq(text_cstr(&said),
                     "1 unfinished runs are left alone: they belong to other programs\n");
    worker_free(w);
    store_close(o.run.store);
    text_fini(&said);
    expect_run("worker --exit-when-idle", KILN_EXIT_OK);
    ck_assert_uint_eq(count(JOURNAL_COMPLETED), 2);
}
END_TEST

START_TEST(a_step_that_hangs_is_told)
{
    struct text said = { 0 };
    struct worker_options o = {
        .program = program, .run = { .io = &kiln_io_posix }, .tell = remember, .tell_ctx = &said
    };
    struct worker *w = NULL;

    ck_assert_int_eq(store_open(&kiln_io_posix, "s", STORE_CREATE, &o.run.store, NULL), 0);
    ck_assert_int_eq(worker_new(&o, &w), 0);
    worker_watch(w, 1);
    ck_assert_str_eq(text_cstr(&said), "");
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

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, works_until_idle);
    tcase_add_test(t, sleeps_overlap);
    tcase_add_test(t, signals_find_runs_that_were_dropped);
    tcase_add_test(t, a_key_has_one_run);
    tcase_add_test(t, cancels_and_pauses);
    tcase_add_test(t, controls_a_live_worker);
    tcase_add_test(t, refuses_what_cannot_come_to_anything);
    tcase_add_test(t, one_store_has_one_worker);
    tcase_add_test(t, drains_when_asked);
    tcase_add_test(t, loses_nothing_when_killed);
    tcase_add_test(t, a_clock_that_goes_backwards);
    tcase_add_test(t, other_programs_are_left_alone);
    tcase_add_test(t, a_step_that_hangs_is_told);
    suite_add_tcase(s, t);
    return s;
}
