/* csv_write.c: csv.to-csv (scenario 4.6): rows of any shape as CSV text, as an array of bytes.
 *
 * A field stands in quotes only when it must. Rows go by position: the members of an object in its
 * own order, so rows with other keys than the first are under the wrong names, and are refused when
 * they are not as many.
 */
#include <limits.h>

#include "base/text.h"
#include "ops/csv/csv_call.h"
#include "ops/input.h"
#include "value.h"

struct writer {
    struct csv_rules rules;
    struct text out;
    struct text field; /* of the field at hand, before quotes */
    unsigned columns;  /* of the first record */
    int any;           /* a record was written */
};

static int is_special(const struct csv_rules *rules, char c)
{
    return c == rules->delimiter || c == rules->quote || c == '\n' || c == '\r'
           || (unsigned char)c == rules->escape;
}

static void put_quoted(struct writer *w, const char *s, size_t n)
{
    char before = w->rules.escape >= 0 ? (char)w->rules.escape : w->rules.quote;

    text_putc(&w->out, w->rules.quote);
    for (size_t i = 0; i < n; i++) {
        if (s[i] == w->rules.quote || (unsigned char)s[i] == w->rules.escape)
            text_putc(&w->out, before);
        text_putc(&w->out, s[i]);
    }
    text_putc(&w->out, w->rules.quote);
}

static void put_field(struct writer *w, const kiln_value *v)
{
    const struct text *t = &w->field;
    size_t i = 0;

    text_clear(&w->field);
    if (v->tag == KILN_STRING)
        text_put(&w->field, v->u.s, v->n);
    else if (v->tag > KILN_NULL)
        json_write(&w->field, v);
    while (i < t->n && !is_special(&w->rules, t->s[i]))
        i++;
    if (i < t->n)
        put_quoted(w, t->s, t->n);
    else
        text_put(&w->out, text_cstr(t), t->n);
}

static unsigned row_length(const kiln_value *row)
{
    return row->tag >= KILN_ARRAY ? row->n : 1;
}

/* Ends a record of `n` fields that began at `start`. One that has nothing in it would be a blank
 * line, which readers pass over. 0, or -1 when it is not as long as the first. */
static int end_record(struct writer *w, size_t start, unsigned n)
{
    if (w->any && n != w->columns)
        return -1;
    if (w->out.n == start)
        put_quoted(w, "", 0);
    text_putc(&w->out, '\n');
    w->columns = n;
    w->any = 1;
    return 0;
}

static int put_row(struct writer *w, const kiln_value *row)
{
    size_t start = w->out.n;
    unsigned n = row_length(row);

    for (unsigned i = 0; i < n; i++) {
        if (i)
            text_putc(&w->out, w->rules.delimiter);
        put_field(w, row->tag == KILN_OBJECT  ? &row->u.members[i].value
                     : row->tag == KILN_ARRAY ? &row->u.items[i]
                                              : row);
    }
    return end_record(w, start, n);
}

/* Names after the first row: its keys, `Column 1`..., or `value`. */
static void put_header(struct writer *w, kiln_heap *h, const kiln_value *first)
{
    size_t start = w->out.n;
    unsigned n = row_length(first);

    for (unsigned i = 0; i < n; i++) {
        kiln_value name = value_static("value");

        if (i)
            text_putc(&w->out, w->rules.delimiter);
        if (first->tag == KILN_OBJECT)
            name = first->u.members[i].key;
        else if (first->tag == KILN_ARRAY && value_textf(h, &name, "Column %u", i + 1) < 0)
            w->out.failed = 1;
        put_field(w, &name);
    }
    end_record(w, start, n);
}

/* Writes all rows into w->out. 0, or -1 when the call has been failed. */
static int put_rows(kiln_call *call, struct writer *w, const kiln_value *value, int use_header)
{
    unsigned n = value->tag == KILN_ARRAY ? value->n : 1;

    for (unsigned i = 0; i < n; i++) {
        const kiln_value *row = value->tag == KILN_ARRAY ? &value->u.items[i] : value;

        if (!i && use_header)
            put_header(w, kiln_call_heap(call), row);
        if (put_row(w, row) < 0)
            return input_fail(call, "CSV_WRITE_ERROR",
                              "Failed to write CSV row: CSV error: found record with %u fields, "
                              "but the previous record has %u fields",
                              row_length(row), w->columns);
    }
    return 0;
}

/* Gives text in an encoding as an array of bytes. 0 or -1. */
static int out_bytes(kiln_call *call, const struct charset *charset, const struct text *text)
{
    kiln_heap *h = kiln_call_heap(call);
    struct text bytes = { 0 };
    kiln_value *items, made;
    int failed;

    if (charset && charset_write(charset, &bytes, text_cstr(text), text->n) < 0)
        return input_fail(call, "CSV_ENCODING_ERROR", "The system cannot convert %s",
                          charset_name(charset));
    if (!charset)
        text_put(&bytes, text_cstr(text), text->n);
    items = arena_alloc(&h->arena, (bytes.n + 1) * sizeof *items);
    for (size_t i = 0; items && i < bytes.n; i++)
        items[i] = value_int((unsigned char)bytes.s[i]);
    failed = !items || bytes.failed || bytes.n > UINT_MAX
             || value_array(h, &made, items, (unsigned)bytes.n) < 0;
    text_fini(&bytes);
    return failed ? kiln_fail(call, "out of memory") : kiln_out_value(call, made);
}

KILN_OP(csv_to_csv, "csv.to-csv", KILN_PURE,
        "Rows as CSV text: an array of objects, arrays or single values, or one of them.",
        KILN_INPUTS({ "value", "any", "The rows.", KILN_REQUIRED | KILN_NULLABLE }, CSV_OPTIONS),
        KILN_OUTPUTS({ "value", "array of integer", "The text, as bytes.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct writer w = { 0 };
    struct csv_options options;
    kiln_value value;
    int result;

    if (input_any(call, "to-csv", "value", &value) < 0
        || csv_call_options(call, "to-csv", &options) < 0)
        return -1;
    w.rules = options.rules;
    result = put_rows(call, &w, &value, options.use_header);
    if (result == 0 && (w.out.failed || w.field.failed))
        result = kiln_fail(call, "out of memory");
    if (result == 0)
        result = out_bytes(call, options.charset, &w.out);
    text_fini(&w.out);
    text_fini(&w.field);
    return result;
}
