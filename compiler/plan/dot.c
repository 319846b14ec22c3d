/* dot.c: the plan as a Graphviz picture, nothing hidden: one cluster a flow, one box a step with
 * its wake rule and what it does, one arrow an edge, and a dotted arrow into each flow a step runs.
 */
#include "plan/plan.h"

/* Graphviz text: only quotes, backslashes and line ends need care. */
static void put_text(struct text *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            text_putc(out, '\\');
        if (*s == '\n')
            text_puts(out, "\\n");
        else if ((unsigned char)*s >= ' ')
            text_putc(out, *s);
    }
}

static void put_node(struct text *out, const struct plan_step *s)
{
    text_printf(out, "f%u_%u", s->flow->number, s->number);
}

static void put_wake(struct text *out, const struct plan_step *s)
{
    static const char *const wakes[] = { [KILN_WAKE_START] = "start",
                                         [KILN_WAKE_COUNT] = "count",
                                         [KILN_WAKE_ANY] = "any",
                                         [KILN_WAKE_CHANGED] = "changed",
                                         [KILN_WAKE_QUIET] = "quiet" };

    text_printf(out, "\\nwake %s", wakes[s->wake]);
    if (s->wake == KILN_WAKE_COUNT)
        text_printf(out, " %u%s", s->hard, s->soft ? " soft" : "");
    for (unsigned i = 0; i < s->n_watch; i++) {
        text_putc(out, ' ');
        put_text(out, s->flow->slots[s->watch[i]].name);
    }
}

static void put_effect(struct text *out, const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);

    text_puts(out, last ? "\\n" : "\\npure");
    if (!last)
        return;
    text_puts(out, plan_ops[last->kind].text);
    if (last->op) {
        text_putc(out, ' ');
        put_text(out, last->op->name);
    }
    if (s->flags & KILN_STEP_JOURNAL)
        text_puts(out, " (journalled)");
}

static void put_step(struct text *out, const struct plan_step *s)
{
    text_puts(out, "    ");
    put_node(out, s);
    text_puts(out, " [label=\"");
    put_text(out, s->id);
    put_wake(out, s);
    put_effect(out, s);
    text_printf(out, "\"%s];\n", s->flags & KILN_STEP_JOURNAL ? ", peripheries=2" : "");
}

static void put_edge(struct text *out, const struct plan_step *s, const struct plan_edge *e)
{
    text_puts(out, "  ");
    put_node(out, s);
    text_puts(out, " -> ");
    put_node(out, e->to);
    text_puts(out, " [label=\"");
    if (e->kind == KILN_EDGE_CASE)
        text_printf(out, "%u", e->label);
    text_printf(out, "%s\"", e->kind == KILN_EDGE_ERROR ? "error" : "");
    text_printf(out, "%s%s];\n", e->soft || e->kind == KILN_EDGE_ORDER ? ", style=dashed" : "",
                e->kind == KILN_EDGE_ERROR ? ", color=red" : "");
}

static void put_run(struct text *out, const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);

    if (!last || !last->flow || !last->flow->n_steps)
        return;
    text_puts(out, "  ");
    put_node(out, s);
    text_puts(out, " -> ");
    put_node(out, last->flow->steps[0]);
    text_printf(out, " [style=dotted, lhead=cluster_%u];\n", last->flow->number);
}

static void put_flow(struct text *out, const struct plan_flow *f)
{
    text_printf(out, "  subgraph cluster_%u {\n    label=\"", f->number);
    put_text(out, f->name);
    text_puts(out, "\";\n");
    for (unsigned i = 0; i < f->n_steps; i++)
        put_step(out, f->steps[i]);
    text_puts(out, "  }\n");
}

void plan_dot(const struct plan *p, struct text *out)
{
    text_puts(out, "digraph \"");
    put_text(out, p->name);
    text_puts(out, "\" {\n  compound=true;\n  node [shape=box, fontname=\"monospace\"];\n");
    for (unsigned i = 0; i < p->n_flows; i++)
        put_flow(out, p->flows[i]);
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++) {
            const struct plan_step *s = p->flows[i]->steps[k];

            for (unsigned e = 0; e < s->n_edges; e++)
                put_edge(out, s, &s->edges[e]);
            put_run(out, s);
        }
    text_puts(out, "}\n");
}
