/* timer.c: a heap of timers, the earliest first; of equal times the one set first. */
#include "timer.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

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

void timer_stop(kiln_run *r, struct timer *t)
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

long long timer_due_in(const kiln_run *r, unsigned long long ms)
{
    long long now = r->io->now_ms(r->io->self);

    if (now > 0 && ms >= (unsigned long long)(LLONG_MAX - now))
        return LLONG_MAX;
    return ms > LLONG_MAX ? LLONG_MAX : now + (long long)ms;
}

int timer_set(kiln_run *r, struct timer *t, long long due)
{
    timer_stop(r, t);
    return timer_restore(r, t, due, r->timer_turn++);
}

int timer_restore(kiln_run *r, struct timer *t, long long due, unsigned long long turn)
{
    t->due = due;
    t->turn = turn;
    if (list_push(&r->timers, t) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    sift_up(r, r->timers.n - 1, t);
    return 0;
}

int timer_start(kiln_run *r, struct timer *t, unsigned long long ms)
{
    return timer_set(r, t, timer_due_in(r, ms));
}
