/* drive.c: the loop: takes the first ready step, asks its leaf, makes the move it answers; and when
 * nothing is ready, sleeps until something is due - or tells its owner when that is.
 */
#include <errno.h>
#include <limits.h>

#include "hold.h"
#include "signals.h"
#include "snapshot.h"
#include "wait.h"

static int start_child(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_step *s = &f->flow->steps[step];
    unsigned index = s->kind->flags & KILN_STEP_TURN ? f->head.pick : 0;
    struct frame *child = frame_new(r, s->kind->flow, f, step, index, f->head.args);

    return child ? frame_wake(child) : run_break(r, -ENOMEM, "out of memory");
}

static int apply_boundary(kiln_run *r, struct frame *f, unsigned step)
{
    unsigned woke = 0;
    int failed = f->flow->superstep->boundary(r, f, &woke) < 0;

    if (failed)
        return r->broken ? -1 : run_fail(r, f, step, &r->heap.error);
    f->quiet = 0;
    return run_complete(r, f, step, NULL, woke > 0);
}

static int finish(kiln_run *r, struct frame *f, unsigned step)
{
    if (hold_is_needed(f, step))
        return hold_end(f, step, 1, &f->head.out);
    return run_end_frame(r, f, 1, &f->head.out);
}

HOT int make_move(kiln_run *r, struct frame *f, unsigned step, kiln_next answer)
{
    switch (answer) {
    case KILN_GO:
        return run_complete(r, f, step, NULL, -1);
    case KILN_PICK:
        return run_complete(r, f, step, NULL, (int)f->head.pick);
    case KILN_TASK:
        return task_run(r, f, step);
    case KILN_NOTE:
        return task_note(r, f, step);
    case KILN_CHILD:
        return start_child(r, f, step);
    case KILN_EACH:
        return each_start(r, f, step);
    case KILN_BOUNDARY:
        return apply_boundary(r, f, step);
    case KILN_SLEEP:
        return task_sleep(r, f, step);
    case KILN_AWAIT:
        return task_await(r, f, step);
    case KILN_FINISH:
        return finish(r, f, step);
    case KILN_FAIL:
        return run_fail(r, f, step, &f->head.out);
    case KILN_ERROR:
        return run_fail(r, f, step, &r->heap.error);
    }
    return run_break(r, -EPROTO, "step '%s' gave an answer this runtime does not know",
                     f->flow->steps[step].id);
}

/* What may take its time, and so has its tries and its deadline. */
static int is_call(kiln_next answer)
{
    return answer == KILN_TASK || answer == KILN_CHILD || answer == KILN_EACH
           || answer == KILN_AWAIT;
}

HOT int make_step(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_step *s = &f->flow->steps[step];
    kiln_next answer;
    int parked;

    f->counts[step]++;
    run_trace(r, KILN_EVENT_STEP, s, &f->head.error);
    if (RARE(f->superstep) && f->flow->superstep->begin(r, f, step) < 0)
        return -1;
    r->retries = RARE(s->kind->policy) && wait_is_retry(f, step);
    answer = s->run(&f->head); /* first, also on resume: a handler may read what it sets */
    if (RARE(s->kind->policy) && is_call(answer) && (parked = wait_begin(r, f, step)))
        return parked < 0 ? -1 : 0;
    return make_move(r, f, step, answer);
}

int run_step(kiln_run *r, struct frame *f, unsigned step)
{
    return make_step(r, f, step);
}

/* Whoever has timers looks at the clock now and then, not at every step. */
enum { STEPS_A_LOOK = 64 };

static int is_time(kiln_run *r)
{
    if (r->timers.at[0]->due < 0)
        return wait_is_over(r);
    return ++r->ticks % STEPS_A_LOOK == 0;
}

/* A base is worth its bytes. An ended run has none. */
static int keep_state(kiln_run *r)
{
    int is_needed = r->must_keep & KEEP_NEEDED;

    r->must_keep = 0;
    return r->status == KILN_RUNNING ? snapshot_keep(r, JOURNAL_NOW, is_needed) : 0;
}

/* An effect is next, and what it follows from is not on disk yet. */
static int wants_commit(const kiln_run *r, const struct ready *e)
{
    const kiln_step *s = &e->frame->flow->steps[e->step];

    return RARE(r->yields) && !r->has_yielded && r->journal && s->kind->op
           && s->kind->flags & KILN_STEP_JOURNAL && journal_dirty(r->journal);
}

enum { READY_NONE, READY_MORE, READY_YIELDS };

