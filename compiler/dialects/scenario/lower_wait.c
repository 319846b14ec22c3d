/* lower_wait.c: Delay and WaitForSignal (scenario 1.7.12, 1.7.13).
 *
 * What a step waits for is an object in a slot, put there before anything that follows from it, and
 * taken away when the answer is there. So a failure tells by that slot whether it is the waiting's
 * or that of what was worked out before and after.
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

/* The original takes any answer, and so does --legacy. */
static int is_held(const struct scope *sc, const struct step *st)
{
    return st->response_schema && st->response_schema->n && !sc->l->unit->legacy;
}

/* Behind the step that waits: a refused answer fails in its own words, and none is kept. */
static struct plan_step *add_answer(struct scope *sc, const struct step *st, struct plan_step *wait,
                                    int waiting)
{
    struct plan_step *answer = lower_part(sc, st, "answer", KILN_WAKE_COUNT);
    int outputs = sc->slots[st->number].outputs, given;

    wait->result = -1;
    lower_slot(sc, &wait->result,
               diag_must_have(arena_printf(sc->l->unit->arena, "%s.answer", st->id)));
    plan_edge_add(wait, KILN_EDGE_NEXT, 0, 0, answer);
    plan_set(answer, 0, (unsigned)waiting, lower_null(answer));
    given = lower_accept_answer(sc, st, answer, plan_reg_slot(answer, 0, (unsigned)wait->result));
    if (outputs >= 0)
        plan_set(answer, 0, (unsigned)outputs, given);
    return answer;
}

/* Where failures go, each in its words; the three may be the same step. */
static void add_failed(struct scope *sc, const struct step *st, struct plan_step *s,
                       struct plan_step *wait, struct plan_step *answer, int waiting)
{
    struct plan_step *failed = lower_part(sc, st, "failed", KILN_WAKE_COUNT);

    plan_fail(failed,
              plan_reg_call2(failed, "scenario.wait_failed",
                             plan_reg_slot(failed, 0, (unsigned)waiting), plan_reg_error(failed)));
    plan_edge_add(s, KILN_EDGE_ERROR, 0, 0, failed);
    if (wait != s)
        plan_edge_add(wait, KILN_EDGE_ERROR, 0, 0, failed);
    if (answer != wait)
        plan_edge_add(answer, KILN_EDGE_ERROR, 0, 0, failed);
    lower_error_edges(sc, st, failed, NULL);
}

struct plan_step *lower_wait(struct scope *sc, const struct step *st, struct plan_step *s)
{
    const struct step_slots *slots = &sc->slots[st->number];
    const kiln_value late = value_null(); /* told from other errors by that */
    unsigned key = plan_const_text(sc->l->plan, "signal_id", 9);
    struct plan_step *wait = s, *answer;
    int id = lower_signal_id(sc, s, st), what = describe(sc, s, st, id), waiting = -1;

    if (slots->siblings >= 0)
        plan_set(s, 0, (unsigned)slots->siblings, plan_reg_object(s, &key, &id, 1));
    lower_slot(sc, &waiting, diag_must_have(arena_printf(sc->l->unit->arena, "%s.signal", st->id)));
    plan_set(s, 0, (unsigned)waiting, what);
    if (st->body) {
        wait = add_on_wait(sc, st, s, waiting);
        what = plan_reg_slot(wait, 0, (unsigned)waiting);
    }
    lower_track_request(sc, st, wait, what);
    plan_await(wait, what, slots->outputs);
    plan_timeout(wait, 0, &late);
    answer = is_held(sc, st) ? add_answer(sc, st, wait, waiting) : wait;
    add_failed(sc, st, s, wait, answer, waiting);
    return answer;
}
