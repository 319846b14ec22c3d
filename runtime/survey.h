/* survey.h: a store that may be damaged, looked at whole: what is there, what is wrong with it, and
 * which runs that concerns.
 *
 * The reading is that of recover.c; a survey is what tells it to go on. It puts right in memory
 * what can be known for certain - a byte whose change makes a checksum true, a head that can be
 * told from the records behind it - and steps over the rest. Nothing is written.
 */
#ifndef KILN_SURVEY_H
#define KILN_SURVEY_H

#include "store.h"

/* One thing that is wrong. */
struct survey_finding {
    const char *name;               /* of the file, within the folder; "" for the folder itself */
    size_t at, end;                 /* bytes of it; end 0: from there on */
    const char *why;                /* a sentence */
    unsigned long long first, last; /* sequences of records that are lost; 0: none */
    unsigned long long run;         /* the one run it concerns, by number; 0: see survey_concerns */
    int is_mended;                  /* nothing of it is lost */
};

/* A file of the folder that has the name of a segment. */
struct survey_file {
    unsigned file;
    unsigned long long size;
    struct segment head; /* number 0: none */
    int is_strange;      /* its head, as it stands there, no reader passes over */
    int is_aside;        /* it does not belong here: reading passes it over */
};

/* A byte that was changed, as it must have been. */
struct survey_mend {
    unsigned file;
    size_t at;
    char byte;
};

/* A segment that counts. */
struct survey_segment {
    const struct segment *segment; /* of the store */
    unsigned long long first, last, records;
    unsigned long long used; /* bytes of it */
};

/* A run of the store, in the order of store->runs. */
struct survey_run {
    const struct store_run *run;
    unsigned long long basis; /* sequence of its newest base, or of its beginning; 0: neither is
                                 there any more */
    int is_suspect;           /* it goes on, and may miss records */
};

struct survey {
    struct store_survey hooks; /* first: what the reader calls */
    const struct kiln_io *io;
    const char *path;
    struct store *store; /* broken: it is for reading */
    int is_begun;        /* heads were looked at... */
    int is_foreign;      /* ...and those that can be read are of another format... */
    int is_sound;        /* ...or a program can open it */
    int is_read;         /* the reader told all it had to tell: it does not tell it again */
    int failed;          /* memory ran out */
    LIST(struct survey_file) files;
    LIST(struct survey_finding) findings;
    struct map voided; /* by sequence: records that make no sense */
    LIST(struct survey_mend) mends;
    LIST(struct survey_segment) segments;
    LIST(struct survey_run) runs;
    size_t torn_at;                    /* where a commit that never was acknowledged begins, or 0 */
    unsigned messages, refused;        /* in the inbox */
    const struct survey_file *reading; /* the file read last... */
    const char *bytes;                 /* ...its bytes... */
    int is_partial;                    /* ...and whether some of them could not be had */
    struct arena arena;
};

/* Looks at the store in a folder; `flags` are STORE_READONLY, or 0 to hold the lock meanwhile.
 * Damage is no failure. 0, or a negative errno with a sentence in `why`. Call survey_fini in both
 * cases. */
int survey_open(struct survey *v, const struct kiln_io *io, const char *path, unsigned flags,
                struct text *why);
void survey_fini(struct survey *v);
/* Whether records that this finding tells of may be missing in the run. */
int survey_concerns(const struct survey_finding *f, const struct survey_run *r);

/* ---- for survey_*.c ---- */

/* Adds a finding; its sentence is copied. 0 or -ENOMEM. */
int survey_note(struct survey *v, const struct survey_finding *f);
/* "journal-00000001", in the arena; NULL when memory is out. */
const char *survey_name(struct survey *v, unsigned file);
/* Where a record stands in the segment read last; and one that is of no use, of the run with that
 * number (0: of nobody knows which). 0 or -ENOMEM. */
size_t survey_offset(const struct survey *v, const struct record *r);
int survey_void(struct survey *v, const struct record *r, unsigned long long run, const char *why);
/* survey_look.c: the segments, runs and messages, one by one. 0 or a negative errno. */
int survey_look(struct survey *v);
/* survey_head.c: which segment each file is. 0 or a negative errno. */
int survey_heads(struct survey *v);
/* A file as far as it can be read, `n` bytes of it (0: all): what the disk refuses is zeros.
 * `*ret_bad` tells of that, *ret_size is as in segment_load. A byte count or a negative errno. */
ssize_t survey_load(struct survey *v, unsigned file, size_t n, struct text *ret,
                    unsigned long long *ret_size, int *ret_bad);
/* survey_mend.c: finds the byte that was changed in the head, or in a record of that sequence at
 * bytes[at], and puts it right. Its offset, or 0 when that was not it (offset 0 of a head: 64). */
size_t survey_mend_head(struct text *bytes);
size_t survey_mend_record(struct text *bytes, size_t at, unsigned segment,
                          unsigned long long sequence);

#endif
