/* check_agent.c: an Agent step against the operation it calls (scenario 1.7.15).
 *
 * Agent and capability together name an operation: "utils" and "return-input" are
 * "utils.return-input". An operation without a dot belongs to the agent "op".
 */
#include "dialects/scenario/check.h"

#include <ctype.h>
#include <string.h>

/* Agents of the reference that Kiln does not have yet; a misspelt name is told from one of these.
 */
static const char *const later_agents[] = {
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

static int is_among(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(word, list[i]))
            return 1;
    return 0;
}

/* ---- finding the operation ------------------------------------------------------------------ */

/* Agents are named without regard to case, and `_` is `-` (scenario 1.7.15). */
static const char *fold(const struct unit *u, const char *agent)
{
    char *s = diag_must_have(arena_dup(u->arena, agent, strlen(agent)));

    for (char *c = s; *c; c++)
        *c = *c == '_' ? '-' : (char)tolower((unsigned char)*c);
    return s;
}

static int is_of_agent(const kiln_op *op, const char *agent)
{
    size_t n = strlen(agent);

    return !strncmp(op->name, agent, n) && op->name[n] == '.';
}

/* Agents once each, or the capabilities of one agent. */
static size_t list_names(struct check *k, const char *agent, const char **ret)
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

static void complain_unknown(struct check *k, struct step *s, const char *agent)
{
    const char **names =
        diag_must_have(arena_alloc(k->u->arena, (k->u->ops->n + 1) * sizeof *names));
    const struct node *at = node_get(s->node, "agentId");
    size_t n;

    if (is_among(agent, later_agents, sizeof later_agents / sizeof *later_agents)) {
        diag_unsupported(k->u->diags, at, "the agent '%s'", s->agent);
        return;
    }
    n = list_names(k, NULL, names);
    if (!is_among(agent, names, n)) {
        diag_suggest(k->u->diags,
                     diag_error(k->u->diags, at, "E020", "step '%s': there is no agent '%s'", s->id,
                                s->agent),
                     agent, "agents", names, n);
        return;
    }
    at = node_get(s->node, "capabilityId");
    n = list_names(k, agent, names);
    diag_suggest(k->u->diags,
                 diag_error(k->u->diags, at, "E021", "step '%s': agent '%s' has no capability '%s'",
                            s->id, agent, s->capability),
                 s->capability, "its capabilities", names, n);
}

const kiln_op *check_agent_op(const struct unit *u, const struct step *s)
{
    const char *agent = fold(u, s->agent), *full = s->capability;

    if (strcmp(agent, "op"))
        full = diag_must_have(arena_printf(u->arena, "%s.%s", agent, s->capability));
    return op_set_find(u->ops, full, strlen(full));
}

/* ---- its inputs ------------------------------------------------------------------------------ */

static size_t first_part(const char *key)
{
    return strcspn(key, ".");
}

static const kiln_field *field(const kiln_op *op, const char *key)
{
    for (unsigned i = 0; i < op->n_inputs; i++)
        if (strlen(op->inputs[i].name) == first_part(key)
            && !strncmp(op->inputs[i].name, key, first_part(key)))
            return &op->inputs[i];
    return NULL;
}

static void check_required(struct check *k, const struct step *s)
{
    for (unsigned i = 0; i < s->op->n_inputs; i++) {
        const kiln_field *f = &s->op->inputs[i];
        int given = !(f->flags & KILN_REQUIRED);

        for (unsigned m = 0; m < s->mapping.n && !given; m++)
            given = field(s->op, s->mapping.at[m].key) == f;
        if (!given)
            diag_hint(k->u->diags,
                      check_doubt(k, s->node, "E022", "step '%s': '%s' needs the input '%s'", s->id,
                                  s->op->name, f->name),
                      "%s (%s)", f->doc, f->type);
    }
}

/* A literal fits the declared type; types this table does not know take anything. */
static int fits(const struct node *n, const char *type)
{
    if (!n || n->kind == NODE_NULL)
        return 1;
    if (!strcmp(type, "string"))
        return n->kind == NODE_STRING;
    if (!strcmp(type, "integer"))
        return n->kind == NODE_INT;
    if (!strcmp(type, "number"))
        return n->kind == NODE_INT || n->kind == NODE_DOUBLE;
    if (!strcmp(type, "boolean"))
        return n->kind == NODE_BOOL;
    if (!strncmp(type, "array", 5))
        return n->kind == NODE_ARRAY;
    return strcmp(type, "object") || n->kind == NODE_OBJECT;
}

static void check_inputs(struct check *k, const struct step *s)
{
    const char **names =
        diag_must_have(arena_alloc(k->u->arena, (s->op->n_inputs + 1) * sizeof *names));

    for (unsigned i = 0; i < s->op->n_inputs; i++)
        names[i] = s->op->inputs[i].name;
    for (unsigned i = 0; i < s->mapping.n; i++) {
        const struct entry *e = &s->mapping.at[i];
        const kiln_field *f = field(s->op, e->key);

        if (!f && *e->key != '_')
            diag_suggest(k->u->diags,
                         diag_warning(k->u->diags, e->node, "W020", "'%s' has no input '%s'",
                                      s->op->name, e->key),
                         e->key, "its inputs", names, s->op->n_inputs);
        if (f && !e->key[first_part(e->key)] && e->value->kind == VALUE_IMMEDIATE && !e->value->text
            && !fits(e->value->literal, f->type))
            check_doubt(k, e->node, "E023", "input '%s' of '%s' is of type %s, this is %s", e->key,
                        s->op->name, f->type, node_kind_name(e->value->literal->kind));
    }
}

void check_agent(struct check *k, struct step *s)
{
    const struct node *timeout = node_get(s->node, "timeout");

    if (timeout && timeout->kind != NODE_NULL)
        diag_warning(k->u->diags, timeout, "W071",
                     "a running operation is not interrupted: the 'timeout' of step '%s' counts "
                     "when it is done",
                     s->id);
    s->op = check_agent_op(k->u, s);
    if (!s->op) {
        complain_unknown(k, s, fold(k->u, s->agent));
        return;
    }
    check_required(k, s);
    check_inputs(k, s);
}
