/* parse.c: the document of a graph: its members, and which of them are not supported yet. */
#include "dialects/pregel/pregel.h"

#include <limits.h>
#include <string.h>

enum { DEFAULT_LIMIT = 10007 }; /* pregel 2.1 */

int pregel_expect(struct unit *u, const struct node *n, enum node_kind kind, const char *what)
{
    if (n->kind == kind)
        return 1;
    diag_error(u->diags, n, "P001", "%s is %s, not %s", what, node_kind_name(kind),
               node_kind_name(n->kind));
    return 0;
}

void pregel_check_members(struct unit *u, const struct node *object, const char *const *known)
{
    size_t n = 0;

    while (known[n])
        n++;
    node_each(c, object)
    {
        size_t i = 0;

        while (i < n && strcmp(known[i], c->key))
            i++;
        if (i == n)
            diag_suggest(
                u->diags,
                diag_error_key(u->diags, c, "P002", "there is no member '%s' here", c->key), c->key,
                "members", known, n);
    }
}

/* Names the runtime keeps for itself (pregel 3.1). */
static int is_reserved(const char *name)
{
    static const char *const exact[] = { "langsmith:hidden",
                                         "__input__",
                                         "__interrupt__",
                                         "__resume__",
                                         "__error__",
                                         "__error_source_node__",
                                         "__no_writes__",
                                         "__return__",
                                         "__previous__",
                                         "|",
                                         ":",
                                         "configurable",
                                         "checkpoint_map",
                                         "checkpoint_id",
                                         "checkpoint_ns",
                                         PREGEL_START,
                                         PREGEL_END };

    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (!strcmp(name, exact[i]))
            return 1;
    return !strncmp(name, "__pregel_", 9) || !strncmp(name, "branch:to:", 10)
           || !strncmp(name, "join:", 5);
}

int pregel_check_name(struct unit *u, const struct node *at, const char *what)
{
    if (!at->key_n || strlen(at->key) != at->key_n) {
        diag_error_key(u->diags, at, "P003", "the name of a %s is neither empty nor holds NUL",
                       what);
        return 0;
    }
    if (is_reserved(at->key)) {
        diag_error_key(u->diags, at, "P003", "'%s' is reserved and cannot name a %s", at->key,
                       what);
        return 0;
    }
    return 1;
}

static struct pregel_node *add_end(struct unit *u, const char *name)
{
    struct pregel_node *n = diag_must_have(arena_zalloc(u->arena, sizeof *n));

    n->name = name;
    n->at = u->source->root;
    return n;
}

static void parse_limit(struct unit *u, const struct node *n)
{
    struct pregel_model *m = u->model;

    if (!n || !pregel_expect(u, n, NODE_INT, "recursion_limit"))
        return;
    if (n->u.i < 1)
        diag_error(u->diags, n, "P018", "recursion_limit must be at least 1");
    else
        m->limit = n->u.i > INT_MAX ? INT_MAX : (unsigned)n->u.i;
}

/* input_keys or output_keys; without them every channel is in. */
static void parse_keys(struct unit *u, const struct node *keys, const char *what, int output)
{
    struct pregel_model *m = u->model;

    if (keys && !pregel_expect(u, keys, NODE_ARRAY, what))
        return;
    for (unsigned i = 0; !keys && i < m->channels.n; i++) {
        struct pregel_channel *c = m->channels.at[i];

        *(output ? &c->output : &c->input) = !pregel_is_managed(c);
    }
    node_each(k, keys)
    {
        struct pregel_channel *c;

        if (!pregel_expect(u, k, NODE_STRING, what))
            continue;
        c = pregel_channel_find(m, k->u.s, k->n);
        if (c && pregel_is_managed(c))
            pregel_no_write(u, k, c);
        else if (c)
            *(output ? &c->output : &c->input) = 1;
        else
            pregel_no_channel(u, k, k->u.s);
    }
}

static void refuse_features(struct unit *u, const struct node *root)
{
    static const char *const features[] = { "interrupt_before", "interrupt_after", "root" };

    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (node_get(root, features[i]))
            diag_unsupported(u->diags, node_get(root, features[i]), "'%s'", features[i]);
}

static void parse_graph(struct unit *u, const struct node *root)
{
    static const char *const known[] = { "raw",
                                         "name",
                                         "description",
                                         "channels",
                                         "state",
                                         "root",
                                         "input_keys",
                                         "output_keys",
                                         "nodes",
                                         "edges",
                                         "branches",
                                         "recursion_limit",
                                         "interrupt_before",
                                         "interrupt_after",
                                         NULL };

    pregel_check_members(u, root, known);
    refuse_features(u, root);
    parse_keys(u, node_get(root, "input_keys"), "input_keys", 0);
    parse_keys(u, node_get(root, "output_keys"), "output_keys", 1);
    pregel_parse_nodes(u, node_get(root, "nodes"));
    pregel_parse_edges(u, node_get(root, "edges"));
    pregel_parse_branches(u, node_get(root, "branches"));
}

void pregel_parse(struct unit *u)
{
    const struct node *root = u->source->root;
    const struct node *channels = node_get(root, "channels"), *raw = node_get(root, "raw");
    const struct node *name = node_get(root, "name");
    struct pregel_model *m = diag_must_have(arena_zalloc(u->arena, sizeof *m));

    u->model = m;
    m->limit = DEFAULT_LIMIT;
    m->name = "graph";
    if (name && pregel_expect(u, name, NODE_STRING, "the name of a graph"))
        m->name = name->u.s;
    m->raw = raw && raw->kind == NODE_BOOL && raw->u.truth;
    m->start = add_end(u, PREGEL_START);
    m->end = add_end(u, PREGEL_END);
    pregel_list_add(u->arena, &m->nodes, m->start);
    parse_limit(u, node_get(root, "recursion_limit"));
    pregel_parse_channels(u, channels ? channels : node_get(root, "state"));
    if (m->raw)
        pregel_parse_raw(u, root);
    else
        parse_graph(u, root);
}
