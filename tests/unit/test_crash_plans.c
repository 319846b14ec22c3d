/* test_crash_plans.c: random plans, stopped everywhere.
 *
 * What they do - items side by side and one after the other, supersteps, tries, deadlines, signals
 * - is kept in bases as often as there is something to keep, so most stops are resumed from the
 * middle of it. Undisturbed they answer as the reference interpreter does, and stopped as
 * undisturbed. KILN_SEEDS=FROM-TO tries others than the first; a seed that fails is told with its
 * plan.
 */
#include <stdio.h>
#include <stdlib.h>

#include "acts.h"
#include "build/build.h"
#include "emit/emit.h"
#include "plans.h"
#include "stop_text.h"
#include "suites.h"
#include "test/crash.h"

/* Undisturbed it is as the interpreter says. */
static void check_first(const struct plan *p, unsigned seed, const kiln_value *input,
                        const struct crash_report *report)
{
    struct reference_end end;

    acts_interpret(p, seed, input, &end);
    ck_assert_int_eq(report->status, end.status);
    ck_assert_int_eq(report->ms, end.clock);
    if (end.status != KILN_RUNNING)
        ck_assert_str_eq(text_cstr(&report->output), text_cstr(&end.output));
    reference_fini(&end);
}

/* The number of tries. */
static unsigned stop_program(const struct plan *p, unsigned seed, struct rehearsal *rehearsal,
                             const kiln_program *program)
{
    struct crash_effort effort = { .tears = 5, .twice = 50 };
    const kiln_value input = value_int(seed), answer = value_static("signal");
    struct crash_case c = { .program = program,
                            .rehearsal = rehearsal,
                            .input = &input,
                            .answers = &answer,
                            .n_answers = 1 };
    struct crash_report report;
    struct arena a = { 0 };
    unsigned tried;

    acts_begin(seed);
    crash_rehearse(&c, &report);
    check_first(p, seed, &input, &report);
    crash_everywhere(&c, effort, &report);
    if (report.passed < report.tried) {
        fprintf(stderr, "%s\n", plans_print(&a, p));
        ck_abort_msg("seed %u: %u of %u survived; %s", seed, report.passed, report.tried,
                     text_cstr(&report.wrong));
    }
    tried = report.tried;
    crash_fini(&report);
    arena_fini(&a);
    return tried;
}

static unsigned stop_seed(unsigned seed, plans_build *builder)
{
    const kiln_op *ops[] = { plans_find_op(NULL, "test.pure"), &kiln_op_acts_act };
    struct arena a = { 0 };
    struct diags diags = { .arena = &a };
    struct plan *p = acts_plan(&a, seed);
    const kiln_program *program;
    struct rehearsal rehearsal;
    struct build_jit *jit;
    struct text c = { 0 };
    unsigned tried;

    emit_program(p, &c);
    ck_assert_int_eq(rehearsal_init(&rehearsal, ops, 2), 0);
    ck_assert_int_eq(
        builder(c.s, c.n, emit_symbol(p), rehearsal.ops, 2, &a, &diags, &jit, &program), 0);
    tried = stop_program(p, seed, &rehearsal, program);
    build_jit_free(jit);
    rehearsal_fini(&rehearsal);
    text_fini(&c);
    plan_fini(p);
    arena_fini(&a);
    acts_fini();
    return tried;
}

START_TEST(random_plans_survive)
{
    const char *seeds = getenv("KILN_SEEDS");
    unsigned from = 0, to = 60, tried = 0;

    if (seeds)
        ck_assert_int_eq(sscanf(seeds, "%u-%u", &from, &to), 2);
    for (unsigned seed = from; seed < to; seed++)
        tried += stop_seed(seed, build_tcc);
    ck_assert_uint_gt(tried, 100 * (to - from));
}
END_TEST

START_TEST(under_the_system_compiler_too)
{
    for (unsigned seed = 1000; seed < 1003; seed++)
        ck_assert_uint_gt(stop_seed(seed, plans_build_host), 100);
}
END_TEST

/* ---- plans by hand ---- */

/* Whoever sends does not know which of his signals arrived, and sends all again: each counts once.
 */
