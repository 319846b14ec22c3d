/* dialect.c: the operonx dialect as the pipeline sees it.
 */
#include "dialects/operonx/operonx.h"

static int is_graph(const struct node *n)
{
    const struct node *type = node_get(n, "type");

    return node_get(n, "schema_version") && (!type || node_is(type, "graph"));
}

/* A document says its schema version; a bundle is an object of nothing but such documents. */
static int recognise(const struct node *root)
{
    if (is_graph(root) || (node_is(node_get(root, "type"), "graph") && node_get(root, "ops")))
        return 10;
    if (!root || root->kind != NODE_OBJECT || !root->n)
        return 0;
    node_each(n, root)
    {
        if (!is_graph(n))
            return 0;
    }
    return 9;
}

static void parse(struct unit *u)
{
    const struct node *root = operonx_choose_graph(u);

    u->model = root ? operonx_parse_op(u, root, NULL) : NULL;
}

static void check(struct unit *u)
{
    struct ox_op *root = u->model;
    unsigned errors = u->diags->errors;

    operonx_check_graph(u, root->body);
    if (u->diags->errors == errors)
        operonx_check_kinds(u, root->body);
}

static void lower(struct unit *u)
{
    struct ox_op *root = u->model;

    unit_begin(u, root->name, "operonx", 0);
    u->flow = operonx_lower_graph(u, root->body, u->flow_name, 1);
    plan_link(u->plan);
}

const struct dialect dialect_operonx = {
    .name = "operonx",
    .sentence = "a graph of ops joined by data (Operonx, schema_version 1.0)",
    .recognise = recognise,
    .parse = parse,
    .check = check,
    .lower = lower,
    .print = operonx_print,
    .input = operonx_input_type,
    .result = operonx_result_type,
};
