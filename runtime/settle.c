/* settle.c: a run that was restored learns what the journal has of it since.
 *
 * Steps that are still to begin find their records themselves, as in any resumed run. Those that
 * were under way in the state are looked up here: one that is known to have ended ends in the order
 * of the records, one that was tried again goes on with that try.
 */
#include "settle.h"

#include "signals.h"
#include "wait.h"

/* What the state has of the step is given up, but for how often it was tried. */
static struct wait *give_up(struct frame *f, unsigned step)
{
    const struct wait *was = wait_find(f, step);
    struct retry_state tries = was ? was->tries : (struct retry_state){ 0 };
    struct wait *w;

    frame_clear(f, step, step);
    if ((w = wait_need(f, step)))
        w->tries = tries;
    return w;
}

/* Its try failed. */
static int try_again(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *found)
{
    struct wait *w;

    if (!give_up(f, step) || !(w = wait_take_up(r, f, step, &found->wait)))
        return -1;
    w->kind = WAIT_AGAIN;
    task_use(r, f, step);
    return timer_set(r, &w->wake, found->wait.wake);
}

/* A child that ended in time has its end from its own steps. */
static int is_only_in_time(const struct frame *f, unsigned step, const struct journal_found *found)
{
    return found->kind == JOURNAL_DONE && f->flow->steps[step].kind->flow;
}

static int is_under_way(const struct frame *f, unsigned step, const struct wait *w)
{
    return (w && w->kind != WAIT_NOT) || frame_count(f, step, step);
}

static int settle_step(kiln_run *r, struct frame *f, unsigned step)
{
    struct journal_found found;
    struct wait *w = wait_find(f, step);
    int known = task_find(r, f, step, &found);

    if (known <= 0 || !is_under_way(f, step, w) || found.kind == JOURNAL_INTENT)
        return known < 0 ? -1 : 0;
    if (w && w->kind == WAIT_NOT && !f->flow->steps[step].kind->flow) {
        w->recalled = WAIT_RECALLED; /* ready: it finds its records in its turn */
        return 0;
    }
    if (found.began.moment)
        return give_up(f, step) ? wait_recall_try(r, f, step, &found) : -1;
    if (found.kind == JOURNAL_WAIT && found.wait.kind == WAIT_AGAIN)
        return try_again(r, f, step, &found);
    if (found.kind == JOURNAL_WAIT && found.wait.kind != WAIT_TIME)
        return 0;
    if (found.kind == JOURNAL_FAILED && f->flow->steps[step].kind->flow)
        return wait_recall_late(r, f, step, &found);
    if (is_only_in_time(f, step, &found)) {
        if (w)
            timer_stop(r, &w->deadline);
        return 0;
    }
    frame_clear(f, step, step);
    return task_take(r, f, step, &found, 1);
}

static int settle_frame(kiln_run *r, struct frame *f)
{
    for (struct wait *w = f->waits, *next; w; w = next) {
        next = w->next;
        if (settle_step(r, f, w->step) < 0)
            return -1;
    }
    for (unsigned i = 0; i < f->flow->n_steps; i++)
        if (f->flow->steps[i].kind->policy && f->flow->steps[i].kind->flow && !wait_find(f, i)
            && settle_step(r, f, i) < 0)
            return -1;
    return 0;
}

int settle_run(kiln_run *r)
{
    struct frame *f = r->live;

    while (f && f->next)
        f = f->next;
    for (; f; f = f->prev) /* what is given up is newer than who gives it up */
        if (settle_frame(r, f) < 0)
            return -1;
    return signal_settle(r);
}
