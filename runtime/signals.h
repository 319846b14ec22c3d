/* signals.h: what comes to a run from outside while it waits. */
#ifndef KILN_SIGNALS_H
#define KILN_SIGNALS_H

#include "run.h"

/* A run that is taken up comes to where it was before anything new comes to it: when it has nothing
 * to do at once, or else with the second call that the journal does not know. For there is a commit
 * before each call: whoever was stopped had made one at most behind what is on disk. These calls
 * count run.behind down to 0. What the journal knows to be over was so before the first of them. */
enum { RUN_BEHIND = 2 };

/* A signal is not given to anyone as long as there is something to happen of which the journal says
 * that it is over, for that came first: it is given by signal_settle later. */
int signal_is_early(const kiln_run *r);
/* Takes the oldest signal that is meant for what awaits {id, step}: 1 with *ret set (its values
 * live in the run's kept heap), 0 when none has come yet, -1 when the run is broken. */
int signal_take(kiln_run *r, const kiln_value *what, struct journal_signal *ret);
/* Keeps a signal until somebody takes it, unless its key has come before. 0 or -1. */
int signal_keep(kiln_run *r, const struct journal_signal *signal);
/* Keeps the signals the journal has and nobody took, and drops those that were taken. 0 or -1. */
int signal_recall(kiln_run *r);
/* Signals whose moment has come - all, when nothing is ready - reach those who wait for them. 0 or
 * -1. */
int signal_settle(kiln_run *r);
/* Remembers a key: 1 when it is new, 0 when it is not, -1 when the run is broken. */
int signal_note_key(kiln_run *r, const kiln_value *key);

#endif
