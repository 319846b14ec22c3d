/* upgrade_stand.h: one frame held against a later version, for the files that hold it. */
#ifndef KILN_UPGRADE_STAND_H
#define KILN_UPGRADE_STAND_H

#include "upgrade.h"

/* A frame in the numbers of the later version. */
struct stand {
    struct upgrade *u;
    const struct upgrade_position *p;
    const kiln_flow *from, *to;
    unsigned char *live, *ahead;         /* of `to` */
    unsigned char *from_live, *ahead_of; /* of `from` */
    struct upgrade_coming *coming, *was_coming;
};

/* A walk along the arrows. */
struct walk {
    const kiln_flow *flow;
    unsigned *stack, n;
    unsigned char *met;
};

static inline const struct shape_step *upgrade_more(const struct shape *s, unsigned flow,
                                                    unsigned step)
{
    return &s->steps[flow][step];
}

/* Puts a step on the stack, the first time it is met. */
void upgrade_meet(struct walk *w, unsigned step);
/* "step 'x'", or with its flow where that is not the root. */
const char *upgrade_step_name(struct stand *s, const kiln_flow *f, unsigned step);
/* upgrade_slots.c: what slots hold, and what they lack. */
void upgrade_check_slots(struct stand *s);

#endif
