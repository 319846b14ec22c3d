/* print.c: the model as JSON: what was understood of the document, in its own words.
 */
#include "dialects/operonx/operonx.h"

static void put_text(struct text *t, const char *s)
{
    kiln_value v = s ? value_static(s) : value_null();

    json_write(t, &v);
}

static void put_node(struct text *t, const struct node *n)
{
    kiln_heap h;
    kiln_value v;

    heap_init(&h, 0);
    if (node_value(&h, &v, n) < 0)
        plan_memory_out();
    json_write(t, &v);
    heap_fini(&h);
}

static void put_ref(struct text *t, const struct ox_ref *r)
{
    static const char *const policies[] = { "sequential", "parallel", "collect" };

    text_puts(t, "{\"from\":");
    put_text(t, r->source);
    text_puts(t, ",\"var\":");
    put_text(t, r->var);
    if (r->policy)
        text_printf(t, ",\"policy\":\"%s\"", policies[r->policy]);
    if (r->n_transforms)
        text_puts(t, ",\"transforms\":[");
    for (unsigned i = 0; i < r->n_transforms; i++) {
        const struct ox_transform *x = &r->transforms[i];

        text_printf(t, "%s[\"%s\"", i ? "," : "", x->kind->name);
        if (x->arg.ref || x->arg.literal)
            text_puts(t, ",");
        if (x->arg.ref)
            put_ref(t, x->arg.ref);
        else if (x->arg.literal)
            put_node(t, x->arg.literal);
        text_puts(t, "]");
    }
    text_puts(t, r->n_transforms ? "]}" : "}");
}

static void put_param(struct text *t, const struct ox_param *p)
{
    const char *comma = "";

    put_text(t, p->name);
    text_puts(t, ":{");
    if (p->ref) {
        text_puts(t, "\"ref\":");
        put_ref(t, p->ref);
        comma = ",";
    }
    if (p->scratch) {
        text_printf(t, "%s\"scratch\":", comma);
        put_text(t, p->scratch);
        comma = ",";
    }
    if (p->literal || p->fallback) {
        text_printf(t, "%s\"%s\":", comma, p->literal ? "literal" : "default");
        put_node(t, p->literal ? p->literal : p->fallback);
        comma = ",";
    }
    text_printf(t, p->required ? "%s\"required\":true}" : "}", comma);
}

static void put_params(struct text *t, const char *key, const struct ox_params *params)
{
    if (!params->n)
        return;
    text_printf(t, ",\"%s\":{", key);
    for (unsigned i = 0; i < params->n; i++) {
        text_puts(t, i ? "," : "");
        put_param(t, &params->at[i]);
    }
    text_puts(t, "}");
}

static void put_cases(struct text *t, const struct ox_op *o)
{
    text_puts(t, ",\"cases\":[");
    for (unsigned i = 0; i < o->n_cases; i++) {
        text_puts(t, i ? ",{\"when\":" : "{\"when\":");
        put_ref(t, o->cases[i].condition);
        text_puts(t, ",\"target\":");
        put_text(t, o->cases[i].target);
        text_puts(t, "}");
    }
    text_puts(t, "],\"default\":");
    put_text(t, o->otherwise);
}

static void put_field(struct text *t, const struct node *object, const char *key)
{
    const struct node *n = operonx_field(object, key);

    if (!n)
        return;
    text_printf(t, ",\"%s\":", key);
    put_node(t, n);
}

static void put_graph(struct text *t, const struct ox_graph *g);

static void put_op(struct text *t, const struct ox_op *o)
{
    static const char *const kinds[] = { "code", "graph", "branch" };

    text_puts(t, "\n{\"op\":");
    put_text(t, o->full_name);
    text_printf(t, ",\"kind\":\"%s\"", kinds[o->kind]);
    if (o->func_name) {
        text_puts(t, ",\"function\":");
        put_text(t, o->func_name);
    }
    if (o->generator && !o->body)
        text_puts(t, ",\"generator\":true");
    put_params(t, "inputs", &o->inputs);
    put_params(t, "outputs", &o->outputs);
    if (o->kind == OX_BRANCH)
        put_cases(t, o);
    if (o->body)
        put_graph(t, o->body);
    text_puts(t, "}");
}

static void put_graph(struct text *t, const struct ox_graph *g)
{
    put_field(t, g->node, "entries");
    put_field(t, g->node, operonx_field(g->node, "compiled_adj") ? "compiled_adj" : "edges");
    if (g->loops)
        text_printf(t, ",\"maxIterations\":%lld,\"until\":", g->max_turns);
    if (g->loops)
        put_text(t, node_text(node_get(node_get(g->node, "loop_config"), "until")));
    text_puts(t, ",\"ops\":[");
    for (unsigned i = 0; i < g->n_ops; i++) {
        text_puts(t, i ? "," : "");
        put_op(t, g->ops[i]);
    }
    text_puts(t, "]");
}

void operonx_print(const struct unit *u, struct text *out)
{
    const struct ox_op *root = u->model;

    text_puts(out, "{\"dialect\":\"operonx\",\"graph\":");
    put_text(out, root->full_name);
    put_params(out, "inputs", &root->inputs);
    put_params(out, "outputs", &root->outputs);
    put_graph(out, root->body);
    text_puts(out, "}\n");
}
