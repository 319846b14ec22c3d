/* operations.c: func_name, and what is wired against what the operation declares
 * (clauses 2.5, 2.6).
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

static void unknown_operation(struct unit *u, struct ox_op *o)
{
    const char **names = operonx_alloc(u, u->ops->n, sizeof *names);
    struct diag *d = diag_error(u->diags, node_get(o->node, "func_name"), "O040",
                                "no operation is named '%s'", o->func_name);

    for (size_t i = 0; i < u->ops->n; i++)
        names[i] = u->ops->at[i]->name;
    diag_suggest(u->diags, d, o->func_name, "operations", names, u->ops->n);
}

/* The whole name first, then what stands behind its last dot. */
static const kiln_op *find_operation(const struct unit *u, const char *name)
{
    const kiln_op *op = op_set_find(u->ops, name, strlen(name));
    const char *dot = strrchr(name, '.');

    return op || !dot ? op : op_set_find(u->ops, dot + 1, strlen(dot + 1));
}

const kiln_op *operonx_operation(const struct unit *u, const struct ox_op *o)
{
    return o->op || !o->func_name ? o->op : find_operation(u, o->func_name);
}

static int is_wired(const struct ox_param *p)
{
    return p && (p->ref || p->scratch || p->literal || p->fallback);
}

/* ---- inputs ---- */

static const kiln_field *field_of(const kiln_op *op, const char *name)
{
    for (unsigned i = 0; i < op->n_inputs; i++)
        if (!strcmp(op->inputs[i].name, name))
            return &op->inputs[i];
    return NULL;
}

static int fits(const struct node *n, const char *type)
{
    switch (n->kind) {
    case NODE_BOOL:
        return !strcmp(type, "boolean");
    case NODE_INT:
    case NODE_UINT:
        return !strcmp(type, "integer") || !strcmp(type, "number");
    case NODE_DOUBLE:
        return !strcmp(type, "number")
               || (!strcmp(type, "integer") && n->u.d == (double)(long long)n->u.d);
    case NODE_STRING:
        return !strcmp(type, "string");
    case NODE_ARRAY:
        return !strncmp(type, "array", 5);
    case NODE_OBJECT:
        return !strcmp(type, "object");
    default:
        return 1;
    }
}

static void check_literal(struct unit *u, const struct ox_param *p, const kiln_field *f)
{
    const struct node *n = p->ref || p->scratch ? NULL : p->literal ? p->literal : p->fallback;

    if (n && strcmp(f->type, "any") && !fits(n, f->type))
        diag_error(u->diags, n, "O045", "'%s' must be of type %s, not %s", p->name, f->type,
                   node_kind_name(n->kind));
}

static void unknown_input(struct unit *u, const struct ox_op *o, const struct ox_param *p)
{
    const char **names = operonx_alloc(u, o->op->n_inputs, sizeof *names);
    struct diag *d = diag_error_key(u->diags, p->node, "O044", "operation '%s' has no input '%s'",
                                    o->op->name, p->name);

    for (unsigned i = 0; i < o->op->n_inputs; i++)
        names[i] = o->op->inputs[i].name;
    diag_suggest(u->diags, d, p->name, "inputs", names, o->op->n_inputs);
}

static void check_inputs(struct unit *u, struct ox_op *o)
{
    for (unsigned i = 0; i < o->inputs.n; i++) {
        const struct ox_param *p = &o->inputs.at[i];
        const kiln_field *f = field_of(o->op, p->name);

        if (f)
            check_literal(u, p, f);
        else if (is_wired(p))
            unknown_input(u, o, p);
    }
    for (unsigned i = 0; i < o->op->n_inputs; i++) {
        const kiln_field *f = &o->op->inputs[i];
        const struct ox_param *p = operonx_param(&o->inputs, f->name);

        if (f->flags & KILN_REQUIRED && !is_wired(p))
            diag_error(u->diags, p ? p->node : o->node, "O043",
                       "operation '%s' needs the input '%s'", o->op->name, f->name);
    }
}

/* ---- outputs ---- */

static int has_output(const kiln_op *op, const char *name)
{
    for (unsigned i = 0; i < op->n_outputs; i++)
        if (!strcmp(op->outputs[i].name, name))
            return 1;
    return !op->n_outputs || !strcmp(name, "error");
}

static void check_outputs(struct unit *u, struct ox_op *o)
{
    for (unsigned i = 0; i < o->outputs.n; i++) {
        const struct ox_param *p = &o->outputs.at[i];
        const char **names;
        struct diag *d;

        if (!p->ref || has_output(o->op, p->name))
            continue;
        names = operonx_alloc(u, o->op->n_outputs, sizeof *names);
        for (unsigned j = 0; j < o->op->n_outputs; j++)
            names[j] = o->op->outputs[j].name;
        d = diag_error_key(u->diags, p->node, "O046", "operation '%s' has no output '%s'",
                           o->op->name, p->name);
        diag_suggest(u->diags, d, p->name, "outputs", names, o->op->n_outputs);
    }
    if (o->op->n_outputs && has_output(o->op, "__interrupt__"))
        diag_unsupported(u->diags, o->node, "an operation that interrupts ('%s')", o->op->name);
}

static void check_generator(struct unit *u, const struct ox_op *o)
{
    int yields = (o->op->flags & KILN_OP_GENERATOR) != 0;

    if (yields && !o->generator)
        diag_error(u->diags, o->node, "O042",
                   "operation '%s' is a generator: 'is_generator' must be true", o->op->name);
    if (!yields && o->generator)
        diag_error(u->diags, node_get(o->node, "is_generator"), "O042",
                   "operation '%s' is not a generator", o->op->name);
}

void operonx_check_operation(struct unit *u, struct ox_op *o)
{
    if (o->kind != OX_CODE)
        return;
    if (!o->func_name) {
        diag_error(u->diags, o->node, "O041", "a code op needs a 'func_name'");
        return;
    }
    o->op = find_operation(u, o->func_name);
    if (!o->op) {
        unknown_operation(u, o);
        return;
    }
    check_generator(u, o);
    check_inputs(u, o);
    check_outputs(u, o);
}
