/* read.c: refs and params as registers (clauses 3.1 to 3.4).
 *
 * Null means "nothing": an input whose value is null is left out, and a transform is not applied
 * to it. A condition is different: there null is a value like any other, and what cannot be
 * evaluated is absent.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

int operonx_read_const(struct plan_step *at, const struct node *n)
{
    kiln_value v;

    if (node_value(&at->flow->plan->heap, &v, n) < 0)
        plan_memory_out();
    return plan_reg_const(at, &v);
}

int operonx_read_member(struct plan_step *at, const struct ox_op *o, int result, const char *var)
{
    const kiln_op *op = o->op;

    if (op && op->flags & KILN_OP_BARE && op->n_outputs && !strcmp(op->outputs[0].name, var))
        return result;
    if (o->kind == OX_CODE && !strcmp(var, "result") && (!op || !op->n_outputs))
        return plan_reg_call1(at, "operonx.result", result);
    return plan_reg_get(at, result, var, strlen(var));
}

/* ---- sources ---- */

/* The list of a variable over all that was collected (clause 6.4). */
static int read_collected(struct plan_step *at, struct ox_op *o, const struct ox_ref *r)
{
    struct ox_op *from = r->from, *stream = from->generator ? from : from->stream;
    int list;

    if (!stream)
        return plan_reg_call1(
            at, "operonx.once",
            operonx_read_member(at, from,
                                plan_reg_slot(at, operonx_scope_distance(o->scope, from->scope),
                                              (unsigned)from->slot),
                                r->var));
    list = plan_reg_slot(at, operonx_scope_distance(o->scope, stream->scope),
                         (unsigned)(from->generator ? from->slot : stream->items_slot));
    if (!from->generator)
        list = plan_reg_call2(at, "operonx.column", list, plan_reg_text(at, from->name));
    return plan_reg_call2(at, "operonx.column", list, plan_reg_text(at, r->var));
}

/* The variable a ref names, or -1 when there is nothing it could be. */
static int read_source(struct plan_step *at, struct ox_op *o, const struct ox_ref *r)
{
    struct ox_op *from = r->from;
    struct ox_scope *scope;
    unsigned slot;

    if (!from)
        return operonx_cells_read(at, o->scope, o, r->var);
    if (!from->runs)
        return -1;
    if (r->link && r->link->policy == OX_COLLECT)
        return read_collected(at, o, r);
    scope = from->generator ? from->items_scope : from->scope;
    slot = from->generator ? 0 : (unsigned)from->slot;
    return operonx_read_member(
        at, from, plan_reg_slot(at, operonx_scope_distance(o->scope, scope), slot), r->var);
}

int operonx_read_argument(struct plan_step *at, struct ox_op *o, const struct ox_ref *r, int quiet)
{
    int v = read_source(at, o, r);
    kiln_value null = value_null();

    v = v < 0 ? plan_reg_const(at, &null) : plan_reg_call1(at, "base.null", v);
    return operonx_transform_value(at, o, r, v, quiet);
}

int operonx_read_condition(struct plan_step *at, struct ox_op *o, const struct ox_ref *r)
{
    return operonx_read_argument(at, o, r, 1);
}

/* ---- params ---- */

static int read_ref(struct plan_step *at, struct ox_op *o, const struct ox_ref *r)
{
    int v = read_source(at, o, r);

    if (v < 0 || !r->n_transforms)
        return v;
    return operonx_transform_value(at, o, r, plan_reg_call1(at, "operonx.some", v), 0);
}

int operonx_read_param(struct plan_step *at, struct ox_op *o, const struct ox_param *p)
{
    const struct node *own = p->literal ? p->literal : p->fallback;
    int v = -1;

    if (p->ref)
        v = read_ref(at, o, p->ref);
    else if (p->scratch)
        v = plan_reg_call2(at, "operonx.scratch", plan_reg_text(at, p->scratch),
                           plan_reg_index(at, 0));
    if (v < 0)
        return own ? operonx_read_const(at, own) : -1;
    if (own)
        return plan_reg_call2(at, "base.default", v, operonx_read_const(at, own));
    return plan_reg_call1(at, "operonx.some", v);
}

int operonx_read_inputs(struct plan_step *at, struct ox_op *o)
{
    struct unit *u = o->scope->unit;
    unsigned *keys = operonx_alloc(u, o->inputs.n, sizeof *keys);
    int *values = operonx_alloc(u, o->inputs.n, sizeof *values);
    unsigned n = 0;

    for (unsigned i = 0; i < o->inputs.n; i++) {
        const char *name = o->inputs.at[i].name;
        int v = operonx_read_param(at, o, &o->inputs.at[i]);

        if (v < 0)
            continue;
        keys[n] = plan_const_text(at->flow->plan, name, strlen(name));
        values[n++] = v;
    }
    return plan_reg_object(at, keys, values, n);
}
