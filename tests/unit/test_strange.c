/* test_strange.c: ids nobody expects, clocks that are wrong, folders that cannot be written: a
 * clear word, and the store as it was.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "segment.h"
#include "survey.h"
#include "suites.h"
#include "test/io_sim.h"
#include "test/sim_disk.h"
#include "two_effects.h"

static struct io_sim *sim;

static void set_up(void)
{
    sim = io_sim_new(1);
}

static void tear_down(void)
{
    io_sim_free(sim);
    text_fini(&two_effects_world);
}

/* Runs "order" with a verb and words; NULL ends them. */
#define call(...) call_words((const char *[]){ "order", __VA_ARGS__, NULL })
static int call_words(const char **words)
{
    int n = 0;

    while (words[n])
        n++;
    text_clear(&sim->out);
    text_clear(&sim->err);
    return cli_main(&two_effects, &sim->io, n, (char **)words);
}

static int is_said(const char *words)
{
    return strstr(text_cstr(&sim->err), words) != NULL;
}

/* ---- ids ---- */

static const char long_id[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                              "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/* No id becomes a name of a file, so slashes and dots are letters as any other. */
static const char *const good_ids[] = {
    "a/b",
    "../../etc/passwd",
    "/",
    ".",
    "a%n%s",
    "a\"b\\c",
    "*",
    "$(reboot)",
    "a;b",
    "journal-00000001",
    long_id + sizeof long_id - 1 - 128,
};

static const char *const bad_ids[] = {
    "",
    "a b",
    " ",
    "-x",
    "--",
    "a\nb",
    "a\tb",
    "\x01",
    "\x7f",
    "\xc3\xbc",
    "\xff",
    long_id,
    long_id + sizeof long_id - 1 - 129,
};

/* Whatever is not made of records. */
static size_t n_other_files(void)
{
    size_t n = 0;

    for (size_t i = 0; i < sim->n_files; i++) {
        const char *slash = strrchr(sim->files[i]->path, '/');

        n += !slash || !segment_file(slash + 1);
    }
    return n;
}

START_TEST(ids_are_only_ids)
{
    const char *id = good_ids[_i];
    struct text want = { 0 };
    kiln_value v = value_static(id);
    size_t files;

    ck_assert_int_eq(call("run", "--store", "s", "--input", "{\"n\":1}", "--id", "first"),
                     KILN_EXIT_OK);
    files = n_other_files();
    ck_assert_int_eq(call("run", "--store", "s", "--input", "{\"n\":1}", "--id", id), KILN_EXIT_OK);
    ck_assert_int_eq(call("run", "--store", "s", "--input", "{\"n\":1}", "--id", id),
                     KILN_EXIT_USAGE);
    ck_assert(is_said("already has a run"));
    ck_assert_uint_eq(n_other_files(), files);
    ck_assert_int_eq(call("list", "--store", "s", "--json"), KILN_EXIT_OK);
    json_write(&want, &v);
    ck_assert_msg(strstr(text_cstr(&sim->out), text_cstr(&want)), "%s", text_cstr(&sim->out));
    ck_assert_int_eq(call("show", id, "--store", "s"), KILN_EXIT_OK);
    ck_assert_int_eq(call("resume", id, "--store", "s"), KILN_EXIT_OK);
    ck_assert_int_eq(call("signal", id, "go", "--store", "s"), KILN_EXIT_ENDED);
    text_fini(&want);
}
END_TEST

START_TEST(what_is_no_id_is_refused)
{
    struct text id = { 0 };

    text_printf(&id, "--id=%s", bad_ids[_i]);
    ck_assert_int_eq(call("run", "--store", "s", id.s), KILN_EXIT_USAGE);
    ck_assert(is_said("a run id is 1 to 128 printable ASCII characters"));
    ck_assert_int_eq(call("start", "--store", "s", id.s), KILN_EXIT_USAGE);
    ck_assert_uint_eq(sim->n_files, 0);
    text_fini(&id);
}
END_TEST

/* Nothing can have such an id, or has this one. */
START_TEST(unknown_runs_are_said_to_be)
{
    const char *id = _i < 2 ? good_ids[_i] : bad_ids[_i];
    size_t files;

    ck_assert_int_eq(call("run", "--store", "s", "--id", "first"), KILN_EXIT_FAILED);
    files = sim->n_files;
    ck_assert_int_eq(call("show", "--store", "s", "--", id), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(call("resume", "--store", "s", "--", id), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(call("signal", "--store", "s", "--", id, "go"), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(call("cancel", "--store", "s", "--", id), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(call("pause", "--store", "s", "--", id), KILN_EXIT_NO_RUN);
    ck_assert_uint_eq(sim->n_files, files);
}
END_TEST

/* ---- clocks ---- */

static const long long clocks[] = { 0, 1, -1, -86400000, 4102444800000, 253402300800000 };

/* Whatever the clock says, what was written can be read; also when it says something else by then.
 */
START_TEST(any_clock_will_do)
{
    sim->now = clocks[_i];
    ck_assert_int_eq(call("run", "--store", "s", "--input", "{\"n\":1}", "--id", "a"),
                     KILN_EXIT_OK);
    ck_assert_int_eq(call("list", "--store", "s", "--since", "1h"), KILN_EXIT_OK);
    ck_assert_msg(strstr(text_cstr(&sim->out), "completed"), "%s", text_cstr(&sim->out));
    sim->now = 1700000000000 - clocks[_i];
    ck_assert_int_eq(call("list", "--store", "s", "--json"), KILN_EXIT_OK);
    ck_assert_int_eq(call("show", "a", "--store", "s"), KILN_EXIT_OK);
    ck_assert(!strstr(text_cstr(&sim->out), "took -"));
    ck_assert_int_eq(call("run", "--store", "s", "--input", "{\"n\":1}", "--id", "b"),
                     KILN_EXIT_OK);
}
END_TEST

static struct store *open_small(void)
{
    struct text why = { 0 };
    struct store *s = NULL;
    int failed = store_open(&sim->io, "s", STORE_CREATE | STORE_SMALL, &s, &why);

    ck_assert_msg(!failed, "%s", text_cstr(&why));
    return s;
}

/* A base of a run that began before there was time. */
START_TEST(bases_of_any_time)
{
    kiln_value input = value_int(1);
    struct text state = { 0 };
    struct journal_run *r = NULL;
    struct store *s;

    sim->now = clocks[_i];
    s = open_small();
    ck_assert_int_eq(journal_begin(s, "a", &two_effects, &input, &r), 0);
    text_puts(&state, "state");
    sim->now = 1700000000000 - clocks[_i];
    ck_assert_int_eq(journal_append_base(r, &state, 1), 0);
    ck_assert_int_eq(store_commit(s), 0);
    journal_free(r);
    store_close(s);
    s = open_small();
    ck_assert_int_ge(store_find(s, "a")->began_ms, 0);
    ck_assert_int_eq(store_find(s, "a")->last_ms, sim->now);
    text_fini(&state);
    store_close(s);
}
END_TEST

/* The run is stopped at each call; when it is taken up, the clock was set back by a day. */
START_TEST(clocks_may_be_set_back)
{
    for (unsigned stop = 12; stop < 40; stop += 3) {
        io_sim_free(sim);
        set_up();
        sim->crash_at = stop;
        call("run", "--store", "s", "--input", "{\"n\":1}", "--id", "a");
        io_sim_restart(sim, IO_SIM_LOSE);
        sim->now -= 86400000;
        if (call("show", "a", "--store", "s") != KILN_EXIT_OK)
            continue; /* it had not begun */
        ck_assert_int_eq(call("resume", "a", "--store", "s", "-q"), KILN_EXIT_OK);
        ck_assert_str_eq(text_cstr(&sim->out), "[2,3]\n");
        ck_assert_int_eq(call("show", "a", "--store", "s"), KILN_EXIT_OK);
        ck_assert(!strstr(text_cstr(&sim->out), "took -"));
    }
}
END_TEST

/* ---- folders ---- */

/* What somebody without rights makes of the store: 0, or the number of the line that is wrong. */
static int be_nobody(void)
{
    struct text why = { 0 };
    struct store *s = NULL;
    struct survey v;

    if (!geteuid() && (setgid(65534) < 0 || setuid(65534) < 0))
        return __LINE__;
    if (store_open(&kiln_io_posix, "s", 0, &s, &why) != -EACCES)
        return __LINE__;
    if (!strstr(text_cstr(&why), "cannot lock the store 's': Permission denied"))
        return __LINE__;
    text_clear(&why);
    if (survey_open(&v, &kiln_io_posix, "s", 0, &why) != -EACCES || !why.n)
        return __LINE__;
    survey_fini(&v);
    if (store_open(&kiln_io_posix, "s", STORE_READONLY, &s, NULL) || !store_find(s, "a"))
        return __LINE__;
    store_close(s);
    text_clear(&why);
    if (survey_open(&v, &kiln_io_posix, "s", STORE_READONLY, &why) || v.findings.n)
        return __LINE__;
    survey_fini(&v);
    text_fini(&why);
    return 0;
}

START_TEST(a_folder_that_cannot_be_written)
{
    char folder[] = "/tmp/kiln-strange-XXXXXX";
    kiln_value input = value_int(1);
    struct journal_run *r = NULL;
    struct store *s;
    int status;
    pid_t pid;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder) | chmod(folder, 0755), 0);
    ck_assert_int_eq(store_open(&kiln_io_posix, "s", STORE_CREATE, &s, NULL), 0);
    ck_assert_int_eq(journal_begin(s, "a", &two_effects, &input, &r) | store_commit(s), 0);
    journal_free(r);
    store_close(s);
    ck_assert_int_eq(chmod("s/lock", 0444) | chmod("s/journal-00000001", 0444) | chmod("s", 0555),
                     0);
    pid = fork();
    if (!pid)
        _exit(be_nobody() & 0xff);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_msg(!status, "line %d", WEXITSTATUS(status));
    ck_assert_int_eq(chmod("s", 0755) | unlink("s/lock") | unlink("s/journal-00000001"), 0);
    ck_assert_int_eq(rmdir("s") | chdir("/") | rmdir(folder), 0);
}
END_TEST

/* A file that has a segment's name, and never was one. */
START_TEST(a_file_of_somebody_else)
{
    static const char *const texts[] = { "#!/bin/sh\n", "journal", "{\"a\":1}", "\177ELF" };
    const char *text = texts[_i];
    struct text *bytes;

    ck_assert_int_eq(sim->io.make_dir(sim, "s"), 0);
    io_sim_put(sim, "s/journal-00000001", text, strlen(text));
    ck_assert_int_eq(call("run", "--store", "s", "--id", "a"), KILN_EXIT_STORE);
    ck_assert(is_said("'s/journal-00000001', byte 0: the file is no segment of a store"));
    ck_assert_int_eq(call("list", "--store", "s"), KILN_EXIT_STORE);
    bytes = io_sim_bytes(sim, "s/journal-00000001");
    ck_assert_uint_eq(bytes->n, strlen(text));
    ck_assert_int_eq(memcmp(bytes->s, text, bytes->n), 0);
}
END_TEST

Suite *suite_strange(void);
Suite *suite_strange(void)
{
    Suite *s = suite_create("strange");
    TCase *t = tcase_create("worlds");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, ids_are_only_ids, 0, sizeof good_ids / sizeof *good_ids);
    tcase_add_loop_test(t, what_is_no_id_is_refused, 0, sizeof bad_ids / sizeof *bad_ids);
    tcase_add_loop_test(t, unknown_runs_are_said_to_be, 0, sizeof bad_ids / sizeof *bad_ids);
    tcase_add_loop_test(t, any_clock_will_do, 0, sizeof clocks / sizeof *clocks);
    tcase_add_loop_test(t, bases_of_any_time, 0, sizeof clocks / sizeof *clocks);
    tcase_add_test(t, clocks_may_be_set_back);
    tcase_add_test(t, a_folder_that_cannot_be_written);
    tcase_add_loop_test(t, a_file_of_somebody_else, 0, 4);
    suite_add_tcase(s, t);
    return s;
}
