/* cells.c: the variables of a graph (clause 3.5).
 *
 * A variable that one op pushes once is read where that op left it. Only the others - written by
 * several ops, or for every item of a stream - have slots of their own: one that gathers what was
 * pushed, in order, and one for the last value in each kind of frame that writes it.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

struct ox_cell *operonx_cells_get(const struct ox_graph *g, const char *var)
{
    return map_get(&g->cell_index, var, strlen(var));
}

static struct ox_cell *find_or_add(struct ox_graph *g, const char *var)
{
    struct ox_cell *c = operonx_cells_get(g, var);

    if (c)
        return c;
    c = &g->cells[g->n_cells++];
    *c = (struct ox_cell){ .name = var, .frames = -1, .value = -1 };
    if (map_put(&g->cell_index, var, strlen(var), c) < 0)
        plan_memory_out();
    return c;
}

/* ---- which there are ---- */

static void note_writer(struct ox_graph *g, struct ox_op *o, const struct ox_param *p)
{
    struct ox_cell *c = find_or_add(g, p->ref->var);

    c->writer = o;
    c->writer_var = p->name;
    c->n_writers++;
    c->once = c->n_writers == 1 && !o->stream && !o->generator;
}

static void note_reads(struct ox_graph *g, const struct ox_ref *r)
{
    struct ox_cell *c = r->from ? NULL : operonx_cells_get(g, r->var);

    if (c)
        c->read = 1;
    for (unsigned i = 0; i < r->n_transforms; i++)
        if (r->transforms[i].arg.ref)
            note_reads(g, r->transforms[i].arg.ref);
}

static void note_readers(struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *o = g->ops[i];

        for (unsigned j = 0; j < o->inputs.n; j++)
            if (o->inputs.at[j].ref)
                note_reads(g, o->inputs.at[j].ref);
        for (unsigned j = 0; j < o->n_cases; j++)
            note_reads(g, o->cases[j].condition);
    }
}

struct ox_cell_slot *operonx_cells_slot(const struct ox_cell *c, const struct ox_scope *s)
{
    struct ox_cell_slot *at = c->slots;

    while (at && at->scope != s)
        at = at->next;
    return at;
}

static unsigned add_slot(struct ox_scope *s, const char *kind, const char *var, enum kiln_rule rule)
{
    return plan_slot_add(s->flow, operonx_printf(s->unit, "%s.%s", kind, var), rule,
                         KILN_SLOT_PRIVATE);
}

/* The slot of the last value where `o` runs, when anybody asks for it there. */
static void add_last(struct ox_op *o, struct ox_cell *c, enum ox_answer answer)
{
    struct ox_scope *s = o->scope;
    int answered = s->up ? answer == OX_ITEMS : answer != OX_RESULT;
    struct ox_cell_slot *at;

    if (o->generator || operonx_cells_slot(c, s) || !(c->read || answered))
        return;
    at = operonx_alloc(s->unit, 1, sizeof *at);
    *at = (struct ox_cell_slot){ s, add_slot(s, "last", c->name, KILN_RULE_LAST), c->slots };
    c->slots = at;
}

static void add_slots(struct ox_graph *g, struct ox_op *o, enum ox_answer answer)
{
    for (unsigned i = 0; i < o->outputs.n; i++) {
        const struct ox_ref *r = o->outputs.at[i].ref;
        struct ox_cell *c = r ? operonx_cells_get(g, r->var) : NULL;

        if (!c || c->once)
            continue;
        if (c->frames < 0 && (answer == OX_RESULT || answer == OX_OUTPUTS_FRAMES))
            c->frames = (int)add_slot(g->scope, "pushed", c->name, KILN_RULE_APPEND);
        add_last(o, c, answer);
    }
}

void operonx_cells_find(struct ox_graph *g, enum ox_answer answer)
{
    unsigned most = g->self->outputs.n;

    for (unsigned i = 0; i < g->n_ops; i++)
        most += g->ops[i]->outputs.n;
    g->cells = operonx_alloc(g->scope->unit, most, sizeof *g->cells);
    for (unsigned i = 0; i < g->self->outputs.n; i++)
        find_or_add(g, g->self->outputs.at[i].name);
    for (unsigned i = 0; i < g->n_ops; i++)
        for (unsigned j = 0; g->ops[i]->runs && j < g->ops[i]->outputs.n; j++)
            if (g->ops[i]->outputs.at[j].ref)
                note_writer(g, g->ops[i], &g->ops[i]->outputs.at[j]);
    note_readers(g);
    for (unsigned i = 0; i < g->n_ops; i++)
        if (g->ops[i]->runs)
            add_slots(g, g->ops[i], answer);
    if (answer == OX_ITEMS)
        g->results = (int)add_slot(g->scope, "yielded", g->self->name, KILN_RULE_APPEND);
}

/* ---- writing ---- */

int operonx_cells_pushed(const struct ox_op *o)
{
    for (unsigned i = 0; i < o->outputs.n; i++) {
        const struct ox_ref *r = o->outputs.at[i].ref;
        const struct ox_cell *c = r ? operonx_cells_get(o->graph, r->var) : NULL;

        if (c && !c->once && (c->frames >= 0 || c->slots))
            return 1;
    }
    return 0;
}

/* The cell with slots that an output of `o` goes to, or NULL. */
static struct ox_cell *slotted(const struct ox_op *o, const struct ox_param *p)
{
    struct ox_cell *c = p->ref ? operonx_cells_get(o->graph, p->ref->var) : NULL;

    return c && !c->once && (c->frames >= 0 || (!o->generator && operonx_cells_slot(c, o->scope)))
               ? c
               : NULL;
}

/* Writes the outputs of `result` to the cells with slots. A cell gets one value, the last of those
 * that are given. */
static void push_result(struct plan_step *at, struct ox_op *o, int result)
{
    unsigned up = operonx_scope_distance(o->scope, o->graph->scope);

    for (unsigned i = 0; i < o->outputs.n; i++) {
        struct ox_cell *c = slotted(o, &o->outputs.at[i]);
        int v = c ? operonx_read_member(at, o, result, o->outputs.at[i].name) : -1;

        if (c)
            c->value = c->value < 0 ? v : plan_reg_call2(at, "operonx.given", v, c->value);
    }
    for (unsigned i = 0; i < o->outputs.n; i++) {
        struct ox_cell *c = slotted(o, &o->outputs.at[i]);
        struct ox_cell_slot *last = c && !o->generator ? operonx_cells_slot(c, o->scope) : NULL;

        if (!c || c->value < 0)
            continue;
        if (c->frames >= 0)
            plan_set(at, up, (unsigned)c->frames, c->value);
        if (last)
            plan_set(at, 0, last->slot, c->value);
        c->value = -1;
    }
}

void operonx_cells_push(struct plan_step *at, struct ox_op *o)
{
    int result = plan_reg_slot(at, 0, (unsigned)o->slot);
    int item;

    if (!o->generator) {
        push_result(at, o, result);
        return;
    }
    plan_for(at, plan_reg_call1(at, "operonx.items", result), &item);
    push_result(at, o, item);
    plan_end(at);
}
