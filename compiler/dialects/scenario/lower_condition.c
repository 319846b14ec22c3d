/* lower_condition.c: conditions to registers (scenario 1.9).
 *
 * An operator is one call of a pure function. AND and OR stop early, so what stands behind the
 * decision cannot fail the step; a chain of them is laid flat, however long it is.
 */
#include "dialects/scenario/lower.h"

static const struct {
    unsigned arity;
    const char *function;
} operators[] = {
#define OPERATOR(name, arity, function) { arity, function },
#include "dialects/scenario/operators.def"
#undef OPERATOR
};

/* An argument: the number LENGTH gives, the truth of another operation, or a value. */
static int argument(struct scope *sc, struct plan_step *s, const struct condition *c)
{
    if (c->value)
        return lower_value(sc, s, c->value);
    if (c->op == OPERATOR_LENGTH && c->n)
        return plan_reg_call1(s, "scenario.length", argument(sc, s, c->args[0]));
    return lower_condition(sc, s, c);
}

/* AND goes on while true, OR while false. */
static int chain(struct scope *sc, struct plan_step *s, const struct condition *c)
{
    int is_and = c->op == OPERATOR_AND, sum;

    if (!c->n)
        return lower_bool(s, is_and);
    sum = lower_condition(sc, s, c->args[0]);
    for (unsigned i = 1; i < c->n; i++) {
        int next = plan_reg_new(s);

        plan_if(s, sum);
        plan_copy(s, next, is_and ? lower_condition(sc, s, c->args[i]) : sum);
        plan_else(s);
        plan_copy(s, next, is_and ? sum : lower_condition(sc, s, c->args[i]));
        plan_end(s);
        sum = next;
    }
    return sum;
}

/* Only a query can evaluate these; a workflow that tries fails (scenario E027). */
static int refuse(struct scope *sc, struct plan_step *s, enum operator op)
{
    const char *text = arena_printf(sc->l->unit->arena,
                                    "condition operator '%s' is only valid inside object-model "
                                    "query conditions; the workflow runtime cannot evaluate it",
                                    operator_name(op));

    return plan_reg_call1(s, "scenario.refuse", plan_reg_text(s, diag_must_have((char *)text)));
}

static int not(struct scope * sc, struct plan_step *s, const struct condition *c)
{
    if (!c->n)
        return lower_bool(s, 1);
    return plan_reg_call1(s, "base.not", argument(sc, s, c->args[0]));
}

int lower_condition(struct scope *sc, struct plan_step *s, const struct condition *c)
{
    int a;

    if (c->value)
        return plan_reg_call1(s, "scenario.truthy", lower_value(sc, s, c->value));
    if (c->op == OPERATOR_AND || c->op == OPERATOR_OR)
        return chain(sc, s, c);
    if (c->op == OPERATOR_NOT)
        return not(sc, s, c);
    if (!operators[c->op].function)
        return refuse(sc, s, c->op);
    if (c->n < operators[c->op].arity)
        return lower_bool(s, c->op == OPERATOR_IS_EMPTY);
    if (c->op == OPERATOR_LENGTH)
        return plan_reg_call1(s, "scenario.truthy", argument(sc, s, c));
    a = argument(sc, s, c->args[0]);
    if (operators[c->op].arity == 1)
        return plan_reg_call1(s, operators[c->op].function, a);
    return plan_reg_call2(s, operators[c->op].function, a, argument(sc, s, c->args[1]));
}

int lower_first(struct scope *sc, struct plan_step *s, struct condition *const *c, unsigned n)
{
    int found = lower_integer(s, 0);

    for (unsigned i = 0; i < n; i++) {
        int next = plan_reg_new(s);

        plan_if(s, found);
        plan_copy(s, next, found);
        plan_else(s);
        plan_copy(s, next,
                  plan_reg_call2(s, "scenario.when", lower_condition(sc, s, c[i]),
                                 lower_integer(s, (long long)i + 1)));
        plan_end(s);
        found = next;
    }
    return found;
}
