/* civil.h: the calendar (proleptic Gregorian) and moments of time, without any state of libc.
 *
 * A moment is a point in time; a civil is what a calendar and a clock on a wall show at it, a known
 * number of seconds ahead of UTC. All dates lie within CIVIL_YEARS years of year 0, so seconds and
 * days of any of them can be added without a thought of overflow.
 */
#ifndef KILN_CIVIL_H
#define KILN_CIVIL_H

enum { CIVIL_YEARS = 262142, CIVIL_DAY = 86400 };

struct moment {
    long long seconds; /* since 1970, UTC, rounded down */
    int nanos;         /* 0 to 999,999,999 */
};

struct civil {
    long long year;
    int month, day; /* from 1 */
    int hour, minute, second, nanos;
    int offset; /* seconds ahead of UTC */
};

/* Is there such a day, and is it within the years that are calculated with? */
int civil_is_date(long long year, int month, int day);
/* Are these seconds since 1970 within them? */
int civil_is_known(long long seconds);
/* Days since 1970 of a day; `day` may lie outside of its month. */
long long civil_days(long long year, int month, int day);
/* What the wall shows at a moment. */
struct civil civil_at(struct moment m, int offset);
/* The wall's seconds since 1970, as if it were in UTC. */
long long civil_seconds(const struct civil *c);
/* So many months on or back, on the last day of the month where there is no such day. 0, or -1
 * when that is outside of the known years. */
int civil_add_months(struct civil *c, long long months);
/* 1 Monday to 7 Sunday; 1 to 366; 1 to 53 (ISO 8601). */
int civil_weekday(const struct civil *c);
int civil_day_of_year(const struct civil *c);
int civil_week(const struct civil *c);

#endif
