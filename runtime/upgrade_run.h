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

/* All answer 0, or -1 when the run is broken. In this order: */
/* The run was begun by another version: finds out what became of its parts. */
int upgrade_begin(kiln_run *r);
/* Makes the run what the state says, under the later version. */
int upgrade_restore(kiln_run *r, const unsigned char *bytes, size_t n);
/* The run has taken its state and its signals up: replays the rest, and seals it all. */
int upgrade_end(kiln_run *r);
void upgrade_free(struct run_upgrade *ru);

/* upgrade_move.c: frames of one version become frames of the other. Every place where one stands
 * must be there. */
int upgrade_move(kiln_run *r, struct upgrade *u, const kiln_program *to);

#endif
