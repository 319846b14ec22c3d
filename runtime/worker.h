/* worker.h: many runs of one program, taken further a few steps at a time by whoever has time.
 *
 * A worker holds a job for each unfinished run: ready, driven, or parked until a time or a message
 * comes. What a run is, is in the store; that it is in memory as well is only to save time, so a
 * parked one may be dropped at any moment and taken up again from its journal. One mutex guards the
 * lists; it is never held while a run is driven.
 *
 *     worker_new(&options, &w);
 *     do {
 *         worker_look(w);
 *     } while (worker_drive(w) > 0);
 */
#ifndef KILN_WORKER_H
#define KILN_WORKER_H

#include "kiln.h"

struct store;
struct worker;

enum { WORKER_SEATS = 64 };

struct worker_options {
    const kiln_program *program;
    kiln_options run;  /* of every run; io and store must be there, the id is not looked at, and the
                          trace is called from whichever thread drives */
    unsigned max_runs; /* runs kept in memory at once, those that are driven aside */
    /* A sentence about something that went wrong and is not the end; NULL: not told. */
    void (*tell)(void *ctx, const char *sentence);
    void *tell_ctx;
};

/* What a worker has done since it began, and what it has in hand. */
struct worker_counts {
    unsigned long long completed, failed, cancelled; /* runs that ended */
    unsigned long long broken;                       /* runs that could not be taken further */
    unsigned long long messages;                     /* taken from the inbox */
    unsigned long long turns;                        /* times a run was driven */
    unsigned long long loads, drops;                 /* runs taken into memory, and dropped */
    unsigned ready, driven, timed, waiting, paused;  /* jobs; waiting: for a signal */
    unsigned in_memory;
};

/* Makes a worker and jobs for the unfinished runs of its program. What the options point to must
 * outlive it. 0 or a negative errno. */
int worker_new(const struct worker_options *o, struct worker **ret);
void worker_free(struct worker *w);

/* Takes new messages from the inbox, and makes ready what is due. 0 or a negative errno. */
int worker_look(struct worker *w, int inbox_too);
/* Drives one ready run for a while: 1, or 2 when worker_due has changed or nothing is left to
 * drive; 0 when none is ready; or the negative code after which the store keeps nothing any more.
 * Any thread may call it; `seat`, below WORKER_SEATS, tells the caller's from others'. */
int worker_drive(struct worker *w, unsigned seat);
/* When the first parked run is due: milliseconds since 1970, or LLONG_MAX. */
long long worker_due(struct worker *w);
struct worker_counts worker_count(struct worker *w);

/* For threads: sleeps until a run is ready; 0 when worker_stop was called. */
int worker_await(struct worker *w);
/* Writes down all that is in memory, so that the next worker need not look at what is not due.
 * Nobody may be driving. */
void worker_park(struct worker *w);
/* Nobody drives any more after what is under way. */
void worker_stop(struct worker *w);
int worker_is_stopped(struct worker *w);

/* Looks whether all who drive get on, and tells of those that have not since `looks` looks. */
void worker_watch(struct worker *w, unsigned looks);

#endif
