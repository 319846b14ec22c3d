/* lower_roots.c: the roots a path may begin with (scenario 1.6.1).
 *
 * Each root is looked for from the scope of the reference outwards; `up` counts the frames between.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

static struct root nothing(struct plan_step *s, const struct path *p)
{
    return (struct root){ lower_null(s), p->n, NOTHING_THERE };
}

/* ---- data ---------------------------------------------------------------------------------- */

static struct root data_root(struct scope *sc, struct plan_step *s, unsigned used)
{
    unsigned up = 0;

    for (; sc->kind != SCOPE_ITEM && sc->kind != SCOPE_ROOT; sc = sc->up)
        up++;
    if (sc->kind == SCOPE_ITEM)
        return (struct root){ plan_reg_slot(s, up, 0), used, 1 };
    return (struct root){ plan_reg_slot(s, up, lower_slot(sc, &sc->data, "data")), used, 1 };
}

static struct root variables_root(struct scope *sc, struct plan_step *s, const struct path *p,
                                  unsigned used)
{
    if (used < p->n)
        return (struct root){ lower_variable(sc, s, 0, &p->at[used]), used + 1, 0 };
    return (struct root){ lower_all_variables(sc, s, 0), used, 1 };
}

/* An object of two registers. */
static int object2(struct plan_step *s, const char *a, int ra, const char *b, int rb)
{
    struct plan *plan = s->flow->plan;
    unsigned keys[] = { plan_const_text(plan, a, strlen(a)), plan_const_text(plan, b, strlen(b)) };

    return plan_reg_object(s, keys, (int[]){ ra, rb }, 2);
}

static int inputs(struct scope *sc, struct plan_step *s)
{
    return object2(s, "data", data_root(sc, s, 0).reg, "variables", lower_all_variables(sc, s, 0));
}

/* workflow.inputs.data and workflow.inputs.variables are other names for this scope's. */
static struct root workflow_root(struct scope *sc, struct plan_step *s, const struct path *p)
{
    unsigned key = plan_const_text(sc->l->plan, "inputs", 6);
    int reg;

    if (p->n == 1) {
        reg = inputs(sc, s);
        return (struct root){ plan_reg_object(s, &key, &reg, 1), 1, 1 };
    }
    if (!path_part_is(p, 1, "inputs"))
        return nothing(s, p);
    if (path_part_is(p, 2, "data"))
        return data_root(sc, s, 3);
    if (path_part_is(p, 2, "variables"))
        return variables_root(sc, s, p, 3);
    return (struct root){ inputs(sc, s), 2, 1 };
}

/* ---- steps --------------------------------------------------------------------------------- */

/* The scope whose steps are meant, and how many frames up it is. */
static struct scope *steps_scope(struct scope *sc, unsigned *ret_up)
{
    *ret_up = sc->kind == SCOPE_LOOP;
    return sc->kind == SCOPE_LOOP ? sc->up : sc;
}

static int slot_or_null(struct plan_step *s, unsigned up, int slot)
{
    return slot < 0 ? lower_null(s) : plan_reg_slot(s, up, (unsigned)slot);
}

int lower_envelope(struct scope *sc, struct plan_step *s, unsigned up, const struct step *st)
{
    const struct step_slots *slots = &sc->slots[st->number];
    int head;

    if (slots->outputs < 0)
        return lower_null(s);
    head = lower_texts(s, (const char *[]){ "stepId", st->id, "stepName", step_title(st),
                                            "stepType", step_type_name(st->type), NULL });
    if (st->type == STEP_DELAY)
        return plan_reg_call2(s, "scenario.delayed", head,
                              plan_reg_slot(s, up, (unsigned)slots->outputs));
    return plan_reg_call3(s, "scenario.envelope", head, slot_or_null(s, up, slots->siblings),
                          plan_reg_slot(s, up, (unsigned)slots->outputs));
}

/* The step comes behind the one that is lowered, which may be overtaken but never sees it
 * (scenario 1.3). */
static int comes_later(const struct scope *at, const struct step *st)
{
    const struct plan_step *its = at->slots[st->number].first;

    return at->now && its && its->number > at->slots[at->now->number].first->number;
}

static int all_steps(struct scope *sc, struct plan_step *s)
{
    unsigned up, n = 0;
    struct scope *at = steps_scope(sc, &up);
    unsigned *keys = plan_alloc(sc->l->plan, at->graph->n_steps * sizeof *keys);
    int *regs = plan_alloc(sc->l->plan, at->graph->n_steps * sizeof *regs);

    for (unsigned i = 0; i < at->graph->n_steps; i++) {
        const struct step *st = at->graph->steps[i];

        if (at->slots[i].outputs < 0 || comes_later(at, st))
            continue;
        keys[n] = plan_const_text(sc->l->plan, st->id, strlen(st->id));
        regs[n++] = lower_envelope(at, s, up, st);
    }
    return plan_reg_object(s, keys, regs, n);
}

static struct root error_root(struct scope *sc, struct plan_step *s, unsigned used)
{
    unsigned up;
    struct scope *at = steps_scope(sc, &up);

    return (struct root){ plan_reg_slot(s, up, lower_slot(at, &at->error, "error")), used, 0 };
}

/* The step has surely run when another that only it leads to is lowered. */
static int has_run(const struct scope *sc, const struct step *st)
{
    const struct step *now = sc->now;

    return now && now->n_in == 1 && now->in->from == st && now->in->kind == EDGE_NORMAL;
}

static struct root steps_root(struct scope *sc, struct plan_step *s, const struct path *p)
{
    unsigned up;
    struct scope *at = steps_scope(sc, &up);
    const struct step *st;

