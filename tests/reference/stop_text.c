/* stop_text.c: see stop_text.h. */
#include "stop_text.h"

#include <check.h>
#include <string.h>

#include "acts.h"
#include "build/build.h"
#include "emit/emit.h"
#include "passes/passes.h"
#include "plans.h"

static const kiln_op *find_op(void *ctx, const char *name)
{
    return strcmp(name, "test.act") ? plans_find_op(ctx, name) : &kiln_op_acts_act;
}

void stop_text_in(unsigned world, const char *text, const struct crash_signal *signals,
                  unsigned n_signals, const char *expected)
{
    const kiln_op *ops[] = { plans_find_op(NULL, "test.effect"), &kiln_op_acts_act };
    const kiln_value input = value_null(), answer = value_static("signal");
    struct arena a = { 0 };
    struct diags diags = { .arena = &a };
    const char *message = NULL;
    struct plan *p = plan_read(&a, text, strlen(text), find_op, NULL, &message);
    struct rehearsal rehearsal;
    struct crash_case c = { .rehearsal = &rehearsal,
                            .input = &input,
                            .signals = signals,
                            .n_signals = n_signals,
                            .answers = &answer,
                            .n_answers = 1 };
    struct crash_effort effort = { .tears = ~0u, .twice = 1000 };
    struct crash_report report;
    struct build_jit *jit;
    struct text t = { 0 };

    ck_assert_msg(p != NULL, "%s in:\n%s", message, text);
    ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
    emit_program(p, &t);
    ck_assert_int_eq(rehearsal_init(&rehearsal, ops, 2), 0);
    ck_assert_int_eq(
        build_tcc(t.s, t.n, emit_symbol(p), rehearsal.ops, 2, &a, &diags, &jit, &c.program), 0);
    acts_begin(world);
    crash_rehearse(&c, &report);
    ck_assert_str_eq(text_cstr(&report.output), expected);
    crash_everywhere(&c, effort, &report);
    ck_assert_msg(report.passed == report.tried, "%s", text_cstr(&report.wrong));
    crash_fini(&report);
    acts_fini();
    build_jit_free(jit);
    rehearsal_fini(&rehearsal);
    text_fini(&t);
    plan_fini(p);
    arena_fini(&a);
}

void stop_text(const char *text, const struct crash_signal *signals, unsigned n_signals,
               const char *expected)
{
    stop_text_in(FAILS_FIRST, text, signals, n_signals, expected);
}
