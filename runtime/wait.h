/* wait.h: what a step waits for, and the timers of a run. */
#ifndef KILN_WAIT_H
#define KILN_WAIT_H

#include "retry.h"
#include "run.h"

/* A moment at which something is to happen with a step. */
struct timer {
    long long due;           /* milliseconds since 1970 */
    unsigned long long turn; /* of equal times the smaller goes first */
    size_t at;               /* its place in the run's heap + 1; 0 when it does not run */
    struct wait *wait;
};

enum wait_kind {
    WAIT_NOT,   /* only against its deadline, or not at the moment */
    WAIT_TIME,  /* for its time: then it is done, with `result` */
    WAIT_AGAIN, /* for another try */
    WAIT_SIGNAL /* for the signal `result` describes: {id, step, timeout} */
};

/* One step of a frame that waits, has been tried before, or has a deadline. */
struct wait {
    struct frame *frame;
    unsigned step;
    enum wait_kind kind;
    struct retry_state tries;
    kiln_value result, scratch;
    struct timer wake, deadline;
    struct wait *next; /* of the frame */
};

/* All answer 0, or -1 when the run is broken, if nothing else is said. */

/* The step begins and has a timeout: sets its deadline, unless this is another try. */
int wait_begin(kiln_run *r, struct frame *f, unsigned step);
/* The step's deadline has passed. */
int wait_is_late(kiln_run *r, struct frame *f, unsigned step);
/* The step is done in `ms` milliseconds. */
int wait_time(kiln_run *r, struct frame *f, unsigned step, unsigned long long ms,
              const kiln_value *result, const kiln_value *scratch);
/* The step is done when a signal comes; `what` is an object {id, step, timeout}. */
int wait_signal(kiln_run *r, struct frame *f, unsigned step, const kiln_value *what);
/* The step of this frame that waits for a signal of this id, or for one to its step, or NULL. */
struct wait *wait_find_signal(const struct frame *f, const kiln_value *name);
/* The step's call failed: 1 when it will be tried again, 0 when the failure stands. */
int wait_again(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error);
/* Steps from..to wait no more. */
void wait_end(struct frame *f, unsigned from, unsigned to);
/* How many of the steps from..to are waiting. */
unsigned wait_count(const struct frame *f, unsigned from, unsigned to);
/* Every value the waits of a frame hold, for the collector. */
void wait_visit(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx);
/* Lets happen what is due. */
int wait_fire(kiln_run *r);
/* Sleeps until the first timer is due, then the same. There must be a timer. */
int wait_sleep(kiln_run *r);

#endif
