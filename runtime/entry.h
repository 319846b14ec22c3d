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
    long long ms;                /* BEGIN: since 1970; else since the run began */
    const char *id, *program;    /* BEGIN only; not NUL-terminated */
    size_t n_id, n_program;
    unsigned long long hash[2]; /* BEGIN only */
    const char *place;          /* encoded; not in BEGIN */
    size_t n_place;
    struct record_cursor values;
};

/* Reads the body of a record. 0, -ENOTSUP when the kind is unknown, -EUCLEAN when it is malformed.
 */
int entry_read(const struct record *r, struct entry *ret);
/* Makes the values of an entry in `h`; ABSENT when they are not there. 0 or -1. */
int entry_values(kiln_heap *h, const struct entry *e, kiln_value *ret, kiln_value *ret_scratch);
/* Takes the next number of an encoded place: n, pairs, step, turn. 0 or -1. */
int entry_take_place(struct record_cursor *c, unsigned *ret);

/* Body writers. */
void entry_put_begin(struct text *t, long long ms, const char *id, const kiln_program *program,
                     const kiln_value *input);
void entry_put_place(struct text *t, const struct journal_place *at);
/* `v` and `scratch` may be NULL or ABSENT. */
void entry_put(struct text *t, unsigned long long run, long long ms, const struct journal_place *at,
               const kiln_value *v, const kiln_value *scratch);

#endif
