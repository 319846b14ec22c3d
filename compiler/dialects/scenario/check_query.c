/* check_query.c: conditions that are sent to an object store instead of being worked out here
 * (scenario E025). Their first argument names a column, so they follow stricter rules. */
#include "dialects/scenario/check.h"

#include <string.h>

struct query {
    struct check *k;
    const struct step *step;
};

static void complain(const struct query *q, const struct node *at, const char *why,
                     const char *hint)
{
    struct diag *d = check_doubt(q->k, at, "E025", "step '%s': this is no condition of a query: %s",
                                 q->step->id, why);

    if (hint)
        diag_hint(q->k->u->diags, d, "%s", hint);
}

/* How many arguments an operator takes; 0: conditions, any number; -1: there is none for queries.
 */
static int arity_of(const struct node *op)
{
    static const struct {
        const char *name;
        int arity;
    } operators[] = {
        { "AND", 0 },
        { "OR", 0 },
        { "NOT", 0 },
        { "GT", 2 },
        { "GTE", 2 },
        { "LT", 2 },
        { "LTE", 2 },
        { "EQ", 2 },
        { "NE", 2 },
        { "STARTS_WITH", 2 },
        { "ENDS_WITH", 2 },
        { "CONTAINS", 2 },
        { "IN", 2 },
        { "NOT_IN", 2 },
        { "MATCH", 2 },
        { "IS_DEFINED", 1 },
        { "IS_EMPTY", 1 },
        { "IS_NOT_EMPTY", 1 },
        { "SIMILARITY_GTE", 3 },
        { "COSINE_DISTANCE_LTE", 3 },
        { "L2_DISTANCE_LTE", 3 },
    };

    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (node_is(op, operators[i].name))
            return operators[i].arity;
    return -1;
}

/* ---- arguments ------------------------------------------------------------------------------- */

static int is_column(const struct node *argument)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    const struct node *name = node_get(argument, "value");
    const char *text = node_text(name);

    return text && *text && strspn(text, letters) == name->n;
}

static void check_argument(const struct query *q, const struct node *n, int is_first)
{
    const struct node *type = node_get(n, "valueType"), *value = node_get(n, "value");

    if (node_is(type, "immediate") && node_get(value, "valueType"))
        complain(q, n, "a value is wrapped twice", "put the inner value in its place");
    else if (node_is(type, "composite"))
        complain(q, n, "an argument is a composite", "give the value itself");
    else if (!node_text(type))
        complain(q, n, "an argument is no mapping value", NULL);
    else if (is_first && !is_column(n))
        complain(q, n, "its first argument names no field",
                 "{\"valueType\": \"reference\", \"value\": \"the_field\"}");
}

static void check_condition(const struct query *q, const struct node *n);

static void check_arguments(const struct query *q, const struct node *n)
{
    const struct node *op = node_get(n, "op"), *arguments = node_get(n, "arguments");
    int arity = arity_of(op), is_first = 1;
    unsigned count = arguments && arguments->kind == NODE_ARRAY ? arguments->n : 0;

    if (arity < 0)
        complain(q, op ? op : n, "queries do not know the operator", NULL);
    else if (arity && count != (unsigned)arity)
        complain(q, n, "the operator has too few or too many arguments", NULL);
    else if (node_is(op, "NOT") && count != 1)
        complain(q, n, "NOT takes one condition", NULL);
    else if (count)
        node_each(a, arguments)
        {
            if (arity)
                check_argument(q, a, is_first);
            else
                check_condition(q, a);
            is_first = 0;
        }
}

static void check_condition(const struct query *q, const struct node *n)
{
    if (n->kind != NODE_OBJECT || node_get(n, "valueType"))
        complain(q, n, "it is a value where a condition must be", NULL);
    else if (!node_is(node_get(n, "type"), "operation"))
        complain(q, n, "its type is not 'operation'", NULL);
    else
        check_arguments(q, n);
}

void check_query(struct check *k, const struct step *s, const struct node *input)
{
    struct query q = { k, s };
    const struct node *n = node_get(input, "value");

    if (node_is(node_get(input, "valueType"), "immediate") && n && n->kind != NODE_NULL)
        check_condition(&q, n);
}
