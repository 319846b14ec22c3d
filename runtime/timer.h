/* timer.h: the moments at which something is to happen in a run. */
#ifndef KILN_TIMER_H
#define KILN_TIMER_H

#include "run.h"

/* A moment at which something is to happen with a step. Its memory belongs to its wait. */
struct timer {
    struct alarm alarm; /* the first member; in milliseconds since 1970, or see TIMER_REPLAY */
    struct wait *wait;
};

/* What the journal says is over happens again in the order of its records, before all that has a
 * time: record q is due at TIMER_REPLAY + q. */
#define TIMER_REPLAY (-0x7fffffffffffffffll)

/* Sets it to a time, or to so many milliseconds from now. 0, or -1 when the run is broken. */
int timer_set(kiln_run *r, struct timer *t, long long due);
int timer_start(kiln_run *r, struct timer *t, unsigned long long ms);
/* The same with a turn it had before. */
int timer_restore(kiln_run *r, struct timer *t, long long due, unsigned long long turn);
/* The time that is `ms` milliseconds from now. */
long long timer_due_in(const kiln_run *r, unsigned long long ms);
void timer_stop(kiln_run *r, struct timer *t);

#endif
