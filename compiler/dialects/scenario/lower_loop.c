/* lower_loop.c: While and Split (scenario 1.7.4, 1.7.7).
 *
 * A While is a child flow of two steps that take turns: one tests, one runs the body. Being one
 * child, it is one step to the flow around it, dead or alive. A Split is one EACH.
 */
#include "dialects/scenario/lower.h"

#include <limits.h>

/* ---- While --------------------------------------------------------------------------------- */

/* True while iterations are left and the condition holds. */
static int test(struct scope *loop, struct plan_step *s, const struct step *st)
{
    int next = plan_reg_new(s);
    int left = plan_reg_call2(s, "base.less", plan_reg_slot(s, 0, (unsigned)loop->index),
                              lower_integer(s, st->most));

    plan_if(s, left);
    plan_copy(s, next, lower_condition(loop, s, st->condition));
    plan_else(s);
    plan_copy(s, next, left);
    plan_end(s);
    return next;
}

static void add_turn(struct scope *loop, struct plan_step *s, const struct step *st)
{
    struct scope turn = lower_inner(loop, st, SCOPE_TURN, lower_inner_flow(loop, "body"));
    int index = plan_reg_slot(s, 0, (unsigned)loop->index);

    turn.variables = loop->variables;
    lower_subgraph(&turn);
    plan_set(s, 0, (unsigned)loop->index, plan_reg_call1(s, "base.inc", index));
    plan_child(s, turn.flow, NULL, 0, index, loop->outputs);
}

static void add_loop_end(struct scope *loop, struct plan_step *s)
{
    struct plan *plan = loop->l->plan;
    unsigned keys[] = { plan_const_text(plan, "iterations", 10),
                        plan_const_text(plan, "outputs", 7) };
    int outputs = plan_reg_call1(s, "base.null", plan_reg_slot(s, 0, (unsigned)loop->outputs));

    plan_finish(s, plan_reg_object(
                       s, keys, (int[]){ plan_reg_slot(s, 0, (unsigned)loop->index), outputs }, 2));
}

struct plan_step *lower_while(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct scope loop = lower_inner(sc, st, SCOPE_LOOP, lower_inner_flow(sc, st->id));
    struct plan_step *begin = lower_part(&loop, st, "begin", KILN_WAKE_START);
    struct plan_step *tester = lower_part(&loop, st, "test", KILN_WAKE_ANY);
    struct plan_step *turner = lower_part(&loop, st, "turn", KILN_WAKE_ANY);
    kiln_value zero = value_int(0);

    loop.index = loop.outputs = -1;
    lower_slot(&loop, &loop.index, "index");
    lower_slot(&loop, &loop.outputs, "outputs");
    loop.flow->slots[loop.index].initial = (int)plan_const(sc->l->plan, &zero);
    if (st->variables.n)
        plan_set(begin, 0, lower_slot(&loop, &loop.variables, "variables"),
                 lower_mapping(&loop, begin, &st->variables));
    plan_test(tester, test(&loop, tester, st));
    add_turn(&loop, turner, st);
    add_loop_end(&loop, lower_part(&loop, st, "end", KILN_WAKE_QUIET));
    plan_edge_add(begin, KILN_EDGE_NEXT, 0, 0, tester);
    plan_edge_add(tester, KILN_EDGE_CASE, 1, 0, turner);
    plan_edge_add(turner, KILN_EDGE_NEXT, 0, 0, tester);
    plan_child(s, loop.flow, NULL, 0, -1, sc->slots[st->number].outputs);
    lower_timeout(st, s, "WHILE");
    lower_error_edges(sc, st, s, NULL);
    return s;
}

/* ---- Split --------------------------------------------------------------------------------- */

