/* cells_read.c: reading the variables of a graph (clause 3.5): what was pushed in this frame, else
 * in one around it, else the graph's input, else its literal or default.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

/* What was pushed counts, also when it is null. */
static int or_else(struct plan_step *at, int pushed, int otherwise)
{
    return pushed < 0 ? otherwise : plan_reg_call2(at, "operonx.given", pushed, otherwise);
}

/* What the item of the scope's generator pushed to the variable. */
static int read_item(struct plan_step *at, struct ox_scope *from, struct ox_scope *s,
                     const char *var, int value)
{
    const struct ox_op *g = s->generator;

    for (unsigned i = g->outputs.n; i--;) {
        const struct ox_param *p = &g->outputs.at[i];

        if (p->ref && !strcmp(p->ref->var, var)) {
            int item = plan_reg_slot(at, operonx_scope_distance(from, s), 0);

            value = or_else(at, value, operonx_read_member(at, g, item, p->name));
        }
    }
    return value;
}

int operonx_cells_item(struct plan_step *at, struct ox_scope *s, const struct ox_cell *c)
{
    const struct ox_cell_slot *last = operonx_cells_slot(c, s);
    int value = last ? plan_reg_slot(at, 0, last->slot) : -1;

    return read_item(at, s, s, c->name, value);
}

static int read_written(struct plan_step *at, struct ox_scope *from, const struct ox_cell *c)
{
    int value = -1;

    for (struct ox_scope *s = from; s && !c->once; s = s->up) {
        const struct ox_cell_slot *last = operonx_cells_slot(c, s);

        if (last)
            value =
                or_else(at, value, plan_reg_slot(at, operonx_scope_distance(from, s), last->slot));
        if (s->generator)
            value = read_item(at, from, s, c->name, value);
    }
    if (c->once) {
        unsigned up = operonx_scope_distance(from, c->writer->scope);
        int result = plan_reg_slot(at, up, (unsigned)c->writer->slot);

        value = operonx_read_member(at, c->writer, result, c->writer_var);
    }
    return value;
}

const struct node *operonx_cells_own(const struct ox_graph *g, const char *var)
{
    const struct ox_param *in = operonx_param(&g->self->inputs, var);
    const struct ox_param *out = operonx_param(&g->self->outputs, var);

    if (in && (in->literal || in->fallback))
        return in->literal ? in->literal : in->fallback;
    return out ? out->fallback : NULL;
}

int operonx_cells_read(struct plan_step *at, struct ox_scope *s, const struct ox_op *reader,
                       const char *var)
{
    struct ox_graph *g = s->graph;
    const struct ox_cell *c = operonx_cells_get(g, var);
    const struct node *own = g->loops ? NULL : operonx_cells_own(g, var);
    int value = c && !(c->once && c->writer == reader) ? read_written(at, s, c) : -1;
    int given = own ? operonx_read_const(at, own) : -1;

    if (operonx_param(&g->self->inputs, var) || g->loops) {
        int input = plan_reg_slot(at, operonx_scope_distance(s, g->scope), 0);
        int member = plan_reg_get(at, input, var, strlen(var));

        given = given < 0 ? member : plan_reg_call2(at, "base.default", member, given);
    }
    return given < 0 ? value : or_else(at, value, given);
}
