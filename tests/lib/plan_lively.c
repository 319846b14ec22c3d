/* plan_lively.c: random plans that do everything a run can do: wait, fail, try again, run flows
 * below them, overlap, end out of turn, and take supersteps.
 *
 * A step that may run more than once in a frame only decides; whatever takes its time stands where
 * it runs once, as every lowering keeps it: a step of a frame has one place in the journal.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "plan_maker.h"

enum { MOST_STEPS = 9 };

struct lively {
    struct maker m;
    const kiln_op *op;
    struct plan_flow *below[4]; /* flows the steps of the next may run */
    unsigned n_below;
    unsigned char many[MOST_STEPS]; /* may run more than once */
};

static int chance(struct lively *l, unsigned in)
{
    return maker_pick(&l->m, in) == 0;
}

static int any_int(struct lively *l, unsigned from, unsigned below)
{
    kiln_value v = value_int(from + maker_pick(&l->m, below - from));

    return plan_reg_const(l->m.s, &v);
}

/* ---- last operations ---- */

static int any_result(struct lively *l)
{
    return (int)maker_pick(&l->m, l->m.s->flow->n_slots + 1) - 1;
}

static void any_task(struct lively *l)
{
    const kiln_op *pure = plans_find_op(NULL, "test.pure");

    plan_task(l->m.s, chance(l, 4) ? pure : l->op, maker_known(&l->m), any_result(l));
    if (chance(l, 4))
        l->m.s->blame = "Blame: ";
    maker_policy(&l->m, 3);
}

static int any_below(struct lively *l, struct plan_flow **ret)
{
    if (!l->n_below)
        return 0;
    *ret = l->below[maker_pick(&l->m, l->n_below)];
    return !(*ret)->up || (*ret)->up == l->m.s->flow;
}

static void any_child(struct lively *l, struct plan_flow *flow)
{
    int args[1] = { maker_known(&l->m) };

    plan_child(l->m.s, flow, args, 1, chance(l, 2) ? any_int(l, 0, 5) : -1, any_result(l));
    maker_policy(&l->m, 3);
}

static int any_list(struct lively *l)
{
    int items[3];

    if (chance(l, 8))
        return maker_known(&l->m);
    for (unsigned i = 0; i < 3; i++)
        items[i] = chance(l, 2) ? maker_known(&l->m) : any_int(l, 0, 9);
    return plan_reg_array(l->m.s, items, maker_pick(&l->m, 8) ? 3 : 0);
}

static void any_each(struct lively *l, struct plan_flow *flow)
{
    plan_each(l->m.s, flow, any_list(l), NULL, 0, any_result(l));
    l->m.s->window = maker_pick(&l->m, 4);
    if (chance(l, 3))
        l->m.s->flags |= KILN_STEP_KEEP;
    if (chance(l, 3))
        l->m.s->flags |= KILN_STEP_STREAM;
    maker_policy(&l->m, 3);
}

/* What takes its time, or touches the world: only where the step runs once. */
static void any_act(struct lively *l)
{
    struct plan_flow *flow;

    switch (maker_pick(&l->m, 10)) {
    case 0:
    case 1:
    case 2:
        any_task(l);
        return;
    case 3:
        plan_sleep(l->m.s, any_int(l, 1, 200), any_result(l));
        return;
    case 4:
        maker_await(&l->m);
        return;
    case 5:
    case 6:
        if (any_below(l, &flow))
            any_child(l, flow);
        return;
    default:
        if (any_below(l, &flow))
            any_each(l, flow);
    }
}

static int may_fail(const struct plan_step *s)
{
    enum plan_kind kind = s->n_ops ? s->ops[s->n_ops - 1].kind : PLAN_KINDS;

    return kind == PLAN_TASK || kind == PLAN_CHILD || kind == PLAN_EACH || kind == PLAN_AWAIT;
}

/* ---- flows ---- */

static struct plan_step *later(struct lively *l, unsigned i)
{
    struct plan_flow *f = l->m.s->flow;

