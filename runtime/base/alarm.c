/* alarm.c: a heap of alarms (alarm.h). */
#include "alarm.h"

#include <limits.h>
#include <stdlib.h>

#include "list.h"

static int is_before(const struct alarm *a, const struct alarm *b)
{
    return a->due < b->due || (a->due == b->due && a->turn < b->turn);
}

static void place(struct alarms *all, size_t at, struct alarm *a)
{
    all->at[at] = a;
    a->at = at + 1;
}

static void sift_up(struct alarms *all, size_t at, struct alarm *a)
{
    while (at && is_before(a, all->at[(at - 1) / 2])) {
        place(all, at, all->at[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(all, at, a);
}

static void sift_down(struct alarms *all, size_t at, struct alarm *a)
{
    for (;;) {
        size_t child = 2 * at + 1;

        if (child + 1 < all->n && is_before(all->at[child + 1], all->at[child]))
            child++;
        if (child >= all->n || is_before(a, all->at[child]))
            break;
        place(all, at, all->at[child]);
        at = child;
    }
    place(all, at, a);
}

void alarm_stop(struct alarms *all, struct alarm *a)
{
    size_t at = a->at - 1;
    struct alarm *last;

    if (!a->at)
        return;
    a->at = 0;
    last = all->at[--all->n];
    if (last == a)
        return;
    sift_up(all, at, last);
    sift_down(all, last->at - 1, last);
}

int alarm_restore(struct alarms *all, struct alarm *a, long long due, unsigned long long turn)
{
    a->due = due;
    a->turn = turn;
    if (list_push(all, a) < 0)
        return -1;
    sift_up(all, all->n - 1, a);
    return 0;
}

int alarm_set(struct alarms *all, struct alarm *a, long long due)
{
    alarm_stop(all, a);
    return alarm_restore(all, a, due, all->turn++);
}

long long alarm_moved(long long due, long long units)
{
    long long moved;

    if (due < 0 || due == LLONG_MAX)
        return due;
    if (__builtin_add_overflow(due, units, &moved))
        return units < 0 ? 0 : LLONG_MAX;
    return moved < 0 ? 0 : moved;
}

/* Different times may have become the same one, whose order is that of the turns. */
void alarms_move(struct alarms *all, long long units)
{
    for (size_t i = 0; i < all->n; i++) {
        all->at[i]->due = alarm_moved(all->at[i]->due, units);
        sift_up(all, i, all->at[i]);
    }
}

struct alarm *alarm_first(const struct alarms *all)
{
    return all->n ? all->at[0] : NULL;
}

void alarms_fini(struct alarms *all)
{
    list_fini(all);
}
