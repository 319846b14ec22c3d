/* crash.h: a program run on a simulated disk, and stopped there at every point that matters. */
#ifndef CRASH_H
#define CRASH_H

#include "kiln.h"
#include "test/rehearsal.h"

/* What came of it. */
struct crash_report {
    int status;         /* of the first run: enum kiln_status, or a negative code */
    struct text output; /* its output, its error, or the id of the signal it waits for */
    long long ms;       /* of virtual time */
    unsigned tried, passed;
    struct text wrong; /* the first stop that was not survived, and how; empty: none */
};

/* Runs the program once on a disk and a clock of its own. The program's operations are those of the
 * rehearsal. */
void crash_rehearse(const kiln_program *program, struct rehearsal *rehearsal,
                    const kiln_value *input, struct crash_report *ret);
/* After that: runs it again and again, stopped before each call that changes the disk, with each
 * number of bytes of each write out, and with each way of losing what was not synced; resumes it,
 * and compares how it ends and what it does. */
void crash_everywhere(const kiln_program *program, struct rehearsal *rehearsal,
                      const kiln_value *input, struct crash_report *report);
void crash_fini(struct crash_report *report);

#endif
