/* registers.c: where the value of a register stands while a leaf runs.
 *
 * A register that is only a name for something that stands still while the leaf runs - a constant,
 * a slot the leaf does not write, the error - is read in place; every other one is a local. What
 * only the answer reads is made in f->out, where the answer wants it.
 */
#include <assert.h>
#include <string.h>

#include "emit/leaf.h"

/* ---- expressions ---- */

const struct plan_flow *leaf_flow(const struct leaf *l, unsigned up)
{
    const struct plan_flow *flow = l->step->flow;

    while (up--) {
        flow = flow->up;
        assert(flow);
    }
    return flow;
}

const char *leaf_frame(const struct leaf *l, unsigned up)
{
    char *frame = plan_alloc(l->step->flow->plan, 4 * (size_t)up + 2), *at = frame;

    *at++ = 'f';
    for (; up; up--, at += 4)
        memcpy(at, "->up", 4);
    return frame;
}

const char *leaf_slot(const struct leaf *l, unsigned up, unsigned slot)
{
    return emit_flow_names(l->e, leaf_flow(l, up))->slots[slot];
}

const char *leaf_number(const struct leaf *l, long long number)
{
    return emit_number(l->e, number);
}

const char *leaf_ref(const struct leaf *l, int reg)
{
    return l->regs[reg].ref;
}

/* ---- registers ---- */

int leaf_has_effect(const struct plan_op *op)
{
    if (op->kind == PLAN_CALL)
        return op->function->fails;
    return op->kind == PLAN_YIELD || op->kind == PLAN_FRESH
           || plan_ops[op->kind].effect != PLAN_PURE;
}

static int mark_used(struct leaf *l, int reg)
{
    return l->regs[reg].reads++ == 0;
}

/* From the last operation to the first, so a reader is known to be needed before what it reads.
 * Returns whether a register was found that was not known before. */
static int find_used(struct leaf *l)
{
    int found = 0;

    for (unsigned i = l->step->n_ops; i--;) {
        const struct plan_op *op = &l->step->ops[i];

        if (!leaf_has_effect(op) && !l->regs[op->ret].reads)
            continue;
        for (unsigned k = 0; k < op->n_args; k++)
            found |= mark_used(l, op->args[k]);
        if (op->kind == PLAN_CHILD && op->item >= 0)
            found |= mark_used(l, op->item);
    }
    return found;
}

static int has_loop(const struct plan_step *s)
{
    for (unsigned i = 0; i < s->n_ops; i++)
        if (s->ops[i].kind == PLAN_FOR)
            return 1;
    return 0;
}

/* A loop may carry a value from its end to its beginning, so there one look is not enough. */
static void find_all_used(struct leaf *l)
{
    while (find_used(l) && has_loop(l->step))
        continue;
}

/* Stamps the slots of the leaf's own flow that it writes. Returns whether it writes others. */
static int stamp_written(const struct leaf *l)
{
    int others = 0;

    l->e->stamp++;
    for (unsigned i = 0; i < l->step->n_ops; i++) {
        const struct plan_op *op = &l->step->ops[i];

        if (op->kind == PLAN_SET && op->up)
            others = 1;
        else if (op->kind == PLAN_SET)
            l->e->written[op->slot] = l->e->stamp;
    }
    return others;
}

/* Does the slot an operation reads keep its value until the leaf ends? */
static int stands_still(const struct leaf *l, const struct plan_op *op, int others)
{
    return op->kind != PLAN_SLOT || (op->up ? !others : l->e->written[op->slot] != l->e->stamp);
}

const char *leaf_source(const struct leaf *l, const struct plan_op *op)
{
    switch (op->kind) {
    case PLAN_CONST:
        return emit_const(l->e, op->keys[0]);
    case PLAN_SLOT:
        return emit_join(l->e, leaf_frame(l, op->up), "->slots[", leaf_slot(l, op->up, op->slot),
                         "]", (char *)NULL);
    case PLAN_ERROR:
        return "f->error";
    default:
        return NULL;
    }
}

int leaf_hands_out(const struct plan_op *op)
{
    return op->kind == PLAN_TASK || op->kind == PLAN_EACH || op->kind == PLAN_NOTE
           || op->kind == PLAN_SLEEP || op->kind == PLAN_AWAIT || op->kind == PLAN_FINISH
           || op->kind == PLAN_FAIL;
}

static void hand_out(struct leaf *l)
{
    const struct plan_step *s = l->step;
    const struct plan_op *last = plan_last(s);
    struct leaf_reg *reg = last && leaf_hands_out(last) ? &l->regs[last->args[0]] : NULL;

    if (!reg || reg->ref || reg->walked || reg->writes != 1 || reg->reads != 1)
        return;
    reg->ref = "f->out";
    reg->handed = 1;
}

void leaf_plan_registers(struct leaf *l)
{
    const struct plan_step *s = l->step;
    int others = stamp_written(l);

    find_all_used(l);
    for (unsigned i = 0; i < s->n_ops; i++) {
        if (s->ops[i].ret >= 0)
            l->regs[s->ops[i].ret].writes++;
        if (s->ops[i].kind == PLAN_FOR) {
            l->regs[s->ops[i].item].writes++;
            l->regs[s->ops[i].args[0]].walked = 1;
        }
    }
    for (unsigned i = 0; i < s->n_ops; i++) {
        const struct plan_op *op = &s->ops[i];
        struct leaf_reg *reg = op->ret >= 0 ? &l->regs[op->ret] : NULL;

        if (!reg || !reg->reads || reg->walked || reg->writes > 1 || !stands_still(l, op, others))
            continue;
        reg->ref = leaf_source(l, op);
        reg->present = op->kind == PLAN_CONST;
    }
    for (int r = 0; r < s->n_regs; r++)
        l->regs[r].in_place = l->regs[r].ref != NULL;
    hand_out(l);
    for (int r = 0; r < s->n_regs; r++)
        if (!l->regs[r].ref && l->regs[r].writes)
            l->regs[r].ref = emit_join(l->e, "v", emit_number(l->e, r), (char *)NULL);
}

const char *leaf_target(struct leaf *l, int reg)
{
    l->regs[reg].local = !l->regs[reg].handed;
    return l->regs[reg].ref;
}