static int items(struct scope *sc, struct plan_step *s, const struct step *st)
{
    kiln_value pairs[8] = { value_static("stepId"),
                            value_static(st->id),
                            value_static("allowNull"),
                            value_bool(st->allow_null),
                            value_static("convertSingleValue"),
                            value_bool(st->convert_single),
                            value_static("batchSize"),
                            value_int(st->batch) };
    int value = st->value ? lower_value(sc, s, st->value) : lower_null(s);
    kiln_value all;

    if (kiln_object(&sc->l->plan->heap, &all, pairs, 4) < 0)
        plan_memory_out();
    return plan_reg_call2(s, "scenario.items", value, plan_reg_const(s, &all));
}

/* Behind a Split that goes on past failures: its pairs become a report, whose members are spread
 * over outputs and their siblings. */
static struct plan_step *add_report(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct step_slots *slots = &sc->slots[st->number];
    struct plan_step *after = lower_part(sc, st, "report", KILN_WAKE_COUNT);
    int report;

    plan_edge_add(s, KILN_EDGE_NEXT, 0, 0, after);
    if (slots->outputs < 0)
        return after;
    report = plan_reg_call1(after, "scenario.report", plan_reg_slot(after, 0, (unsigned)s->result));
    plan_set(after, 0, (unsigned)slots->outputs, plan_reg_get(after, report, "outputs", 7));
    if (slots->siblings >= 0)
        plan_set(after, 0, (unsigned)slots->siblings, report);
    return after;
}

/* What is late fails at once, past the handlers; all other errors go on to the step answered. */
static struct plan_step *add_late(struct scope *sc, const struct step *st, struct plan_step *failed)
{
    struct plan_step *other = lower_part(sc, st, "other", KILN_WAKE_COUNT);
    int code = plan_reg_get(failed, plan_reg_error(failed), "code", 4);

    plan_test(failed,
              plan_reg_call2(failed, "scenario.eq", code, plan_reg_text(failed, "SPLIT_TIMEOUT")));
    plan_edge_add(failed, KILN_EDGE_CASE, 1, 0, lower_raise(sc));
    plan_edge_add(failed, KILN_EDGE_CASE, 0, 0, other);
    return other;
}

/* The loop's {index, error} becomes the reference's text before anyone sees it. */
static void add_split_error(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct plan_step *failed = lower_part(sc, st, "failed", KILN_WAKE_COUNT);

    plan_edge_add(s, KILN_EDGE_ERROR, 0, 0, failed);
    if (st->policy.timeout)
        failed = add_late(sc, st, failed);
    plan_fail(failed, plan_reg_call1(failed, "scenario.split_error", plan_reg_error(failed)));
    lower_error_edges(sc, st, failed, NULL);
}

/* How many items may be under way at once: 0 is one. */
static unsigned window(const struct step *st)
{
    return st->parallel < UINT_MAX ? (unsigned)st->parallel : UINT_MAX;
}

struct plan_step *lower_split(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct scope body = lower_inner(sc, st, SCOPE_ITEM, lower_inner_flow(sc, st->id));
    struct step_slots *slots = &sc->slots[st->number];
    int list, result = slots->outputs;

    plan_param_add(body.flow, "item");
    if (st->variables.n) {
        body.variables = (int)plan_slot_add(
            sc->flow, diag_must_have(arena_printf(sc->l->unit->arena, "%s.variables", st->id)),
            KILN_RULE_LAST, 0);
        plan_set(s, 0, (unsigned)body.variables, lower_mapping(sc, s, &st->variables));
    }
    list = items(sc, s, st);
    lower_subgraph(&body);
    if (st->goes_on && slots->outputs >= 0) {
        result = -1;
        lower_slot(sc, &result,
                   diag_must_have(arena_printf(sc->l->unit->arena, "%s.pairs", st->id)));
    }
    plan_each(s, body.flow, list, NULL, 0, result);
    s->window = window(st);
    lower_retries(sc, st, s);
    lower_timeout(st, s, "SPLIT");
    if (st->goes_on)
        s->flags |= KILN_STEP_KEEP;
    add_split_error(sc, st, s);
    return st->goes_on ? add_report(sc, st, s) : s;
}
