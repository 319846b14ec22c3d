/* parse.c: one op of any kind (clause 2). What only graphs have is read in graphs.c.
 */
#include <stdarg.h>
#include <string.h>

#include "dialects/operonx/operonx.h"

static const char *const op_fields[] = {
    "type",    "name",    "full_name",   "func_name",       "is_async", "is_generator",
    "enabled", "verbose", "stream",      "bound",           "inputs",   "outputs",
    "cache",   "delay",   "description", "python_callable", NULL
};
static const char *const branch_fields[] = { "cases", "default", "candidates", NULL };
static const char *const graph_fields[] = { "ops",
                                            "edges",
                                            "entries",
                                            "exits",
                                            "loop_config",
                                            "initial_ready_count",
                                            "compiled_adj",
                                            "stream_initial_ready",
                                            "schema_version",
                                            "max_stream_concurrent",
                                            NULL };
/* What the format knows and Kiln does not run yet (clause 2.3). */
static const char *const later_types[] = { "prompt", "llm",           "embedding", "rerank",
                                           "onnx",   "triton",        "parser",    "data",
                                           "for",    "while",         "stream",    "doc-processor",
                                           "milvus", "mongo",         "s3",        "default",
                                           "dummy",  "tool-executor", "mcp",       "interrupt",
                                           "emit",   "vector-search", "doc-fetch", NULL };
static const char *const types[] = { "code", "lambda", "graph", "branch" };

void *operonx_alloc(struct unit *u, size_t n, size_t size)
{
    void *at = arena_zalloc(u->arena, n ? n * size : 1);

    if (!at)
        plan_memory_out();
    return at;
}

const char *operonx_printf(struct unit *u, const char *format, ...)
{
    struct text t = { 0 };
    const char *s;
    va_list ap;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    s = t.failed ? NULL : arena_dup(u->arena, text_cstr(&t), t.n);
    text_fini(&t);
    if (!s)
        plan_memory_out();
    return s;
}

static int is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(*list, word))
            return 1;
    return 0;
}

static int parse_kind(struct unit *u, struct ox_op *o, int is_root)
{
    const char *type = operonx_field_text(u, o->node, "type");
    struct diag *d;

    if (!type && !operonx_field(o->node, "type") && is_root)
        type = "graph";
    if (!type) {
        if (!operonx_field(o->node, "type"))
            diag_error(u->diags, o->node, "O006", "an op needs a 'type'");
        return 0;
    }
    if (is_one_of(type, later_types)) {
        diag_unsupported(u->diags, node_get(o->node, "type"), "an op of type '%s'", type);
        return 0;
    }
    o->kind = !strcmp(type, "graph") ? OX_GRAPH : !strcmp(type, "branch") ? OX_BRANCH : OX_CODE;
    if (o->kind != OX_CODE || !strcmp(type, "code") || !strcmp(type, "lambda"))
        return 1;
    d = diag_error(u->diags, node_get(o->node, "type"), "O008", "unknown op type '%s'", type);
    diag_suggest(u->diags, d, type, "types", types, 4);
    return 0;
}

static int is_name(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    return n && !s[n];
}

static void parse_names(struct unit *u, struct ox_op *o)
{
    const char *above = o->graph ? o->graph->self->full_name : NULL;
    const char *given = operonx_field_text(u, o->node, "full_name");
    const struct node *name = operonx_field(o->node, "name");

    o->name = operonx_field_text(u, o->node, "name");
    if (!name)
        diag_error(u->diags, o->node, "O006", "an op needs a 'name'");
    else if (o->name && !is_name(o->name))
        diag_error(u->diags, name, "O007",
                   "the name '%s' may hold only letters, digits, '_' and '-'", o->name);
    if (o->name && o->graph && strcmp(o->name, o->node->key))
        diag_error(u->diags, name, "O007", "the op under '%s' is named '%s'", o->node->key,
                   o->name);
    if (!o->name)
        o->name = o->graph ? o->node->key : "main";
    o->full_name = above ? operonx_printf(u, "%s.%s", above, o->name) : o->name;
    if (given && *given && strcmp(given, o->full_name))
        diag_error(u->diags, node_get(o->node, "full_name"), "O007",
                   "'full_name' must be '%s', the path from the root", o->full_name);
}

/* What would change how the op runs and is not there yet (clause 2.4). */
static void refuse_later(struct unit *u, const struct node *n)
{
    const struct node *cache = operonx_field(n, "cache");
    const struct node *delay = operonx_field(n, "delay");

    if (!operonx_field_bool(u, n, "enabled", 1))
        diag_unsupported(u->diags, node_get(n, "enabled"), "a disabled op");
    if (cache && !(cache->kind == NODE_BOOL && !cache->u.truth))
        diag_unsupported(u->diags, cache, "the cache of an op");
    if (delay && !(delay->kind == NODE_INT && delay->u.i == 0)
        && !(delay->kind == NODE_DOUBLE && delay->u.d == 0))
        diag_unsupported(u->diags, delay, "the delay of an op");
}

static void parse_common(struct unit *u, struct ox_op *o)
{
    static const char *const bounds[] = { "sync", "io", "cpu", NULL };
    const char *bound = operonx_field_text(u, o->node, "bound");
    struct diag *d;

    o->func_name = operonx_field_text(u, o->node, "func_name");
    o->generator = operonx_field_bool(u, o->node, "is_generator", 0);
    operonx_field_bool(u, o->node, "is_async", 0);
    operonx_field_bool(u, o->node, "verbose", 0);
    operonx_field_bool(u, o->node, "stream", 0);
    operonx_field_text(u, o->node, "description");
    if (bound && !is_one_of(bound, bounds)) {
        d = diag_error(u->diags, node_get(o->node, "bound"), "O008", "unknown bound '%s'", bound);
        diag_suggest(u->diags, d, bound, "bounds", bounds, 3);
    }
    refuse_later(u, o->node);
    operonx_parse_params(u, o->node, "inputs", &o->inputs);
    operonx_parse_params(u, o->node, "outputs", &o->outputs);
    if (o->generator && o->kind != OX_CODE)
        diag_error(u->diags, node_get(o->node, "is_generator"), "O008",
                   "only a code op can be a generator");
}

struct ox_op *operonx_parse_op(struct unit *u, const struct node *node, struct ox_graph *parent)
{
    struct ox_op *o = operonx_alloc(u, 1, sizeof *o);

    o->node = node;
    o->graph = parent;
    if (node->kind != NODE_OBJECT) {
        diag_error(u->diags, node, "O005", "an op must be an object, not %s",
                   node_kind_name(node->kind));
        return NULL;
    }
    if (!parse_kind(u, o, !parent))
        return NULL;
    operonx_fields_known(u, node, op_fields,
                         o->kind == OX_GRAPH    ? graph_fields
                         : o->kind == OX_BRANCH ? branch_fields
                                                : NULL);
    parse_names(u, o);
    parse_common(u, o);
    if (o->kind == OX_BRANCH)
        operonx_parse_branch(u, o);
    if (o->kind == OX_GRAPH)
        operonx_parse_graph(u, o);
    return o;
}
