/* date_write.c: a wall's date as text. Every token of a format stands for one letter of strftime,
 * and the letters are written by one function. */
#include <string.h>

#include "ops/datetime/date_text.h"

const char *const date_months[12] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };
const char *const date_weekdays[7] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday" };

/* The longest first. L (milliseconds) and : (an offset with a colon) are letters of our own. */
static const struct {
    const char *token;
    char letter;
} tokens[] = { { "yyyy", 'Y' }, { "MMMM", 'B' }, { "EEEE", 'A' }, { "MMM", 'b' }, { "EEE", 'a' },
               { "SSS", 'L' },  { "ZZZ", ':' },  { "yy", 'y' },   { "MM", 'm' },  { "dd", 'd' },
               { "HH", 'H' },   { "hh", 'I' },   { "mm", 'M' },   { "ss", 'S' },  { "ZZ", 'z' },
               { "E", 'u' },    { "a", 'p' },    { "W", 'V' },    { "o", 'j' },   { "Z", ':' } };

static void put_year(struct text *t, long long year)
{
    text_printf(t, year >= 0 && year <= 9999 ? "%04lld" : "%+05lld", year);
}

static void put_offset(struct text *t, int offset, const char *between)
{
    int minutes = (offset < 0 ? -offset : offset) / 60;

    text_printf(t, "%c%02d%s%02d", offset < 0 ? '-' : '+', minutes / 60, between, minutes % 60);
}

/* The number a letter stands for and its width, or -1. */
static int number_of(const struct civil *c, char letter, int *ret_width)
{
    *ret_width = 2;
    switch (letter) {
    case 'y':
        return (int)((c->year % 100 + 100) % 100);
    case 'm':
        return c->month;
    case 'd':
        return c->day;
    case 'H':
        return c->hour;
    case 'I':
        return (c->hour + 11) % 12 + 1;
    case 'M':
        return c->minute;
    case 'S':
        return c->second;
    case 'V':
        return civil_week(c);
    case 'L':
        *ret_width = 3;
        return c->nanos / 1000000;
    case 'j':
        *ret_width = 3;
        return civil_day_of_year(c);
    case 'u':
        *ret_width = 1;
        return civil_weekday(c);
    default:
        return -1;
    }
}

/* 0, or -1 when the letter means nothing. */
static int put_letter(struct text *t, const struct civil *c, char letter)
{
    int width, number = number_of(c, letter, &width);

    if (number >= 0)
        text_printf(t, "%0*d", width, number);
    else if (letter == 'Y')
        put_year(t, c->year);
    else if (letter == 'B')
        text_puts(t, date_months[c->month - 1]);
    else if (letter == 'b')
        text_put(t, date_months[c->month - 1], 3);
    else if (letter == 'A')
        text_puts(t, date_weekdays[civil_weekday(c) - 1]);
    else if (letter == 'a')
        text_put(t, date_weekdays[civil_weekday(c) - 1], 3);
    else if (letter == 'p')
        text_puts(t, c->hour < 12 ? "AM" : "PM");
    else if (letter == 'z' || letter == ':')
        put_offset(t, c->offset, letter == ':' ? ":" : "");
    else if (letter == 's')
        text_put_int(t, civil_seconds(c) - c->offset);
    else if (letter == '%')
        text_putc(t, '%');
    else
        return -1;
    return 0;
}

/* The token at s[0..n): its length and letter, or 0. */
static size_t find_token(const char *s, size_t n, char *ret_letter)
{
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        size_t length = strlen(tokens[i].token);

        if (length <= n && !memcmp(s, tokens[i].token, length)) {
            *ret_letter = tokens[i].letter;
            return length;
        }
    }
    return 0;
}

int date_write(struct text *t, const struct civil *c, const char *format, size_t n, char *ret_wrong)
{
    const char *end = format + n;

    while (format < end) {
        char letter = 0;
        size_t length = find_token(format, (size_t)(end - format), &letter);

        if (*format == '%') {
            length = end - format > 1 ? 2 : 1;
            letter = length == 2 ? format[1] : 0;
        }
        if (!length)
            text_putc(t, *format);
        else if (put_letter(t, c, letter) < 0) {
            *ret_wrong = letter;
            return -1;
        }
        format += length ? length : 1;
    }
    return 0;
}

void date_write_iso(struct text *t, const struct civil *c)
{
    put_year(t, c->year);
    text_printf(t, "-%02d-%02dT%02d:%02d:%02d", c->month, c->day, c->hour, c->minute, c->second);
    if (c->offset)
        put_offset(t, c->offset, ":");
    else
        text_putc(t, 'Z');
}
