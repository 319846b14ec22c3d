/* check_graph.c: the shape of a subgraph: entry, edges' ends, what is reached, cycles. */
#include "dialects/scenario/check.h"

#include <string.h>

/* More circles than that are no slip; looking for each costs a walk. */
enum { MOST_CIRCLES = 64 };

/* Hints the nearest step. */
static void suggest_step(struct check *k, struct diag *d, const char *id)
{
    struct part word = { id, (unsigned)strlen(id) };

    check_suggest_members(k, d, &word, "steps", k->g->steps_node);
}

/* The order of all steps, for the checks behind this one. */
static void find_order(struct check *k)
{
    struct arena *a = k->u->arena;
    unsigned n = k->g->n_steps, ordered;
    unsigned char *every = diag_must_have(arena_alloc(a, n + 1));

    memset(every, 1, n);
    k->rank = diag_must_have(arena_zalloc(a, (n + 1) * sizeof *k->rank));
    k->order = diag_must_have(arena_zalloc(a, (n + 1) * sizeof *k->order));
    subgraph_arrows(k->g, a, 1, &k->all);
    subgraph_arrows(k->g, a, 0, &k->flow);
    ordered = graph_order(&k->all, k->g->entry ? k->g->entry->number : 0, every, k->order);
    for (unsigned i = 0; i < ordered; i++)
        k->rank[k->order[i]] = i;
    k->is_ordered = ordered == n;
}

/* ---- circles --------------------------------------------------------------------------------- */

static struct edge *edge_between(const struct check *k, unsigned from, unsigned to)
{
    const struct step *s = k->g->steps[from];

    for (unsigned i = 0; i < s->n_out; i++)
        if (s->out[i]->to && s->out[i]->to->number == to)
            return s->out[i];
    return NULL;
}

/* The edge by which a circle of `n` nodes comes back to the step whose error it began with. */
static struct edge *way_back(const struct check *k, const unsigned *nodes, unsigned n)
{
    unsigned failed = 0;

    while (failed + 1 < n
           && edge_between(k, nodes[failed], nodes[(failed + 1) % n])->kind != EDGE_ERROR)
        failed++;
    return edge_between(k, nodes[(failed + n - 1) % n], nodes[failed]);
}

/* Takes the edge out: who comes to its end passes the error on. */
static void cut(struct check *k, struct edge *e)
{
    struct step *to = e->to;

    e->to = NULL;
    e->is_cut = 1;
    to->n_in--;
    to->in = NULL;
    for (unsigned i = 0; i < k->g->n_edges; i++)
        if (k->g->edges[i].to == to)
            to->in = &k->g->edges[i];
}

/* A handler that leads back before the step that failed would be a retry: 0 when that is refused,
 * 1 when the way back is taken out. */
static int check_retry(struct check *k, const unsigned *nodes, unsigned n)
{
    struct edge *back = way_back(k, nodes, n);
    const struct step *s = back->to;

    if (!k->u->legacy) {
        diag_hint(k->u->diags,
                  diag_unsupported(k->u->diags, back->node,
                                   "a way from the error handler of step '%s' back to it", s->id),
                  "'maxRetries' tries again");
        return 0;
    }
    diag_warning(k->u->diags, back->node, "K100",
                 "a way from the error handler of step '%s' back to it is not supported yet: the "
                 "error is raised again",
                 s->id);
    cut(k, back);
    return 1;
}

/* E204: a step must not come after itself; While is the way to do things again. */
static void complain_circle(struct check *k, const unsigned *nodes, unsigned n)
{
    struct text t = { 0 };
    struct diag *d;

    for (unsigned i = 0; i <= n && i < 8; i++)
        text_printf(&t, "%s'%s'", i ? " -> " : "", k->g->steps[nodes[i % n]]->id);
    d = diag_error(k->u->diags, k->g->steps[nodes[0]]->node, "E204",
                   "the steps go in a circle: %s%s", text_cstr(&t), n >= 8 ? " -> ..." : "");
    diag_hint(k->u->diags, d, "a While step repeats its subgraph");
    text_fini(&t);
}

/* Looks at one circle; 1 when it is no more and there may be others. */
static int check_cycle(struct check *k)
{
    unsigned n_steps = k->g->n_steps, n;
    unsigned char *every = diag_must_have(arena_alloc(k->u->arena, n_steps + 1));
    unsigned *nodes = diag_must_have(arena_alloc(k->u->arena, (n_steps + 1) * sizeof *nodes));

    memset(every, 1, n_steps);
    n = graph_cycle(&k->flow, every, nodes);
    if (n) {
        complain_circle(k, nodes, n);
        return 0;
    }
    return check_retry(k, nodes, graph_cycle(&k->all, every, nodes));
}

static void check_ends(struct check *k)
{
    for (unsigned i = 0; i < k->g->n_edges; i++) {
        const struct edge *e = &k->g->edges[i];

        if (!e->from)
            suggest_step(k,
                         check_doubt(k, node_get(e->node, "fromStep"), "E014",
                                     "an edge leaves step '%s', which does not exist", e->from_id),
                         e->from_id);
        if (!e->to && !e->is_cut)
            suggest_step(k,
                         check_doubt(k, node_get(e->node, "toStep"), "E014",
                                     "an edge goes to step '%s', which does not exist", e->to_id),
                         e->to_id);
    }
}

static void check_reached(struct check *k)
{
    unsigned char *seen = diag_must_have(arena_zalloc(k->u->arena, k->g->n_steps + 1));

    graph_reach(&k->all, k->g->entry->number, seen);
    for (unsigned i = 0; i < k->g->n_steps; i++) {
        const struct step *s = k->g->steps[i];

        if (!seen[i] && s->type == STEP_FINISH)
            diag_hint(k->u->diags,
                      check_doubt(k, s->node, "E003",
                                  "the Finish step '%s' is never reached from '%s'", s->id,
                                  k->g->entry_id),
                      "the executionPlan has %u edges; without one that ends here the result is "
                      "null",
                      k->g->n_edges);
        else if (!seen[i])
            check_doubt(k, s->node, "E002", "step '%s' is never reached from '%s'", s->id,
                        k->g->entry_id);
    }
}

static void check_dangling(struct check *k)
{
    for (unsigned i = 0; i < k->g->n_steps; i++) {
        const struct step *s = k->g->steps[i];

        if (!s->n_out && s->type != STEP_FINISH && s->type != STEP_ERROR)
            diag_warning(k->u->diags, s->node, "W003",
                         "nothing follows step '%s' (%s): the workflow ends there with null", s->id,
                         step_type_name(s->type));
    }
}

int check_graph(struct check *k)
{
    const struct subgraph *g = k->g;

    if (!g->n_steps) {
        diag_error(k->u->diags, g->node, "E004", "the workflow has no steps");
        return 0;
    }
    find_order(k);
    for (unsigned i = 0; !k->is_ordered && i < MOST_CIRCLES && check_cycle(k); i++)
        find_order(k);
    if (!k->is_ordered && !k->u->diags->errors)
        diag_unsupported(k->u->diags, g->node, "more than %d ways from error handlers back",
                         MOST_CIRCLES);
    check_ends(k);
    if (g->entry)
        check_reached(k);
    else
        suggest_step(k,
                     diag_error(k->u->diags, g->entry_node, "E001",
                                "the entry point '%s' is no step", g->entry_id),
                     g->entry_id);
    check_dangling(k);
    return 1;
}
