/* test_wait.c: sleeping, retrying, deadlines, signals and endings in their turn, on a clock of our
 * own: no test waits in earnest, and how long a run "took" is part of what is expected.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "build/build.h"
#include "emit/emit.h"
#include "io.h"
#include "kiln.h"
#include "passes/passes.h"
#include "plans.h"
#include "suites.h"

/* ---- operations ---- */

static unsigned calls;

/* Fails with `error` the first `times` times, or waits `ms`. */
KILN_OP(wait_flaky, "test.flaky", KILN_EFFECTFUL, "Fails at first.",
        KILN_INPUTS({ "times", "integer", "", 0 }, { "error", "any", "", 0 },
                    { "ms", "integer", "", 0 }),
        KILN_OUTPUTS({ "calls", "integer", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    if (calls++ < kiln_in_int(call, "times"))
        return kiln_fail_value(call, kiln_in(call, "error"));
    kiln_later(call, (unsigned long long)kiln_in_int(call, "ms"));
    return kiln_out_value(call, kiln_int(calls));
}

static const kiln_op *find_op(void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, "test.flaky") ? NULL : &kiln_op_wait_flaky;
}

/* ---- a clock ---- */

static long long now_ms(void *self)
{
    return *(long long *)self;
}

static void sleep_ms(void *self, unsigned long long ms)
{
    *(long long *)self += (long long)ms;
}

/* ---- running ---- */

struct test_run {
    struct arena arena;
    struct diags diags;
    struct plan *plan;
    struct build_jit *jit;
    struct kiln_io io;
    long long clock;
    kiln_run *run;
};

static void load(struct test_run *t, const char *text)
{
    static const kiln_op *const ops[] = { &kiln_op_wait_flaky };
    const char *message = NULL;
    const kiln_program *program;
    struct text c = { 0 };

    *t = (struct test_run){ .io = kiln_io_posix };
    t->diags.arena = &t->arena;
    t->plan = plan_read(&t->arena, text, strlen(text), find_op, NULL, &message);
    ck_assert_msg(t->plan != NULL, "%s", message);
    message = plan_verify(t->plan);
    ck_assert_msg(!message, "%s", message);
    emit_program(t->plan, &c);
    ck_assert_int_eq(
        build_tcc(c.s, c.n, emit_symbol(t->plan), ops, 1, &t->arena, &t->diags, &t->jit, &program),
        0);
    text_fini(&c);
    t->io.self = &t->clock;
    t->io.now_ms = now_ms;
    t->io.sleep_ms = sleep_ms;
    ck_assert_int_eq(kiln_run_new(program, &(kiln_options){ .io = &t->io }, &t->run), 0);
    calls = 0;
}

static void start(struct test_run *t)
{
    const kiln_value null = { .tag = KILN_NULL };

    ck_assert_int_eq(kiln_run_start(t->run, &null), 0);
}

/* Drives, ends, and expects "status output at clock". */
static void finish(struct test_run *t, const char *expected)
{
    struct text got = { 0 };

    text_printf(&got, "%d ", kiln_run_drive(t->run));
    json_write(&got, kiln_run_output(t->run));
    text_printf(&got, " at %lld", t->clock);
    ck_assert_str_eq(text_cstr(&got), expected);
    text_fini(&got);
    kiln_run_free(t->run);
    build_jit_free(t->jit);
    plan_fini(t->plan);
    arena_fini(&t->arena);
}

static void expect(const char *plan, const char *expected)
{
    struct test_run t;

    load(&t, plan);
    start(&t);
    finish(&t, expected);
}

#define HEAD "plan \"p\" dialect \"test\"\n"
#define QUIET "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"
#define FINISH(id, wake, value)                                                                    \
    "step \"" id "\" wake " wake "\n%0 = const \"" value "\"\nfinish %0\n"
#define SLEEP(id, ms, to)                                                                          \
    "step \"" id "\" wake start\n%0 = const " ms "\nsleep %0\nnext -> \"" to "\"\n"

START_TEST(sleeps_overlap)
{
    expect(HEAD "flow \"root\"\n" SLEEP("a", "300", "end") SLEEP("b", "500", "end")
               SLEEP("c", "100", "end") FINISH("end", "count 3", "done") QUIET,
           "1 \"done\" at 500");
}
END_TEST

/* The slot is written when the time has come, not before. */
START_TEST(a_sleep_leaves_its_milliseconds)
{
    expect(HEAD "flow \"root\"\nslot s0 \"ms\" last\nstep \"a\" wake start\n%0 = const 40\n"
                "sleep %0 -> s0\nnext -> \"end\"\nstep \"end\" wake count 1\n%0 = slot s0\n"
                "finish %0\n" QUIET,
           "1 40 at 40");
}
END_TEST

/* Without sleeping: a few steps at a time, then when to come back. */
START_TEST(steps_without_sleeping)
{
    struct test_run t;
    long long due = 0;

    load(&t, HEAD "flow \"root\"\n" SLEEP("a", "300", "end") SLEEP("b", "500", "end")
                 FINISH("end", "count 2", "done") QUIET);
    start(&t);
    ck_assert_int_eq(kiln_run_step(t.run, 1, &due), KILN_RUNNING);
    ck_assert_int_eq(due, LLONG_MIN);
    ck_assert_int_eq(kiln_run_step(t.run, 9, &due), KILN_RUNNING);
    ck_assert_int_eq(due, 300);
    t.clock = 299;
    ck_assert_int_eq(kiln_run_step(t.run, 9, &due), KILN_RUNNING);
    ck_assert_int_eq(due, 300);
    t.clock = 300;
    ck_assert_int_eq(kiln_run_step(t.run, 9, &due), KILN_RUNNING);
    ck_assert_int_eq(due, 500);
    t.clock = 900;
    ck_assert_int_eq(kiln_run_step(t.run, 9, &due), KILN_COMPLETED);
    finish(&t, "1 \"done\" at 900");
}
END_TEST

#define FLAKY(policy, input)                                                                       \
    HEAD "flow \"root\"\nslot s0 \"r\" last\nstep \"f\" wake start " policy "\n%0 = const " input  \
         "\ntask \"test.flaky\" %0 -> s0\nnext -> \"end\"\n"                                       \
         "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET

START_TEST(retries_back_off)
{
    expect(FLAKY("retry 3 delay 1000 budget 60000", "{\"times\":3,\"error\":\"x\"}"),
           "1 4 at 7000");
    expect(FLAKY("retry 2 delay 1000 budget 60000", "{\"times\":3,\"error\":\"x\"}"),
           "2 \"x\" at 3000");
    expect(FLAKY("retry 3 delay 1000 budget 1500", "{\"times\":3,\"error\":\"x\"}"), "1 4 at 4000");
}
END_TEST

START_TEST(errors_say_whether_they_are_worth_it)
{
    expect(FLAKY("retry 3 delay 10 budget 60000",
                 "{\"times\":1,\"error\":{\"category\":\"permanent\"}}"),
           "2 {\"category\":\"permanent\"} at 0");
    expect(FLAKY("retry 3 delay 10 budget 60000",
                 "{\"times\":1,\"error\":\"Oh: {\\\"category\\\":\\\"permanent\\\"}\"}"),
           "2 \"Oh: {\\\"category\\\":\\\"permanent\\\"}\" at 0");
    expect(FLAKY("retry 3 delay 10 budget 60000", "{\"times\":1,\"error\":{\"retryAfterMs\":77}}"),
           "1 2 at 77");
    expect(FLAKY("retry 0 delay 10 budget 100",
                 "{\"times\":2,\"error\":{\"code\":\"X_RATE_LIMITED\",\"retryAfterMs\":50}}"),
           "1 3 at 100");
    expect(FLAKY("retry 0 delay 10 budget 99",
                 "{\"times\":2,\"error\":{\"code\":\"X_RATE_LIMITED\",\"retryAfterMs\":50}}"),
           "2 {\"code\":\"X_RATE_LIMITED\",\"retryAfterMs\":50} at 50");
}
END_TEST

START_TEST(deadlines_cut_waiting_short)
{
    expect(FLAKY("timeout 200 \"late\"", "{\"ms\":300}"), "2 \"late\" at 200");
    expect(FLAKY("timeout 400 \"late\"", "{\"ms\":300}"), "1 1 at 300");
    expect(
        FLAKY("retry 9 delay 100 budget 60000 timeout 500 \"late\"", "{\"times\":9,\"error\":1}"),
        "2 \"late\" at 500");
    expect(HEAD "flow \"root\"\nstep \"c\" wake start timeout 50 {\"code\":\"T\"}\nchild \"slow\"\n"
                "next -> \"end\"\nerror -> \"caught\"\n" FINISH("end", "count 1", "done")
                    FINISH("caught", "count 1", "caught") QUIET
           "flow \"slow\" up \"root\"\n" SLEEP("z", "1000", "end") FINISH("end", "count 1", "slow")
               QUIET,
           "1 \"caught\" at 50");
}
END_TEST

/* "b" comes first in time, "a" in order. */
START_TEST(endings_wait_their_turn)
{
    expect(HEAD "flow \"root\" ordered\n" SLEEP("a", "300", "a.end") SLEEP("b", "100", "b.end")
               FINISH("a.end", "count 1", "a") FINISH("b.end", "count 1", "b") QUIET,
           "1 \"a\" at 300");
    expect(HEAD "flow \"root\"\n" SLEEP("a", "300", "a.end") SLEEP("b", "100", "b.end")
               FINISH("a.end", "count 1", "a") FINISH("b.end", "count 1", "b") QUIET,
           "1 \"b\" at 100");
    expect(HEAD "flow \"root\" ordered\n" SLEEP("a", "300", "a.end")
               SLEEP("b", "100",
                     "b.end") "step \"a.end\" wake count 1\n"
                              "step \"b.end\" wake count 1\n%0 = const \"b\"\nfail %0\n" QUIET,
           "2 \"b\" at 300");
}
END_TEST

#define EACH(policy)                                                                               \
    HEAD "flow \"root\"\nslot s0 \"r\" last\nstep \"e\" wake start " policy                        \
         "\n%0 = const [300,200,100,50]\neach \"item\" %0 -> s0\nnext -> \"end\"\n"                \
         "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET                              \
         "flow \"item\" up \"root\"\nslot s0 \"ms\" param\n"

START_TEST(items_overlap_up_to_the_window)
{
    static const char body[] = "step \"z\" wake start\n%0 = slot s0\nsleep %0\nnext -> \"end\"\n"
                               "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET;
    char plan[2000];

    snprintf(plan, sizeof plan, "%s%s", EACH(""), body);
    expect(plan, "1 [300,200,100,50] at 650");
    snprintf(plan, sizeof plan, "%s%s", EACH("window 2"), body);
    expect(plan, "1 [300,200,100,50] at 350");
    snprintf(plan, sizeof plan, "%s%s", EACH("window 9"), body);
    expect(plan, "1 [300,200,100,50] at 300");
}
END_TEST

/* Every item fails when its time has come, the last one first. */
START_TEST(the_first_item_in_order_is_the_error)
{
    static const char body[] = "step \"z\" wake start\n%0 = slot s0\nsleep %0\nnext -> \"end\"\n"
                               "step \"end\" wake count 1\n%0 = slot s0\nfail %0\n" QUIET;
    char plan[2000];

    snprintf(plan, sizeof plan, "%s%s", EACH("window 3"), body);
    expect(plan, "2 {\"index\":0,\"error\":300} at 300");
}
END_TEST

START_TEST(items_are_not_tried_again_for_ever)
{
    static const char body[] = "step \"z\" wake start\n%0 = slot s0\nfail %0\n" QUIET;
    char plan[2000];

    snprintf(plan, sizeof plan, "%s%s", EACH("retry 2 delay 10 budget 1000"), body);
    expect(plan, "2 {\"index\":0,\"error\":300} at 30");
    snprintf(plan, sizeof plan, "%s%s", EACH("retry 9 delay 10 budget 10 timeout 25 \"late\""),
             body);
    expect(plan, "2 \"late\" at 25");
}
END_TEST

/* The later ending is held; then the earlier step fails and its handler takes over. */
START_TEST(a_handler_replaces_a_later_ending)
{
    expect(HEAD
           "flow \"root\" ordered\nstep \"a\" wake start timeout 50 \"slow\"\nchild \"below\"\n"
           "error -> \"handler\"\n" SLEEP("b", "10", "end") FINISH("end", "count 1", "ended")
               FINISH("handler", "count 1", "handled") QUIET
           "flow \"below\" up \"root\"\n" SLEEP("z", "99", "end") FINISH("end", "count 1", "slow")
               QUIET,
           "1 \"handled\" at 50");
}
END_TEST

#define AWAIT                                                                                      \
    HEAD "flow \"root\"\nslot s0 \"r\" last\nstep \"w\" wake start timeout 0 \"too late\"\n"       \
         "%0 = const {\"id\":\"run/w\",\"step\":\"w\",\"timeout\":60}\nawait %0 -> s0\n"           \
         "next -> \"end\"\nstep \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET

START_TEST(signals_come_early_late_or_never)
{
    static const char *const names[] = { "run/w", "w" };
    struct test_run t;
    char name[16];
    kiln_value v = { .tag = KILN_INT, .u.i = 7 };

    expect(AWAIT, "2 \"too late\" at 60");
    for (int i = 0; i < 2; i++) {
        load(&t, AWAIT);
        ck_assert_int_eq(kiln_run_signal(t.run, "other", &v), 0);
        snprintf(name, sizeof name, "%s", names[i]);
        ck_assert_int_eq(kiln_run_signal(t.run, name, &v), 0);
        memset(name, 0, sizeof name); /* it was the caller's */
        start(&t);
        finish(&t, "1 7 at 0");
    }
}
END_TEST

START_TEST(a_run_that_only_awaits_stops)
{
    struct test_run t;
    kiln_value v = { .tag = KILN_INT, .u.i = 7 }, step;

    load(&t, HEAD "flow \"root\"\nslot s0 \"r\" last\nstep \"w\" wake start timeout 0 1\n"
                  "%0 = const {\"id\":\"run/w\",\"step\":\"w\"}\nawait %0 -> s0\nnext -> \"end\"\n"
                  "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET);
    start(&t);
    ck_assert_int_eq(kiln_run_drive(t.run), KILN_RUNNING);
    step = value_member(kiln_run_awaits(t.run), "step");
    ck_assert_int_eq(step.n, 1);
    ck_assert_int_eq(kiln_run_signal(t.run, "w", &v), 0);
    ck_assert_ptr_null(kiln_run_awaits(t.run));
    finish(&t, "1 7 at 0");
}
END_TEST

Suite *suite_wait(void);

Suite *suite_wait(void)
{
    Suite *s = suite_create("wait");
    TCase *t = tcase_create("wait");

    tcase_add_test(t, sleeps_overlap);
    tcase_add_test(t, steps_without_sleeping);
    tcase_add_test(t, a_sleep_leaves_its_milliseconds);
    tcase_add_test(t, retries_back_off);
    tcase_add_test(t, errors_say_whether_they_are_worth_it);
    tcase_add_test(t, deadlines_cut_waiting_short);
    tcase_add_test(t, endings_wait_their_turn);
    tcase_add_test(t, items_overlap_up_to_the_window);
    tcase_add_test(t, the_first_item_in_order_is_the_error);
    tcase_add_test(t, items_are_not_tried_again_for_ever);
    tcase_add_test(t, a_handler_replaces_a_later_ending);
    tcase_add_test(t, signals_come_early_late_or_never);
    tcase_add_test(t, a_run_that_only_awaits_stops);
    suite_add_tcase(s, t);
    return s;
}
