/* signals.h: what comes to a run from outside while it waits. */
#ifndef KILN_SIGNALS_H
#define KILN_SIGNALS_H

#include "run.h"

/* Takes the oldest signal that is meant for what awaits {id, step}: 1 with *ret set in the run's
 * heap, 0 when none has come yet, -1 when the run is broken. */
int signal_take(kiln_run *r, const kiln_value *what, kiln_value *ret);

#endif
