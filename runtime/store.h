/* store.h: the inside of a store: its folder, its last segment, what waits for a commit.
 *
 * journal.h is what a run sees of it; this header is for the files that make it work (store.c,
 * recover.c, journal.c) and for the command line, which looks at all runs at once.
 */
#ifndef KILN_STORE_H
#define KILN_STORE_H

#include <pthread.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"
#include "entry.h"
#include "segment.h"

/* Where a forked run came from. */
struct store_origin {
    const char *run;           /* its id */
    unsigned long long record; /* behind this one */
    const char *step;          /* what people called that place, or NULL */
    long long shift;           /* milliseconds to add to the times of a state that is older than
                                  the fork */
};

/* What a store knows of each run without reading it again. */
struct store_run {
    const char *id, *program;
    unsigned long long hash[2];
    unsigned long long number; /* sequence of its BEGIN */
    unsigned segment;          /* of its newest base, or of its BEGIN... */
    unsigned long long at;     /* ...and its offset there; 0 until it is on disk */
    unsigned long long newest; /* sequence of its newest record */
    unsigned long long records;
    unsigned long long bytes;    /* of the records from there on: what keeps it alive */
    long long began_ms, last_ms; /* since 1970; of the first and the newest record */
    enum journal_kind state;     /* BEGIN while it has not ended, else how it did */
    unsigned long long paused;   /* sequence of the record that says so, or 0... */
    long long paused_ms;         /* ...and when that was, since it began */
    int damaged;                 /* records of it are lost: it must not go on */
    int in_doubt;                /* its newest record is an intent */
    long long due;               /* when it has something to do, since 1970; JOURNAL_NOW when it is
                                    not known to be parked, JOURNAL_NEVER until a signal comes */
    const struct store_origin *origin; /* NULL when it was not forked */
};

/* Whoever wants to know of all damage, and what lies behind it (survey.h). A store without one ends
 * its reading at the first. */
struct store_survey {
    /* Damage at a byte of a file (0: of the folder), or in a record (may be NULL). 0, or -ENOMEM.
     */
    int (*notice)(struct store *s, unsigned file, size_t at, const struct record *r,
                  const char *why);
    /* Stands for segment_load. */
    ssize_t (*load)(struct store *s, unsigned file, size_t n, struct text *ret,
                    unsigned long long *ret_size);
    /* Where records go on behind the tail, which may have been mended; 0: nowhere. `*sequence` is
     * the next one from there. */
    size_t (*skip)(struct store *s, const struct segment *segment, struct text *bytes, size_t tail,
                   unsigned long long *sequence);
    /* Whether the record is of no use, though its checksum holds. */
    int (*is_void)(const struct store *s, unsigned long long sequence);
};

/* A program whose runs it holds. */
struct store_program {
    unsigned long long hash[2];
    unsigned segment;  /* of its newest record */
    const char *shape; /* shape.h; NUL behind it */
    size_t n;
};

struct store {
    const struct kiln_io *io;
    struct store_survey *survey; /* or NULL: the store is to be used */
    char *path;
    int readonly;
    int small;                     /* segments of a few KiB */
    int lock, fd;                  /* descriptors, or -1; fd is the last segment's */
    LIST(struct segment) segments; /* those that count, in their order */
    LIST(struct segment) spares;   /* files without anything that counts: file and size */
    struct segment last;           /* the segment written to; number 0 when there is none yet */
    unsigned oldest;               /* the first that will count when the next one is made */
    unsigned files;                /* the highest number of a file */
    int cleaning;                  /* the commit under way is clean.c's */
    long long retain;              /* milliseconds that ended runs are kept; < 0: for ever */
    unsigned long long end;        /* where the next commit goes in it */
    unsigned long long id;         /* of the store */
    unsigned long long next;       /* sequence of the next record */
    /* The first sequence that is not on disk, and the code of the failure after which nothing is
     * written: read by anyone, written with the mutex held. */
    _Atomic unsigned long long durable;
    _Atomic int broken;
    struct text pending, flushing; /* sealed records waiting for a commit; on their way to disk */
    unsigned n_pending, n_flushing;
    size_t open_at;                /* of the record being made, in pending */
    LIST(struct store_run *) runs; /* by number */
    LIST(struct store_program) programs;
    struct map by_id, by_number;   /* the same runs */
    unsigned long long live;       /* bytes of them all */
    struct store_run *recent;      /* the one whose record came last: most follow their like */
    struct arena arena, run_arena; /* of the path; of the runs */
    struct text error;
    const struct store_share *share; /* NULL: one thread alone uses it */
    pthread_mutex_t mutex;           /* share.c: guards all of it */
    pthread_cond_t flushed;          /* n_flushing is 0 again */
    unsigned depth;                  /* how often it is taken, by who has it */
};

/* What there is between threads that use one store. */
struct store_share {
    void (*take)(struct store *s), (*give)(struct store *s);
    void (*await)(struct store *s), (*wake)(struct store *s); /* `flushed` */
    void (*end)(struct store *s);
};

/* share.c: from here on several threads may use the store; before, only the one that opened it. */
void store_share(struct store *s);
/* commit.c: the mutex, where there is one. Functions of this header and of journal.h that append,
 * commit or look a run up take it themselves; who reads what they return while others write holds
 * it meanwhile. */
void store_enter(struct store *s);
void store_leave(struct store *s);
/* Nothing is written any more, for this reason, or the one there was before. Returns `code`. */
int store_break(struct store *s, int code);

