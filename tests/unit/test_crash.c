/* test_crash.c: a whole program, run loop and all, stopped at every durable point there is.
 *
 * The same question twice: on the simulated disk with every way of losing data, and in a real
 * process on a real disk that kills itself before or after each write and sync. Whenever it is
 * stopped, the resumed run must print what an uninterrupted one prints; an effect whose completion
 * was durable is not repeated, so at most the one under way is.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "test/io_sim.h"
#include "suites.h"
#include "two_effects.h"

static const char output[] = "[5,6]";

/* What the world may have seen, by how often a program was stopped: each effect in order, the one
 * under way once more a stop. */
static void check_world(const char *world, unsigned stops)
{
    unsigned first = 0, second = 0;

    for (; !strncmp(world, "1;", 2); world += 2)
        first++;
    for (; !strncmp(world, "2;", 2); world += 2)
        second++;
    ck_assert_str_eq(world, "");
    ck_assert_uint_ge(first, 1);
    ck_assert_uint_ge(second, 1);
    ck_assert_uint_le(first + second, 2 + stops);
}

/* ---- simulated ---- */

/* Drives a run in a store of small segments; its output goes to the world's stdout once it ended.
 */
static int drive(struct io_sim *sim, struct store *s, int resumed)
{
    kiln_options options = { .io = &sim->io, .store = s, .id = "r" };
    kiln_value pair[2] = { value_static("n"), value_int(4) }, input;
    kiln_run *r = NULL;
    int status;

    ck_assert_int_eq(kiln_run_new(&two_effects, &options, &r), 0);
    ck_assert_int_eq(kiln_object(kiln_run_heap(r), &input, pair, 1), 0);
    status = resumed ? kiln_run_resume(r) : kiln_run_start(r, &input);
    if (!status)
        status = kiln_run_drive(r);
    if (status == KILN_COMPLETED)
        json_write(&sim->out, kiln_run_output(r));
    kiln_run_free(r);
    return status;
}

/* Begins the run, or takes it up where the store has it. */
static int go(struct io_sim *sim)
{
    struct store *s = NULL;
    int status = store_open(&sim->io, "s", STORE_CREATE | STORE_SMALL, &s, NULL);

    if (status < 0)
        return status;
    status = drive(sim, s, store_find(s, "r") != NULL);
    store_close(s);
    return status;
}

static void finish(struct io_sim *sim)
{
    ck_assert_int_eq(go(sim), KILN_COMPLETED);
    ck_assert_str_eq(text_cstr(&sim->out), output);
}

static void stop_at(unsigned call, enum io_sim_loss loss, unsigned long long seed)
{
    struct io_sim *sim = io_sim_new(seed);
    struct text seen = { 0 };

    text_clear(&two_effects_world);
    sim->crash_at = call;
    sim->tear = seed * 20;
    go(sim);
    io_sim_restart(sim, loss);
    if (sim->out.n) { /* told: then it is durable, and nothing is left to do */
        text_puts(&seen, text_cstr(&two_effects_world));
        text_clear(&sim->out);
        finish(sim);
        ck_assert_str_eq(text_cstr(&two_effects_world), text_cstr(&seen));
    } else {
        finish(sim);
    }
    check_world(text_cstr(&two_effects_world), 1);
    text_fini(&seen);
    io_sim_free(sim);
}

static unsigned count_calls(void)
{
    struct io_sim *sim = io_sim_new(1);
    unsigned calls;

    text_clear(&two_effects_world);
    finish(sim);
    ck_assert_str_eq(text_cstr(&two_effects_world), "1;2;");
    calls = sim->calls;
    io_sim_free(sim);
    return calls;
}

START_TEST(stopped_at_every_call)
{
    unsigned calls = count_calls();

    ck_assert_uint_gt(calls, 8);
    for (unsigned call = 1; call <= calls + 1; call++)
        for (unsigned long long seed = 0; seed < 6; seed++) {
            stop_at(call, IO_SIM_KEEP, seed);
            stop_at(call, IO_SIM_LOSE, seed);
            stop_at(call, IO_SIM_SHUFFLE, seed);
        }
    text_fini(&two_effects_world);
}
END_TEST

START_TEST(stopped_twice)
{
    unsigned calls = count_calls();

    for (unsigned first = 1; first <= calls; first += 2)
        for (unsigned second = 1; second <= 10; second++) {
            struct io_sim *sim = io_sim_new(first);

            text_clear(&two_effects_world);
            sim->crash_at = first;
            go(sim);
            io_sim_restart(sim, IO_SIM_SHUFFLE);
            sim->crash_at = second;
            go(sim);
            text_clear(&sim->out);
            io_sim_restart(sim, IO_SIM_SHUFFLE);
            finish(sim);
            check_world(text_cstr(&two_effects_world), 2);
            io_sim_free(sim);
        }
    text_fini(&two_effects_world);
}
END_TEST

/* ---- real ---- */

/* The real world, which kills its process at one of its writes or syncs. */
static struct {
    struct kiln_io io;
    unsigned calls, kill_at;
    int after; /* the call is made first */
} killer;

static void count(int after)
{
    killer.calls += !after;
    if (killer.calls == killer.kill_at && after == killer.after)
        raise(SIGKILL);
}

static ssize_t kill_pwrite(void *self, int fd, const void *buf, size_t n, off_t at)
{
    ssize_t put;

    count(0);
    put = kiln_io_posix.pwrite(self, fd, buf, n, at);
    count(1);
    return put;
}

static int kill_sync(void *self, int fd)
{
    int failed;

    count(0);
    failed = kiln_io_posix.sync(self, fd);
    count(1);
    return failed;
}

