/* lower.c: a scenario workflow to a plan.
 *
 * Each subgraph becomes a flow. A step becomes one plan step (a few get a second one behind it), an
 * edge an edge; joins count their arrivals, and branches not taken send dead ones. So tokens move
 * through the plan in the order of the reference's precomputed one (scenario 1.3.1).
 */
#include "dialects/scenario/lower.h"

#include <string.h>

#include "dialects/scenario/scenario.h"
#include "dialects/scenario/sites.h"

/* ---- what is used -------------------------------------------------------------------------- */

static void use_all(struct subgraph *g)
{
    for (unsigned i = 0; i < g->n_steps; i++)
        g->steps[i]->uses |= USE_OUTPUTS | USE_SIBLINGS;
}

static void use_step(struct subgraph *g, const struct path *p)
{
    struct step *st = subgraph_step(g, p->at[1].s, p->at[1].n);

    if (st)
        st->uses |= path_part_is(p, 2, "outputs") ? USE_OUTPUTS : USE_OUTPUTS | USE_SIBLINGS;
    else if (path_part_is(p, 1, "__error") || path_part_is(p, 1, "error"))
        g->uses_error = 1;
}

static void mark_use(void *ctx, const struct site *site)
{
    const struct path *p = &site->value->path;
    struct subgraph *g = ctx;

    if (!p->n || (p->n == 1 && path_part_is(p, 0, "steps")))
        use_all(g);
    else if (path_part_is(p, 0, "steps"))
        use_step(g, p);
    else if (path_part_is(p, 0, "__error") || path_part_is(p, 0, "error"))
        g->uses_error = 1;
}

/* ---- slots and steps ----------------------------------------------------------------------- */

struct plan_step *lower_part(struct scope *sc, const struct step *st, const char *part,
                             enum kiln_wake wake)
{
    struct unit *u = sc->l->unit;
    char *id = *part ? arena_printf(u->arena, "%s.%s", st->id, part) : (char *)st->id;
    struct plan_step *s = plan_step_add(sc->flow, diag_must_have(id), wake);

    s->pointer = node_pointer(u->arena, st->node);
    source_position(u->source, st->node->at, &s->line, &s->column);
    if (*part)
        s->flags |= KILN_STEP_HIDDEN;
    return s;
}

static void make_slots(struct scope *sc)
{
    struct arena *a = sc->l->unit->arena;

    for (unsigned i = 0; i < sc->graph->n_steps; i++) {
        const struct step *st = sc->graph->steps[i];
        struct step_slots *slots = &sc->slots[i];
        char *name = diag_must_have(arena_printf(a, "steps.%s", st->id));

        slots->outputs = slots->siblings = -1;
        if (st->uses & USE_OUTPUTS)
            lower_slot(sc, &slots->outputs, name);
        if (st->uses & USE_SIBLINGS && (st->type == STEP_SWITCH || st->type == STEP_SPLIT))
            lower_slot(sc, &slots->siblings, diag_must_have(arena_printf(a, "%s.more", name)));
    }
}

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

struct plan_step *lower_failed(struct scope *sc)
{
    if (!sc->failed) {
        sc->failed = own_step(sc, "failed", KILN_WAKE_ANY);
        plan_fail(sc->failed, plan_reg_call2(sc->failed, "scenario.blame",
                                             plan_reg_slot(sc->failed, 0,
                                                           lower_slot(sc, &sc->failing, "failing")),
                                             plan_reg_error(sc->failed)));
    }
    return sc->failed;
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

/* Sets the slots that references to the input turned out to need. */
static void fill_begin(struct scope *sc, struct plan_step *s)
{
    int input = plan_reg_slot(s, 0, 0);

    if (sc->data >= 0)
        plan_set(s, 0, (unsigned)sc->data, plan_reg_call1(s, "scenario.data", input));
    if (sc->variables >= 0)
        plan_set(s, 0, (unsigned)sc->variables,
                 plan_reg_call2(s, "scenario.variables", input, lower_declared(sc, s)));
}

static int needs_begin(const struct scope *sc)
{
    if (sc->kind == SCOPE_ITEM)
        return has_schema(sc->owner->input_schema);
    return sc->kind == SCOPE_ROOT && (sc->data >= 0 || sc->variables >= 0);
}

static void add_begin(struct scope *sc, struct plan_step *entry)
{
    struct plan_step *s;

    if (!needs_begin(sc)) {
        entry->wake = KILN_WAKE_START;
        return;
    }
    s = own_step(sc, "begin", KILN_WAKE_START);
    if (sc->kind == SCOPE_ROOT)
        fill_begin(sc, s);
    else
        conform(sc, s, plan_reg_slot(s, 0, 0), sc->owner->input_schema, "input");
    plan_edge_add(s, KILN_EDGE_NEXT, 0, 0, entry);
}

/* ---- a subgraph ---------------------------------------------------------------------------- */

static int needs_dead(const struct subgraph *g)
{
    if (has_handlers(g))
        return 1;
    for (unsigned i = 0; i < g->n_edges; i++)
        if (g->edges[i].condition || g->edges[i].kind == EDGE_LABEL)
            return 1;
    return 0;
}

/* The reached steps in Kahn's order; how many. */
static unsigned find_order(struct scope *sc, unsigned *ret_order)
{
    struct unit *u = sc->l->unit;
    unsigned char *seen = diag_must_have(arena_zalloc(u->arena, sc->graph->n_steps + 1));
    struct graph g;

    subgraph_arrows(sc->graph, u->arena, 1, &g);
    graph_reach(&g, sc->graph->entry->number, seen);
    return graph_order(&g, sc->graph->entry->number, seen, ret_order);
}

void lower_subgraph(struct scope *sc)
{
    struct subgraph *g = sc->graph;
    unsigned *order =
        diag_must_have(arena_alloc(sc->l->unit->arena, (g->n_steps + 1) * sizeof *order));
    unsigned n = find_order(sc, order);

    sc->slots = plan_alloc(sc->l->plan, g->n_steps * sizeof *sc->slots);
    for (unsigned i = 0; i < g->n_steps; i++)
        sites_walk(g->steps[i], mark_use, g);
    make_slots(sc);
    if (needs_dead(g))
        sc->flow->flags |= KILN_FLOW_DEAD;
    for (unsigned i = 0; i < n; i++)
        sc->slots[order[i]].first = lower_part(sc, g->steps[order[i]], "", KILN_WAKE_COUNT);
    for (unsigned i = 0; i < n; i++) {
        const struct step *st = g->steps[order[i]];

        sc->now = st;
        lower_edges(sc, st, lower_step(sc, st, sc->slots[order[i]].first));
    }
    add_begin(sc, sc->slots[g->entry->number].first);
    add_quiet(sc);
}

void scenario_lower(struct unit *u)
{
    const struct model *m = u->model;
    struct lowering l = { .unit = u,
                          .plan = plan_new(u->arena, m->name, "scenario", KILN_PROGRAM_SORTED) };
    struct scope root = { .l = &l,
                          .kind = SCOPE_ROOT,
                          .graph = m->root,
                          .flow = plan_flow_add(l.plan, "root", NULL, 0),
                          .data = -1,
                          .variables = -1,
                          .failing = -1,
                          .error = -1 };

    u->plan = l.plan;
    plan_param_add(root.flow, "input");
    lower_subgraph(&root);
    plan_link(l.plan);
}
