/* parse_filter.c: Filter and GroupBy, the steps that sort the items of an array (scenario 1.7.11).
 */
#include "dialects/scenario/parse.h"

static const struct node *parse_config(struct unit *u, struct step *s,
                                       const struct grammar_field *known)
{
    const char *what = s->label;
    const struct node *config = field_object(u, s->node, what, "config", 1);

    field_known(u, config, what, known);
    if (node_get(config, "value"))
        s->value = parse_value(u, node_get(config, "value"));
    else if (config)
        diag_error(u->diags, config, "E201", "%s needs 'value'", what);
    return config;
}

void parse_filter(struct unit *u, struct step *s)
{
    const struct node *config = parse_config(u, s, grammar_filter), *condition;

    if (!config)
        return;
    condition = field_object(u, config, s->label, "condition", 1);
    if (condition)
        s->condition = parse_condition(u, condition);
}

void parse_group_by(struct unit *u, struct step *s)
{
    const struct node *config = parse_config(u, s, grammar_group_by);
    const char *key;

    if (!config)
        return;
    key = field_text(u, config, s->label, "key", 1);
    if (key)
        s->key = path_split(u->arena, key);
    s->expected = field_array(u, config, s->label, "expectedKeys");
    node_each(n, s->expected)
    {
        if (n->kind != NODE_STRING)
            field_bad_type(u, n, "an expected key", "a string");
    }
}
