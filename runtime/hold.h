/* hold.h: endings in their turn. */
#ifndef KILN_HOLD_H
#define KILN_HOLD_H

#include "wait.h"

/* An earlier step of the ordered flow is still under way: an ending has to be held. */
static inline int hold_is_needed(const struct frame *f, unsigned step)
{
    return f->busy > 1 && step && f->flow->flags & KILN_FLOW_ORDERED
           && frame_count(f, 0, step - 1) > 0;
}

/* Holds the end of the flow, or the failure of the step, and gives up all that comes after it. 0
 * or -1. */
int hold_end(struct frame *f, unsigned step, int ok, const kiln_value *v);
/* Nothing earlier is under way any more. 0, or -1 when the run is broken. */
int hold_release(kiln_run *r, struct frame *f);

#endif
