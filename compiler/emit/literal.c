/* literal.c: every byte of an author's text becomes an atom: itself, or an escape.
 *
 * Escapes are octal with three digits, the one kind all compilers agree on and that no digit behind
 * them can lengthen. `?` behind `?` is escaped (trigraphs). Characters outside ASCII stay as they
 * are for the reader, but for those that are invisible or turn the direction of writing.
 */
#include "emit/literal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

/* One unit that must not be broken: how many bytes of the source it stands for, its C text and an
 * upper bound of the columns it takes. */
struct atom {
    size_t source, n, columns;
    char text[5];
};

static unsigned decode(const char *s, size_t length)
{
    unsigned c = (unsigned char)s[0] & (0xffu >> (length + 1));

    for (size_t i = 1; i < length; i++)
        c = c << 6 | ((unsigned char)s[i] & 0x3fu);
    return c;
}

static int is_shown(unsigned c)
{
    static const unsigned hidden[][2] = {
        { 0x80, 0xa0 },     { 0xad, 0xad },     { 0x61c, 0x61c },   { 0x180e, 0x180e },
        { 0x2000, 0x200f }, { 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x3000, 0x3000 },
        { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xfff0, 0xffff }, { 0xe0000, 0x10ffff },
    };

    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (c >= hidden[i][0] && c <= hidden[i][1])
            return 0;
    return 1;
}

static struct atom escape_byte(char c)
{
    struct atom a = { .source = 1 };

    if (c == '\n')
        strcpy(a.text, "\\n");
    else if (c == '\t')
        strcpy(a.text, "\\t");
    else
        snprintf(a.text, sizeof a.text, "\\%03o", (unsigned char)c);
    a.n = a.columns = strlen(a.text);
    return a;
}

static struct atom read_atom(const char *s, size_t n, char before)
{
    struct atom a = { 1, 1, 1, { 0 } };
    size_t length;

    if (*s == '"' || *s == '\\' || (*s == '?' && before == '?')) {
        a.n = a.columns = 2;
        a.text[0] = '\\';
        a.text[1] = *s;
        return a;
    }
    if (*s >= ' ' && *s <= '~') {
        a.text[0] = *s;
        return a;
    }
    length = (unsigned char)*s >= 0x80 ? utf8_length(s, n) : 0;
    if (!length || !is_shown(decode(s, length)))
        return escape_byte(*s);
    a.source = a.n = length;
    a.columns = 2;
    memcpy(a.text, s, length);
    return a;
}

/* How many bytes from `at` on stand for themselves, at most `most`. */
static size_t plain_run(const char *text, size_t n, size_t at, size_t most)
{
    size_t from = at;

    while (at < n && at - from < most && text[at] >= ' ' && text[at] <= '~' && text[at] != '"'
           && text[at] != '\\' && text[at] != '?')
        at++;
    return at - from;
}

int literal_is_plain(const char *text, size_t n)
{
    return plain_run(text, n, 0, n) == n;
}

size_t literal_piece(struct text *out, const char *text, size_t n, size_t at, size_t columns)
{
    size_t used = 2;

    text_putc(out, '"');
    for (;;) {
        size_t run = plain_run(text, n, at, columns - used);
        struct atom a;

        text_put(out, text + at, run);
        at += run;
        used += run;
        if (at == n)
            break;
        a = read_atom(text + at, n - at, at ? text[at - 1] : 0);
        if (used + a.columns > columns)
            break;
        text_put(out, a.text, a.n);
        used += a.columns;
        at += a.source;
    }
    text_putc(out, '"');
    return at;
}

size_t literal_columns(const char *text, size_t n, size_t most)
{
    size_t columns = 2;

    for (size_t at = 0; at < n && columns <= most;) {
        size_t run = plain_run(text, n, at, n);
        struct atom a;

        columns += run;
        at += run;
        if (at == n)
            break;
        a = read_atom(text + at, n - at, at ? text[at - 1] : 0);
        if ((unsigned char)a.text[0] >= 0x80)
            return (size_t)-1;
        columns += a.columns;
        at += a.source;
    }
    return columns <= most ? columns : (size_t)-1;
}

void literal_comment(struct text *out, const char *text, size_t n, size_t columns)
{
    size_t used = 0;
    char before = 0;

    for (size_t at = 0; at < n;) {
        struct atom a = read_atom(text + at, n - at, at ? text[at - 1] : 0);
        int closes = (before == '*' && a.text[0] == '/') || (before == '/' && a.text[0] == '*');

        if (used + a.columns + (unsigned)closes + 3 > columns) {
            text_puts(out, "...");
            return;
        }
        if (closes)
            text_putc(out, '\\');
        text_put(out, a.text, a.n);
        before = a.text[a.n - 1];
        used += a.columns + (unsigned)closes;
        at += a.source;
    }
}

static void put_double(struct text *out, double d)
{
    char digits[NUMBER_SIZE];
    unsigned long long bits;

    if (isfinite(d)) {
        text_printf(out, ".d = %.*s", (int)number_write(d, digits), digits);
        return;
    }
    memcpy(&bits, &d, sizeof bits);
    text_printf(out, ".w = 0x%llxULL", bits);
}

void literal_payload(struct text *out, const kiln_value *v)
{
    if (v->tag == KILN_DOUBLE)
        put_double(out, v->u.d);
    else if (v->tag == KILN_UINT)
        text_printf(out, ".w = %lluULL", v->u.w);
    else if (v->tag == KILN_INT && v->u.i < -9223372036854775807LL)
        text_puts(out, ".i = -9223372036854775807LL - 1");
    else if (v->tag == KILN_INT && (v->u.i > 2147483647 || v->u.i < -2147483647))
        text_printf(out, ".i = %lldLL", v->u.i);
    else
        text_printf(out, ".i = %d", v->tag == KILN_INT || v->tag == KILN_BOOL ? (int)v->u.i : 0);
}
