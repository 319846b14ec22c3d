/* dialects.c: which dialect a document is written in. Each says how surely it knows the document;
 * the surest wins. */
#include "dialects.h"

#include <string.h>

const struct dialect *const dialects[] = { &dialect_scenario, &dialect_operonx, &dialect_pregel,
                                           NULL };

const kiln_op *op_set_find(const struct op_set *ops, const char *name, size_t n)
{
    for (size_t i = 0; i < ops->n; i++)
        if (strlen(ops->at[i]->name) == n && !memcmp(ops->at[i]->name, name, n))
            return ops->at[i];
    return NULL;
}

/* ---- workflows in workflows ---------------------------------------------------------------- */

struct embed *unit_embed(struct unit *u, const char *step, const struct node *id, long long version)
{
    struct embed *e = diag_must_have(arena_zalloc(u->arena, sizeof *e));

    *e = (struct embed){ .at = id, .step = step, .id = node_text(id), .version = version };
    if (u->last_embed)
        u->last_embed->next = e;
    else
        u->embeds = e;
    u->last_embed = e;
    return e;
}

struct plan *unit_begin(struct unit *u, const char *name, const char *dialect, unsigned flags)
{
    if (!u->plan)
        u->plan = plan_new(u->arena, name, dialect, flags);
    return u->plan;
}

struct plan_flow *child_flow(struct child *c, struct plan *plan)
{
    struct diags *d = c->unit.diags;
    const struct source *parent = d->source;

    if (c->unit.flow)
        return c->unit.flow;
    c->unit.plan = plan;
    d->source = &c->source;
    c->dialect->lower(&c->unit);
    d->source = parent;
    return c->unit.flow;
}

/* ---- choosing one -------------------------------------------------------------------------- */

const struct dialect *dialects_find(const char *name, struct diags *diags)
{
    const char *names[sizeof dialects / sizeof *dialects];
    size_t n = 0;

    for (; dialects[n]; n++) {
        if (!strcmp(dialects[n]->name, name))
            return dialects[n];
        names[n] = dialects[n]->name;
    }
    diag_suggest(diags, diag_error_plain(diags, "D003", "there is no dialect '%s'", name), name,
                 "dialects", names, n);
    return NULL;
}

static const struct dialect *recognise(const struct node *root)
{
    const struct dialect *best = NULL;
    int surest = 0;

    for (size_t i = 0; dialects[i]; i++) {
        int sure = dialects[i]->recognise(root);

        if (sure > surest) {
            surest = sure;
            best = dialects[i];
        }
    }
    return best;
}

const struct dialect *dialects_choose(const struct node *root, const char *forced,
                                      struct diags *diags)
{
    const struct dialect *d;
    struct diag *x;

    if (root->kind != NODE_OBJECT) {
        diag_error(diags, root, "D001", "a workflow is an object, this is %s",
                   node_kind_name(root->kind));
        return NULL;
    }
    if (forced)
        return dialects_find(forced, diags);
    d = recognise(root);
    if (d)
        return d;
    x = diag_error(diags, root, "D002", "this is no workflow in a dialect Kiln knows");
    diag_hint(diags, x,
              "scenario has 'steps' and 'entryPoint', operonx 'schema_version' and "
              "'type', pregel 'channels' or 'state' and 'nodes'");
    return NULL;
}
