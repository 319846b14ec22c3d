/* parse_value.c: mapping values (scenario 1.6.2).
 *
 * Where a literal may hold mapping values of its own (Agent inputs, Switch outputs) it becomes a
 * tree whose leaves are literals and references; so behind this file there is one kind of value.
 */
#include "dialects/scenario/parse.h"

#include <string.h>

#include "dialects/scenario/template.h"

static struct value *value_new(struct unit *u, enum value_kind kind, const struct node *n)
{
    struct value *v = diag_must_have(arena_zalloc(u->arena, sizeof *v));

    v->kind = kind;
    v->node = n;
    return v;
}

static struct value *literal(struct unit *u, const struct node *at, const struct node *n)
{
    struct value *v = value_new(u, VALUE_IMMEDIATE, at);

    v->literal = n;
    return v;
}

/* A tree node with room for the children of `n`. */
static struct value *tree(struct unit *u, const struct node *n)
{
    struct value *v = value_new(u, n->kind == NODE_ARRAY ? VALUE_ARRAY : VALUE_OBJECT, n);

    v->members = diag_must_have(arena_zalloc(u->arena, sizeof *v->members));
    v->members->node = n;
    v->members->at = diag_must_have(arena_alloc(u->arena, (n->n + 1) * sizeof *v->members->at));
    return v;
}

static void add_member(struct value *v, const struct node *n, struct value *member)
{
    v->members->at[v->members->n++] = (struct entry){ n->key, n, member };
}

/* ---- references ---------------------------------------------------------------------------- */

static enum type_hint parse_hint(struct unit *u, const struct node *n)
{
    static const char *const names[] = { "", "string", "integer", "number", "boolean" };
    const char *type = field_text(u, n, "a reference", "type", 0);

    for (enum type_hint hint = HINT_STRING; type && hint <= HINT_BOOLEAN; hint++)
        if (!strcmp(type, names[hint]))
            return hint;
    return HINT_NONE; /* json, file and unknown hints leave the value alone (scenario 1.6.4) */
}

static struct value *parse_reference(struct unit *u, const struct node *n)
{
    const struct node *path = node_get(n, "value");
    struct value *v = value_new(u, VALUE_REFERENCE, n);

    if (!path || path->kind != NODE_STRING || strlen(path->u.s) != path->n) {
        diag_error(u->diags, path ? path : n, "E202", "a reference needs a path in 'value'");
        return NULL;
    }
    v->path = path_split(u->arena, path->u.s);
    v->otherwise = node_get(n, "default");
    v->hint = parse_hint(u, n);
    return v;
}

/* ---- composites ---------------------------------------------------------------------------- */

static struct value *parse_composite(struct unit *u, const struct node *n)
{
    const struct node *parts = node_get(n, "value");
    struct value *v;

    if (!parts || (parts->kind != NODE_OBJECT && parts->kind != NODE_ARRAY)) {
        diag_error(u->diags, parts ? parts : n, "E202",
                   "a composite needs an object or an array in 'value'");
        return NULL;
    }
    v = tree(u, parts);
    node_each(c, parts) add_member(v, c, parse_value(u, c));
    return v;
}

static struct value *parse_template(struct unit *u, const struct node *n)
{
    const struct node *text = node_get(n, "value");
    struct value *v = value_new(u, VALUE_TEMPLATE, n);

    field_known(u, n, "a template", grammar_template);
    if (!node_text(text)) {
        diag_error(u->diags, text ? text : n, "E202", "a template needs a text in 'value'");
        return NULL;
    }
    v->template = template_read(u, text);
    return v;
}

struct value *parse_value(struct unit *u, const struct node *n)
{
    static const char *const kinds[] = { "reference", "immediate", "composite", "template", NULL };
    const struct node *kind;

    if (n->kind != NODE_OBJECT) {
        field_bad_type(u, n, "a mapping value", "an object with 'valueType' and 'value'");
        return NULL;
    }
    kind = node_get(n, "valueType");
    if (!node_text(kind)) {
        diag_error(u->diags, kind ? kind : n, "E201", "a mapping value needs 'valueType'");
        return NULL;
    }
    if (node_is(kind, "reference"))
        field_known(u, n, "a reference", grammar_reference);
    if (node_is(kind, "reference"))
        return parse_reference(u, n);
    if (node_is(kind, "immediate"))
        return literal(u, n, node_get(n, "value"));
    if (node_is(kind, "composite"))
        return parse_composite(u, n);
    if (node_is(kind, "template"))
        return parse_template(u, n);
    field_bad_word(u, kind, "value type", kind->u.s, kinds);
    return NULL;
}

