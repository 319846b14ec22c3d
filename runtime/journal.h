/* journal.h: what a store remembers of a run, and how a run finds it again.
 *
 * A store is a folder of append-only segments shared by many runs (spec/JOURNAL.md). A run appends
 * records and asks for a commit before the next effect or before its result is told to anyone. On
 * resume it begins with its newest base - its whole state at one moment - or with its input, and
 * the records since then are loaded into a table; a step whose completion is there takes its value
 * from the table instead of calling its operation again.
 */
#ifndef KILN_JOURNAL_H
#define KILN_JOURNAL_H

#include "io.h"
#include "retry.h"
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
    JOURNAL_BEGIN = 1,      /* a run begins: program name, hash, input */
    JOURNAL_DONE = 2,       /* a step completed with a value */
    JOURNAL_FAILED = 3,     /* a step failed with an error value */
    JOURNAL_NOTE = 4,       /* a log line was written */
    JOURNAL_COMPLETED = 5,  /* the run ended well: its output */
    JOURNAL_ENDED = 6,      /* the run ended badly: its error value */
    JOURNAL_WAIT = 7,       /* a step waits: until when, and after how many tries */
    JOURNAL_INTENT = 8,     /* an effect that must not happen twice is about to happen */
    JOURNAL_SIGNAL = 9,     /* a signal came: an array of its name, its key and its value */
    JOURNAL_BASE = 10,      /* the run as it stands: all its earlier records are void */
    JOURNAL_STATE = 11,     /* within a base only: what snapshot.h makes of a run */
    JOURNAL_CANCELLED = 12, /* somebody ended the run: its error value */
    JOURNAL_PAUSED = 13,    /* it is not to go on... */
    JOURNAL_UNPAUSED = 14,  /* ...and it is again */
    JOURNAL_FORKED = 15,    /* within a base only: the run it was forked from */
    JOURNAL_DAMAGED = 16,   /* records of the run are lost: what is known of them */
    JOURNAL_PROGRAM = 17    /* of no run: the shape of a program whose runs the store holds */
};

/* What a step waits for, and what it has tried. Times are milliseconds since 1970. */
struct journal_wait {
    unsigned kind;             /* enum wait_kind of wait.h */
    unsigned failures;         /* tries that failed and count */
    unsigned long long waited; /* milliseconds waited for rate limits */
    int has_wake, has_deadline;
    long long wake, deadline;
    unsigned long long signal; /* that ended a doubt, or 0 */
    unsigned long long moment; /* at which the next try began; 0: it has not */
};

/* The newest record of a place. */
struct journal_found {
    enum journal_kind kind;    /* DONE, FAILED, NOTE, WAIT; INTENT when there is nothing but that */
    int intended;              /* an intent came after it, and nothing after that */
    int waited;                /* a WAIT came before it */
    unsigned long long moment; /* struct journal_ending; 0 when not known */
    unsigned long long sequence;
    long long at;              /* when the record was made, ms since 1970 */
    kiln_value value, scratch; /* ABSENT when not there */
    struct journal_wait wait;  /* WAIT only */
    struct {
        unsigned long long moment, sequence;
        long long at;
        struct retry_state tries; /* that failed before it */
    } began;                      /* the newest try but the first, if it has; else zeros */
};

/* A signal that came and that no step has taken. */
struct journal_signal {
    unsigned long long sequence; /* of its record; 0 in a run without a store */
    unsigned long long moment;   /* run_moment at which it comes; 0: it has come */
    kiln_value name, key, value; /* key: null when it has none */
};

/* It comes when the run is where it was: nobody knew the moment of the run when it was sent. */
#define JOURNAL_AT_REST (~0ull)

enum store_flags {
    STORE_CREATE = 1,   /* make it when it is not there */
    STORE_READONLY = 2, /* no lock, no writing; works beside a live writer */
    STORE_SMALL = 4     /* makes segments of a few KiB, for tests and simulators */
};

/* One thread uses a store, unless store_share (store.h) was called.
 * Opens the store in the folder `path` and recovers it (spec/JOURNAL.md 6). `flags` are enum
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
/* Finds a run and loads its newest base and the records since. Input, result and signals are made
 * in `h`. 0 or a negative code. */
int journal_load(struct store *s, const char *id, kiln_heap *h, struct journal_run **ret);
/* The same of the run as it stood when it had no record behind `until`: what is appended to it is
 * not kept. -ENODATA when what tells of that time has been cleaned away. */
int journal_load_past(struct store *s, const char *id, unsigned long long until, kiln_heap *h,
                      struct journal_run **ret);
/* Of a run of the past: how many outcomes of steps it knows and has not asked for yet. */
size_t journal_n_left(const struct journal_run *r);
/* Makes a run `id` that goes on where the run `from` stood behind a record; `step` is what people
 * call that place, or NULL. All of it is one record; durable when this returns 0. Else -EEXIST,
 * -ENOENT (no such run), -ENODATA (no such record, or not any more), -EINVAL (not an id, the run
 * had ended there, or it is damaged), or another negative code; store_error says why. */
int journal_fork(struct store *s, const char *from, unsigned long long record, const char *step,
                 const char *id);
