/* parse_step.c: one reader a step type (scenario 1.7), and the table that chooses it. */
#include "dialects/scenario/parse.h"

#include <string.h>

/* ---- leaves -------------------------------------------------------------------------------- */

static void parse_finish(struct unit *u, struct step *s)
{
    parse_mapping(u, s->node, s->label, "inputMapping", 0, &s->mapping);
}

static void parse_agent(struct unit *u, struct step *s)
{
    const char *what = s->label;

    s->agent = field_text(u, s->node, what, "agentId", 1);
    s->capability = field_text(u, s->node, what, "capabilityId", 1);
    parse_mapping(u, s->node, what, "inputMapping", 1, &s->mapping);
    parse_policy(u, s->node, what, 3, &s->policy);
    parse_connection_use(u, s);
}

static void parse_required_condition(struct unit *u, struct step *s)
{
    const struct node *n = field_object(u, s->node, s->label, "condition", 1);

    if (n)
        s->condition = parse_condition(u, n);
}

static void parse_log(struct unit *u, struct step *s)
{
    const char *what = s->label;

    s->level = field_word(u, s->node, what, "level", grammar_step(s->type), "info");
    s->message = field_text(u, s->node, what, "message", 1);
    parse_mapping(u, s->node, what, "context", 0, &s->mapping);
}

static void parse_error(struct unit *u, struct step *s)
{
    const struct grammar_field *fields = grammar_step(s->type);
    const char *what = s->label;

    s->category = field_word(u, s->node, what, "category", fields, "permanent");
    s->severity = field_word(u, s->node, what, "severity", fields, "error");
    s->code = field_text(u, s->node, what, "code", 1);
    s->message = field_text(u, s->node, what, "message", 1);
    parse_mapping(u, s->node, what, "context", 0, &s->mapping);
}

/* ---- Switch -------------------------------------------------------------------------------- */

static void parse_case(struct unit *u, struct step *s, const struct node *n)
{
    struct switch_case *c = &s->cases[s->n_cases];

    if (n->kind != NODE_OBJECT) {
        field_bad_type(u, n, "a case", "an object");
        return;
    }
    field_known(u, n, "a case", grammar_case);
    c->node = n;
    c->match_type = field_word(u, n, "a case", "matchType", grammar_case, "EQ");
    c->match = node_get(n, "match");
    c->output = parse_output(u, node_get(n, "output"));
    c->route = field_text(u, n, "a case", "route", 0);
    s->is_routing |= c->route != NULL;
    s->n_cases++;
}

static void parse_switch(struct unit *u, struct step *s)
{
    const struct node *config = field_object(u, s->node, s->label, "config", 0);
    const struct node *cases = field_array(u, config, "a Switch", "cases");

    field_known(u, config, "a Switch's config", grammar_switch);
    if (node_get(config, "value"))
        s->value = parse_value(u, node_get(config, "value"));
    if (node_get(config, "default"))
        s->otherwise = parse_output(u, node_get(config, "default"));
    s->cases =
        diag_must_have(arena_zalloc(u->arena, ((cases ? cases->n : 0) + 1) * sizeof *s->cases));
    node_each(c, cases) parse_case(u, s, c);
}

/* ---- loops --------------------------------------------------------------------------------- */

static void parse_body(struct unit *u, struct step *s)
{
    const struct node *n = field_object(u, s->node, s->label, "subgraph", 1);

    if (n)
        s->body = parse_subgraph(u, n, s->graph, s);
}

static void parse_while(struct unit *u, struct step *s)
{
    const struct node *config = field_object(u, s->node, s->label, "config", 0);

    field_known(u, config, "a While's config", grammar_while);
    s->most = field_integer(u, config, "a While", "maxIterations", 0, 10);
    s->policy.timeout = field_integer(u, config, "a While", "timeout", 0, 0);
    parse_mapping(u, config, "a While", "variables", 0, &s->variables);
    parse_required_condition(u, s);
    parse_body(u, s);
}

static void parse_split(struct unit *u, struct step *s)
{
    const char *what = s->label;
    const struct node *config = field_object(u, s->node, what, "config", 0);

    field_known(u, config, "a Split's config", grammar_split);
    if (node_get(config, "value"))
        s->value = parse_value(u, node_get(config, "value"));
    s->goes_on = field_flag(u, config, what, "dontStopOnFailed");
    s->allow_null = field_flag(u, config, what, "allowNull");
    s->convert_single = field_flag(u, config, what, "convertSingleValue");
    s->batch = field_integer(u, config, what, "batchSize", 0, 0);
    s->parallel = field_integer(u, config, what, "parallelism", 0, 0);
    if (field_flag(u, config, what, "sequential"))
        s->parallel = 1;
    parse_policy(u, config, what, 0, &s->policy);
    s->input_schema = field_object(u, s->node, what, "inputSchema", 0);
    s->output_schema = field_object(u, s->node, what, "outputSchema", 0);
    parse_mapping(u, config, what, "variables", 0, &s->variables);
    parse_body(u, s);
}

/* ---- any step ------------------------------------------------------------------------------ */

/* In the order of enum step_type. */
static void (*const readers[])(struct unit *u, struct step *s) = {
    parse_finish,   parse_agent,      parse_required_condition,
    parse_switch,   parse_log,        parse_error,
    parse_while,    parse_split,      parse_filter,
    parse_group_by, parse_embed,      parse_delay,
    parse_wait,     parse_connection, parse_ai_agent,
};

enum { TYPES = sizeof readers / sizeof *readers };

/* The type's number, or TYPES with a complaint. */
static enum step_type parse_type(struct unit *u, const struct node *n, const char *type)
{
    const char *known[TYPES + 1] = { 0 };
    unsigned i;

    if (!strcmp(type, GRAMMAR_OLD_EMBED))
        return STEP_EMBED;
    for (i = 0; i < TYPES; i++) {
        known[i] = step_type_name((enum step_type)i);
        if (!strcmp(known[i], type))
            return (enum step_type)i;
    }
    field_bad_word(u, node_get(n, "stepType"), "step type", type, known);
    return (enum step_type)TYPES;
}

struct step *parse_step(struct unit *u, struct subgraph *g, const struct node *n)
{
    struct step *s = diag_must_have(arena_zalloc(u->arena, sizeof *s));
    const char *type, *id;

    s->node = n;
    s->id = n->key;
    s->label = diag_must_have(arena_join(u->arena, "step '", s->id, "'", (char *)NULL));
    s->graph = g;
    if (n->kind != NODE_OBJECT) {
        field_bad_type(u, n, s->label, "an object");
        return NULL;
    }
    type = field_text(u, n, s->label, "stepType", 1);
    id = field_text(u, n, s->label, "id", 0);
    s->name = field_text(u, n, s->label, "name", 0);
    if (id && strcmp(id, s->id))
        diag_warning(u->diags, node_get(n, "id"), "W202",
                     "the step is '%s' by its key and '%s' by its id; the key counts", s->id, id);
    s->type = type ? parse_type(u, n, type) : (enum step_type)TYPES;
    if (s->type == (enum step_type)TYPES)
        return NULL;
    field_known(u, n, step_type_name(s->type), grammar_step(s->type));
    readers[s->type](u, s);
    return s;
}
