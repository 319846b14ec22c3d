/* ready.c: the ready counts of the file against the links (clause 4.2).
 *
 * Kiln counts for itself. Numbers of the file that say something else are a sign that it was edited
 * by hand, and are told.
 */
#include "dialects/operonx/operonx.h"

static unsigned ready_count(const struct ox_op *o)
{
    unsigned hard = 0, soft = 0;

    for (unsigned i = 0; i < o->n_in; i++) {
        hard += !o->in[i]->soft;
        soft |= (unsigned)o->in[i]->soft;
    }
    return hard + soft;
}

/* The count in a frame of a generator's item: what is not reached from it is not waited for. */
static unsigned item_count(const struct ox_op *o, const struct ox_op *generator)
{
    unsigned n = ready_count(o);

    for (unsigned i = 0; i < o->n_in; i++) {
        const struct ox_link *l = o->in[i];

        n -= n && !l->soft && l->from != generator && !l->from->mark;
    }
    return n;
}

static void compare(struct unit *u, const struct node *n, const struct ox_op *o, unsigned count)
{
    if (n->kind != NODE_INT)
        diag_error(u->diags, n, "O005", "a ready count must be an integer, not %s",
                   node_kind_name(n->kind));
    else if (n->u.i != (long long)count)
        diag_warning(u->diags, n, "O036", "the ready count of '%s' should be %u", o->full_name,
                     count);
}

static struct ox_op *counted_op(struct unit *u, struct ox_graph *g, const struct node *n)
{
    struct ox_op *o = operonx_graph_op(g, n->key);
    struct diag *d;

    if (o)
        return o;
    d = diag_error_key(u->diags, n, "O030", "'%s' is not an op of '%s'", n->key,
                       g->self->full_name);
    diag_suggest(u->diags, d, n->key, "ops", g->names, g->n_ops);
    return NULL;
}

static void mark_reached(struct ox_graph *g, struct ox_op *from)
{
    from->mark = 1;
    for (unsigned i = 0; i < g->n_ops; i++)
        for (unsigned j = 0; j < g->order[i]->n_in; j++)
            g->order[i]->mark |= g->order[i]->in[j]->from->mark;
}

static void check_stream_counts(struct unit *u, struct ox_graph *g, const struct node *table)
{
    struct ox_op *generator = counted_op(u, g, table);

    if (!generator)
        return;
    if (table->kind != NODE_OBJECT) {
        diag_error(u->diags, table, "O005", "ready counts must be an object, not %s",
                   node_kind_name(table->kind));
        return;
    }
    mark_reached(g, generator);
    node_each(n, table)
    {
        struct ox_op *o = counted_op(u, g, n);

        if (o)
            compare(u, n, o, item_count(o, generator));
    }
    for (unsigned i = 0; i < g->n_ops; i++)
        g->ops[i]->mark = 0;
}

void operonx_check_ready(struct unit *u, struct ox_graph *g)
{
    const struct node *counts = operonx_field_kind(u, g->node, "initial_ready_count", NODE_OBJECT);
    const struct node *streams =
        operonx_field_kind(u, g->node, "stream_initial_ready", NODE_OBJECT);

    node_each(n, counts)
    {
        struct ox_op *o = counted_op(u, g, n);

        if (o)
            compare(u, n, o, ready_count(o));
    }
    node_each(n, streams)
    {
        check_stream_counts(u, g, n);
    }
}