/* Makes ready steps until there are none, `*most` have been made, or a commit is wanted; or -1. */
static int make_ready(kiln_run *r, unsigned long long *most)
{
    if (RARE(r->must_keep) && keep_state(r) < 0)
        return -1;
    for (; r->status == KILN_RUNNING && !r->broken && r->ready_n; --*most) {
        struct ready e = r->ready[r->ready_first];

        if (RARE(!*most))
            return READY_MORE;
        if (wants_commit(r, &e)) {
            r->has_yielded = 1;
            return READY_YIELDS;
        }
        r->has_yielded = 0;
        r->ready_first = (r->ready_first + 1) & (r->ready_cap - 1);
        r->ready_n--;
        if (make_step(r, e.frame, e.step) < 0)
            return -1;
        if (RARE(r->journal) && ++r->unkept && snapshot_is_due(r))
            r->must_keep |= KEEP_DUE;
        if (RARE(r->heap.arena.used > r->collect_at) && run_collect(r) < 0)
            return -1;
        if (RARE(r->timers.n) && is_time(r) && wait_fire(r) < 0)
            return -1;
        if (RARE(r->postponed) && signal_settle(r) < 0)
            return -1;
        if (RARE(r->must_keep) && keep_state(r) < 0)
            return -1;
    }
    return READY_NONE;
}

/* The same; and signals that came too early come now. */
static int drive_ready(kiln_run *r, unsigned long long *most)
{
    int more;

    while ((more = make_ready(r, most)) == READY_NONE && r->postponed && !r->broken
           && !signal_is_early(r))
        if (signal_settle(r) < 0)
            return -1;
    if (more == READY_NONE && !signal_is_early(r))
        r->behind = 0;
    return more;
}

/* What is known to be over, and has still to end. */
static int is_replaying(const kiln_run *r)
{
    return r->timers.n && r->timers.at[0]->due < 0;
}

/* A run of the past is there when it has made use of all that is known, before its next step. */
static int drive_past(kiln_run *r)
{
    while (!r->broken && r->status == KILN_RUNNING
           && (is_replaying(r) || (journal_n_left(r->journal) && r->ready_n))) {
        unsigned long long most = 1;
        int asks = journal_n_left(r->journal) && r->ready_n;

        if ((asks ? drive_ready(r, &most) : wait_fire(r)) < 0)
            break;
    }
    return r->broken ? r->broken : (int)r->status;
}

int kiln_run_drive(kiln_run *r)
{
    unsigned long long most = ULLONG_MAX;

    if (r->options.at)
        return drive_past(r);

    while (drive_ready(r, &most) == READY_NONE && r->status == KILN_RUNNING && r->timers.n)
        if (wait_sleep(r) < 0)
            break;
    if (!r->broken && r->status == KILN_RUNNING && r->journal && journal_dirty(r->journal)
        && journal_commit(r->journal) < 0)
        run_break(r, -EIO, "the store could not keep what a run waits for");
    return r->broken ? r->broken : (int)r->status;
}

int kiln_run_park(kiln_run *r)
{
    if (r->broken || !r->journal || r->status != KILN_RUNNING)
        return r->broken ? r->broken : -EINVAL;
    if (r->ready_n || r->postponed || (r->timers.n && r->timers.at[0]->due < 0))
        return -EBUSY;          /* what the journal says is over comes first */
    journal_forget(r->journal); /* what the run has not asked for by now it never will */
    snapshot_keep(r, r->timers.n ? r->timers.at[0]->due : JOURNAL_NEVER, 0);
    return r->broken;
}

/* What is ready comes first, as it did before the time was over: a resumed run is there late. (In a
 * long row of steps timers are looked at now and then.) */
static int is_due(const kiln_run *r)
{
    return !r->broken && r->status == KILN_RUNNING && !r->ready_n && r->timers.n
           && r->timers.at[0]->due <= r->io->now_ms(r->io->self);
}

int kiln_run_step(kiln_run *r, unsigned most, long long *ret_due)
{
    unsigned long long left = most;
    int more;

    r->yields = 1;
    do {
        if (is_due(r) && wait_fire(r) < 0)
            break;
        more = drive_ready(r, &left);
    } while (more == READY_NONE && is_due(r));
    r->yields = 0;
    if (r->broken)
        return r->broken;
    *ret_due = more == READY_YIELDS ? KILN_DUE_COMMIT
               : more               ? KILN_DUE_NOW
               : r->timers.n        ? r->timers.at[0]->due
                                    : KILN_DUE_NEVER;
    return (int)r->status;
}
