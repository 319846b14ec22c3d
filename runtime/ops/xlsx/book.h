/* book.h: a workbook: its sheets, and what their cells refer to: texts and styles.
 *
 * A workbook is some XML files in a ZIP archive (ECMA-376). Sheets are read one at a time, by
 * sheet.h; what all of them share is read when the book is opened.
 */
#ifndef KILN_OPS_XLSX_BOOK_H
#define KILN_OPS_XLSX_BOOK_H

#include "base/list.h"
#include "ops/zip/zip_archive.h"
#include "value.h"

struct book_sheet {
    kiln_value name;
    const char *path; /* of its part */
};

struct book {
    kiln_heap *heap; /* what is read lives in it */
    struct zip_archive zip;
    const char *why; /* after -1: what is wrong, static text */
    LIST(struct book_sheet) sheets;
    LIST(kiln_value) texts;      /* of the cells that only name theirs */
    LIST(unsigned char) is_date; /* of each style */
    int is_1904;                 /* days are counted from 1904 */
};

/* Opens a workbook; the bytes must stay. 0, or -1 with b->why; close it in both cases. */
int book_open(struct book *b, kiln_heap *h, struct text *bytes);
void book_close(struct book *b);
/* The sheet an input names: by its name, by "#" and its index, or the first when the name is
 * absent. Its index, or -1. */
int book_find(const struct book *b, const kiln_value *name);

#endif
