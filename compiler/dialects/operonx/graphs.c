/* graphs.c: what only graphs have: ops and a loop (clauses 2.2 and 7). Links are read by the check,
 * when every op is known.
 */
#include <stdlib.h>
#include <string.h>

#include "dialects/operonx/operonx.h"

enum { DEFAULT_TURNS = 1000 };

static void parse_ops(struct unit *u, struct ox_graph *g)
{
    g->ops_node = operonx_field_kind(u, g->node, "ops", NODE_OBJECT);
    if (!g->ops_node || !g->ops_node->n) {
        diag_error(u->diags, g->ops_node ? g->ops_node : g->node, "O006",
                   "a graph needs at least one op");
        return;
    }
    g->ops = operonx_alloc(u, g->ops_node->n, sizeof *g->ops);
    node_each(n, g->ops_node)
    {
        g->ops[g->n_ops++] = operonx_parse_op(u, n, g);
    }
}

/* ---- what ops push ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Notes the variables that ops push, to be looked up by name. */
static void list_pushes(struct unit *u, struct ox_graph *g)
{
    unsigned n = 0;

    for (unsigned i = 0; i < g->n_ops; i++)
        n += g->ops[i] ? g->ops[i]->outputs.n : 0;
    g->pushes = operonx_alloc(u, n, sizeof *g->pushes);
    for (unsigned i = 0; i < g->n_ops; i++)
        for (unsigned j = 0; g->ops[i] && j < g->ops[i]->outputs.n; j++)
            if (g->ops[i]->outputs.at[j].ref)
                g->pushes[g->n_pushes++] = g->ops[i]->outputs.at[j].ref->var;
    qsort(g->pushes, g->n_pushes, sizeof *g->pushes, by_text);
}

int operonx_graph_pushes(const struct ox_graph *g, const char *var)
{
    return g->n_pushes && bsearch(&var, g->pushes, g->n_pushes, sizeof *g->pushes, by_text) != NULL;
}

static void parse_loop(struct unit *u, struct ox_graph *g)
{
    static const char *const fields[] = { "until", "max_iterations", NULL };
    const struct node *loop = operonx_field_kind(u, g->node, "loop_config", NODE_OBJECT);
    const struct node *max = operonx_field_kind(u, loop, "max_iterations", NODE_INT);
    const struct node *until = operonx_field_kind(u, loop, "until", NODE_STRING);

    if (!loop)
        return;
    operonx_fields_known(u, loop, fields, NULL);
    g->loops = 1;
    g->max_turns = max ? max->u.i : DEFAULT_TURNS;
    if (max && (max->u.i < 1 || max->u.i > 0x7fffffff))
        diag_error(u->diags, max, "O005", "'max_iterations' must be from 1 to 2147483647");
    if (until)
        g->until = operonx_parse_until(u, g, until);
}

void operonx_parse_graph(struct unit *u, struct ox_op *self)
{
    struct ox_graph *g = operonx_alloc(u, 1, sizeof *g);
    const struct node *width = operonx_field_kind(u, self->node, "max_stream_concurrent", NODE_INT);

    self->body = g;
    g->self = self;
    g->node = self->node;
    if (width && width->u.i < 1)
        diag_error(u->diags, width, "O005", "'max_stream_concurrent' must be at least 1");
    if (self->graph && node_get(self->node, "schema_version"))
        diag_error_key(u->diags, node_get(self->node, "schema_version"), "O004",
                       "only the root graph has a 'schema_version'");
    parse_ops(u, g);
    list_pushes(u, g);
    parse_loop(u, g);
}

struct ox_op *operonx_graph_op(const struct ox_graph *g, const char *name)
{
    const struct node *n = node_get(g->ops_node, name);

    return n ? g->ops[n->index] : NULL;
}
