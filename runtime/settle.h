/* settle.h: a run that was restored learns what the journal has of it since. */
#ifndef KILN_SETTLE_H
#define KILN_SETTLE_H

#include "run.h"

/* The records since the state reach the steps that were under way in it, and signals that came
 * meanwhile those who wait for them. 0, or -1 when the run is broken. */
int settle_run(kiln_run *r);

#endif
