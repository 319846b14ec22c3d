/* sweep.c: takes out what is worked out for nobody: pure operations whose register is never read,
 * writes to slots that are never read, blocks left empty; then numbers the registers again.
 *
 * Steps are swept from the last to the first and each from its end, so that what one removal leaves
 * unread is usually met on the way; the sweep is repeated until nothing more falls. What may fail
 * stays, read or not, and so do the slots of supersteps, which people look at.
 */
#include "passes/edit.h"

struct sweeping {
    struct plan *p;
    struct arena scratch, step; /* for the whole sweep, for one step */
    unsigned **slot_reads;      /* by flow and slot: how many operations read it */
    int again;                  /* a slot lost its last reader */
};

/* One step being swept. */
struct step_sweep {
    struct sweeping *all;
    struct plan_step *step;
    unsigned *reads; /* by register */
    unsigned *mate;
    unsigned char *drop;
    unsigned *kept; /* operations that stay, by depth of block */
    unsigned *fors; /* the `for` around this depth + 1, or 0 */
    unsigned depth;
    int dropped;
};

static unsigned *slot_reads(struct sweeping *w, const struct plan_step *s, const struct plan_op *op)
{
    return &w->slot_reads[edit_slot_flow(s, op)->number][op->slot];
}

/* Writing it can neither be seen nor fail. */
static int is_unobserved(const struct sweeping *w, const struct plan_flow *f, unsigned number)
{
    const struct plan_slot *slot = &f->slots[number];

    if (f->flags & KILN_FLOW_SUPERSTEP || w->slot_reads[f->number][number])
        return 0;
    return slot->rule == KILN_RULE_LAST || slot->rule == KILN_RULE_APPEND
           || (slot->rule == KILN_RULE_FOLD && !slot->fold->fails);
}

/* ---- one step ------------------------------------------------------------------------------ */

static void drop(struct step_sweep *w, unsigned i)
{
    const struct plan_op *op = &w->step->ops[i];

    w->drop[i] = 1;
    w->dropped = 1;
    for (unsigned a = 0; a < op->n_args; a++)
        w->reads[op->args[a]]--;
    if (edit_reads_slot(op) && --*slot_reads(w->all, w->step, op) == 0)
        w->all->again = 1;
}

static int is_unread(const struct step_sweep *w, const struct plan_op *op)
{
    const struct plan_flow *f;

    switch (op->kind) {
    case PLAN_SET:
        f = edit_slot_flow(w->step, op);
        return is_unobserved(w->all, f, op->slot);
    case PLAN_YIELD:
        return !w->reads[w->step->ops[w->fors[w->depth] - 1].ret];
    case PLAN_CALL:
        return !op->function->fails && !w->reads[op->ret];
    default:
        return plan_ops[op->kind].effect == PLAN_PURE && op->kind != PLAN_FRESH
               && !w->reads[op->ret];
    }
}

static void enter_block(struct step_sweep *w, unsigned end)
{
    unsigned open = w->mate[end];
    unsigned around = w->fors[w->depth];

    w->depth++;
    w->kept[w->depth] = 0;
    w->fors[w->depth] = w->step->ops[open].kind == PLAN_FOR ? open + 1 : around;
}

/* An `if` whose arms are empty, a `for` that gathers nothing for nobody: they go with their ends.
 */
static void leave_block(struct step_sweep *w, unsigned open)
{
    const struct plan_op *op = &w->step->ops[open];
    unsigned kept = w->kept[w->depth--];

    if (kept || (op->kind == PLAN_FOR && w->reads[op->ret])) {
        w->kept[w->depth]++;
        return;
    }
    for (unsigned i = w->mate[open]; i != open; i = w->mate[i])
        w->drop[i] = 1;
    drop(w, open);
}

