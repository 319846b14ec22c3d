/* tables.c: the constant tables of a flow. Fields that are zero are left out.
 * What there is one of has a line a field; what there are many of, steps and slots, has a row each.
 */

#include "emit/emitter.h"
#include "emit/row.h"

static const struct row_flag flow_flags[] = { ROW_FLAG(KILN_FLOW_DEAD),
                                              ROW_FLAG(KILN_FLOW_SUPERSTEP),
                                              ROW_FLAG(KILN_FLOW_SOFT_ERRORS),
                                              ROW_FLAG(KILN_FLOW_ORDERED),
                                              { 0, NULL } };

/* ---- steps ---- */

static void put_enum(struct text *out, const char *const *names, unsigned n)
{
    if (!n)
        return;
    text_puts(out, "enum {\n");
    for (unsigned i = 0; i < n; i++) {
        text_puts(out, "    ");
        text_puts(out, names[i]);
        text_puts(out, ",\n");
    }
    text_puts(out, "};\n\n");
}

static void put_edge(struct text *out, const struct plan_edge *edge, const char *to)
{
    static const char *const kinds[] = { "KILN_EDGE_NEXT", "KILN_EDGE_CASE", "KILN_EDGE_ERROR",
                                         "KILN_EDGE_ORDER" };

    text_puts(out, "    { ");
    text_puts(out, to);
    text_puts(out, ", ");
    text_put_uint(out, edge->label);
    text_puts(out, ", ");
    text_puts(out, kinds[edge->kind]);
    text_puts(out, edge->soft ? ", 1 },\n" : ", 0 },\n");
}

/* The step that the only edge leads to, when it is a hard `next` and all that step waits for; else
 * NULL. (Step 0 cannot be told from none.) */
static const struct plan_step *then_of(const struct plan_step *s)
{
    const struct plan_edge *edge = s->edges;
    const struct plan_step *to = s->n_edges == 1 ? edge->to : NULL;

    if (!to || !to->number || edge->kind != KILN_EDGE_NEXT || edge->soft)
        return NULL;
    return to->wake == KILN_WAKE_COUNT && to->hard == 1 && !to->soft ? to : NULL;
}

static void put_edges(struct emitter *e, const struct plan_step *s, const struct flow_names *names)
{
    if (!s->n_edges || then_of(s))
        return;
    text_putc(&e->flows, '\n');
    table_open(&e->flows, "kiln_edge ", "edges_", names->tails[s->number], s->n_edges);
    for (unsigned i = 0; i < s->n_edges; i++)
        put_edge(&e->flows, &s->edges[i], names->steps[s->edges[i].to->number]);
    text_puts(&e->flows, "};\n");
}

static void put_watch(struct emitter *e, const struct plan_step *s, const struct flow_names *names)
{
    if (!s->n_watch)
        return;
    text_putc(&e->flows, '\n');
    table_open(&e->flows, "unsigned ", "watch_", names->tails[s->number], s->n_watch);
    for (unsigned i = 0; i < s->n_watch; i++)
        text_printf(&e->flows, "    %s,\n", names->slots[s->watch[i]]);
    text_puts(&e->flows, "};\n");
}

/* Where its edges lead, or which step simply follows. */
static void put_leads(struct emitter *e, struct row *r, const struct plan_step *s,
                      const struct flow_names *names)
{
    const struct plan_step *then = then_of(s);

    if (then) {
        row_cell(r, ".then = ", names->steps[then->number]);
    } else if (s->n_edges) {
        row_cell(r, ".edges = edges_", names->tails[s->number]);
        row_number(e, r, ".n_edges = ", s->n_edges);
    }
}

static void put_step(struct emitter *e, struct text *out, const struct plan_step *s,
                     const struct flow_names *names)
{
    struct row r = { .n = 0 };

    row_cell(&r, "", emit_title(e, s->id));
    row_cell(&r, "", emit_title(e, s->pointer));
    row_cell(&r, "", emit_number(e, s->line));
    row_cell(&r, "", emit_number(e, s->column));
    row_cell(&r, "leaf_", names->tails[s->number]);
    row_cell(&r, "&", emit_step_kind(e, s));
    put_leads(e, &r, s, names);
    row_cell(&r, ".result = ", s->result < 0 ? "-1" : names->slots[s->result]);
    row_number(e, &r, ".node = ", s->node);
    row_put(&r, out);
}

