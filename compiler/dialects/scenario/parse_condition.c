/* parse_condition.c: conditions (scenario 1.9). An operation, or a mapping value that is true or
 * not; arguments are either again. */
#include "dialects/scenario/parse.h"

#include <string.h>

static struct condition *condition_new(struct unit *u, const struct node *n)
{
    struct condition *c = diag_must_have(arena_zalloc(u->arena, sizeof *c));

    c->node = n;
    return c;
}

static struct condition *parse_operation(struct unit *u, const struct node *n)
{
    const char *op = field_text(u, n, "a condition", "op", 1);
    const struct node *args = field_array(u, n, "a condition", "arguments");
    struct condition *c = condition_new(u, n);

    field_known_loosely(u, n, "a condition", grammar_operation);
    while (op && c->op < OPERATORS && strcmp(operator_name(c->op), op))
        c->op++;
    if (op && c->op == OPERATORS)
        field_bad_word(u, node_get(n, "op"), "condition operator", op,
                       grammar_find(grammar_operation, "op")->words);
    if (!op || c->op == OPERATORS)
        return NULL;
    c->args = diag_must_have(arena_alloc(u->arena, ((args ? args->n : 0) + 1) * sizeof *c->args));
    node_each(a, args) c->args[c->n++] = parse_condition(u, a);
    return c;
}

/* {"type": "value", "valueType": ..., "value": ...}: `type` may be a hint as well, or the word. */
static struct condition *parse_value_condition(struct unit *u, const struct node *n)
{
    struct condition *c = condition_new(u, n);

    c->value = parse_value(u, n);
    return c->value ? c : NULL;
}

struct condition *parse_condition(struct unit *u, const struct node *n)
{
    if (n->kind != NODE_OBJECT) {
        field_bad_type(u, n, "a condition", "an object");
        return NULL;
    }
    if (node_get(n, "op") || node_is(node_get(n, "type"), "operation"))
        return parse_operation(u, n);
    return parse_value_condition(u, n);
}
