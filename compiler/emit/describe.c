/* describe.c: what a program says of itself: its flows and operations, its hash, and the shape that
 * a store keeps of it.
 */
#include <string.h>

#include "emit/emitter.h"
#include "emit/layout.h"
#include "emit/literal.h"
#include "emit/row.h"

static const struct row_flag program_flags[] = { ROW_FLAG(KILN_PROGRAM_SORTED), { 0, NULL } };

static void put_flow_list(struct emitter *e, struct text *out)
{
    table_open(out, "kiln_flow *const ", "", "flows", e->plan->n_flows);
    for (unsigned i = 0; i < e->plan->n_flows; i++)
        text_printf(out, "    &flow_%s,\n", e->flow_names[i].tail);
    text_puts(out, "};\n\n");
}

static void put_op_list(struct emitter *e, struct text *out)
{
    if (!e->ops.n)
        return;
    table_open(out, "kiln_op *const ", "", "ops", (unsigned)e->ops.n);
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
    field_put(out, "magic", "", "KILN_MAGIC");
    field_put(out, "abi", "", "KILN_ABI");
    field_put(out, "hash", "",
              arena_printf(e->arena, "{ 0x%016llxULL, 0x%016llxULL }", hash[0], hash[1]));
    field_put(out, "name", "", emit_title(e, e->plan->name));
    field_put(out, "dialect", "", emit_title(e, e->plan->dialect));
    field_put(out, "flows", "", "flows");
    if (e->ops.n)
        field_put(out, "ops", "", "ops");
    field_put_number(e, out, "n_flows", e->plan->n_flows);
    field_put_number(e, out, "n_ops", (unsigned)e->ops.n);
    field_put_flags(e, out, e->plan->flags, program_flags);
    field_put_number(e, out, "n_shape", n_shape);
    field_put(out, "shape", "", "shape");
    text_puts(out, "};\n");
}
