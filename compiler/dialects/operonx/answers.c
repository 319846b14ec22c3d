/* answers.c: the value a flow ends with (clause 8).
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

/* Pairs of an object under construction. */
struct pairs {
    unsigned *keys;
    int *values;
    unsigned n;
};

static struct pairs pairs_new(struct unit *u, unsigned most)
{
    return (struct pairs){ operonx_alloc(u, most, sizeof(unsigned)),
                           operonx_alloc(u, most, sizeof(int)), 0 };
}

static void pair_add(struct plan_step *at, struct pairs *p, const char *key, int value)
{
    p->keys[p->n] = plan_const_text(at->flow->plan, key, strlen(key));
    p->values[p->n++] = value;
}

/* Null when there is no value, or no register (-1) that could hold one. */
static void pair_add_or_null(struct plan_step *at, struct pairs *p, const char *key, int value)
{
    kiln_value null = value_null();

    pair_add(at, p, key,
             value < 0 ? plan_reg_const(at, &null) : plan_reg_call1(at, "base.null", value));
}

/* What was pushed to the variable: one value where it lies, or the list. */
static int pushed(struct plan_step *at, const struct ox_cell *c)
{
    int result;

    if (!c->once)
        return plan_reg_slot(at, 0, (unsigned)c->frames);
    result = plan_reg_slot(at, 0, (unsigned)c->writer->slot);
    return operonx_read_member(at, c->writer, result, c->writer_var);
}

/* An object of the outputs. Each stands for itself, or in a list when it was pushed more often;
 * with `as_lists` always in a list. */
static int gathered(struct plan_step *at, const struct ox_scope *s, int as_lists)
{
    const char *change = as_lists ? "operonx.once" : "operonx.unwrap";
    struct pairs p = pairs_new(s->unit, s->graph->n_cells);

    for (unsigned i = 0; i < s->graph->n_cells; i++) {
        const struct ox_cell *c = &s->graph->cells[i];
        int v;

        if (!c->n_writers)
            continue;
        v = pushed(at, c);
        pair_add(at, &p, c->name, c->once == as_lists ? plan_reg_call1(at, change, v) : v);
    }
    return plan_reg_object(at, p.keys, p.values, p.n);
}

/* Every output is there: null when it has no value (clause 8.2). */
static int outputs(struct plan_step *at, struct ox_scope *s)
{
    struct pairs p = pairs_new(s->unit, s->graph->n_cells);

    for (unsigned i = 0; i < s->graph->n_cells; i++) {
        const char *name = s->graph->cells[i].name;

        pair_add_or_null(at, &p, name, operonx_cells_read(at, s, NULL, name));
    }
    return plan_reg_object(at, p.keys, p.values, p.n);
}

/* ---- graphs that yield ---- */

/* Whether the frames of a scope push anything. */
static int pushes(const struct ox_scope *s)
{
    for (unsigned i = 0; i < s->graph->n_ops; i++) {
        const struct ox_op *o = s->graph->ops[i];

        if (!o->runs || (o->generator ? o != s->generator : o->scope != s))
            continue;
        for (unsigned j = 0; j < o->outputs.n; j++)
            if (o->outputs.at[j].ref)
                return 1;
    }
    return 0;
}

/* What one item pushed, unless it is nothing. */
static void yield_item(struct plan_step *quiet, struct ox_scope *s)
{
    struct ox_graph *g = s->graph;
    struct pairs p = pairs_new(s->unit, g->n_cells);
    int all;

    if (!pushes(s))
        return;
    for (unsigned i = 0; i < g->n_cells; i++)
        pair_add_or_null(quiet, &p, g->cells[i].name, operonx_cells_item(quiet, s, &g->cells[i]));
    all = plan_reg_object(quiet, p.keys, p.values, p.n);
    plan_set(quiet, operonx_scope_distance(s, g->scope), (unsigned)g->results,
             plan_reg_call1(quiet, "operonx.filled", all));
}

void operonx_answer_items(struct plan_step *at, struct ox_op *o)
{
    struct pairs p = pairs_new(o->scope->unit, o->outputs.n);
    int result = plan_reg_slot(at, 0, (unsigned)o->slot), item, all;

    plan_for(at, plan_reg_call1(at, "operonx.items", result), &item);
    for (unsigned i = 0; i < o->outputs.n; i++) {
        const struct ox_param *out = &o->outputs.at[i];

        if (out->ref)
            pair_add(at, &p, out->ref->var, operonx_read_member(at, o, item, out->name));
    }
    all = plan_reg_object(at, p.keys, p.values, p.n);
    plan_set(at, operonx_scope_distance(o->scope, o->graph->scope), (unsigned)o->graph->results,
             plan_reg_call1(at, "operonx.filled", all));
    plan_end(at);
}

void operonx_answer(struct plan_step *quiet, struct ox_scope *s, enum ox_answer answer)
{
    int values[2];

    if (answer == OX_RESULT) {
        plan_finish(quiet, gathered(quiet, s, 0));
        return;
    }
    if (answer == OX_ITEMS) {
        plan_finish(quiet, plan_reg_call1(quiet, "operonx.items",
                                          plan_reg_slot(quiet, 0, (unsigned)s->graph->results)));
        return;
    }
    values[0] = outputs(quiet, s);
    if (answer == OX_OUTPUTS) {
        plan_finish(quiet, values[0]);
        return;
    }
    values[1] = gathered(quiet, s, 1);
    plan_finish(quiet, plan_reg_array(quiet, values, 2));
}

void operonx_answer_item(struct plan_step *quiet, struct ox_scope *s)
{
    struct ox_graph *g = s->graph;
    struct pairs p = pairs_new(s->unit, g->n_ops);

    if (g->yields && g->self->graph)
        yield_item(quiet, s);
    for (unsigned i = 0; i < g->n_ops; i++) {
        const struct ox_op *o = g->ops[i];

        if (o->scope == s && o->collected && !o->generator)
            pair_add(quiet, &p, o->name, plan_reg_slot(quiet, 0, (unsigned)o->slot));
    }
    plan_finish(quiet, plan_reg_object(quiet, p.keys, p.values, p.n));
}
