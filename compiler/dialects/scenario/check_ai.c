/* check_ai.c: an AiAgent and the steps around it (scenario 1.7.14).
 *
 * The label of an edge says what stands at its end: `memory`, a set of tools (`mcp.NAME`), or a
 * tool of that name.
 */
#include "dialects/scenario/check.h"

#include <stdlib.h>
#include <string.h>

static int is_memory(const struct edge *e)
{
    return !strcmp(e->label, "memory");
}

static int is_toolset(const struct edge *e)
{
    return !strncmp(e->label, "mcp.", 4);
}

/* ---- one edge -------------------------------------------------------------------------------- */

/* E111, W072 */
static void check_tool(struct check *k, const struct step *s, const struct edge *e)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

    if (e->label[strspn(e->label, letters)])
        diag_hint(k->u->diags,
                  check_doubt(k, node_get(e->node, "label"), "E111",
                              "AiAgent '%s': a tool cannot be called '%s'", s->id, e->label),
                  "letters, digits and _ only");
    if (e->to && e->to->type == STEP_WAIT && e->to->body)
        diag_warning(k->u->diags, node_get(e->to->node, "onWait"), "W072",
                     "'onWait' of '%s' never runs when AiAgent '%s' calls it as the tool '%s'",
                     e->to->id, s->id, e->label);
}

/* E120 to E122 */
static void check_toolset(struct check *k, const struct step *s, const struct edge *e)
{
    if (!e->label[4])
        check_doubt(k, node_get(e->node, "label"), "E122",
                    "AiAgent '%s': the set of tools has no name behind 'mcp.'", s->id);
    if (e->to && e->to->type != STEP_AGENT)
        check_doubt(k, node_get(e->node, "toStep"), "E120",
                    "AiAgent '%s': the set of tools '%s' is %s '%s' and no Agent", s->id, e->label,
                    step_type_name(e->to->type), e->to->id);
    else if (e->to && e->to->agent && strcmp(check_agent_name(k->u, e->to), "mcp"))
        check_doubt(k, node_get(e->node, "toStep"), "E121",
                    "AiAgent '%s': the set of tools '%s' is an Agent of '%s' and not of 'mcp'",
                    s->id, e->label, e->to->agent);
}

/* ---- all of them ----------------------------------------------------------------------------- */

/* E113 to E116 */
static void check_memory(struct check *k, const struct step *s, const struct edge *const *edges,
                         unsigned n)
{
    const struct node *memory = node_get(node_get(s->node, "config"), "memory");
    const struct edge *found = NULL;

    for (unsigned i = 0; i < n; i++) {
        if (!is_memory(edges[i]))
            continue;
        if (found)
            check_doubt(k, edges[i]->node, "E113", "AiAgent '%s' has a second memory edge", s->id);
        else if (edges[i]->to && edges[i]->to->type != STEP_AGENT)
            check_doubt(k, node_get(edges[i]->node, "toStep"), "E114",
                        "AiAgent '%s': its memory is %s '%s' and no Agent", s->id,
                        step_type_name(edges[i]->to->type), edges[i]->to->id);
        found = edges[i];
    }
    if (memory && memory->kind != NODE_NULL && !found)
        diag_hint(
            k->u->diags,
            check_doubt(k, memory, "E115", "AiAgent '%s' has a memory but no edge to it", s->id),
            "an edge with the label 'memory' leads to the Agent that keeps it");
    if (found && (!memory || memory->kind == NODE_NULL))
        check_doubt(k, found->node, "E116",
                    "AiAgent '%s' has a memory edge but no 'memory' in its config", s->id);
}

static int compare_labels(const void *a, const void *b)
{
    const struct edge *x = *(const struct edge *const *)a, *y = *(const struct edge *const *)b;
    int order = strcmp(x->label, y->label);

    return order ? order : (x > y) - (x < y);
}

/* E110, E123: a label calls one tool. */
static void check_labels(struct check *k, const struct step *s, const struct edge *const *edges,
                         unsigned n)
{
    for (unsigned i = 1; i < n; i++) {
        const struct edge *e = edges[i];

        if (is_memory(e) || strcmp(edges[i - 1]->label, e->label)
            || (i > 1 && !strcmp(edges[i - 2]->label, e->label)))
            continue;
        check_doubt(k, e->node, "E110", "AiAgent '%s' has two tools '%s'", s->id, e->label);
        if (is_toolset(e))
            check_doubt(k, e->node, "E123", "AiAgent '%s' has two sets of tools '%s'", s->id,
                        e->label + 4);
    }
}

void check_ai(struct check *k, const struct step *s)
{
    const struct edge **edges =
        diag_must_have(arena_alloc(k->u->arena, (s->n_out + 1) * sizeof *edges));
    unsigned n = 0;

    if (!check_has_connection(s))
        diag_hint(
            k->u->diags,
            check_doubt(k, s->node, "E112", "AiAgent '%s' has no connection to a model", s->id),
            "name one in 'connectionId'");
    for (unsigned i = 0; i < s->n_out; i++)
        if (s->out[i]->kind == EDGE_LABEL)
            edges[n++] = s->out[i];
    for (unsigned i = 0; i < n; i++) {
        if (is_toolset(edges[i]))
            check_toolset(k, s, edges[i]);
        else if (!is_memory(edges[i]))
            check_tool(k, s, edges[i]);
    }
    check_memory(k, s, edges, n);
    qsort(edges, n, sizeof *edges, compare_labels);
    check_labels(k, s, edges, n);
}
