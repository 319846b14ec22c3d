/* check_edges.c: the edges that leave one step must say which of them is taken. */
#include "dialects/scenario/check.h"

#include <stdlib.h>
#include <string.h>

#include "dialects/shared/meet.h"

static const char *label_text(const struct edge *e)
{
    return e->kind == EDGE_NORMAL ? "next" : e->label;
}

/* By label, those with conditions first, then by priority and place. */
static int compare_edges(const void *a, const void *b)
{
    const struct edge *x = *(const struct edge *const *)a, *y = *(const struct edge *const *)b;
    int order = strcmp(label_text(x), label_text(y));

    if (!order)
        order = !x->condition - !y->condition;
    if (!order && x->condition)
        order = (x->priority < y->priority) - (x->priority > y->priority);
    return order ? order : (x > y) - (x < y);
}

/* E070 and E071 in the edges of one label. */
static void check_group(struct check *k, const struct step *s, const struct edge *const *edges,
                        unsigned n)
{
    unsigned plain = 0;

    for (unsigned i = 0; i < n; i++) {
        const struct edge *e = edges[i];
        int again = i && e->condition && e->priority == edges[i - 1]->priority;

        if (again && (i < 2 || edges[i - 2]->priority != e->priority))
            check_doubt(k, e->node, "E070",
                        "step '%s' has two '%s' edges with conditions of the same priority %lld",
                        s->id, label_text(e), e->priority);
        plain += !e->condition;
        if (!e->condition && plain == 2 && (e->kind != EDGE_NORMAL || edges[0]->condition))
            check_doubt(k, e->node, "E071",
                        "step '%s' has more than one '%s' edge without a condition", s->id,
                        label_text(e));
    }
}

static void check_groups(struct check *k, const struct step *s)
{
    const struct edge **edges =
        diag_must_have(arena_alloc(k->u->arena, (s->n_out + 1) * sizeof *edges));

    memcpy(edges, s->out, s->n_out * sizeof *edges);
    qsort(edges, s->n_out, sizeof *edges, compare_edges);
    for (unsigned i = 0, end; i < s->n_out; i = end) {
        end = i + 1;
        while (end < s->n_out && !strcmp(label_text(edges[i]), label_text(edges[end])))
            end++;
        if (end > i + 1)
            check_group(k, s, edges + i, end - i);
    }
}

/* ---- what the type of the step allows ------------------------------------------------------ */

static void check_conditional(struct check *k, const struct step *s)
{
    for (unsigned i = 0; i < s->n_out; i++) {
        const struct edge *e = s->out[i];
        const char *why = NULL;

        if (e->kind != EDGE_LABEL || (strcmp(e->label, "true") && strcmp(e->label, "false")))
            why = "its label must be 'true' or 'false'";
        else if (e->condition)
            why = "it must have no condition, the step has one";
        else if (e->has_priority)
            why = "it must have no priority";
        if (why)
            check_doubt(k, e->node, "E072", "the edge of Conditional '%s' to '%s': %s", s->id,
                        e->to_id, why);
    }
}

static int is_route(const struct step *s, const char *label)
{
    if (!strcmp(label, "default"))
        return 1;
    for (unsigned i = 0; i < s->n_cases; i++)
        if (s->cases[i].route && !strcmp(s->cases[i].route, label))
            return 1;
    return 0;
}

const char *check_useless_edge(const struct step *s, const struct edge *e)
{
    int routes = s->type == STEP_SWITCH && s->is_routing;

    if (s->type == STEP_FINISH || s->type == STEP_ERROR)
        return "the workflow ends there";
    if (e->kind == EDGE_ERROR && s->type != STEP_AGENT && s->type != STEP_SPLIT
        && s->type != STEP_WHILE && s->type != STEP_EMBED && s->type != STEP_WAIT
        && s->type != STEP_AI_AGENT)
        return "this step does not fail";
    if (e->kind == EDGE_LABEL && s->type != STEP_AI_AGENT && (!routes || !is_route(s, e->label)))
        return routes ? "no case has this route" : "the step chooses no branch";
    return routes && e->kind == EDGE_NORMAL ? "every route has a label" : NULL;
}

static void check_useless(struct check *k, const struct step *s)
{
    for (unsigned i = 0; i < s->n_out; i++) {
        const char *why = s->type == STEP_CONDITIONAL ? NULL : check_useless_edge(s, s->out[i]);

        if (why)
            diag_warning(k->u->diags, s->out[i]->node, "W201",
                         "the edge from '%s' to '%s' is never taken: %s", s->id, s->out[i]->to_id,
                         why);
    }
}

static int compare_targets(const void *a, const void *b)
{
    const struct edge *x = *(const struct edge *const *)a, *y = *(const struct edge *const *)b;

    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

/* W040: the step goes on to the same place whether it fails or not. */
static void check_doubled(struct check *k, const struct step *s)
{
    const struct edge **edges =
        diag_must_have(arena_alloc(k->u->arena, (s->n_out + 1) * sizeof *edges));

    memcpy(edges, s->out, s->n_out * sizeof *edges);
    qsort(edges, s->n_out, sizeof *edges, compare_targets);
    for (unsigned i = 1; i < s->n_out; i++)
        if (edges[i]->to && edges[i - 1]->to == edges[i]->to && edges[i]->kind == EDGE_ERROR
            && edges[i - 1]->kind == EDGE_NORMAL)
            diag_warning(k->u->diags, edges[i]->node, "W040",
                         "step '%s' goes to '%s' both when it succeeds and when it fails", s->id,
                         edges[i]->to_id);
}

/* ---- branches that run side by side --------------------------------------------------------- */

/* E073: branches that all run must meet again, or there would be several results. */
static void check_fanout(struct check *k, struct meet *m, const struct step *s)
{
    unsigned *starts = diag_must_have(arena_alloc(k->u->arena, (s->n_out + 1) * sizeof *starts));
    unsigned n = 0;

    if (step_is_branching(s) || s->type == STEP_FINISH || s->type == STEP_ERROR)
        return;
    for (unsigned i = 0; i < s->n_out; i++) {
        const struct edge *e = s->out[i];

        if (e->kind == EDGE_NORMAL && e->condition)
            return;
        if (e->kind == EDGE_NORMAL && e->to && (!n || starts[n - 1] != e->to->number))
            starts[n++] = e->to->number;
    }
    if (n > 1 && meet_find(m, starts, n) == MEET_NOWHERE)
        check_doubt(k, s->node, "E073", "the branches behind step '%s' never meet again", s->id);
}

void check_edges(struct check *k)
{
    struct meet *m = meet_new(k->u->arena, &k->flow, k->order, k->g->n_steps);

    for (unsigned i = 0; i < k->g->n_steps; i++) {
        const struct step *s = k->g->steps[i];

        if (s->type == STEP_CONDITIONAL)
            check_conditional(k, s);
        check_groups(k, s);
        check_useless(k, s);
        check_doubled(k, s);
        if (k->is_ordered)
            check_fanout(k, m, s);
    }
}
