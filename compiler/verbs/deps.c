/* deps.c: kiln deps FILE: what a workflow needs besides itself: the workflows it embeds, the
 * operations it calls, the files and hosts they reach, the libraries it is linked with.
 *
 * All is read from the plan, so children and every dialect are in it. What a place is called is
 * known when it is a constant.
 */
#include <string.h>

#include "verbs/places.h"
#include "verbs/verbs.h"

/* The answer under way. */
struct survey {
    struct compilation *c;
    const struct build_use *uses;
    unsigned n_uses;
    struct text *t;
    const char *comma; /* before the next item of the list */
};

/* Visits each call of an operation. */
static void each_call(struct survey *v, const kiln_op *op,
                      void (*visit)(struct survey *v, const struct plan_step *s))
{
    for (unsigned i = 0; i < v->c->plan->n_flows; i++) {
        const struct plan_flow *f = v->c->plan->flows[i];

        for (unsigned k = 0; k < f->n_steps; k++) {
            const struct plan_op *task = places_task(f->steps[k]);

            if (task && task->op == op)
                visit(v, f->steps[k]);
        }
    }
}

static const char *next_comma(struct survey *v)
{
    const char *comma = v->comma;

    v->comma = ",";
    return comma;
}

/* ---- text ---------------------------------------------------------------------------------- */

static void put_step(struct survey *v, const struct plan_step *s)
{
    text_printf(v->t, "%s %s (%s)", next_comma(v), s->id, s->flow->name);
}

static void put_children(struct survey *v)
{
    for (const struct child *k = v->c->children; k; k = k->next) {
        text_puts(v->t, k == v->c->children ? "\nchildren:\n" : "");
        text_printf(v->t, "  %s", k->id);
        if (k->version)
            text_printf(v->t, "@%lld", k->version);
        text_printf(v->t, "  %s, %s\n", k->source.path, k->dialect->name);
    }
}

static void put_operations(struct survey *v)
{
    text_puts(v->t, v->n_uses ? "\noperations:\n" : "");
    for (unsigned i = 0; i < v->n_uses; i++) {
        text_printf(v->t, "  %s  %s, called by", v->uses[i].op->name, verb_effect(v->uses[i].op));
        v->comma = "";
        each_call(v, v->uses[i].op, put_step);
        text_putc(v->t, '\n');
    }
}

static void put_places_of(struct survey *v, const struct plan_step *s)
{
    const kiln_op *op = places_task(s)->op;

    for (unsigned i = 0; i < op->n_inputs; i++) {
        enum place_value known;
        const char *host;
        kiln_value value;
        size_t n;

        if (!(op->inputs[i].flags & KILN_PLACE)
            || (known = places_value(s, op->inputs[i].name, &value)) == PLACE_NONE)
            continue;
        text_puts(v->t, *v->comma ? "  " : "\nplaces:\n  ");
        v->comma = ",";
        host = known == PLACE_CONST ? places_host(&value, &n) : NULL;
        if (host)
            text_printf(v->t, "host %.*s", (int)n, host);
        else if (known == PLACE_CONST)
            json_write(v->t, &value);
        else
            text_puts(v->t, "known only when it runs");
        text_printf(v->t, "  %s of %s, by %s (%s)\n", op->inputs[i].name, op->name, s->id,
                    s->flow->name);
    }
}

static void put_libraries(struct survey *v)
{
    int any = 0;

    for (unsigned i = 0; i < v->n_uses; i++)
        if (v->uses[i].op->needs)
            text_printf(v->t, "%s  %s  for %s\n", any++ ? "" : "\nlibraries:\n",
                        v->uses[i].op->needs, v->uses[i].op->name);
}

