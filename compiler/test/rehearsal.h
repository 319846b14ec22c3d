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
    const char *input;         /* what it was called with, as text: a later try may see more */
    kiln_value value, scratch; /* the result, or the error when it failed */
    int failed, connected;     /* it asked for its connection */
    unsigned long long later;
};

/* One effect: all tries of one call. The newest call of the run that is going on says, should the
 * process end in it, which call is the same try made again: it comes in a later life, and neither
 * the clock nor the number of failed tries has moved. */
struct rehearsal_effect {
    const char *key, *operation;
    LIST(struct rehearsal_outcome) outcomes;
    int is_excused;          /* it need not be made */
    unsigned calls;          /* tries of this run... */
    unsigned again;          /* ...and how many of them were made again */
    unsigned life, failures; /* of the newest */
    long long at;
};

struct rehearsal {
    struct arena arena;
    kiln_heap heap;
    struct map by_key; /* to struct rehearsal_effect */
    const kiln_op **ops;
    int playing;       /* the first run is over */
    unsigned life;     /* of this run: how often a process has taken it up */
    struct text wrong; /* the first thing a later run did otherwise; empty: nothing */
};

/* Stands in for operations: *r->ops are to be compiled against instead of `ops`. Operations that
 * are pure are left as they are. 0 or -1 when memory is out. Call rehearsal_fini in both cases. */
int rehearsal_init(struct rehearsal *r, const kiln_op *const *ops, size_t n);
void rehearsal_fini(struct rehearsal *r);
/* A later run begins: nothing was called yet. */
void rehearsal_begin(struct rehearsal *r);
/* A process takes it up, for the first time or after a stop. */
void rehearsal_live(struct rehearsal *r);
/* Calls whose keys begin so may be left out: somebody ended the run. */
void rehearsal_excuse(struct rehearsal *r, const char *prefix);
/* A later run that was stopped so many times has ended: 0 when every try was made, none that the
 * first run did not make, and no more of them again than it was stopped; else -1 with r->wrong set.
 * (An effect begins when all before it is durable, so a stop costs one call and no more.) */
int rehearsal_check(struct rehearsal *r, unsigned stops);

#endif
