/* parse_node.c: the nodes of a StateGraph. A node does something: an expression, or an operation.
 */
#include "dialects/pregel/pregel.h"

#include <string.h>

static void refuse_features(struct unit *u, const struct node *at)
{
    static const char *const features[] = { "graph", "defer",         "retry",
                                            "cache", "error_handler", "input_keys" };

    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        const struct node *n = node_get(at, features[i]);
        int off = n && (n->kind == NODE_NULL || (n->kind == NODE_BOOL && !n->u.truth));

        if (n && !off)
            diag_unsupported(u->diags, n, "'%s' of a node", features[i]);
    }
}

static void parse_op(struct unit *u, const struct node *op, struct pregel_node *n)
{
    const char **names = diag_must_have(arena_alloc(u->arena, (u->ops->n + 1) * sizeof *names));

    if (!pregel_expect(u, op, NODE_STRING, "the name of an operation"))
        return;
    n->op = op_set_find(u->ops, op->u.s, op->n);
    for (size_t i = 0; i < u->ops->n; i++)
        names[i] = u->ops->at[i]->name;
    if (!n->op)
        diag_suggest(u->diags,
                     diag_error(u->diags, op, "P013", "there is no operation '%s'", op->u.s),
                     op->u.s, "operations", names, u->ops->n);
}

/* The result of an operation may not go where only the run writes. */
static void check_written(struct unit *u, const struct node *at, const char *name, size_t n)
{
    const struct pregel_channel *c = pregel_channel_find(u->model, name, n);

    if (c && pregel_is_managed(c))
        pregel_no_write(u, at, c);
}

static void check_output(struct unit *u, const struct node *output)
{
    if (output && output->kind == NODE_STRING)
        check_written(u, output, output->u.s, output->n);
    if (output && output->kind == NODE_OBJECT)
        node_each(e, output) check_written(u, e, e->key, e->key_n);
}

static void parse_work(struct unit *u, const struct node *at, struct pregel_node *n)
{
    const struct node *op = node_get(at, "op");

    n->body = node_get(at, "do");
    n->input = node_get(at, "input");
    n->output = node_get(at, "output");
    check_output(u, n->output);
    if (op && n->body)
        diag_error(u->diags, op, "P006", "a node has either 'do' or 'op', not both");
    else if (op)
        parse_op(u, op, n);
    else if (n->input || n->output)
        diag_error(u->diags, n->input ? n->input : n->output, "P006",
                   "'input' and 'output' belong to a node with 'op'");
    if (!op && !n->body && !node_get(at, "graph"))
        diag_hint(u->diags, diag_error(u->diags, at, "P006", "node '%s' does nothing", n->name),
                  "give it a 'do' expression, or an 'op' with 'input' and 'output'");
}

static void parse_node(struct unit *u, const struct node *at)
{
    static const char *const known[] = { "do",         "op",           "input",
                                         "output",     "destinations", "defer",
                                         "retry",      "cache",        "error_handler",
                                         "input_keys", "graph",        "description",
                                         NULL };
    struct pregel_model *m = u->model;
    struct pregel_node *n = diag_must_have(arena_zalloc(u->arena, sizeof *n));

    *n = (struct pregel_node){ .name = at->key, .at = at, .number = m->nodes.n };
    if (!pregel_check_name(u, at, "node") || !pregel_expect(u, at, NODE_OBJECT, "a node"))
        return;
    if (strpbrk(at->key, "|:"))
        diag_error_key(u->diags, at, "P003", "the name of a node may not hold '|' or ':'");
    pregel_check_members(u, at, known);
    refuse_features(u, at);
    parse_work(u, at, n);
    m->by_node[at->index] = n;
    pregel_list_add(u->arena, &m->nodes, n);
}

static void add_destination(struct unit *u, struct pregel_node *n, const struct node *to,
                            const struct node *name, const struct node *label)
{
    struct pregel_way *w = diag_must_have(arena_zalloc(u->arena, sizeof *w));
    const char *text = name ? name->u.s : to->key;

    w->to = pregel_node_find(u->model, text, name ? name->n : to->key_n);
    if (!w->to) {
        pregel_no_node(u, to, text);
        return;
    }
    if (label) {
        w->label = label->u.s;
        w->label_n = label->n;
    }
    pregel_list_add(u->arena, &n->destinations, w);
}

/* Where a command may go, for drawings: a list of names, or name -> label. */
static void parse_destinations(struct unit *u, struct pregel_node *n)
{
    const struct node *all = node_get(n->at, "destinations");

    if (!all)
        return;
    if (all->kind != NODE_OBJECT && !pregel_expect(u, all, NODE_ARRAY, "destinations"))
        return;
    node_each(d, all)
    {
        if (!pregel_expect(u, d, NODE_STRING, "a destination"))
            continue;
        if (all->kind == NODE_OBJECT)
            add_destination(u, n, d, NULL, d);
        else
            add_destination(u, n, d, d, NULL);
    }
}

void pregel_parse_nodes(struct unit *u, const struct node *nodes)
{
    struct pregel_model *m = u->model;

    if (!nodes)
        diag_error(u->diags, u->source->root, "P001", "a graph has nodes");
    if (!nodes || !pregel_expect(u, nodes, NODE_OBJECT, "nodes"))
        return;
    m->nodes_at = nodes;
    m->by_node = diag_must_have(arena_zalloc(u->arena, (nodes->n + 1) * sizeof(void *)));
    node_each(n, nodes) parse_node(u, n);
    if (!nodes->n)
        diag_error(u->diags, nodes, "P006", "a graph has at least one node");
    for (unsigned i = 1; i < m->nodes.n; i++)
        parse_destinations(u, m->nodes.at[i]);
}
