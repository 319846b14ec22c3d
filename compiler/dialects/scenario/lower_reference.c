/* lower_reference.c: references to registers (scenario 1.6.3, 1.6.4).
 *
 * The root of a path is resolved here and now, so no context object is ever built; only what a path
 * goes into beyond its root is followed when the program runs.
 */
#include "dialects/scenario/lower.h"

#include <stdint.h>

unsigned lower_slot(struct scope *sc, int *slot, const char *name)
{
    if (*slot < 0)
        *slot = (int)plan_slot_add(sc->flow, name, KILN_RULE_LAST, 0);
    return (unsigned)*slot;
}

/* [parts used, part, part...] */
int lower_path(struct scope *sc, struct plan_step *s, const struct path *p, unsigned used)
{
    struct plan *plan = sc->l->plan;
    kiln_value *items = plan_alloc(plan, (p->n + 1) * sizeof *items), path;

    items[0] = value_int(used);
    for (unsigned i = 0; i < p->n; i++)
        if (value_string(&plan->heap, &items[i + 1], p->at[i].s, p->at[i].n) < 0)
            plan_memory_out();
    if (kiln_array(&plan->heap, &path, items, p->n + 1) < 0)
        plan_memory_out();
    return plan_reg_const(s, &path);
}

static int apply_hint(struct plan_step *s, int reg, enum type_hint hint)
{
    static const char *const functions[] = { NULL, "scenario.to_string", "scenario.to_integer",
                                             "scenario.to_number", "scenario.to_boolean" };

    return functions[hint] ? plan_reg_call1(s, functions[hint], reg) : reg;
}

/* A default stands in for null, and for text that is no number where a number is wanted. */
static int apply_default(struct scope *sc, struct plan_step *s, int reg, const struct value *v)
{
    int otherwise = lower_literal(sc, s, v->otherwise);

    if (v->hint == HINT_INTEGER)
        return plan_reg_call2(s, "scenario.integer_or", reg, otherwise);
    if (v->hint == HINT_NUMBER)
        return plan_reg_call2(s, "scenario.number_or", reg, otherwise);
    return apply_hint(s, plan_reg_call2(s, "base.default", reg, otherwise), v->hint);
}

int lower_reference(struct scope *sc, struct plan_step *s, const struct value *v)
{
    struct root root;
    int reg;

    sc->l->at = v->node;
    root = lower_root(sc, s, &v->path);
    reg = root.reg;
    if (root.used < v->path.n)
        reg = plan_reg_call2(s, v->quiet || v->otherwise ? "scenario.seek" : "scenario.path", reg,
                             lower_path(sc, s, &v->path, root.used));
    else if (!root.sure)
        reg = plan_reg_call1(s, "base.null", reg);
    return v->otherwise ? apply_default(sc, s, reg, v) : apply_hint(s, reg, v->hint);
}
