/* csv_rows.c: records as rows: objects, or arrays (scenario 4.6).
 *
 * All values are text. The header becomes an object name -> column once; each record then is that
 * object with the record's fields for columns, so names that come twice and names that are empty
 * are dealt with once.
 */
#include "ops/csv/csv_rows.h"

#include "base/utf8.h"
#include "value.h"

/* The header: where each named column is. The last of two with one name wins. */
static int take_header(struct csv_rows *t, const struct csv_record *record)
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
static int field_value(struct csv_rows *t, const struct csv_record *record,
                       const struct csv_record *kept, size_t i, kiln_value *ret)
{
    kiln_value v = csv_call_field(kept ? kept : record, i, t->options->trim_whitespace);

    if (!kept)
        return value_string(t->heap, ret, v.u.s, v.n);
    *ret = v;
    return 0;
}

static int make_object(struct csv_rows *t, const struct csv_record *record,
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

static int make_array(struct csv_rows *t, const struct csv_record *record,
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

int csv_rows_begin(struct csv_rows *t, kiln_heap *h, const struct csv_options *options)
{
    *t = (struct csv_rows){ .heap = h, .options = options };
    return kiln_array(h, &t->rows, NULL, 0);
}

int csv_rows_take(void *ctx, const struct csv_record *record)
{
    struct csv_rows *t = ctx;
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
