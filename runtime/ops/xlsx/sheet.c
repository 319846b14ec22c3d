/* sheet.c: reading the part of a sheet. A cell says where it is, or stands behind the one before.
 */
#include "ops/xlsx/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "numeral.h"
#include "ops/xlsx/part.h"

enum { ROWS = 1 << 20, COLUMNS = 1 << 14, TYPE_SIZE = 16 };

struct reading {
    struct book *book;
    struct sheet *sheet;
    unsigned row, column; /* of the cell under way, or the next */
    char type[TYPE_SIZE];
    long long style;
    struct text text;
    int has_text;
};

/* "BC12" is row 11, column 54. 0 or -1. */
static int parse_place(const char *s, unsigned *ret_row, unsigned *ret_column)
{
    unsigned column = 0;
    long long row;

    for (; *s >= 'A' && *s <= 'Z' && column <= COLUMNS; s++)
        column = column * 26 + (unsigned)(*s - 'A') + 1;
    if (!column || column > COLUMNS || numeral_integer(s, strlen(s), &row) < 0 || row < 1
        || row > ROWS)
        return -1;
    *ret_row = (unsigned)row - 1;
    *ret_column = column - 1;
    return 0;
}

static void start_row(struct part *p, struct reading *r, const char **attributes)
{
    const char *number = part_attribute(attributes, "r");
    long long row = 0;

    r->column = 0;
    if (!number)
        return;
    if (numeral_integer(number, strlen(number), &row) < 0 || row < 1 || row > ROWS)
        part_stop(p, "a row has no place");
    else
        r->row = (unsigned)row - 1;
}

static void start_cell(struct part *p, struct reading *r, const char **attributes)
{
    const char *place = part_attribute(attributes, "r"), *type = part_attribute(attributes, "t"),
               *style = part_attribute(attributes, "s");

    if ((place && parse_place(place, &r->row, &r->column) < 0) || r->column >= COLUMNS
        || r->row >= ROWS)
        part_stop(p, "a cell has no place");
    strncpy(r->type, type ? type : "n", TYPE_SIZE - 1);
    if (!style || numeral_integer(style, strlen(style), &r->style) < 0)
        r->style = -1;
    text_clear(&r->text);
    r->has_text = 0;
}

static void on_start(struct part *p, const char *name, const char **attributes)
{
    struct reading *r = p->self;

    text_clear(&p->text);
    if (!strcmp(name, "row"))
        start_row(p, r, attributes);
    else if (!strcmp(name, "c"))
        start_cell(p, r, attributes);
}

/* Puts the cell that ends to the others. */
static void end_cell(struct part *p, struct reading *r)
{
    struct sheet *s = r->sheet;
    const struct sheet_cell *last = s->cells.n ? &s->cells.at[s->cells.n - 1] : NULL;
    struct sheet_cell c = { .row = r->row, .column = r->column++ };

    if (!r->has_text)
        return;
    if (last && (c.row < last->row || (c.row == last->row && c.column <= last->column)))
        part_stop(p, "the cells of a sheet are not in order");
    else if (r->text.failed || sheet_value(r->book, r->type, r->style, &r->text, &c.value) < 0)
        part_stop(p, r->book->why ? r->book->why : "out of memory");
    else if (list_push(&s->cells, c) < 0)
        part_stop(p, "out of memory");
}

static void on_end(struct part *p, const char *name)
{
    struct reading *r = p->self;

    if (!strcmp(name, "v") || !strcmp(name, "t")) {
        text_put(&r->text, text_cstr(&p->text), p->text.n);
        r->has_text = 1;
    } else if (!strcmp(name, "c")) {
        end_cell(p, r);
    } else if (!strcmp(name, "row")) {
        r->row++;
    }
}

/* How far the cells reach. */
static void measure(struct sheet *s)
{
    unsigned first = COLUMNS, last = 0;

    if (!s->cells.n)
        return;
    for (size_t i = 0; i < s->cells.n; i++) {
        unsigned column = s->cells.at[i].column;

        first = column < first ? column : first;
        last = column > last ? column : last;
    }
    s->first_column = first;
    s->columns = last - first + 1;
    s->rows = s->cells.at[s->cells.n - 1].row - s->cells.at[0].row + 1;
}

int sheet_read(struct book *b, unsigned index, struct sheet *s)
{
    struct reading r = { .book = b, .sheet = s };
    struct part p = { .start = on_start, .end = on_end, .self = &r };
    int found = part_read(&p, &b->zip, b->sheets.at[index].path);

    text_fini(&r.text);
    if (found <= 0) {
        b->why = found ? p.why : "the part of a sheet is missing";
        return -1;
    }
    measure(s);
    return 0;
}

void sheet_fini(struct sheet *s)
{
    list_fini(&s->cells);
}
