/* plan_pad.c: the same plan with other numbers: what a later version of a program may be (plans.h).
 */
#include <string.h>

#include "passes/edit.h"
#include "plans.h"

static void move_step_slots(struct plan_step *s)
{
    for (unsigned i = 0; i < s->n_ops; i++) {
        struct plan_op *op = &s->ops[i];

        if (edit_reads_slot(op) || op->kind == PLAN_SET)
            op->slot += op->slot >= edit_slot_flow(s, op)->n_params;
    }
    s->result += s->result >= (int)s->flow->n_params;
    for (unsigned i = 0; i < s->n_watch; i++)
        s->watch[i] += s->watch[i] >= s->flow->n_params;
}

/* A slot behind the parameters and a step in front that nobody uses: all others get new numbers. */
static void pad_flow(struct plan_flow *f)
{
    struct plan_step *pad;

    plan_slot_add(f, "pad", KILN_RULE_LAST, KILN_SLOT_PRIVATE);
    for (unsigned i = f->n_slots - 1; i > f->n_params; i--) {
        struct plan_slot swapped = f->slots[i];

        f->slots[i] = f->slots[i - 1];
        f->slots[i - 1] = swapped;
    }
    pad = plan_step_add(f, "pad", KILN_WAKE_ANY);
    memmove(&f->steps[1], &f->steps[0], (f->n_steps - 1) * sizeof(struct plan_step *));
    f->steps[0] = pad;
    for (unsigned i = 0; i < f->n_steps; i++)
        f->steps[i]->number = i;
}

void plans_pad(struct plan *p)
{
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++)
            move_step_slots(p->flows[i]->steps[k]);
    for (unsigned i = 0; i < p->n_flows; i++)
        pad_flow(p->flows[i]);
}
