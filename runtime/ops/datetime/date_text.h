/* date_text.h: dates as people and machines write them, in and out (scenario 4.7). */
#ifndef KILN_OPS_DATE_TEXT_H
#define KILN_OPS_DATE_TEXT_H

#include <stddef.h>

#include "base/text.h"
#include "base/civil.h"

extern const char *const date_months[12], *const date_weekdays[7]; /* from January, from Monday */

/* The moment of Unix seconds, or of milliseconds when `is_milliseconds`. 0, or -1 when it is
 * outside of the known years. */
int date_from_unix(long long timestamp, int is_milliseconds, struct moment *ret);
/* Is a timestamp of unknown unit one of milliseconds? */
int date_is_milliseconds(long long timestamp);
long long date_milliseconds(struct moment m);

/* Reads a date in the first form that fits: a Unix timestamp; ISO 8601 and RFC 3339; RFC 2822;
 * m/d/y, d/m/y and d.m.y with two or four digits of year, and perhaps a time. What names no offset
 * is in UTC. 0 or -1. */
int date_read(const char *s, size_t n, struct moment *ret);

/* Writes `c` by a format of tokens: yyyy yy MMMM MMM MM dd EEEE EEE E HH hh mm ss SSS a W o Z ZZ
 * ZZZ, and % with a letter of strftime; all else stands for itself. 0, or -1 with *ret_wrong the
 * letter behind a % that means nothing (NUL: nothing is behind it). */
int date_write(struct text *t, const struct civil *c, const char *format, size_t n,
               char *ret_wrong);
/* ISO 8601 without a fraction; Z for offset 0. */
void date_write_iso(struct text *t, const struct civil *c);

#endif
