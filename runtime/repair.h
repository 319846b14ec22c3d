/* repair.h: a damaged store is written again, as much of it as can be saved. */
#ifndef KILN_REPAIR_H
#define KILN_REPAIR_H

#include "survey.h"

/* What came of it. */
struct repair {
    struct text aside; /* the folder, within the store's, with copies of all files as they were */
    unsigned segments; /* written anew */
    unsigned runs;     /* carried over */
    unsigned damaged;  /* of them: kept, and not to go on */
    unsigned dropped;  /* of them: ended for what they miss */
    unsigned refused;  /* messages put aside */
};

/* Whether there is anything to repair, or, when `drop`, any damaged run to end. */
int repair_is_needed(const struct survey *v, int drop);
/* Writes the store again, unless only messages are damaged; the survey must hold its lock. Runs
 * that miss records are marked as damaged, which keeps them from going on, or ended when `drop`.
 * Until the last new segment has its name the store counts as it did. 0, or a negative errno with a
 * sentence in `why`. Call repair_fini in both cases. */
int repair_store(struct survey *v, int drop, struct repair *ret, struct text *why);
void repair_fini(struct repair *r);

#endif
