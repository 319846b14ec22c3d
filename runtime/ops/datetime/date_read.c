/* date_read.c: text to a moment. Each form is tried from the text's beginning, in the order of the
 * reference, and fits only when it takes the whole text. */
#include <string.h>
#include <strings.h>

#include "numeral.h"
#include "ops/datetime/date_text.h"

enum { LONGEST = 64 }; /* no date is longer */

struct scan {
    const char *s, *end;
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int skip(struct scan *in, const char *any)
{
    if (in->s == in->end || !memchr(any, *in->s, strlen(any)))
        return 0;
    in->s++;
    return 1;
}

static int skip_blanks(struct scan *in)
{
    int some = 0;

    while (skip(in, " \t\r\n"))
        some = 1;
    return some;
}

/* A number of at most `most` digits: how many it had, 0 for none. */
static int scan_number(struct scan *in, int most, int *ret)
{
    int n = 0, digits = 0;

    while (digits < most && in->s < in->end && is_digit(*in->s)) {
        n = n * 10 + *in->s++ - '0';
        digits++;
    }
    *ret = n;
    return digits;
}

/* Up to four digits, more behind a sign. How many digits, or 0. */
static int scan_year(struct scan *in, long long *ret)
{
    int minus = in->s < in->end && *in->s == '-', signed_year = skip(in, "+-"), year;
    int digits = scan_number(in, signed_year ? 6 : 4, &year);

    *ret = minus ? -year : year;
    return digits;
}

/* One of the words, by its first three letters: its index, or -1. */
static int scan_word(struct scan *in, const char *const *words, int n)
{
    if (in->end - in->s < 3)
        return -1;
    for (int i = 0; i < n; i++)
        if (!strncasecmp(in->s, words[i], 3)) {
            in->s += 3;
            return i;
        }
    return -1;
}

/* h:m:s, or h:m alone where seconds may be left out. A 60th second is the next minute's first. */
static int scan_time(struct scan *in, int needs_seconds, struct civil *c)
{
    if (!scan_number(in, 2, &c->hour) || !skip(in, ":") || !scan_number(in, 2, &c->minute))
        return -1;
    if (!skip(in, ":")) {
        if (needs_seconds)
            return -1;
    } else if (!scan_number(in, 2, &c->second)) {
        return -1;
    }
    return c->hour < 24 && c->minute < 60 && c->second <= 60 ? 0 : -1;
}

/* .123456789; digits beyond the ninth are dropped. */
static int scan_fraction(struct scan *in, struct civil *c)
{
    int digits;

    if (!skip(in, "."))
        return 0;
    digits = scan_number(in, 9, &c->nanos);
    if (!digits)
        return -1;
    for (; digits < 9; digits++)
        c->nanos *= 10;
    while (in->s < in->end && is_digit(*in->s))
        in->s++;
    return 0;
}

/* +hh:mm or +hhmm. */
static int scan_offset(struct scan *in, struct civil *c)
{
    int minus = in->s < in->end && *in->s == '-', hours, minutes;

    if (!skip(in, "+-") || scan_number(in, 2, &hours) != 2)
        return -1;
    skip(in, ":");
    if (scan_number(in, 2, &minutes) != 2 || hours > 23 || minutes > 59)
        return -1;
    c->offset = (hours * 3600 + minutes * 60) * (minus ? -1 : 1);
    return 0;
}

/* y-m-d, perhaps with a time, perhaps with an offset. */
static int read_iso(struct scan in, struct civil *c)
{
    if (!scan_year(&in, &c->year) || !skip(&in, "-") || !scan_number(&in, 2, &c->month)
        || !skip(&in, "-") || !scan_number(&in, 2, &c->day))
        return -1;
    if (in.s == in.end)
        return 0;
    if (!skip(&in, "Tt ") || scan_time(&in, 1, c) < 0 || scan_fraction(&in, c) < 0)
        return -1;
    if (in.s < in.end && !skip(&in, "Zz") && scan_offset(&in, c) < 0)
        return -1;
    return in.s == in.end ? 0 : -1;
}

/* +hhmm, or one of the names RFC 2822 still knows. */
static int scan_mail_zone(struct scan *in, struct civil *c)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = { { "GMT", 0 },  { "EST", -5 }, { "EDT", -4 }, { "CST", -6 },
                  { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 }, { "PST", -8 },
                  { "PDT", -7 }, { "UT", 0 },   { "Z", 0 } };

    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        size_t n = strlen(zones[i].name);

