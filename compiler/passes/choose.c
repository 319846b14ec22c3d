/* choose.c: what becomes of a step whose choice is known.
 *
 * The case picked becomes a `next` edge, the others go. In a flow that tells death an edge not
 * taken would have counted at a join as a dead arrival, and edit_rejoin counts the join again
 * without it. In other flows nothing comes over such an edge: a join that needs it would wait for
 * ever, and must go on to do so, so the choice is then left as it is.
 */
#include "passes/fold.h"

/* The label a known value picks, or -1. */
static long long picked(const struct plan_op *last, const kiln_value *v)
{
    if (last->kind == PLAN_TEST)
        return kiln_truthy(v);
    return v->tag == KILN_INT && v->u.i >= 0 ? v->u.i : -1;
}

static int may_drop(const struct plan_flow *f, const struct plan_edge *e)
{
    if (e->to->wake != KILN_WAKE_COUNT)
        return 1;
    if (f->flags & KILN_FLOW_DEAD)
        return !e->soft; /* a dead soft arrival is as good as a live one */
    return e->soft && !e->to->hard;
}

static int is_not_taken(const struct plan_edge *e, long long label)
{
    return e->kind == KILN_EDGE_CASE && e->label != label;
}

void fold_edges(struct folding *w)
{
    struct plan_step *s = w->step;
    struct plan_op *last = plan_last(s);
    unsigned char *drop = edit_alloc(&w->scratch, s->n_edges);
    long long label;

    if (!last || (last->kind != PLAN_TEST && last->kind != PLAN_PICK) || !w->known[last->args[0]])
        return;
    label = picked(last, &w->values[last->args[0]]);
    if (label < 0 || s->wake == KILN_WAKE_QUIET)
        return;
    for (unsigned i = 0; i < s->n_edges; i++) {
        drop[i] = (unsigned char)is_not_taken(&s->edges[i], label);
        if (drop[i] && !may_drop(s->flow, &s->edges[i]))
            return;
    }
    for (unsigned i = 0; i < s->n_edges; i++)
        if (s->edges[i].kind == KILN_EDGE_CASE) {
            s->edges[i].kind = KILN_EDGE_NEXT;
            s->edges[i].label = 0;
        }
    edit_drop_edges(s, drop);
    w->drop[last - s->ops] = 1;
}
