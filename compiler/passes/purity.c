/* purity.c: which completions must be journalled.
 *
 * Only what touches the world: a task whose operation is not pure, a note, a wait. Everything else,
 * children and items too, is worked out again on resume from those; what is fleeting is done again.
 *
 * Needs: nothing. Breaks: nothing.
 */
#include "passes/edit.h"

static int touches_world(const struct plan_op *op)
{
    if (!op)
        return 0;
    return op->kind == PLAN_NOTE || op->kind == PLAN_SLEEP || op->kind == PLAN_AWAIT
           || (op->kind == PLAN_TASK && op->op->effect != KILN_PURE);
}

void purity_run(struct plan *p)
{
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++) {
            struct plan_step *s = p->flows[i]->steps[k];

            s->flags &= ~(unsigned)KILN_STEP_JOURNAL;
            if (!p->fleeting && !s->fleeting && touches_world(plan_last(s)))
                s->flags |= KILN_STEP_JOURNAL;
        }
}