        if ((size_t)(in->end - in->s) == n && !strncasecmp(in->s, zones[i].name, n)) {
            in->s += n;
            c->offset = zones[i].hours * 3600;
            return 0;
        }
    }
    return scan_offset(in, c);
}

/* Wed, 31 Jan 2024 12:34:56 +0000: the weekday, when given, must be that of the day. */
static int read_mail(struct scan in, struct civil *c)
{
    int weekday = scan_word(&in, date_weekdays, 7), year, digits;

    if (weekday >= 0 && !skip(&in, ","))
        return -1;
    skip_blanks(&in);
    if (!scan_number(&in, 2, &c->day) || !skip_blanks(&in))
        return -1;
    c->month = scan_word(&in, date_months, 12) + 1;
    if (!c->month || !skip_blanks(&in))
        return -1;
    digits = scan_number(&in, 4, &year);
    if (digits < 2 || !skip_blanks(&in) || scan_time(&in, 0, c) < 0 || !skip_blanks(&in)
        || scan_mail_zone(&in, c) < 0 || in.s < in.end)
        return -1;
    c->year = digits == 4 ? year : digits == 2 && year < 50 ? 2000 + year : 1900 + year;
    if (!civil_is_date(c->year, c->month, c->day))
        return -1;
    return weekday < 0 || civil_weekday(c) == weekday + 1 ? 0 : -1;
}

/* m/d/y before d/m/y, and d.m.y. Two digits from 70 on are of the last century. */
static int read_short(struct scan in, struct civil *c)
{
    int first, second, digits;
    char mark;

    if (!scan_number(&in, 2, &first) || in.s == in.end)
        return -1;
    mark = *in.s;
    if (!skip(&in, "/.") || !scan_number(&in, 2, &second) || in.s == in.end || *in.s++ != mark)
        return -1;
    digits = scan_year(&in, &c->year);
    if (!digits)
        return -1;
    if (digits <= 2)
        c->year += c->year < 70 ? 2000 : 1900;
    if (in.s < in.end && (!skip_blanks(&in) || scan_time(&in, 1, c) < 0 || in.s < in.end))
        return -1;
    c->month = mark == '/' ? first : second;
    c->day = mark == '/' ? second : first;
    if (mark == '/' && !civil_is_date(c->year, c->month, c->day)) {
        c->month = second;
        c->day = first;
    }
    return 0;
}

int date_is_milliseconds(long long timestamp)
{
    return timestamp > 1000000000000;
}

long long date_milliseconds(struct moment m)
{
    return m.seconds * 1000 + m.nanos / 1000000;
}

int date_from_unix(long long timestamp, int is_milliseconds, struct moment *ret)
{
    struct moment m = { timestamp, 0 };

    if (is_milliseconds) {
        int rest = (int)(timestamp % 1000);

        m.seconds = timestamp / 1000 - (rest < 0);
        m.nanos = (rest < 0 ? rest + 1000 : rest) * 1000000;
    }
    if (!civil_is_known(m.seconds))
        return -1;
    *ret = m;
    return 0;
}

int date_read(const char *s, size_t n, struct moment *ret)
{
    static int (*const forms[])(struct scan in, struct civil * c) = { read_iso, read_mail,
                                                                      read_short };
    struct scan in = { s, s + n };
    long long timestamp;

    skip_blanks(&in);
    while (in.end > in.s && strchr(" \t\r\n", in.end[-1]))
        in.end--;
    if (in.end - in.s > LONGEST)
        return -1;
    if (numeral_integer(in.s, (size_t)(in.end - in.s), &timestamp) == 0)
        return date_from_unix(timestamp, date_is_milliseconds(timestamp), ret);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct civil c = { 0 };

        if (forms[i](in, &c) < 0 || !civil_is_date(c.year, c.month, c.day))
            continue;
        *ret = (struct moment){ civil_seconds(&c) - c.offset, c.nanos };
        return civil_is_known(ret->seconds) ? 0 : -1;
    }
    return -1;
}
