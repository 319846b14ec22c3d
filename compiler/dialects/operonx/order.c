/* order.c: an order in which the ops can run, and which of them can at all (clauses 4.4 and 4.5).
 */
#include "dialects/operonx/operonx.h"

enum { SHOWN = 12 }; /* ops of a circle that are named */

/* An op that is waited for and waits itself. `mark` is not 0 for those. */
static struct ox_op *waited_for(const struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in; i++)
        if (o->in[i]->from->mark)
            return o->in[i]->from;
    return NULL;
}

/* Goes backwards until an op comes again; that one is part of a circle. */
static void report_cycle(struct unit *u, struct ox_graph *g, struct ox_op *o)
{
    const unsigned seen = (unsigned)-1;
    const char *path = "";
    struct ox_op *first;

    for (; o->mark != seen; o = waited_for(o))
        o->mark = seen;
    first = o;
    for (unsigned n = 0; n < SHOWN && (!n || o != first); n++) {
        path = operonx_printf(u, " -> %s%s", o->name, path);
        o = waited_for(o);
    }
    diag_error(u->diags, first->node, "O033", "ops of '%s' wait for each other: %s%s",
               g->self->full_name, o->name, path);
}

/* Takes ops away whose predecessors are gone. `mark` counts those left, and one. */
static unsigned sort_ops(struct ox_graph *g)
{
    unsigned n = 0;

    for (unsigned i = 0; i < g->n_ops; i++) {
        g->ops[i]->mark = g->ops[i]->n_in + 1;
        if (!g->ops[i]->n_in)
            g->order[n++] = g->ops[i];
    }
    for (unsigned at = 0; at < n; at++) {
        struct ox_op *o = g->order[at];

        o->mark = 0;
        for (unsigned i = 0; i < o->n_out; i++)
            if (--o->out[i]->to->mark == 1)
                g->order[n++] = o->out[i]->to;
    }
    return n;
}

static int can_run(const struct ox_op *o)
{
    int soft = 0, soft_runs = 0;

    if (!o->n_in)
        return o->runs; /* set when it is an entry */
    for (unsigned i = 0; i < o->n_in; i++) {
        const struct ox_link *l = o->in[i];
        int fires = l->from->runs && l->taken;

        if (!l->soft && !fires)
            return 0;
        soft |= l->soft;
        soft_runs |= l->soft && fires;
    }
    return !soft || soft_runs;
}

static void find_runs(struct unit *u, struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_entries; i++)
        g->entries[i]->runs = 1;
    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *o = g->order[i];

        o->runs = can_run(o);
        if (!o->runs && !u->diags->errors)
            diag_warning(u->diags, o->node, "O035", "nothing makes '%s' run", o->full_name);
    }
}

int operonx_check_order(struct unit *u, struct ox_graph *g)
{
    int cyclic;

    g->order = operonx_alloc(u, g->n_ops, sizeof *g->order);
    cyclic = sort_ops(g) < g->n_ops;
    for (unsigned i = 0; cyclic && i < g->n_ops; i++)
        if (g->ops[i]->mark) {
            report_cycle(u, g, g->ops[i]);
            break;
        }
    for (unsigned i = 0; i < g->n_ops; i++)
        g->ops[i]->mark = 0;
    if (cyclic)
        return -1;
    find_runs(u, g);
    return 0;
}
