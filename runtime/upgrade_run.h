/* upgrade_run.h: a run in a store goes on under a later version of its program.
 *
 * The state in the store is read under the tables of the version that wrote it, which the store has
 * kept (shape.h); where it stands is held against the later version (upgrade.h); its frames become
 * frames of that; and what was recorded since is replayed under it (replay.h). All of it happens in
 * memory. One record, a base that bears the later version's hash, makes it true.
 */
#ifndef KILN_UPGRADE_RUN_H
#define KILN_UPGRADE_RUN_H

#include "run.h"
#include "upgrade.h"

struct run_upgrade {
    struct shape from, to;
    struct upgrade upgrade;
    struct text report; /* of kiln_run_upgrade_report */
};

/* How it is done, for engine.c, which a program may have without all this: the three are called in
 * this order, and answer 0, or -1 when the run is broken. */
struct kiln_upgrade {
    /* The run was begun by another version: finds out what became of its parts. */
    int (*begin)(kiln_run *r);
    /* Makes the run what the state says, under the later version. */
    int (*restore)(kiln_run *r, const unsigned char *bytes, size_t n);
    /* The run has taken its state and its signals up: replays the rest, and seals it all. */
    int (*end)(kiln_run *r);
    void (*free)(struct run_upgrade *ru);
    int is_done; /* else it is only said what would be done */
};

/* upgrade_frames.c: says what keeps frames of the run from moving; u->failed when memory is out. */
void upgrade_check_frames(kiln_run *r, struct upgrade *u);
/* upgrade_move.c: frames of one version become frames of the other. Every place where one stands
 * must be there. */
int upgrade_move(kiln_run *r, struct upgrade *u, const kiln_program *to);

#endif
