/* hold.c: endings in their turn.
 *
 * In an ordered flow the steps' numbers are the order in which a patient reader would run them one
 * by one. Steps that wait let later ones overtake them; but a later step may not end the flow, or
 * hand it to an error handler, while an earlier one is still under way. Its ending is held: what
 * comes after it is given up, what comes before it goes on, and then the ending happens - or an
 * earlier one takes its place. So overlapping changes when things happen, never the answer.
 */
#include "hold.h"

int hold_end(struct frame *f, unsigned step, int ok, const kiln_value *v)
{
    f->held.set = 1;
    f->held.step = step;
    f->held.ok = ok;
    f->held.value = *v;
    if (each_forget(f, step, ~0u) < 0)
        return -1;
    frame_clear(f, step, ~0u); /* itself, too, when it was woken again */
    f->busy = 1 + frame_count(f, 0, step - 1);
    return 0;
}

int hold_release(kiln_run *r, struct frame *f)
{
    kiln_value v = f->held.value;

    f->held.set = 0;
    return f->held.ok ? run_end_frame(r, f, 1, &v) : run_fail(r, f, f->held.step, &v);
}
