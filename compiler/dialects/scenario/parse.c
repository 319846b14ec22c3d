/* parse.c: a scenario document to its model (scenario 1.1, 1.2): the graph, its steps, its edges,
 * its variables. */
#include "dialects/scenario/parse.h"

#include <string.h>

#include "dialects/scenario/scenario.h"

/* ---- edges --------------------------------------------------------------------------------- */

static void set_kind(struct edge *e, const char *label)
{
    if (!label || !*label || !strcmp(label, "next"))
        return;
    e->kind = strcmp(label, "onError") ? EDGE_LABEL : EDGE_ERROR;
    e->label = label;
}

static void parse_edge(struct unit *u, struct subgraph *g, const struct node *n)
{
    struct edge *e = &g->edges[g->n_edges];
    const struct node *condition = node_get(n, "condition");

    if (n->kind != NODE_OBJECT) {
        field_bad_type(u, n, "an edge", "an object");
        return;
    }
    field_known_loosely(u, n, "an edge", grammar_edge);
    e->node = n;
    e->from_id = field_text(u, n, "an edge", "fromStep", 1);
    e->to_id = field_text(u, n, "an edge", "toStep", 1);
    set_kind(e, field_text(u, n, "an edge", "label", 0));
    if (condition && condition->kind != NODE_NULL)
        e->condition = parse_condition(u, condition);
    e->has_priority = node_get(n, "priority") && node_get(n, "priority")->kind != NODE_NULL;
    e->priority = field_integer(u, n, "an edge", "priority", -2147483648LL, 0);
    if (e->from_id && e->to_id)
        g->n_edges++;
}

/* Ties the edges to their steps. */
static void tie_edges(struct unit *u, struct subgraph *g)
{
    for (unsigned i = 0; i < g->n_edges; i++) {
        struct edge *e = &g->edges[i];

        e->from = subgraph_step(g, e->from_id, strlen(e->from_id));
        e->to = subgraph_step(g, e->to_id, strlen(e->to_id));
        if (e->from)
            e->from->n_out++;
        if (e->to) {
            e->to->n_in++;
            e->to->in = e;
        }
    }
    for (unsigned i = 0; i < g->n_steps; i++) {
        struct step *s = g->steps[i];

        s->out = diag_must_have(arena_alloc(u->arena, (s->n_out + 1) * sizeof(struct edge *)));
        s->n_out = 0;
    }
    for (unsigned i = 0; i < g->n_edges; i++)
        if (g->edges[i].from)
            g->edges[i].from->out[g->edges[i].from->n_out++] = &g->edges[i];
}

static void parse_edges(struct unit *u, struct subgraph *g)
{
    const struct node *plan = field_array(u, g->node, "a workflow", "executionPlan");

    g->edges =
        diag_must_have(arena_zalloc(u->arena, ((plan ? plan->n : 0) + 1) * sizeof *g->edges));
    node_each(e, plan) parse_edge(u, g, e);
    tie_edges(u, g);
}

/* ---- steps and variables ------------------------------------------------------------------- */

static void parse_steps(struct unit *u, struct subgraph *g)
{
    const struct node *steps = field_object(u, g->node, "a workflow", "steps", 1);
    size_t room = ((steps ? steps->n : 0) + 1) * sizeof(struct step *);

    g->steps_node = steps;
    g->steps = diag_must_have(arena_alloc(u->arena, room));
    g->by_index = diag_must_have(arena_zalloc(u->arena, room));
    node_each(n, steps)
    {
        struct step *s = parse_step(u, g, n);

        if (!s)
            continue;
        s->number = g->n_steps;
        g->steps[g->n_steps++] = s;
        g->by_index[n->index] = s;
    }
}

static void parse_variables(struct unit *u, struct subgraph *g)
{
    const struct node *n = field_object(u, g->node, "a workflow", "variables", 0);

    g->variables =
        diag_must_have(arena_alloc(u->arena, ((n ? n->n : 0) + 1) * sizeof *g->variables));
    node_each(v, n)
    {
        if (v->kind != NODE_OBJECT) {
            field_bad_type(u, v, "a variable", "an object with 'type' and 'value'");
            continue;
        }
        field_known_loosely(u, v, "a variable", grammar_variable);
        g->variables[g->n_variables++] = (struct variable){ v->key, node_get(v, "value") };
    }
}

/* ---- graphs -------------------------------------------------------------------------------- */

static const struct node *schema(struct unit *u, const struct subgraph *g, const char *key)
{
    const struct node *n = field_object(u, g->node, "a workflow", key, 0);

    return n && n->n ? n : NULL;
}

struct subgraph *parse_subgraph(struct unit *u, const struct node *n, struct subgraph *up,
                                struct step *owner)
{
    struct subgraph *g = diag_must_have(arena_zalloc(u->arena, sizeof *g));

    g->node = n;
    g->up = up;
    g->owner = owner;
    g->entry_node = node_get(n, "entryPoint");
    if (g->entry_node && g->entry_node->kind == NODE_NULL)
        g->entry_id = "";
    else
        g->entry_id = field_text(u, n, "a workflow", "entryPoint", 1);
    parse_steps(u, g);
    parse_edges(u, g);
    parse_variables(u, g);
    g->input_schema = schema(u, g, "inputSchema");
    g->output_schema = schema(u, g, "outputSchema");
    if (g->entry_id)
        g->entry = subgraph_step(g, g->entry_id, strlen(g->entry_id));
    return g;
}

/* The file's name without folder and ending, for a workflow that has no name. */
static const char *file_name(struct unit *u)
{
    const char *slash = strrchr(u->source->path, '/');
    const char *name = slash ? slash + 1 : u->source->path;
    size_t n = strcspn(name, ".");

    return n ? diag_must_have(arena_dup(u->arena, name, n)) : "workflow";
}

/* 1: `durable` is there and true; 0: it is there and false; -1: it is not there. */
static int durable(struct unit *u, const struct node *object)
{
    int truth = field_flag(u, object, "a workflow", "durable");

    return node_get(object, "durable") ? truth : -1;
}

void scenario_parse(struct unit *u)
{
    const struct node *root = u->source->root, *graph = node_get(root, "executionGraph");
    struct model *m = diag_must_have(arena_zalloc(u->arena, sizeof *m));
    int own;

    if (graph && graph->kind != NODE_OBJECT) {
        field_bad_type(u, graph, "'executionGraph'", "an object");
        return;
    }
    if (!graph)
        graph = root;
    m->name = field_text(u, graph, "a workflow", "name", 0);
    if (!m->name)
        m->name = file_name(u);
    m->budget = field_integer(u, graph, "a workflow", "rateLimitBudgetMs", 0, 60000);
    m->seconds = field_integer(u, graph, "a workflow", "executionTimeoutSeconds", 0, 0);
    own = durable(u, graph);
    m->fleeting = own < 0 && graph != root ? !durable(u, root) : !own;
    u->track |= field_flag(u, root, "a workflow", "trackEvents")
                | field_flag(u, root, "a workflow", "debugMode");
    m->root = parse_subgraph(u, graph, NULL, NULL);
    u->input_schema = m->root->input_schema;
    u->model = m;
    if (u->diags->errors)
        field_refuse_unknown(u);
}
