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
#include <string.h>

#include "acts.h"
#include "build/build.h"
#include "emit/emit.h"
#include "plans.h"
#include "suites.h"
#include "test/crash.h"

typedef int build(const char *c, size_t n, const char *symbol, const kiln_op *const *ops,
                  size_t n_ops, struct arena *a, struct diags *d, struct build_jit **ret,
                  const kiln_program **ret_program);

static int build_host(const char *c, size_t n, const char *symbol, const kiln_op *const *ops,
                      size_t n_ops, struct arena *a, struct diags *d, struct build_jit **ret,
                      const kiln_program **ret_program)
{
    return build_so(c, n, symbol, ops, n_ops, "0", a, d, ret, ret_program);
}

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
    struct crash_case c = {
        .program = program, .rehearsal = rehearsal, .input = &input, .answer = &answer
    };
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

static unsigned stop_seed(unsigned seed, build *builder)
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
        ck_assert_uint_gt(stop_seed(seed, build_host), 100);
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
    suite_add_tcase(s, t);
    return s;
}
