/* lower_ends.c: the steps a flow has of its own: where it begins, where it ends, and the shared
 * one that raises an error again.
 *
 * The beginning is filled when all else is lowered, for only then is it known which of the input's
 * parts anyone asks for.
 */
#include "dialects/scenario/lower.h"

/* A step of the flow's own, with the place of the subgraph. */
static struct plan_step *own_step(struct scope *sc, const char *id, enum kiln_wake wake)
{
    struct plan_step *s = plan_step_add(sc->flow, id, wake);
    const struct node *n = sc->owner ? sc->owner->node : sc->graph->node;

    s->pointer = node_pointer(sc->l->unit->arena, n);
    source_position(sc->l->unit->source, n->at, &s->line, &s->column);
    s->flags |= KILN_STEP_HIDDEN;
    return s;
}

struct plan_step *lower_raise(struct scope *sc)
{
    if (!sc->raise) {
        sc->raise = own_step(sc, "raise", KILN_WAKE_ANY);
        plan_fail(sc->raise, plan_reg_error(sc->raise));
    }
    return sc->raise;
}

/* ---- beginning and end --------------------------------------------------------------------- */

static int conform(struct scope *sc, struct plan_step *s, int reg, const struct node *schema,
                   const char *side)
{
    struct plan *plan = sc->l->plan;
    kiln_value pairs[6] = { value_static("fields"), value_null(),
                            value_static("side"),   value_static(side),
                            value_static("stepId"), value_static(sc->owner->id) };
    kiln_value all;

    if (node_value(&plan->heap, &pairs[1], schema) < 0
        || kiln_object(&plan->heap, &all, pairs, 3) < 0)
        plan_memory_out();
    return plan_reg_call3(s, "scenario.conform", reg, plan_reg_const(s, &all),
                          plan_reg_index(s, 0));
}

static int has_schema(const struct node *schema)
{
    return schema && schema->n;
}

void lower_finish(struct scope *sc, struct plan_step *s, int reg)
{
    if (sc->kind == SCOPE_ITEM && has_schema(sc->owner->output_schema))
        reg = conform(sc, s, reg, sc->owner->output_schema, "output");
    if (sc->kind == SCOPE_ROOT && !sc->is_child)
        lower_accept_output(sc, s, reg);
    plan_finish(s, reg);
}

static int has_handlers(const struct subgraph *g)
{
    for (unsigned i = 0; i < g->n_edges; i++)
        if (g->edges[i].kind == EDGE_ERROR)
            return 1;
    return 0;
}

/* A flow that runs dry ends with null, unless it was handling an error: then it is raised again
 * (scenario 1.3.1, 1.8). */
static void add_quiet(struct scope *sc)
{
    struct plan_step *quiet = own_step(sc, "end", KILN_WAKE_QUIET), *end;

    if (!has_handlers(sc->graph)) {
        lower_finish(sc, quiet, lower_null(quiet));
        return;
    }
    end = own_step(sc, "end.null", KILN_WAKE_ANY);
    lower_finish(sc, end, lower_null(end));
    plan_test(quiet, plan_reg_call1(quiet, "base.present", plan_reg_error(quiet)));
    plan_edge_add(quiet, KILN_EDGE_CASE, 1, 0, lower_raise(sc));
    plan_edge_add(quiet, KILN_EDGE_CASE, 0, 0, end);
}

/* Looks at the input, then sets the slots that references to it turned out to need. */
static void fill_begin(struct scope *sc, struct plan_step *s)
{
    int input = plan_reg_slot(s, 0, 0), data = plan_reg_call1(s, "scenario.data", input);

    if (sc->graph->input_schema)
        data = lower_accept_input(sc, s, data);
    if (sc->data >= 0)
        plan_set(s, 0, (unsigned)sc->data, data);
    if (sc->variables >= 0)
        plan_set(s, 0, (unsigned)sc->variables,
                 plan_reg_call2(s, "scenario.variables", input, lower_declared(sc, s)));
}

static int needs_begin(const struct scope *sc)
{
    if (sc->kind == SCOPE_ITEM)
        return has_schema(sc->owner->input_schema);
    if (sc->kind != SCOPE_ROOT)
        return 0;
    if (sc->is_child)
        return lower_has_defaults(sc);
    return sc->data >= 0 || sc->variables >= 0 || sc->graph->input_schema;
}

static void add_begin(struct scope *sc, struct plan_step *entry)
{
    struct plan_step *s;

    if (!needs_begin(sc)) {
        entry->wake = KILN_WAKE_START;
        return;
    }
    s = own_step(sc, "begin", KILN_WAKE_START);
    if (sc->is_child)
        plan_set(s, 0, 0, lower_defaults(sc, s, plan_reg_slot(s, 0, 0)));
    else if (sc->kind == SCOPE_ROOT)
        fill_begin(sc, s);
    else
        conform(sc, s, plan_reg_slot(s, 0, 0), sc->owner->input_schema, "input");
    plan_edge_add(s, KILN_EDGE_NEXT, 0, 0, entry);
}

void lower_ends(struct scope *sc, struct plan_step *entry)
{
    add_begin(sc, entry);
    add_quiet(sc);
}