    return f->steps[i + 1 + maker_pick(&l->m, f->n_steps - i - 1)];
}

static void choose(struct lively *l, unsigned i)
{
    struct plan_step *s = l->m.s;

    if (chance(l, 3)) {
        plan_pick(s, any_int(l, 0, 3));
        plan_edge_add(s, KILN_EDGE_CASE, 2, chance(l, 6), later(l, i));
    } else {
        plan_test(s, maker_known(&l->m));
    }
    plan_edge_add(s, KILN_EDGE_CASE, 1, chance(l, 6), later(l, i));
    plan_edge_add(s, KILN_EDGE_CASE, 0, 0, later(l, i));
}

static void end_step(struct lively *l, unsigned i)
{
    struct plan_step *s = l->m.s;
    unsigned kind = maker_pick(&l->m, 12);

    if (kind == 0 && i) {
        plan_finish(s, maker_known(&l->m));
        return;
    }
    if (kind == 1 && i)
        plan_fail(s, maker_known(&l->m));
    else if (kind <= 3) {
        choose(l, i);
        return;
    } else if (kind == 4)
        plan_note(s, maker_known(&l->m));
    else if (kind <= 10 && !l->many[i])
        any_act(l);
    if ((may_fail(s) && !chance(l, 3)) || chance(l, 8))
        plan_edge_add(s, KILN_EDGE_ERROR, 0, 0, later(l, i));
    if (kind == 1 && i)
        return;
    for (unsigned n = 1 + chance(l, 3); n--;)
        plan_edge_add(s, KILN_EDGE_NEXT, 0, chance(l, 6), later(l, i));
}

/* How a step was reached says how it may wake, and whether more than once. */
static void look_back(struct lively *l, unsigned i)
{
    struct plan_step *s = l->m.s;
    unsigned in = 0, many = 0;

    for (unsigned b = 0; b < i; b++)
        for (unsigned e = 0; e < s->flow->steps[b]->n_edges; e++)
            if (s->flow->steps[b]->edges[e].to == s) {
                in++;
                many |= l->many[b];
            }
    if (!in)
        s->wake = KILN_WAKE_START;
    l->many[i] =
        s->wake == KILN_WAKE_ANY ? in > 1 || many : s->wake == KILN_WAKE_COUNT && in == 1 && many;
}

static void add_quiet(struct plan_flow *f, int tells_error)
{
    struct plan_step *s = plan_step_add(f, "quiet", KILN_WAKE_QUIET);
    int *seen = plan_alloc(f->plan, (f->n_slots + 1) * sizeof *seen);

    for (unsigned i = 0; i < f->n_slots; i++)
        seen[i] = plan_reg_slot(s, 0, i);
    seen[f->n_slots] = plan_reg_error(s);
    plan_finish(s, plan_reg_array(s, seen, f->n_slots + (tells_error ? 1 : 0)));
}

static void any_steps(struct lively *l, struct plan_flow *f, int gates)
{
    unsigned n = 2 + maker_pick(&l->m, MOST_STEPS - 2);

    for (unsigned i = 0; i < n; i++)
        plan_step_add(f, "step", chance(l, 4) ? KILN_WAKE_ANY : KILN_WAKE_COUNT);
    for (unsigned i = 0; i < n; i++) {
        l->m.s = f->steps[i];
        l->m.n_regs = 0;
        look_back(l, i);
        if (gates && chance(l, 2))
            l->m.s->flags |= KILN_STEP_GATED;
        maker_learn(&l->m, maker_const(&l->m));
        maker_fill(&l->m, maker_pick(&l->m, 5), 1);
        if (chance(l, 8))
            maker_learn(&l->m, plan_reg_call2(l->m.s, "operonx.add", maker_known(&l->m),
                                              maker_known(&l->m)));
        if (chance(l, 4))
            maker_learn(&l->m, plan_reg_index(l->m.s, l->m.s->flow->up && chance(l, 2)));
        if (chance(l, 4))
            maker_learn(&l->m, plan_reg_error(l->m.s));
        if (i + 1 < n)
            end_step(l, i);
    }
    add_quiet(f, chance(l, 2));
}

