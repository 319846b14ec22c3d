/* segment.h: one file of a store (spec/JOURNAL.md 3). */
#ifndef KILN_SEGMENT_H
#define KILN_SEGMENT_H

#include "io.h"
#include "record.h"

enum {
    SEGMENT_HEAD = 64,
    SEGMENT_FORMAT = 4,
    SEGMENT_UNIT = 256 << 10,     /* size of the first; later ones are four times that */
    SEGMENT_SMALL_UNIT = 1 << 10, /* the same for STORE_SMALL */
#ifdef KILN_HARD
    SEGMENT_SMALL = 1 /* all stores are small */
#else
    SEGMENT_SMALL = 0
#endif
};

/* What the head of a segment says. */
struct segment {
    unsigned number;          /* its place in the order of segments, from 1; 0: a spare file */
    unsigned file;            /* as in its name, from 1 */
    unsigned oldest;          /* number of the first segment that counted when it was made */
    unsigned format;          /* also set when the head is refused as newer */
    unsigned long long store; /* id of the store */
    unsigned long long first; /* sequence of its first record */
    unsigned long long size;  /* of the file */
};

/* Appends "DIR/journal-NNNNNNNN". */
void segment_put_name(struct text *t, const char *dir, unsigned file);
/* The number in such a name without its folder, or 0 when it is another file. */
unsigned segment_file(const char *name);

/* Reads a head. 0, -EUCLEAN when it is not one, -ENOTSUP when the format is newer. */
int segment_read_head(const unsigned char *bytes, size_t n, struct segment *ret);
/* Whether the bytes, which are no head, can be what is left of making one: as far as the first
 * word goes. Else the file was never a store's. */
int segment_may_be_begun(const unsigned char *bytes, size_t n);
/* The bytes of a head. */
void segment_write_head(unsigned char ret[SEGMENT_HEAD], const struct segment *s);
/* Makes the file, or makes it anew: zeros unless it has its size already, head, sync, sync of the
 * folder. Returns its descriptor or a negative errno. */
int segment_make(const struct kiln_io *io, const char *dir, const struct segment *s);
/* Gives the space of a spare file back. 0 or a negative errno. */
int segment_empty(const struct kiln_io *io, const char *dir, unsigned file);
/* Reads `n` bytes of a file from `at` on into `ret`, replacing it. How many bytes came, or a
 * negative errno. */
ssize_t segment_load_part(const struct kiln_io *io, const char *dir, unsigned file,
                          unsigned long long at, size_t n, struct text *ret);
/* Reads the first `n` bytes of a file (0: all of it) into `ret`, replacing it, and its size into
 * *ret_size (may be NULL). How many bytes came, or a negative errno. */
ssize_t segment_load(const struct kiln_io *io, const char *dir, unsigned file, size_t n,
                     struct text *ret, unsigned long long *ret_size);

typedef int segment_visit(void *ctx, unsigned segment, const struct record *r);

/* Calls `visit` for the valid records from bytes[at] on, the first being `*sequence`, which moves
 * on with them, until it returns something but 0. Returns the offset of the tail, or of the record
 * at which it ended; or what `visit` returned when it was negative. `visit` may be NULL. */
ssize_t segment_walk(const struct text *bytes, size_t at, unsigned number,
                     unsigned long long *sequence, segment_visit *visit, void *ctx);
/* Whether the bytes at `at` could begin a record of `sequence` or later: a cheap question before
 * the checksum's. */
int segment_may_follow(const struct text *bytes, size_t at, unsigned long long sequence);
/* Looks behind the tail at `at` for a record that proves `sequence` was durable once
 * (spec/JOURNAL.md 5). 1 when there is one. */
int segment_proves_loss(const struct text *bytes, unsigned number, size_t at,
                        unsigned long long sequence);

#endif
