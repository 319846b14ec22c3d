/* lower.c: a graph as a flow (clauses 4 and 7).
 *
 * The graph's own frame is one flow; the ops that run for the items of a generator are another,
 * inside it. First every op gets its place and its slot, then its work, then its edges.
 */
#include "dialects/operonx/operonx.h"

static struct plan_flow *add_flow(struct unit *u, const char *name, struct plan_flow *up,
                                  const char *param)
{
    struct plan_flow *f = plan_flow_add(u->plan, name, up, KILN_FLOW_SOFT_ERRORS);

    plan_param_add(f, param);
    return f;
}

static void find_scope(struct unit *u, struct ox_op *o)
{
    struct ox_graph *g = o->graph;

    o->scope = o->stream ? o->stream->items_scope : g->scope;
    if (o->runs && o->feeds)
        o->items_scope = operonx_scope_new(
            u, g, o,
            add_flow(u, operonx_printf(u, "%s.%s[]", o->scope->flow->name, o->name), o->scope->flow,
                     "item"));
}

/* Entries stand first, in their own order: it is the order in which they begin. */
static void place_ops(struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_entries; i++)
        operonx_lower_op(g->entries[i]->scope, g->entries[i]);
    for (unsigned i = 0; i < g->n_ops; i++)
        if (g->ops[i]->runs && !g->ops[i]->step)
            operonx_lower_op(g->ops[i]->scope, g->ops[i]);
}

static void fill_ops(struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *o = g->order[i];

        if (!o->runs)
            continue;
        if (operonx_is_first(o))
            o->step->wake = KILN_WAKE_START;
        operonx_fill_op(o->scope, o);
    }
    for (unsigned i = 0; i < g->n_ops; i++)
        if (g->ops[i]->runs)
            operonx_lower_links(g->ops[i]);
}

static void end_scopes(struct ox_graph *g, enum ox_answer answer)
{
    for (struct ox_scope *s = g->scope; s; s = s->next) {
        const struct ox_op *o = s->generator ? s->generator : g->self;
        struct plan_step *quiet = operonx_step_add(s, o, "done", KILN_WAKE_QUIET);

        quiet->flags |= KILN_STEP_HIDDEN;
        if (s->generator)
            operonx_answer_item(quiet, s);
        else
            operonx_answer(quiet, s, answer);
    }
}

static struct plan_flow *lower_body(struct unit *u, struct ox_graph *g, const char *name,
                                    enum ox_answer answer)
{
    struct plan_flow *flow = add_flow(u, name, NULL, "input");

    operonx_scope_new(u, g, NULL, flow);
    for (unsigned i = 0; i < g->n_ops; i++)
        find_scope(u, g->order[i]);
    operonx_cells_find(g, answer);
    place_ops(g);
    fill_ops(g);
    end_scopes(g, answer);
    return flow;
}

struct plan_flow *operonx_lower_graph(struct unit *u, struct ox_graph *g, const char *name,
                                      int is_root)
{
    struct plan_flow *driver = NULL, *body;

    if (g->loops) {
        driver = add_flow(u, name, NULL, "input");
        driver->flags = 0;
        name = operonx_printf(u, "%s.turn", name);
    }
    body = lower_body(u, g, name,
                      is_root && g->loops ? OX_OUTPUTS_FRAMES
                      : is_root           ? OX_RESULT
                      : g->yields         ? OX_ITEMS
                                          : OX_OUTPUTS);
    if (driver)
        operonx_lower_loop(u, g, driver, body, is_root);
    map_fini(&g->cell_index);
    return driver ? driver : body;
}
