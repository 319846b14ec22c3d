/* check_embed.c: an EmbedWorkflow step against the workflow it runs (scenario 1.7.6). That there is
 * such a workflow, and no circle, is for the whole to check (children.c). */
#include "dialects/scenario/check.h"

#include <string.h>

#include "dialects/scenario/embed.h"

/* E050: no version at all. */
static void check_version(struct check *k, const struct step *s)
{
    const struct node *n = node_get(s->node, "childVersion");

    if (n->kind == NODE_INT)
        diag_error(k->u->diags, n, "E050",
                   "step '%s' asks for version %lld of '%s': versions count from 1", s->id, n->u.i,
                   s->embed->id);
    else
        diag_error(k->u->diags, n, "E050",
                   "step '%s' asks for version '%s' of '%s': it must be 'latest', 'current' or a "
                   "number from 1",
                   s->id, node_text(n), s->embed->id);
}

/* E055: one complaint lists all that are missing. */
static void check_required(struct check *k, const struct step *s, const struct node *schema)
{
    struct text missing = { 0 };

    node_each(n, schema)
    {
        if (embed_is_required(n) && !embed_is_mapped(&s->mapping, n))
            text_printf(&missing, "%s'%s' (%s)", missing.n ? ", " : "", n->key,
                        embed_field_type(n));
    }
    if (missing.n) {
        struct diag *d = check_doubt(k, s->mapping.node ? s->mapping.node : s->node, "E055",
                                     "step '%s' leaves out inputs that '%s' requires: %s", s->id,
                                     s->embed->id, text_cstr(&missing));

        diag_hint(k->u->diags, d, "its inputSchema is in %s", s->embed->child->unit.source->path);
    }
    text_fini(&missing);
}

/* W020: what the child does not know is not read. */
static void check_unknown(struct check *k, const struct step *s, const struct node *schema)
{
    for (unsigned i = 0; i < s->mapping.n; i++) {
        const struct entry *e = &s->mapping.at[i];
        struct part name = { e->key, (unsigned)strcspn(e->key, ".") };

        if (*e->key != '_' && !node_get_n(schema, name.s, name.n))
            check_suggest_members(k,
                                  diag_warning(k->u->diags, e->node, "W020",
                                               "'%s' has no input '%s'", s->embed->id, e->key),
                                  &name, "its inputs", schema);
    }
}

void check_embed(struct check *k, const struct step *s)
{
    const struct node *timeout = node_get(s->node, "timeout");
    const struct child *child = s->embed->child;

    if (timeout && timeout->kind != NODE_NULL)
        diag_warning(k->u->diags, timeout, "W071",
                     "a running workflow is not interrupted: 'timeout' of step '%s' has no effect",
                     s->id);
    if (s->embed->version < 0)
        check_version(k, s);
    if (!child || child->dialect != &dialect_scenario)
        return;
    if (child->unit.input_schema) {
        check_required(k, s, child->unit.input_schema);
        check_unknown(k, s, child->unit.input_schema);
    } else if (s->mapping.n) {
        diag_hint(k->u->diags,
                  check_doubt(k, s->mapping.node, "E054",
                              "step '%s' gives inputs to '%s', which has no inputSchema", s->id,
                              s->embed->id),
                  "declare them in 'inputSchema' of %s", child->unit.source->path);
    }
}
