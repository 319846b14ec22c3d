/* replay.c: a run is taken as far as its journal knows (replay.h).
 *
 * The loop of drive.c, up to the first step that would act. Under the version that wrote the
 * journal that is all; another one may have put that step in front of some that were done: as long
 * as the journal has more to say, it is marked in the queue where it stands, and passed over.
 */
#include "replay.h"

#include <errno.h>

#include "signals.h"
#include "wait.h"

static struct ready *ready_at(kiln_run *r, size_t i)
{
    return &r->ready[(r->ready_first + i) & (r->ready_cap - 1)];
}

/* Few stand before it: those that are passed over. */
static void take_out(kiln_run *r, size_t i)
{
    for (; i; i--)
        *ready_at(r, i) = *ready_at(r, i - 1);
    r->ready_first = (r->ready_first + 1) & (r->ready_cap - 1);
    r->ready_n--;
}

/* What was recorded says how the step goes on, without another call. */
static int is_told(const kiln_step *s, const struct journal_found *found)
{
    if (found->intended)
        return 0;
    switch (found->kind) {
    case JOURNAL_DONE:
    case JOURNAL_FAILED:
    case JOURNAL_NOTE:
        return 1;
    case JOURNAL_WAIT:
        return found->wait.kind == WAIT_TIME || found->wait.kind == WAIT_SIGNAL
               || (found->wait.kind == WAIT_AGAIN && s->kind->policy);
    default:
        return 0;
    }
}

/* 1 when the step would act, -1 when the run is broken. */
static int is_beyond(kiln_run *r, const struct ready *e)
{
    const kiln_step *s = &e->frame->flow->steps[e->step];
    struct journal_found found;
    int known;

    if (!(s->kind->flags & KILN_STEP_JOURNAL))
        return s->kind->op && s->kind->op->effect != KILN_PURE;
    known = task_find(r, e->frame, e->step, &found);
    return known < 0 ? -1 : !known || !is_told(s, &found);
}

/* The first step that does not act, out of the queue. 1, 0 when there is none, or -1. */
static int take_next(kiln_run *r, struct ready *ret)
{
    for (size_t i = 0; i < r->ready_n; i++) {
        struct ready *e = ready_at(r, i);
        int beyond = e->is_passed ? 1 : is_beyond(r, e);

        if (beyond < 0)
            return -1;
        if (!beyond) {
            *ret = *e;
            take_out(r, i);
            return 1;
        }
        if (!journal_has_left(r->journal))
            return 0;
        e->is_passed = 1;
    }
    return 0;
}

static int replay_ready(kiln_run *r)
{
    struct ready e;
    int more = 0;

    while (r->status == KILN_RUNNING && (more = take_next(r, &e)) > 0) {
        if (run_step(r, e.frame, e.step) < 0)
            return -1;
        r->unkept++; /* moments are counted by it */
        if (wait_is_over(r) && wait_fire_known(r) < 0)
            return -1;
        if (r->postponed && signal_settle(r) < 0)
            return -1;
        if (r->heap.arena.used > r->collect_at && run_collect(r) < 0)
            return -1;
    }
    return more < 0 ? -1 : 0;
}

int replay_run(kiln_run *r)
{
    do {
        if (replay_ready(r) < 0)
            return -1;
    } while (r->status == KILN_RUNNING && r->timers.n && r->timers.at[0]->due < 0
             && (!r->ready_n || journal_has_left(r->journal)) && wait_fire_known(r) == 0);
    return r->broken ? -1 : 0;
}
