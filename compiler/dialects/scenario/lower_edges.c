/* lower_edges.c: the edges of a step (scenario 1.3.2, 1.3.3, 1.8).
 *
 * A label is a case. Conditions on edges are one step that finds the first that holds and picks it;
 * for errors that step stands behind the ERROR edge and its last resort is to fail with the error.
 */
#include "dialects/scenario/lower.h"

#include <stdlib.h>
#include <string.h>

#include "dialects/shared/meet.h"

static struct plan_step *target(const struct scope *sc, const struct edge *e)
{
    return e->to ? sc->slots[e->to->number].first : NULL;
}

static void add_edge(const struct scope *sc, struct plan_step *from, enum kiln_edge_kind kind,
                     unsigned label, const struct edge *e)
{
    if (target(sc, e))
        plan_edge_add(from, kind, label, 0, target(sc, e));
}

/* ---- conditions on edges ------------------------------------------------------------------- */

static int compare_priority(const void *a, const void *b)
{
    const struct edge *x = *(const struct edge *const *)a, *y = *(const struct edge *const *)b;

    if (x->priority != y->priority)
        return x->priority < y->priority ? 1 : -1;
    return (x > y) - (x < y); /* the order of the plan */
}

/* The edges of a kind that leave a step: first those with conditions, by priority, then the others.
 * Sets how many have conditions; returns how many there are. */
static unsigned sort_edges(struct scope *sc, const struct step *st, enum edge_kind kind,
                           const struct edge ***ret, unsigned *ret_conditions)
{
    const struct edge **edges = plan_alloc(sc->l->plan, (st->n_out + 1) * sizeof *edges);
    unsigned n = 0;

    for (unsigned i = 0; i < st->n_out; i++)
        if (st->out[i]->kind == kind && st->out[i]->condition)
            edges[n++] = st->out[i];
    qsort(edges, n, sizeof *edges, compare_priority);
    *ret_conditions = n;
    for (unsigned i = 0; i < st->n_out; i++)
        if (st->out[i]->kind == kind && !st->out[i]->condition)
            edges[n++] = st->out[i];
    *ret = edges;
    return n;
}

/* Lets the step pick the first edge whose condition holds (its number from 1), or 0. */
static void pick_edge(struct scope *sc, struct plan_step *s, const struct edge *const *edges,
                      unsigned n)
{
    struct condition **conditions = plan_alloc(sc->l->plan, n * sizeof *conditions);

    for (unsigned i = 0; i < n; i++)
        conditions[i] = edges[i]->condition;
    plan_pick(s, lower_first(sc, s, conditions, n));
    for (unsigned i = 0; i < n; i++)
        add_edge(sc, s, KILN_EDGE_CASE, i + 1, edges[i]);
}

/* ---- errors -------------------------------------------------------------------------------- */

/* The step that shows the error to the handlers and chooses one. */
static struct plan_step *catch (struct scope *sc, const struct step *st,
                                const struct edge *const *edges, unsigned n, unsigned n_conditions)
{
    struct plan_step *s = lower_part(sc, st, "onError", KILN_WAKE_COUNT);

    lower_track_failure(sc, st, s);
    if (sc->graph->uses_error)
        plan_set(s, 0, lower_slot(sc, &sc->error, "error"),
                 plan_reg_call2(s, "scenario.caught", plan_reg_error(s), plan_reg_text(s, st->id)));
    if (!n_conditions) {
        add_edge(sc, s, KILN_EDGE_NEXT, 0, edges[0]);
        return s;
    }
    pick_edge(sc, s, edges, n_conditions);
    if (n > n_conditions)
        add_edge(sc, s, KILN_EDGE_CASE, 0, edges[n_conditions]);
    else
        plan_edge_add(s, KILN_EDGE_CASE, 0, 0, lower_raise(sc));
    return s;
}

void lower_error_edges(struct scope *sc, const struct step *st, struct plan_step *from,
                       struct plan_step *otherwise)
{
    const struct edge **edges;
    unsigned n_conditions, n = sort_edges(sc, st, EDGE_ERROR, &edges, &n_conditions);

    if (n)
        plan_edge_add(from, KILN_EDGE_ERROR, 0, 0, catch (sc, st, edges, n, n_conditions));
    else if (otherwise)
        plan_edge_add(from, KILN_EDGE_ERROR, 0, 0, otherwise);
}

