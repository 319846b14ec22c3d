/* layout.c: slots in use stand side by side, parameters first.
 *
 * A frame costs its slots, so those that prune left without a reader or a writer go. A superstep's
 * slots are its channels, which people look at: they all stay.
 *
 * Needs: prune, to see what is not used. Breaks: slot numbers held outside the plan.
 */
#include "passes/edit.h"

#include <string.h>

/* What becomes of the slots of one flow. */
struct moved {
    unsigned char *used;
    unsigned *to;
};

static void mark_step(struct moved *moved, const struct plan_step *s)
{
    struct moved *own = &moved[s->flow->number];

    if (s->result >= 0)
        own->used[s->result] = 1;
    for (unsigned i = 0; i < s->n_watch; i++)
        own->used[s->watch[i]] = 1;
    for (unsigned i = 0; i < s->n_ops; i++) {
        const struct plan_op *op = &s->ops[i];

        if (edit_reads_slot(op) || op->kind == PLAN_SET)
            moved[edit_slot_flow(s, op)->number].used[op->slot] = 1;
    }
}

static void rename_step(const struct moved *moved, struct plan_step *s)
{
    const struct moved *own = &moved[s->flow->number];

    if (s->result >= 0)
        s->result = (int)own->to[s->result];
    for (unsigned i = 0; i < s->n_watch; i++)
        s->watch[i] = own->to[s->watch[i]];
    for (unsigned i = 0; i < s->n_ops; i++) {
        struct plan_op *op = &s->ops[i];

        if (edit_reads_slot(op) || op->kind == PLAN_SET)
            op->slot = moved[edit_slot_flow(s, op)->number].to[op->slot];
    }
}

/* Slots keep their order, so watch lists stay ascending. */
static void squeeze(struct plan_flow *f, struct moved *moved)
{
    unsigned n = 0;

    for (unsigned i = 0; i < f->n_slots; i++) {
        if (i >= f->n_params && !moved->used[i] && !(f->flags & KILN_FLOW_SUPERSTEP))
            continue;
        moved->to[i] = n;
        f->slots[n++] = f->slots[i];
    }
    f->n_slots = n;
}

void layout_run(struct plan *p)
{
    struct arena scratch = { 0 };
    struct moved *moved = edit_alloc(&scratch, p->n_flows * sizeof *moved);

    for (unsigned i = 0; i < p->n_flows; i++) {
        moved[i].used = edit_alloc(&scratch, p->flows[i]->n_slots);
        moved[i].to = edit_alloc(&scratch, p->flows[i]->n_slots * sizeof(unsigned));
    }
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++)
            mark_step(moved, p->flows[i]->steps[k]);
    for (unsigned i = 0; i < p->n_flows; i++)
        squeeze(p->flows[i], &moved[i]);
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++)
            rename_step(moved, p->flows[i]->steps[k]);
    arena_fini(&scratch);
}
