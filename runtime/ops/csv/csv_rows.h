/* csv_rows.h: the records of a CSV text as the values a workflow sees (scenario 4.6). */
#ifndef KILN_OPS_CSV_ROWS_H
#define KILN_OPS_CSV_ROWS_H

#include "ops/csv/csv_call.h"

struct csv_rows {
    kiln_heap *heap;
    const struct csv_options *options;
    kiln_value columns; /* name -> index; absent before the header */
    kiln_value rows;    /* an array */
};

/* No row is there yet, and no header. 0, or -1 when memory is out. */
int csv_rows_begin(struct csv_rows *t, kiln_heap *h, const struct csv_options *options);
/* A csv_take with a csv_rows for `ctx`: the next record, which may be the header. */
int csv_rows_take(void *ctx, const struct csv_record *record);

#endif