/* ---- literals that hold mapping values ----------------------------------------------------- */

static int is_mapping(const struct node *n, const char *type)
{
    return n->kind == NODE_OBJECT && node_is(node_get(n, "valueType"), type)
           && node_get(n, "value");
}

/* Holds something that `is_inner` finds, at any depth. */
static int holds(const struct node *n, int (*is_inner)(const struct node *n))
{
    if (is_inner(n))
        return 1;
    if (n->kind == NODE_OBJECT || n->kind == NODE_ARRAY)
        node_each(c, n) if (holds(c, is_inner)) return 1;
    return 0;
}

static int is_reference(const struct node *n)
{
    return is_mapping(n, "reference") && node_text(node_get(n, "value"));
}

static int is_reference_or_immediate(const struct node *n)
{
    return is_reference(n) || is_mapping(n, "immediate");
}

static struct value *quiet_reference(struct unit *u, const struct node *n, int only_dots)
{
    const char *path = node_text(node_get(n, "value"));
    struct value *v = value_new(u, VALUE_REFERENCE, n);

    v->path = only_dots ? path_split_dots(u->arena, path) : path_split(u->arena, path);
    v->quiet = 1;
    return v;
}

/* The operators whose first argument names a column, and calls whose arguments may: they belong to
 * queries and stay as written (scenario 1.6.2). */
static int stays(const struct node *n)
{
    const struct node *owner =
        n->parent && n->parent->kind == NODE_ARRAY ? n->parent->parent : NULL;
    const struct node *op = node_get(owner, "op");

    if (!owner || node_get(owner, "arguments") != n->parent || !is_reference(n))
        return 0;
    if (node_text(op))
        return n->index == 0 && !node_is(op, "AND") && !node_is(op, "OR") && !node_is(op, "NOT");
    return node_get(owner, "fn") && !strpbrk(node_text(node_get(n, "value")), ".[");
}

/* A literal of an Agent's input: references in it become {value, valueType: "immediate"}. */
static struct value *parse_nested(struct unit *u, const struct node *n)
{
    struct value *v;

    if (stays(n) || !holds(n, is_reference))
        return literal(u, n, n);
    v = tree(u, n);
    node_each(c, n)
    {
        struct value *member = parse_nested(u, c);

        if (is_reference(n) && !strcmp(c->key, "value"))
            member = quiet_reference(u, n, 0);
        if (is_reference(n) && !strcmp(c->key, "valueType"))
            member->text = "immediate";
        if (!is_reference(n) || !strcmp(c->key, "value") || !strcmp(c->key, "valueType"))
            add_member(v, c, member);
    }
    return v;
}

/* An Agent's input value: what it holds is resolved, then one wrapper goes. */
static struct value *parse_input(struct unit *u, const struct node *n)
{
    struct value *v = parse_value(u, n);
    const struct node *inner = v ? v->literal : NULL;

    if (!v || v->kind != VALUE_IMMEDIATE || !inner)
        return v;
    if (is_reference(inner))
        return quiet_reference(u, inner, 0);
    if (is_mapping(inner, "immediate"))
        inner = node_get(inner, "value");
    v = parse_nested(u, inner);
    v->node = n;
    return v;
}

struct value *parse_output(struct unit *u, const struct node *n)
{
    struct value *v;

    if (!n || !holds(n, is_reference_or_immediate))
        return literal(u, n, n);
    if (is_reference(n))
        return quiet_reference(u, n, 1);
    if (is_mapping(n, "immediate"))
        return literal(u, n, node_get(n, "value"));
    v = tree(u, n);
    node_each(c, n) add_member(v, c, parse_output(u, c));
    return v;
}

/* ---- mappings ------------------------------------------------------------------------------ */

void parse_mapping(struct unit *u, const struct node *object, const char *what, const char *key,
                   int nested, struct mapping *ret)
{
    const struct node *n = field_object(u, object, what, key, 0);

    *ret = (struct mapping){ .node = n };
    if (!n)
        return;
    ret->at = diag_must_have(arena_alloc(u->arena, (n->n + 1) * sizeof *ret->at));
    node_each(c, n) ret->at[ret->n++] =
        (struct entry){ c->key, c, nested ? parse_input(u, c) : parse_value(u, c) };
}
