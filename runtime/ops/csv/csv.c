/* csv.c: the `csv` operations that read (scenario 4.6).
 *
 * All values are text. The header becomes an object name -> column once; each record then is that
 * object with the record's fields for columns, so names that come twice and names that are empty
 * are dealt with once.
 */
#include "base/utf8.h"
#include "ops/csv/csv_call.h"
#include "ops/input.h"
#include "value.h"

/* ---- from-csv ---------------------------------------------------------------------------------
 */

struct table {
    kiln_heap *heap;
    const struct csv_options *options;
    kiln_value columns; /* name -> index; absent before the header */
    kiln_value rows;
};

/* The header: where each named column is. The last of two with one name wins. */
static int take_header(struct table *t, const struct csv_record *record)
{
    kiln_member *members = value_members(t->heap, record->n);
    unsigned n = 0;

    if (!members)
        return -1;
    for (size_t i = 0; i < record->n; i++) {
        kiln_value name = csv_call_field(record, i, t->options->trim_whitespace);

        if (!name.n)
            continue;
        if (value_string(t->heap, &members[n].key, name.u.s, name.n) < 0)
            return -1;
        members[n++].value = value_int((long long)i);
    }
    return value_object(t->heap, &t->columns, members, n);
}

/* The record with its bytes copied into the heap, in one piece when they are UTF-8: the copy's
 * fields may then be borrowed for ever. 0 or -1. */
static int keep_record(kiln_heap *h, const struct csv_record *record, struct csv_record *ret)
{
    size_t n = record->ends[record->n - 1];

    *ret = *record;
    ret->bytes = utf8_prefix(record->bytes, n) == n ? arena_dup(&h->arena, record->bytes, n) : NULL;
    return ret->bytes ? 0 : -1;
}

/* One field as a value of the heap, from the copy when there is one. */
static int field_value(struct table *t, const struct csv_record *record,
                       const struct csv_record *kept, size_t i, kiln_value *ret)
{
    kiln_value v = csv_call_field(kept ? kept : record, i, t->options->trim_whitespace);

    if (!kept)
        return value_string(t->heap, ret, v.u.s, v.n);
    *ret = v;
    return 0;
}

static int make_object(struct table *t, const struct csv_record *record,
                       const struct csv_record *kept, kiln_value *ret)
{
    kiln_member *members = value_members(t->heap, t->columns.n);

    if (!members)
        return -1;
    for (unsigned i = 0; i < t->columns.n; i++) {
        const kiln_member *column = &t->columns.u.members[i];

        members[i].key = column->key;
        if (field_value(t, record, kept, (size_t)column->value.u.i, &members[i].value) < 0)
            return -1;
    }
    return value_object(t->heap, ret, members, t->columns.n);
}

static int make_array(struct table *t, const struct csv_record *record,
                      const struct csv_record *kept, kiln_value *ret)
{
    kiln_value *items = arena_alloc(&t->heap->arena, record->n * sizeof *items);

    if (!items)
        return -1;
    for (size_t i = 0; i < record->n; i++)
        if (field_value(t, record, kept, i, &items[i]) < 0)
            return -1;
    return value_array(t->heap, ret, items, (unsigned)record->n);
}

static int is_empty(const struct csv_record *record)
{
    return record->n == 1 && !csv_call_field(record, 0, 1).n;
}

static int take_row(void *ctx, const struct csv_record *record)
{
    struct table *t = ctx;
    struct csv_record copy, *kept = NULL;
    kiln_value row;

    if (t->options->use_header && t->columns.tag == KILN_ABSENT)
        return take_header(t, record);
    if (t->options->skip_empty_lines && is_empty(record))
        return 0;
    if (keep_record(t->heap, record, &copy) == 0)
        kept = &copy;
    if ((t->options->use_header ? make_object : make_array)(t, record, kept, &row) < 0)
        return -1;
    return kiln_push(t->heap, &t->rows, &row);
}

KILN_OP(csv_from_csv, "csv.from-csv", KILN_PURE,
        "The records of a CSV text: objects named by its header, or arrays.",
        KILN_INPUTS(CSV_DATA, CSV_OPTIONS,
                    { "skip_empty_lines", "boolean", "Leave out records of one blank field (true).",
                      0 },
                    { "trim_whitespace", "boolean", "Take blanks off around fields (false).", 0 }),
        KILN_OUTPUTS({ "value", "array", "The records; all values are text.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct table t = { .heap = kiln_call_heap(call) };
    struct csv_options options;

    t.options = &options;
    if (csv_call_options(call, "from-csv", &options) < 0 || kiln_array(t.heap, &t.rows, NULL, 0) < 0
        || csv_call_read(call, "from-csv", &options, "Failed to read CSV record", take_row, &t) < 0)
        return -1;
    return kiln_out_value(call, t.rows);
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
