/* test_past.c: runs as they were, and runs that go on from there.
 *
 * One script a plan: it is played to its end; then, for each of its records, the run is looked at
 * as it was behind it, and forked there. Looking touches nothing; a fork does what was still to be
 * done, waits as long as was left, and comes to the same end.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "compiled.h"
#include "store.h"
#include "suites.h"
#include "test/io_sim.h"

/* ---- the world ---- */

static unsigned acted; /* calls of the operation */

KILN_OP(past_act, "test.act", KILN_EFFECTFUL, "Gives `n` back, after `ms`.",
        KILN_INPUTS({ "n", "integer", "", 0 }, { "ms", "integer", "", 0 }),
        KILN_OUTPUTS({ "n", "integer", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    acted++;
    kiln_later(call, (unsigned long long)kiln_in_int(call, "ms"));
    return kiln_out_value(call, kiln_in(call, "n"));
}

struct script {
    struct compiled compiled;
    struct io_sim *sim;
    struct store *store;
    const char *output, *signal;
};

static void load(struct script *k, const char *text)
{
    static const kiln_op *const ops[] = { &kiln_op_past_act };

    *k = (struct script){ 0 };
    compiled_load(&k->compiled, text, ops, 1);
}

static void open_store(struct script *k, unsigned flags)
{
    ck_assert_int_eq(store_open(&k->sim->io, "s", flags | STORE_SMALL, &k->store, NULL), 0);
}

/* ---- playing ---- */

static kiln_run *make_run(struct script *k, const char *id, unsigned long long at)
{
    kiln_options o = { .io = &k->sim->io, .store = k->store, .id = id, .at = at };
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(k->compiled.program, &o, &r), 0);
    return r;
}

/* Drives a run to its end, which must be that of the script. */
static void finish(struct script *k, kiln_run *r)
{
    kiln_value seven = value_int(7);
    struct text t = { 0 };
    int status = kiln_run_drive(r);

    if (status == KILN_RUNNING && k->signal) {
        ck_assert_int_eq(kiln_run_signal(r, k->signal, &seven), 0);
        status = kiln_run_drive(r);
    }
    ck_assert_msg(status == KILN_COMPLETED, "%d: %s", status, kiln_run_error(r));
    json_write(&t, kiln_run_output(r));
    ck_assert_str_eq(text_cstr(&t), k->output);
    text_fini(&t);
    kiln_run_free(r);
}

static void play(struct script *k, const char *id)
{
    kiln_value null = value_null();
    kiln_run *r = make_run(k, id, 0);

    ck_assert_int_eq(kiln_run_start(r, &null), 0);
    finish(k, r);
}

static void go_on(struct script *k, const char *id)
{
    kiln_run *r = make_run(k, id, 0);

    ck_assert_msg(kiln_run_resume(r) == 0, "%s", kiln_run_error(r));
    finish(k, r);
}

/* The records of a run: their numbers and times. */
struct record_list {
    unsigned long long number[256];
    long long ms[256];
    enum journal_kind kind[256];
    unsigned n;
};

static int note(void *ctx, const struct entry *e)
{
    struct record_list *l = ctx;

    ck_assert_uint_lt(l->n, 256);
    l->number[l->n] = e->sequence;
    l->ms[l->n] = cli_ms_of(e);
    l->kind[l->n++] = e->kind;
    return 0;
}

static struct record_list records_of(struct script *k, const char *id)
{
    struct record_list l = { .n = 0 };

    ck_assert_int_eq(cli_each_record(k->store, store_find(k->store, id), note, &l), 0);
    return l;
}

/* The run as it was; nothing happens. */
static void look(struct script *k, const char *id, unsigned long long record)
{
    kiln_run *r = make_run(k, id, record);
    unsigned calls = k->sim->calls, before = acted;
    long long now = k->sim->now;

    ck_assert_msg(kiln_run_resume(r) == 0, "%llu: %s", record, kiln_run_error(r));
    ck_assert_msg(kiln_run_drive(r) == KILN_RUNNING, "%llu: %s", record, kiln_run_error(r));
    ck_assert_uint_eq(acted, before);
    ck_assert_uint_eq(k->sim->calls, calls);
    ck_assert_int_eq(k->sim->now, now);
    kiln_run_free(r);
}

/* How many effects a fork made, and how long it took. */
static unsigned branch(struct script *k, const char *from, unsigned long long record,
                       const char *id, long long *ret_ms)
{
    unsigned before = acted;
    long long now = k->sim->now += 700000000;

    ck_assert_msg(journal_fork(k->store, from, record, NULL, id) == 0, "%llu: %s", record,
                  store_error(k->store));
    go_on(k, id);
    *ret_ms = k->sim->now - now;
    return acted - before;
}

/* A world in which the run "r" has come to its end; the same each time. */
static void begin(struct script *k)
{
    k->sim = io_sim_new(1);
    open_store(k, STORE_CREATE);
    acted = 0;
    play(k, "r");
}

static void end(struct script *k)
{
    store_close(k->store);
    k->store = NULL;
    io_sim_free(k->sim);
    k->sim = NULL;
}

static void unload(struct script *k)
{
    if (k->sim)
        end(k);
    compiled_free(&k->compiled);
}

/* Behind each record the run is looked at and forked. */
static void everywhere(const char *plan, const char *signal, const char *output)
{
    unsigned left = ~0u, n = 2;
    struct script k;

    load(&k, plan);
    k.signal = signal;
    k.output = output;
    for (unsigned i = 0; i + 1 < n; i++) {
        struct record_list l;
        unsigned all, made;
        long long ms;

        begin(&k);
        all = acted;
        l = records_of(&k, "r");
        n = l.n;
        look(&k, "r", l.number[i]);
        made = branch(&k, "r", l.number[i], "f", &ms);
        ck_assert_msg(made <= left && (i || made == all), "record %llu: %u effects of %u",
                      l.number[i], made, left);
        ck_assert_msg(ms == l.ms[n - 1] - l.ms[i], "record %llu: %lld ms", l.number[i], ms);
        left = made;
        end(&k);
    }
    ck_assert_uint_gt(n, 4);
    ck_assert_uint_eq(left, 0);
    unload(&k);
}

#define HEAD "plan \"p\" dialect \"test\"\nflow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
#define QUIET "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"
#define ACT(id, wake, input, slot, to)                                                             \
    "step \"" id "\" wake " wake "\n%0 = const " input "\ntask \"test.act\" %0 -> " slot           \
    "\nnext -> \"" to "\"\n"
#define END                                                                                        \
    "step \"end\" wake count 1\n%0 = slot s0\n%1 = slot s1\n%2 = array %0 %1\nfinish %2\n" QUIET
#define TWO_ACTS                                                                                   \
    ACT("a", "start", "{\"n\":1}", "s0", "b") ACT("b", "count 1", "{\"n\":2}", "s1", "end")

START_TEST(sleeps_last_as_long_as_was_left)
{
    everywhere(HEAD "step \"z\" wake start\n%0 = const 86400000\nsleep %0\nnext -> \"a\"\n" ACT(
                   "a", "count 1", "{\"n\":1}", "s0", "b")
                   ACT("b", "count 1", "{\"n\":2,\"ms\":5000}", "s1", "end") END,
               NULL, "[1,2]");
}
END_TEST

START_TEST(deadlines_have_not_passed)
{
    everywhere(HEAD "step \"c\" wake start timeout 90000 \"late\"\nchild \"two\" -> s0\n"
                    "next -> \"b\"\n" ACT("b", "count 1", "{\"n\":3}", "s1", "end") END
               "flow \"two\" up \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n" ACT(
                   "a", "start", "{\"n\":1,\"ms\":80000}", "s0", "f")
                   ACT("f", "count 1", "{\"n\":2}", "s1", "end") END,
               NULL, "[[1,2],3]");
}
END_TEST

START_TEST(signals_come_along)
{
    everywhere(HEAD "step \"w\" wake start timeout 0 \"late\"\n"
                    "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\n"
                    "next -> \"b\"\n" ACT("b", "count 1", "{\"n\":2}", "s1", "end") END,
               "w", "[7,2]");
}
END_TEST

START_TEST(items_are_where_each_was)
{
    everywhere(
        HEAD "step \"e\" wake start window 2\n%0 = const [1,2,3,4,5]\n"
             "each \"item\" %0 -> s0\nnext -> \"b\"\n" ACT("b", "count 1", "{\"n\":9}", "s1", "end")
                 END "flow \"item\" up \"root\"\nslot s0 \"n\" param\nslot s1 \"r\" last\n"
                     "step \"z\" wake start\n%0 = const 70\nsleep %0\nnext -> \"a\"\n"
                     "step \"a\" wake count 1\n%0 = slot s0\n%1 = object \"n\" %0\n"
                     "task \"test.act\" %1 -> s1\nnext -> \"end\"\n" END,
        NULL, "[[[1,1],[2,2],[3,3],[4,4],[5,5]],9]");
}
END_TEST

/* ---- forks of forks ---- */

START_TEST(forks_are_forked)
{
    struct script k;
    struct record_list l;
    long long ms;

    load(&k, HEAD "step \"c\" wake start timeout 90000 \"late\"\nchild \"two\" -> s0\n"
                  "next -> \"b\"\n" ACT("b", "count 1", "{\"n\":3}", "s1", "end") END
         "flow \"two\" up \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n" ACT(
             "a", "start", "{\"n\":1,\"ms\":80000}", "s0", "f")
             ACT("f", "count 1", "{\"n\":2,\"ms\":5000}", "s1", "end") END);
    k.output = "[[1,2],3]";
    begin(&k);
    for (unsigned depth = 0; depth < 4; depth++) {
        char from[16], id[16];

        snprintf(from, sizeof from, depth ? "f%u" : "r", depth - 1);
        snprintf(id, sizeof id, "f%u", depth);
        l = records_of(&k, from);
        for (unsigned i = 0; i + 1 < l.n; i++) {
            char other[32];

            snprintf(other, sizeof other, "%s-%u", id, i);
            look(&k, from, l.number[i]);
            branch(&k, from, l.number[i], other, &ms);
            ck_assert_int_eq(ms, l.ms[l.n - 1] - l.ms[i]);
        }
        branch(&k, from, l.number[l.n / 2 - 1], id, &ms);
        ck_assert_str_eq(store_find(k.store, id)->origin->run, from);
    }
    unload(&k);
}
END_TEST

/* ---- stopped ---- */

/* The fork is there whole or not at all, and the other is as it was. */
static void stop(struct script *k, unsigned call, enum io_sim_loss loss, unsigned long long record)
{
    k->sim->crash_at = k->sim->calls + call;
    k->sim->tear = 8 * call;
    journal_fork(k->store, "r", record, NULL, "f");
    store_close(k->store);
    io_sim_restart(k->sim, loss);
    open_store(k, 0);
    ck_assert_int_eq(store_find(k->store, "r")->state, JOURNAL_COMPLETED);
    if (!store_find(k->store, "f"))
        ck_assert_int_eq(journal_fork(k->store, "r", record, NULL, "f"), 0);
    acted = 0;
    go_on(k, "f");
    ck_assert_uint_eq(acted, 1);
    go_on(k, "r");
}

START_TEST(a_fork_is_whole_or_not_there)
{
    for (unsigned call = 1; call < 12; call++)
        for (int loss = IO_SIM_KEEP; loss <= IO_SIM_SHUFFLE; loss++) {
            struct record_list l;
            struct script k;
            unsigned i = 0;

            load(&k, HEAD TWO_ACTS END);
            k.output = "[1,2]";
            begin(&k);
            l = records_of(&k, "r");
            while (l.kind[i] != JOURNAL_DONE)
                i++;
            stop(&k, call, (enum io_sim_loss)loss, l.number[i]);
            unload(&k);
        }
}
END_TEST

/* ---- as far as retained ---- */

START_TEST(what_was_cleaned_away_is_gone)
{
    struct script k;
    struct record_list l;

    load(&k, HEAD TWO_ACTS END);
    k.output = "[1,2]";
    k.sim = io_sim_new(1);
    open_store(&k, STORE_CREATE);
    k.sim->now += 10 * 86400000ll; /* it is kept, those of the days before are not */
    play(&k, "r");
    k.sim->now -= 10 * 86400000ll;
    k.store->retain = 3600000;
    l = records_of(&k, "r");
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[1], NULL, "f"), 0);
    for (unsigned i = 0; i < 100; i++) {
        char id[16];

        snprintf(id, sizeof id, "x%u", i);
        play(&k, id);
        k.sim->now += 7200000;
    }
    ck_assert_uint_ge(k.store->oldest, 3);
    store_close(k.store);
    open_store(&k, 0);
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[1], NULL, "g"), -ENODATA);
    ck_assert_ptr_nonnull(strstr(store_error(k.store), "no more"));
    ck_assert_int_eq(store_find(k.store, "r")->state, JOURNAL_COMPLETED);
    ck_assert_str_eq(store_find(k.store, "f")->origin->run, "r"); /* carried, and what it is of */
    look(&k, "f", store_find(k.store, "f")->number);
    go_on(&k, "f");
    unload(&k);
}
END_TEST

