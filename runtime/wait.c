/* wait.c: steps that wait: for a time, for a signal, for another try, or against a deadline.
 *
 * A step that waits is under way and costs no thread: it leaves a note of what is to happen with it
 * and a timer in the run's heap. When nothing else is ready the loop sleeps until the first timer
 * is due, so whatever waits in one run waits at the same time.
 */
#include "wait.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

/* ---- timers: a heap, the earliest first; of equal times the one set first ---- */

static int is_before(const struct timer *a, const struct timer *b)
{
    return a->due < b->due || (a->due == b->due && a->turn < b->turn);
}

static void place(kiln_run *r, size_t at, struct timer *t)
{
    r->timers.at[at] = t;
    t->at = at + 1;
}

static void sift_up(kiln_run *r, size_t at, struct timer *t)
{
    while (at && is_before(t, r->timers.at[(at - 1) / 2])) {
        place(r, at, r->timers.at[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(r, at, t);
}

static void sift_down(kiln_run *r, size_t at, struct timer *t)
{
    for (;;) {
        size_t child = 2 * at + 1;

        if (child + 1 < r->timers.n && is_before(r->timers.at[child + 1], r->timers.at[child]))
            child++;
        if (child >= r->timers.n || is_before(t, r->timers.at[child]))
            break;
        place(r, at, r->timers.at[child]);
        at = child;
    }
    place(r, at, t);
}

static void stop(kiln_run *r, struct timer *t)
{
    size_t at = t->at - 1;
    struct timer *last;

    if (!t->at)
        return;
    t->at = 0;
    last = r->timers.at[--r->timers.n];
    if (last == t)
        return;
    sift_up(r, at, last);
    sift_down(r, last->at - 1, last);
}

static int start(kiln_run *r, struct timer *t, unsigned long long ms)
{
    long long now = r->io->now_ms(r->io->self);

    stop(r, t);
    t->due = ms < (unsigned long long)(LLONG_MAX - now) ? now + (long long)ms : LLONG_MAX;
    t->turn = r->timer_turn++;
    if (list_push(&r->timers, t) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    sift_up(r, r->timers.n - 1, t);
    return 0;
}

/* ---- what a step waits for ---- */

static struct wait *find(const struct frame *f, unsigned step)
{
    struct wait *w = f->waits;

    while (w && w->step != step)
        w = w->next;
    return w;
}

static struct wait *need(struct frame *f, unsigned step)
{
    struct wait *w = find(f, step);

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
        stop(f->run, &w->wake);
        stop(f->run, &w->deadline);
        free(w);
    }
}

int wait_begin(kiln_run *r, struct frame *f, unsigned step)
{
    struct wait *w = find(f, step);

    if (w) /* another try: the time runs on */
        return 0;
    w = need(f, step);
    return w ? start(r, &w->deadline, f->flow->steps[step].policy->timeout) : -1;
}

int wait_is_late(kiln_run *r, struct frame *f, unsigned step)
{
    const struct wait *w = find(f, step);

    return w && w->deadline.at && r->io->now_ms(r->io->self) >= w->deadline.due;
}

int wait_time(kiln_run *r, struct frame *f, unsigned step, unsigned long long ms,
              const kiln_value *result, const kiln_value *scratch)
{
    struct wait *w = need(f, step);

    if (!w)
        return -1;
    w->kind = WAIT_TIME;
    w->result = *result;
    w->scratch = *scratch;
    return start(r, &w->wake, ms);
}

int wait_signal(kiln_run *r, struct frame *f, unsigned step, const kiln_value *what)
{
    struct wait *w = need(f, step);
    kiln_value ms = value_member(what, "timeout");
    double d;

    if (!w)
        return -1;
    w->kind = WAIT_SIGNAL;
    w->result = *what;
    if (ms.tag != KILN_INT && ms.tag != KILN_DOUBLE)
        return 0;
    d = value_number(&ms);
    return start(r, &w->deadline, d > 0 ? (unsigned long long)d : 0);
}

struct wait *wait_find_signal(const struct frame *f, const kiln_value *name)
{
    for (struct wait *w = f->waits; w; w = w->next) {
        kiln_value id, step;

        if (w->kind != WAIT_SIGNAL)
            continue;
        id = value_member(&w->result, "id");
        step = value_member(&w->result, "step");
        if (value_equal(&id, name) || value_equal(&step, name))
            return w;
    }
    return NULL;
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

int wait_again(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error)
{
    const kiln_policy *policy = f->flow->steps[step].policy;
    unsigned long long ms;
    struct wait *w;

    if (!policy || wait_is_late(r, f, step))
        return 0;
    if (!(w = need(f, step)))
        return -1;
    if (!retry_after(&policy->retry, error, &w->tries, &ms))
        return 0;
    run_trace(r, KILN_EVENT_RETRY, &f->flow->steps[step], error);
    w->kind = WAIT_AGAIN;
    return start(r, &w->wake, ms) < 0 ? -1 : 1;
}

/* ---- when the time has come ---- */

/* The step's time is up: what it has under way is given up. */
static int expire(kiln_run *r, struct wait *w)
{
    struct frame *f = w->frame;
    unsigned step = w->step;

    frame_clear(f, step, step);
    return run_fail(r, f, step, f->flow->steps[step].policy->late);
}

static int fire(kiln_run *r, struct timer *t)
{
    struct wait *w = t->wait;
    kiln_value result = w->result, scratch = w->scratch; /* w goes when the step is done */
    enum wait_kind kind = w->kind;

    stop(r, t);
    if (t == &w->deadline)
        return expire(r, w);
    w->kind = WAIT_NOT;
    if (kind == WAIT_AGAIN)
        return run_enqueue(r, w->frame, w->step);
    return task_done(r, w->frame, w->step, &result, &scratch);
}

int wait_fire(kiln_run *r)
{
    long long now = r->io->now_ms(r->io->self);

    while (r->status == KILN_RUNNING && r->timers.n && r->timers.at[0]->due <= now)
        if (fire(r, r->timers.at[0]) < 0)
            return -1;
    return 0;
}

int wait_sleep(kiln_run *r)
{
    long long now = r->io->now_ms(r->io->self);

    if (r->timers.at[0]->due > now)
        r->io->sleep_ms(r->io->self, (unsigned long long)(r->timers.at[0]->due - now));
    return wait_fire(r);
}
