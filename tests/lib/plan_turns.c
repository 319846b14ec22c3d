/* plan_turns.c: random flows of supersteps: channels of every rule, tasks that watch and write
 * them, and now and then take their time. */
#include <check.h>

#include "plan_maker.h"

static int chance(struct maker *m, unsigned in)
{
    return maker_pick(m, in) == 0;
}

static int any_time(struct maker *m)
{
    kiln_value v = value_int(1 + maker_pick(m, 49));

    return plan_reg_const(m->s, &v);
}

static void any_channels(struct maker *m, struct plan_flow *f)
{
    static const char *const names[] = { "a", "b" };
    kiln_value items[2] = { value_static(names[0]), value_static(names[1]) }, both;

    plan_param_add(f, "in");
    f->slots[0].flags = KILN_SLOT_ONCE;
    for (unsigned n = 2 + maker_pick(m, 4); n--;) {
        enum kiln_rule rule = (enum kiln_rule)maker_pick(m, 4);
        unsigned flags = (chance(m, 3) ? KILN_SLOT_ONCE : 0) | (chance(m, 3) ? KILN_SLOT_GUARD : 0);
        unsigned slot;

        if (rule == KILN_RULE_FOLD || rule == KILN_RULE_BARRIER)
            flags = 0;
        if (rule == KILN_RULE_APPEND)
            flags = (flags & KILN_SLOT_ONCE) | (chance(m, 2) ? KILN_SLOT_SPREAD : 0);
        slot = plan_slot_add(f, "channel", rule, flags | (chance(m, 2) ? KILN_SLOT_OUTPUT : 0));
        if (rule == KILN_RULE_FOLD)
            f->slots[slot].fold = plan_function(chance(m, 2) ? "base.and" : "base.or");
        if (rule == KILN_RULE_BARRIER) {
            ck_assert_int_eq(kiln_array(&m->p->heap, &both, items, 2), 0);
            f->slots[slot].names = (int)plan_const(m->p, &both);
        }
    }
}

static void any_write(struct maker *m, unsigned n_channels)
{
    struct plan_step *s = m->s;
    unsigned slot = 1 + maker_pick(m, n_channels - 1);
    int value = s->flow->slots[slot].rule == KILN_RULE_BARRIER
                    ? plan_reg_text(s, chance(m, 2) ? "a" : "b")
                    : maker_known(m);

    plan_set(s, 0, slot, value);
    if (chance(m, 2))
        maker_learn(m, plan_reg_fresh(s, slot));
}

static void any_node(struct maker *m, const kiln_op *op, struct plan_flow *f, unsigned node,
                     unsigned n_channels)
{
    struct plan_step *s = plan_step_add(f, "node", KILN_WAKE_CHANGED), *then = NULL;

    s->node = node;
    for (unsigned n = 1 + maker_pick(m, 2); n--;)
        plan_watch_add(s, node ? maker_pick(m, n_channels) : 0);
    if (chance(m, 2)) {
        then = plan_step_add(f, "then", KILN_WAKE_ANY);
        then->node = node;
    }
    for (m->s = s; m->s; m->s = m->s == then ? NULL : then) {
        m->n_regs = 0;
        maker_learn(m, plan_reg_index(m->s, 0));
        maker_learn(m, plan_reg_slot(m->s, 0, maker_pick(m, n_channels)));
        for (unsigned n = maker_pick(m, 4); n--;)
            any_write(m, n_channels);
        if (m->s == then || !then)
            continue;
        if (chance(m, 2)) {
            plan_test(s, maker_known(m));
            plan_edge_add(s, KILN_EDGE_CASE, 1, 0, then);
            continue;
        }
        if (chance(m, 2))
            plan_task(s, op, maker_known(m), -1);
        else
            plan_sleep(s, any_time(m), -1);
        plan_edge_add(s, KILN_EDGE_NEXT, 0, 0, then);
    }
}

/* ---- nodes that call ---- */

static void any_work(struct maker *m, const kiln_op *op)
{
    struct plan_step *s = m->s;
    int input[2] = { maker_known(m), maker_known(m) };

    if (chance(m, 6)) {
        maker_await(m);
    } else if (chance(m, 5)) {
        plan_sleep(s, any_time(m), -1);
    } else {
        plan_task(s, op, plan_reg_array(s, input, 2), -1);
        maker_policy(m, 1);
    }
    s->result = (int)plan_slot_add(s->flow, "answer", KILN_RULE_LAST, KILN_SLOT_PRIVATE);
}

/* As a lowering makes them: what one call brings, the step behind it writes. */
static void any_caller(struct maker *m, const kiln_op *op, struct plan_flow *f, unsigned node,
                       unsigned n_channels)
{
    struct plan_step *call = plan_step_add(f, "call", KILN_WAKE_CHANGED);
    struct plan_step *write = plan_step_add(f, "write", KILN_WAKE_ANY);

    call->node = write->node = node;
    for (unsigned n = 1 + maker_pick(m, 2); n--;)
        plan_watch_add(call, chance(m, 2) ? 0 : maker_pick(m, n_channels));
    plan_edge_add(call, KILN_EDGE_NEXT, 0, 0, write);
    for (m->s = call; m->s; m->s = m->s == call ? write : NULL) {
        m->n_regs = 0;
        maker_learn(m, plan_reg_index(m->s, 0));
        maker_learn(m, plan_reg_slot(m->s, 0, maker_pick(m, n_channels)));
        if (m->s == call) {
            any_work(m, op);
            continue;
        }
        maker_learn(m, plan_reg_slot(m->s, 0, (unsigned)call->result));
        for (unsigned n = 1 + maker_pick(m, 3); n--;)
            any_write(m, n_channels);
    }
}

static unsigned count_nodes(const struct plan_flow *f)
{
    unsigned n = 0;

    for (unsigned i = 0; i < f->n_steps; i++)
        n += f->steps[i]->wake == KILN_WAKE_CHANGED;
    return n;
}

void plan_turns_call(struct maker *m, const kiln_op *op, struct plan_flow *f)
{
    unsigned nodes = count_nodes(f), n_channels = f->n_slots - 1; /* the last shows the others */

    if (chance(m, 2))
        return;
    for (unsigned left = 1 + maker_pick(m, 3); left--;)
        any_caller(m, op, f, nodes++, n_channels);
}

struct plan_flow *plan_turns(struct maker *m, const kiln_op *op, const char *name)
{
    struct plan_flow *f = plan_flow_add(m->p, name, NULL, KILN_FLOW_SUPERSTEP);
    struct plan_step *quiet, *end;
    unsigned n;

    f->limit = 1 + maker_pick(m, 6);
    any_channels(m, f);
    n = f->n_slots;
    for (unsigned i = 0, nodes = 1 + maker_pick(m, 4); i < nodes; i++)
        any_node(m, op, f, i, n);
    plan_slot_add(f, "result", KILN_RULE_LAST, KILN_SLOT_RESULT | KILN_SLOT_PRIVATE);
    end = plan_step_add(f, "end", KILN_WAKE_ANY);
    plan_finish(
        end, plan_reg_array(end, (int[]){ plan_reg_slot(end, 0, n), plan_reg_slot(end, 0, 1) }, 2));
    quiet = plan_step_add(f, "quiet", KILN_WAKE_QUIET);
    plan_boundary(quiet);
    plan_edge_add(quiet, KILN_EDGE_CASE, 0, 0, end);
    return f;
}