static void sweep_ops(struct step_sweep *w)
{
    for (unsigned i = w->step->n_ops; i--;) {
        const struct plan_op *op = &w->step->ops[i];

        if (op->kind == PLAN_ENDBLOCK)
            enter_block(w, i);
        else if (op->kind == PLAN_IF || op->kind == PLAN_FOR)
            leave_block(w, i);
        else if (op->kind != PLAN_ELSE && is_unread(w, op))
            drop(w, i);
        else if (op->kind != PLAN_ELSE)
            w->kept[w->depth]++;
    }
}

static void count_reads(struct step_sweep *w)
{
    for (unsigned i = 0; i < w->step->n_ops; i++) {
        const struct plan_op *op = &w->step->ops[i];

        for (unsigned a = 0; a < op->n_args; a++)
            w->reads[op->args[a]]++;
        if (op->kind == PLAN_CHILD && op->item >= 0)
            w->reads[op->item]++;
    }
}

/* One round over a step: 1 when something fell. */
static int sweep_step(struct sweeping *all, struct plan_step *s)
{
    struct arena *a = &all->step;
    struct step_sweep w = { .all = all, .step = s };

    if (s->result >= 0 && is_unobserved(all, s->flow, (unsigned)s->result))
        s->result = -1;
    w.reads = edit_alloc(a, (size_t)s->n_regs * sizeof *w.reads);
    w.mate = edit_match_blocks(a, s);
    w.drop = edit_alloc(a, s->n_ops);
    w.kept = edit_alloc(a, (s->n_ops + 1) * sizeof *w.kept);
    w.fors = edit_alloc(a, (s->n_ops + 1) * sizeof *w.fors);
    count_reads(&w);
    sweep_ops(&w);
    edit_drop_ops(s, w.drop);
    return w.dropped;
}

/* ---- registers ----------------------------------------------------------------------------- */

static void rename_reg(int *to, int *n, int *reg)
{
    if (*reg < 0)
        return;
    if (!to[*reg])
        to[*reg] = ++*n;
    *reg = to[*reg] - 1;
}

/* Numbers registers as they are first written. */
static void rename_regs(struct sweeping *w, struct plan_step *s)
{
    int *to = edit_alloc(&w->step, (size_t)s->n_regs * sizeof *to);
    int n = 0;

    for (unsigned i = 0; i < s->n_ops; i++) {
        struct plan_op *op = &s->ops[i];

        for (unsigned a = 0; a < op->n_args; a++)
            rename_reg(to, &n, &op->args[a]);
        rename_reg(to, &n, &op->ret);
        rename_reg(to, &n, &op->item);
    }
    s->n_regs = n;
}

/* ---- the plan ------------------------------------------------------------------------------ */

static void count_slot_reads(struct sweeping *w)
{
    struct plan *p = w->p;

    w->slot_reads = edit_alloc(&w->scratch, p->n_flows * sizeof(unsigned *));
    for (unsigned i = 0; i < p->n_flows; i++)
        w->slot_reads[i] = edit_alloc(&w->scratch, p->flows[i]->n_slots * sizeof(unsigned));
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++) {
            const struct plan_step *s = p->flows[i]->steps[k];

            for (unsigned o = 0; o < s->n_ops; o++)
                if (edit_reads_slot(&s->ops[o]))
                    ++*slot_reads(w, s, &s->ops[o]);
        }
}

static void sweep_flow(struct sweeping *w, const struct plan_flow *f)
{
    for (unsigned k = f->n_steps; k--;) {
        while (sweep_step(w, f->steps[k]))
            continue;
        arena_fini(&w->step);
    }
}

void sweep_run(struct plan *p)
{
    struct sweeping w = { .p = p };

    count_slot_reads(&w);
    do {
        w.again = 0;
        for (unsigned i = p->n_flows; i--;)
            sweep_flow(&w, p->flows[i]);
    } while (w.again);
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++)
            rename_regs(&w, p->flows[i]->steps[k]);
    arena_fini(&w.step);
    arena_fini(&w.scratch);
}
