/* alarm.h: moments at which something is to happen: a heap, the earliest first; of equal times the
 * one set first.
 *
 * An alarm is a part of whatever it is for, so setting one makes no memory of its own:
 *
 *     struct tea { struct alarm ready; ... } tea = { 0 };
 *     alarm_set(&alarms, &tea.ready, now + 180000);
 */
#ifndef KILN_ALARM_H
#define KILN_ALARM_H

#include <stddef.h>

/* All zero, it is not set. */
struct alarm {
    long long due;           /* in whatever units its owner counts */
    unsigned long long turn; /* of equal times the smaller goes first */
    size_t at;               /* its place in the heap + 1; 0 when it is not set */
};

/* All zero, there are none. */
struct alarms {
    struct alarm **at; /* at[0] is the first */
    size_t n, cap;
    unsigned long long turn;
};

/* Sets an alarm, anew if it is set. 0, or -1 when memory is out; then it is not set. */
int alarm_set(struct alarms *all, struct alarm *a, long long due);
/* The same with a turn it had before; it must not be set. */
int alarm_restore(struct alarms *all, struct alarm *a, long long due, unsigned long long turn);
void alarm_stop(struct alarms *all, struct alarm *a);
/* All that have a time from 0 on have it so many units later. */
void alarms_move(struct alarms *all, long long units);
/* Such a time. What has no end stays so. */
long long alarm_moved(long long due, long long units);
/* The first, or NULL. */
struct alarm *alarm_first(const struct alarms *all);
void alarms_fini(struct alarms *all);

#endif
