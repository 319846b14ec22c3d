/* lower_policy.c: trying again and deadlines (scenario 1.10).
 *
 * Both are attributes of the plan step that calls; the runtime does the rest. A call that touches
 * nothing of the world would only fail again, so it is not repeated.
 */
#include "dialects/scenario/lower.h"

#include <limits.h>

/* ---- does a flow touch the world? ----------------------------------------------------------- */

static int flow_acts(const struct plan_flow *f, unsigned char *seen);

static int op_acts(const struct plan_op *op, unsigned char *seen)
{
    switch (op->kind) {
    case PLAN_TASK:
        return op->op->effect != KILN_PURE;
    case PLAN_AWAIT:
        return 1;
    case PLAN_CHILD:
    case PLAN_EACH:
        return flow_acts(op->flow, seen);
    default:
        return 0;
    }
}

/* `seen`: one a flow; each is looked at once. */
static int flow_acts(const struct plan_flow *f, unsigned char *seen)
{
    if (seen[f->number])
        return 0;
    seen[f->number] = 1;
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned k = 0; k < f->steps[i]->n_ops; k++)
            if (op_acts(&f->steps[i]->ops[k], seen))
                return 1;
    return 0;
}

static int acts(const struct plan *plan, const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);

    return last && op_acts(last, plan_alloc((struct plan *)plan, plan->n_flows));
}

/* ---- the attributes ------------------------------------------------------------------------- */

void lower_retries(struct scope *sc, const struct step *st, struct plan_step *s)
{
    const struct policy *p = &st->policy;

    if ((st->type == STEP_SPLIT && !p->tries) || !acts(sc->l->plan, s))
        return;
    s->retry.tries = p->tries < UINT_MAX ? (unsigned)p->tries : UINT_MAX;
    s->retry.delay = (unsigned long long)p->delay;
    s->retry.budget = (unsigned long long)sc->l->budget;
}

/* The error of a call whose time is up. */
static kiln_value late(struct plan *plan, const char *code, const char *what)
{
    kiln_value pairs[8] = { value_static("code"),     value_null(),
                            value_static("message"),  value_null(),
                            value_static("category"), value_static("timeout"),
                            value_static("severity"), value_static("error") };
    kiln_value error;

    if (value_textf(&plan->heap, &pairs[1], "%s_TIMEOUT", code) < 0
        || value_textf(&plan->heap, &pairs[3], "%s exceeded its configured timeout", what) < 0
        || kiln_object(&plan->heap, &error, pairs, 4) < 0)
        plan_memory_out();
    return error;
}

void lower_timeout(const struct step *st, struct plan_step *s, const char *code)
{
    struct plan *plan = s->flow->plan;
    struct text what = { 0 };
    kiln_value error;

    if (!st->policy.timeout)
        return;
    text_printf(&what, "%s step", step_type_name(st->type));
    error = late(plan, code, text_cstr(&what));
    text_fini(&what);
    plan_timeout(s, (unsigned long long)st->policy.timeout, &error);
}

/* So the workflow is one call, and its time a call's: it counts from the run's beginning, whatever
 * happens to the process. */
void lower_run_timeout(struct scope *root, struct plan_flow *outer, long long seconds)
{
    kiln_value error = late(outer->plan, "EXECUTION", "the workflow");
    unsigned input = plan_param_add(outer, "input");
    unsigned output = plan_slot_add(outer, "output", KILN_RULE_LAST, 0);
    struct plan_step *run = plan_step_add(outer, "run", KILN_WAKE_START);
    struct plan_step *end = plan_step_add(outer, "end", KILN_WAKE_QUIET);
    int arg = plan_reg_slot(run, 0, input);

    run->flags |= KILN_STEP_HIDDEN;
    end->flags |= KILN_STEP_HIDDEN;
    plan_child(run, root->flow, &arg, 1, -1, (int)output);
    plan_timeout(run, (unsigned long long)(seconds < UINT_MAX ? seconds : UINT_MAX) * 1000, &error);
    plan_finish(end, plan_reg_slot(end, 0, output));
}
