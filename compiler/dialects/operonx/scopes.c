/* scopes.c: a flow for the graph's own frame, and one for the items of each generator.
 */
#include "dialects/operonx/operonx.h"

struct ox_scope *operonx_scope_new(struct unit *u, struct ox_graph *g, struct ox_op *generator,
                                   struct plan_flow *flow)
{
    struct ox_scope *s = operonx_alloc(u, 1, sizeof *s);
    struct ox_scope **at = &g->scope;

    *s = (struct ox_scope){ .unit = u, .graph = g, .generator = generator, .flow = flow };
    if (generator) {
        s->up = generator->scope;
        s->next = g->scope->next;
        at = &g->scope->next;
    }
    *at = s;
    return s;
}

unsigned operonx_scope_distance(const struct ox_scope *from, const struct ox_scope *to)
{
    unsigned n = 0;

    for (; from != to; from = from->up)
        n++;
    return n;
}

struct plan_step *operonx_step_add(struct ox_scope *s, const struct ox_op *o, const char *part,
                                   enum kiln_wake wake)
{
    struct unit *u = s->unit;
    const char *id = *part ? operonx_printf(u, "%s.%s", o->name, part) : o->name;
    struct plan_step *step = plan_step_add(s->flow, id, wake);

    step->pointer = node_pointer(u->arena, o->node);
    source_position(u->source, o->node->at, &step->line, &step->column);
    return step;
}
