/* print.c: the model as stable JSON, for `emit --stage model`: steps in the order of the document,
 * references taken apart, defaults filled in.
 *
 * An object is gathered as pairs; leaving a part out is giving it the absent value.
 */
#include <string.h>

#include "dialects/scenario/model.h"
#include "dialects/scenario/scenario.h"
#include "dialects/scenario/template.h"

struct pairs {
    kiln_heap *h;
    kiln_value *at;
    unsigned n, cap;
};

static kiln_value text_value(const char *s)
{
    return s ? value_static(s) : (kiln_value){ 0 };
}

static void put(struct pairs *p, const char *key, kiln_value v)
{
    if (p->n == p->cap) {
        unsigned cap = p->cap ? 2 * p->cap : 8;
        kiln_value *at = diag_must_have(arena_alloc(&p->h->arena, 2 * cap * sizeof *at));

        if (p->n)
            memcpy(at, p->at, 2 * p->n * sizeof *at);
        p->at = at;
        p->cap = cap;
    }
    p->at[2 * p->n] = value_static(key);
    p->at[2 * p->n++ + 1] = v;
}

static kiln_value object(const struct pairs *p)
{
    kiln_value v = value_null();

    if (kiln_object(p->h, &v, p->at, p->n) < 0)
        diag_must_have(NULL);
    return v;
}

static kiln_value array(kiln_heap *h)
{
    kiln_value v = value_null();

    if (kiln_array(h, &v, NULL, 0) < 0)
        diag_must_have(NULL);
    return v;
}

static void push(kiln_heap *h, kiln_value *to, kiln_value v)
{
    if (kiln_push(h, to, &v) < 0)
        diag_must_have(NULL);
}

static kiln_value literal(kiln_heap *h, const struct node *n)
{
    kiln_value v = value_null();

    if (n && node_value(h, &v, n) < 0)
        diag_must_have(NULL);
    return v;
}

/* ---- values -------------------------------------------------------------------------------- */

static kiln_value mapping(kiln_heap *h, const struct mapping *m);

static kiln_value path(kiln_heap *h, const struct path *p)
{
    kiln_value parts = array(h), part;

    for (unsigned i = 0; i < p->n; i++) {
        if (value_string(h, &part, p->at[i].s, p->at[i].n) < 0)
            diag_must_have(NULL);
        push(h, &parts, part);
    }
    return parts;
}

static kiln_value value(kiln_heap *h, const struct value *v)
{
    static const char *const hints[] = { NULL, "string", "integer", "number", "boolean" };
    struct pairs p = { .h = h };
    kiln_value items;

    if (!v)
        return (kiln_value){ 0 };
    if (v->kind == VALUE_REFERENCE) {
        put(&p, "path", path(h, &v->path));
        put(&p, "hint", text_value(hints[v->hint]));
        put(&p, "default", v->otherwise ? literal(h, v->otherwise) : (kiln_value){ 0 });
    } else if (v->kind == VALUE_IMMEDIATE) {
        put(&p, "literal", v->text ? text_value(v->text) : literal(h, v->literal));
    } else if (v->kind == VALUE_TEMPLATE) {
        put(&p, "template", literal(h, v->template->text));
    } else if (v->kind == VALUE_OBJECT) {
        put(&p, "object", mapping(h, v->members));
    } else {
        items = array(h);
        for (unsigned i = 0; i < v->members->n; i++)
            push(h, &items, value(h, v->members->at[i].value));
        put(&p, "array", items);
    }
    return object(&p);
}

static kiln_value mapping(kiln_heap *h, const struct mapping *m)
{
    struct pairs p = { .h = h };

    for (unsigned i = 0; i < m->n; i++)
        put(&p, m->at[i].key, value(h, m->at[i].value));
    return object(&p);
}

/* An operation is [operator, arguments...], anything else a value. */
static kiln_value condition(kiln_heap *h, const struct condition *c)
{
    kiln_value v;

    if (!c)
        return (kiln_value){ 0 };
    if (c->value)
        return value(h, c->value);
    v = array(h);
    push(h, &v, text_value(operator_name(c->op)));
    for (unsigned i = 0; i < c->n; i++)
        push(h, &v, condition(h, c->args[i]));
    return v;
}

/* ---- steps --------------------------------------------------------------------------------- */

static kiln_value subgraph(kiln_heap *h, const struct subgraph *g);

