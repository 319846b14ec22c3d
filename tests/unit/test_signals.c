/* test_signals.c: when a signal comes to a run that was taken up: behind all that is known of it,
 * and then at once, also when it never rests.
 *
 * A worker's turn by hand: step by step, with the commits it asks for, until the power goes.
 */
#include <string.h>

#include "compiled.h"
#include "kiln.h"
#include "store.h"
#include "suites.h"
#include "test/io_sim.h"

/* ---- the world ---- */

static unsigned polls;  /* calls of "test.poll" */
static unsigned tries;  /* calls of "test.flaky" */
static unsigned marked; /* polls when "test.mark" was called */

KILN_OP(signals_poll, "test.poll", KILN_IDEMPOTENT, "Looks.",
        KILN_OUTPUTS({ "n", "integer", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, kiln_int(++polls));
}

KILN_OP(signals_flaky, "test.flaky", KILN_IDEMPOTENT, "Fails sixteen times.",
        KILN_OUTPUTS({ "n", "integer", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return tries++ < 16 ? kiln_fail(call, "not yet") : kiln_out_value(call, kiln_int(tries));
}

KILN_OP(signals_mark, "test.mark", KILN_IDEMPOTENT, "Was here.",
        KILN_OUTPUTS({ "n", "integer", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, kiln_int(marked = polls));
}

static const kiln_op *const ops[] = { &kiln_op_signals_poll, &kiln_op_signals_flaky,
                                      &kiln_op_signals_mark };

/* Looks again and again, without a pause, until somebody else has filled s0. */
#define POLLS                                                                                      \
    "step \"begin\" wake start\nnext -> \"poll\"\n"                                                \
    "step \"poll\" wake any\n%0 = const 1\ntask \"test.poll\" %0 -> s1\nnext -> \"look\"\n"        \
    "step \"look\" wake any\n%0 = slot s0\ntest %0\ncase 0 -> \"poll\"\ncase 1 -> \"end\"\n"       \
    "step \"end\" wake any\n%0 = slot s0\nfinish %0\n"                                             \
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"
#define ROOT "plan \"p\" dialect \"test\"\nflow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"

static const char awaits[] =
    ROOT "step \"w\" wake start timeout 0 \"late\"\n"
         "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\n" POLLS;

/* ---- a life ---- */

struct life {
    struct compiled compiled;
    struct io_sim *sim;
    struct store *store;
    kiln_run *run;
};

static void wake(struct life *l)
{
    kiln_options o = { .io = &l->sim->io, .id = "r" };
    const kiln_value null = value_null();

    ck_assert_int_eq(store_open(o.io, "s", STORE_CREATE | STORE_SMALL, &l->store, NULL), 0);
    o.store = l->store;
    ck_assert_int_eq(kiln_run_new(l->compiled.program, &o, &l->run), 0);
    if (store_find(l->store, "r"))
        ck_assert_int_eq(kiln_run_resume(l->run), 0);
    else
        ck_assert_int_eq(kiln_run_start(l->run, &null), 0);
}

/* So many steps, a millisecond each, or fewer when it ends: its status. */
static int make_steps(struct life *l, unsigned n)
{
    int status = KILN_RUNNING;
    long long due;

    for (unsigned i = 0; i < n && status == KILN_RUNNING; i++) {
        status = kiln_run_step(l->run, 1, &due);
        if (status == KILN_RUNNING && due == KILN_DUE_COMMIT)
            ck_assert_int_eq(store_commit(l->store), 0);
        else
            l->sim->now++;
    }
    return status;
}

static void leave(struct life *l)
{
    kiln_run_free(l->run);
    store_close(l->store);
}

/* The power goes: what was not committed is lost. */
static void stop(struct life *l)
{
    l->sim->crash_at = l->sim->calls + 1;
    leave(l);
    io_sim_restart(l->sim, IO_SIM_LOSE);
}

static void begin(struct life *l, const char *plan, unsigned steps)
{
    compiled_load(&l->compiled, plan, ops, 3);
    l->sim = io_sim_new(steps);
    polls = tries = marked = 0;
    wake(l);
    ck_assert_int_eq(make_steps(l, steps), KILN_RUNNING);
    stop(l);
}

static void end(struct life *l)
{
    leave(l);
    io_sim_free(l->sim);
    compiled_free(&l->compiled);
}

/* ---- signals ---- */

enum {
    KEPT = 4,       /* steps after which the store has the run */
    LONG_AGO = 1000 /* steps after which a run has had its signal */
};

/* It is sent to the run in memory, or left in the store before. */
static void resume_and_send(struct life *l, int is_away)
{
    const kiln_value seven = value_int(7);

    if (is_away) {
        ck_assert_int_eq(store_open(&l->sim->io, "s", STORE_SMALL, &l->store, NULL), 0);
        ck_assert_int_eq(journal_send(l->store, "r", "w", "key", &seven), 0);
        store_close(l->store);
    }
    wake(l);
    if (!is_away)
        ck_assert_int_eq(kiln_run_signal_once(l->run, "key", "w", &seven), 0);
}

START_TEST(a_run_that_never_rests_gets_its_signals)
{
    for (unsigned steps = KEPT; steps < 60; steps++)
        for (int is_away = 0; is_away <= 1; is_away++) {
            struct life l;
            unsigned before;

            begin(&l, awaits, steps);
            before = polls;
            resume_and_send(&l, is_away);
            ck_assert_msg(make_steps(&l, LONG_AGO) == KILN_COMPLETED, "stopped after %u", steps);
            ck_assert_int_eq(kiln_run_output(l.run)->u.i, 7);
            ck_assert_uint_le(polls, before + 3); /* two to come past what was, one on its way */
            end(&l);
        }
}
END_TEST

/* Stopped again between the signal and what comes of it. */
START_TEST(it_has_come_once_however_often_it_is_stopped)
{
    for (unsigned steps = KEPT; steps < 40; steps++)
        for (unsigned more = 0; more < 20; more++) {
            struct life l;
            const kiln_value other = value_int(8);

            begin(&l, awaits, steps);
            resume_and_send(&l, 0);
            ck_assert_int_eq(store_commit(l.store), 0);
            make_steps(&l, more);
            stop(&l);
            wake(&l);
            ck_assert_int_eq(kiln_run_signal_once(l.run, "key", "w", &other), 0);
            ck_assert_int_eq(make_steps(&l, LONG_AGO), KILN_COMPLETED);
            ck_assert_int_eq(kiln_run_output(l.run)->u.i, 7);
            end(&l);
        }
}
END_TEST

/* ---- what is known to be over ---- */

static const char sleeps[] =
    ROOT "step \"f\" wake start retry 16 delay 1 budget 2\n%0 = const 1\ntask \"test.flaky\" %0\n"
         "next -> \"z\"\n"
         "step \"z\" wake count 1\n%0 = const 1\nsleep %0\nnext -> \"m\"\n"
         "step \"m\" wake count 1\n%0 = const 1\ntask \"test.mark\" %0\n" POLLS;

/* Tries that are not made again are steps the run is short of; what is known to be over does not
 * wait until other steps have made up for them. No time passes: of the sleep it is known or never
 * heard of that it is over. */
START_TEST(what_is_over_comes_before_new_calls)
{
    unsigned seen = 0;

    for (unsigned steps = 1600; steps < 1800; steps++) {
        struct life l;
        unsigned before;

        begin(&l, sleeps, steps);
        before = polls;
        l.sim->now -= 10000;
        wake(&l);
        if (!marked) {
            make_steps(&l, 100);
            seen += marked != 0;
            ck_assert_msg(marked <= before + 2, "stopped after %u: %u polls", steps,
                          marked - before);
        }
        end(&l);
    }
    ck_assert_uint_gt(seen, 0);
}
END_TEST

Suite *suite_signals(void);
Suite *suite_signals(void)
{
    Suite *s = suite_create("signals");
    TCase *t = tcase_create("signals");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_run_that_never_rests_gets_its_signals);
    tcase_add_test(t, it_has_come_once_however_often_it_is_stopped);
    tcase_add_test(t, what_is_over_comes_before_new_calls);
    suite_add_tcase(s, t);
    return s;
}
