/* check_embed.c: an EmbedWorkflow step against the workflow it runs (scenario 1.7.6). That there is
 * such a workflow, and no circle, is for the whole to check (children.c). */
#include "dialects/scenario/check.h"

#include <string.h>

#include "dialects/scenario/embed.h"
#include "dialects/shared/fit.h"

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

/* ---- one input ------------------------------------------------------------------------------- */

/* W020: what the child does not know is not read. The key's part at `way->at` is not there. */
static void complain_unknown(struct check *k, const struct step *s, const struct entry *e,
                             const struct type_path *way)
{
    unsigned n;
    const char *part = e->key + way->at, **names = type_names(&k->typing->maker, way->type, &n);
    struct diag *d =
        diag_warning(k->u->diags, e->node, "W020", "'%s' has no input '%s'", s->embed->id, e->key);

    part = diag_must_have(arena_dup(k->u->arena, part, strcspn(part, ".")));
    diag_suggest(k->u->diags, d, part, way->at ? "it has" : "its inputs", names, n);
}

static void put_type(struct text *t, const struct type *type)
{
    struct type plain = *type;

    plain.kinds &= ~(unsigned)TYPE_NULL;
    type_put(t, &plain);
}

/* W213: `where` is in the value, "" all of it. */
static void complain_misfit(struct check *k, const struct step *s, const struct entry *e,
                            const struct misfit *m)
{
    struct text t = { 0 };
    struct diag *d;

    put_type(&t, m->wanted);
    text_puts(&t, m->wanted->choices ? " of those in its enum, and this is " : ", and this is ");
    put_type(&t, m->is);
    d = diag_warning(k->u->diags, e->node, "W213", "step '%s': input '%s%s' of '%s' takes %s",
                     s->id, e->key, text_cstr(&m->where), s->embed->id, text_cstr(&t));
    diag_hint(k->u->diags, d, "%s says what it takes", s->embed->child->unit.source->path);
    text_fini(&t);
}

/* How far a key leads into what the child takes. */
static struct type_path follow(struct check *k, const struct type *input, const char *key)
{
    struct type_path way = { .type = input };
    size_t n = strcspn(key, ".");

    while ((way.way = type_enter(&k->typing->maker, way.type, key + way.at, n, &way.type))
               == TYPE_INSIDE
           && key[way.at + n]) {
        way.at += (unsigned)n + 1;
        n = strcspn(key + way.at, ".");
    }
    return way;
}

static void check_input(struct check *k, struct step *s, const struct entry *e)
{
    static const struct type object = { .kinds = TYPE_OBJECT };
    const struct type_place at = { .graph = k->g, .step = s };
    const struct type_path way = follow(k, types_child_input(k->typing, s), e->key);
    struct misfit m;

    if (way.way == TYPE_NO_FIELD) {
        if (*e->key != '_')
            complain_unknown(k, s, e, &way);
        return;
    }
    /* a key that goes on where nothing is inside makes an object of it */
    if (!fit_type(&k->typing->maker,
                  way.way == TYPE_INSIDE ? types_value(k->typing, &at, e->value) : &object,
                  way.type, &m))
        complain_misfit(k, s, e, &m);
    text_fini(&m.where);
}

void check_embed(struct check *k, struct step *s)
{
    const struct node *timeout = node_get(s->node, "timeout");
    const struct child *child = s->embed->child;

    if (timeout && timeout->kind != NODE_NULL)
        diag_warning(k->u->diags, timeout, "W071",
                     "a running workflow is not interrupted: 'timeout' of step '%s' has no effect",
                     s->id);
    if (s->embed->version < 0)
        check_version(k, s);
    if (!child || !child->unit.model)
        return;
    if (child->unit.input_schema)
        check_required(k, s, child->unit.input_schema);
    else if (child->dialect == &dialect_scenario && s->mapping.n)
        diag_hint(k->u->diags,
                  check_doubt(k, s->mapping.node, "E054",
                              "step '%s' gives inputs to '%s', which has no inputSchema", s->id,
                              s->embed->id),
                  "declare them in 'inputSchema' of %s", child->unit.source->path);
    for (unsigned i = 0; i < s->mapping.n; i++)
        check_input(k, s, &s->mapping.at[i]);
}
