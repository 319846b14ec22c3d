/* crash.h: a program run on a simulated disk, and stopped there at every point that matters.
 *
 * A stop is a call that changes the disk. There the process is killed, the power goes, the call
 * fails, and what is gone on with may be stopped again.
 */
#ifndef CRASH_H
#define CRASH_H

#include "kiln.h"
#include "test/io_sim.h"
#include "test/rehearsal.h"

/* A signal that is sent before the run begins, so it is kept until somebody awaits it. */
struct crash_signal {
    const char *name;
    kiln_value value;
};

/* What is run, and what comes to it. All of it outlives the calls. */
struct crash_case {
    const kiln_program *program; /* its operations are those of the rehearsal */
    struct rehearsal *rehearsal;
    const kiln_value *input;
    const struct crash_signal *signals;
    unsigned n_signals;
    const kiln_value *answers; /* to what the run awaits when nothing else is left, in their order;
                                  the last again and again */
    unsigned n_answers;
    int is_fleeting;      /* plan_is_fleeting: what is done again takes its time again */
    kiln_options options; /* of the run; its world, store and id are the stage's own */
};

/* What came of it. */
struct crash_report {
    int status;          /* of the first run: enum kiln_status, or a negative code */
    struct text output;  /* its output, its error, or the id of the signal it waits for */
    long long ms;        /* of virtual time... */
    long long played_ms; /* ...and when no operation blocks in it */
    unsigned tried, passed;
    struct text wrong; /* the first stop that was not survived, and how; empty: none */
};

/* Runs the case once on a disk and a clock of its own. */
void crash_rehearse(const struct crash_case *c, struct crash_report *ret);
/* How much is tried. */
struct crash_effort {
    unsigned tears; /* of a write at most so many ends are tried; ~0u: every byte */
    unsigned twice; /* about so many tries are stopped once again while they are resumed */
};

/* After that: runs it again and again, stopped before each call that changes the disk, with parts
 * of each write out, with each way of losing what was not synced, and with the call failing;
 * resumes it, and compares how it ends, what it does and how long it takes. */
void crash_everywhere(const struct crash_case *c, struct crash_effort effort,
                      struct crash_report *report);
void crash_fini(struct crash_report *report);

/* crash_life.c: one process: begins the run or takes it up, and drives it as far as it goes. Its
 * status or a negative code; how it ended is in *out, as text. */
int crash_live(const struct crash_case *c, struct io_sim *sim, struct text *out);

#endif
