/* replay.h: a run as far as its journal knows. */
#ifndef KILN_REPLAY_H
#define KILN_REPLAY_H

#include "run.h"

/* Makes every move that follows from what was computed or recorded, and none that would touch the
 * world: a step whose end the journal does not know stays ready, in its order. What the moves
 * append must be let go (journal_mute). 0, or -1 when the run is broken. */
int replay_run(kiln_run *r);

#endif
