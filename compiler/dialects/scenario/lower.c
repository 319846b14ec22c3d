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
    const struct path *p = site->value ? &site->value->path : NULL;
    struct subgraph *g = ctx;

    if (!p)
        return; /* a template: what it refers to comes by itself */
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

/* A finished step may show more than its outputs (scenario 1.7.1). */
static int has_siblings(const struct step *st)
{
    return st->type == STEP_SWITCH || st->type == STEP_SPLIT || st->type == STEP_EMBED
           || st->type == STEP_WAIT;
}

static void make_slots(struct scope *sc)
{
    struct arena *a = sc->l->unit->arena;

    for (unsigned i = 0; i < sc->graph->n_steps; i++) {
        const struct step *st = sc->graph->steps[i];
        struct step_slots *slots = &sc->slots[i];
        char *name = diag_must_have(arena_join(a, "steps.", st->id, (char *)NULL));

        slots->outputs = slots->siblings = -1;
        if (st->uses & USE_OUTPUTS)
            lower_slot(sc, &slots->outputs, name);
        if (st->uses & USE_SIBLINGS && has_siblings(st))
            lower_slot(sc, &slots->siblings, diag_must_have(arena_printf(a, "%s.more", name)));
    }
}

/* ---- bodies ------------------------------------------------------------------------------------
 */

struct plan_flow *lower_inner_flow(struct scope *sc, const char *name)
{
    char *full = arena_printf(sc->l->unit->arena, "%s.%s", sc->flow->name, name);

    return plan_flow_add(sc->l->plan, diag_must_have(full), sc->flow, 0);
}

struct scope lower_inner(struct scope *sc, const struct step *st, enum scope_kind kind,
                         struct plan_flow *flow)
{
    return (struct scope){ .l = sc->l,
                           .kind = kind,
                           .up = sc,
                           .graph = st->body,
                           .owner = st,
                           .flow = flow,
                           .data = -1,
                           .variables = -1,
                           .item = -1,
                           .error = -1 };
}

/* ---- a subgraph ---------------------------------------------------------------------------- */

/* Some way may not be taken, so joins must be told. */
static int needs_dead(const struct subgraph *g)
{
    for (unsigned i = 0; i < g->n_edges; i++)
        if (g->edges[i].condition || g->edges[i].kind != EDGE_NORMAL)
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

static void lower_whole_step(struct scope *sc, const struct step *st)
{
    struct step_slots *slots = &sc->slots[st->number];
    unsigned parts, n;
    struct plan_step *from;

    slots->own = lower_has_break(sc, st) ? lower_break(sc, st, slots->first) : slots->first;
    sc->now = st;
    parts = sc->flow->n_steps;
    lower_track_start(sc, st, slots->own);
    from = lower_step(sc, st, slots->own);
    n = sc->flow->n_steps;
    from = lower_track_end(sc, st, from);
    slots->last = st->type == STEP_FINISH || st->type == STEP_ERROR ? NULL : from;
    lower_edges(sc, st, from);
    lower_track_failures(sc, st, parts, n);
}

/* The flow has `n` first parts from `base` on, behind them the other parts of each step up to its
 * `ends`. They go behind their own first, because a step's number says when its turn is
 * (KILN_FLOW_ORDERED). */
static void gather_parts(struct plan_flow *f, unsigned base, unsigned n, const unsigned *ends)
{
    size_t size = (f->n_steps - base) * sizeof(struct plan_step *);
    struct plan_step **steps = plan_alloc(f->plan, size);
    unsigned part = base + n, at = 0;

    for (unsigned i = 0; i < n; i++) {
        steps[at++] = f->steps[base + i];
        while (part < ends[i])
            steps[at++] = f->steps[part++];
    }
    memcpy(f->steps + base, steps, size);
    for (unsigned i = base; i < f->n_steps; i++)
        f->steps[i]->number = i;
}

static void lower_steps(struct scope *sc, const unsigned *order, unsigned n)
{
    unsigned base = sc->flow->n_steps;
    unsigned *ends = plan_alloc(sc->l->plan, n * sizeof *ends);

    for (unsigned i = 0; i < n; i++)
        sc->slots[order[i]].first = lower_part(
            sc, sc->graph->steps[order[i]],
            lower_has_break(sc, sc->graph->steps[order[i]]) ? "breakpoint" : "", KILN_WAKE_COUNT);
    for (unsigned i = 0; i < n; i++) {
        lower_whole_step(sc, sc->graph->steps[order[i]]);
        ends[i] = sc->flow->n_steps;
    }
    lower_order(sc, order, n);
    gather_parts(sc->flow, base, n, ends);
}

void lower_subgraph(struct scope *sc)
{
    struct subgraph *g = sc->graph;
    unsigned *order =
        diag_must_have(arena_alloc(sc->l->unit->arena, (g->n_steps + 1) * sizeof *order));
    unsigned n = find_order(sc, order);

    sc->flow->flags |= KILN_FLOW_ORDERED;
    sc->slots = plan_alloc(sc->l->plan, g->n_steps * sizeof *sc->slots);
    for (unsigned i = 0; i < g->n_steps; i++)
        sites_walk(g->steps[i], mark_use, g);
    if (sc->l->unit->track)
        use_all(g);
    make_slots(sc);
    if (needs_dead(g))
        sc->flow->flags |= KILN_FLOW_DEAD;
    lower_steps(sc, order, n);
    lower_ends(sc, sc->slots[g->entry->number].first);
}

void scenario_lower(struct unit *u)
{
    const struct model *m = u->model;
    int is_child = u->plan != NULL;
    struct lowering l = { .unit = u,
                          .budget = m->budget,
                          .plan = unit_begin(u, m->name, "scenario", KILN_PROGRAM_SORTED) };
    struct plan_flow *outer =
        is_child || !m->seconds ? NULL : plan_flow_add(l.plan, "run", NULL, 0);
    struct scope root = { .l = &l,
                          .kind = SCOPE_ROOT,
                          .is_child = is_child,
                          .graph = m->root,
                          .flow = plan_flow_add(l.plan, u->flow_name, NULL, 0),
                          .data = is_child ? 0 : -1,
                          .item = -1,
                          .variables = -1,
                          .error = -1 };

    if (!is_child)
        l.plan->fleeting = m->fleeting;
    u->flow = root.flow;
    plan_param_add(root.flow, is_child ? "data" : "input");
    if (is_child)
        plan_param_add(root.flow, "scope");
    if (outer)
        lower_run_timeout(&root, outer, m->seconds);
    lower_subgraph(&root);
    plan_link(l.plan);
}