static kiln_value edges(kiln_heap *h, const struct step *s)
{
    kiln_value all = array(h);

    for (unsigned i = 0; i < s->n_out; i++) {
        const struct edge *e = s->out[i];
        struct pairs p = { .h = h };

        put(&p, "to", text_value(e->to_id));
        put(&p, "label", text_value(e->label));
        put(&p, "condition", condition(h, e->condition));
        put(&p, "priority", e->condition ? value_int(e->priority) : (kiln_value){ 0 });
        push(h, &all, object(&p));
    }
    return all;
}

static void put_cases(struct pairs *p, const struct step *s)
{
    kiln_value all = array(p->h);

    for (unsigned i = 0; i < s->n_cases; i++) {
        const struct switch_case *c = &s->cases[i];
        struct pairs one = { .h = p->h };

        put(&one, "matchType", text_value(c->match_type));
        put(&one, "match", literal(p->h, c->match));
        put(&one, "output", value(p->h, c->output));
        put(&one, "route", text_value(c->route));
        push(p->h, &all, object(&one));
    }
    put(p, "cases", all);
    put(p, "default", value(p->h, s->otherwise));
}

static void put_loop(struct pairs *p, const struct step *s)
{
    if (s->type == STEP_WHILE)
        put(p, "maxIterations", value_int(s->most));
    if (s->variables.n)
        put(p, "variables", mapping(p->h, &s->variables));
    if (s->goes_on)
        put(p, "dontStopOnFailed", value_bool(1));
    if (s->batch)
        put(p, "batchSize", value_int(s->batch));
    if (s->body)
        put(p, "body", subgraph(p->h, s->body));
}

static void put_grouping(struct pairs *p, const struct step *s)
{
    put(p, "key", path(p->h, &s->key));
    if (s->expected)
        put(p, "expectedKeys", literal(p->h, s->expected));
}

static void put_embed(struct pairs *p, const struct step *s)
{
    put(p, "child", text_value(s->embed->id));
    put(p, "version", s->embed->version ? value_int(s->embed->version) : value_static("latest"));
}

static kiln_value step(kiln_heap *h, const struct step *s)
{
    struct pairs p = { .h = h };

    put(&p, "id", text_value(s->id));
    put(&p, "type", text_value(step_type_name(s->type)));
    put(&p, "name", text_value(s->name));
    put(&p, "agent", text_value(s->agent));
    put(&p, "capability", text_value(s->capability));
    put(&p, "level", text_value(s->level));
    put(&p, "category", text_value(s->category));
    put(&p, "severity", text_value(s->severity));
    put(&p, "code", text_value(s->code));
    put(&p, "message", text_value(s->message));
    put(&p, "value", value(h, s->value));
    put(&p, "condition", condition(h, s->condition));
    if (s->mapping.node)
        put(&p, "mapping", mapping(h, &s->mapping));
    if (s->type == STEP_SWITCH)
        put_cases(&p, s);
    put_loop(&p, s);
    if (s->type == STEP_GROUP_BY)
        put_grouping(&p, s);
    if (s->type == STEP_EMBED)
        put_embed(&p, s);
    if (s->n_out)
        put(&p, "edges", edges(h, s));
    return object(&p);
}

static kiln_value subgraph(kiln_heap *h, const struct subgraph *g)
{
    struct pairs p = { .h = h }, variables = { .h = h };
    kiln_value steps = array(h);

    for (unsigned i = 0; i < g->n_variables; i++)
        put(&variables, g->variables[i].name, literal(h, g->variables[i].value));
    for (unsigned i = 0; i < g->n_steps; i++)
        push(h, &steps, step(h, g->steps[i]));
    put(&p, "entry", text_value(g->entry_id));
    if (g->n_variables)
        put(&p, "variables", object(&variables));
    put(&p, "steps", steps);
    return object(&p);
}

void scenario_print(const struct unit *u, struct text *out)
{
    const struct model *m = u->model;
    struct pairs p;
    kiln_value all;
    kiln_heap h;

    heap_init(&h, 0);
    p = (struct pairs){ .h = &h };
    put(&p, "dialect", text_value("scenario"));
    put(&p, "name", text_value(m->name));
    put(&p, "workflow", subgraph(&h, m->root));
    all = object(&p);
    json_write_pretty(out, &all);
    text_putc(out, '\n');
    heap_fini(&h);
}
