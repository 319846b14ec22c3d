/* parse_embed.c: EmbedWorkflow (scenario 1.7.6). Its fields and its own name have an older spelling
 * with "scenario" in it. */
#include "dialects/scenario/parse.h"

#include <strings.h>

#include "numeral.h"

/* Where the other workflow is named, or NULL. */
static const struct node *parse_id(struct unit *u, const struct step *s)
{
    const char *key = node_get(s->node, "childScenarioId") ? "childScenarioId" : "childWorkflowId";

    return field_text(u, s->node, s->label, key, 1) ? node_get(s->node, key) : NULL;
}

/* The version asked for; 0 is the latest, -1 none that can be (E050, check_embed.c). */
static long long read_version(const struct node *n)
{
    const char *word = node_text(n);
    long long version;

    if (!word)
        version = n->u.i;
    else if (!strcasecmp(word, "latest") || !strcasecmp(word, "current"))
        return 0;
    else if (numeral_integer(word, n->n, &version) < 0)
        return -1;
    return version >= 1 ? version : -1;
}

void parse_embed(struct unit *u, struct step *s)
{
    const char *what = s->label;
    const struct node *id = parse_id(u, s), *version = node_get(s->node, "childVersion");

    parse_mapping(u, s->node, what, "inputMapping", 0, &s->mapping);
    parse_policy(u, s->node, what, 3, &s->policy);
    if (!version)
        diag_error(u->diags, s->node, "E201", "%s needs 'childVersion'", what);
    else if (version->kind != NODE_STRING && version->kind != NODE_INT)
        field_bad_type(u, version, "'childVersion'", "'latest', 'current' or a number");
    else if (id)
        s->embed = unit_embed(u, s->id, id, read_version(version));
}
