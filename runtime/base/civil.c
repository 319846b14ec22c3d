/* civil.c: days and dates. The year is taken to begin in March, so that a leap day is its last. */
#include "civil.h"

enum { DAYS_400_YEARS = 146097, DAYS_0000_TO_1970 = 719468 };

static long long divide_down(long long a, long long b)
{
    return a / b - (a % b < 0);
}

static int is_leap(long long year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(long long year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return days[month - 1] + (month == 2 && is_leap(year));
}

int civil_is_date(long long year, int month, int day)
{
    return year >= -CIVIL_YEARS && year <= CIVIL_YEARS && month >= 1 && month <= 12 && day >= 1
           && day <= month_days(year, month);
}

long long civil_days(long long year, int month, int day)
{
    long long y = month > 2 ? year : year - 1, era = divide_down(y, 400), of_era = y - era * 400;
    int from_march = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;

    return era * DAYS_400_YEARS + of_era * 365 + of_era / 4 - of_era / 100 + from_march + day - 1
           - DAYS_0000_TO_1970;
}

int civil_is_known(long long seconds)
{
    return seconds >= civil_days(-CIVIL_YEARS, 1, 1) * CIVIL_DAY
           && seconds < civil_days(CIVIL_YEARS + 1, 1, 1) * CIVIL_DAY;
}

static void set_date(struct civil *c, long long days)
{
    long long from_0000 = days + DAYS_0000_TO_1970, era = divide_down(from_0000, DAYS_400_YEARS);
    int day = (int)(from_0000 - era * DAYS_400_YEARS);
    int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;

    c->day = of_year - (153 * month + 2) / 5 + 1;
    c->month = month < 10 ? month + 3 : month - 9;
    c->year = year + era * 400 + (c->month <= 2);
}

struct civil civil_at(struct moment m, int offset)
{
    long long seconds = m.seconds + offset, days = divide_down(seconds, CIVIL_DAY);
    int of_day = (int)(seconds - days * CIVIL_DAY);
    struct civil c = { .hour = of_day / 3600,
                       .minute = of_day / 60 % 60,
                       .second = of_day % 60,
                       .nanos = m.nanos,
                       .offset = offset };

    set_date(&c, days);
    return c;
}

long long civil_seconds(const struct civil *c)
{
    return civil_days(c->year, c->month, c->day) * CIVIL_DAY + c->hour * 3600LL + c->minute * 60LL
           + c->second;
}

int civil_add_months(struct civil *c, long long months)
{
    long long limit = 24LL * CIVIL_YEARS, sum;
    int most;

    if (months < -limit || months > limit)
        return -1;
    sum = c->year * 12 + c->month - 1 + months;
    c->year = divide_down(sum, 12);
    c->month = (int)(sum - c->year * 12) + 1;
    most = month_days(c->year, c->month);
    if (c->day > most)
        c->day = most;
    return civil_is_date(c->year, c->month, c->day) ? 0 : -1;
}

int civil_weekday(const struct civil *c)
{
    long long days = civil_days(c->year, c->month, c->day) + 3; /* 1970-01-01 was a Thursday */

    return (int)(days - divide_down(days, 7) * 7) + 1;
}

int civil_day_of_year(const struct civil *c)
{
    return (int)(civil_days(c->year, c->month, c->day) - civil_days(c->year, 1, 1)) + 1;
}

/* The week of a day is that of its Thursday, and the year's first week has its first Thursday. */
int civil_week(const struct civil *c)
{
    long long thursday = civil_days(c->year, c->month, c->day) + 4 - civil_weekday(c);
    struct civil at = { 0 };

    set_date(&at, thursday);
    return (civil_day_of_year(&at) - 1) / 7 + 1;
}
