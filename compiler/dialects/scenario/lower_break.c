/* lower_break.c: breakpoints (scenario 1.12): a step that is not begun before somebody says so.
 *
 * In front of the step stands a gate that asks whether the run is debugged, and behind the gate a
 * pause that awaits a signal of its own. The journal keeps that signal as any other, so a run taken
 * up again passes where it has been.
 */
#include "dialects/scenario/lower.h"

/* breakpoint::<step>, and ::<i>_<j> behind it in loops (scenario 1.12). */
static int signal_id(struct scope *sc, const struct step *st, struct plan_step *s)
{
    enum { MOST = 2 * JSON_DEPTH + 1 };
    int regs[MOST], n = MOST;
    unsigned up = 0;

    for (const struct scope *at = sc; at && n > 2; at = at->up, up++)
        if (at->kind == SCOPE_ITEM || at->kind == SCOPE_TURN) {
            regs[--n] = plan_reg_index(s, up);
            regs[--n] = plan_reg_text(s, "_");
        }
    if (n < MOST)
        regs[n] = plan_reg_text(s, "::");
    regs[--n] = plan_reg_text(
        s, diag_must_have(arena_printf(sc->l->unit->arena, "breakpoint::%s", st->id)));
    return plan_reg_call(s, "base.concat", regs + n, (unsigned)(MOST - n));
}

static void await(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct plan *plan = sc->l->plan;
    unsigned keys[] = { plan_const_text(plan, "id", 2), plan_const_text(plan, "step", 4),
                        plan_const_text(plan, "timeout", 7) };
    kiln_value late = value_null();
    int id = signal_id(sc, st, s);

    lower_track_break(sc, st, s);
    plan_await(
        s, plan_reg_object(s, keys, (int[]){ id, plan_reg_text(s, st->id), lower_null(s) }, 3), -1);
    plan_timeout(s, 0, &late);
}

int lower_has_break(const struct scope *sc, const struct step *st)
{
    const struct node *n = node_get(st->node, "breakpoint");

    return n && n->kind == NODE_BOOL && n->u.truth && !sc->l->plan->fleeting;
}

struct plan_step *lower_break(struct scope *sc, const struct step *st, struct plan_step *gate)
{
    struct plan_step *pause = lower_part(sc, st, "pause", KILN_WAKE_COUNT);
    struct plan_step *own = lower_part(sc, st, "", KILN_WAKE_COUNT);

    sc->flow->flags |= KILN_FLOW_DEAD; /* the step counts both ways */
    plan_test(gate, plan_reg_about(gate, "debug"));
    plan_edge_add(gate, KILN_EDGE_CASE, 1, 0, pause);
    plan_edge_add(gate, KILN_EDGE_CASE, 0, 0, own);
    await(sc, st, pause);
    plan_edge_add(pause, KILN_EDGE_NEXT, 0, 0, own);
    return own;
}
