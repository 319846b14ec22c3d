/* check_op.c: nodes that call an operation: its fields against what the node gives and takes. */
#include "dialects/pregel/pregel.h"

#include <string.h>

static const kiln_field *find_field(const kiln_field *fields, unsigned n, const char *name,
                                    size_t name_n)
{
    for (unsigned i = 0; i < n; i++)
        if (strlen(fields[i].name) == name_n && !memcmp(fields[i].name, name, name_n))
            return &fields[i];
    return NULL;
}

static void no_field(struct unit *u, struct diag *d, const char *name, const kiln_field *fields,
                     unsigned n)
{
    const char **names = diag_must_have(arena_alloc(u->arena, (n + 1) * sizeof *names));

    for (unsigned i = 0; i < n; i++)
        names[i] = fields[i].name;
    diag_suggest(u->diags, d, name, "fields", names, n);
}

static int kind_fits(enum node_kind kind, const char *type)
{
    switch (kind) {
    case NODE_STRING:
        return !strcmp(type, "string");
    case NODE_BOOL:
        return !strcmp(type, "boolean");
    case NODE_INT:
    case NODE_UINT:
        return !strcmp(type, "integer") || !strcmp(type, "number");
    case NODE_DOUBLE:
        return !strcmp(type, "number");
    case NODE_ARRAY:
        return !strncmp(type, "array", 5);
    case NODE_OBJECT:
        return !strcmp(type, "object");
    default:
        return 0;
    }
}

/* A literal must have the field's type; null only where nothing is required. */
static void check_literal(struct unit *u, const struct node *e, const kiln_field *f)
{
    const struct node *v = pregel_unquote(e);
    int null_fits = !(f->flags & KILN_REQUIRED) || f->flags & KILN_NULLABLE;

    if (!pregel_is_literal(e) || !strcmp(f->type, "any"))
        return;
    if (v->kind == NODE_NULL ? null_fits : kind_fits(v->kind, f->type))
        return;
    diag_error(u->diags, e, "P016", "'%s' takes %s, this is %s", f->name, f->type,
               node_kind_name(v->kind));
}

static void check_input(struct unit *u, const struct pregel_node *n)
{
    struct pregel_place where = { 0 };
    const kiln_op *op = n->op;

    if (n->input && !pregel_expect(u, n->input, NODE_OBJECT, "the input of an operation"))
        return;
    node_each(e, n->input)
    {
        const kiln_field *f = find_field(op->inputs, op->n_inputs, e->key, e->key_n);

        pregel_check_value(u, e, &where);
        if (f)
            check_literal(u, e, f);
        else if (op->n_inputs)
            no_field(u,
                     diag_error_key(u->diags, e, "P015", "operation '%s' has no input '%s'",
                                    op->name, e->key),
                     e->key, op->inputs, op->n_inputs);
    }
    for (unsigned i = 0; i < op->n_inputs; i++)
        if (op->inputs[i].flags & KILN_REQUIRED && !node_get(n->input, op->inputs[i].name))
            diag_error(u->diags, n->input ? n->input : n->at, "P015",
                       "operation '%s' needs the input '%s'", op->name, op->inputs[i].name);
}

/* A string among the outputs is a path into the result. */
static void check_result_path(struct unit *u, const struct pregel_node *n, const struct node *e)
{
    const char *dot = memchr(e->u.s, '.', e->n);
    size_t length = dot ? (size_t)(dot - e->u.s) : e->n;
    const kiln_op *op = n->op;

    if (op->flags & KILN_OP_BARE || !op->n_outputs
        || find_field(op->outputs, op->n_outputs, e->u.s, length))
        return;
    no_field(u,
             diag_error(u->diags, e, "P015", "operation '%s' has no output '%s'", op->name, e->u.s),
             e->u.s, op->outputs, op->n_outputs);
}

static void check_output(struct unit *u, const struct pregel_node *n)
{
    static const struct pregel_bound result = { .name = "result", .n = 6 };
    struct pregel_place where = { .names = &result };

    if (n->output->kind == NODE_STRING) {
        if (!pregel_channel_find(u->model, n->output->u.s, n->output->n))
            pregel_no_channel(u, n->output, n->output->u.s);
        return;
    }
    if (!pregel_expect(u, n->output, NODE_OBJECT, "the output of an operation"))
        return;
    node_each(e, n->output)
    {
        if (!pregel_channel_find(u->model, e->key, e->key_n))
            pregel_no_channel(u, e, e->key);
        if (e->kind == NODE_STRING)
            check_result_path(u, n, e);
        else
            pregel_check_value(u, e, &where);
    }
}

void pregel_check_op(struct unit *u, const struct pregel_node *n)
{
    if (n->op->flags & KILN_OP_GENERATOR)
        diag_unsupported(u->diags, node_get(n->at, "op"), "a generator as a node ('%s')",
                         n->op->name);
    check_input(u, n);
    if (n->output)
        check_output(u, n);
}
