/* timer.c: the alarms of a run (timer.h). */
#include "timer.h"

#include <errno.h>
#include <limits.h>

void timer_stop(kiln_run *r, struct timer *t)
{
    alarm_stop(&r->timers, &t->alarm);
}

long long timer_due_in(const kiln_run *r, unsigned long long ms)
{
    long long now = run_now(r);

    if (now > 0 && ms >= (unsigned long long)(LLONG_MAX - now))
        return LLONG_MAX;
    return ms > LLONG_MAX ? LLONG_MAX : now + (long long)ms;
}

int timer_set(kiln_run *r, struct timer *t, long long due)
{
    if (alarm_set(&r->timers, &t->alarm, due) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return 0;
}

int timer_restore(kiln_run *r, struct timer *t, long long due, unsigned long long turn)
{
    if (alarm_restore(&r->timers, &t->alarm, due, turn) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return 0;
}

int timer_start(kiln_run *r, struct timer *t, unsigned long long ms)
{
    return timer_set(r, t, timer_due_in(r, ms));
}