/* The rows of a table, which are collected first: a row may write the kind that it names. */
static void put_table(struct emitter *e, const char *type, const char *prefix, const char *tail,
                      unsigned n, struct text *rows)
{
    table_open(&e->flows, type, prefix, tail, n);
    text_put(&e->flows, rows->s, rows->n);
    e->flows.failed |= rows->failed;
    text_puts(&e->flows, "};\n\n");
    text_fini(rows);
}

static void put_steps(struct emitter *e, const struct plan_flow *flow,
                      const struct flow_names *names)
{
    struct text rows = { 0 };

    for (unsigned i = 0; i < flow->n_steps; i++)
        put_step(e, &rows, flow->steps[i], names);
    put_table(e, "kiln_step ", "steps_", names->tail, flow->n_steps, &rows);
}

/* ---- slots ---- */

static void put_slot(struct emitter *e, struct text *out, const struct plan_slot *s)
{
    struct row r = { .n = 0 };

    row_cell(&r, ".name = ", emit_title(e, s->name));
    row_cell(&r, ".kind = &", emit_slot_kind(e, s));
    row_put(&r, out);
}

static void put_slots(struct emitter *e, const struct plan_flow *flow, const char *tail)
{
    struct text rows = { 0 };

    if (!flow->n_slots)
        return;
    for (unsigned i = 0; i < flow->n_slots; i++)
        put_slot(e, &rows, &flow->slots[i]);
    put_table(e, "kiln_slot ", "slots_", tail, flow->n_slots, &rows);
}

/* ---- the flow ---- */

static const char *quiet_step(const struct plan_flow *flow, const struct flow_names *names)
{
    for (unsigned i = 0; i < flow->n_steps; i++)
        if (flow->steps[i]->wake == KILN_WAKE_QUIET)
            return names->steps[i];
    return "0";
}

static int has_items(const struct plan_flow *flow)
{
    for (unsigned i = 0; i < flow->n_steps; i++) {
        const struct plan_op *op = plan_last(flow->steps[i]);

        if (op && op->kind == PLAN_EACH)
            return 1;
    }
    return 0;
}

static void put_flow(struct emitter *e, const struct plan_flow *flow,
                     const struct flow_names *names)
{
    struct text *out = &e->flows;

    text_printf(out, "static const kiln_flow flow_%s = {\n", names->tail);
    field_put(out, "name", "", emit_title(e, flow->name));
    field_put(out, "steps", "steps_", names->tail);
    if (flow->n_slots)
        field_put(out, "slots", "slots_", names->tail);
    field_put_number(e, out, "n_steps", flow->n_steps);
    field_put_number(e, out, "n_slots", flow->n_slots);
    field_put_number(e, out, "n_params", flow->n_params);
    field_put(out, "quiet", "", quiet_step(flow, names));
    field_put_number(e, out, "limit", flow->limit);
    field_put_flags(e, out, flow->flags, flow_flags);
    if (flow->flags & KILN_FLOW_SUPERSTEP)
        field_put(out, "superstep", "&", "kiln_supersteps");
    if (has_items(flow))
        field_put(out, "stream", "&", "kiln_streams");
    field_put_number(e, out, "number", flow->number);
    text_puts(out, "};\n");
}

void emit_flow(struct emitter *e, const struct plan_flow *flow)
{
    const struct flow_names *names = emit_flow_names(e, flow);
    struct text *out = &e->flows;

    text_printf(out, "/* ---- flow %s ---- */\n\n", names->tail);
    put_enum(out, names->slots, flow->n_slots);
    put_enum(out, names->steps, flow->n_steps);
    for (unsigned i = 0; i < flow->n_steps; i++) {
        emit_leaf(e, flow->steps[i]);
        put_edges(e, flow->steps[i], names);
        put_watch(e, flow->steps[i], names);
        text_putc(out, '\n');
    }
    put_steps(e, flow, names);
    put_slots(e, flow, names->tail);
    put_flow(e, flow, names);
}
