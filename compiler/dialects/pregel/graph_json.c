/* graph_json.c: the drawing as LangGraph's graph JSON (pregel 3.3). */
#include "dialects/pregel/pregel.h"

#include <string.h>

static void put_string(struct text *out, const char *s, size_t n)
{
    kiln_value v = { .tag = KILN_STRING, .n = (unsigned)n, .u.s = s };

    json_write(out, &v);
}

/* The end, and the start of a bare graph, have nothing behind them that runs. */
static void put_node(struct text *out, const char *name, int runs, int first)
{
    static const char kind[] = "[\"langgraph\", \"_internal\", \"_runnable\", "
                               "\"RunnableCallable\"]";

    text_puts(out, first ? "\n    {\"id\": " : ",\n    {\"id\": ");
    put_string(out, name, strlen(name));
    if (runs) {
        text_printf(out, ", \"type\": \"runnable\", \"data\": {\"id\": %s, \"name\": ", kind);
        put_string(out, name, strlen(name));
        text_puts(out, "}");
    }
    text_puts(out, "}");
}

static void put_arrow(struct text *out, const struct pregel_arrow *a, int first)
{
    text_puts(out, first ? "\n    {\"source\": " : ",\n    {\"source\": ");
    put_string(out, a->from->name, strlen(a->from->name));
    text_puts(out, ", \"target\": ");
    put_string(out, a->to->name, strlen(a->to->name));
    if (a->label) {
        text_puts(out, ", \"data\": ");
        put_string(out, a->label, a->label_n);
    }
    text_puts(out, a->conditional ? ", \"conditional\": true}" : "}");
}

void pregel_graph_json(const struct unit *u, struct text *out)
{
    const struct pregel_model *m = u->model;
    struct pregel_drawing g = pregel_draw(u);
    unsigned first = m->raw ? 1 : 0;

    text_puts(out, "{\n  \"nodes\": [");
    for (unsigned i = first; i < m->nodes.n; i++)
        put_node(out, ((struct pregel_node *)m->nodes.at[i])->name, 1, i == first);
    if (m->raw)
        put_node(out, PREGEL_START, 0, 0);
    if (g.has_end)
        put_node(out, PREGEL_END, 0, 0);
    text_puts(out, "\n  ],\n  \"edges\": [");
    for (unsigned i = 0; i < g.n; i++)
        put_arrow(out, &g.arrows[i], !i);
    text_puts(out, g.n ? "\n  ]\n}\n" : "]\n}\n");
}
