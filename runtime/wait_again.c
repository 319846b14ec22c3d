/* wait_again.c: a step is tried again (wait.h).
 *
 * A resumed run does not make the older tries of a step again. What they left must be there all
 * the same. The step itself leaves little: when its try began, it set its slots once more, so the
 * journal knows that moment. What a flow below it, or its items, did to the slots of others can be
 * anything: there the whole run is kept, when a try has failed and when the next begins.
 */
#include <errno.h>

#include "snapshot.h"
#include "wait.h"

/* Keeps that the step is tried again, or that it begins to be (`moment`). */
static int keep(kiln_run *r, const struct wait *w, unsigned long long signal,
                unsigned long long moment)
{
    struct journal_place at;

    if (!w->frame->flow->steps[w->step].kind->flow || !r->journal || r->options.at
        || !snapshot_has_room(r, 1))
        return wait_keep(r, w, signal, moment);
    r->must_keep |= KEEP_NEEDED;
    if (frame_place(w->frame, w->step, &at) < 0 || journal_void_below(r->journal, &at) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return 0;
}

int wait_is_retry(const struct frame *f, unsigned step)
{
    const struct wait *w = wait_find(f, step);

    return w && (w->tries.failures || w->tries.waited);
}

/* How often it has been tried, as a superstep counts it, too. */
static void set_tries(struct wait *w, struct retry_state tries)
{
    struct frame *f = w->frame;

    if (f->superstep)
        f->flow->superstep->tried(f, w->step, tries.failures - w->tries.failures);
    w->tries = tries;
}

int wait_again(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error)
{
    const kiln_policy *policy = f->flow->steps[step].kind->policy;
    struct retry_state tries;
    unsigned long long ms;
    struct wait *w;

    if (!policy || wait_is_late(r, f, step))
        return 0;
    if (!(w = wait_need(f, step)))
        return -1;
    tries = w->tries;
    if (!retry_after(&policy->retry, error, &tries, &ms))
        return 0;
    set_tries(w, tries);
    run_trace(r, KILN_EVENT_RETRY, &f->flow->steps[step], error);
    w->kind = WAIT_AGAIN;
    return timer_start(r, &w->wake, ms) < 0 || keep(r, w, 0, 0) < 0 ? -1 : 1;
}

int wait_retry(kiln_run *r, struct wait *w, unsigned long long signal)
{
    w->kind = WAIT_AGAIN;
    return timer_start(r, &w->wake, 0) < 0 ? -1 : keep(r, w, signal, 0);
}

int wait_try_now(kiln_run *r, struct wait *w)
{
    if (w->recalled != WAIT_RECALLED && keep(r, w, 0, run_moment(r)) < 0)
        return -1;
    return run_enqueue(r, w->frame, w->step);
}

/* ---- a resumed run ---- */

struct wait *wait_take_up(kiln_run *r, struct frame *f, unsigned step,
                          const struct journal_wait *note)
{
    struct wait *w = wait_need(f, step);

    if (!w)
        return NULL;
    set_tries(w, (struct retry_state){ note->failures, note->waited });
    if (note->has_deadline && timer_set(r, &w->deadline, note->deadline) < 0)
        return NULL;
    return w;
}

int wait_recall_again(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *was)
{
    struct wait *w = wait_take_up(r, f, step, &was->wait);

    if (!w)
        return -1;
    f->counts[step] += was->wait.failures;
    if (was->wait.kind != WAIT_AGAIN)
        return 0;
    w->kind = WAIT_AGAIN;
    task_use(r, f, step);
    return timer_set(r, &w->wake, was->wait.wake) < 0 ? -1 : 1;
}

int wait_recall_try(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *was)
{
    struct wait *w = wait_need(f, step);

    if (!w)
        return -1;
    set_tries(w, was->began.tries);
    w->kind = WAIT_AGAIN;
    w->recalled = WAIT_RECALLED;
    w->moment = was->began.moment;
    w->ended_at = was->began.at;
    return timer_set(r, &w->wake, TIMER_REPLAY + (long long)was->began.sequence);
}

int wait_recall_late(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *was)
{
    struct wait *w = wait_need(f, step);

    if (!w)
        return -1;
    task_use(r, f, step);
    w->recalled = WAIT_RECALLED_LATE;
    w->moment = was->moment;
    w->ended_at = was->at;
    return timer_set(r, &w->deadline, TIMER_REPLAY + (long long)was->sequence);
}
