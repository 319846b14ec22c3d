/* sites.c: the walk over the references of a step. Checks and lowering both see a workflow's
 * references through it, so neither can overlook one the other knows. */
#include "dialects/scenario/sites.h"

#include "dialects/scenario/template.h"

struct walk {
    site_visit *visit;
    void *ctx;
    struct site site;
};

static void walk_mapping(struct walk *w, const struct mapping *m);

static void walk_template(struct walk *w, const struct value *v)
{
    w->site.template = v;
    w->site.value = NULL;
    w->visit(w->ctx, &w->site);
    for (unsigned i = 0; i < v->template->n_uses; i++) {
        w->site.value = v->template->uses[i].value;
        w->visit(w->ctx, &w->site);
    }
    w->site.template = NULL;
}

static void walk_value(struct walk *w, const struct value *v)
{
    enum site_kind kind = w->site.kind;

    if (!v)
        return;
    if (v->kind == VALUE_OBJECT || v->kind == VALUE_ARRAY)
        walk_mapping(w, v->members);
    if (v->kind == VALUE_TEMPLATE)
        walk_template(w, v);
    if (v->kind != VALUE_REFERENCE)
        return;
    if (v->quiet)
        w->site.kind = SITE_QUIET;
    w->site.value = v;
    w->visit(w->ctx, &w->site);
    w->site.kind = kind;
}

static void walk_mapping(struct walk *w, const struct mapping *m)
{
    for (unsigned i = 0; i < m->n; i++)
        walk_value(w, m->at[i].value);
}

static void walk_condition(struct walk *w, const struct condition *c)
{
    if (!c)
        return;
    walk_value(w, c->value);
    for (unsigned i = 0; i < c->n; i++)
        walk_condition(w, c->args[i]);
}

void sites_walk(const struct step *s, site_visit *visit, void *ctx)
{
    struct walk w = { .visit = visit, .ctx = ctx, .site = { .step = s } };

    w.site.kind = SITE_MAPPING;
    if (s->type == STEP_WAIT)
        w.site.kind = SITE_QUIET; /* the reference looks at none of its action */
    walk_mapping(&w, &s->mapping);
    walk_mapping(&w, &s->correlation);
    w.site.kind = SITE_MAPPING;
    walk_mapping(&w, &s->variables);
    w.site.is_connection = 1;
    walk_value(&w, s->connection);
    w.site.is_connection = 0;
    w.site.kind = SITE_OTHER;
    walk_mapping(&w, &s->prompts);
    walk_value(&w, s->value);
    walk_value(&w, s->otherwise);
    for (unsigned i = 0; i < s->n_cases; i++)
        walk_value(&w, s->cases[i].output);
    for (unsigned i = 0; i < s->n_out; i++)
        walk_condition(&w, s->out[i]->condition);
    w.site.in_condition = s->type == STEP_WHILE || s->type == STEP_FILTER;
    walk_condition(&w, s->condition);
}