    if (p->n == 1)
        return (struct root){ all_steps(sc, s), 1, 1 };
    st = subgraph_step(at->graph, p->at[1].s, p->at[1].n);
    if (!st && (path_part_is(p, 1, "__error") || path_part_is(p, 1, "error")))
        return error_root(sc, s, 2);
    if (!st || at->slots[st->number].outputs < 0 || comes_later(at, st))
        return nothing(s, p);
    if (path_part_is(p, 2, "outputs") && st->type != STEP_DELAY)
        return (struct root){ plan_reg_slot(s, up, (unsigned)at->slots[st->number].outputs), 3,
                              at == sc && has_run(sc, st) };
    return (struct root){ lower_envelope(at, s, up, st), 2, 0 };
}

/* ---- loops --------------------------------------------------------------------------------- */

/* The nearest scope of a kind, or NULL. */
static struct scope *nearest(struct scope *sc, enum scope_kind kind, unsigned *ret_up)
{
    for (*ret_up = 0; sc && sc->kind != kind; sc = sc->up)
        ++*ret_up;
    return sc;
}

static int item(struct scope *sc, struct plan_step *s)
{
    unsigned up;

    return nearest(sc, SCOPE_ITEM, &up) ? plan_reg_slot(s, up, 0) : lower_null(s);
}

static struct root item_root(struct scope *sc, struct plan_step *s)
{
    return (struct root){ sc->item >= 0 ? sc->item : item(sc, s), 1, 1 };
}

/* In the While's own condition the number is in its slot; in a body it is the frame's. */
static int loop_index(struct scope *sc, struct plan_step *s, const struct scope *loop, unsigned up)
{
    return sc == loop ? plan_reg_slot(s, 0, (unsigned)loop->index) : plan_reg_index(s, up - 1);
}

static struct root loop_root(struct scope *sc, struct plan_step *s, const struct path *p)
{
    unsigned up;
    const struct scope *loop = nearest(sc, SCOPE_LOOP, &up);

    if (!loop)
        return nothing(s, p);
    if (path_part_is(p, 1, "index"))
        return (struct root){ loop_index(sc, s, loop, up), 2, 1 };
    if (path_part_is(p, 1, "outputs"))
        return (struct root){ plan_reg_slot(s, up, (unsigned)loop->outputs), 2, 0 };
    return (struct root){ lower_loop_object(s, loop_index(sc, s, loop, up),
                                            plan_reg_slot(s, up, (unsigned)loop->outputs)),
                          1, 1 };
}

int lower_loop_object(struct plan_step *s, int index, int outputs)
{
    return object2(s, "index", index, "outputs", plan_reg_call1(s, "base.null", outputs));
}

/* The number of the iteration the reference stands in, so many frames up. */
static int own_index(struct scope *sc, struct plan_step *s, unsigned up)
{
    return sc->kind == SCOPE_LOOP ? plan_reg_slot(s, up, (unsigned)sc->index)
                                  : plan_reg_index(s, up);
}

static struct root iteration_root(struct scope *sc, struct plan_step *s, const struct path *p)
{
    struct plan *plan = sc->l->plan;
    struct scope *at = sc;
    unsigned keys[3], up = 0;

    for (; at->kind == SCOPE_WAIT; at = at->up)
        up++;
    if (at->kind == SCOPE_ROOT)
        return nothing(s, p);
    if (path_part_is(p, 1, "index"))
        return (struct root){ own_index(at, s, up), 2, 1 };
    if (path_part_is(p, 1, "indices"))
        return (struct root){ lower_indices(sc, s, 0), 2, 1 };
    if (path_part_is(p, 1, "item"))
        return (struct root){ item(sc, s), 2, 1 };
    keys[0] = plan_const_text(plan, "index", 5);
    keys[1] = plan_const_text(plan, "indices", 7);
    keys[2] = plan_const_text(plan, "item", 4);
    return (struct root){
        plan_reg_object(s, keys,
                        (int[]){ own_index(at, s, up), lower_indices(sc, s, 0), item(sc, s) }, 3),
        1, 1
    };
}

/* ---- all of them --------------------------------------------------------------------------- */

/* The empty path: everything a reference could name. */
static struct root whole_root(struct scope *sc, struct plan_step *s)
{
    static const char *const names[] = { "data", "steps", "variables", "workflow" };
    struct path workflow = { .text = "workflow", .n = 1 };
    unsigned keys[4];
    int regs[4];

    for (unsigned i = 0; i < 4; i++)
        keys[i] = plan_const_text(sc->l->plan, names[i], strlen(names[i]));
    regs[0] = data_root(sc, s, 0).reg;
    regs[1] = all_steps(sc, s);
    regs[2] = lower_all_variables(sc, s, 0);
    regs[3] = workflow_root(sc, s, &workflow).reg;
    return (struct root){ plan_reg_object(s, keys, regs, 4), 0, 1 };
}

struct root lower_root(struct scope *sc, struct plan_step *s, const struct path *p)
{
    if (!p->n)
        return whole_root(sc, s);
    if (path_part_is(p, 0, "data"))
        return data_root(sc, s, 1);
    if (path_part_is(p, 0, "steps"))
        return steps_root(sc, s, p);
    if (path_part_is(p, 0, "variables"))
        return variables_root(sc, s, p, 1);
    if (path_part_is(p, 0, "workflow") || path_part_is(p, 0, "scenario"))
        return workflow_root(sc, s, p);
    if (path_part_is(p, 0, "loop"))
        return loop_root(sc, s, p);
    if (path_part_is(p, 0, "item"))
        return item_root(sc, s);
    if (path_part_is(p, 0, "iteration"))
        return iteration_root(sc, s, p);
    if (path_part_is(p, 0, "__error") || path_part_is(p, 0, "error"))
        return error_root(sc, s, 1);
    return nothing(s, p);
}