void journal_free(struct journal_run *r);

const char *journal_id(const struct journal_run *r);
/* The input the run began with (ABSENT when it goes on from a state), and its outcome if it has
 * ended (ABSENT if not; `*ret_ok` tells success from failure). */
kiln_value journal_input(const struct journal_run *r);
kiln_value journal_result(const struct journal_run *r, int *ret_ok);
/* Whether somebody ended it, or does not want it to go on. */
int journal_is_cancelled(const struct journal_run *r);
int journal_is_paused(const struct journal_run *r);
/* The state of its newest base, or NULL; and the milliseconds to add to all times in it. */
const unsigned char *journal_state(const struct journal_run *r, size_t *ret_n);
long long journal_shift(const struct journal_run *r);
/* The hash of the program that it is of; of a run of the past: then. */
const unsigned long long *journal_hash(const struct journal_run *r);

/* Looks up what is known of a place and has not been used up; values are made in `h`. 1 when there
 * is something, 0 when not, -1 when memory is out. What an older try of a step around it left does
 * not count. */
int journal_find(const struct journal_run *r, const struct journal_place *at, kiln_heap *h,
                 struct journal_found *ret);
/* The run has taken what was found at this place: a base need not keep it any more. */
void journal_use(struct journal_run *r, const struct journal_place *at);
/* What is known of places below this one is of an older try. 0 or -ENOMEM. */
int journal_void_below(struct journal_run *r, const struct journal_place *at);
/* The run has come as far as it can: what it has not asked for by now it never will. */
void journal_forget(struct journal_run *r);
/* Signals that came since the base, oldest first: the number of them, and one. A name of null is no
 * signal: another message with that key was acted on. */
unsigned journal_n_signals(const struct journal_run *r);
const struct journal_signal *journal_signal(const struct journal_run *r, unsigned i);
/* 1 when a step has taken the signal with this sequence since the base. */
int journal_took(const struct journal_run *r, unsigned long long sequence);

/* Appends a record of the run; durable after the next store_commit. 0 or a negative code. */
int journal_append(struct journal_run *r, enum journal_kind kind, const struct journal_place *at,
                   const kiln_value *v, const kiln_value *scratch);
/* The same for a step that waits, with the result it will have, if that is known. */
int journal_append_wait(struct journal_run *r, const struct journal_place *at,
                        const struct journal_wait *w, const kiln_value *v,
                        const kiln_value *scratch);
/* How a step ended that may have waited. */
struct journal_ending {
    const kiln_value *v, *scratch; /* may be NULL */
    unsigned long long signal;     /* that it took, or 0 */
    unsigned long long moment;     /* run_moment; 0 when it ended as it began */
};
/* The same for a step that ends (DONE, FAILED). */
int journal_append_ending(struct journal_run *r, enum journal_kind kind,
                          const struct journal_place *at, const struct journal_ending *e);
/* A signal came, at its moment; sets its sequence. */
int journal_append_signal(struct journal_run *r, struct journal_signal *signal);
/* The run as it stands; with it go the records that were found and not used yet. `due` is when it
 * has something to do next: a time, JOURNAL_NOW, or JOURNAL_NEVER until a signal comes. */
int journal_append_base(struct journal_run *r, const struct text *state, long long due);
#define JOURNAL_NOW (-0x7fffffffffffffffll - 1)
#define JOURNAL_NEVER 0x7fffffffffffffffll
/* Bytes appended since the newest base, and how many are worth a new one. */
unsigned long long journal_growth(const struct journal_run *r);
unsigned long long journal_worth(const struct journal_run *r);
/* No base now: asks again when as much has come as until now. */
void journal_put_off(struct journal_run *r);
/* A signal for a run that is not in memory; durable after the next commit. `key` may be NULL; a
 * signal whose key the run has seen before is void. 0, -ENOENT, or another negative code. */
int journal_send(struct store *s, const char *id, const char *name, const char *key,
                 const kiln_value *value);

/* journal_move.c: what a run needs to go on under a later version of its program. */
/* While it is muted, what the run appends is let go: a base will say it all. */
void journal_mute(struct journal_run *r, int is_muted);
/* The run is this program's from here on: its next base says so. 0 or a negative code. */
int journal_adopt(struct journal_run *r, const kiln_program *program);
/* Gives each record that is not used yet its new place; `path` is that of `at`, to be written to.
 * One for which the mover answers 0 is left out. 0 or -ENOMEM. */
typedef int journal_mover(void *ctx, unsigned *path, struct journal_place *at);
int journal_move(struct journal_run *r, journal_mover *mover, void *ctx);
/* Whether there are records that the run should have taken by now and has not: ends of steps, and
 * what is known of steps that it has not come to. And visits them: 0 or -ENOMEM. */
int journal_has_left(const struct journal_run *r);
typedef void journal_left(void *ctx, const struct journal_place *at);
int journal_each_left(struct journal_run *r, journal_left *visit, void *ctx);

/* Commits the store the run belongs to. */
int journal_commit(struct journal_run *r);
/* 1 when records of the run wait for a commit. */
int journal_dirty(const struct journal_run *r);

#endif
