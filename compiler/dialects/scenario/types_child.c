/* types_child.c: what the workflow that a step runs takes and gives (scenario 1.7.6, 2.7). Each is
 * found once for all steps that run it.
 */
#include "dialects/scenario/types.h"

/* A workflow has a unit of its own, whose steps are looked at meanwhile. */
static const struct type *own_result(struct typing *t, struct child *child)
{
    const struct model *m = child->unit.model;
    struct unit *caller = t->unit;
    const struct type *result;

    t->unit = &child->unit;
    result = types_graph(t, m->root);
    t->unit = caller;
    return result;
}

static const struct type *find_input(struct typing *t, struct child *child)
{
    if (child->dialect == &dialect_scenario)
        return child->unit.input_schema ? type_of_fields(&t->maker, child->unit.input_schema)
                                        : &type_any;
    return child->dialect->input(&child->unit, &t->maker);
}

const struct type *types_child_input(struct typing *t, const struct step *s)
{
    struct child *child = s->embed ? s->embed->child : NULL;

    if (!child || !child->unit.model)
        return &type_any;
    if (!child->input)
        child->input = find_input(t, child);
    return child->input;
}

const struct type *types_child_result(struct typing *t, const struct step *s)
{
    struct child *child = s->embed ? s->embed->child : NULL;

    if (!child || !child->unit.model)
        return &type_any;
    if (child->dialect == &dialect_scenario)
        return own_result(t, child);
    if (!child->result)
        child->result = child->dialect->result(&child->unit, &t->maker);
    return child->result;
}
