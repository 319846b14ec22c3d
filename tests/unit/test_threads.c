/* test_threads.c: many compilers and many runs in one process, a thread each, have nothing in
 * common. MODE=tsan sees when they do.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell.h"
#include "store.h"
#include "suites.h"
#include "two_effects.h"
#include "workflows.h"

enum { THREADS = 4, TIMES = 20 };

#define SUM CALC("sum", "20 + 1") "," FINISH("f", "'x':" REF("steps.sum.outputs"))
#define EACH                                                                                       \
    "'each':{'stepType':'Split','config':{'value':" REF("data.n") "},'subgraph':" GRAPH(           \
        "sum", SUM, EDGE("sum", "f")) "}"
#define END FINISH("end", "'all':" REF("steps.each.outputs"))

/* Goes through items, calculates, and gives each back: frames, operations, values. */
static const char split[] = GRAPH("each", EACH "," END, EDGE("each", "end"));

static const char *const want = "{\"all\":[{\"x\":21.0},{\"x\":21.0},{\"x\":21.0}]}";

/* A Check assertion in a thread ends the process, which is a failure as well. */
static void *compile_and_run(void *unused)
{
    struct workflow w;

    (void)unused;
    workflow_compile(&w, split, STAGE_C, 1);
    for (int i = 0; i < TIMES; i++)
        ck_assert_str_eq(workflow_run(&w, "{'n':[1,2,3]}"), want);
    workflow_fini(&w);
    return NULL;
}

/* A thread's own view of a program that others run at the same time. */
static void *run_shared(void *shared)
{
    const struct workflow *compiled = shared;
    struct workflow w = { .program = compiled->program };

    for (int i = 0; i < TIMES; i++)
        ck_assert_str_eq(workflow_run(&w, "{'n':[1,2,3]}"), want);
    workflow_fini(&w);
    return NULL;
}

static void in_threads(void *(*work)(void *), void *argument)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, argument), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

START_TEST(compilers_side_by_side)
{
    in_threads(compile_and_run, NULL);
}
END_TEST

START_TEST(runs_of_one_program_side_by_side)
{
    struct workflow w;

    workflow_compile(&w, split, STAGE_C, 1);
    in_threads(run_shared, &w);
    workflow_fini(&w);
}
END_TEST

/* ---- one store ---- */

enum { COMMITS = 60 };

static struct store *shared_store;
static unsigned syncs; /* only one flush is under way at a time */

/* Slow enough that others come meanwhile. */
static int slow_sync(void *self, int fd)
{
    (void)fd;
    syncs++;
    kiln_io_posix.sleep_ms(self, 1);
    return 0;
}

/* A run of its own: what was committed must be durable, whoever committed it. */
static void *append_and_commit(void *unused)
{
    struct journal_place at = { 0 };
    struct journal_run *r = NULL;
    kiln_value v = value_static("some text of some length");

    (void)unused;
    ck_assert_int_eq(journal_begin(shared_store, NULL, &two_effects, &v, &r), 0);
    for (; at.step < COMMITS; at.step++) {
        ck_assert_int_eq(journal_append(r, JOURNAL_DONE, &at, &v, NULL), 0);
        ck_assert_int_eq(journal_commit(r), 0);
        ck_assert(!journal_dirty(r));
    }
    journal_free(r);
    return NULL;
}

/* Through many small segments, which are cleaned while others append. */
START_TEST(commits_share_a_flush)
{
    char folder[] = "/tmp/kiln-threads-XXXXXX";
    struct kiln_io io = kiln_io_posix;
    struct shell s;

    io.sync = slow_sync;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(store_open(&io, folder, STORE_CREATE | STORE_SMALL, &shared_store, NULL), 0);
    store_share(shared_store);
    syncs = 0;
    in_threads(append_and_commit, NULL);
    ck_assert_uint_lt(syncs, THREADS * COMMITS);
    store_close(shared_store);
    ck_assert_int_eq(store_open(&kiln_io_posix, folder, STORE_READONLY, &shared_store, NULL), 0);
    ck_assert_uint_eq(shared_store->runs.n, THREADS);
    for (unsigned i = 0; i < THREADS; i++)
        ck_assert_uint_ge(shared_store->runs.at[i]->records, COMMITS + 1);
    store_close(shared_store);
    s = shell_run(NULL, "rm -rf %s", folder);
    shell_fini(&s);
}
END_TEST

Suite *suite_threads(void);

Suite *suite_threads(void)
{
    Suite *s = suite_create("threads");
    TCase *t = tcase_create("threads");

    tcase_add_test(t, compilers_side_by_side);
    tcase_add_test(t, runs_of_one_program_side_by_side);
    tcase_add_test(t, commits_share_a_flush);
    suite_add_tcase(s, t);
    return s;
}
