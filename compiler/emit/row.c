/* row.c: rows as clang-format lays them out: as many fields a line as fit when the first stands at
 * its place, else a line a field. All are collected first, since the last one of a line must leave
 * room for what follows it.
 */
#include "emit/row.h"

#include <assert.h>
#include <string.h>

#include "emit/layout.h"

enum { MARGIN = LAYOUT_INDENT, HANG = MARGIN + 2 };

void row_cell(struct row *r, const char *before, const char *value)
{
    assert(r->n < ROW_MOST);
    r->at[r->n].before = before;
    r->at[r->n].value = value;
    r->at[r->n++].n = strlen(before) + strlen(value);
}

void row_number(struct emitter *e, struct row *r, const char *before, unsigned value)
{
    if (value)
        row_cell(r, before, emit_number(e, value));
}

static void put_cell(const struct row *r, unsigned i, struct text *out)
{
    text_puts(out, r->at[i].before);
    text_puts(out, r->at[i].value);
}

static void put_packed(const struct row *r, struct text *out)
{
    size_t column = MARGIN + strlen("{");

    layout_indent(out, MARGIN);
    text_putc(out, '{');
    for (unsigned i = 0; i < r->n; i++) {
        const char *behind = i + 1 < r->n ? "," : " },\n";
        size_t n = r->at[i].n + (i + 1 < r->n ? strlen(",") : strlen(" },"));

        if (i && column + 1 + n > LAYOUT_WIDTH) {
            text_putc(out, '\n');
            layout_indent(out, HANG);
            column = HANG + n;
        } else {
            text_putc(out, ' ');
            column += 1 + n;
        }
        put_cell(r, i, out);
        text_puts(out, behind);
    }
}

static void put_tall(const struct row *r, struct text *out)
{
    text_puts(out, "    {\n");
    for (unsigned i = 0; i < r->n; i++) {
        layout_indent(out, 2 * LAYOUT_INDENT);
        put_cell(r, i, out);
        text_puts(out, ",\n");
    }
    text_puts(out, "    },\n");
}

void row_put(const struct row *r, struct text *out)
{
    if (*r->at[0].before == '.')
        put_tall(r, out);
    else
        put_packed(r, out);
}

/* ---- tables ---- */

void table_open(struct text *out, const char *type, const char *prefix, const char *name,
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

/* ---- a line a field ---- */

void field_put(struct text *out, const char *name, const char *prefix, const char *value)
{
    text_puts(out, "    .");
    text_puts(out, name);
    text_puts(out, " = ");
    text_puts(out, prefix);
    text_puts(out, value);
    text_puts(out, ",\n");
}

void field_put_number(struct emitter *e, struct text *out, const char *name, unsigned value)
{
    if (value)
        field_put(out, name, "", emit_number(e, value));
}

/* "KILN_STEP_GATED | KILN_STEP_KEEP". */
static const char *name_flags(struct emitter *e, unsigned value, const struct row_flag *known)
{
    const char *all = "";

    for (; known->name; known++)
        if (value & known->bit)
            all = emit_join(e, all, *all ? " | " : "", known->name, (char *)NULL);
    return all;
}

void field_put_flags(struct emitter *e, struct text *out, unsigned value,
                     const struct row_flag *known)
{
    if (value)
        field_put(out, "flags", "", name_flags(e, value, known));
}
