/* reads.c: whether what an op reads can be there by then (clauses 3.4 and 6.4).
 */
#include "dialects/operonx/operonx.h"

struct reads {
    struct unit *unit;
    struct ox_op **stack; /* room for every op */
    unsigned epoch;       /* mark of the ops that lead to the reader; 0: not looked for yet */
};

/* Marks every op that leads to `o`. */
static void mark_before(struct reads *r, struct ox_op *o, unsigned epoch)
{
    unsigned n = 0;

    r->epoch = o->mark = epoch;
    r->stack[n++] = o;
    while (n) {
        struct ox_op *at = r->stack[--n];

        for (unsigned i = 0; i < at->n_in; i++) {
            struct ox_op *from = at->in[i]->from;

            if (from->mark == epoch)
                continue;
            from->mark = epoch;
            r->stack[n++] = from;
        }
    }
}

/* What a stream made can be read inside it; outside it must be collected. */
static int is_visible(const struct ox_op *reader, const struct ox_ref *ref)
{
    const struct ox_op *from = ref->from;

    if (ref->link && ref->link->policy == OX_COLLECT)
        return 1;
    return operonx_in_stream(reader, from->generator ? from : from->stream);
}

static void check_ref(struct reads *r, struct ox_op *reader, unsigned epoch, struct ox_ref *ref)
{
    struct diag *d;

    for (unsigned i = 0; i < ref->n_transforms; i++)
        if (ref->transforms[i].arg.ref)
            check_ref(r, reader, epoch, ref->transforms[i].arg.ref);
    if (!ref->from)
        return;
    if (!is_visible(reader, ref)) {
        d = diag_error(r->unit->diags, ref->node, "O060", "'%s' reads '%s' from outside its stream",
                       reader->name, ref->from->name);
        diag_hint(r->unit->diags, d, "collect it: \"stream_policy\": {\"collect\": true}");
        return;
    }
    if (ref->link)
        return;
    if (r->epoch != epoch)
        mark_before(r, reader, epoch);
    if (ref->from->mark != epoch || ref->from == reader)
        diag_warning(r->unit->diags, ref->node, "O070", "'%s' reads '%s' but does not wait for it",
                     reader->name, ref->from->name);
}

void operonx_check_reads(struct unit *u, struct ox_graph *g)
{
    struct reads r = { u, operonx_alloc(u, g->n_ops + 1, sizeof *r.stack), 0 };

    for (unsigned i = 0; i < g->n_ops; i++) {
        struct ox_op *o = g->ops[i];

        for (unsigned j = 0; j < o->inputs.n; j++)
            if (o->inputs.at[j].ref)
                check_ref(&r, o, i + 1, o->inputs.at[j].ref);
        for (unsigned j = 0; j < o->n_cases; j++)
            check_ref(&r, o, i + 1, o->cases[j].condition);
    }
    for (unsigned i = 0; i < g->n_ops; i++)
        g->ops[i]->mark = 0;
}
