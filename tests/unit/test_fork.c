/* test_fork.c: forks of forks, forks that the machine stops, and those that cannot be made.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "past_world.h"
#include "suites.h"

/* ---- forks of forks ---- */

START_TEST(forks_are_forked)
{
    struct past_world k;
    struct past_records l;
    long long ms;

    past_load(&k, HEAD "step \"c\" wake start timeout 90000 \"late\"\nchild \"two\" -> s0\n"
                       "next -> \"b\"\n" ACT("b", "count 1", "{\"n\":3}", "s1", "end") END
              "flow \"two\" up \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n" ACT(
                  "a", "start", "{\"n\":1,\"ms\":80000}", "s0", "f")
                  ACT("f", "count 1", "{\"n\":2,\"ms\":5000}", "s1", "end") END);
    k.output = "[[1,2],3]";
    past_begin(&k);
    for (unsigned depth = 0; depth < 4; depth++) {
        char from[16], id[16];

        snprintf(from, sizeof from, depth ? "f%u" : "r", depth - 1);
        snprintf(id, sizeof id, "f%u", depth);
        l = past_records_of(&k, from);
        for (unsigned i = 0; i + 1 < l.n; i++) {
            char other[32];

            snprintf(other, sizeof other, "%s-%u", id, i);
            past_look(&k, from, l.number[i]);
            past_branch(&k, from, l.number[i], other, &ms);
            ck_assert_int_eq(ms, l.ms[l.n - 1] - l.ms[i]);
        }
        past_branch(&k, from, l.number[l.n / 2 - 1], id, &ms);
        ck_assert_str_eq(store_find(k.store, id)->origin->run, from);
    }
    past_unload(&k);
}
END_TEST

/* ---- stopped ---- */

/* The fork is there whole or not at all, and the other is as it was. */
static void stop(struct past_world *k, unsigned call, enum io_sim_loss loss,
                 unsigned long long record)
{
    k->sim->crash_at = k->sim->calls + call;
    k->sim->tear = 8 * call;
    journal_fork(k->store, "r", record, NULL, "f");
    store_close(k->store);
    io_sim_restart(k->sim, loss);
    past_open_store(k, 0);
    ck_assert_int_eq(store_find(k->store, "r")->state, JOURNAL_COMPLETED);
    if (!store_find(k->store, "f"))
        ck_assert_int_eq(journal_fork(k->store, "r", record, NULL, "f"), 0);
    past_acted = 0;
    past_go_on(k, "f");
    ck_assert_uint_eq(past_acted, 1);
    past_go_on(k, "r");
}

START_TEST(a_fork_is_whole_or_not_there)
{
    for (unsigned call = 1; call < 12; call++)
        for (int loss = IO_SIM_KEEP; loss <= IO_SIM_SHUFFLE; loss++) {
            struct past_records l;
            struct past_world k;
            unsigned i = 0;

            past_load(&k, HEAD TWO_ACTS END);
            k.output = "[1,2]";
            past_begin(&k);
            l = past_records_of(&k, "r");
            while (l.kind[i] != JOURNAL_DONE)
                i++;
            stop(&k, call, (enum io_sim_loss)loss, l.number[i]);
            past_unload(&k);
        }
}
END_TEST

/* ---- as far as retained ---- */

START_TEST(what_was_cleaned_away_is_gone)
{
    struct past_world k;
    struct past_records l;

    past_load(&k, HEAD TWO_ACTS END);
    k.output = "[1,2]";
    k.sim = io_sim_new(1);
    past_open_store(&k, STORE_CREATE);
    k.sim->now += 10 * 86400000ll; /* it is kept, those of the days before are not */
    past_play(&k, "r");
    k.sim->now -= 10 * 86400000ll;
    k.store->retain = 3600000;
    l = past_records_of(&k, "r");
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[1], NULL, "f"), 0);
    for (unsigned i = 0; i < 100; i++) {
        char id[16];

        snprintf(id, sizeof id, "x%u", i);
        past_play(&k, id);
        k.sim->now += 7200000;
    }
    ck_assert_uint_ge(k.store->oldest, 3);
    store_close(k.store);
    past_open_store(&k, 0);
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[1], NULL, "g"), -ENODATA);
    ck_assert_ptr_nonnull(strstr(store_error(k.store), "no more"));
    ck_assert_int_eq(store_find(k.store, "r")->state, JOURNAL_COMPLETED);
    ck_assert_str_eq(store_find(k.store, "f")->origin->run, "r"); /* carried, and what it is of */
    past_look(&k, "f", store_find(k.store, "f")->number);
    past_go_on(&k, "f");
    past_unload(&k);
}
END_TEST

START_TEST(refuses_what_makes_no_run)
{
    struct past_world k;
    struct past_records l;

    past_load(&k, HEAD TWO_ACTS END);
    k.output = "[1,2]";
    past_begin(&k);
    l = past_records_of(&k, "r");
    ck_assert_int_eq(journal_fork(k.store, "none", 1, NULL, "f"), -ENOENT);
    ck_assert_int_eq(journal_fork(k.store, "r", 1, NULL, "r"), -EEXIST);
    ck_assert_int_eq(journal_fork(k.store, "r", 1, NULL, "no id"), -EINVAL);
    ck_assert_int_eq(journal_fork(k.store, "r", 1000, NULL, "f"), -ENODATA);
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[l.n - 1], NULL, "f"), -EINVAL);
    ck_assert_ptr_null(store_find(k.store, "f"));
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[0], NULL, "f"), 0);
    past_unload(&k);
}
END_TEST

Suite *suite_fork(void);
Suite *suite_fork(void)
{
    Suite *s = suite_create("fork");
    TCase *t = tcase_create("forks");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, forks_are_forked);
    tcase_add_test(t, a_fork_is_whole_or_not_there);
    tcase_add_test(t, what_was_cleaned_away_is_gone);
    tcase_add_test(t, refuses_what_makes_no_run);
    suite_add_tcase(s, t);
    return s;
}
