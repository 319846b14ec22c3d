/* check_agent.c: which operation an Agent step calls (scenario 1.7.15).
 *
 * Agent and capability together name it: "utils" and "return-input" are "utils.return-input". An
 * operation without a dot belongs to the agent "op".
 */
#include "dialects/scenario/check.h"

#include <ctype.h>
#include <string.h>

static int is_among(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(word, list[i]))
            return 1;
    return 0;
}

const char *check_agent_name(const struct unit *u, const struct step *s)
{
    char *name = diag_must_have(arena_dup(u->arena, s->agent, strlen(s->agent)));

    for (char *c = name; *c; c++)
        *c = *c == '_' ? '-' : (char)tolower((unsigned char)*c);
    return name;
}

static int is_of_agent(const kiln_op *op, const char *agent)
{
    size_t n = strlen(agent);

    return !strncmp(op->name, agent, n) && op->name[n] == '.';
}

/* Agents once each, or the capabilities of one agent. */
static size_t list_names(const struct check *k, const char *agent, const char **ret)
{
    size_t n = 0;

    for (size_t i = 0; i < k->u->ops->n; i++) {
        const kiln_op *op = k->u->ops->at[i];
        const char *dot = strchr(op->name, '.'), *name;

        if (agent && !is_of_agent(op, agent))
            continue;
        name = agent ? op->name + strlen(agent) + 1 : dot ? op->name : "op";
        if (!agent && dot)
            name = diag_must_have(arena_dup(k->u->arena, op->name, (size_t)(dot - op->name)));
        if (!is_among(name, ret, n))
            ret[n++] = name;
    }
    return n;
}

/* The agents of the reference that Kiln does not have; a misspelt name is told from one of these.
 */
static int is_elsewhere(const char *agent)
{
    static const char *const agents[] = {
        "ai-tools",   "azure-blob-storage",
        "bedrock",    "commerce",
        "http",       "hubspot",
        "mailgun",    "mcp",
        "openai",     "object-model",
        "quickbooks", "s3-storage",
        "sftp",       "sharepoint",
        "shopify",    "slack",
        "sqs",        "stripe",
        "teams",
    };

    return is_among(agent, agents, sizeof agents / sizeof *agents);
}

static void complain_unknown(struct check *k, const struct step *s, const char *agent)
{
    const char **names =
        diag_must_have(arena_alloc(k->u->arena, (k->u->ops->n + 1) * sizeof *names));
    size_t n = list_names(k, NULL, names);
    struct diag *d;

    if (is_among(agent, names, n)) {
        d = check_doubt(k, node_get(s->node, "capabilityId"), "E021",
                        "step '%s': agent '%s' has no capability '%s'", s->id, agent,
                        s->capability);
        n = list_names(k, agent, names);
        diag_suggest(k->u->diags, d, s->capability, "its capabilities", names, n);
        return;
    }
    d = check_doubt(k, node_get(s->node, "agentId"), "E020", "step '%s': there is no agent '%s'",
                    s->id, s->agent);
    if (is_elsewhere(agent))
        diag_hint(k->u->diags, d, "Kiln does not have it yet; --ops takes operations of your own");
    else
        diag_suggest(k->u->diags, d, agent, "agents", names, n);
}

const kiln_op *check_agent_op(const struct unit *u, struct step *s)
{
    const char *agent, *full = s->capability;

    if (s->op)
        return s->op;
    agent = check_agent_name(u, s);
    if (strcmp(agent, "op"))
        full = diag_must_have(arena_join(u->arena, agent, ".", full, (char *)NULL));
    return s->op = op_set_find(u->ops, full, strlen(full));
}

void check_agent(struct check *k, struct step *s)
{
    const struct node *timeout = node_get(s->node, "timeout");

    if (timeout && timeout->kind != NODE_NULL)
        diag_warning(k->u->diags, timeout, "W071",
                     "a running operation is not interrupted: the 'timeout' of step '%s' counts "
                     "when it is done",
                     s->id);
    if (check_agent_op(k->u, s))
        check_inputs(k, s);
    else
        complain_unknown(k, s, check_agent_name(k->u, s));
}
