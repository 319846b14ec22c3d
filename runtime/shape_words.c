/* shape_words.c: see shape_words.h. */
#include "shape_words.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

void words_fail(struct reader *r, int code)
{
    if (!r->failed)
        r->failed = code;
    r->at = r->end;
}

void *words_make(struct reader *r, size_t n, size_t size)
{
    int is_there = n <= (size_t)(r->end - r->at) / (sizeof "0:");
    void *p = is_there ? arena_zalloc(&r->shape->arena, (n + 1) * size) : NULL;

    if (!p)
        words_fail(r, is_there ? -ENOMEM : -EUCLEAN);
    return p;
}

int words_peek(const struct reader *r)
{
    return r->at < r->end ? (unsigned char)*r->at : -1;
}

unsigned words_take_number(struct reader *r)
{
    unsigned long long n = 0;

    if (words_peek(r) < '0' || words_peek(r) > '9')
        words_fail(r, -EUCLEAN);
    while (words_peek(r) >= '0' && words_peek(r) <= '9' && n <= UINT_MAX)
        n = 10 * n + (unsigned)(*r->at++ - '0');
    if (n > UINT_MAX)
        words_fail(r, -EUCLEAN);
    return r->failed ? 0 : (unsigned)n;
}

void words_take_char(struct reader *r, char c)
{
    if (words_peek(r) == c)
        r->at++;
    else
        words_fail(r, -EUCLEAN);
}

unsigned words_take_most(struct reader *r, unsigned most)
{
    unsigned n;

    words_take_char(r, ' ');
    n = words_take_number(r);
    if (n > most)
        words_fail(r, -EUCLEAN);
    return r->failed ? 0 : n;
}

unsigned words_take_index(struct reader *r, unsigned n)
{
    unsigned i = words_take_number(r);

    if (i >= n)
        words_fail(r, -EUCLEAN);
    return r->failed ? 0 : i;
}

int words_is_end(const struct reader *r)
{
    return words_peek(r) == ' ' || words_peek(r) == '\n';
}

unsigned words_take_unless(struct reader *r, unsigned n, unsigned usual)
{
    return words_is_end(r) && usual < n ? usual : words_take_index(r, n);
}

const char *words_take_text(struct reader *r, unsigned *ret_n)
{
    unsigned n = words_take_number(r);
    const char *s;

    words_take_char(r, ':');
    if (n > (size_t)(r->end - r->at))
        words_fail(r, -EUCLEAN);
    s = r->failed ? "" : arena_dup(&r->shape->arena, r->at, n);
    if (!s)
        words_fail(r, -ENOMEM);
    if (r->failed)
        return "";
    r->at += n;
    *ret_n = n;
    return s;
}

const char *words_take_name(struct reader *r)
{
    unsigned n = 0;
    const char *s = words_take_text(r, &n);

    if (strlen(s) != n)
        words_fail(r, -EUCLEAN);
    return s;
}

void *words_grow(struct reader *r, const void *old, unsigned n, size_t size)
{
    void *p;

    if (n & (n - 1)) /* not full: full at 0, 1, 2, 4, 8... */
        return (void *)(uintptr_t)old;
    p = arena_zalloc(&r->shape->arena, (n ? 2 * (size_t)n : 1) * size);
    if (p && n)
        memcpy(p, old, n * size);
    if (!p)
        words_fail(r, -ENOMEM);
    return p;
}
