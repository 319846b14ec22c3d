/* emit.c: kiln emit FILE --stage: what the pipeline has in its hands, as text on stdout. */
#include <string.h>

#include "verbs/verbs.h"

static void print_model(const struct compilation *c, struct text *t)
{
    c->dialect->print(&c->unit, t);
}

static void print_plan(const struct compilation *c, struct text *t)
{
    plan_print(c->plan, t);
}

static void print_c(const struct compilation *c, struct text *t)
{
    text_put(t, text_cstr(&c->c), c->c.n);
}

static void print_dot(const struct compilation *c, struct text *t)
{
    plan_dot(c->plan, t);
}

static void print_mermaid(const struct compilation *c, struct text *t)
{
    if (c->dialect->mermaid)
        c->dialect->mermaid(&c->unit, t);
    else
        plan_mermaid(c->plan, t);
}

static void print_graph(const struct compilation *c, struct text *t)
{
    if (c->dialect->graph_json)
        c->dialect->graph_json(&c->unit, t);
}

static void print_schema(const struct compilation *c, struct text *t)
{
    if (c->dialect->schema)
        c->dialect->schema(t);
}

static const struct {
    const char *name;
    enum stage until;
    void (*print)(const struct compilation *c, struct text *t);
} prints[] = {
    { "c", STAGE_C, print_c },
    { "model", STAGE_MODEL, print_model },
    { "plan", STAGE_PLAN, print_plan },
    { "dot", STAGE_PLAN, print_dot },
    { "mermaid", STAGE_PLAN, print_mermaid },
    { "graph", STAGE_CHECK, print_graph },
    { "schema", STAGE_MODEL, print_schema },
};

/* A schema is a dialect's, not a workflow's: without a file it is that of --dialect, or of the
 * dialect that is written by hand. */
static int find_dialect(struct request *r, struct compilation *c)
{
    struct diags d = { .arena = &r->arena };

    memset(c, 0, sizeof *c);
    c->dialect = r->options.dialect ? dialects_find(r->options.dialect, &d) : &dialect_scenario;
    return request_report(r, &d);
}

int verb_emit(struct request *r)
{
    struct compilation c;
    struct text t = { 0 };
    unsigned i = 0;
    int code;

    while (r->options.stage && strcmp(prints[i].name, r->options.stage))
        i++;
    if (prints[i].print == print_schema && !r->words.n)
        code = find_dialect(r, &c);
    else
        code = request_compile_one(r, &c, prints[i].until);
    if (code == KILN_EXIT_OK) {
        prints[i].print(&c, &t);
        code = t.n ? request_put(r, &t)
                   : request_complain(r, KILN_EXIT_FAILED, "the dialect %s has no '%s'",
                                      c.dialect->name, prints[i].name);
    }
    text_fini(&t);
    compile_fini(&c);
    return code;
}
