/* until_lower.c: the condition of a loop as pure operations of a step (clause 7.3).
 */
#include <string.h>

#include "dialects/operonx/until.h"

static int lower(struct plan_step *s, const struct ox_until *e, int outputs);

static int lower_list(struct plan_step *s, const struct ox_until *e, int outputs)
{
    int *items = plan_alloc(s->flow->plan, e->n * sizeof *items);
    unsigned n = 0;

    for (const struct ox_until *x = e->first; x; x = x->next)
        items[n++] = lower(s, x, outputs);
    return plan_reg_array(s, items, n);
}

static int lower_call(struct plan_step *s, const struct ox_until *e, int outputs)
{
    int a = lower(s, e->first, outputs);

    if (e->n == 1)
        return plan_reg_call1(s, e->function, a);
    return plan_reg_call2(s, e->function, a, lower(s, e->first->next, outputs));
}

/* Goes on to the next operand only while it matters; the blocks stand one behind the other. */
static int lower_logic(struct plan_step *s, const struct ox_until *e, int outputs)
{
    int result = plan_reg_new(s);

    plan_copy(s, result, lower(s, e->first, outputs));
    for (const struct ox_until *x = e->first->next; x; x = x->next) {
        plan_if(s, e->kind == UNTIL_AND ? result : plan_reg_call1(s, "base.not", result));
        plan_copy(s, result, lower(s, x, outputs));
        plan_end(s);
    }
    return result;
}

static int compare(struct plan_step *s, const struct ox_until *x, int left, int right)
{
    int r = x->reversed ? plan_reg_call2(s, x->comparison, right, left)
                        : plan_reg_call2(s, x->comparison, left, right);

    return x->negated ? plan_reg_call1(s, "base.not", r) : r;
}

/* a < b < c: every operand is made at most once, and only while all before it held. */
static int lower_comparison(struct plan_step *s, const struct ox_until *e, int outputs)
{
    int first = lower(s, e->first, outputs), right = lower(s, e->first->next, outputs);
    int result, left;

    if (e->n == 2)
        return compare(s, e->first->next, first, right);
    result = plan_reg_new(s);
    left = plan_reg_new(s);
    plan_copy(s, left, first);
    plan_copy(s, result, compare(s, e->first->next, left, right));
    plan_copy(s, left, right);
    for (const struct ox_until *x = e->first->next->next; x; x = x->next) {
        plan_if(s, result);
        right = lower(s, x, outputs);
        plan_copy(s, result, compare(s, x, left, right));
        plan_copy(s, left, right);
        plan_end(s);
    }
    return result;
}

static int lower(struct plan_step *s, const struct ox_until *e, int outputs)
{
    switch (e->kind) {
    case UNTIL_LITERAL:
        return plan_reg_const(s, &e->literal);
    case UNTIL_NAME:
        return plan_reg_call1(s, "base.null", plan_reg_get(s, outputs, e->name, strlen(e->name)));
    case UNTIL_LIST:
        return lower_list(s, e, outputs);
    case UNTIL_CALL:
        return lower_call(s, e, outputs);
    case UNTIL_COMPARE:
        return lower_comparison(s, e, outputs);
    default:
        return lower_logic(s, e, outputs);
    }
}

int operonx_lower_until(struct plan_step *s, const struct ox_until *e, int outputs)
{
    return lower(s, e, outputs);
}
