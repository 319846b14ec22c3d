/* types.c: the types of values and of what steps leave behind (scenario 1.6, 1.7.1). */
#include "dialects/scenario/types.h"

#include <string.h>

#include "dialects/scenario/check.h"

enum { DEEPEST = 64, MOST_KEYS = 64 };

/* ---- values
 * --------------------------------------------------------------------------------------- */

struct type_path types_path(struct typing *t, const struct type_place *at, const struct path *p)
{
    struct type_path way = { &type_any, TYPE_INSIDE, 0 };
    unsigned i;

    if (!p->n)
        return way;
    way.type = types_root(t, at, p, &i);
    for (; i < p->n && way.type != &type_any; i++) {
        const struct part *part = &p->at[i];

        way.way = type_enter(&t->maker, way.type, part->s, part->n, &way.type);
        way.at = i;
        if (way.way != TYPE_INSIDE)
            return way;
    }
    return way;
}

/* What a hint makes of a value (scenario 1.6.4); null stays null. */
static const struct type *hinted(struct typing *t, const struct type *from, enum type_hint hint)
{
    static const char *const names[] = { "any", "string", "integer", "number", "boolean" };

    if (hint == HINT_NONE)
        return from;
    return type_join(&t->maker, type_of_name(&t->maker, names[hint]), &type_null);
}

/* Anything a reference leads to may be missing, and null then. */
static const struct type *reference(struct typing *t, const struct type_place *at,
                                    const struct value *v)
{
    struct type_path way = types_path(t, at, &v->path);
    const struct type *type = way.way == TYPE_INSIDE ? way.type : &type_null;

    type = type_join(&t->maker, type, type_of_literal(&t->maker, v->otherwise));
    return hinted(t, type_join(&t->maker, type, &type_null), v->hint);
}

static const struct type *array(struct typing *t, const struct type_place *at,
                                const struct mapping *m)
{
    const struct type *item = NULL;

    if (m->n > MOST_KEYS)
        return type_of_array(&t->maker, NULL);
    for (unsigned i = 0; i < m->n; i++) {
        const struct type *one = types_value(t, at, m->at[i].value);

        item = item ? type_join(&t->maker, item, one) : one;
    }
    return type_of_array(&t->maker, item);
}

/* The first `n` bytes of the key; of a literal's members dots mean nothing. */
static const struct type *object(struct typing *t, const struct type_place *at,
                                 const struct mapping *m, const char *dots)
{
    struct type_field fields[MOST_KEYS];
    unsigned n = 0;

    if (m->n > MOST_KEYS)
        return &type_any;
    for (unsigned i = 0; i < m->n; i++) {
        const char *key = m->at[i].key;
        size_t length = strcspn(key, dots);
        unsigned k = 0;

        while (k < n && !(fields[k].n == length && !memcmp(fields[k].name, key, length)))
            k++;
        fields[k] = (struct type_field){ key, length,
                                         k == n && !key[length] ? types_value(t, at, m->at[i].value)
                                                                : &type_any };
        n += k == n;
    }
    return type_of_object(&t->maker, fields, n);
}

const struct type *types_mapping(struct typing *t, const struct type_place *at,
                                 const struct mapping *m)
{
    return object(t, at, m, ".[");
}

const struct type *types_value(struct typing *t, const struct type_place *at, const struct value *v)
{
    if (!v)
        return &type_null;
    switch (v->kind) {
    case VALUE_REFERENCE:
        return reference(t, at, v);
    case VALUE_IMMEDIATE:
        return v->text ? &type_string : type_of_literal(&t->maker, v->literal);
    case VALUE_OBJECT:
        return object(t, at, v->members, "");
    case VALUE_ARRAY:
        return array(t, at, v->members);
    default:
        return &type_string;
    }
}

/* ---- what a graph finishes with
 * ----------------------------------------------------------------------- */

/* A lone key `outputs` is taken out (scenario 1.7.2). */
static const struct type *finish(struct typing *t, struct step *s)
{
    struct type_place at = { .graph = s->graph, .step = s };
    const struct type *all = types_mapping(t, &at, &s->mapping);
    const struct type_field *only = all->n_fields == 1 ? all->fields : NULL;

    return only && only->n == 7 && !memcmp(only->name, "outputs", 7) ? only->type : all;
}

static void type_steps(struct typing *t, struct subgraph *g)
{
    struct arena *a = t->unit->arena;
    unsigned *order = diag_must_have(arena_alloc(a, (g->n_steps + 1) * sizeof *order)), n;
    unsigned char *every = diag_must_have(arena_alloc(a, g->n_steps + 1));
    struct graph arrows;

    memset(every, 1, g->n_steps);
    subgraph_arrows(g, a, 1, &arrows);
    n = graph_order(&arrows, g->entry ? g->entry->number : 0, every, order);
    for (unsigned i = 0; i < n; i++)
        types_envelope(t, g->steps[order[i]]);
}

