/* excerpt.c: the line a complaint is about.
 *
 * Columns of a terminal are not characters: tabs are blanks here, East Asian and emoji characters
 * take two columns and combining ones none. Only the part of a long line near the mark is walked.
 */
#include "excerpt.h"

#include <string.h>

#include "base/utf8.h"

enum {
    BEFORE = 60, /* bytes of a long line shown before the mark, */
    SHOWN = 100, /* and in all */
    TAB = 4
};

static unsigned decode(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;

    switch (n) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    case 3:
        return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    default:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
    }
}

/* How many columns a character takes. The ranges are the ones that matter, not all of Unicode. */
static unsigned columns(unsigned c)
{
    static const struct {
        unsigned from, to, width;
    } ranges[] = {
        { 0x0300, 0x036f, 0 },   { 0x1100, 0x115f, 2 },   { 0x200b, 0x200f, 0 },
        { 0x20d0, 0x20ff, 0 },   { 0x2e80, 0xa4cf, 2 },   { 0xac00, 0xd7a3, 2 },
        { 0xf900, 0xfaff, 2 },   { 0xfe00, 0xfe0f, 0 },   { 0xfe30, 0xfe6f, 2 },
        { 0xff00, 0xff60, 2 },   { 0xffe0, 0xffe6, 2 },   { 0x1f300, 0x1f64f, 2 },
        { 0x1f680, 0x1f6ff, 2 }, { 0x1f900, 0x1f9ff, 2 }, { 0x20000, 0x3fffd, 2 },
    };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return ranges[i].width;
    return 1;
}

/* Control characters, and the ones that turn the direction of the text around. */
static int is_unsafe(unsigned c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e)
           || (c >= 0x2066 && c <= 0x2069);
}

/* Puts one character and moves *at past it. The columns it takes. */
static unsigned put_one(struct text *t, const char *s, size_t n, size_t *at)
{
    size_t length = utf8_length(s + *at, n - *at);
    unsigned c = length ? decode(s + *at, length) : 0;
    const char *from = s + *at;

    *at += length ? length : 1;
    if (c == '\t') {
        text_put(t, "    ", TAB);
        return TAB;
    }
    if (!length || is_unsafe(c)) {
        text_puts(t, "\xef\xbf\xbd"); /* U+FFFD */
        return 1;
    }
    text_put(t, from, length);
    return columns(c);
}

void excerpt_put_safe(struct text *t, const char *s, size_t n)
{
    for (size_t at = 0; at < n;)
        put_one(t, s, n, &at);
}

/* Back to the first byte of a character. */
static size_t align(const char *s, size_t at, size_t least)
{
    while (at > least && (s[at] & 0xc0) == 0x80)
        at--;
    return at;
}

/* The bytes [*ret_from, *ret_to) of the line to show. */
static void find_window(const struct source *s, size_t at, size_t *ret_from, size_t *ret_to)
{
    size_t least = at > SHOWN ? at - SHOWN : 0;
    size_t most = s->n - at > 2 * SHOWN ? at + 2 * SHOWN : s->n;
    size_t from = at, to = at;

    while (from > least && s->text[from - 1] != '\n')
        from--;
    while (to < most && s->text[to] != '\n')
        to++;
    if (to > from && s->text[to - 1] == '\r')
        to--;
    if (to - from > SHOWN) {
        if (at - from > BEFORE)
            from = align(s->text, at - BEFORE, from);
        if (to - from > SHOWN)
            to = align(s->text, from + SHOWN, from);
    }
    *ret_from = from;
    *ret_to = to;
}

struct excerpt excerpt_make(const struct source *s, size_t at, size_t end)
{
    struct excerpt e = { .width = 0 };
    size_t from, to, i;

    find_window(s, at, &from, &to);
    if (from && s->text[from - 1] != '\n') {
        text_puts(&e.line, "...");
        e.indent = 3;
    }
    for (i = from; i < to;) {
        unsigned *counted = i < at ? &e.indent : i < end ? &e.width : NULL;
        unsigned width = put_one(&e.line, s->text, to, &i);

        if (counted)
            *counted += width;
    }
    if (to < s->n && s->text[to] != '\n' && s->text[to] != '\r')
        text_puts(&e.line, "...");
    if (!e.width)
        e.width = 1;
    return e;
}
