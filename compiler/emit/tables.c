/* tables.c: the constant tables of a flow and of the program. Fields that are zero are left out.
 * What there is one of has a line a field; what there are many of, steps and slots, has a row each.
 */
#include <string.h>

#include "emit/emitter.h"
#include "emit/layout.h"
#include "emit/literal.h"
#include "emit/row.h"

enum { FIELD_COLUMNS = 74 };

/* One line of an initialiser: ".name = <prefix><value>,". */
static void field(struct text *out, const char *name, const char *prefix, const char *value)
{
    text_puts(out, "    .");
    text_puts(out, name);
    text_puts(out, " = ");
    text_puts(out, prefix);
    text_puts(out, value);
    text_puts(out, ",\n");
}

static void number(struct emitter *e, struct text *out, const char *name, unsigned value)
{
    if (value)
        field(out, name, "", emit_number(e, value));
}

/* "static const TYPE <prefix><name>[n] = {". The size is written out because libtcc reads a table
 * of unknown size twice. */
static void open_table(struct text *out, const char *type, const char *prefix, const char *name,
                       unsigned n)
{
    text_puts(out, "static const ");
    text_puts(out, type);
    text_puts(out, prefix);
    text_puts(out, name);
    text_putc(out, '[');
    text_put_uint(out, n);
    text_puts(out, "] = {\n");
}

static const char *chars(struct emitter *e, const char *text)
{
    return emit_chars(e, text ? text : "", text ? strlen(text) : 0, FIELD_COLUMNS);
}

static void field_flags(struct emitter *e, struct text *out, unsigned value,
                        const struct row_flag *known)
{
    if (value)
        field(out, "flags", "", row_name_flags(e, value, known));
}

static const struct row_flag step_flags[] = {
    ROW_FLAG(KILN_STEP_JOURNAL), ROW_FLAG(KILN_STEP_GATED),
    ROW_FLAG(KILN_STEP_KEEP),    ROW_FLAG(KILN_STEP_STREAM),
    ROW_FLAG(KILN_STEP_HIDDEN),  ROW_FLAG(KILN_STEP_TURN),
    ROW_FLAG(KILN_STEP_RULE),    { 0, NULL }
};
static const struct row_flag slot_flags[] = {
    ROW_FLAG(KILN_SLOT_ONCE),   ROW_FLAG(KILN_SLOT_GUARD),
    ROW_FLAG(KILN_SLOT_SPREAD), ROW_FLAG(KILN_SLOT_PRIVATE),
    ROW_FLAG(KILN_SLOT_OUTPUT), ROW_FLAG(KILN_SLOT_RESULT),
    ROW_FLAG(KILN_SLOT_LEFT),   { 0, NULL }
};
static const struct row_flag flow_flags[] = { ROW_FLAG(KILN_FLOW_DEAD),
                                              ROW_FLAG(KILN_FLOW_SUPERSTEP),
                                              ROW_FLAG(KILN_FLOW_SOFT_ERRORS),
                                              ROW_FLAG(KILN_FLOW_ORDERED),
                                              { 0, NULL } };
static const struct row_flag program_flags[] = { ROW_FLAG(KILN_PROGRAM_SORTED), { 0, NULL } };

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
    open_table(&e->flows, "kiln_edge ", "edges_", names->tails[s->number], s->n_edges);
    for (unsigned i = 0; i < s->n_edges; i++)
        put_edge(&e->flows, &s->edges[i], names->steps[s->edges[i].to->number]);
    text_puts(&e->flows, "};\n");
}

static void put_watch(struct emitter *e, const struct plan_step *s, const struct flow_names *names)
{
    if (!s->n_watch)
        return;
    text_putc(&e->flows, '\n');
    open_table(&e->flows, "unsigned ", "watch_", names->tails[s->number], s->n_watch);
    for (unsigned i = 0; i < s->n_watch; i++)
        text_printf(&e->flows, "    %s,\n", names->slots[s->watch[i]]);
    text_puts(&e->flows, "};\n");
}

static const struct plan_op *last_op(const struct plan_step *s)
{
    return s->n_ops ? &s->ops[s->n_ops - 1] : NULL;
}

