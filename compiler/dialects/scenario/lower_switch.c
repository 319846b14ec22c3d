/* lower_switch.c: Switch (scenario 1.7.5).
 *
 * The number of the case that matches comes first (0: none); outputs that are constant are an array
 * it indexes, and so are the routes.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

/* ---- matching ------------------------------------------------------------------------------ */

static int compare(struct scope *sc, struct plan_step *s, const char *function, int value,
                   const struct node *with)
{
    return plan_reg_call2(s, function, value, lower_literal(sc, s, with));
}

/* RANGE: every bound that is there holds; none is true. BETWEEN: from the first to the second. */
static int match_bounds(struct scope *sc, struct plan_step *s, int value,
                        const struct node *const *bounds, const char *const *functions, unsigned n)
{
    int all = -1;

    for (unsigned i = 0; i < n; i++) {
        int holds;

        if (!bounds[i])
            continue;
        holds = compare(sc, s, functions[i], value, bounds[i]);
        all = all < 0 ? holds : plan_reg_call2(s, "base.and", all, holds);
    }
    return all < 0 ? lower_bool(s, 1) : all;
}

static int match_range(struct scope *sc, struct plan_step *s, int value, const struct node *match)
{
    static const char *const functions[] = { "scenario.gte", "scenario.gt", "scenario.lte",
                                             "scenario.lt" };
    const struct node *bounds[] = { node_get(match, "gte"), node_get(match, "gt"),
                                    node_get(match, "lte"), node_get(match, "lt") };

    if (!match || match->kind != NODE_OBJECT)
        return lower_bool(s, 0);
    return match_bounds(sc, s, value, bounds, functions, 4);
}

static int match_between(struct scope *sc, struct plan_step *s, int value, const struct node *match)
{
    static const char *const functions[] = { "scenario.gte", "scenario.lte" };

    if (!match || match->kind != NODE_ARRAY || match->n < 2)
        return lower_bool(s, 0);
    return match_bounds(sc, s, value, (const struct node *[]){ match->child, match->child->next },
                        functions, 2);
}

static int match_case(struct scope *sc, struct plan_step *s, int value, const struct switch_case *c)
{
    static const struct {
        const char *type, *function;
        int arity;
    } plain[] = {
        { "GT", "scenario.gt", 2 },
        { "GTE", "scenario.gte", 2 },
        { "LT", "scenario.lt", 2 },
        { "LTE", "scenario.lte", 2 },
        { "EQ", "scenario.eq", 2 },
        { "NE", "scenario.ne", 2 },
        { "STARTS_WITH", "scenario.starts_with", 2 },
        { "ENDS_WITH", "scenario.ends_with", 2 },
        { "CONTAINS", "scenario.contains", 2 },
        { "IN", "scenario.in", 2 },
        { "NOT_IN", "scenario.not_in", 2 },
        { "IS_DEFINED", "scenario.is_defined", 1 },
        { "IS_EMPTY", "scenario.is_empty", 1 },
        { "IS_NOT_EMPTY", "scenario.is_not_empty", 1 },
    };
    unsigned i = 0;

    if (!strcmp(c->match_type, "RANGE"))
        return match_range(sc, s, value, c->match);
    if (!strcmp(c->match_type, "BETWEEN"))
        return match_between(sc, s, value, c->match);
    if (!strcmp(c->match_type, "EQ") && c->match && c->match->kind == NODE_ARRAY)
        return compare(sc, s, "scenario.in", value, c->match);
    while (strcmp(plain[i].type, c->match_type))
        i++;
    if (plain[i].arity == 1)
        return plan_reg_call1(s, plain[i].function, value);
    return compare(sc, s, plain[i].function, value, c->match);
}

