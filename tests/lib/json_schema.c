/* json_schema.c: a validator in the words of the specification: each keyword says yes or no. */
#include "json_schema.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

/* ---- keywords about the value itself --------------------------------------------------------- */

static int has_type(const struct node *n, const char *type)
{
    static const char *const names[] = {
        [NODE_NULL] = "null",     [NODE_BOOL] = "boolean",  [NODE_INT] = "integer",
        [NODE_DOUBLE] = "number", [NODE_STRING] = "string", [NODE_ARRAY] = "array",
        [NODE_OBJECT] = "object"
    };

    return !strcmp(type, names[n->kind]) || (!strcmp(type, "number") && n->kind == NODE_INT);
}

static int fits_type(const struct node *types, const struct node *n)
{
    if (types->kind == NODE_STRING)
        return has_type(n, types->u.s);
    node_each(t, types) if (has_type(n, t->u.s)) return 1;
    return 0;
}

/* Strings and null are all that Kiln's schemas compare. */
static int is_equal(const struct node *a, const struct node *b)
{
    ck_assert(a->kind == NODE_STRING || a->kind == NODE_NULL);
    return a->kind == NODE_NULL ? b->kind == NODE_NULL : node_is(b, a->u.s);
}

static int is_among(const struct node *words, const struct node *n)
{
    node_each(w, words) if (is_equal(w, n)) return 1;
    return 0;
}

/* ---- keywords about what is inside ------------------------------------------------------------
 */

static const struct node *check_required(const struct node *names, const struct node *n)
{
    node_each(name, names) if (n->kind == NODE_OBJECT && !node_get(n, name->u.s)) return n;
    return NULL;
}

static const struct node *check_members(const struct node *root, const struct node *schema,
                                        const struct node *n)
{
    const struct node *properties = node_get(schema, "properties");
    const struct node *others = node_get(schema, "additionalProperties"), *bad = NULL;

    if (n->kind != NODE_OBJECT)
        return NULL;
    node_each(m, n)
    {
        const struct node *inner = node_get(properties, m->key);

        if (!inner && others && others->kind == NODE_BOOL)
            bad = others->u.truth ? NULL : m;
        else if (inner || others)
            bad = json_schema_misfit(root, inner ? inner : others, m);
        if (bad)
            return bad;
    }
    return NULL;
}

static const struct node *check_items(const struct node *root, const struct node *schema,
                                      const struct node *n)
{
    if (n->kind == NODE_ARRAY)
        node_each(item, n)
        {
            const struct node *bad = json_schema_misfit(root, schema, item);

            if (bad)
                return bad;
        }
    return NULL;
}

/* ---- keywords about other schemas ---------------------------------------------------------------
 */

static const struct node *check_any(const struct node *root, const struct node *schemas,
                                    const struct node *n)
{
    const struct node *bad = n;

    node_each(s, schemas)
    {
        bad = json_schema_misfit(root, s, n);
        if (!bad)
            return NULL;
    }
    return bad;
}

static const struct node *check_all(const struct node *root, const struct node *schemas,
                                    const struct node *n)
{
    node_each(s, schemas)
    {
        const struct node *bad = json_schema_misfit(root, s, n);

        if (bad)
            return bad;
    }
    return NULL;
}

static const struct node *check_if(const struct node *root, const struct node *schema,
                                   const struct node *n)
{
    const struct node *chosen =
        node_get(schema, json_schema_misfit(root, node_get(schema, "if"), n) ? "else" : "then");

    return chosen ? json_schema_misfit(root, chosen, n) : NULL;
}

static const struct node *check_ref(const struct node *root, const char *ref, const struct node *n)
{
    const struct node *definition;

    ck_assert_msg(!strncmp(ref, "#/$defs/", 8), "%s", ref);
    definition = node_get(node_get(root, "$defs"), ref + 8);
    ck_assert_msg(definition != NULL, "no definition %s", ref);
    return json_schema_misfit(root, definition, n);
}

static const struct node *check_keyword(const struct node *root, const struct node *schema,
                                        const struct node *k, const struct node *n)
{
    static const char *const silent[] = { "$schema",  "$defs", "title", "description",
                                          "examples", "then",  "else" };

    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (!strcmp(k->key, silent[i]))
            return NULL;
    if (!strcmp(k->key, "type"))
        return fits_type(k, n) ? NULL : n;
    if (!strcmp(k->key, "enum"))
        return is_among(k, n) ? NULL : n;
    if (!strcmp(k->key, "const"))
        return is_equal(k, n) ? NULL : n;
    if (!strcmp(k->key, "required"))
        return check_required(k, n);
    if (!strcmp(k->key, "properties") || !strcmp(k->key, "additionalProperties"))
        return check_members(root, schema, n);
    if (!strcmp(k->key, "items"))
        return check_items(root, k, n);
    if (!strcmp(k->key, "anyOf"))
        return check_any(root, k, n);
    if (!strcmp(k->key, "allOf"))
        return check_all(root, k, n);
    if (!strcmp(k->key, "if"))
        return check_if(root, schema, n);
    ck_assert_msg(!strcmp(k->key, "$ref"), "the schema has the keyword %s", k->key);
    return check_ref(root, k->u.s, n);
}

const struct node *json_schema_misfit(const struct node *root, const struct node *schema,
                                      const struct node *n)
{
    node_each(k, schema)
    {
        const struct node *bad = check_keyword(root, schema, k, n);

        if (bad)
            return bad;
    }
    return NULL;
}
