/* check_connection.c: connections: who needs one, who may be given one (scenario 1.7.9, 1.7.15).
 *
 * What a workflow hands around is the name of a connection; still a reference to it belongs only
 * where an operation uses it.
 */
#include "dialects/scenario/check.h"

#include <ctype.h>
#include <string.h>

int check_has_connection(const struct step *s)
{
    const char *id = s->connection_id;

    if (s->connection)
        return 1;
    while (id && isspace((unsigned char)*id))
        id++;
    return id && *id && strcmp(id, "__none__");
}

/* An operation that is not known is judged by its agent's name. */
static int may_connect(const struct check *k, const struct step *s)
{
    const char *agent;

    if (s->op)
        return (s->op->flags & (KILN_OP_CONNECTS | KILN_OP_MAY_CONNECT)) != 0;
    agent = check_agent_name(k->u, s);
    return !strcmp(agent, "http") || !strcmp(agent, "sftp");
}

static void check_agent_use(struct check *k, const struct step *s)
{
    if (!s->op)
        return;
    if (s->op->flags & KILN_OP_CONNECTS && !check_has_connection(s))
        diag_hint(k->u->diags,
                  check_doubt(k, s->node, "E026", "step '%s': '%s' needs a connection", s->id,
                              s->op->name),
                  "name one in 'connectionId'");
    if (check_has_connection(s) && !may_connect(k, s))
        diag_warning(k->u->diags,
                     node_get(s->node, s->connection ? "connectionRef" : "connectionId"), "W205",
                     "'%s' uses no connection", s->op->name);
}

/* E030 */
static void check_integration(struct check *k, const struct step *s)
{
    static const char *const known[] = { "api_key",     "basic_auth", "bearer",   "http_api_key",
                                         "http_bearer", "openai",     "postgres", "sftp" };
    enum { KNOWN = sizeof known / sizeof *known };

    for (unsigned i = 0; i < KNOWN; i++)
        if (!strcmp(known[i], s->integration))
            return;
    diag_suggest(k->u->diags,
                 check_doubt(k, node_get(s->node, "integrationId"), "E030",
                             "Connection '%s': there is no integration '%s'", s->id,
                             s->integration),
                 s->integration, "there are", known, KNOWN);
}

void check_connection(struct check *k, const struct step *s)
{
    if (s->type == STEP_AGENT)
        check_agent_use(k, s);
    if (s->type == STEP_CONNECTION)
        check_integration(k, s);
}

void check_leak(struct check *k, const struct step *s, struct step *source, const struct node *at)
{
    source->uses |= USE_OUTPUTS;
    if (s->type == STEP_AGENT && !may_connect(k, s))
        check_doubt(k, at, "E040", "step '%s' gives the connection '%s' to '%s', which uses none",
                    s->id, source->id, s->op ? s->op->name : s->agent);
    if (s->type == STEP_FINISH)
        check_doubt(k, at, "E041", "the output of Finish '%s' would show the connection '%s'",
                    s->id, source->id);
    if (s->type == STEP_LOG)
        check_doubt(k, at, "E042", "Log '%s' would tell the connection '%s'", s->id, source->id);
}

void check_unused(struct check *k)
{
    for (unsigned i = 0; i < k->g->n_steps; i++) {
        const struct step *s = k->g->steps[i];

        if (s->type == STEP_CONNECTION && !s->uses)
            diag_warning(k->u->diags, s->node, "W204", "nobody uses the connection '%s'", s->id);
    }
}
