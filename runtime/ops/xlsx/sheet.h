/* sheet.h: the cells of a sheet that have something in them. */
#ifndef KILN_OPS_XLSX_SHEET_H
#define KILN_OPS_XLSX_SHEET_H

#include "ops/xlsx/book.h"

struct sheet_cell {
    unsigned row, column; /* from 0 */
    kiln_value value;
};

/* Cells stand in order, row by row. The sheet is what lies between the first and the last row and
 * column with a cell: `rows` times `columns`, both 0 when there is none. */
struct sheet {
    LIST(struct sheet_cell) cells;
    unsigned first_column, rows, columns;
};

/* Reads a sheet of a book. 0, or -1 with b->why; end it in both cases. */
int sheet_read(struct book *b, unsigned index, struct sheet *s);
void sheet_fini(struct sheet *s);

/* The value of a cell by its type ("s", "b", "n", ...), its style and its text. A day's
 * number is text: 2021-08-05, 2021-08-05T14:04:09 or 14:04:09. 0, or -1 with b->why. */
int sheet_value(struct book *b, const char *type, long long style, const struct text *text,
                kiln_value *ret);

#endif
