/* json_write.c: value -> JSON text.
 *
 * Numbers follow scenario 1.5 (number.h); text escapes only what must be. Each piece reserves its
 * room once and is written there; strings are scanned and copied eight bytes at a time.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "base/number.h"
#include "value.h"

enum { LONGEST_INTEGER = 21, LONGEST_ESCAPE = 6 };

struct writer {
    struct text *out;
    int pretty;
    unsigned depth;
};

static void write_value(struct writer *w, const kiln_value *v);

/* Two digits at a time, from the end. */
static size_t write_unsigned(unsigned long long u, char *to)
{
    static const char pairs[] = "0001020304050607080910111213141516171819"
                                "2021222324252627282930313233343536373839"
                                "4041424344454647484950515253545556575859"
                                "6061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    char reversed[LONGEST_INTEGER], *p = reversed + sizeof reversed;

    for (; u >= 10; u /= 100) {
        p -= 2;
        memcpy(p, pairs + 2 * (u % 100), 2);
    }
    if (u || p == reversed + sizeof reversed)
        *--p = (char)('0' + u);
    memcpy(to, p, (size_t)(reversed + sizeof reversed - p));
    return (size_t)(reversed + sizeof reversed - p);
}

static void write_integer(struct text *t, const kiln_value *v)
{
    int minus = v->tag == KILN_INT && v->u.i < 0;
    char *to = text_reserve(t, LONGEST_INTEGER);

    if (!to)
        return;
    if (minus)
        *to++ = '-';
    t->n += (size_t)minus + write_unsigned(minus ? 0 - v->u.w : v->u.w, to);
}

static void write_double(struct text *t, double d)
{
    char *to;

    if (!isfinite(d))
        text_put(t, "null", 4);
    else if ((to = text_reserve(t, NUMBER_SIZE)))
        t->n += number_write(d, to);
}

/* ---- strings ------------------------------------------------------------------------------ */

static int must_escape(unsigned char c)
{
    return c < ' ' || c == '"' || c == '\\';
}

/* True when one of eight bytes must be escaped (or, seldom, when it only looks so). */
static int may_escape(uint64_t w)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');

    return (((w - ones * ' ') | (quote - ones) | (slash - ones)) & ~w & tops) != 0;
}

static char *write_escape(char *to, unsigned char c)
{
    static const char letters[] = "\b\f\n\r\t\"\\", names[] = "bfnrt\"\\",
                      hex[] = "0123456789abcdef";
    const char *letter = c ? strchr(letters, c) : NULL;

    *to++ = '\\';
    if (letter) {
        *to++ = names[letter - letters];
        return to;
    }
    memcpy(to, "u00", 3);
    to[3] = hex[c >> 4];
    to[4] = hex[c & 15];
    return to + 5;
}

/* Copies s[0..n) to `to`, where every byte has room for an escape. */
static char *write_escaped(char *to, const char *s, size_t n)
{
    size_t i = 0;

    while (i < n) {
        for (; n - i >= 8 && !may_escape(bytes_word(s + i)); i += 8, to += 8)
            memcpy(to, s + i, 8);
        for (size_t stop = n - i < 8 ? n : i + 8; i < stop; i++)
            if (must_escape((unsigned char)s[i]))
                to = write_escape(to, (unsigned char)s[i]);
            else
                *to++ = s[i];
    }
    return to;
}

/* In pieces, so that the room reserved for escapes stays small. */
static void write_string(struct text *t, const char *s, size_t n)
{
    enum { PIECE = 4096 };
    int quote = 1;

    do {
        size_t piece = n < PIECE ? n : PIECE;
        char *start = text_reserve(t, piece * LONGEST_ESCAPE + 2), *to = start;

        if (!start)
            return;
        if (quote)
            *to++ = '"';
        quote = 0;
        to = write_escaped(to, s, piece);
        s += piece;
        n -= piece;
        if (!n)
            *to++ = '"';
        t->n += (size_t)(to - start);
    } while (n);
}

/* ---- containers --------------------------------------------------------------------------- */

static void write_line(struct writer *w)
{
    if (!w->pretty)
        return;
    text_putc(w->out, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        text_put(w->out, "  ", 2);
}

/* In front of each item: nothing or a comma, then a new line. */
static void write_gap(struct writer *w, unsigned i)
{
    if (i)
        text_putc(w->out, ',');
    write_line(w);
}

static void write_items(struct writer *w, const kiln_value *v)
{
    for (unsigned i = 0; i < v->n; i++) {
        write_gap(w, i);
        write_value(w, &v->u.items[i]);
    }
}

static void write_members(struct writer *w, const kiln_value *v)
{
    for (unsigned i = 0; i < v->n; i++) {
        const kiln_member *m = &v->u.members[i];

        write_gap(w, i);
        write_string(w->out, m->key.u.s, m->key.n);
        text_put(w->out, ": ", w->pretty ? 2 : 1);
        write_value(w, &m->value);
    }
}

static void write_container(struct writer *w, const kiln_value *v)
{
    int is_array = v->tag == KILN_ARRAY;

    text_putc(w->out, is_array ? '[' : '{');
    w->depth++;
    if (is_array)
        write_items(w, v);
    else
        write_members(w, v);
    w->depth--;
    if (v->n)
        write_line(w);
    text_putc(w->out, is_array ? ']' : '}');
}

/* Recursion ends: values nest at most VALUE_DEPTH deep. */
static void write_value(struct writer *w, const kiln_value *v)
{
    switch (v->tag) {
    case KILN_BOOL:
        text_puts(w->out, v->u.i ? "true" : "false");
        break;
    case KILN_INT:
    case KILN_UINT:
        write_integer(w->out, v);
        break;
    case KILN_DOUBLE:
        write_double(w->out, v->u.d);
        break;
    case KILN_STRING:
        write_string(w->out, v->u.s, v->n);
        break;
    case KILN_ARRAY:
    case KILN_OBJECT:
        write_container(w, v);
        break;
    default:
        text_put(w->out, "null", 4);
    }
}

void json_write(struct text *t, const kiln_value *v)
{
    struct writer w = { .out = t };

    write_value(&w, v);
}

void json_write_plain(struct text *t, const kiln_value *v)
{
    if (v->tag == KILN_STRING)
        text_put(t, v->u.s, v->n);
    else
        json_write(t, v);
}

void json_write_pretty(struct text *t, const kiln_value *v)
{
    struct writer w = { .out = t, .pretty = 1 };

    write_value(&w, v);
}
