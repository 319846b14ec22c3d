/* segment.h: one file of a store (spec/JOURNAL.md 3). */
#ifndef KILN_SEGMENT_H
#define KILN_SEGMENT_H

#include "io.h"
#include "record.h"

enum {
    SEGMENT_HEAD = 64,
    SEGMENT_FORMAT = 1,
    SEGMENT_UNIT = 4 << 20,       /* size of the first; later ones are four times that */
    SEGMENT_SMALL_UNIT = 1 << 10, /* the same for STORE_SMALL */
#ifdef KILN_HARD
    SEGMENT_SMALL = 1 /* all stores are small */
#else
    SEGMENT_SMALL = 0
#endif
};

/* What the head of a segment says. */
struct segment {
    unsigned number;          /* as in its name, from 1 */
    unsigned format;          /* also set when the head is refused as newer */
    unsigned long long store; /* id of the store */
    unsigned long long first; /* sequence of its first record */
    unsigned long long size;  /* of the file */
};

/* Appends "DIR/journal-NNNNNNNN". */
void segment_put_name(struct text *t, const char *dir, unsigned number);
/* The number in such a name without its folder, or 0 when it is another file. */
unsigned segment_number(const char *name);

/* Reads a head. 0, -EUCLEAN when it is not one, -ENOTSUP when the format is newer. */
int segment_read_head(const unsigned char *bytes, size_t n, struct segment *ret);
/* Makes the file, or makes it anew: zeros, head, sync, sync of the folder. Returns its descriptor
 * or a negative errno. */
int segment_make(const struct kiln_io *io, const char *dir, const struct segment *s);
/* Reads the whole file `number` into `ret` (replacing it). Its size, or a negative errno. */
ssize_t segment_load(const struct kiln_io *io, const char *dir, unsigned number, struct text *ret);

typedef int segment_visit(void *ctx, unsigned segment, const struct record *r);

/* Calls `visit` for the valid records from bytes[SEGMENT_HEAD] on, the first being `*sequence`,
 * which moves on with them. Returns the offset of the tail, or what `visit` returned when it was
 * negative. `visit` may be NULL. */
ssize_t segment_walk(const struct text *bytes, unsigned number, unsigned long long *sequence,
                     segment_visit *visit, void *ctx);
/* Looks behind the tail at `at` for a record that proves `sequence` was durable once
 * (spec/JOURNAL.md 5). 1 when there is one. */
int segment_proves_loss(const struct text *bytes, unsigned number, size_t at,
                        unsigned long long sequence);

#endif
