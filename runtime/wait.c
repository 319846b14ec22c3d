/* wait.c: steps that wait: for a time, for a signal, for another try, or against a deadline.
 *
 * A step that waits is under way and costs no thread: it leaves a note of what is to happen with it
 * and a timer in the run's heap. When nothing else is ready the loop sleeps until the first timer
 * is due, so whatever waits in one run waits at the same time. With a store the note is a record as
 * well, with times and not with durations: a run that was away for a week is not late by a week.
 */
#include "wait.h"

#include <errno.h>
#include <stdlib.h>

#include "signals.h"

/* ---- notes ---- */

struct wait *wait_find(const struct frame *f, unsigned step)
{
    struct wait *w = f->waits;

    while (w && w->step != step)
        w = w->next;
    return w;
}

struct wait *wait_need(struct frame *f, unsigned step)
{
    struct wait *w = wait_find(f, step);

    if (w)
        return w;
    if (!(w = calloc(1, sizeof *w))) {
        run_break(f->run, -ENOMEM, "out of memory");
        return NULL;
    }
    w->frame = f;
    w->step = step;
    w->wake.wait = w->deadline.wait = w;
    w->next = f->waits;
    f->waits = w;
    return w;
}

void wait_end(struct frame *f, unsigned from, unsigned to)
{
    for (struct wait **at = &f->waits, *w; (w = *at);) {
        if (w->step < from || w->step > to) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        timer_stop(f->run, &w->wake);
        timer_stop(f->run, &w->deadline);
        free(w);
    }
}

unsigned wait_count(const struct frame *f, unsigned from, unsigned to)
{
    unsigned n = 0;

    for (const struct wait *w = f->waits; w; w = w->next)
        n += w->step >= from && w->step <= to && w->kind != WAIT_NOT;
    return n;
}

void wait_visit(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx)
{
    for (struct wait *w = f->waits; w; w = w->next) {
        visit(ctx, &w->result);
        visit(ctx, &w->scratch);
    }
}

/* ---- records ---- */

static int is_recorded(const kiln_run *r, const struct frame *f, unsigned step)
{
    const kiln_step *s = &f->flow->steps[step];

    return r->journal && (s->kind->flags & KILN_STEP_JOURNAL || s->kind->policy);
}

