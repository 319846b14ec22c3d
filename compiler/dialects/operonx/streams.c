/* streams.c: for which stream of items an op runs (clause 6).
 *
 * A link carries the context of its source: the frame the source ran in, or, from a generator, the
 * frame of an item. An op runs in the innermost context that reaches it; all the others must
 * enclose that one. A collecting link leaves the stream it collects.
 */
#include "dialects/operonx/operonx.h"

struct ox_op *operonx_link_stream(const struct ox_link *l)
{
    if (l->policy != OX_COLLECT)
        return l->from->generator ? l->from : l->from->stream;
    if (l->from->generator || !l->from->stream)
        return l->from->stream;
    return l->from->stream->stream;
}

static unsigned stream_depth(const struct ox_op *generator)
{
    return generator ? generator->depth + 1 : 0;
}

/* Whether frames of `outer` enclose those of `inner`. */
static int encloses(const struct ox_op *outer, const struct ox_op *inner)
{
    while (stream_depth(inner) > stream_depth(outer))
        inner = inner->stream;
    return inner == outer;
}

int operonx_in_stream(const struct ox_op *o, const struct ox_op *generator)
{
    return encloses(generator, o->stream);
}

static void find_stream(struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in; i++) {
        struct ox_op *s = operonx_link_stream(o->in[i]);

        if (stream_depth(s) > o->depth) {
            o->stream = s;
            o->depth = stream_depth(s);
        }
    }
    if (o->stream && o->runs)
        o->stream->feeds = 1;
}

/* What a stream may be joined with (clause 6.5). */
static void check_join(struct unit *u, const struct ox_op *o, const struct ox_link *l)
{
    struct ox_op *s = operonx_link_stream(l);

    if (!encloses(s, o->stream)) {
        diag_unsupported(u->diags, o->node, "joining the streams of '%s' and '%s' in '%s'", s->name,
                         o->stream->name, o->name);
        return;
    }
    if (s == o->stream)
        return;
    if (l->soft && (!l->from->generator || l->policy == OX_COLLECT))
        diag_unsupported(u->diags, l->node, "a soft link into the stream of '%s'", o->stream->name);
    if (l->from->kind == OX_BRANCH)
        diag_unsupported(u->diags, l->node, "a branch that picks an op in the stream of '%s'",
                         o->stream->name);
}

/* The generator that lets the items of `l` pass, when they wait for something outside. */
static struct ox_op *held(const struct ox_link *l)
{
    struct ox_op *outer = operonx_link_stream(l), *g = l->to->stream;

    if (outer == g || (l->from->generator && l->policy != OX_COLLECT))
        return NULL;
    while (g->stream != outer)
        g = g->stream;
    return g;
}

/* Marks the ops that the end of a generator's stream leads to. */
static void mark_after(struct ox_graph *g, const struct ox_op *generator)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *o = g->order[i];

        o->mark = 0;
        for (unsigned j = 0; j < o->n_in; j++) {
            const struct ox_link *l = o->in[j];

            o->mark |=
                l->from->mark
                || (l->policy == OX_COLLECT && !l->from->generator && l->from->stream == generator);
        }
    }
}

/* Items cannot wait for what waits for the end of their stream. */
static void check_held(struct unit *u, struct ox_graph *g)
{
    const struct ox_op *marked = NULL;

    for (unsigned i = 0; i < g->n_links; i++) {
        const struct ox_link *l = &g->links[i];
        const struct ox_op *generator = l->to && l->to->runs ? held(l) : NULL;

        if (!generator)
            continue;
        if (generator != marked)
            mark_after(g, generator);
        marked = generator;
        if (l->from->mark)
            diag_unsupported(u->diags, l->node,
                             "'%s' in the stream of '%s' waiting for '%s', which waits for its end",
                             l->to->name, generator->name, l->from->name);
    }
    for (unsigned i = 0; i < g->n_ops; i++)
        g->ops[i]->mark = 0;
}

/* ---- graphs that yield ---- */

static int pushes(const struct ox_op *o)
{
    for (unsigned i = 0; o->runs && i < o->outputs.n; i++)
        if (o->outputs.at[i].ref)
            return 1;
    return 0;
}

/* A graph whose ops push for items yields those items to the graph around it (clause 6.6). */
static void check_yields(struct unit *u, struct ox_graph *g)
{
    const struct ox_op *plain = NULL;

    for (unsigned i = 0; i < g->n_ops; i++) {
        const struct ox_op *o = g->ops[i];

        if (pushes(o) && (o->stream || o->generator))
            g->yields = 1;
        else if (pushes(o))
            plain = o;
    }
    if (!g->yields || !g->self->graph)
        return;
    if (plain)
        diag_unsupported(u->diags, plain->node,
                         "a nested graph that pushes both from a stream and outside it");
    if (g->loops)
        diag_unsupported(u->diags, node_get(g->node, "loop_config"),
                         "a loop around a nested graph that yields");
}

void operonx_check_streams(struct unit *u, struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++)
        find_stream(g->order[i]);
    for (unsigned i = 0; i < g->n_ops; i++)
        for (unsigned j = 0; j < g->order[i]->n_in; j++)
            check_join(u, g->order[i], g->order[i]->in[j]);
    if (!u->diags->errors)
        check_held(u, g);
    check_yields(u, g);
}