/* The number of the first case that matches, from 1, else 0. */
static int find_case(struct scope *sc, struct plan_step *s, const struct step *st)
{
    int value = st->value ? lower_value(sc, s, st->value) : lower_null(s);
    int found = lower_integer(s, 0);

    for (unsigned i = 0; i < st->n_cases; i++) {
        int next = plan_reg_new(s);

        plan_if(s, found);
        plan_copy(s, next, found);
        plan_else(s);
        plan_copy(s, next,
                  plan_reg_call2(s, "scenario.when", match_case(sc, s, value, &st->cases[i]),
                                 lower_integer(s, (long long)i + 1)));
        plan_end(s);
        found = next;
    }
    return found;
}

/* ---- what it gives ------------------------------------------------------------------------- */

/* Output number `i`; 0 is the default, which is {} when there is none. */
static const struct value *output(const struct step *st, unsigned i)
{
    return i ? st->cases[i - 1].output : st->otherwise;
}

static kiln_value constant(struct plan *plan, const struct value *v)
{
    kiln_value c = value_null();

    if (!v && kiln_object(&plan->heap, &c, NULL, 0) < 0)
        plan_memory_out();
    if (v && v->kind == VALUE_IMMEDIATE && v->literal
        && node_value(&plan->heap, &c, v->literal) < 0)
        plan_memory_out();
    return c;
}

static int choose(struct plan_step *s, kiln_value *items, unsigned n, int number)
{
    kiln_value all;

    if (kiln_array(&s->flow->plan->heap, &all, items, n) < 0)
        plan_memory_out();
    return plan_reg_call2(s, "base.item", plan_reg_const(s, &all), number);
}

static int choose_output(struct scope *sc, struct plan_step *s, const struct step *st, int number)
{
    kiln_value *items = plan_alloc(sc->l->plan, (st->n_cases + 1) * sizeof *items);
    int chosen;

    for (unsigned i = 0; i <= st->n_cases; i++)
        items[i] = constant(sc->l->plan, output(st, i));
    chosen = choose(s, items, st->n_cases + 1, number);
    for (unsigned i = 0; i <= st->n_cases; i++) {
        const struct value *v = output(st, i);
        int next;

        if (!v || v->kind == VALUE_IMMEDIATE)
            continue;
        next = plan_reg_new(s);
        plan_if(s, plan_reg_call2(s, "scenario.eq", number, lower_integer(s, i)));
        plan_copy(s, next, lower_value(sc, s, v));
        plan_else(s);
        plan_copy(s, next, chosen);
        plan_end(s);
        chosen = next;
    }
    return chosen;
}

/* ---- routes -------------------------------------------------------------------------------- */

static const char *route_of(const struct step *st, unsigned i)
{
    return i && st->cases[i - 1].route ? st->cases[i - 1].route : "default";
}

/* Routes are numbered as the cases that name them first; 0 is "default". */
unsigned lower_route_case(const struct step *st, const char *route)
{
    unsigned i = 0;

    while (i <= st->n_cases && strcmp(route_of(st, i), route))
        i++;
    return i;
}

static int choose_route(struct scope *sc, struct plan_step *s, const struct step *st, int number,
                        int as_text)
{
    kiln_value *items = plan_alloc(sc->l->plan, (st->n_cases + 1) * sizeof *items);

    for (unsigned i = 0; i <= st->n_cases; i++) {
        const char *route = route_of(st, i);

        items[i] = as_text ? value_static(route) : value_int(lower_route_case(st, route));
    }
    return choose(s, items, st->n_cases + 1, number);
}

struct plan_step *lower_switch(struct scope *sc, const struct step *st, struct plan_step *s)
{
    const struct step_slots *slots = &sc->slots[st->number];
    int number = find_case(sc, s, st);

    if (slots->outputs >= 0)
        plan_set(s, 0, (unsigned)slots->outputs, choose_output(sc, s, st, number));
    if (slots->siblings >= 0 && st->is_routing) {
        unsigned key = plan_const_text(sc->l->plan, "route", 5);
        int route = choose_route(sc, s, st, number, 1);

        plan_set(s, 0, (unsigned)slots->siblings, plan_reg_object(s, &key, &route, 1));
    }
    if (st->is_routing)
        plan_pick(s, choose_route(sc, s, st, number, 0));
    return s;
}
