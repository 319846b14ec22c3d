/* csv_reader.h: CSV text (RFC 4180), read as a stream (scenario 4.6).
 *
 * The reader is pushed: give it bytes in pieces of any size and it hands out whole records. It
 * holds one record, so its memory is that of the longest one, however long the text.
 *
 * It forgives as much as it can: a record ends at \n, \r or both, or at the end of the text; lines
 * without anything are no records; a quote inside an unquoted field is a letter like others; what
 * stands behind a closing quote belongs to the field.
 */
#ifndef KILN_OPS_CSV_READER_H
#define KILN_OPS_CSV_READER_H

#include <stddef.h>

#include "base/list.h"
#include "base/text.h"

struct csv_rules {
    char delimiter, quote;
    int escape; /* the byte before a quote that does not end a field, or -1: it stands double */
};

/* One record, valid for the call. Where it begins is where the one before ended. */
struct csv_record {
    const char *bytes;  /* the fields one behind the other */
    const size_t *ends; /* where each ends */
    size_t n;           /* fields, at least one */
    size_t number;      /* counted from 0 */
    size_t line, byte;  /* where it begins: counted from 1, from 0 */
};

/* Takes a record. Anything but 0 stops the reader, which returns it. */
typedef int csv_take(void *ctx, const struct csv_record *record);

struct csv_reader {
    struct csv_rules rules;
    csv_take *take;
    void *ctx;
    unsigned char classes[256]; /* what each byte means to these rules */
    int state;
    struct text fields; /* of the record at hand */
    LIST(size_t) ends;
    size_t number, line, byte, start_line, start_byte;
};

void csv_reader_init(struct csv_reader *r, const struct csv_rules *rules, csv_take *take,
                     void *ctx);
/* Reads s[0..n). 0, what `take` returned to stop, or -1 when memory is out. */
int csv_reader_feed(struct csv_reader *r, const char *s, size_t n);
/* The text is at its end: takes the last record. As csv_reader_feed. */
int csv_reader_end(struct csv_reader *r);
void csv_reader_fini(struct csv_reader *r);

#endif
