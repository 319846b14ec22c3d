/* zone_rule.c: the rule by which clocks change for ever after: STD offset [DST [offset] , start ,
 * end] of POSIX's TZ, with the hours of RFC 8536. Small enough to be read anew at each question. */
#include "base/civil.h"
#include "ops/datetime/zone.h"

/* A day of the year and the second of it: Mm.w.d, Jn (no leap day is counted) or n (from 0). */
struct change {
    char form;
    int month, week, day, time;
};

/* A name: three letters or more, or anything between angle brackets. */
static int skip_name(const char **s)
{
    const char *at = *s;

    if (*at == '<') {
        while (*at && *at != '>' && *at != '\n')
            at++;
        if (*at != '>')
            return -1;
        at++;
    } else {
        while ((*at | 32) >= 'a' && (*at | 32) <= 'z')
            at++;
        if (at - *s < 3)
            return -1;
    }
    *s = at;
    return 0;
}

static int scan_number(const char **s, int most, int *ret)
{
    int n = 0, digits = 0;

    for (; **s >= '0' && **s <= '9' && digits < 4; (*s)++, digits++)
        n = n * 10 + **s - '0';
    if (!digits || n > most)
        return -1;
    *ret = n;
    return 0;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static int scan_time(const char **s, int *ret)
{
    int sign = **s == '-' ? -1 : 1, part, all = 0;

    if (**s == '-' || **s == '+')
        (*s)++;
    for (int unit = 3600; unit; unit /= 60) {
        if (scan_number(s, unit == 3600 ? 167 : 59, &part) < 0)
            return -1;
        all += part * unit;
        if (**s != ':')
            break;
        (*s)++;
    }
    *ret = sign * all;
    return 0;
}

static int scan_month(const char **s, struct change *c)
{
    (*s)++;
    if (scan_number(s, 12, &c->month) < 0 || c->month < 1 || *(*s)++ != '.'
        || scan_number(s, 5, &c->week) < 0 || c->week < 1 || *(*s)++ != '.')
        return -1;
    return scan_number(s, 6, &c->day);
}

static int scan_change(const char **s, struct change *ret)
{
    struct change c = { .form = 'n', .time = 2 * 3600 };
    int failed;

    if (*(*s)++ != ',')
        return -1;
    if (**s == 'M' || **s == 'J')
        c.form = **s;
    if (c.form == 'M') {
        failed = scan_month(s, &c);
    } else {
        *s += c.form == 'J';
        failed = scan_number(s, 365, &c.day);
    }
    if (failed || (**s == '/' && ((*s)++, scan_time(s, &c.time) < 0)))
        return -1;
    *ret = c;
    return 0;
}

/* The day, in days since 1970, on which a change falls in a year. */
static long long change_day(const struct change *c, long long year)
{
    long long first = civil_days(year, 1, 1), day;
    struct civil month = { .year = year, .month = c->month, .day = 1 };

    if (c->form == 'n')
        return first + c->day;
    if (c->form == 'J') /* day 60 is the first of March in every year */
        return first + c->day - 1 + (c->day >= 60 && civil_days(year, 3, 1) - first == 60);
    day = civil_days(year, c->month, 1) + (c->day - civil_weekday(&month) % 7 + 7) % 7
          + 7 * (c->week - 1);
    while (day >= civil_days(year + c->month / 12, c->month % 12 + 1, 1))
        day -= 7;
    return day;
}

/* Summer has its place inside of the year, or, in the south, around its end. */
static int is_summer(const struct change *start, const struct change *end, long long seconds,
                     int winter, int summer)
{
    long long year = civil_at((struct moment){ seconds, 0 }, winter).year;
    long long from = change_day(start, year) * CIVIL_DAY + start->time - winter;
    long long to = change_day(end, year) * CIVIL_DAY + end->time - summer;

    return from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
}

int zone_rule_offset(const char *rule, long long seconds, int *ret)
{
    struct change start, end;
    int winter, summer;

    if (skip_name(&rule) < 0 || scan_time(&rule, &winter) < 0)
        return -1;
    winter = -winter; /* POSIX counts westwards */
    summer = winter + 3600;
    if (*rule == '\n' || !*rule) {
        *ret = winter;
        return 0;
    }
    if (skip_name(&rule) < 0)
        return -1;
    if (*rule != ',') {
        if (scan_time(&rule, &summer) < 0)
            return -1;
        summer = -summer;
    }
    if (scan_change(&rule, &start) < 0 || scan_change(&rule, &end) < 0)
        return -1;
    *ret = is_summer(&start, &end, seconds, winter, summer) ? summer : winter;
    return 0;
}
