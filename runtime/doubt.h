/* doubt.h: an effect of which nobody knows whether it happened. */
#ifndef KILN_DOUBT_H
#define KILN_DOUBT_H

#include "run.h"

/* The journal has an intent of the step and nothing behind it. 1 when the policy (in_doubt in
 * kiln.h) has moved the run on, 0 when the call is to be made again, -1 when the run is broken. */
int doubt_settle(kiln_run *r, struct frame *f, unsigned step);
/* The signal it waited for: {"result": v} is what came of the call, {"error": e} how it failed;
 * anything else: try again. 0 or -1. */
int doubt_decide(kiln_run *r, struct frame *f, unsigned step, const struct journal_signal *signal);

#endif