START_TEST(signals_sent_again_count_once)
{
    const struct crash_signal signals[] = { { "w", value_int(1) }, { "w", value_int(2) } };

    stop_text(HEAD "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
                   "step \"a\" wake start timeout 0 \"late\"\n"
                   "%0 = const {\"id\":\"w\",\"step\":\"w\"}\nawait %0 -> s0\nnext -> \"t\"\n"
                   "step \"t\" wake count 1\n%0 = slot s0\ntask \"test.effect\" %0\nnext -> \"b\"\n"
                   "step \"b\" wake count 1 timeout 0 \"late\"\n"
                   "%0 = const {\"id\":\"w\",\"step\":\"w\"}\nawait %0 -> s1\nnext -> \"end\"\n"
                   "step \"end\" wake count 1\n%0 = slot s0\n%1 = slot s1\n%2 = array %0 %1\n"
                   "finish %2\n" QUIET,
              signals, 2, "[1,2]");
}
END_TEST

/* Items that wait at a gate while another is inside, with an effect before it, in it and behind it:
 * a base is kept at each of these moments. */
START_TEST(items_at_a_gate_go_on_in_order)
{
    stop_text(HEAD
              "flow \"root\"\nslot s0 \"a\" last\nslot s1 \"seen\" append\n"
              "step \"e\" wake start stream\n%0 = const [1,2,3,4]\neach \"item\" %0 -> s0\n"
              "next -> \"end\"\n"
              "step \"end\" wake count 1\n%0 = slot s0\n%1 = slot s1\n%2 = array %0 %1\n"
              "finish %2\n" QUIET "flow \"item\" up \"root\"\nslot s0 \"n\" param\n"
              "step \"before\" wake start\n%0 = slot s0\ntask \"test.effect\" %0\nnext -> \"in\"\n"
              "step \"in\" wake count 1 gated\n%0 = slot s0\ntask \"test.effect\" %0\n"
              "next -> \"sleep\"\n"
              "step \"sleep\" wake count 1 gated\n%0 = const 10\nsleep %0\nnext -> \"after\"\n"
              "step \"after\" wake count 1\n%0 = slot s0\nset ^1 s1 %0\ntask \"test.effect\" %0\n"
              "next -> \"end\"\n"
              "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET,
              NULL, 0, "[[1,2,3,4],[1,2,3,4]]");
}
END_TEST

/* Two overlapping sleeps, each with steps of its own behind it: stopped after the second, both are
 * known to be over, and the steps between them still come between them. */
START_TEST(what_overlapped_meets_again_as_it_did)
{
    stop_text(HEAD
              "flow \"root\"\nslot s0 \"seen\" append\n"
              "step \"a\" wake start\n%0 = const 10\nsleep %0\nnext -> \"a2\"\n"
              "step \"b\" wake start\n%0 = const 20\nsleep %0 -> s0\nnext -> \"t\"\n"
              "step \"a2\" wake count 1\nnext -> \"a3\"\n"
              "step \"a3\" wake count 1\n%0 = const \"a\"\nset s0 %0\nnext -> \"t\"\n"
              "step \"t\" wake count 2\n%0 = slot s0\ntask \"test.effect\" %0\nnext -> \"end\"\n"
              "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET,
              NULL, 0, "[\"a\",20]");
}
END_TEST

/* Somebody waits from the first step on; the signal comes when the others have been made, and is
 * not given to him before them when what he did with it is lost. */
START_TEST(a_signal_comes_when_it_came)
{
    stop_text(HEAD "flow \"root\"\nslot s0 \"seen\" append\n"
                   "step \"a\" wake start timeout 0 \"late\"\n"
                   "%0 = const {\"id\":\"w\",\"step\":\"w\"}\nawait %0 -> s0\nnext -> \"t\"\n"
                   "step \"b\" wake start\nnext -> \"b2\"\n"
                   "step \"b2\" wake count 1\n%0 = const \"b\"\nset s0 %0\nnext -> \"t\"\n"
                   "step \"t\" wake count 2\n%0 = slot s0\ntask \"test.effect\" %0\n"
                   "next -> \"end\"\n"
                   "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET,
              NULL, 0, "[\"b\",\"signal\"]");
}
END_TEST

/* The result that comes later is known, the run is stopped, and a base is kept before the step that
 * has it is made again: in the next life, too, it comes later. (Of the calls of this world the
 * first fails, and the second takes its time.) */
