/* scenario_tale.h: what a run of a whole workflow tells, and whether it is as stated. */
#ifndef CONFORMANCE_SCENARIO_TALE_H
#define CONFORMANCE_SCENARIO_TALE_H

#include "scenario.h"

/* Log lines and failures as the reference's events, and the steps in order; in r->heap. */
struct tale {
    struct records *r;
    kiln_value events, steps;
    int tracked; /* the workflow reports what it does: events are what it tells, and nothing else */
};

/* The trace of a run; `ctx` is the tale. */
void tale_listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v);
/* Whether `error_contains` and `error_contains_any` hold; true when neither is stated. */
int tale_has_words(const kiln_value *expect, const char *text);
/* Whether the tale, how it ended and its output or error are what a record expects. */
int tale_agrees(const struct tale *t, const kiln_value *expect, int completed,
                const kiln_value *got);

#endif
