/* xlsx.c: the `xlsx` operations (scenario 4.6): the rows of a sheet, the sheets of a workbook. */
#include <stdlib.h>

#include "ops/bytes.h"
#include "ops/input.h"
#include "ops/xlsx/sheet.h"

enum {
    VALUES = 5000000
}; /* that a sheet may make, most of them null: far corners are cheap to write */

#define DATA                                                                                       \
    {                                                                                              \
        "data", "any", "The workbook: a file, base64 or bytes.", KILN_REQUIRED                     \
    }

/* ---- the workbook ---------------------------------------------------------------------------- */

struct xlsx_call {
    struct text bytes;
    struct book book;
};

static void close_book(struct xlsx_call *x)
{
    if (!x)
        return;
    book_close(&x->book);
    text_fini(&x->bytes);
    free(x);
}

static int fail(kiln_call *call, const char *why)
{
    return input_fail(call, "XLSX_PARSE_ERROR", "Failed to read workbook: %s", why);
}

/* The workbook in the field `data`, or NULL when the call has been failed. */
static struct xlsx_call *open_book(kiln_call *call, const char *name)
{
    struct xlsx_call *x;
    kiln_value data;
    const char *why;

    if (input_any(call, name, "data", &data) < 0)
        return NULL;
    x = calloc(1, sizeof *x);
    if (!x) {
        kiln_fail(call, "out of memory");
        return NULL;
    }
    why = bytes_read(&x->bytes, &data, 0);
    if (why)
        input_fail(call, "XLSX_DECODE_ERROR", "Failed to decode workbook: %s", why);
    else if (book_open(&x->book, kiln_call_heap(call), &x->bytes) < 0)
        fail(call, x->book.why);
    else
        return x;
    close_book(x);
    return NULL;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* How rows become values. */
struct rows {
    struct book *book;
    const struct sheet *sheet;
    const struct sheet_cell *at, *end; /* the cells that have not been used */
    kiln_value *keys;                  /* NULL: rows are arrays */
    kiln_value result;
};

/* The values of a row, null where there is no cell; *r->at goes behind them. NULL: no memory. */
static kiln_value *take_row(struct rows *r, unsigned row)
{
    unsigned n = r->sheet->columns;
    kiln_value *v = arena_alloc(&r->book->heap->arena, n * sizeof *v);

    for (unsigned i = 0; v && i < n; i++)
        v[i] = value_null();
    for (; v && r->at < r->end && r->at->row == row; r->at++)
        v[r->at->column - r->sheet->first_column] = r->at->value;
    return v;
}

/* The texts of the first row; a column without one is named by its number. 0 or -1. */
static int take_keys(struct rows *r)
{
    kiln_value *v = take_row(r, r->at->row);

    for (unsigned i = 0; v && i < r->sheet->columns; i++) {
        struct text t = { 0 };
        int failed = 0;

        if (v[i].tag == KILN_NULL)
            failed = value_textf(r->book->heap, &v[i], "Column %u", i + 1) < 0;
        else if (v[i].tag != KILN_STRING) {
            json_write(&t, &v[i]);
            failed = value_string(r->book->heap, &v[i], text_cstr(&t), t.n) < 0;
        }
        text_fini(&t);
        if (failed)
            return -1;
    }
    r->keys = v;
    return v ? 0 : -1;
}

static int push_row(struct rows *r, unsigned row)
{
    kiln_value *v = take_row(r, row), made;
    unsigned n = r->sheet->columns;
    kiln_member *m = r->keys ? value_members(r->book->heap, n) : NULL;

    if (!v || (r->keys && !m))
        return -1;
    for (unsigned i = 0; m && i < n; i++)
        m[i] = (kiln_member){ r->keys[i], v[i] };
    if ((m ? value_object(r->book->heap, &made, m, n) : value_array(r->book->heap, &made, v, n))
        < 0)
        return -1;
    return kiln_push(r->book->heap, &r->result, &made);
}

/* All rows from the first; those without a cell only when they are not skipped. 0 or -1. */
static int push_rows(struct rows *r, int has_headers, int skips_empty)
{
    unsigned row = r->at < r->end ? r->at->row : 0, stop = row + r->sheet->rows;
    unsigned long long values = 0;

    if (has_headers && r->at < r->end && (row++, take_keys(r) < 0))
        return -1;
    for (; row < stop; row++) {
        if (skips_empty && r->at < r->end && r->at->row > row)
            row = r->at->row;
        values += r->sheet->columns;
        if (values > VALUES) {
            r->book->why = "a sheet has more than 5,000,000 cells";
            return -1;
        }
        if (push_row(r, row) < 0)
            return -1;
    }
    return 0;
}

static int give_rows(kiln_call *call, struct book *b, unsigned index)
{
    struct rows r = { .book = b };
    struct sheet s = { 0 };
    int has_headers, skips_empty, failed;

    if (input_flag_or(call, "from-xlsx", "has_headers", 1, &has_headers) < 0
        || input_flag_or(call, "from-xlsx", "skip_empty_rows", 1, &skips_empty) < 0)
        return -1;
    failed = kiln_array(b->heap, &r.result, NULL, 0) < 0 || sheet_read(b, index, &s) < 0;
    if (!failed) {
        r.sheet = &s;
        r.at = s.cells.at;
        r.end = s.cells.n ? s.cells.at + s.cells.n : r.at;
        failed = push_rows(&r, has_headers, skips_empty) < 0;
    }
    sheet_fini(&s);
    if (failed)
        return fail(call, b->why ? b->why : "out of memory");
    return kiln_out_value(call, r.result);
}

KILN_OP(xlsx_from_xlsx, "xlsx.from-xlsx", KILN_PURE, "The rows of a sheet of an Excel workbook.",
        KILN_INPUTS(DATA,
                    { "sheet", "string", "Its name, or #0 for the first; the first if none.", 0 },
                    { "has_headers", "boolean",
                      "The first row names the fields of the others; true if none.", 0 },
                    { "skip_empty_rows", "boolean", "Leave out rows without a cell; true if none.",
                      0 }),
        KILN_OUTPUTS({ "value", "array", "An object a row, or an array without headers.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS), KILN_NEEDS("expat minizip z"))
{
    struct xlsx_call *x;
    kiln_value name;
    int index, failed = 1;

    if (input_optional_text(call, "from-xlsx", "sheet", &name) < 0)
        return -1;
    x = open_book(call, "from-xlsx");
    if (!x)
        return -1;
    index = book_find(&x->book, &name);
    if (index < 0)
        input_fail(call, "XLSX_SHEET_NOT_FOUND", "Sheet not found: %.*s",
                   name.tag == KILN_STRING ? (int)name.n : 0,
                   name.tag == KILN_STRING ? name.u.s : "");
    else
        failed = give_rows(call, &x->book, (unsigned)index) < 0;
    close_book(x);
    return failed ? -1 : 0;
}

/* ---- sheets ---------------------------------------------------------------------------------- */

static int push_sheet(struct book *b, unsigned index, kiln_value *sheets)
{
    struct sheet s = { 0 };
    kiln_value pairs[8] = { value_static("name"),    b->sheets.at[index].name,
                            value_static("index"),   value_int(index),
                            value_static("rows"),    value_null(),
                            value_static("columns"), value_null() };
    kiln_value v;
    int failed = sheet_read(b, index, &s) < 0;

    pairs[5] = value_int(s.rows);
    pairs[7] = value_int(s.columns);
    sheet_fini(&s);
    return failed || kiln_object(b->heap, &v, pairs, 4) < 0 || kiln_push(b->heap, sheets, &v) < 0
               ? -1
               : 0;
}

KILN_OP(xlsx_get_sheets, "xlsx.get-sheets", KILN_PURE, "The sheets of an Excel workbook.",
        KILN_INPUTS(DATA),
        KILN_OUTPUTS({ "value", "array of object", "name, index, rows, columns.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS), KILN_NEEDS("expat minizip z"))
{
    struct xlsx_call *x = open_book(call, "get-sheets");
    kiln_value sheets;
    int failed;

    if (!x)
        return -1;
    failed = kiln_array(kiln_call_heap(call), &sheets, NULL, 0) < 0;
    for (unsigned i = 0; i < x->book.sheets.n && !failed; i++)
        failed = push_sheet(&x->book, i, &sheets) < 0;
    if (failed)
        fail(call, x->book.why ? x->book.why : "out of memory");
    close_book(x);
    return failed ? -1 : kiln_out_value(call, sheets);
}