/* Steps that wait for one beside them and learn nothing from it, as a lowering makes them: it runs
 * once, and may die. */
static void any_order(struct lively *l, struct plan_flow *f)
{
    unsigned n = f->n_steps - 1; /* but the quiet one */

    if (!(f->flags & KILN_FLOW_DEAD) || chance(l, 2))
        return;
    for (unsigned i = 0; i < n; i++) {
        l->m.s = f->steps[i];
        look_back(l, i);
    }
    for (unsigned left = 1 + maker_pick(&l->m, 2); left--;) {
        unsigned from = maker_pick(&l->m, n - 1);
        struct plan_step *to = f->steps[from + 1 + maker_pick(&l->m, n - from - 1)];

        if (to->wake == KILN_WAKE_COUNT && f->steps[from]->wake != KILN_WAKE_ANY && !l->many[from])
            plan_edge_add(f->steps[from], KILN_EDGE_ORDER, 0, 0, to);
    }
}

static void any_cells(struct lively *l, struct plan_flow *f)
{
    static const enum kiln_rule rules[] = { KILN_RULE_LAST, KILN_RULE_LAST, KILN_RULE_APPEND,
                                            KILN_RULE_FOLD };

    plan_param_add(f, "data");
    for (unsigned n = 1 + maker_pick(&l->m, 4); n--;) {
        enum kiln_rule rule = rules[maker_pick(&l->m, 4)];
        unsigned slot = plan_slot_add(f, "cell", rule, chance(l, 4) ? KILN_SLOT_SPREAD : 0);

        if (rule == KILN_RULE_FOLD)
            f->slots[slot].fold = plan_function(chance(l, 4)   ? "operonx.add"
                                                : chance(l, 2) ? "base.and"
                                                               : "base.or");
        if (rule == KILN_RULE_LAST && chance(l, 4))
            f->slots[slot].initial = (int)plan_const_text(l->m.p, "first", 5);
    }
}

static unsigned any_flags(struct lively *l)
{
    unsigned flags = chance(l, 2) ? KILN_FLOW_DEAD : 0;

    if (chance(l, 4))
        return flags | KILN_FLOW_SOFT_ERRORS;
    return chance(l, 3) ? flags | KILN_FLOW_ORDERED : flags;
}

static struct plan_flow *any_flow(struct lively *l, const char *name, struct plan_flow *up)
{
    struct plan_flow *f = plan_flow_add(l->m.p, name, up, any_flags(l));

    any_cells(l, f);
    return f;
}

struct plan *plans_lively(struct arena *a, unsigned seed, const kiln_op *op)
{
    struct lively l = { .m.state = seed * 2654435761u + 77, .op = op };
    struct plan_flow *root, *body, *deep, *turns;

    l.m.p = plan_new(a, "lively", "scenario", chance(&l, 2) ? KILN_PROGRAM_SORTED : 0);
    if (chance(&l, 5)) {
        plan_turns_call(&l.m, op, plan_turns(&l.m, op, "root"));
        plan_link(l.m.p);
        return l.m.p;
    }
    root = any_flow(&l, "root", NULL);
    body = any_flow(&l, "root.body", root);
    deep = any_flow(&l, "root.body.deep", body);
    turns = plan_turns(&l.m, op, "turns");
    any_steps(&l, deep, 1);
    l.below[l.n_below++] = deep;
    l.below[l.n_below++] = turns;
    any_steps(&l, body, 1);
    l.below[l.n_below++] = body;
    any_steps(&l, root, 0);
    any_order(&l, deep); /* what was thought of later comes last: a seed keeps its plan beside it */
    any_order(&l, body);
    any_order(&l, root);
    plan_turns_call(&l.m, op, turns);
    plan_link(l.m.p);
    return l.m.p;
}
