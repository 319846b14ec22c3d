/* check_data.c: references into what has a known shape: the input by its schema (scenario 2.2,
 * "data-scope rule"), and the outputs of steps whose outputs are always alike. */
#include "dialects/scenario/check.h"

#include <stdlib.h>
#include <string.h>

#include "numeral.h"

/* A reference followed through a shape: where we are and what to call it. */
struct follow {
    struct check *k;
    const struct step *step;
    const struct value *value;
    unsigned at; /* the part to look at next */
};

static const char *text_before(const struct follow *f)
{
    return path_text(f->k->u->arena, &f->value->path, f->at);
}

static void unknown_field(const struct follow *f, const char *code, const struct node *fields)
{
    const struct part *p = &f->value->path.at[f->at];
    struct diag *d = check_doubt(
        f->k, f->value->node, code, "step '%s' refers to '%s', but '%s' has no field '%s'",
        f->step->id, f->value->path.text, text_before(f), check_part(f->k, p));

    check_suggest_members(f->k, d, p, "fields", fields);
}

static void cannot_traverse(const struct follow *f, const char *type)
{
    check_doubt(f->k, f->value->node, "E059",
                "step '%s' refers to '%s', but '%s' is of type %s and has no '%s'", f->step->id,
                f->value->path.text, text_before(f), type,
                check_part(f->k, &f->value->path.at[f->at]));
}

static void unverified(const struct follow *f)
{
    diag_warning(f->k->u->diags, f->value->node, "W051", "'%s' can only be checked as far as '%s'",
                 f->value->path.text, text_before(f));
}

static int is_position(const struct part *p)
{
    long long i;

    return numeral_integer(p->s, p->n, &i) == 0;
}

/* Follows the rest of the path through a field's schema. */
static void follow_schema(struct follow *f, const struct node *field)
{
    for (; f->at < f->value->path.n; f->at++) {
        const struct part *p = &f->value->path.at[f->at];
        const struct node *properties = node_get(field, "properties");
        const struct node *type = node_get(field, "type");

        if (node_is(type, "array")) {
            if (!is_position(p)) {
                cannot_traverse(f, "array");
                return;
            }
            field = node_get(field, "items");
        } else if (node_is(type, "object") && properties && properties->n) {
            field = node_get_n(properties, p->s, p->n);
            if (!field) {
                unknown_field(f, "E058", properties);
                return;
            }
        } else if (node_is(type, "string") || node_is(type, "integer") || node_is(type, "number")
                   || node_is(type, "boolean")) {
            cannot_traverse(f, node_text(type));
            return;
        } else {
            unverified(f);
            return;
        }
        if (!field) { /* an array that does not say what it holds */
            f->at++;
            if (f->at < f->value->path.n)
                unverified(f);
            return;
        }
    }
}

/* The schema that governs `data` in a subgraph; a While's body has that of the scope around it.
 * Sets *ret_is_root when it is the workflow's own. */
static const struct node *governing_schema(const struct subgraph *g, int *ret_is_root)
{
    *ret_is_root = !g->owner || g->owner->type == STEP_WAIT;
    while (g->owner && g->owner->type == STEP_WHILE)
        g = g->up;
    if (g->owner && g->owner->type != STEP_WAIT)
        return g->owner->input_schema && g->owner->input_schema->n ? g->owner->input_schema : NULL;
    return g->input_schema;
}

void check_data(struct check *k, const struct step *s, const struct value *v, unsigned first)
{
    struct follow f = { k, s, v, first };
    const struct node *schema, *field;
    int is_root;

    if (v->path.n <= first)
        return;
    schema = governing_schema(k->g, &is_root);
    if (!schema && is_root) {
        diag_hint(k->u->diags,
                  check_doubt(k, v->node, "E052",
                              "step '%s' refers to '%s', but there is no inputSchema", s->id,
                              v->path.text),
                  "declare the fields of the input in 'inputSchema'");
        return;
    }
    if (!schema) {
        diag_warning(k->u->diags, v->node, "W080",
                     "step '%s': nothing says what '%s' may be; a misspelt field is null", s->id,
                     v->path.text);
        return;
    }
    field = node_get_n(schema, v->path.at[first].s, v->path.at[first].n);
    if (!field) {
        unknown_field(&f, "E051", schema);
        return;
    }
    f.at++;
    follow_schema(&f, field);
}

/* ---- outputs of steps ------------------------------------------------------------------------ */

/* The only members the outputs of these steps have; NULL for all other types. */
static const char *const *members_of(const struct step *s)
{
    static const char *const conditional[] = { "result", NULL };
    static const char *const turns[] = { "iterations", "outputs", NULL };
    static const char *const filter[] = { "count", "items", NULL };
    static const char *const connection[] = { "connection_id", "connection_subtype",
                                              "integration_id", "parameters", NULL };
    static const char *const groups[] = { "counts", "groups", "total_groups", NULL };

    switch (s->type) {
    case STEP_CONDITIONAL:
        return conditional;
    case STEP_WHILE:
        return turns;
    case STEP_FILTER:
        return filter;
    case STEP_GROUP_BY:
        return groups;
    case STEP_CONNECTION:
        return connection;
    default:
        return NULL;
    }
}

static void unknown_member(const struct follow *f, const char *const *members)
{
    const char *name = check_part(f->k, &f->value->path.at[f->at]);
    size_t n = 0;

    for (; members[n]; n++)
        if (!strcmp(members[n], name))
            return;
    diag_suggest(f->k->u->diags,
                 check_doubt(f->k, f->value->node, "E058",
                             "step '%s' refers to '%s', but '%s' has no field '%s'", f->step->id,
                             f->value->path.text, text_before(f), name),
                 name, "fields", members, n);
}

void check_outputs(struct check *k, const struct step *s, const struct value *v,
                   const struct step *source)
{
    struct follow f = { k, s, v, 3 };
    const struct path *p = &v->path;
    const char *const *members = members_of(source);

    if (p->n < 4 || !path_part_is(p, 2, "outputs"))
        return;
    if (source->type == STEP_SPLIT && !is_position(&p->at[3]))
        cannot_traverse(&f, "array");
    if (members)
        unknown_member(&f, members);
}