START_TEST(refuses_what_makes_no_run)
{
    struct script k;
    struct record_list l;

    load(&k, HEAD TWO_ACTS END);
    k.output = "[1,2]";
    begin(&k);
    l = records_of(&k, "r");
    ck_assert_int_eq(journal_fork(k.store, "none", 1, NULL, "f"), -ENOENT);
    ck_assert_int_eq(journal_fork(k.store, "r", 1, NULL, "r"), -EEXIST);
    ck_assert_int_eq(journal_fork(k.store, "r", 1, NULL, "no id"), -EINVAL);
    ck_assert_int_eq(journal_fork(k.store, "r", 1000, NULL, "f"), -ENODATA);
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[l.n - 1], NULL, "f"), -EINVAL);
    ck_assert_ptr_null(store_find(k.store, "f"));
    ck_assert_int_eq(journal_fork(k.store, "r", l.number[0], NULL, "f"), 0);
    unload(&k);
}
END_TEST

Suite *suite_past(void);
Suite *suite_past(void)
{
    Suite *s = suite_create("past");
    TCase *t = tcase_create("runs");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, sleeps_last_as_long_as_was_left);
    tcase_add_test(t, deadlines_have_not_passed);
    tcase_add_test(t, signals_come_along);
    tcase_add_test(t, items_are_where_each_was);
    tcase_add_test(t, forks_are_forked);
    tcase_add_test(t, a_fork_is_whole_or_not_there);
    tcase_add_test(t, what_was_cleaned_away_is_gone);
    tcase_add_test(t, refuses_what_makes_no_run);
    suite_add_tcase(s, t);
    return s;
}