static void put_text(struct survey *v)
{
    text_printf(v->t, "%s  %s workflow\n", v->c->source.path, v->c->dialect->name);
    put_children(v);
    put_operations(v);
    v->comma = "";
    for (unsigned i = 0; i < v->n_uses; i++)
        each_call(v, v->uses[i].op, put_places_of);
    put_libraries(v);
    if (!v->c->children && !v->n_uses)
        text_puts(v->t, "\nit needs nothing\n");
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void put_step_json(struct survey *v, const struct plan_step *s)
{
    text_puts(v->t, next_comma(v));
    verb_put_string(v->t, "{\"step\":", s->id);
    verb_put_string(v->t, ",\"flow\":", s->flow->name);
    verb_put_string(v->t, ",\"pointer\":", s->pointer);
    text_puts(v->t, "}");
}

static void put_embeds_json(struct survey *v, const struct unit *u, const struct child *child)
{
    for (const struct embed *e = u->embeds; e; e = e->next)
        if (e->child == child) {
            text_puts(v->t, next_comma(v));
            verb_put_string(v->t, "{\"step\":", e->step);
            verb_put_string(v->t, ",\"file\":", u->source->path);
            text_puts(v->t, "}");
        }
}

static void put_children_json(struct survey *v)
{
    for (const struct child *k = v->c->children; k; k = k->next) {
        verb_put_string(v->t, k == v->c->children ? "{\"id\":" : ",{\"id\":", k->id);
        if (k->version)
            text_printf(v->t, ",\"version\":%lld", k->version);
        else
            text_puts(v->t, ",\"version\":null");
        verb_put_string(v->t, ",\"file\":", k->source.path);
        verb_put_string(v->t, ",\"dialect\":", k->dialect->name);
        text_puts(v->t, ",\"embeddedBy\":[");
        v->comma = "";
        put_embeds_json(v, &v->c->unit, k);
        for (const struct child *by = v->c->children; by; by = by->next)
            put_embeds_json(v, &by->unit, k);
        text_puts(v->t, "]}");
    }
}

static void put_operations_json(struct survey *v)
{
    for (unsigned i = 0; i < v->n_uses; i++) {
        verb_put_string(v->t, i ? ",{\"name\":" : "{\"name\":", v->uses[i].op->name);
        verb_put_string(v->t, ",\"effect\":", verb_effect(v->uses[i].op));
        verb_put_string(v->t, ",\"libraries\":", v->uses[i].op->needs ? v->uses[i].op->needs : "");
        text_puts(v->t, ",\"calledBy\":[");
        v->comma = "";
        each_call(v, v->uses[i].op, put_step_json);
        text_puts(v->t, "]}");
    }
}

/* A place: what it is called, or null when only a run can tell; its host, or null for a file. */
static void put_place_json(struct survey *v, const struct plan_step *s, const kiln_field *f)
{
    kiln_value value = kiln_null(), host_text;
    enum place_value known = places_value(s, f->name, &value);
    const char *host;
    size_t n;

    if (known == PLACE_NONE)
        return;
    text_puts(v->t, next_comma(v));
    text_puts(v->t, "{\"place\":");
    json_write(v->t, &value);
    text_puts(v->t, ",\"host\":");
    host = places_host(&value, &n);
    host_text = host ? value_static(diag_must_have(arena_dup(&v->c->arena, host, n))) : kiln_null();
    json_write(v->t, &host_text);
    verb_put_string(v->t, ",\"field\":", f->name);
    verb_put_string(v->t, ",\"operation\":", places_task(s)->op->name);
    verb_put_string(v->t, ",\"step\":", s->id);
    verb_put_string(v->t, ",\"flow\":", s->flow->name);
    text_puts(v->t, "}");
}

static void put_places_json(struct survey *v, const struct plan_step *s)
{
    const kiln_op *op = places_task(s)->op;

    for (unsigned i = 0; i < op->n_inputs; i++)
        if (op->inputs[i].flags & KILN_PLACE)
            put_place_json(v, s, &op->inputs[i]);
}

static void put_json(struct survey *v)
{
    verb_put_string(v->t, "{\"file\":", v->c->source.path);
    verb_put_string(v->t, ",\"dialect\":", v->c->dialect->name);
    text_puts(v->t, ",\"children\":[");
    put_children_json(v);
    text_puts(v->t, "],\"operations\":[");
    put_operations_json(v);
    text_puts(v->t, "],\"places\":[");
    v->comma = "";
    for (unsigned i = 0; i < v->n_uses; i++)
        each_call(v, v->uses[i].op, put_places_json);
    text_puts(v->t, "]}\n");
}

int verb_deps(struct request *r)
{
    struct compilation c;
    struct text t = { 0 };
    struct survey v = { .c = &c, .t = &t };
    int code = request_compile_one(r, &c, STAGE_PLAN);

    if (code == KILN_EXIT_OK) {
        v.uses = request_uses(r, &c, &v.n_uses);
        (r->options.format && *r->options.format == 'j' ? put_json : put_text)(&v);
        code = request_put(r, &t);
    }
    text_fini(&t);
    compile_fini(&c);
    return code;
}