static void put_effect(struct emitter *e, struct row *r, const struct plan_step *s)
{
    const struct plan_op *op = last_op(s);

    if (op && op->kind == PLAN_TASK)
        row_cell(r, ".op = &", emit_operation(e, op->op));
    if (s->blame)
        row_cell(r, ".blame = ", emit_blame(e, s->blame));
    if (s->retry.tries || s->retry.budget || s->late >= 0)
        row_cell(r, ".policy = &", emit_policy(e, s));
    if (op && (op->kind == PLAN_CHILD || op->kind == PLAN_EACH))
        row_cell(r, ".flow = &flow_", emit_flow_names(e, op->flow)->tail);
}

static int gathers(const struct plan_step *s)
{
    return s->result >= 0 && s->flow->slots[s->result].rule != KILN_RULE_LAST;
}

static void put_waking(struct emitter *e, struct row *r, const struct plan_step *s)
{
    static const char *const wakes[] = { "KILN_WAKE_START", "KILN_WAKE_COUNT", "KILN_WAKE_ANY",
                                         "KILN_WAKE_CHANGED", "KILN_WAKE_QUIET" };

    row_number(e, r, ".hard = ", s->hard);
    row_number(e, r, ".window = ", s->window);
    row_number(e, r, ".node = ", s->node);
    row_cell(r, ".wake = ", wakes[s->wake]);
    row_number(e, r, ".soft = ", s->soft != 0);
    row_flags(e, r, s->flags | (gathers(s) ? KILN_STEP_RULE : 0), step_flags);
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
    if (s->n_watch) {
        row_cell(r, ".watch = watch_", names->tails[s->number]);
        row_number(e, r, ".n_watch = ", s->n_watch);
    }
}

static void put_step(struct emitter *e, struct text *out, const struct plan_step *s,
                     const struct flow_names *names)
{
    struct row r = { .n = 0 };

    row_cell(&r, "", chars(e, s->id));
    row_cell(&r, "", chars(e, s->pointer));
    row_cell(&r, "", emit_number(e, s->line));
    row_cell(&r, "", emit_number(e, s->column));
    row_cell(&r, "leaf_", names->tails[s->number]);
    put_effect(e, &r, s);
    put_leads(e, &r, s, names);
    row_cell(&r, ".result = ", s->result < 0 ? "-1" : names->slots[s->result]);
    put_waking(e, &r, s);
    row_put(&r, out);
}

/* ---- slots ---- */

static void put_slot(struct emitter *e, struct text *out, const struct plan_slot *s)
{
    static const char *const rules[] = { [KILN_RULE_APPEND] = "KILN_RULE_APPEND",
                                         [KILN_RULE_FOLD] = "KILN_RULE_FOLD",
                                         [KILN_RULE_BARRIER] = "KILN_RULE_BARRIER" };
    struct row r = { .n = 0 };

    row_cell(&r, ".name = ", chars(e, s->name));
    if (s->fold)
        row_cell(&r, ".fold = ", emit_function(e, s->fold));
    if (s->initial >= 0)
        row_cell(&r, ".initial = &", emit_const(e, (unsigned)s->initial));
    if (s->names >= 0)
        row_cell(&r, ".names = &", emit_const(e, (unsigned)s->names));
    if (s->rule != KILN_RULE_LAST)
        row_cell(&r, ".rule = ", rules[s->rule]);
    row_flags(e, &r, s->flags, slot_flags);
    row_put(&r, out);
}

static void put_slots(struct emitter *e, const struct plan_flow *flow, const char *tail)
{
    if (!flow->n_slots)
        return;
    open_table(&e->flows, "kiln_slot ", "slots_", tail, flow->n_slots);
    for (unsigned i = 0; i < flow->n_slots; i++)
        put_slot(e, &e->flows, &flow->slots[i]);
    text_puts(&e->flows, "};\n\n");
}

