/* document.c: the envelope (clause 1): one graph with a schema_version, or a bundle of them.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

enum { MAX_NAMES = 64 }; /* of a bundle, shown when one has to be chosen */

static int looks_like_graph(const struct node *n)
{
    return node_get(n, "schema_version") || node_is(node_get(n, "type"), "graph");
}

static int check_version(struct unit *u, const struct node *graph)
{
    const struct node *version = node_get(graph, "schema_version");
    struct diag *d;

    if (!version) {
        d = diag_error(u->diags, graph, "O001", "'schema_version' is missing");
        diag_hint(u->diags, d, "add \"schema_version\": \"1.0\"");
    } else if (version->kind != NODE_STRING) {
        diag_error(u->diags, version, "O001", "'schema_version' must be a string, not %s",
                   node_kind_name(version->kind));
    } else if (!node_is(version, "1.0")) {
        d = diag_error(u->diags, version, "O002", "schema_version \"%s\" is not known",
                       version->u.s);
        diag_hint(u->diags, d, "Kiln reads schema_version \"1.0\"");
    } else {
        return 1;
    }
    return 0;
}

static const struct node *checked(struct unit *u, const struct node *graph)
{
    const struct node *type = node_get(graph, "type");

    if (graph->kind != NODE_OBJECT) {
        diag_error(u->diags, graph, "O001", "a graph must be an object, not %s",
                   node_kind_name(graph->kind));
        return NULL;
    }
    if (type && !node_is(type, "graph")) {
        diag_error(u->diags, type, "O001", "the root must be of type \"graph\"");
        return NULL;
    }
    return check_version(u, graph) ? graph : NULL;
}

static size_t bundle_names(const struct node *bundle, const char *names[MAX_NAMES])
{
    size_t n = 0;

    node_each(c, bundle)
    {
        if (n < MAX_NAMES)
            names[n++] = c->key;
    }
    return n;
}

static const struct node *choose_from(struct unit *u, const struct node *bundle)
{
    const char *names[MAX_NAMES];
    size_t n = bundle_names(bundle, names);
    const struct node *found = u->graph ? node_get(bundle, u->graph) : bundle->child;
    struct diag *d;

    if (found && (u->graph || bundle->n == 1))
        return checked(u, found);
    if (u->graph) {
        d = diag_error(u->diags, bundle, "O003", "there is no graph '%s' in this bundle", u->graph);
        diag_suggest(u->diags, d, u->graph, "graphs", names, n);
    } else {
        d = diag_error(u->diags, bundle, "O003", "this bundle holds %u graphs: choose one",
                       bundle->n);
        diag_suggest(u->diags, d, "--graph", "graphs", names, n);
    }
    return NULL;
}

const struct node *operonx_choose_graph(struct unit *u)
{
    const struct node *root = u->source->root;
    const struct node *name = node_get(root, "name");
    struct diag *d;

    if (root->kind != NODE_OBJECT || looks_like_graph(root) || node_get(root, "ops") || !root->n) {
        if (!u->graph || root->kind != NODE_OBJECT || node_is(name, u->graph))
            return checked(u, root);
        d = diag_error(u->diags, name ? name : root, "O003", "this document is not the graph '%s'",
                       u->graph);
        diag_hint(u->diags, d, "it holds one graph: leave out --graph");
        return NULL;
    }
    return choose_from(u, root);
}
