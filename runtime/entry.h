/* entry.h: what a record says: the bodies of spec/JOURNAL.md 4, to bytes and back.
 *
 * An entry borrows from the record it was read from. Its place stays encoded: the same bytes are
 * the key of the table of completions.
 */
#ifndef KILN_ENTRY_H
#define KILN_ENTRY_H

#include "journal.h"
#include "record.h"

struct entry {
    enum journal_kind kind;
    unsigned long long sequence; /* of the record */
    unsigned long long run;      /* sequence of the run's BEGIN */
    long long ms;                /* BEGIN, BASE: when the run began, since 1970; else since then */
    long long last_ms;           /* BASE: when it was written, since the run began */
    const char *id, *program;    /* BEGIN and BASE; not NUL-terminated */
    size_t n_id, n_program;      /* PROGRAM: of its shape, which `program` is then */
    unsigned long long hash[2];  /* BEGIN, BASE, PROGRAM */
    unsigned long long records;  /* BASE: of the run so far, itself included */
    long long due;               /* BASE: journal_append_base */
    const unsigned char *body;   /* the whole of it */
    size_t n_body;
    const char *place; /* encoded; not in BEGIN and BASE */
    size_t n_place;
    struct record_cursor values; /* BASE: the entries within */
};

/* What an entry of a step says beside its place. */
struct entry_content {
    const kiln_value *v, *scratch; /* may be NULL or ABSENT */
    const struct journal_wait *wait;
    unsigned long long signal; /* the signal that was taken, or 0 */
    unsigned long long moment; /* struct journal_ending, or 0 */
};

/* The run has ended with it. */
static inline int entry_is_end(const struct entry *e)
{
    return e->kind == JOURNAL_COMPLETED || e->kind == JOURNAL_ENDED || e->kind == JOURNAL_CANCELLED;
}

/* Reads the body of a record. 0, -ENOTSUP when the kind is unknown, -EUCLEAN when it is malformed.
 */
int entry_read(const struct record *r, struct entry *ret);
/* The same as far as a table of runs needs it: place and values of kinds other than BEGIN and BASE
 * are not looked at. */
int entry_skim(const struct record *r, struct entry *ret);
/* Makes the values of an entry in `h`; ABSENT when they are not there. 0 or -1. */
int entry_values(kiln_heap *h, const struct entry *e, kiln_value *ret, kiln_value *ret_scratch);
/* The same with the wait and the signal (0: none) it tells of. 0 or -1. */
int entry_take_content(kiln_heap *h, const struct entry *e, struct journal_found *ret,
                       unsigned long long *ret_signal);
/* It says with a value what came of a step; a DONE without one says only that it was in time. */
int entry_is_outcome(const struct entry *e);
/* The signal it took, without making values; 0 when none. */
unsigned long long entry_signal(const struct entry *e);
/* Its moment, likewise. */
unsigned long long entry_moment(const struct entry *e);
/* The next entry within a base: 1, 0 at the end, -EUCLEAN or -ENOTSUP. `c` begins as base->values.
 */
int entry_next(const struct entry *base, struct record_cursor *c, struct entry *ret);
/* Takes the next number of an encoded place: n, pairs, step, turn. 0 or -1. */
int entry_take_place(struct record_cursor *c, unsigned *ret);

/* Body writers. */
void entry_put_begin(struct text *t, long long ms, const char *id, const kiln_program *program,
                     const kiln_value *input);
void entry_put_place(struct text *t, const struct journal_place *at);
void entry_put(struct text *t, unsigned long long run, long long ms, const struct journal_place *at,
               const struct entry_content *content);
/* The same for an entry that was read: with its run, time and place. */
void entry_put_again(struct text *t, const struct entry *e, const struct entry_content *content);
/* The head of a base: all of `e` that belongs to one. Entries follow, each by entry_put_within,
 * which wants its kind, sequence and body. */
void entry_put_base(struct text *t, const struct entry *e);
void entry_put_program(struct text *t, const struct entry *e);
void entry_put_within(struct text *t, const struct entry *e);

#endif
