/* text.c: a growing buffer of bytes.
 *
 * Room is doubled and always leaves one byte for the NUL. The first failure sticks: from then on
 * writes are dropped, so that a writer needs to look at `failed` only once, at its end.
 */
#include "text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef KILN_HARD
enum { FIRST = 1 };
#else
enum { FIRST = 64 };
#endif

static int grow(struct text *t, size_t need)
{
    size_t cap = t->cap ? t->cap : FIRST;
    char *s;

    while (cap < need && cap <= SIZE_MAX / 2)
        cap *= 2;
    if (cap < need || !(s = realloc(t->s, cap))) {
        t->failed = 1;
        return -1;
    }
    t->s = s;
    t->cap = cap;
    return 0;
}

char *text_reserve(struct text *t, size_t n)
{
    if (t->failed || n >= SIZE_MAX - t->n) {
        t->failed = 1;
        return NULL;
    }
    if (t->cap <= t->n + n && grow(t, t->n + n + 1) < 0)
        return NULL;
    return t->s + t->n;
}

/* Most writes find room: they ask nothing else. */
static inline char *find_room(struct text *t, size_t n)
{
    return !t->failed && n < t->cap - t->n ? t->s + t->n : text_reserve(t, n);
}

void text_put(struct text *t, const void *bytes, size_t n)
{
    char *to = find_room(t, n);

    if (!to)
        return;
    if (n)
        memcpy(to, bytes, n);
    to[n] = '\0';
    t->n += n;
}

void text_puts(struct text *t, const char *s)
{
    text_put(t, s, strlen(s));
}

void text_putc(struct text *t, char c)
{
    char *to = find_room(t, 1);

    if (!to)
        return;
    to[0] = c;
    to[1] = '\0';
    t->n++;
}

void text_put_uint(struct text *t, unsigned long long number)
{
    char digits[24], *at = digits + sizeof digits;

    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    text_put(t, at, (size_t)(digits + sizeof digits - at));
}

void text_put_int(struct text *t, long long number)
{
    if (number < 0)
        text_putc(t, '-');
    text_put_uint(t, number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number);
}

/* Whoever filled reserved room wrote no NUL: it is set here. */
const char *text_cstr(const struct text *t)
{
    if (!t->s)
        return "";
    t->s[t->n] = '\0';
    return t->s;
}

void text_clear(struct text *t)
{
    t->n = 0;
    t->failed = 0;
    if (t->s)
        t->s[0] = '\0';
}

void text_fini(struct text *t)
{
    free(t->s);
    *t = (struct text){ 0 };
}
