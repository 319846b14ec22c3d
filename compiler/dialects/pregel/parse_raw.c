/* parse_raw.c: bare Pregel graphs, in which nodes subscribe to channels and write channels.
 *
 * The model is the same: what a node writes and who subscribes to it are also its edges, so that
 * drawings and checks need not know the difference.
 */
#include "dialects/pregel/pregel.h"

static struct pregel_channel *find_channel(struct unit *u, const struct node *n, const char *what)
{
    struct pregel_channel *c;

    if (!pregel_expect(u, n, NODE_STRING, what))
        return NULL;
    c = pregel_channel_find(u->model, n->u.s, n->n);
    if (!c)
        pregel_no_channel(u, n, n->u.s);
    return c;
}

/* A list of channel names, or one name. */
static void add_channels(struct unit *u, const struct node *n, const char *what,
                         struct pregel_list *ret)
{
    struct pregel_channel *c;

    if (!n)
        return;
    if (n->kind == NODE_STRING && (c = find_channel(u, n, what)))
        pregel_list_add(u->arena, ret, c);
    if (n->kind == NODE_STRING || !pregel_expect(u, n, NODE_ARRAY, what))
        return;
    node_each(k, n) if ((c = find_channel(u, k, what))) pregel_list_add(u->arena, ret, c);
}

static void parse_node(struct unit *u, const struct node *at)
{
    static const char *const known[] = { "subscribe_only", "subscribe_to", "read", "do",
                                         "write",          "description",  NULL };
    struct pregel_model *m = u->model;
    struct pregel_node *n = diag_must_have(arena_zalloc(u->arena, sizeof *n));
    const struct node *only = node_get(at, "subscribe_only"), *to = node_get(at, "subscribe_to");

    *n = (struct pregel_node){ .name = at->key, .at = at, .number = m->nodes.n };
    if (!pregel_check_name(u, at, "node") || !pregel_expect(u, at, NODE_OBJECT, "a node"))
        return;
    pregel_check_members(u, at, known);
    n->body = node_get(at, "do");
    n->single = only != NULL;
    if (!n->body || !only == !to)
        diag_error(u->diags, at, "P006",
                   "a node of a bare graph has a 'do' and either 'subscribe_only' or "
                   "'subscribe_to'");
    if (only && pregel_expect(u, only, NODE_STRING, "subscribe_only"))
        add_channels(u, only, "subscribe_only", &n->triggers);
    add_channels(u, to, "subscribe_to", &n->triggers);
    add_channels(u, node_get(at, "read"), "read", &n->reads);
    add_channels(u, node_get(at, "write"), "write", &n->writes);
    m->by_node[at->index] = n;
    pregel_list_add(u->arena, &m->nodes, n);
}

/* An edge from `from` to every node that subscribes to a channel. */
static void add_subscribers(struct unit *u, struct pregel_node *from,
                            const struct pregel_channel *c)
{
    struct pregel_model *m = u->model;

    for (unsigned i = 1; i < m->nodes.n; i++) {
        struct pregel_node *to = m->nodes.at[i];

        for (unsigned k = 0; k < to->triggers.n; k++)
            if (to->triggers.at[k] == c)
                pregel_list_add(u->arena, &from->edges, to);
    }
}

static void link_nodes(struct unit *u)
{
    struct pregel_model *m = u->model;

    if (m->in)
        add_subscribers(u, m->start, m->in);
    m->entries = m->start->edges.n > 0;
    for (unsigned i = 1; i < m->nodes.n; i++) {
        struct pregel_node *n = m->nodes.at[i];

        for (unsigned k = 0; k < n->writes.n; k++)
            add_subscribers(u, n, n->writes.at[k]);
    }
}

static struct pregel_channel *parse_end(struct unit *u, const struct node *n, const char *what)
{
    if (!n)
        diag_error(u->diags, u->source->root, "P001", "a bare graph has an '%s' channel", what);
    else if (n->kind == NODE_ARRAY)
        diag_unsupported(u->diags, n, "a list of channels as '%s'", what);
    else
        return find_channel(u, n, what);
    return NULL;
}

void pregel_parse_raw(struct unit *u, const struct node *root)
{
    static const char *const known[] = { "raw",    "name",  "description",     "channels", "input",
                                         "output", "nodes", "recursion_limit", NULL };
    struct pregel_model *m = u->model;
    const struct node *nodes = node_get(root, "nodes");

    pregel_check_members(u, root, known);
    m->in = parse_end(u, node_get(root, "input"), "input");
    m->out = parse_end(u, node_get(root, "output"), "output");
    if (m->out)
        m->out->output = 1;
    if (!nodes || !pregel_expect(u, nodes, NODE_OBJECT, "nodes"))
        return;
    m->nodes_at = nodes;
    m->by_node = diag_must_have(arena_zalloc(u->arena, (nodes->n + 1) * sizeof(void *)));
    node_each(n, nodes) parse_node(u, n);
    link_nodes(u);
}
