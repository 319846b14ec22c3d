/* mermaid.c: the author's steps as a Mermaid picture.
 *
 * The parts of one of the author's steps share its JSON pointer, so they are one box here; edges
 * inside a box are not drawn, edges between two boxes once. Steps without a pointer, and the quiet
 * ones, are the lowering's own and are left out.
 */
#include "plan/plan.h"

#include <string.h>

struct drawing {
    struct text *out;
    struct arena scratch;
    struct map boxes; /* flow and pointer -> the first step with it */
    struct map drawn; /* arrows */
};

static const char *keep(const char *words)
{
    if (!words)
        plan_memory_out();
    return words;
}

static int is_own(const struct plan_step *s)
{
    return !s->pointer || s->wake == KILN_WAKE_QUIET || s->flags & KILN_STEP_HIDDEN;
}

/* The step that stands for this one, or NULL when it is not drawn. */
static const struct plan_step *box_of(struct drawing *d, const struct plan_step *s)
{
    const char *key;
    const struct plan_step *box;

    if (is_own(s))
        return NULL;
    key = keep(arena_printf(&d->scratch, "%u%s", s->flow->number, s->pointer));
    box = map_get(&d->boxes, key, strlen(key));
    if (box)
        return box;
    if (map_put(&d->boxes, key, strlen(key), (void *)s) < 0)
        plan_memory_out();
    return s;
}

/* Text between quotes: what Mermaid would take for its own becomes an entity. */
static void put_text(struct text *out, const char *s)
{
    for (; *s; s++) {
        if (strchr("\"#<>&;[]{}|`\\", *s))
            text_printf(out, "#%d;", *s);
        else
            text_putc(out, (unsigned char)*s < ' ' ? ' ' : *s);
    }
}

static void put_box(struct text *out, const struct plan_step *s)
{
    text_printf(out, "    f%us%u[\"", s->flow->number, s->number);
    put_text(out, s->id);
    text_puts(out, "\"]\n");
}

static const char *arrow(struct drawing *d, const struct plan_step *s, const struct plan_edge *e)
{
    const struct plan_op *last = plan_last(s);
    int choice = last && last->kind == PLAN_TEST;

    if (e->kind == KILN_EDGE_ERROR)
        return "-.->|error|";
    if (e->kind == KILN_EDGE_ORDER)
        return "-.->|order|";
    if (e->kind == KILN_EDGE_CASE && choice)
        return e->label ? "-->|true|" : "-->|false|";
    if (e->kind == KILN_EDGE_CASE)
        return keep(arena_printf(&d->scratch, "-->|%u|", e->label));
    return e->soft ? "-.->" : "-->";
}

static void put_edge(struct drawing *d, const struct plan_step *s, const struct plan_edge *e)
{
    const struct plan_step *from = box_of(d, s), *to = box_of(d, e->to);
    const char *line;

    if (!from || !to || from == to)
        return;
    line = keep(arena_printf(&d->scratch, "    f%us%u %s f%us%u\n", from->flow->number,
                             from->number, arrow(d, s, e), to->flow->number, to->number));
    if (map_get(&d->drawn, line, strlen(line)))
        return;
    if (map_put(&d->drawn, line, strlen(line), d) < 0)
        plan_memory_out();
    text_puts(d->out, line);
}

static void put_flow(struct drawing *d, const struct plan_flow *f)
{
    if (f->number) {
        text_printf(d->out, "  subgraph f%u[\"", f->number);
        put_text(d->out, f->name);
        text_puts(d->out, "\"]\n");
    }
    for (unsigned i = 0; i < f->n_steps; i++)
        if (box_of(d, f->steps[i]) == f->steps[i])
            put_box(d->out, f->steps[i]);
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i]->n_edges; e++)
            put_edge(d, f->steps[i], &f->steps[i]->edges[e]);
    if (f->number)
        text_puts(d->out, "  end\n");
}

void plan_mermaid(const struct plan *p, struct text *out)
{
    struct drawing d = { .out = out };

    text_puts(out, "graph TD\n");
    for (unsigned i = 0; i < p->n_flows; i++)
        put_flow(&d, p->flows[i]);
    map_fini(&d.boxes);
    map_fini(&d.drawn);
    arena_fini(&d.scratch);
}
