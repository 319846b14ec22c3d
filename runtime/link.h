/* link.h: a step is done and one other simply follows it. Most steps of most workflows are such, so
 * this is inline, in the loop and behind the call of an operation.
 */
#ifndef KILN_LINK_H
#define KILN_LINK_H

#include "base/hot.h"
#include "run.h"

/* Puts a step whose turn has come in the ready queue. 0 or -1. */
HOT int link_enqueue(kiln_run *r, struct frame *f, unsigned step)
{
    if (RARE(r->ready_n == r->ready_cap) && run_grow_ready(r) < 0)
        return -1;
    r->ready[(r->ready_first + r->ready_n++) & (r->ready_cap - 1)] = (struct ready){ f, step, 0 };
    return 0;
}

/* The result goes to its slot. 0, or -1 with the error in the heap. */
HOT int link_store(struct frame *f, const kiln_step *s, const kiln_value *result)
{
    if (s->result < 0 || !result)
        return 0;
    if (RARE(s->kind->flags & KILN_STEP_RULE))
        return kiln_set(&f->head, (unsigned)s->result, result);
    value_put(&f->head.slots[s->result], result);
    return 0;
}

/* Whether the next step is known without looking at anything else: in a straight chain that runs
 * alone, and of whose steps nobody hears that they are done. */
HOT int link_is(const kiln_run *r, const struct frame *f, const kiln_step *s)
{
    return s->then
           && !RARE(f->waits || f->stream || f->held.set || run_is_heard(r, KILN_EVENT_DONE));
}

/* run_complete, inline. */
HOT int link_complete(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result,
                      int pick)
{
    const kiln_step *s = &f->flow->steps[step];

    if (!link_is(r, f, s))
        return run_complete_any(r, f, step, result, pick);
    if (RARE(link_store(f, s, result) < 0))
        return run_fail(r, f, step, &r->heap.error);
    f->quiet = 0;
    return link_enqueue(r, f, s->then);
}

#endif