/* recover.c: reads the whole store (spec/JOURNAL.md 5), then makes it safe to write (6). Both 0 or
 * a negative errno with s->error set. */
int recover_read(struct store *s);
int recover_repair(struct store *s);

/* store.c: opens a store whose damage is to be looked at: nothing can be written to it. With
 * STORE_READONLY without a lock. As store_open, but that damage does not fail it. */
int store_open_survey(const struct kiln_io *io, const char *path, unsigned flags,
                      struct store_survey *survey, struct store **ret, struct text *why);
/* store.c: forgets what was read. */
void store_forget(struct store *s);
/* clean.c: gathers what counts of all runs whose records begin in the segment with this number or
 * before it, and calls `put` with each run and its entries, ready to stand in a base. 0, or the
 * first negative answer. */
typedef int store_put_run(struct store *s, const struct store_run *run, const struct text *entries,
                          void *ctx);
int store_carry(struct store *s, unsigned segment, store_put_run *put, void *ctx);
/* clean.c: after a commit that made a new segment: what counts of the oldest ones is written again
 * at the end, so that they can be used for later ones. 0 or a negative errno. */
int clean_store(struct store *s);

/* Sets s->error from printf text and returns `code`. */
int store_fail(struct store *s, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for a system call that failed on a segment (0: on the folder). */
int store_fail_system(struct store *s, int code, const char *what, unsigned segment);

/* Takes a record into the table of runs; it begins at `at` of its segment, 0 when that is not known
 * yet: store_place says it once it is on disk. 0, -EUCLEAN when it cannot belong here, -ENOMEM. */
int store_index(struct store *s, unsigned segment, unsigned long long at, const struct entry *e);
/* The records in s->flushing stand in the last segment now, from `at` on. */
void store_place(struct store *s, unsigned long long at);
struct store_run *store_find(struct store *s, const char *id);
/* Puts the table in order after bases of older runs came. */
void store_sort_runs(struct store *s);
/* When a run begins: now, ms since 1970; of a clock that stands before that, 1970. */
static inline long long store_begin_ms(const struct store *s)
{
    long long now = s->io->now_ms(s->io->self);

    return now < 0 ? 0 : now;
}
/* The head of a base of the run as it was at a time, in ms since 1970. */
struct entry store_base_of(const struct store_run *run, long long now, long long due);
/* origin.c: appends where the run came from to a base of it; nothing when it was not forked. */
void origin_put(struct text *t, const struct store_run *run);
/* Reads that, into the arena. 0, -EUCLEAN or -ENOMEM. */
int origin_take(struct arena *a, const struct entry *e, const struct store_origin **ret);

/* The run with this number, or NULL. */
struct store_run *store_find_number(const struct store *s, unsigned long long number);

/* store_programs.c: the program with this hash, or NULL. */
struct store_program *store_find_program(struct store *s, const unsigned long long hash[2]);
/* Appends the shape of a program, unless the store has it. 0 or a negative errno. */
int store_keep_program(struct store *s, const kiln_program *p);
/* Takes a record of one into the table. 0 or -ENOMEM. */
int store_index_program(struct store *s, unsigned segment, const struct entry *e);
/* Before segments up to `victim` go: appends those again that are needed, and forgets the others. 0
 * or a negative errno. */
int store_carry_programs(struct store *s, unsigned victim);

typedef int store_visit(void *ctx, const struct entry *e);
/* Calls `visit` for each durable record of a run from a segment on, in order: run->segment leaves
 * out what is void, 0 nothing that is still there. 0, or the first negative answer. */
int store_each(struct store *s, const struct store_run *run, unsigned from, store_visit *visit,
               void *ctx);

/* store_newest.c: the same for its newest base and what came since: it costs what that costs,
 * however many other runs there are. What is there must be on disk. */
int store_each_newest(struct store *s, const struct store_run *run, store_visit *visit, void *ctx);

/* store_past.c: visits, in their order, the records that say how the run stood when it had none
 * behind `until`: of a base its head, then what is in it. STORE_NOW begins with the newest base,
 * any other with the oldest that is still there. 0, the first negative answer, or -ENODATA when
 * there are none any more. */
#define STORE_NOW (~0ull)
#define STORE_ALL (~0ull - 1)
int store_each_until(struct store *s, const struct store_run *run, unsigned long long until,
                     store_visit *visit, void *ctx);

/* As segment_load, and segment_walk from the head on; with what a survey makes of it. */
ssize_t store_load(struct store *s, unsigned file, size_t n, struct text *ret,
                   unsigned long long *ret_size);
ssize_t store_walk(struct store *s, const struct segment *segment, struct text *bytes,
                   unsigned long long *sequence, segment_visit *visit, void *ctx);
/* Reads a segment and calls `visit` for its records. 0, or the first negative answer. */
int store_read_segment(struct store *s, const struct segment *segment, struct text *bytes,
                       segment_visit *visit, void *ctx);

/* Where the body of the next record goes; NULL when the store is broken or readonly. Every record
 * begun is ended before the next call: nobody else gets at the store in between. */
struct text *store_begin_record(struct store *s);
/* Takes it into the table of runs; sets e->sequence. 0, or a negative errno. */
int store_end_record(struct store *s, struct entry *e);
/* Whether the text may be the id of a run: 1 to 128 printable ASCII characters, no blank, not
 * beginning with '-'. */
int store_is_id(const char *id, size_t n);

#endif