/* ---- branches ------------------------------------------------------------------------------ */

static unsigned case_of(const struct step *st, const char *label)
{
    if (st->type == STEP_SWITCH)
        return lower_route_case(st, label);
    return !strcmp(label, "true") ? 1 : !strcmp(label, "false") ? 0 : 2;
}

/* Where the branches of a Switch meet; MEET_NOWHERE when they do not. */
static long merge_point(struct scope *sc, const struct step *st)
{
    struct arena *a = sc->l->unit->arena;
    unsigned *starts = plan_alloc(sc->l->plan, (st->n_out + 1) * sizeof *starts), n = 0;
    unsigned *order = plan_alloc(sc->l->plan, (sc->graph->n_steps + 1) * sizeof *order), n_order;
    unsigned char *all = plan_alloc(sc->l->plan, sc->graph->n_steps + 1);
    struct graph g;

    subgraph_arrows(sc->graph, a, 0, &g);
    memset(all, 1, sc->graph->n_steps);
    n_order = graph_order(&g, sc->graph->entry->number, all, order);
    for (unsigned i = 0; i < st->n_out; i++)
        if (st->out[i]->kind == EDGE_LABEL && st->out[i]->to)
            starts[n++] = st->out[i]->to->number;
    return meet_find(meet_new(a, &g, order, n_order), starts, n);
}

/* A route without an edge falls through to where the branches meet (scenario 1.3.2). */
static void add_fall_through(struct scope *sc, const struct step *st, struct plan_step *from)
{
    unsigned char *taken = plan_alloc(sc->l->plan, st->n_cases + 1);
    unsigned missing = 0;
    long merge;

    for (unsigned i = 0; i < from->n_edges; i++)
        taken[from->edges[i].label] = 1;
    for (unsigned i = 0; i <= st->n_cases; i++) {
        const char *route = i ? st->cases[i - 1].route : NULL;
        unsigned label = lower_route_case(st, route ? route : "default");

        missing += label == i && !taken[i];
    }
    if (!missing || (merge = merge_point(sc, st)) < 0 || !sc->slots[merge].first)
        return;
    for (unsigned i = 0; i <= st->n_cases; i++) {
        const char *route = i ? st->cases[i - 1].route : NULL;

        if (!taken[i] && lower_route_case(st, route ? route : "default") == i)
            plan_edge_add(from, KILN_EDGE_CASE, i, 0, sc->slots[merge].first);
    }
}

static void add_branches(struct scope *sc, const struct step *st, struct plan_step *from)
{
    unsigned most = st->type == STEP_SWITCH ? st->n_cases : 1;

    for (unsigned i = 0; i < st->n_out; i++)
        if (st->out[i]->kind == EDGE_LABEL && case_of(st, st->out[i]->label) <= most)
            add_edge(sc, from, KILN_EDGE_CASE, case_of(st, st->out[i]->label), st->out[i]);
    if (st->type == STEP_SWITCH)
        add_fall_through(sc, st, from);
}

/* ---- normal edges -------------------------------------------------------------------------- */

static void add_normal(struct scope *sc, const struct step *st, struct plan_step *from)
{
    const struct edge **edges;
    unsigned n_conditions, n = sort_edges(sc, st, EDGE_NORMAL, &edges, &n_conditions);
    struct plan_step *route;

    if (!n_conditions) {
        for (unsigned i = 0; i < n; i++)
            add_edge(sc, from, KILN_EDGE_NEXT, 0, edges[i]);
        return;
    }
    route = lower_part(sc, st, "route", KILN_WAKE_COUNT);
    plan_edge_add(from, KILN_EDGE_NEXT, 0, 0, route);
    pick_edge(sc, route, edges, n_conditions);
    for (unsigned i = n_conditions; i < n; i++)
        add_edge(sc, route, KILN_EDGE_CASE, 0, edges[i]);
}

void lower_edges(struct scope *sc, const struct step *st, struct plan_step *from)
{
    if (st->type == STEP_FINISH || st->type == STEP_ERROR)
        return;
    if (step_is_branching(st))
        add_branches(sc, st, from);
    else
        add_normal(sc, st, from);
    if (st->type == STEP_AGENT || st->type == STEP_AI_AGENT)
        lower_error_edges(sc, st, sc->slots[st->number].own, NULL);
}
