/* link.c: counts arrivals.
 *
 * What a COUNT step waits for is nothing but how many edges come in, so it is never edited: whoever
 * adds or drops an edge calls plan_link and the counts are right again.
 */
#include "plan/plan.h"

static void link_flow(struct plan_flow *f)
{
    for (unsigned i = 0; i < f->n_steps; i++) {
        f->steps[i]->hard = 0;
        f->steps[i]->soft = 0;
    }
    for (unsigned i = 0; i < f->n_steps; i++) {
        const struct plan_step *s = f->steps[i];

        for (unsigned k = 0; k < s->n_edges; k++) {
            const struct plan_edge *e = &s->edges[k];

            if (e->to->wake != KILN_WAKE_COUNT)
                continue;
            if (e->soft)
                e->to->soft = 1;
            else
                e->to->hard++;
        }
    }
}

void plan_link(struct plan *p)
{
    for (unsigned i = 0; i < p->n_flows; i++)
        link_flow(p->flows[i]);
}
