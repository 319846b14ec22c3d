/* types.c: the types of variables and of what refs bring. A variable of an operation is what that
 * declares, one of a graph what its ops push; neither depends on what the op itself reads, so the
 * search ends.
 */
#include "dialects/operonx/types.h"

#include <stdlib.h>
#include <string.h>

/* ---- variables of ops ---- */

static const struct type *code_var(struct ox_typing *t, const struct ox_op *o, const char *var)
{
    const kiln_op *op = operonx_operation(t->unit, o);

    for (unsigned i = 0; op && i < op->n_outputs; i++)
        if (!strcmp(op->outputs[i].name, var))
            return type_of_name(&t->maker, op->outputs[i].type);
    return &type_any;
}

static int by_name(const void *a, const void *b)
{
    const struct type_field *x = a, *y = b;

    return strcmp(x->name, y->name);
}

const struct type_field *operonx_pushed_field(const struct type *pushed, const char *var)
{
    const struct type_field key = { .name = var };

    return bsearch(&key, pushed->fields, pushed->n_fields, sizeof key, by_name);
}

/* One that nobody pushes is not made, which is said elsewhere. */
static const struct type *pushed(struct ox_typing *t, struct ox_graph *g, const char *var)
{
    const struct type_field *f = operonx_pushed_field(operonx_type_pushed(t, g), var);

    return f ? f->type : &type_any;
}

static const struct type *op_var(struct ox_typing *t, const struct ox_op *o, const char *var)
{
    if (!strcmp(var, "error"))
        return &type_any;
    if (o->kind == OX_GRAPH) /* what is an input as well may be what was given */
        return operonx_param(&o->inputs, var) ? &type_any : pushed(t, o->body, var);
    if (o->kind == OX_CODE)
        return code_var(t, o, var);
    return operonx_param(&o->outputs, var) ? &type_any : &type_string;
}

/* ---- variables of graphs ---- */

/* A push of a type to the variable `var`; `fields` has room for all. */
static void add_push(struct type_maker *m, struct map *names, struct type_field *fields,
                     const char *var, const struct type *type)
{
    struct type_field *f = map_get(names, var, strlen(var));

    if (f) {
        f->type = type_join(m, f->type, type);
        return;
    }
    f = &fields[names->n];
    *f = (struct type_field){ var, strlen(var), type };
    if (map_put(names, var, f->n, f) < 0)
        diag_must_have(NULL);
}

const struct type *operonx_type_pushed(struct ox_typing *t, struct ox_graph *g)
{
    struct type_field *fields;
    struct map names = { 0 };

    if (g->pushed)
        return g->pushed;
    fields = operonx_alloc(t->unit, g->n_pushes, sizeof *fields);
    for (unsigned i = 0; i < g->n_ops; i++)
        for (unsigned j = 0; j < g->ops[i]->outputs.n; j++) {
            const struct ox_param *p = &g->ops[i]->outputs.at[j];

            if (p->ref)
                add_push(&t->maker, &names, fields, p->ref->var,
                         type_or_null(&t->maker, op_var(t, g->ops[i], p->name)));
        }
    qsort(fields, names.n, sizeof *fields, by_name);
    g->pushed = type_of_object(&t->maker, fields, (unsigned)names.n);
    map_fini(&names);
    return g->pushed;
}

static const struct type *find_given(struct ox_typing *t, const struct ox_op *o,
                                     const struct ox_param *p)
{
    const struct type *type = &type_null;

    if (p->scratch)
        return &type_any;
    if (p->ref)
        type = operonx_type_ref(t, o, p->ref);
    if (p->literal)
        type = type_join(&t->maker, type, type_of_literal(&t->maker, p->literal));
    if (p->fallback)
        type = type_join(&t->maker, type, type_of_literal(&t->maker, p->fallback));
    return type;
}

/* What the graph around gives an input of a graph; kept, since graphs may be deep in each other. */
static const struct type *given(struct ox_typing *t, const struct ox_op *self,
                                const struct ox_param *in)
{
    struct ox_param *p = &self->inputs.at[in - self->inputs.at];
    int tells = t->tells;

    if (!p->type) {
        t->tells = 0;
        p->type = find_given(t, self, p);
        t->tells = tells;
    }
    return p->type;
}

const struct type *operonx_type_own(struct ox_typing *t, struct ox_graph *g, const char *var)
{
    const struct ox_param *in = operonx_param(&g->self->inputs, var);

    if (!in)
        return pushed(t, g, var);
    if (!g->self->graph)
        return &type_any;
    if (!operonx_graph_pushes(g, var))
        return given(t, g->self, in);
    return type_join(&t->maker, given(t, g->self, in), pushed(t, g, var));
}

/* ---- refs ---- */

static const struct type *call(struct ox_typing *t, const struct ox_op *reader,
                               const struct ox_ref *r, const struct ox_transform *x,
                               const struct type *a, const struct type *b)
{
    enum ox_fate fate;
    const struct type *type;

    if (!x->kind->function)
        return &type_any;
    type = operonx_type_call(t, x->kind->function, a, b, &fate);
    if (fate != OX_OPEN && t->tells)
        operonx_complain_transform(t, reader, r, x, fate, a, b);
    return type;
}

/* Null passes through every transform of an input (clause 3.4). */
static const struct type *transform(struct ox_typing *t, const struct ox_op *reader,
                                    const struct ox_ref *r, const struct ox_transform *x,
                                    const struct type *type)
{
    const struct type *arg = NULL;

    if (x->arg.ref)
        arg = operonx_type_ref(t, reader, x->arg.ref);
    else if (x->kind->shape != OX_UNARY && x->kind->shape != OX_UNSUPPORTED)
        arg = type_of_literal(&t->maker, x->arg.literal);
    switch (x->kind->shape) {
    case OX_UNARY:
    case OX_BINARY:
        type = call(t, reader, r, x, type, arg);
        break;
    case OX_REVERSED:
        type = call(t, reader, r, x, arg, type);
        break;
    case OX_UNSUPPORTED:
        return &type_any;
    default:
        type = type_join(&t->maker, type, arg);
    }
    return type_or_null(&t->maker, type);
}

const struct type *operonx_type_ref(struct ox_typing *t, const struct ox_op *reader,
                                    const struct ox_ref *r)
{
    const struct type *type =
        r->from ? op_var(t, r->from, r->var) : operonx_type_own(t, reader->graph, r->var);

    if (r->policy == OX_COLLECT || (r->link && r->link->policy == OX_COLLECT))
        type = type_of_array(&t->maker, type);
    type = type_or_null(&t->maker, type);
    for (unsigned i = 0; i < r->n_transforms; i++)
        type = transform(t, reader, r, &r->transforms[i], type);
    return type;
}