static char *run_words[] = {
    "p", "run", "--store", "s", "--id", "r", "-q", "--input", "{\"n\":4}"
};
static char *resume_words[] = { "p", "resume", "r", "--store", "s", "-q" };

static int run(void)
{
    return cli_main(&two_effects, &killer.io, 9, run_words);
}

static int resume(void)
{
    return cli_main(&two_effects, &killer.io, 6, resume_words);
}

/* Runs `verb` in a process of its own. What it tells the world, then what it prints, is appended to
 * the texts. Returns its exit code, or -1 when it was killed. */
static int in_process(int (*verb)(void), struct text *world, struct text *out)
{
    int wire[2], print[2], status;
    char buf[256];
    ssize_t got;
    pid_t pid;

    ck_assert_int_eq(pipe(wire) | pipe(print), 0);
    pid = fork();
    ck_assert_int_ge(pid, 0);
    if (!pid) {
        two_effects_wire = wire[1];
        dup2(print[1], 1);
        dup2(open("/dev/null", O_WRONLY), 2);
        _exit(verb());
    }
    close(wire[1]);
    close(print[1]);
    while ((got = read(wire[0], buf, sizeof buf)) > 0)
        text_put(world, buf, (size_t)got);
    while ((got = read(print[0], buf, sizeof buf)) > 0)
        text_put(out, buf, (size_t)got);
    close(wire[0]);
    close(print[0]);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void enter_folder(char *path)
{
    ck_assert_ptr_nonnull(mkdtemp(path));
    ck_assert_int_eq(chdir(path), 0);
}

static void leave_folder(const char *path)
{
    ck_assert_int_eq(unlink("s/lock") | unlink("s/journal-00000001") | rmdir("s"), 0);
    ck_assert_int_eq(chdir("/") | rmdir(path), 0);
}

/* 1 when the process was killed on its way, 0 when there was no such call any more. */
static int kill_at(unsigned call, int after)
{
    char path[] = "/tmp/kiln-crash-XXXXXX";
    struct text world = { 0 }, out = { 0 };
    int code;

    enter_folder(path);
    killer.kill_at = call;
    killer.after = after;
    code = in_process(run, &world, &out);
    if (code < 0) {
        killer.kill_at = 0;
        text_clear(&out);
        if (in_process(resume, &world, &out) != KILN_EXIT_OK)
            ck_assert_int_eq(in_process(run, &world, &out), KILN_EXIT_OK);
        check_world(text_cstr(&world), 1);
    } else {
        ck_assert_int_eq(code, KILN_EXIT_OK);
    }
    ck_assert_int_eq(strncmp(text_cstr(&out), output, sizeof output - 1), 0);
    text_fini(&world);
    text_fini(&out);
    leave_folder(path);
    return code < 0;
}

START_TEST(killed_at_every_call)
{
    unsigned kills = 0;

    killer.io = kiln_io_posix;
    killer.io.pwrite = kill_pwrite;
    killer.io.sync = kill_sync;
    for (unsigned call = 1; kill_at(call, 0); call++)
        kills += 1 + (unsigned)kill_at(call, 1);
    ck_assert_uint_gt(kills, 12);
}
END_TEST

/* ---- a reader beside a writer ---- */

enum { COMMITS = 200 };

/* Commits records of many sizes, through many segments. */
static void write_on(void)
{
    struct store *s = NULL;
    struct journal_run *r = NULL;
    struct journal_place at = { 0 };
    kiln_value v = value_static("some text of some length"), input = value_null();

    if (store_open(&kiln_io_posix, "s", STORE_CREATE | STORE_SMALL, &s, NULL) < 0
        || journal_begin(s, "r", &two_effects, &input, &r) < 0)
        _exit(1);
    for (unsigned i = 1; i <= COMMITS; i++) {
        for (unsigned j = 0; j < i % 9; j++, at.step++)
            if (journal_append(r, JOURNAL_DONE, &at, &v, NULL) < 0)
                _exit(2);
        if (store_commit(s) < 0)
            _exit(3);
    }
    journal_free(r);
    store_close(s);
    _exit(0);
}

/* How many records a reader finds; 0 when there is no store yet. */
static unsigned long long look(void)
{
    struct store *s = NULL;
    struct text why = { 0 };
    int failed = store_open(&kiln_io_posix, "s", STORE_READONLY, &s, &why);
    unsigned long long n = failed ? 0 : s->next - 1;

    ck_assert_msg(!failed || failed == -ENOENT, "%s", text_cstr(&why));
    text_fini(&why);
    store_close(s);
    return n;
}

START_TEST(reader_beside_writer)
{
    char path[] = "/tmp/kiln-reader-XXXXXX", command[64];
    unsigned long long last = 0, n;
    int status;
    pid_t pid;

    enter_folder(path);
    pid = fork();
    ck_assert_int_ge(pid, 0);
    if (!pid)
        write_on();
    while (waitpid(pid, &status, WNOHANG) == 0) {
        n = look();
        ck_assert_uint_ge(n, last);
        last = n;
    }
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ck_assert_uint_gt(look(), 3 * COMMITS);
    snprintf(command, sizeof command, "rm -r %s", path);
    ck_assert_int_eq(chdir("/") | system(command), 0);
}
END_TEST

Suite *suite_crash(void);
Suite *suite_crash(void)
{
    Suite *s = suite_create("crash");
    TCase *t = tcase_create("stops");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, stopped_at_every_call);
    tcase_add_test(t, stopped_twice);
    tcase_add_test(t, killed_at_every_call);
    tcase_add_test(t, reader_beside_writer);
    suite_add_tcase(s, t);
    return s;
}
