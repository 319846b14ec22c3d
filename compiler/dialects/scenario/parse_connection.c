/* parse_connection.c: steps that reach for something outside: Connection (scenario 1.7.9), AiAgent
 * (1.7.14), and what an Agent says of its connection (1.7.15). Only names of connections stand in a
 * workflow; their values come when it runs. */
#include "dialects/scenario/parse.h"

void parse_connection_use(struct unit *u, struct step *s)
{
    const char *what = s->label;

    s->connection_id = field_text(u, s->node, what, "connectionId", 0);
    if (field_object(u, s->node, what, "connectionRef", 0))
        s->connection = parse_value(u, node_get(s->node, "connectionRef"));
}

void parse_connection(struct unit *u, struct step *s)
{
    const char *what = s->label;

    s->connection_id = field_text(u, s->node, what, "connectionId", 1);
    s->integration = field_text(u, s->node, what, "integrationId", 1);
}

/* ---- AiAgent ------------------------------------------------------------------------------- */

/* Adds a member that is a mapping value. Older documents have some of them as plain literals. */
static void add_prompt(struct unit *u, struct step *s, const struct node *object, const char *key)
{
    const struct node *n = node_get(object, key);
    struct value *v;

    if (!n || n->kind == NODE_NULL || n->kind == NODE_STRING
        || (n->kind >= NODE_INT && n->kind <= NODE_DOUBLE))
        return;
    v = parse_value(u, n);
    if (v)
        s->prompts.at[s->prompts.n++] = (struct entry){ key, n, v };
}

static void parse_memory(struct unit *u, struct step *s, const struct node *config)
{
    const char *what = s->label;
    const struct node *memory = field_object(u, config, what, "memory", 0);
    const struct node *compaction = field_object(u, memory, what, "compaction", 0);

    field_known(u, memory, "a memory", grammar_memory);
    field_known(u, compaction, "a compaction", grammar_compaction);
    if (memory && field_object(u, memory, what, "conversationId", 1))
        add_prompt(u, s, memory, "conversationId");
    field_integer(u, compaction, what, "maxMessages", 0, 50);
    field_word(u, compaction, what, "strategy", grammar_compaction, "summarize");
}

void parse_ai_agent(struct unit *u, struct step *s)
{
    static const char *const values[] = { "systemPrompt", "userPrompt",  "provider",
                                          "model",        "temperature", "maxTokens" };
    enum { VALUES = sizeof values / sizeof *values };
    const char *what = s->label;
    const struct node *config = field_object(u, s->node, what, "config", 0);

    parse_connection_use(u, s);
    field_known(u, config, "an AiAgent's config", grammar_ai);
    s->prompts.node = config;
    s->prompts.at = diag_must_have(arena_alloc(u->arena, (VALUES + 1) * sizeof *s->prompts.at));
    for (unsigned i = 0; i < VALUES; i++)
        add_prompt(u, s, config, values[i]);
    parse_memory(u, s, config);
    field_integer(u, config, what, "maxIterations", 0, 10);
    field_integer(u, config, what, "maxRetries", 0, 0);
    field_integer(u, config, what, "retryDelay", 0, 1000);
    field_integer(u, config, what, "turnTimeout", 0, 180000);
    field_object(u, config, what, "outputSchema", 0);
}
