/* test_store.c: a store keeps its promises (spec/JOURNAL.md 1) at every crash there can be.
 *
 * One script of appends and commits is run over and over on a simulated disk, and crashed at every
 * call that changes the disk, with every way of losing what was not synced. Each time the store is
 * opened again and must hold exactly what was acknowledged, and at most what was appended after it.
 */
#include <errno.h>
#include <string.h>

#include "store_script.h"
#include "suites.h"

/* Another program takes run "a" up and appends to it. */
static void go_on(struct script *k)
{
    kiln_heap h;

    heap_init(&h, 0);
    ck_assert_int_eq(journal_load(k->store, "a", &h, &k->runs[0]), 0);
    for (unsigned i = 0; i < 3; i++)
        ck_assert_int_eq(script_append(k, 0), 0);
    ck_assert_int_eq(script_commit(k), 0);
    heap_fini(&h);
}

/* The machine comes up, another program goes on with the store, and the power goes again. */
static void recover_and_check(struct script *k, enum io_sim_loss loss)
{
    unsigned long long n;

    io_sim_restart(k->sim, loss);
    k->store = script_reopen(k->sim, STORE_CREATE);
    n = script_check(k->store);
    ck_assert_msg(n >= k->acknowledged, "%llu acknowledged, %llu found", k->acknowledged, n);
    ck_assert_msg(n <= k->appended, "%llu appended, %llu found", k->appended, n);
    k->appended = n;
    if (!k->eager) { /* what an open has shown must outlive any crash */
        script_stop(k);
        io_sim_restart(k->sim, IO_SIM_LOSE);
        k->store = script_reopen(k->sim, STORE_CREATE);
        ck_assert_uint_eq(script_check(k->store), n);
    }
    if (store_find(k->store, "a"))
        go_on(k);
    script_stop(k);
    io_sim_restart(k->sim, IO_SIM_LOSE);
    k->store = script_reopen(k->sim, STORE_CREATE);
    ck_assert_uint_eq(script_check(k->store), k->appended);
    script_stop(k);
}

/* How many calls the script makes, to crash at each. */
static unsigned count_calls(void)
{
    struct script k = { .sim = io_sim_new(1) };
    unsigned calls;

    script_play(&k);
    ck_assert_uint_gt(k.acknowledged, 15);
    ck_assert_uint_gt(k.store->last.number, 2);
    calls = k.sim->calls;
    script_stop(&k);
    io_sim_free(k.sim);
    return calls;
}

/* Crashes at a call, of which, when it is a write, `out` bytes went out. Returns how many bytes it
 * would have written. */
static size_t crash(unsigned call, size_t out, enum io_sim_loss loss, unsigned long long seed)
{
    struct script k = { .sim = io_sim_new(seed), .eager = seed & 1 };
    size_t n;

    k.sim->crash_at = call;
    k.sim->tear = out;
    script_play(&k);
    script_stop(&k);
    n = k.sim->last_write;
    recover_and_check(&k, loss);
    io_sim_free(k.sim);
    return n;
}

START_TEST(crash_at_every_call)
{
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls + 1; call++) {
        for (unsigned long long seed = 1; seed <= 2; seed++) {
            crash(call, 0, IO_SIM_KEEP, seed);
            crash(call, 0, IO_SIM_LOSE, seed);
        }
    }
}
END_TEST

START_TEST(tear_at_every_byte)
{
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls; call++) {
        size_t n = crash(call, 0, IO_SIM_KEEP, 1);

        for (size_t out = 1; out <= n; out += out < 128 ? 1 : 61)
            crash(call, out, IO_SIM_KEEP, 1);
    }
}
END_TEST

START_TEST(blocks_in_any_order)
{
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls; call++)
        for (unsigned long long seed = 1; seed <= 20; seed++)
            crash(call, 100000, IO_SIM_SHUFFLE, seed);
}
END_TEST

START_TEST(recovery_may_crash_too)
{
    for (unsigned first = 10; first < 40; first += 3)
        for (unsigned call = 1; call <= 6; call++) {
            struct script k = { .sim = io_sim_new(first) };
            struct store *s = NULL;

            k.sim->crash_at = first;
            k.sim->tear = 77;
            script_play(&k);
            script_stop(&k);
            io_sim_restart(k.sim, IO_SIM_SHUFFLE);
            k.sim->crash_at = call;
            k.sim->tear = 33;
            if (store_open(&k.sim->io, "s", STORE_CREATE | STORE_SMALL, &s, NULL) == 0)
                store_close(s);
            recover_and_check(&k, IO_SIM_SHUFFLE);
            io_sim_free(k.sim);
        }
}
END_TEST

START_TEST(any_call_may_fail)
{
    static const int codes[] = { -ENOSPC, -EIO };
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls; call++)
        for (unsigned i = 0; i < 4; i++) {
            struct script k = { .sim = io_sim_new(call) };

            k.sim->fail_at = call;
            k.sim->fail_code = codes[i % 2];
            script_play(&k);
            if (k.store) { /* broken for good, whatever the disk would say now */
                ck_assert_int_lt(store_commit(k.store), 0);
                ck_assert_int_lt(script_append(&k, 0), 0);
                ck_assert_uint_gt(strlen(store_error(k.store)), 0);
            }
            script_stop(&k);
            recover_and_check(&k, i < 2 ? IO_SIM_LOSE : IO_SIM_KEEP);
            io_sim_free(k.sim);
        }
}
END_TEST

Suite *suite_store(void);
Suite *suite_store(void)
{
    Suite *s = suite_create("store");
    TCase *t = tcase_create("crashes");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, crash_at_every_call);
    tcase_add_test(t, tear_at_every_byte);
    tcase_add_test(t, blocks_in_any_order);
    tcase_add_test(t, recovery_may_crash_too);
    tcase_add_test(t, any_call_may_fail);
    suite_add_tcase(s, t);
    return s;
}
