/* model.c: small questions about the model. */
#include "dialects/scenario/model.h"

#include <string.h>

const char *step_type_name(enum step_type type)
{
    static const char *const names[] = { "Finish",        "Agent",      "Conditional",   "Switch",
                                         "Log",           "Error",      "While",         "Split",
                                         "Filter",        "GroupBy",    "EmbedWorkflow", "Delay",
                                         "WaitForSignal", "Connection", "AiAgent" };

    return names[type];
}

struct step *subgraph_step(const struct subgraph *g, const char *id, size_t n)
{
    const struct node *member = node_get_n(g->steps_node, id, n);

    return member ? g->by_index[member->index] : NULL;
}

const char *step_title(const struct step *s)
{
    if (s->name)
        return s->name;
    return s->type == STEP_FINISH ? "Finish" : "Unnamed";
}

int step_is_branching(const struct step *s)
{
    return s->type == STEP_CONDITIONAL || (s->type == STEP_SWITCH && s->is_routing);
}

const char *operator_name(enum operator op)
{
    static const char *const names[] = {
#define OPERATOR(name, arity, function) #name,
#include "dialects/scenario/operators.def"
#undef OPERATOR
    };

    return names[op];
}

void subgraph_arrows(const struct subgraph *g, struct arena *a, int with_errors, struct graph *ret)
{
    struct graph_arrow *arrows = diag_must_have(arena_alloc(a, (g->n_edges + 1) * sizeof *arrows));
    size_t n = 0;

    for (unsigned i = 0; i < g->n_edges; i++) {
        const struct edge *e = &g->edges[i];

        if (e->from && e->to && (with_errors || e->kind != EDGE_ERROR))
            arrows[n++] = (struct graph_arrow){ e->from->number, e->to->number };
    }
    graph_make(ret, a, g->n_steps, arrows, n);
}
