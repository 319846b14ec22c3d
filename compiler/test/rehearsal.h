/* rehearsal.h: a program's effects, acted once and then played back.
 *
 * The first run calls its operations in earnest and writes down what came of each call under the
 * call's idempotency key. Every later run is answered from there, so that it can be run, and
 * stopped, any number of times without the world noticing; and a call that the first run did not
 * make, or made with another input, is seen.
 */
#ifndef REHEARSAL_H
#define REHEARSAL_H

#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"
#include "kiln_op.h"
#include "value.h"

/* What came of one try of a call. */
struct rehearsal_outcome {
    kiln_value value, scratch; /* the result, or the error when it failed */
    int failed;
    unsigned long long later;
};

/* One effect: all tries of one call. */
struct rehearsal_effect {
    const char *key, *operation;
    struct text input;
    LIST(struct rehearsal_outcome) outcomes;
    unsigned calls; /* in this run */
};

struct rehearsal {
    struct arena arena;
    kiln_heap heap;
    struct map by_key; /* to struct rehearsal_effect */
    const kiln_op **ops;
    int playing;       /* the first run is over */
    struct text wrong; /* the first thing a later run did otherwise; empty: nothing */
};

/* Stands in for operations: *r->ops are to be compiled against instead of `ops`. Operations that
 * are pure are left as they are. 0 or -1 when memory is out. Call rehearsal_fini in both cases. */
int rehearsal_init(struct rehearsal *r, const kiln_op *const *ops, size_t n);
void rehearsal_fini(struct rehearsal *r);
/* A later run begins: nothing was called yet. */
void rehearsal_begin(struct rehearsal *r);
/* A later run that was stopped so many times has ended: 0 when every effect was made, and none more
 * often than the stops explain; else -1 with r->wrong set. */
int rehearsal_check(struct rehearsal *r, unsigned stops);

#endif
