/* test_resume.c: runs that wait, try again, are sent signals and keep bases, stopped everywhere.
 *
 * One script a plan: it is played once undisturbed, then stopped at every call that changes the
 * simulated disk, with every way of losing data, and gone on with. What it gives must be the same,
 * no effect may happen more often than a stop allows, and waiting is never begun anew.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "test/io_sim.h"
#include "kiln.h"
#include "compiled.h"
#include "store.h"
#include "suites.h"

/* ---- the world ---- */

/* Per effect: how often it was called. It survives a crash, as the world does. */
static unsigned calls[16];

/* Gives `n` back, when it was called more than `fails` times before. */
KILN_OP(resume_act, "test.act", KILN_EFFECTFUL, "Fails at first.",
        KILN_INPUTS({ "n", "integer", "", 0 }, { "fails", "integer", "", 0 },
                    { "ms", "integer", "", 0 }),
        KILN_OUTPUTS({ "n", "integer", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    long long n = kiln_in_int(call, "n");

    if (calls[n & 15]++ < kiln_in_int(call, "fails"))
        return kiln_fail(call, "not yet");
    kiln_later(call, (unsigned long long)kiln_in_int(call, "ms"));
    return kiln_out_value(call, kiln_int(n));
}

struct script {
    struct compiled compiled;
    struct io_sim *sim;
    enum kiln_doubt in_doubt;
    const char *signal; /* sent once the run waits for one */
    long long began;
    unsigned bases; /* the undisturbed run kept */
};

static void load(struct script *k, const char *text)
{
    static const kiln_op *const ops[] = { &kiln_op_resume_act };

    *k = (struct script){ 0 };
    compiled_load(&k->compiled, text, ops, 1);
}

static void unload(struct script *k)
{
    compiled_free(&k->compiled);
}

/* ---- playing ---- */

/* Takes the run out of memory as it waits, and up again. */
static kiln_run *park(struct script *k, struct store *s, kiln_run *r, const kiln_options *o)
{
    int failed = kiln_run_park(r);

    kiln_run_free(r);
    ck_assert_int_eq(kiln_run_new(k->compiled.program, o, &r), 0);
    if (!failed && store_commit(s) == 0) {
        ck_assert(store_find(s, "r")->due == JOURNAL_NEVER);
        ck_assert_int_eq(kiln_run_resume(r), 0);
        ck_assert_int_eq(kiln_run_drive(r), KILN_RUNNING);
    }
    return r;
}

/* Sends the signal the run waits for. The status of what follows. */
static int answer(struct script *k, kiln_run *r)
{
    kiln_value v = value_int(7);

    if (kiln_run_signal_once(r, "key", k->signal, &v) < 0
        || kiln_run_signal_once(r, "key", k->signal, &v) < 0)
        return -EIO;
    return kiln_run_drive(r);
}

static int drive(struct script *k, struct store *s)
{
    kiln_options o = { .io = &k->sim->io, .store = s, .id = "r", .in_doubt = k->in_doubt };
    kiln_value null = value_null();
    kiln_run *r = NULL;
    int status;

    ck_assert_int_eq(kiln_run_new(k->compiled.program, &o, &r), 0);
    status = store_find(s, "r") ? kiln_run_resume(r) : kiln_run_start(r, &null);
    if (!status)
        status = kiln_run_drive(r);
    if (status == KILN_RUNNING && k->signal) {
        r = park(k, s, r, &o);
        status = answer(k, r);
    }
    if (status > 0)
        json_write(&k->sim->out, kiln_run_output(r));
    if (status < 0 && !k->sim->crashed)
        ck_abort_msg("%s %s", kiln_run_error(r), store_error(s));
    kiln_run_free(r);
    return status;
}

static int go(struct script *k)
{
    struct store *s = NULL;
    int status = store_open(&k->sim->io, "s", STORE_CREATE | STORE_SMALL, &s, NULL);

    if (status < 0)
        return status;
    status = drive(k, s);
    store_close(s);
    return status;
}

static int count_base(void *ctx, const struct entry *e)
{
    ((struct script *)ctx)->bases += e->kind == JOURNAL_BASE;
    return 0;
}

/* How many bases the run has kept: without any nothing is tried here. */
static void count_bases(struct script *k)
{
    struct store *s = NULL;

    ck_assert_int_eq(store_open(&k->sim->io, "s", STORE_READONLY, &s, NULL), 0);
    k->bases = 0;
    ck_assert_int_eq(store_each(s, store_find(s, "r"), 0, count_base, k), 0);
    store_close(s);
}

/* "output at milliseconds", of a run nobody stops. */
static unsigned undisturbed(struct script *k, const char *expected)
{
    struct text got = { 0 };
    unsigned n;

    memset(calls, 0, sizeof calls);
    k->sim = io_sim_new(1);
    k->began = k->sim->now;
    ck_assert_int_gt(go(k), 0);
    text_printf(&got, "%s at %lld", text_cstr(&k->sim->out), k->sim->now - k->began);
    ck_assert_str_eq(text_cstr(&got), expected);
    text_fini(&got);
    n = k->sim->calls;
    count_bases(k);
    ck_assert_uint_gt(k->bases, 0);
    io_sim_free(k->sim);
    return n;
}

/* Stops at one call, then at another, and goes on; `most` calls of an effect and `ms` of waiting
 * are as many as there would have been, and one call more a stop. */
static void stop(struct script *k, unsigned first, unsigned second, enum io_sim_loss loss,
                 const char *expected, const unsigned *most, long long ms)
{
    k->sim = io_sim_new(first);
    memset(calls, 0, sizeof calls);
    k->sim->crash_at = first;
    k->sim->tear = 40 * second;
    go(k);
    io_sim_restart(k->sim, loss);
    text_clear(&k->sim->out);
    if (second) {
        k->sim->crash_at = second;
        go(k);
        io_sim_restart(k->sim, loss);
        text_clear(&k->sim->out);
    }
    ck_assert_int_gt(go(k), 0);
    ck_assert_msg(!strncmp(text_cstr(&k->sim->out), expected, k->sim->out.n),
                  "stopped at %u, %u: %s", first, second, text_cstr(&k->sim->out));
    for (unsigned i = 0; i < 16; i++)
        ck_assert_msg(calls[i] <= most[i] + 1 + !!second, "stopped at %u, %u: effect %u: %u calls",
                      first, second, i, calls[i]);
    ck_assert_msg(k->sim->now - 1700000000000 <= ms, "stopped at %u, %u: %lld ms", first, second,
                  k->sim->now - 1700000000000);
    io_sim_free(k->sim);
}

/* Plays a plan undisturbed and stopped everywhere. A step that was never written down may begin
 * its waiting anew, so a stop may cost `again` milliseconds. */
static void everywhere(const char *plan, const char *signal, const char *expected, long long again)
{
    unsigned most[16], n;
    long long ms;
    struct script k;

    load(&k, plan);
    k.signal = signal;
    n = undisturbed(&k, expected);
    memcpy(most, calls, sizeof most);
    ck_assert_int_eq(sscanf(strstr(expected, " at "), " at %lld", &ms), 1);
    for (unsigned first = 1; first <= n; first++)
        for (unsigned second = 0; second <= 12; second += 3)
            for (int loss = IO_SIM_KEEP; loss <= IO_SIM_SHUFFLE; loss++)
                stop(&k, first, second, (enum io_sim_loss)loss, expected, most, ms + 2 * again);
    unload(&k);
}

#define HEAD "plan \"p\" dialect \"test\"\n"
#define QUIET "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"
#define ACT(id, wake, input, slot, to)                                                             \
    "step \"" id "\" wake " wake "\n%0 = const " input "\ntask \"test.act\" %0 -> " slot           \
    "\nnext -> \"" to "\"\n"
#define END(wake)                                                                                  \
    "step \"end\" wake " wake "\n%0 = slot s0\n%1 = slot s1\n"                                     \
    "%2 = array %0 %1\nfinish %2\n" QUIET

START_TEST(sleeps_go_on)
{
    everywhere(HEAD "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
                    "step \"z\" wake start\n%0 = const 86400000\nsleep %0\nnext -> \"a\"\n" ACT(
                        "a", "count 1", "{\"n\":1}", "s0", "b")
                        ACT("b", "count 1", "{\"n\":2,\"ms\":5000}", "s1", "end") END("count 1"),
               NULL, "[1,2] at 86405000", 0);
}
END_TEST

START_TEST(tries_are_counted_once)
{
    everywhere(HEAD
               "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
               "step \"a\" wake start retry 5 delay 1000 budget 60000 timeout 50000 \"late\"\n"
               "%0 = const {\"n\":1,\"fails\":3}\ntask \"test.act\" %0 -> s0\nnext -> \"b\"\n" ACT(
                   "b", "count 1", "{\"n\":2}", "s1", "end") END("count 1"),
               NULL, "[1,2] at 7000", 4000);
}
END_TEST

START_TEST(signals_are_records)
{
    everywhere(HEAD
               "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
               "step \"w\" wake start timeout 0 \"late\"\n"
               "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\nnext -> \"b\"\n" ACT(
                   "b", "count 1", "{\"n\":2}", "s1", "end") END("count 1"),
               "w", "[7,2] at 0", 0);
}
END_TEST

/* A later ending is held, then an earlier step fails: its handler waits, and the ending is void. */
START_TEST(an_ending_that_was_let_go_stays_so)
{
    everywhere(HEAD "flow \"root\" ordered\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
                    "step \"a\" wake start timeout 50 \"slow\"\nchild \"below\"\n"
                    "error -> \"w\"\n"
                    "step \"b\" wake start\n%0 = const \"ended\"\nfinish %0\n"
                    "step \"w\" wake count 1 timeout 0 \"late\"\n"
                    "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\n"
                    "next -> \"end\"\n" END(
                        "count 1") "flow \"below\" up \"root\"\n"
                                   "step \"z\" wake start\n%0 = const 99\nsleep %0\n" QUIET,
               "w", "[7,null] at 50", 0);
}
END_TEST

/* A child that fails twice is tried again as a whole: its first effect happens three times. */
START_TEST(children_are_tried_again)
{
    everywhere(
        HEAD
        "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
        "step \"c\" wake start retry 5 delay 100 budget 60000 timeout 90000 \"late\"\n"
        "child \"two\" -> s0\nnext -> \"b\"\n" ACT("b", "count 1", "{\"n\":3}", "s1", "end")
            END("count 1") "flow \"two\" up \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n" ACT(
                "a", "start", "{\"n\":1}", "s0", "f")
                ACT("f", "count 1", "{\"n\":2,\"fails\":2}", "s1", "end") END("count 1"),
        NULL, "[[1,2],3] at 300", 300);
}
END_TEST

START_TEST(items_go_on_where_each_was)
{
    everywhere(
        HEAD
        "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
        "step \"e\" wake start window 2\n%0 = const [1,2,3,4,5]\n"
        "each \"item\" %0 -> s0\nnext -> \"b\"\n" ACT("b", "count 1", "{\"n\":9}", "s1", "end")
            END("count 1") "flow \"item\" up \"root\"\nslot s0 \"n\" param\nslot s1 \"r\" last\n"
                           "step \"z\" wake start\n%0 = const 70\nsleep %0\nnext -> \"a\"\n"
                           "step \"a\" wake count 1\n%0 = slot s0\n%1 = object \"n\" %0\n"
                           "task \"test.act\" %1 -> s1\nnext -> \"end\"\n" END("count 1"),
        NULL, "[[[1,1],[2,2],[3,3],[4,4],[5,5]],9] at 210", 140);
}
END_TEST

/* Stopped in the middle of its effect, the run does what it was told: how often the output was not
 * that of the effect. */
static unsigned count_doubts(enum kiln_doubt policy, const char *expected, unsigned most)
{
    struct script k;
    unsigned seen = 0;

    load(&k, HEAD "flow \"root\"\nslot s0 \"a\" last\n" ACT(
                 "a", "start", "{\"n\":1}", "s0",
                 "end") "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET);
    k.in_doubt = policy;
    for (unsigned call = 1; call < 20; call++) {
        k.sim = io_sim_new(call);
        memset(calls, 0, sizeof calls);
        k.sim->crash_at = call;
        go(&k);
        io_sim_restart(k.sim, IO_SIM_KEEP);
        text_clear(&k.sim->out);
        k.signal = "a"; /* a word that is no result: try again */
        ck_assert_int_gt(go(&k), 0);
        if (strcmp(text_cstr(&k.sim->out), "1")) {
            seen++;
            ck_assert_str_eq(text_cstr(&k.sim->out), expected);
        }
        ck_assert_uint_le(calls[1], most);
        io_sim_free(k.sim);
    }
    unload(&k);
    return seen;
}

START_TEST(doubt_is_settled_by_policy)
{
    static const char in_doubt[] = "{\"code\":\"IN_DOUBT\",\"category\":\"permanent\",\"message\":"
                                   "\"the run was stopped while this effect was under way\"}";

    ck_assert_uint_eq(count_doubts(KILN_DOUBT_RETRY, "1", 2), 0);
    ck_assert_uint_gt(count_doubts(KILN_DOUBT_FAIL, in_doubt, 1), 0);
    ck_assert_uint_eq(count_doubts(KILN_DOUBT_ASK, "1", 2), 0);
}
END_TEST

Suite *suite_resume(void);
Suite *suite_resume(void)
{
    Suite *s = suite_create("resume");
    TCase *t = tcase_create("stops");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, sleeps_go_on);
    tcase_add_test(t, tries_are_counted_once);
    tcase_add_test(t, signals_are_records);
    tcase_add_test(t, an_ending_that_was_let_go_stays_so);
    tcase_add_test(t, children_are_tried_again);
    tcase_add_test(t, items_go_on_where_each_was);
    tcase_add_test(t, doubt_is_settled_by_policy);
    suite_add_tcase(s, t);
    return s;
}