/* ---- flows and the program ---- */

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
        const struct plan_op *op = last_op(flow->steps[i]);

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
    field(out, "name", "", chars(e, flow->name));
    field(out, "steps", "steps_", names->tail);
    if (flow->n_slots)
        field(out, "slots", "slots_", names->tail);
    number(e, out, "n_steps", flow->n_steps);
    number(e, out, "n_slots", flow->n_slots);
    number(e, out, "n_params", flow->n_params);
    field(out, "quiet", "", quiet_step(flow, names));
    number(e, out, "limit", flow->limit);
    field_flags(e, out, flow->flags, flow_flags);
    if (flow->flags & KILN_FLOW_SUPERSTEP)
        field(out, "superstep", "&", "kiln_supersteps");
    if (has_items(flow))
        field(out, "stream", "&", "kiln_streams");
    number(e, out, "number", flow->number);
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
    open_table(out, "kiln_step ", "steps_", names->tail, flow->n_steps);
    for (unsigned i = 0; i < flow->n_steps; i++)
        put_step(e, out, flow->steps[i], names);
    text_puts(out, "};\n\n");
    put_slots(e, flow, names->tail);
    put_flow(e, flow, names);
}

static void put_flow_list(struct emitter *e, struct text *out)
{
    open_table(out, "kiln_flow *const ", "", "flows", e->plan->n_flows);
    for (unsigned i = 0; i < e->plan->n_flows; i++)
        text_printf(out, "    &flow_%s,\n", e->flow_names[i].tail);
    text_puts(out, "};\n\n");
}

static void put_op_list(struct emitter *e, struct text *out)
{
    if (!e->ops.n)
        return;
    open_table(out, "kiln_op *const ", "", "ops", (unsigned)e->ops.n);
    for (size_t i = 0; i < e->ops.n; i++)
        text_printf(out, "    &%s,\n", (const char *)e->ops.at[i].value);
    text_puts(out, "};\n\n");
}

/* A literal a line of the text, or several where a line is long. */
static unsigned put_shape(struct emitter *e, struct text *out)
{
    struct text shape = { 0 };
    struct text *margin = emit_aside(e); /* a new line, as far in as the first */
    size_t indent, n;

    plan_shape(e->plan, &shape);
    indent = out->n;
    text_printf(out, "static const char shape[%zu] = ", shape.n + 1);
    indent = out->n - indent;
    text_printf(margin, "\n%*s", (int)indent, "");
    for (size_t at = 0, end; at < shape.n; at = end) {
        const char *line = strchr(shape.s + at, '\n');

        end = line ? (size_t)(line - shape.s) + 1 : shape.n;
        if (at)
            text_put(out, margin->s, margin->n);
        end = at + literal_piece(out, shape.s + at, end - at, 0, LAYOUT_WIDTH - indent - 1);
    }
    text_puts(out, ";\n\n");
    out->failed |= shape.failed;
    n = shape.n;
    text_fini(&shape);
    return (unsigned)n;
}

void emit_description(struct emitter *e)
{
    unsigned n_shape;
    struct text *out = &e->program;
    unsigned long long hash[2];

    plan_hash(e->plan, hash);
    text_puts(out, "/* ---- the program ---- */\n\n");
    put_flow_list(e, out);
    put_op_list(e, out);
    n_shape = put_shape(e, out);
    text_printf(out, "const kiln_program kiln_program_%s = {\n", emit_symbol(e->plan));
    field(out, "magic", "", "KILN_MAGIC");
    field(out, "abi", "", "KILN_ABI");
    field(out, "hash", "",
          arena_printf(e->arena, "{ 0x%016llxULL, 0x%016llxULL }", hash[0], hash[1]));
    field(out, "name", "", chars(e, e->plan->name));
    field(out, "dialect", "", chars(e, e->plan->dialect));
    field(out, "flows", "", "flows");
    if (e->ops.n)
        field(out, "ops", "", "ops");
    number(e, out, "n_flows", e->plan->n_flows);
    number(e, out, "n_ops", (unsigned)e->ops.n);
    field_flags(e, out, e->plan->flags, program_flags);
    number(e, out, "n_shape", n_shape);
    field(out, "shape", "", "shape");
    text_puts(out, "};\n");
}
