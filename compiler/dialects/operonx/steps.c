/* steps.c: the steps of one op, and the edges that leave them (clauses 4.1 and 6).
 *
 * An op is one step that makes its result. Behind it may stand: `out`, which writes what it pushes;
 * `items`, which runs the flow of a generator's items; `some`, which goes on to those who collect
 * when there is something to collect.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

/* Whether items must enter the op one by one (clause 6.3). */
static int is_sequential(const struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in; i++)
        if (o->in[i]->policy == OX_SEQUENTIAL && operonx_link_stream(o->in[i]) == o->stream)
            return 1;
    return 0;
}

static int feeds_sequentially(const struct ox_op *generator)
{
    for (unsigned i = 0; i < generator->n_out; i++)
        if (generator->out[i]->policy == OX_SEQUENTIAL)
            return 1;
    return 0;
}

static int pushes(const struct ox_op *o, const char *output)
{
    const struct ox_param *p = operonx_param(&o->outputs, output);

    return p && p->ref;
}

static int has_pushes(const struct ox_op *o)
{
    for (unsigned i = 0; i < o->outputs.n; i++)
        if (o->outputs.at[i].ref)
            return 1;
    return 0;
}

static int needs_slot(const struct ox_op *o)
{
    return o->read || o->collected || o->feeds || has_pushes(o);
}

/* ---- behind the op ---- */

/* A generator of a graph that yields, with nothing that runs for its items. */
static int yields_alone(const struct ox_op *o)
{
    return o->graph->self->graph && o->generator && !o->feeds && has_pushes(o);
}

static void add_out(struct ox_scope *s, struct ox_op *o)
{
    struct plan_step *out;

    if (!operonx_cells_pushed(o) && !yields_alone(o))
        return;
    out = operonx_step_add(s, o, "out", KILN_WAKE_ANY);
    out->flags |= KILN_STEP_HIDDEN;
    if (yields_alone(o))
        operonx_answer_items(out, o);
    else
        operonx_cells_push(out, o);
    plan_edge_add(o->step, KILN_EDGE_NEXT, 0, 0, out);
    if (pushes(o, "error"))
        plan_edge_add(o->step, KILN_EDGE_ERROR, 0, 0, out);
}

static int collects_items(const struct ox_op *generator)
{
    const struct ox_graph *g = generator->graph;

    for (unsigned i = 0; i < g->n_ops; i++)
        if (g->ops[i]->stream == generator && g->ops[i]->collected && !g->ops[i]->generator)
            return 1;
    return 0;
}

static void add_items(struct ox_scope *s, struct ox_op *o)
{
    struct plan_step *items;
    int list;

    if (!o->feeds)
        return;
    items = o->items = operonx_step_add(s, o, "items", KILN_WAKE_COUNT);
    items->flags |= KILN_STEP_STREAM | KILN_STEP_HIDDEN;
    if (s->generator && feeds_sequentially(o))
        items->flags |= KILN_STEP_GATED;
    if (collects_items(o))
        o->items_slot = (int)plan_slot_add(s->flow, operonx_printf(s->unit, "%s.items", o->name),
                                           KILN_RULE_LAST, 0);
    list = plan_reg_call1(items, "operonx.items", plan_reg_slot(items, 0, (unsigned)o->slot));
    plan_each(items, o->items_scope->flow, list, NULL, 0, o->items_slot);
    plan_edge_add(o->step, KILN_EDGE_NEXT, 0, 0, items);
}

/* What an op made for the items of its stream, without what says no more than that it failed. */
static int read_made(struct plan_step *at, const struct ox_op *o)
{
    int list = plan_reg_slot(at, 0, (unsigned)o->stream->items_slot);

    list = plan_reg_call2(at, "operonx.column", list, plan_reg_text(at, o->name));
    return operonx_param(&o->outputs, "error") ? list
                                               : plan_reg_call1(at, "operonx.completed", list);
}

