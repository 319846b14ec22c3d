/* check.c: every complaint about the meaning of a graph, then of the graphs inside it.
 */
#include "dialects/operonx/operonx.h"

static void list_names(struct unit *u, struct ox_graph *g)
{
    g->names = operonx_alloc(u, g->n_ops, sizeof *g->names);
    g->full_names = operonx_alloc(u, g->n_ops, sizeof *g->full_names);
    for (unsigned i = 0; i < g->n_ops; i++) {
        g->names[i] = g->ops[i]->name;
        g->full_names[i] = g->ops[i]->full_name;
    }
}

void operonx_check_graph(struct unit *u, struct ox_graph *g)
{
    unsigned errors = u->diags->errors;

    list_names(u, g);
    for (unsigned i = 0; i < g->n_ops; i++)
        operonx_check_operation(u, g->ops[i]);
    operonx_check_links(u, g);
    operonx_check_names(u, g);
    for (unsigned i = 0; i < g->n_ops; i++)
        if (g->ops[i]->body) {
            operonx_check_graph(u, g->ops[i]->body);
            g->ops[i]->generator = g->ops[i]->body->yields;
        }
    if (operonx_check_order(u, g) < 0)
        return;
    operonx_check_ready(u, g);
    operonx_check_merges(u, g);
    if (u->diags->errors > errors)
        return;
    operonx_check_streams(u, g);
    if (u->diags->errors == errors)
        operonx_check_reads(u, g);
}
