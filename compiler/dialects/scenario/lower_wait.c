/* lower_wait.c: Delay and WaitForSignal (scenario 1.7.12, 1.7.13).
 *
 * What a step waits for is an object in a slot, put there before anything that follows from it. So
 * a failure tells by that slot whether it is the waiting's or that of what was worked out before.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

/* The slot takes the milliseconds when they have passed: until then the step has not run. */
struct plan_step *lower_delay(struct scope *sc, const struct step *st, struct plan_step *s)
{
    int ms = plan_reg_call2(s, "scenario.delay_ms", lower_value(sc, s, st->value),
                            plan_reg_text(s, st->id));

    plan_sleep(s, ms, sc->slots[st->number].outputs);
    return s;
}

/* ---- WaitForSignal ------------------------------------------------------------------------- */

/* {id, step, timeout} and what people must know to answer (spec/PLAN.md, `await`). */
static int describe(struct scope *sc, struct plan_step *s, const struct step *st, int id)
{
    static const char *const names[] = {
        "id",         "step",        "step_name", "timeout",
        "action_key", "correlation", "context",   "response_schema"
    };
    unsigned keys[8], n = 0;
    int regs[8];

    regs[n++] = id;
    regs[n++] = plan_reg_text(s, st->id);
    regs[n++] = plan_reg_text(s, step_title(st));
    regs[n++] = st->value ? plan_reg_call2(s, "scenario.wait_timeout",
                                           lower_value(sc, s, st->value), regs[1])
                          : lower_null(s);
    regs[n++] = st->action ? plan_reg_text(s, st->action) : lower_null(s);
    regs[n++] = lower_mapping(sc, s, &st->correlation);
    regs[n++] = lower_mapping(sc, s, &st->mapping);
    regs[n++] = lower_literal(sc, s, st->response_schema);
    for (unsigned i = 0; i < n; i++)
        keys[i] = plan_const_text(sc->l->plan, names[i], strlen(names[i]));
    return plan_reg_object(s, keys, regs, n);
}

/* Runs onWait, and answers the step behind it, which waits. */
static struct plan_step *add_on_wait(struct scope *sc, const struct step *st, struct plan_step *s,
                                     int waiting)
{
    struct scope body = lower_inner(sc, st, SCOPE_WAIT, lower_inner_flow(sc, st->id));
    struct plan_step *wait = lower_part(sc, st, "wait", KILN_WAKE_COUNT);

    body.waiting = waiting;
    lower_subgraph(&body);
    plan_child(s, body.flow, NULL, 0, -1, -1);
    plan_edge_add(s, KILN_EDGE_NEXT, 0, 0, wait);
    return wait;
}

/* Where failures go, each in its words; s and wait may be the same step. */
static void add_failed(struct scope *sc, const struct step *st, struct plan_step *s,
                       struct plan_step *wait, int waiting)
{
    struct plan_step *failed = lower_part(sc, st, "failed", KILN_WAKE_COUNT);

    plan_fail(failed,
              plan_reg_call2(failed, "scenario.wait_failed",
                             plan_reg_slot(failed, 0, (unsigned)waiting), plan_reg_error(failed)));
    plan_edge_add(s, KILN_EDGE_ERROR, 0, 0, failed);
    if (wait != s)
        plan_edge_add(wait, KILN_EDGE_ERROR, 0, 0, failed);
    lower_error_edges(sc, st, failed, NULL);
}

struct plan_step *lower_wait(struct scope *sc, const struct step *st, struct plan_step *s)
{
    const struct step_slots *slots = &sc->slots[st->number];
    const kiln_value late = value_null(); /* told from other errors by that */
    unsigned key = plan_const_text(sc->l->plan, "signal_id", 9);
    struct plan_step *wait = s;
    int id = lower_signal_id(sc, s, st), what = describe(sc, s, st, id), waiting = -1;

    if (slots->siblings >= 0)
        plan_set(s, 0, (unsigned)slots->siblings, plan_reg_object(s, &key, &id, 1));
    lower_slot(sc, &waiting, diag_must_have(arena_printf(sc->l->unit->arena, "%s.signal", st->id)));
    plan_set(s, 0, (unsigned)waiting, what);
    if (st->body) {
        wait = add_on_wait(sc, st, s, waiting);
        what = plan_reg_slot(wait, 0, (unsigned)waiting);
    }
    plan_await(wait, what, slots->outputs);
    plan_timeout(wait, 0, &late);
    add_failed(sc, st, s, wait, waiting);
    return wait;
}
