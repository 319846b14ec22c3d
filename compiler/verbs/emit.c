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
};

int verb_emit(struct request *r)
{
    struct compilation c;
    struct text t = { 0 };
    unsigned i = 0;
    int code;

    while (r->options.stage && strcmp(prints[i].name, r->options.stage))
        i++;
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
