/* journal.h: what a store remembers of a run, and how a run finds it again.
 *
 * A store is a folder of append-only segments shared by many runs (spec/JOURNAL.md). A run appends
 * records and asks for a commit before the next effect or before its result is told to anyone. On
 * resume the completions of a run are loaded into a table; a step whose completion is there takes
 * its value from the table instead of calling its operation again.
 */
#ifndef KILN_JOURNAL_H
#define KILN_JOURNAL_H

#include "io.h"
#include "value.h"

struct store;
struct journal_run; /* one run's view of a store */

/* Where a completion belongs: the frames from the root down, a (step, index) pair each, then the
 * step itself and its turn (superstep number; 0 elsewhere). */
struct journal_place {
    const unsigned *path; /* n pairs */
    unsigned n;
    unsigned step, turn;
};

enum journal_kind {
    JOURNAL_BEGIN = 1,     /* a run begins: program name, hash, input */
    JOURNAL_DONE = 2,      /* a step completed with a value */
    JOURNAL_FAILED = 3,    /* a step failed with an error value */
    JOURNAL_NOTE = 4,      /* a log line was written */
    JOURNAL_COMPLETED = 5, /* the run ended well: its output */
    JOURNAL_ENDED = 6      /* the run ended badly: its error value */
};

enum store_flags {
    STORE_CREATE = 1,   /* make it when it is not there */
    STORE_READONLY = 2, /* no lock, no writing; works beside a live writer */
    STORE_SMALL = 4     /* makes segments of a few KiB, for tests and simulators */
};

/* Opens the store in the folder `path` and recovers it (spec/JOURNAL.md 6). `flags` are enum
 * store_flags. 0, or a negative errno with the reason in `why` (may be NULL): -EWOULDBLOCK when
 * another program writes it, -ENOENT when it is not there, -EUCLEAN when it is damaged, -ENOTSUP
 * when its format is newer. */
int store_open(const struct kiln_io *io, const char *path, unsigned flags, struct store **ret,
               struct text *why);
/* Why the last call on the store failed, or "". */
const char *store_error(const struct store *s);
/* Commits what is pending, unlocks, frees. */
void store_close(struct store *s);
/* Appended records become durable: one write, one sync. 0 or a negative code. After a failed sync
 * every later call fails too. */
int store_commit(struct store *s);

/* Begins a new run in the store (appends BEGIN; not yet committed). `id` may be NULL: one is made.
 * `hash` is the program's. 0 or a negative code (-EEXIST when the id is taken). */
int journal_begin(struct store *s, const char *id, const kiln_program *program,
                  const kiln_value *input, struct journal_run **ret);
/* Finds a run and loads its completions. Values are made in `h`. 0 or a negative code. */
int journal_load(struct store *s, const char *id, kiln_heap *h, struct journal_run **ret);
void journal_free(struct journal_run *r);

const char *journal_id(const struct journal_run *r);
/* The input the run began with, and its outcome if it has ended (ABSENT if not; `*ret_ok` tells
 * success from failure). */
kiln_value journal_input(const struct journal_run *r);
kiln_value journal_result(const struct journal_run *r, int *ret_ok);
/* The program hash it began with. */
const unsigned long long *journal_hash(const struct journal_run *r);

/* Looks a completion up: JOURNAL_DONE, JOURNAL_FAILED or JOURNAL_NOTE with *ret and *ret_scratch
 * (members of the scratch space the call changed, or ABSENT), or 0 when there is none. */
int journal_find(const struct journal_run *r, const struct journal_place *at, kiln_value *ret,
                 kiln_value *ret_scratch);
/* Appends a record of the run; durable after the next store_commit. 0 or a negative code. */
int journal_append(struct journal_run *r, enum journal_kind kind, const struct journal_place *at,
                   const kiln_value *v, const kiln_value *scratch);
/* Commits the store the run belongs to. */
int journal_commit(struct journal_run *r);
/* 1 when records of the run wait for a commit. */
int journal_dirty(const struct journal_run *r);

#endif
