/* parse_wait.c: steps that wait (scenario 1.7.12, 1.7.13), and what all calls say of trying again
 * and of the time they have (1.10). */
#include "dialects/scenario/parse.h"

#include "dialects/scenario/grammar.h"

void parse_policy(struct unit *u, const struct node *object, const char *what, long long tries,
                  struct policy *ret)
{
    ret->tries = field_integer(u, object, what, "maxRetries", 0, tries);
    ret->delay = field_integer(u, object, what, "retryDelay", 0, 1000);
    ret->timeout = field_integer(u, object, what, "timeout", 0, 0);
}

void parse_delay(struct unit *u, struct step *s)
{
    if (field_object(u, s->node, s->label, "durationMs", 1))
        s->value = parse_value(u, node_get(s->node, "durationMs"));
}

static void parse_action(struct unit *u, struct step *s)
{
    const char *what = diag_must_have(arena_printf(u->arena, "the action of step '%s'", s->id));
    const struct node *action = field_object(u, s->node, s->label, "action", 0);

    field_known_loosely(u, action, what, grammar_action);
    s->action = field_text(u, action, what, "key", 0);
    parse_mapping(u, action, what, "correlation", 0, &s->correlation);
    parse_mapping(u, action, what, "context", 0, &s->mapping);
}

void parse_wait(struct unit *u, struct step *s)
{
    const char *what = s->label;
    const struct node *body = field_object(u, s->node, what, "onWait", 0);

    if (field_object(u, s->node, what, "timeoutMs", 0))
        s->value = parse_value(u, node_get(s->node, "timeoutMs"));
    field_integer(u, s->node, what, "pollIntervalMs", 0, 1000);
    s->response_schema = field_object(u, s->node, what, "responseSchema", 0);
    parse_action(u, s);
    if (body)
        s->body = parse_subgraph(u, body, s->graph, s);
}