/* What an op in a stream made is complete when the stream has ended, one frame up. */
static void add_some(struct ox_op *o)
{
    struct ox_op *stream = o->generator ? o : o->stream;
    struct plan_step *some;
    int list;

    if (!o->collected || !stream)
        return;
    some = o->some = operonx_step_add(stream->scope, o, "some", KILN_WAKE_COUNT);
    some->flags |= KILN_STEP_HIDDEN;
    list = o->generator
               ? plan_reg_call1(some, "operonx.items", plan_reg_slot(some, 0, (unsigned)o->slot))
               : read_made(some, o);
    plan_test(some, list);
    plan_edge_add(o->generator ? o->step : stream->items, KILN_EDGE_NEXT, 0, 0, some);
}

/* ---- the op ---- */

static void add_child(struct ox_scope *s, struct ox_op *o)
{
    const char *name = operonx_printf(s->unit, "%s.%s", s->graph->scope->flow->name, o->name);
    struct plan_flow *flow = operonx_lower_graph(s->unit, o->body, name, 0);
    int inputs = operonx_read_inputs(o->step, o);

    plan_child(o->step, flow, &inputs, 1, -1, o->slot);
}

void operonx_lower_op(struct ox_scope *s, struct ox_op *o)
{
    o->step = operonx_step_add(s, o, "", KILN_WAKE_COUNT);
    o->slot = o->items_slot = -1;
    if (needs_slot(o))
        o->slot = (int)plan_slot_add(s->flow, o->name, KILN_RULE_LAST, 0);
    if (s->generator && is_sequential(o))
        o->step->flags |= KILN_STEP_GATED;
}

void operonx_fill_op(struct ox_scope *s, struct ox_op *o)
{
    if (o->kind == OX_CODE)
        plan_task(o->step, o->op, operonx_read_inputs(o->step, o), o->slot);
    else if (o->kind == OX_GRAPH)
        add_child(s, o);
    else
        operonx_lower_branch(o->step, o);
    add_out(s, o);
    add_items(s, o);
    add_some(o);
}

/* ---- edges ---- */

static int has_edge(const struct plan_step *from, const struct plan_step *to)
{
    for (unsigned i = 0; i < from->n_edges; i++)
        if (from->edges[i].to == to)
            return 1;
    return 0;
}

static void add_edge(const struct ox_link *l, struct plan_step *to, int soft)
{
    struct ox_op *from = l->from;

    if (l->policy == OX_COLLECT && from->some)
        plan_edge_add(from->some, KILN_EDGE_CASE, 1, soft, to);
    else if (from->kind == OX_BRANCH)
        plan_edge_add(from->step, KILN_EDGE_CASE, l->index, soft, to);
    else
        plan_edge_add(from->step, KILN_EDGE_NEXT, 0, soft, to);
}

/* The frame of an item is there only when its generator has yielded it. */
static int is_given(const struct ox_link *l)
{
    return l->from->generator && l->policy != OX_COLLECT;
}

static int has_given_soft(const struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in; i++)
        if (o->in[i]->soft && is_given(o->in[i]))
            return 1;
    return 0;
}

/* The generator whose stream the target runs in and which itself runs where the link comes from. */
static struct ox_op *gate(const struct ox_link *l)
{
    struct ox_op *outer = operonx_link_stream(l), *g = l->to->stream;

    while (g->stream != outer)
        g = g->stream;
    return g;
}

static void lower_link(const struct ox_link *l)
{
    struct plan_step *source =
        l->from->some && l->policy == OX_COLLECT ? l->from->some : l->from->step;

    if (is_given(l) || (l->soft && has_given_soft(l->to)))
        return;
    if (operonx_link_stream(l) == l->to->stream)
        add_edge(l, l->to->step, l->soft);
    else if (!has_edge(source, gate(l)->items))
        add_edge(l, gate(l)->items, 0);
}

void operonx_lower_links(struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_out; i++)
        if (o->out[i]->taken && o->out[i]->to->runs)
            lower_link(o->out[i]);
}

int operonx_is_first(const struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in; i++) {
        const struct ox_link *l = o->in[i];

        if (!is_given(l) && operonx_link_stream(l) == o->stream && l->from->runs && l->taken
            && !(l->soft && has_given_soft(o)))
            return 0;
    }
    return 1;
}
