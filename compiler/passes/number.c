/* number.c: the numbers that stay: a step's is the journal's key, a constant's its place in the
 * generated tables.
 *
 * Steps that wake at the start come first, the others follow, each in the author's order; constants
 * are numbered as a reader of the plan text meets them, and those nobody meets go. So the numbers
 * follow from the text alone.
 *
 * Needs: all other passes to be through. Breaks: step and constant numbers held outside the plan.
 */
#include "passes/edit.h"

#include <stdint.h>

static void number_steps(struct arena *scratch, struct plan_flow *f)
{
    struct plan_step **steps = edit_alloc(scratch, f->n_steps * sizeof(struct plan_step *));
    unsigned n = 0;

    for (int first = 1; first >= 0; first--)
        for (unsigned i = 0; i < f->n_steps; i++)
            if ((f->steps[i]->wake == KILN_WAKE_START) == first)
                steps[n++] = f->steps[i];
    for (unsigned i = 0; i < n; i++) {
        f->steps[i] = steps[i];
        f->steps[i]->number = i;
    }
}

/* ---- constants ----------------------------------------------------------------------------- */

struct renumbering {
    struct plan *p;
    unsigned *to; /* new number + 1, or 0 */
    kiln_value *consts;
    unsigned n;
    struct map index;
};

/* Entry k of the plan's index is that of constant k: both were made in one call. */
static unsigned meet(struct renumbering *r, unsigned old)
{
    const struct map_entry *entry = &r->p->const_index.at[old];

    if (!r->to[old]) {
        r->consts[r->n] = r->p->consts[old];
        r->to[old] = ++r->n;
        if (map_put(&r->index, entry->key, entry->n, (void *)(uintptr_t)r->n) < 0)
            plan_memory_out();
    }
    return r->to[old] - 1;
}

static void meet_step(struct renumbering *r, struct plan_step *s)
{
    if (s->late >= 0)
        s->late = (int)meet(r, (unsigned)s->late);
    for (unsigned o = 0; o < s->n_ops; o++)
        for (unsigned k = 0; k < s->ops[o].n_keys; k++)
            s->ops[o].keys[k] = meet(r, s->ops[o].keys[k]);
}

static void meet_flow(struct renumbering *r, struct plan_flow *f)
{
    for (unsigned i = 0; i < f->n_slots; i++) {
        struct plan_slot *slot = &f->slots[i];

        if (slot->names >= 0)
            slot->names = (int)meet(r, (unsigned)slot->names);
        if (slot->initial >= 0)
            slot->initial = (int)meet(r, (unsigned)slot->initial);
    }
    for (unsigned i = 0; i < f->n_steps; i++)
        meet_step(r, f->steps[i]);
}

static void number_consts(struct arena *scratch, struct plan *p)
{
    struct renumbering r = { .p = p };

    r.to = edit_alloc(scratch, p->n_consts * sizeof *r.to);
    r.consts = plan_alloc(p, p->n_consts * sizeof *r.consts);
    for (unsigned i = 0; i < p->n_flows; i++)
        meet_flow(&r, p->flows[i]);
    map_fini(&p->const_index);
    p->const_index = r.index;
    p->consts = r.consts;
    p->cap_consts = p->n_consts;
    p->n_consts = r.n;
}

void number_run(struct plan *p)
{
    struct arena scratch = { 0 };

    for (unsigned i = 0; i < p->n_flows; i++)
        number_steps(&scratch, p->flows[i]);
    number_consts(&scratch, p);
    arena_fini(&scratch);
}
