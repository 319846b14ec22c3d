/* lower_order.c: what a step may see of branches beside it (scenario 1.3).
 *
 * Steps that wait are overtaken by those beside them. Who refers to a step of another branch must
 * see what a patient reader would have seen, who runs all steps one by one in their order; so it
 * waits for that step, over an edge that tells nothing but order. It leads forward in the order,
 * so it closes no circle.
 */
#include "dialects/scenario/lower.h"

static void add(struct scope *sc, const struct step *source, const struct step *st)
{
    struct plan_step *from = sc->slots[source->number].last, *to = sc->slots[st->number].first;

    if (!from || !to || sc->slots[source->number].first->number > to->number)
        return;
    plan_edge_add(from, KILN_EDGE_ORDER, 0, 0, to);
    sc->flow->flags |= KILN_FLOW_DEAD;
}

/* Something that comes no later than `st` comes after `source` anyway. */
static int is_followed(const struct scope *sc, const struct step *source, const struct step *st)
{
    const struct plan_step *limit = sc->slots[st->number].first;

    for (unsigned i = 0; i < source->n_out; i++) {
        const struct step *to = source->out[i]->to;

        if (to && sc->slots[to->number].first
            && sc->slots[to->number].first->number <= limit->number)
            return 1;
    }
    return 0;
}

/* The i-th step of the order refers to all steps: it waits for those nobody else before it waits
 * for. What is before `from`, such a step too, that one has waited for. */
static void follow_all(struct scope *sc, const unsigned *order, unsigned from, unsigned i)
{
    const struct step *st = sc->graph->steps[order[i]];

    for (unsigned k = from; k < i; k++) {
        const struct step *source = sc->graph->steps[order[k]];

        if (!is_followed(sc, source, st))
            add(sc, source, st);
    }
}

void lower_order(struct scope *sc, const unsigned *order, unsigned n)
{
    const struct subgraph *g = sc->graph;
    unsigned from = 0;

    for (unsigned i = 0; i < g->n_readings; i++)
        add(sc, g->readings[i].source, g->readings[i].step);
    for (unsigned i = 0; i < n; i++)
        if (g->steps[order[i]]->reads_all) {
            follow_all(sc, order, from, i);
            from = i;
        }
}