START_TEST(what_a_base_carries_ends_at_its_moment)
{
    stop_text(HEAD
              "flow \"root\"\nslot s0 \"seen\" append\nslot s1 \"k\" last\n"
              "step \"k\" wake start keep\n%0 = const [1]\neach \"item\" %0 -> s1\nnext -> \"c\"\n"
              "step \"c\" wake count 1\nnext -> \"a\"\nnext -> \"b\"\n"
              "step \"a\" wake count 1\n%0 = const 1\ntask \"test.act\" %0\nnext -> \"a2\"\n"
              "step \"b\" wake count 1\nnext -> \"b2\"\n"
              "step \"b2\" wake count 1\nnext -> \"b3\"\n"
              "step \"b3\" wake count 1\n%0 = const \"b\"\nset s0 %0\nnext -> \"j\"\n"
              "step \"a2\" wake count 1\n%0 = const \"a\"\nset s0 %0\nnext -> \"j\"\n"
              "step \"j\" wake count 2\nnext -> \"t\"\n" BEHIND
              "flow \"item\"\nslot s0 \"n\" param\n"
              "step \"x\" wake start\n%0 = slot s0\ntask \"test.act\" %0\n" QUIET,
              NULL, 0, "[\"b\",\"a\"]");
}
END_TEST

/* A torn commit knows the first of two that ended at one moment: the other ends with it. */
START_TEST(what_ended_at_one_moment_ends_again_at_one)
{
    stop_text(HEAD "flow \"root\"\nslot s0 \"a\" last\n"
                   "step \"a\" wake start\n%0 = const 10\nsleep %0\nnext -> \"t\"\n"
                   "step \"b\" wake start\n%0 = const 10\nsleep %0 -> s0\n" BEHIND,
              NULL, 0, "10");
}
END_TEST

/* The same of one that came too late. */
START_TEST(what_a_late_child_left_stays)
{
    stop_text(HEAD "flow \"root\"\nslot s0 \"a\" append\n"
                   "step \"c\" wake start timeout 20 \"late\"\nchild \"below\"\n"
                   "error -> \"t\"\n" BEHIND "flow \"below\" up \"root\"\n"
                   "step \"y\" wake start\n%0 = const 10\nsleep %0\nnext -> \"w\"\n"
                   "step \"w\" wake count 1\n%0 = const \"w\"\nset ^1 s0 %0\nnext -> \"z\"\n"
                   "step \"z\" wake count 1\n%0 = const 99\nsleep %0\n" QUIET,
              NULL, 0, "[\"w\"]");
}
END_TEST

/* Both arms of a choice wait for one beside it: the one taken sees what that brought, the other is
 * not woken by it. */
START_TEST(order_waits_and_tells_nothing)
{
    stop_text(HEAD "flow \"root\" dead\nslot s0 \"seen\" append\nslot s1 \"no\" last initial 0\n"
                   "slot s2 \"slept\" last\n"
                   "step \"c\" wake start\n%0 = slot s1\ntest %0\n"
                   "case 1 -> \"a\"\ncase 0 -> \"b\"\n"
                   "step \"z\" wake start\n%0 = const 10\nsleep %0 -> s2\nnext -> \"j\"\n"
                   "order -> \"a\"\norder -> \"b\"\n"
                   "step \"a\" wake count 2\n%0 = const \"a\"\nset s0 %0\nnext -> \"j\"\n"
                   "step \"b\" wake count 2\n%0 = slot s2\nset s0 %0\nnext -> \"j\"\n"
                   "step \"j\" wake count 3\nnext -> \"t\"\n" BEHIND,
              NULL, 0, "[10]");
}
END_TEST

Suite *suite_crash_plans(void);
Suite *suite_crash_plans(void)
{
    Suite *s = suite_create("crash_plans");
    TCase *t = tcase_create("stops");

    tcase_set_timeout(t, 300);
    tcase_add_test(t, random_plans_survive);
    if (!getenv("KILN_SEEDS")) /* it has its own */
        tcase_add_test(t, under_the_system_compiler_too);
    tcase_add_test(t, signals_sent_again_count_once);
    tcase_add_test(t, items_at_a_gate_go_on_in_order);
    tcase_add_test(t, what_overlapped_meets_again_as_it_did);
    tcase_add_test(t, a_signal_comes_when_it_came);
    tcase_add_test(t, what_a_base_carries_ends_at_its_moment);
    tcase_add_test(t, what_ended_at_one_moment_ends_again_at_one);
    tcase_add_test(t, what_a_late_child_left_stays);
    tcase_add_test(t, order_waits_and_tells_nothing);
    suite_add_tcase(s, t);
    return s;
}
