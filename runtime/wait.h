/* wait.h: what a step waits for. */
#ifndef KILN_WAIT_H
#define KILN_WAIT_H

#include "retry.h"
#include "timer.h"

/* Numbers in records: new ones go to the end. */
enum wait_kind {
    WAIT_NOT,    /* only against its deadline, or not at the moment */
    WAIT_TIME,   /* for its time: then it is done, with `result` */
    WAIT_AGAIN,  /* for another try */
    WAIT_SIGNAL, /* for the signal `result` describes: {id, step, timeout} */
    WAIT_DOUBT,  /* the same, to be told what became of an effect */
    WAIT_KINDS,
    WAIT_ASIDE /* in the past: it would act now, and nothing is known of that */
};

/* What the journal has already of the end of a wait; LATE: of its deadline. */
enum wait_recalled { WAIT_NEW, WAIT_RECALLED, WAIT_RECALLED_FAILED, WAIT_RECALLED_LATE };

/* One step of a frame that waits, has been tried before, or has a deadline. */
struct wait {
    struct frame *frame;
    unsigned step;
    enum wait_kind kind;
    struct retry_state tries;
    kiln_value result, scratch;
    unsigned char recalled;    /* enum wait_recalled */
    unsigned long long moment; /* recalled: when it ended (run_moment); 0: not known */
    long long ended_at;        /* recalled: the same by the clock */
    struct timer wake, deadline;
    struct wait *next; /* of the frame */
};

/* All answer 0, or -1 when the run is broken, if nothing else is said. */

/* The step begins and may be tried again or has a timeout: takes up what the journal knows of it,
 * or sets its deadline, unless this is another try. 1 when the step goes no further now. */
int wait_begin(kiln_run *r, struct frame *f, unsigned step);
/* The step has been tried before and is tried again. */
int wait_is_retry(const struct frame *f, unsigned step);
/* The step's deadline has passed. */
int wait_is_late(kiln_run *r, struct frame *f, unsigned step);
/* The step ended before its deadline: the journal must know, where it would not otherwise. */
int wait_keep_end(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error);
/* The step is done in `ms` milliseconds. */
int wait_time(kiln_run *r, struct frame *f, unsigned step, unsigned long long ms,
              const kiln_value *result, const kiln_value *scratch);
/* The step goes on waiting for what the journal says: WAIT, or DONE or FAILED in its turn. */
int wait_recall(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *found);
/* The step is done when a signal comes; `what` is an object {id, step, timeout}. `found` is what
 * the journal knows of it, or NULL. */
int wait_signal(kiln_run *r, struct frame *f, unsigned step, enum wait_kind kind,
                const kiln_value *what, const struct journal_found *found);
/* The step of this frame that waits for a signal of this id, or for one to its step, or NULL. */
struct wait *wait_find_signal(const struct frame *f, const kiln_value *name);
/* The step waits to be told what became of its effect. */
int wait_is_doubt(const struct frame *f, unsigned step);
/* Keeps the note in the journal, if the step has one there. `moment`: its next try begins then. */
int wait_keep(kiln_run *r, const struct wait *w, unsigned long long signal,
              unsigned long long moment);
/* The step's call failed: 1 when it will be tried again, 0 when the failure stands. */
int wait_again(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error);
/* The same at once, by the word of the signal with this sequence. */
int wait_retry(kiln_run *r, struct wait *w, unsigned long long signal);
/* The next try begins. */
int wait_try_now(kiln_run *r, struct wait *w);
/* The journal has a wait of the step as the newest: 1 when its next try has its time, 0 when it
 * begins now. */
int wait_recall_again(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *was);
/* The journal knows when a later try of the step began: so it does, with what is known of it. */
int wait_recall_try(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *was);
/* The deadline of a flow or of items is known to have passed: it passes at its moment. */
int wait_recall_late(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *was);
/* The step goes no further: there is nothing to tell what came of it. */
int wait_aside(struct frame *f, unsigned step);
/* Steps from..to wait no more. */
void wait_end(struct frame *f, unsigned from, unsigned to);
/* How many of the steps from..to are waiting. */
unsigned wait_count(const struct frame *f, unsigned from, unsigned to);
/* Every value the waits of a frame hold, for the collector. */
void wait_visit(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx);
/* The wait of the step, or NULL; made when there is none, NULL when the run is broken; the same
 * with tries and deadline as the journal has them. */
struct wait *wait_find(const struct frame *f, unsigned step);
struct wait *wait_need(struct frame *f, unsigned step);
struct wait *wait_take_up(kiln_run *r, struct frame *f, unsigned step,
                          const struct journal_wait *note);
/* Lets happen what is due; of what the journal says is over, what ended at one moment, and with it
 * what was due then. */
int wait_fire(kiln_run *r);
/* Only what the journal says is over, and the first timer is of that. */
int wait_fire_known(kiln_run *r);
/* What is next is over, says the journal, and ended at this moment or an earlier one. */
int wait_is_over(const kiln_run *r);
/* Sleeps until the first timer is due, then the same. There must be a timer. */
int wait_sleep(kiln_run *r);
#endif
