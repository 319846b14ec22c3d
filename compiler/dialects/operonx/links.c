/* links.c: who starts and who follows whom (clause 4.1).
 *
 * `compiled_adj` is what counts; a document written by hand may give `edges` instead, and may leave
 * out `entries`: then the ops that nothing points at begin.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

/* The op that a string node names, or NULL after a complaint. */
static struct ox_op *named(struct unit *u, struct ox_graph *g, const struct node *n,
                           const char *what)
{
    const char *name = operonx_node_text(u, n);
    struct ox_op *o = name ? operonx_graph_op(g, name) : NULL;

    if (name && !o) {
        struct diag *d = diag_error(u->diags, n, "O030", "%s '%s' is not an op of '%s'", what, name,
                                    g->self->full_name);

        diag_suggest(u->diags, d, name, "ops", g->names, g->n_ops);
    }
    return o;
}

/* ---- entries ---- */

static void derive_entries(struct unit *u, struct ox_graph *g)
{
    g->entries = operonx_alloc(u, g->n_ops, sizeof *g->entries);
    for (unsigned i = 0; i < g->n_ops; i++)
        if (!g->ops[i]->n_in)
            g->entries[g->n_entries++] = g->ops[i];
}

static void check_entries(struct unit *u, struct ox_graph *g)
{
    const struct node *list = operonx_field_kind(u, g->node, "entries", NODE_ARRAY);
    const struct node *exits = operonx_field_kind(u, g->node, "exits", NODE_ARRAY);

    if (!list) {
        derive_entries(u, g);
    } else {
        g->entries = operonx_alloc(u, list->n, sizeof *g->entries);
        node_each(n, list)
        {
            struct ox_op *o = named(u, g, n, "entry");

            if (o && !o->mark)
                g->entries[g->n_entries++] = o;
            if (o && o->n_in)
                diag_error(u->diags, n, "O034", "entry '%s' has ops before it", o->name);
            if (o)
                o->mark = 1;
        }
    }
    node_each(n, exits)
    {
        named(u, g, n, "exit");
    }
    if (!g->n_entries)
        diag_error(u->diags, list ? list : g->node, "O031", "no op of '%s' can begin",
                   g->self->full_name);
    for (unsigned i = 0; i < g->n_ops; i++)
        g->ops[i]->mark = 0;
}

/* ---- links ---- */

static void add_link(struct ox_graph *g, const struct node *n, struct ox_op *from, struct ox_op *to,
                     int soft)
{
    g->links[g->n_links++] =
        (struct ox_link){ .node = n, .from = from, .to = to, .soft = soft, .taken = 1 };
    from->n_out++;
    to->n_in++;
}

static void read_target(struct unit *u, struct ox_graph *g, struct ox_op *from,
                        const struct node *n)
{
    const struct node *soft = n->kind == NODE_ARRAY && n->n == 2 ? n->child->next : NULL;
    struct ox_op *to;

    if (!soft || n->child->kind != NODE_STRING || soft->kind != NODE_BOOL) {
        diag_error(u->diags, n, "O005", "a link is written [op, soft]");
        return;
    }
    to = named(u, g, n->child, "target");
    if (to)
        add_link(g, n, from, to, soft->u.truth);
}

static void read_targets(struct unit *u, struct ox_graph *g, const struct node *list)
{
    struct ox_op *from = operonx_graph_op(g, list->key);

    if (!from) {
        struct diag *d = diag_error_key(u->diags, list, "O030", "'%s' is not an op of '%s'",
                                        list->key, g->self->full_name);

        diag_suggest(u->diags, d, list->key, "ops", g->names, g->n_ops);
    } else if (list->kind != NODE_ARRAY) {
        diag_error(u->diags, list, "O005", "the links of an op must be an array, not %s",
                   node_kind_name(list->kind));
    } else {
        node_each(n, list)
        {
            read_target(u, g, from, n);
        }
    }
}

static void read_adjacency(struct unit *u, struct ox_graph *g, const struct node *adjacency)
{
    unsigned n_links = 0;

    node_each(n, adjacency)
    {
        n_links += n->kind == NODE_ARRAY ? n->n : 0;
    }
    g->links = operonx_alloc(u, n_links, sizeof *g->links);
    node_each(n, adjacency)
    {
        read_targets(u, g, n);
    }
}

static void read_edge(struct unit *u, struct ox_graph *g, const struct node *n, int keep)
{
    static const char *const fields[] = { "from", "to", "soft", "type", NULL };
    const struct node *from = node_get(n, "from"), *to = node_get(n, "to");
    const char *type = operonx_field_text(u, n, "type");
    int soft = operonx_field_bool(u, n, "soft", 0);
    struct ox_op *source, *target;

    if (!from || !to) {
        diag_error(u->diags, n, "O006", "an edge needs 'from' and 'to'");
        return;
    }
    operonx_fields_known(u, n, fields, NULL);
    if (type && !strcmp(type, "lookback"))
        diag_unsupported(u->diags, node_get(n, "type"), "a lookback edge");
    source = named(u, g, from, "edge source");
    target = named(u, g, to, "edge target");
    if (keep && source && target)
        add_link(g, n, source, target, soft);
}

static void read_edges(struct unit *u, struct ox_graph *g, int keep)
{
    const struct node *edges = operonx_field_kind(u, g->node, "edges", NODE_ARRAY);

    if (keep)
        g->links = operonx_alloc(u, edges ? edges->n : 0, sizeof *g->links);
    node_each(n, edges)
    {
        read_edge(u, g, n, keep);
    }
}

/* Hands every link to both its ops; of two with the same ends the first counts. */
static void spread(struct unit *u, struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *o = g->ops[i];

        o->out = operonx_alloc(u, o->n_out, sizeof *o->out);
        o->in = operonx_alloc(u, o->n_in, sizeof *o->in);
        o->n_out = o->n_in = 0;
    }
    for (unsigned i = 0; i < g->n_links; i++) {
        struct ox_link *l = &g->links[i];
        struct ox_op *from = l->from, *to = l->to;

        from->out[from->n_out++] = l;
        to->in[to->n_in++] = l;
    }
}

static void drop_twins(struct unit *u, struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *to = g->ops[i];
        unsigned kept = 0;

        for (unsigned j = 0; j < to->n_in; j++)
            to->in[j]->from->mark = 0;
        for (unsigned j = 0; j < to->n_in; j++) {
            struct ox_link *l = to->in[j];

            if (l->from->mark)
                diag_warning(u->diags, l->node, "O038", "'%s' and '%s' are linked already",
                             l->from->name, to->name);
            else
                to->in[kept++] = l;
            l->to = l->from->mark ? NULL : to;
            l->from->mark = 1;
        }
        for (unsigned j = 0; j < to->n_in; j++)
            to->in[j]->from->mark = 0;
        to->n_in = kept;
    }
    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *from = g->ops[i];
        unsigned kept = 0;

        for (unsigned j = 0; j < from->n_out; j++)
            if (from->out[j]->to) {
                from->out[j]->index = kept;
                from->out[kept++] = from->out[j];
            }
        from->n_out = kept;
    }
}

void operonx_check_links(struct unit *u, struct ox_graph *g)
{
    const struct node *adjacency = operonx_field_kind(u, g->node, "compiled_adj", NODE_OBJECT);

    if (adjacency)
        read_adjacency(u, g, adjacency);
    read_edges(u, g, !adjacency);
    spread(u, g);
    drop_twins(u, g);
    check_entries(u, g);
}