/* Keeps the note in the journal, if the step has one there. */
int wait_keep(kiln_run *r, const struct wait *w, unsigned long long signal,
              unsigned long long moment)
{
    struct journal_wait note = { .kind = w->kind,
                                 .failures = w->tries.failures,
                                 .waited = w->tries.waited,
                                 .has_wake = !!w->wake.alarm.at,
                                 .has_deadline = !!w->deadline.alarm.at,
                                 .wake = w->wake.alarm.due,
                                 .deadline = w->deadline.alarm.due,
                                 .signal = signal,
                                 .moment = moment };
    int has_result = w->kind == WAIT_TIME;
    struct journal_place at;

    if (!is_recorded(r, w->frame, w->step))
        return 0;
    if (frame_place(w->frame, w->step, &at) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (journal_append_wait(r->journal, &at, &note, has_result ? &w->result : NULL,
                            has_result ? &w->scratch : NULL)
        < 0)
        return run_break(r, -EIO, "the store could not keep what a step waits for");
    return 0;
}

int wait_keep_end(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error)
{
    const struct wait *w = wait_find(f, step);

    if (f->flow->steps[step].kind->flow) /* how it ended its own steps say */
        error = NULL;
    if (!w || !w->deadline.alarm.at || !r->journal
        || f->flow->steps[step].kind->flags & KILN_STEP_JOURNAL)
        return 0;
    return task_record(r, f, step, error ? JOURNAL_FAILED : JOURNAL_DONE, error, NULL);
}

/* ---- the step begins ---- */

static int begin_new(kiln_run *r, struct frame *f, unsigned step)
{
    unsigned long long ms = f->flow->steps[step].kind->policy->timeout;
    struct wait *w;

    if (!ms)
        return 0;
    if (!(w = wait_need(f, step)) || timer_start(r, &w->deadline, ms) < 0)
        return -1;
    return wait_keep(r, w, 0, 0);
}

static int recall_failure(kiln_run *r, struct frame *f, unsigned step,
                          const struct journal_found *was)
{
    if (f->flow->steps[step].kind->flow)
        return wait_recall_late(r, f, step, was);
    task_use(r, f, step);
    return (was->moment ? wait_recall(r, f, step, was) : run_fail(r, f, step, &was->value)) < 0 ? -1
                                                                                                : 1;
}

/* Whether the newest try that the journal knows of is this one. */
static int is_this_try(const struct wait *w, const struct journal_found *was)
{
    return w && w->tries.failures == was->began.tries.failures
           && w->tries.waited == was->began.tries.waited;
}

int wait_begin(kiln_run *r, struct frame *f, unsigned step)
{
    struct wait *w = wait_find(f, step);
    struct journal_found was;
    int known;

    if (w && w->recalled != WAIT_RECALLED) /* another try: the time runs on */
        return 0;
    if ((known = task_find(r, f, step, &was)) < 0)
        return -1;
    if (w)
        w->recalled = WAIT_NEW;
    if (known && was.began.moment && !is_this_try(w, &was))
        return wait_recall_try(r, f, step, &was) < 0 ? -1 : 1;
    if (!known || was.kind == JOURNAL_INTENT)
        return w ? 0 : begin_new(r, f, step);
    if (was.kind == JOURNAL_WAIT)
        return wait_recall_again(r, f, step, &was);
    return was.kind == JOURNAL_FAILED ? recall_failure(r, f, step, &was) : 0; /* else in time */
}

int wait_is_late(kiln_run *r, struct frame *f, unsigned step)
{
    const struct wait *w = wait_find(f, step);

    return w && w->deadline.alarm.at && run_now(r) >= w->deadline.alarm.due;
}

/* ---- the step waits ---- */

static struct wait *set(struct frame *f, unsigned step, enum wait_kind kind,
                        const kiln_value *result, const kiln_value *scratch)
{
    struct wait *w = wait_need(f, step);

    if (!w)
        return NULL;
    w->kind = kind;
    w->result = *result;
    w->scratch = scratch ? *scratch : (kiln_value){ 0 };
    w->recalled = WAIT_NEW;
    return w;
}

int wait_time(kiln_run *r, struct frame *f, unsigned step, unsigned long long ms,
              const kiln_value *result, const kiln_value *scratch)
{
    struct wait *w = set(f, step, WAIT_TIME, result, scratch);

    return w && timer_start(r, &w->wake, ms) == 0 ? wait_keep(r, w, 0, 0) : -1;
}

int wait_recall(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *found)
{
    struct wait *w = set(f, step, WAIT_TIME, &found->value, &found->scratch);

    if (!w)
        return -1;
    if (found->kind == JOURNAL_WAIT)
        return timer_set(r, &w->wake, found->wait.wake);
    w->recalled = found->kind == JOURNAL_FAILED ? WAIT_RECALLED_FAILED : WAIT_RECALLED;
    w->moment = found->moment;
    w->ended_at = found->at;
    timer_stop(r, &w->deadline);
    return timer_set(r, &w->wake, TIMER_REPLAY + (long long)found->sequence);
}

int wait_signal(kiln_run *r, struct frame *f, unsigned step, enum wait_kind kind,
                const kiln_value *what, const struct journal_found *found)
{
    struct wait *w = set(f, step, kind, what, NULL);
    kiln_value ms = value_member(what, "timeout");
    double d = value_number(&ms);

    if (!w)
        return -1;
    if (found && found->kind == JOURNAL_WAIT)
        return found->wait.has_deadline ? timer_set(r, &w->deadline, found->wait.deadline) : 0;
    if (ms.tag != KILN_INT && ms.tag != KILN_DOUBLE)
        return 0;
    if (timer_start(r, &w->deadline,
                    d > 0 ? d < 1e15 ? (unsigned long long)d : 1000000000000000 : 0)
        < 0)
        return -1;
    return wait_keep(r, w, 0, 0);
}

struct wait *wait_find_signal(const struct frame *f, const kiln_value *name)
{
    for (struct wait *w = f->waits; w; w = w->next) {
        kiln_value id, step;

        if (w->kind != WAIT_SIGNAL && w->kind != WAIT_DOUBT)
            continue;
        id = value_member(&w->result, "id");
        step = value_member(&w->result, "step");
        if (value_equal(&id, name) || value_equal(&step, name))
            return w;
    }
    return NULL;
}

int wait_is_doubt(const struct frame *f, unsigned step)
{
    const struct wait *w = wait_find(f, step);

    return w && w->kind == WAIT_DOUBT;
}

int wait_aside(struct frame *f, unsigned step)
{
    const kiln_value none = { 0 };

    return set(f, step, WAIT_ASIDE, &none, NULL) ? 0 : -1;
}

/* ---- when the time has come ---- */

/* The step's time is up: what it has under way is given up. */
static int expire(kiln_run *r, struct wait *w)
{
    struct frame *f = w->frame;
    unsigned step = w->step;
    const kiln_value *late = f->flow->steps[step].kind->policy->late;

    if (r->journal && w->recalled != WAIT_RECALLED_LATE
        && task_record(r, f, step, JOURNAL_FAILED, late, NULL) < 0)
        return -1;
    frame_clear(f, step, step);
    return run_fail(r, f, step, late);
}

static int fire(kiln_run *r, struct timer *t)
{
    struct wait *w = t->wait;
    kiln_value result = w->result, scratch = w->scratch; /* w goes when the step is done */
    enum wait_kind kind = w->kind;

    timer_stop(r, t);
    if (t == &w->deadline)
        return expire(r, w);
    w->kind = WAIT_NOT;
    if (kind == WAIT_AGAIN)
        return wait_try_now(r, w);
    if (w->recalled == WAIT_RECALLED_FAILED)
        return run_fail(r, w->frame, w->step, &result);
    if (w->recalled)
        return run_complete(r, w->frame, w->step, &result, -1);
    return task_done(r, w->frame, w->step, &result, &scratch);
}

static struct timer *first_timer(const kiln_run *r)
{
    return r->status == KILN_RUNNING && r->timers.n ? (struct timer *)r->timers.at[0] : NULL;
}

int wait_is_over(const kiln_run *r)
{
    const struct timer *t = first_timer(r);

    return t && t->alarm.due < 0
           && ((t->wait->moment && t->wait->moment <= run_moment(r)) || r->behind < RUN_BEHIND);
}

/* Between two moments steps were made, so they are made before the next one now. Sets when the last
 * of those that have this moment ended. */
static int fire_known(kiln_run *r, long long *ret_ended_at)
{
    struct timer *t = first_timer(r);
    unsigned long long moment = t->wait->moment;

    if (moment > run_moment(r)) /* steps of older tries are missing */
        r->made += moment - run_moment(r);
    do {
        *ret_ended_at = t->wait->ended_at;
        if (fire(r, t) < 0)
            return -1;
        t = first_timer(r);
    } while (moment && t && t->alarm.due < 0 && t->wait->moment == moment);
    return 0;
}

int wait_fire_known(kiln_run *r)
{
    long long ended_at;

    return fire_known(r, &ended_at);
}

static int fire_due(kiln_run *r, long long until)
{
    for (struct timer *t; (t = first_timer(r)) && t->alarm.due <= until;)
        if (fire(r, t) < 0)
            return -1;
    return 0;
}

/* Of what ended at one moment the journal may have lost a part: it was due then, and is so now. */
int wait_fire(kiln_run *r)
{
    const struct timer *t = first_timer(r);
    long long now = run_now(r), then;

    if (!t || t->alarm.due >= 0)
        return fire_due(r, now);
    if (fire_known(r, &then) < 0)
        return -1;
    t = first_timer(r);
    return r->options.at || !t || t->alarm.due < 0 ? 0 : fire_due(r, then < now ? then : now);
}

/* Whoever sleeps has written down until when. */
int wait_sleep(kiln_run *r)
{
    long long now = r->io->now_ms(r->io->self);

    if (r->timers.at[0]->due > now) {
        if (r->journal && journal_dirty(r->journal) && journal_commit(r->journal) < 0)
            return run_break(r, -EIO, "the store could not keep what a run waits for");
        r->io->sleep_ms(r->io->self, (unsigned long long)(r->timers.at[0]->due - now));
    }
    return wait_fire(r);
}
