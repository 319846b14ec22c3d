/* test_pause.c: a run that was paused stays so, however often it is put aside, whatever is cleaned
 * away and wherever the machine stops.
 */
#include <errno.h>
#include <string.h>

#include "compiled.h"
#include "kiln.h"
#include "store.h"
#include "suites.h"
#include "test/io_sim.h"

static const char plan[] = "plan \"p\" dialect \"test\"\nflow \"root\"\nslot s0 \"a\" last\n"
                           "step \"w\" wake start timeout 0 \"late\"\n"
                           "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\n"
                           "next -> \"end\"\n"
                           "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n"
                           "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n";

enum { ROUNDS = 60 };

struct script {
    struct compiled compiled;
    struct io_sim *sim;
    struct store *store;
    int is_paused; /* that is acknowledged */
};

static int open_store(struct script *k)
{
    return store_open(&k->sim->io, "s", STORE_CREATE | STORE_SMALL, &k->store, NULL);
}

/* The run in memory; NULL when the machine stands. */
static kiln_run *take_up(struct script *k)
{
    kiln_options o = { .io = &k->sim->io, .store = k->store, .id = "r" };
    const kiln_value null = value_null();
    kiln_run *r;
    int failed;

    ck_assert_int_eq(kiln_run_new(k->compiled.program, &o, &r), 0);
    failed = store_find(k->store, "r") ? kiln_run_resume(r) : kiln_run_start(r, &null);
    if (!failed)
        return r;
    kiln_run_free(r);
    return NULL;
}

/* It waits, and is paused; that is on disk. 0 or a negative code. */
static int begin(struct script *k)
{
    kiln_run *r = take_up(k);
    int failed = r ? 0 : -EIO;

    if (!failed)
        failed = kiln_run_drive(r) < 0 || kiln_run_pause(r, 1) < 0 || kiln_run_park(r) < 0
                 || store_commit(k->store) < 0;
    k->is_paused = !failed;
    kiln_run_free(r);
    return failed;
}

/* It is taken up and put aside. */
static int touch(struct script *k)
{
    kiln_run *r = take_up(k);
    int failed = r ? kiln_run_park(r) : -EIO;

    kiln_run_free(r);
    return failed;
}

/* Another run leaves something to be cleaned away. */
static int litter(struct script *k)
{
    const kiln_value words = value_static("so much that segments fill up with it, and are cleaned");
    struct journal_run *other = NULL;
    int failed = journal_begin(k->store, NULL, k->compiled.program, &words, &other);

    if (!failed)
        failed =
            journal_append(other, JOURNAL_COMPLETED, &(struct journal_place){ 0 }, &words, NULL);
    journal_free(other);
    return failed;
}

static int play(struct script *k, int touches)
{
    int failed = open_store(k);

    if (!failed && !store_find(k->store, "r"))
        failed = begin(k);
    for (unsigned i = 0; i < ROUNDS && !failed; i++) {
        k->store->retain = 0;
        k->sim->now += 10;
        if (touches)
            failed = touch(k);
        if (!failed)
            failed = litter(k);
        if (!failed)
            failed = store_commit(k->store);
    }
    return failed;
}

/* Opened anew it is paused. */
static void check(struct script *k)
{
    const struct store_run *run;

    store_close(k->store);
    ck_assert_int_eq(open_store(k), 0);
    run = store_find(k->store, "r");
    ck_assert_ptr_nonnull(run);
    ck_assert_msg(run->paused, "it is not paused any more");
    store_close(k->store);
    k->store = NULL;
}

static void stop(struct script *k, unsigned call, size_t tear, enum io_sim_loss loss)
{
    k->sim = io_sim_new(call);
    k->sim->crash_at = call;
    k->sim->tear = tear;
    k->is_paused = 0;
    play(k, 1);
    store_close(k->store);
    k->store = NULL;
    io_sim_restart(k->sim, loss);
    if (k->is_paused) {
        ck_assert_int_eq(play(k, 0), 0);
        check(k);
    }
    io_sim_free(k->sim);
}

START_TEST(a_pause_outlives_every_stop)
{
    struct script k = { .store = NULL };
    unsigned calls;

    compiled_load(&k.compiled, plan, NULL, 0);
    k.sim = io_sim_new(1);
    ck_assert_int_eq(play(&k, 1), 0);
    ck_assert_uint_gt(k.store->oldest, 2);
    check(&k);
    calls = k.sim->calls;
    io_sim_free(k.sim);
    for (unsigned call = 1; call <= calls; call++)
        for (size_t tear = 0; tear < 400; tear += 16)
            stop(&k, call, tear, tear % 3 ? IO_SIM_KEEP : IO_SIM_SHUFFLE);
    compiled_free(&k.compiled);
}
END_TEST

/* Whoever drives a paused run all the same may have it keep a base of its own. */
START_TEST(every_base_says_so)
{
    struct script k = { .store = NULL };
    kiln_run *r;

    compiled_load(&k.compiled, plan, NULL, 0);
    k.sim = io_sim_new(1);
    ck_assert_int_eq(play(&k, 1), 0);
    store_close(k.store);
    ck_assert_int_eq(open_store(&k), 0);
    r = take_up(&k);
    ck_assert(kiln_run_is_paused(r));
    ck_assert_int_eq(kiln_run_pause(r, 0), 0);
    ck_assert_int_eq(kiln_run_park(r), 0);
    kiln_run_free(r);
    store_close(k.store);
    ck_assert_int_eq(open_store(&k), 0);
    ck_assert(!store_find(k.store, "r")->paused);
    store_close(k.store);
    io_sim_free(k.sim);
    compiled_free(&k.compiled);
}
END_TEST

Suite *suite_pause(void);
Suite *suite_pause(void)
{
    Suite *s = suite_create("pause");
    TCase *t = tcase_create("pause");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_pause_outlives_every_stop);
    tcase_add_test(t, every_base_says_so);
    suite_add_tcase(s, t);
    return s;
}