const struct type *types_graph(struct typing *t, struct subgraph *g)
{
    const struct type *result = &type_null;

    if (g->result || t->depth >= DEEPEST || !g->n_steps)
        return g->result ? g->result : &type_any;
    g->result = &type_any; /* while it is looked for: a loop's body refers to itself */
    t->depth++;
    type_steps(t, g);
    for (unsigned i = 0; i < g->n_steps; i++)
        if (g->steps[i]->type == STEP_FINISH)
            result = type_join(&t->maker, result, finish(t, g->steps[i]));
    t->depth--;
    g->result = result;
    return result;
}

/* ---- what steps leave behind
 * ------------------------------------------------------------------------------ */

static struct type_field field(const char *name, const struct type *type)
{
    return (struct type_field){ name, strlen(name), type };
}

#define OBJECT(t, ...)                                                                             \
    type_of_object(&(t)->maker, (const struct type_field[]){ __VA_ARGS__ },                        \
                   sizeof((const struct type_field[]){ __VA_ARGS__ }) / sizeof(struct type_field))

static const struct type *agent(struct typing *t, struct step *s)
{
    const kiln_op *op = check_agent_op(t->unit, s);

    return op ? type_of_output(&t->maker, op) : &type_any;
}

static const struct type *chosen(struct typing *t, struct step *s)
{
    struct type_place at = { .graph = s->graph, .step = s };
    const struct type *type =
        s->otherwise ? types_value(t, &at, s->otherwise) : type_of_object(&t->maker, NULL, 0);

    for (unsigned i = 0; i < s->n_cases; i++)
        type = type_join(&t->maker, type, types_value(t, &at, s->cases[i].output));
    return type;
}

static const struct type *groups(struct typing *t)
{
    const struct type *map = type_of_name(&t->maker, "object");

    return OBJECT(t, field("groups", map), field("counts", map),
                  field("total_groups", &type_integer));
}

/* What a step was told from outside. */
static const struct type *answer(struct typing *t, const struct node *schema)
{
    return schema && schema->n ? type_of_fields(&t->maker, schema) : &type_any;
}

static const struct type *ai_outputs(struct typing *t, const struct step *s)
{
    const struct node *schema = node_get(node_get(s->node, "config"), "outputSchema");
    int is_object = schema && schema->kind == NODE_OBJECT && schema->n;

    return OBJECT(t, field("response", is_object ? answer(t, schema) : &type_string),
                  field("iterations", &type_integer),
                  field("toolCalls", type_of_array(&t->maker, &type_any)));
}

/* NULL: nothing is known, of the envelope neither. */
static const struct type *outputs(struct typing *t, struct step *s)
{
    switch (s->type) {
    case STEP_AGENT:
        return agent(t, s);
    case STEP_CONDITIONAL:
        return OBJECT(t, field("result", &type_boolean));
    case STEP_SWITCH:
        return chosen(t, s);
    case STEP_LOG:
        return OBJECT(t, field("level", &type_string), field("message", &type_string));
    case STEP_WHILE:
        return OBJECT(t, field("iterations", &type_integer),
                      field("outputs", types_graph(t, s->body)));
    case STEP_SPLIT:
        return type_of_array(&t->maker, types_graph(t, s->body));
    case STEP_FILTER:
        return OBJECT(t, field("count", &type_integer),
                      field("items", type_of_array(&t->maker, types_item(t, s))));
    case STEP_GROUP_BY:
        return groups(t);
    case STEP_EMBED:
        return types_child_result(t, s);
    case STEP_WAIT:
        return answer(t, s->response_schema);
    case STEP_AI_AGENT:
        return ai_outputs(t, s);
    default:
        return NULL;
    }
}

/* What stands beside the outputs; `fields` has room for it. */
static unsigned siblings(const struct step *s, struct type_field *fields)
{
    unsigned n = 0;

    if (s->type == STEP_SWITCH && s->is_routing)
        fields[n++] = field("route", &type_string);
    if (s->type == STEP_EMBED)
        fields[n++] = field("childWorkflowId", &type_string);
    if (s->type == STEP_WAIT)
        fields[n++] = field("signal_id", &type_string);
    if (s->type == STEP_SPLIT && s->goes_on) {
        fields[n++] = field("data", &type_any);
        fields[n++] = field("stats", &type_any);
        fields[n++] = field("hasFailures", &type_boolean);
    }
    return n;
}

const struct type *types_envelope(struct typing *t, struct step *s)
{
    struct type_field fields[8] = { field("stepId", &type_string), field("stepName", &type_string),
                                    field("stepType", &type_string) };
    unsigned n = 4;

    if (s->types.envelope)
        return s->types.envelope;
    s->types.envelope = &type_any; /* while it is looked for: steps may go in a circle */
    fields[3] = s->type == STEP_DELAY ? field("duration_ms", &type_integer)
                                      : field("outputs", outputs(t, s));
    if (!fields[3].type)
        return s->types.envelope;
    n += siblings(s, fields + n);
    s->types.envelope = type_of_object(&t->maker, fields, n);
    return s->types.envelope;
}
