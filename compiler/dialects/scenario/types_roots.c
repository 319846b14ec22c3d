/* types_roots.c: what stands at the roots of references (scenario 1.6.1), seen from a step: the
 * input's data, variables of loops, items, turns. */
#include "dialects/scenario/types.h"

#include <string.h>

enum { MOST_ITEMS = 64 };

static struct type_field field(const char *name, const struct type *type)
{
    return (struct type_field){ name, strlen(name), type };
}

/* A step of a graph, looked at from the graph around it. */
static struct type_place place_of(struct step *s)
{
    return (struct type_place){ .graph = s->graph, .step = s };
}

/* What an array holds. */
static const struct type *item_of(struct typing *t, const struct type *list)
{
    const struct type *item = NULL;

    if (!list->literal)
        return list->item ? list->item : &type_any;
    if (list->literal->n > MOST_ITEMS)
        return &type_any;
    node_each(n, list->literal)
    {
        const struct type *one = type_of_literal(&t->maker, n);

        item = item ? type_join(&t->maker, item, one) : one;
    }
    return item ? item : &type_any;
}

static const struct type *find_item(struct typing *t, struct step *s)
{
    struct type_place at = place_of(s);
    const struct type *list = types_value(t, &at, s->value);

    if (!(list->kinds & TYPE_ARRAY) || list->kinds & ~(unsigned)(TYPE_ARRAY | TYPE_NULL))
        return &type_any;
    return s->type == STEP_SPLIT && s->batch ? list : item_of(t, list);
}

const struct type *types_item(struct typing *t, struct step *s)
{
    if (!s->types.item) {
        s->types.item = &type_any; /* while it is looked for */
        s->types.item = find_item(t, s);
    }
    return s->types.item;
}

static const struct type *variables_of(struct typing *t, struct step *s)
{
    struct type_place outside = place_of(s);

    if (!s->types.variables) {
        s->types.variables = &type_any;
        s->types.variables = types_mapping(t, &outside, &s->variables);
    }
    return s->types.variables;
}

/* ---- data and variables ------------------------------------------------------------------------
 */

static const struct type *find_data(struct typing *t, const struct subgraph *g)
{
    if (g->owner && g->owner->input_schema && g->owner->input_schema->n)
        return type_of_fields(&t->maker, g->owner->input_schema);
    if (g->owner)
        return g->owner->type == STEP_SPLIT ? types_item(t, g->owner) : &type_any;
    return g->input_schema ? type_of_fields(&t->maker, g->input_schema) : &type_any;
}

static const struct type *data(struct typing *t, struct subgraph *g)
{
    while (g->owner && g->owner->type == STEP_WHILE)
        g = g->up;
    if (!g->data) {
        g->data = &type_any; /* while it is looked for */
        g->data = find_data(t, g);
    }
    return g->data;
}

/* What a While's body finishes with, and null before its first turn. */
static const struct type *turn(struct typing *t, const struct step *s)
{
    return s->body->result ? type_join(&t->maker, s->body->result, &type_null) : &type_any;
}

static const struct type *loop(struct typing *t, const struct step *s)
{
    struct type_field fields[] = { field("index", &type_integer), field("outputs", turn(t, s)) };

    return type_of_object(&t->maker, fields, 2);
}

/* A variable that a loop gives its body; NULL when it gives none of this name. */
static const struct type *given(struct typing *t, struct step *owner, const struct path *p,
                                unsigned at)
{
    const struct type *one = NULL;

    if (path_part_is(p, at, "_index"))
        return &type_integer;
    if (path_part_is(p, at, "_loop_indices"))
        return type_of_array(&t->maker, &type_integer);
    if (path_part_is(p, at, "_item") && owner->type == STEP_SPLIT)
        return types_item(t, owner);
    if (path_part_is(p, at, "_loop") && owner->type == STEP_WHILE)
        return loop(t, owner);
    if (path_part_is(p, at, "_previousOutputs") && owner->type == STEP_WHILE)
        return turn(t, owner);
    return type_enter(&t->maker, variables_of(t, owner), p->at[at].s, p->at[at].n, &one)
                   == TYPE_INSIDE
               ? one
               : NULL;
}

/* Declared variables may be replaced by the input or an outer scope, so their types are open. */
static const struct type *variable(struct typing *t, const struct subgraph *g, const struct path *p,
                                   unsigned at)
{
    const struct type *found = NULL;

    for (; !found && g->owner; g = g->up) {
        if (g->owner->type != STEP_SPLIT && g->owner->type != STEP_WHILE)
            return &type_any;
        found = given(t, g->owner, p, at);
        if (!found && node_get_n(node_get(g->node, "variables"), p->at[at].s, p->at[at].n))
            return &type_any;
    }
    return found ? found : &type_any;
}

/* ---- loops
 * --------------------------------------------------------------------------------------- */

/* The nearest step of the type around a graph. */
static struct step *around(const struct subgraph *g, enum step_type type)
{
    while (g && !(g->owner && g->owner->type == type))
        g = g->up;
    return g ? g->owner : NULL;
}

static const struct type *item_root(struct typing *t, const struct type_place *at)
{
    struct step *s = at->in_condition && at->step->type == STEP_FILTER
                         ? at->step
                         : around(at->graph, STEP_SPLIT);

    return s ? types_item(t, s) : &type_any;
}

static const struct type *loop_root(struct typing *t, const struct type_place *at)
{
    struct step *s =
        at->in_condition && at->step->type == STEP_WHILE ? at->step : around(at->graph, STEP_WHILE);

    return s ? loop(t, s) : &type_any;
}

const struct type *types_root(struct typing *t, const struct type_place *at, const struct path *p,
                              unsigned *ret_used)
{
    unsigned first = path_part_is(p, 0, "workflow") || path_part_is(p, 0, "scenario") ? 2 : 0;
    struct step *s;

    *ret_used = first + 1;
    if (first && !path_part_is(p, 1, "inputs"))
        return &type_any;
    if (path_part_is(p, first, "data"))
        return data(t, at->graph);
    *ret_used = first + 2;
    if (path_part_is(p, first, "variables") && p->n > first + 1)
        return variable(t, at->graph, p, first + 1);
    s = path_part_is(p, 0, "steps") && p->n > 1 ? subgraph_step(at->graph, p->at[1].s, p->at[1].n)
                                                : NULL;
    if (s)
        return types_envelope(t, s);
    *ret_used = 1;
    if (path_part_is(p, 0, "item"))
        return item_root(t, at);
    return path_part_is(p, 0, "loop") ? loop_root(t, at) : &type_any;
}
