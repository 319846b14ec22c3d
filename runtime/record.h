/* record.h: one record of a segment, to bytes and back (spec/JOURNAL.md 4).
 *
 * A record is made in steps: record_open leaves room for the head, the body is put behind it,
 * record_seal fills the head in, record_sign the checksum. Reading trusts nothing: every number is
 * checked against the bytes that are there.
 */
#ifndef KILN_RECORD_H
#define KILN_RECORD_H

#include <stddef.h>

#include "base/text.h"

enum {
    RECORD_HEAD = 24, /* bytes before the body */
    RECORD_ALIGN = 8,
    RECORD_POSITION_MAX = 0xffffff
};

/* A record as it stands in a segment. */
struct record {
    unsigned kind;               /* enum journal_kind, 1 to 255 */
    unsigned position;           /* in its commit */
    unsigned long long sequence; /* in the store */
    const unsigned char *body;   /* borrowed from the bytes read */
    size_t n;                    /* of the body */
    size_t size;                 /* of it all, padding included */
    unsigned long long at;       /* where it begins in its segment, when it was read there */
};

/* Bytes a record with a body of `n` takes, padding included. */
size_t record_size(size_t n);
/* Begins a record at the end of `t`; its offset is what record_seal wants. */
size_t record_open(struct text *t);
/* Ends the record begun at `at`: head and padding, the checksum still to come. `r` gives kind,
 * position and sequence. -1 when memory is out or the body is longer than four bytes can say. */
int record_seal(struct text *t, size_t at, const struct record *r);
/* Fills in the checksums of the sealed records at bytes[0..n), now that their segment is known. */
void record_sign(unsigned char *bytes, size_t n, unsigned segment);
/* What the head of a record says, made here or read before. */
void record_head(const unsigned char *bytes, struct record *ret);
/* Reads the record at bytes[0..n). 1 when it is whole and its checksum holds, else 0. */
int record_read(const unsigned char *bytes, size_t n, unsigned segment, struct record *ret);

/* XXH3-64, the one checksum of the store. */
unsigned long long record_checksum(const void *bytes, size_t n, unsigned seed);

/* Little-endian words at fixed places. */
void record_write_word(unsigned char *at, unsigned long long w, unsigned bytes);
unsigned long long record_read_word(const unsigned char *at, unsigned bytes);

/* Parts of a body. Writers cannot fail (t->failed remembers); readers answer 0, or -1 when the
 * bytes are not such a part. */
void record_put_uint(struct text *t, unsigned long long w);
void record_put_int(struct text *t, long long i);
void record_put_text(struct text *t, const char *s, size_t n);

/* Where a reader stands in a body. */
struct record_cursor {
    const unsigned char *bytes;
    size_t n, at;
};

int record_take_uint(struct record_cursor *c, unsigned long long *ret);
int record_take_int(struct record_cursor *c, long long *ret);
/* *ret borrows from the body; not NUL-terminated. */
int record_take_text(struct record_cursor *c, const char **ret, size_t *ret_n);
int record_take_bytes(struct record_cursor *c, const unsigned char **ret, size_t n);

#endif
