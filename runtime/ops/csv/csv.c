/* csv.c: the `csv` operations that read a text (scenario 4.6). */
#include "ops/csv/csv_call.h"
#include "ops/csv/csv_rows.h"
#include "ops/input.h"
#include "value.h"

/* ---- from-csv ---------------------------------------------------------------------------------
 */

KILN_OP(csv_from_csv, "csv.from-csv", KILN_PURE,
        "The records of a CSV text: objects named by its header, or arrays.",
        KILN_INPUTS(CSV_DATA, CSV_OPTIONS, CSV_BLANKS),
        KILN_OUTPUTS({ "value", "array", "The records; all values are text.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct csv_options options;
    struct csv_rows rows;

    if (csv_call_options(call, "from-csv", &options) < 0
        || csv_rows_begin(&rows, kiln_call_heap(call), &options) < 0
        || csv_call_read(call, "from-csv", &options, "Failed to read CSV record", csv_rows_take,
                         &rows)
               < 0)
        return -1;
    return kiln_out_value(call, rows.rows);
}

/* ---- get-header -------------------------------------------------------------------------------
 */

/* What a field's text would be, read as JSON. */
static kiln_value guess_type(const kiln_value *field)
{
    struct json_error error;
    const char *type = "String";
    kiln_value v;
    kiln_heap h;

    heap_init(&h, 0);
    if (json_read(&h, &v, field->u.s, field->n, &error) == 0) {
        if (v.tag == KILN_INT || v.tag == KILN_UINT)
            type = "Integer";
        if (v.tag == KILN_DOUBLE)
            type = "Double";
        if (v.tag == KILN_BOOL)
            type = "Boolean";
    }
    heap_fini(&h);
    return value_static(type);
}

struct header {
    kiln_heap *heap;
    const struct csv_options *options;
    kiln_member *columns; /* name, type */
    size_t n;
};

/* The name of a column: from the header, or made of its number. */
static int column_name(struct header *t, const struct csv_record *record, size_t i, kiln_value *ret)
{
    kiln_value name = csv_call_field(record, i, t->options->trim_whitespace);

    if (!t->options->use_header)
        return value_textf(t->heap, ret, "Column %zu", i + 1);
    if (!name.n)
        return value_textf(t->heap, ret, "%zu", i);
    return value_string(t->heap, ret, name.u.s, name.n);
}

static int take_names(struct header *t, const struct csv_record *record)
{
    t->columns = value_members(t->heap, record->n);
    if (!t->columns)
        return -1;
    for (; t->n < record->n; t->n++) {
        t->columns[t->n].value = value_static("String");
        if (column_name(t, record, t->n, &t->columns[t->n].key) < 0)
            return -1;
    }
    return 0;
}

/* The first record tells the names, the second the types. */
static int take_types(void *ctx, const struct csv_record *record)
{
    struct header *t = ctx;

    if (!record->number)
        return take_names(t, record);
    for (size_t i = 0; i < t->n; i++) {
        kiln_value field = csv_call_field(record, i, t->options->trim_whitespace);

        t->columns[i].value = guess_type(&field);
    }
    return CSV_ENOUGH;
}

KILN_OP(csv_get_header, "csv.get-header", KILN_PURE,
        "The columns of a CSV text and what the first row has in them.",
        KILN_INPUTS(CSV_DATA, CSV_OPTIONS,
                    { "trim_whitespace", "boolean", "Take blanks off around fields (false).", 0 }),
        KILN_OUTPUTS({ "value", "object",
                       "Column -> Integer, Double, Boolean or String; without header Column 1...",
                       0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct header t = { .heap = kiln_call_heap(call) };
    struct csv_options options;
    kiln_value made;

    t.options = &options;
    if (csv_call_options(call, "get-header", &options) < 0
        || csv_call_read(call, "get-header", &options, "Failed to read data row", take_types, &t)
               < 0)
        return -1;
    if (!t.n && !options.use_header)
        return input_fail(call, "CSV_EMPTY_FILE", "CSV file is empty");
    if ((t.n ? value_object(t.heap, &made, t.columns, (unsigned)t.n)
             : kiln_object(t.heap, &made, NULL, 0))
        < 0)
        return -1;
    return kiln_out_value(call, made);
}
