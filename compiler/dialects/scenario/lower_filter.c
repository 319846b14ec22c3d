/* lower_filter.c: Filter and GroupBy (scenario 1.7.11). Both are one step without an effect: a
 * Filter is a loop in its leaf, with the condition in straight C; a GroupBy calls one function. */
#include "dialects/scenario/lower.h"

static int list(struct scope *sc, struct plan_step *s, const struct step *st)
{
    return st->value ? lower_value(sc, s, st->value) : lower_null(s);
}

static void set_outputs(struct scope *sc, struct plan_step *s, const struct step *st, int reg)
{
    if (sc->slots[st->number].outputs >= 0)
        plan_set(s, 0, (unsigned)sc->slots[st->number].outputs, reg);
}

/* The items for which the condition holds. What is no array has none. */
static int kept(struct scope *sc, struct plan_step *s, const struct step *st)
{
    int item, items = plan_for(s, list(sc, s, st), &item);

    sc->item = item;
    plan_if(s, lower_condition(sc, s, st->condition));
    sc->item = -1;
    plan_yield(s, item);
    plan_end(s);
    plan_end(s);
    return items;
}

struct plan_step *lower_filter(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct plan *plan = sc->l->plan;
    unsigned keys[] = { plan_const_text(plan, "count", 5), plan_const_text(plan, "items", 5) };
    int items = kept(sc, s, st);

    set_outputs(
        sc, s, st,
        plan_reg_object(s, keys, (int[]){ plan_reg_call1(s, "base.length", items), items }, 2));
    return s;
}

struct plan_step *lower_group_by(struct scope *sc, const struct step *st, struct plan_step *s)
{
    int items = list(sc, s, st), key = lower_path(sc, s, &st->key, 0);

    set_outputs(
        sc, s, st,
        plan_reg_call3(s, "scenario.group", items, key, lower_literal(sc, s, st->expected)));
    return s;
}
