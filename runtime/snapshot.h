/* snapshot.h: a whole run as bytes, and back.
 *
 * Between two steps a run is plain data: its frames with slots and arrivals, what is ready, what
 * waits and until when, what it was sent. That written down is a base (journal.h): a run resumes
 * from its newest one, so what came before costs nothing, neither time nor disk.
 */
#ifndef KILN_SNAPSHOT_H
#define KILN_SNAPSHOT_H

#include "run.h"

/* Appends a base with the run as it stands; `due` as in journal_append_base. A run whose values
 * share so much that their text would be many times their size in memory goes on without; where a
 * base is needed, only when that is more than 64 MiB as well. 0, or -1 when the run is broken. */
int snapshot_keep(kiln_run *r, long long due, int is_needed);
/* Whether they share less than that. */
int snapshot_has_room(const kiln_run *r, int is_needed);
/* Makes the run what it was; it must be new. 0, or -1 when the run is broken. */
int snapshot_restore(kiln_run *r, const unsigned char *bytes, size_t n);

/* Steps that count like a byte of journal: a run that only computes is kept now and then, too. */
static inline int snapshot_is_due(const kiln_run *r)
{
    return r->journal && journal_growth(r->journal) + r->unkept >= journal_worth(r->journal);
}

/* What saving and restoring share with streams and supersteps. A reader answers 0, or -1 when the
 * bytes cannot be of such a run. */
void snapshot_put_value(struct text *t, const kiln_value *v);
int snapshot_take_value(struct record_cursor *c, kiln_heap *h, kiln_value *ret);
/* The same for a cell of a frame, where a value often is a second time: in its place the number of
 * one of the slots before `n` that has it too. */
void snapshot_put_cell(struct text *t, const struct frame *f, unsigned n, const kiln_value *v);
int snapshot_take_cell(struct record_cursor *c, const struct frame *f, unsigned n, kiln_value *ret);
enum { SNAPSHOT_SAME = 0xff /* and the number; no value begins like this */ };
/* A number below `limit`. */
int snapshot_take_below(struct record_cursor *c, unsigned long long limit, unsigned *ret);

#endif
