/* charset.c: one table of encodings; windows-1252 by hand, the others through iconv. */
#include "ops/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/letter.h"
#include "base/utf8.h"
#include "ops/input.h"
#include "value.h"

struct charset {
    const char *name, *iconv, *labels;
};

static const struct charset charsets[] = {
#define CHARSET(name, iconv, labels) { name, iconv, labels },
#include "ops/charsets.def"
#undef CHARSET
};

enum {
    N_CHARSETS = sizeof charsets / sizeof *charsets,
    MOST_LABEL = 32,
    PIECE = 1024,
    REPLACEMENT = 0xfffd
};

static const struct charset *const utf8 = &charsets[0], *const windows_1252 = &charsets[1],
                                   *const utf16be = &charsets[N_CHARSETS - 2],
                                   *const utf16le = &charsets[N_CHARSETS - 1];

/* 0x80 to 0x9f of windows-1252; the rest of it is Latin-1. */
static const unsigned short upper_control[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178
};

const struct charset *charset_find(const char *label, size_t n)
{
    char wanted[MOST_LABEL + 3] = "|";

    utf8_trim(&label, &n);
    if (!n || n > MOST_LABEL || memchr(label, '|', n) || memchr(label, 0, n))
        return NULL;
    for (size_t i = 0; i < n; i++)
        wanted[i + 1] = label[i] >= 'A' && label[i] <= 'Z' ? (char)(label[i] | 0x20) : label[i];
    wanted[n + 1] = '|';
    for (unsigned i = 0; i < N_CHARSETS; i++)
        if (strstr(charsets[i].labels, wanted))
            return &charsets[i];
    return NULL;
}

const char *charset_name(const struct charset *c)
{
    return c->name;
}

size_t charset_mark(const struct charset *c, const char *s, size_t n)
{
    if (c == utf8)
        return n >= 3 && !memcmp(s, "\xef\xbb\xbf", 3) ? 3 : 0;
    if (c == utf16be)
        return n >= 2 && !memcmp(s, "\xfe\xff", 2) ? 2 : 0;
    if (c == utf16le)
        return n >= 2 && !memcmp(s, "\xff\xfe", 2) ? 2 : 0;
    return 0;
}

const struct charset *charset_guess(const char *s, size_t n)
{
    if (charset_mark(utf16be, s, n))
        return utf16be;
    if (charset_mark(utf16le, s, n))
        return utf16le;
    return utf8_prefix(s, n) == n ? utf8 : windows_1252;
}

/* ---- in -------------------------------------------------------------------------------------- */

int charset_open(struct charset_reader *r, const struct charset *c)
{
    *r = (struct charset_reader){ .charset = c };
    if (c == utf8 || c == windows_1252)
        return 0;
    r->iconv = iconv_open("UTF-8", c->iconv);
    if (r->iconv != (iconv_t)-1)
        return 0;
    r->iconv = NULL;
    return -1;
}

void charset_close(struct charset_reader *r)
{
    if (r->iconv)
        iconv_close(r->iconv);
    r->iconv = NULL;
}

static void put_character(struct text *t, unsigned c)
{
    char to[4];

    text_put(t, to, utf8_write(c, to));
}

static void read_windows_1252(struct text *t, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned c = (unsigned char)s[i];

        put_character(t, c >= 0x80 && c < 0xa0 ? upper_control[c - 0x80] : c);
    }
}

/* Converts what it can of *s; moves *s and *n past it. Returns 0, or why it stopped: EILSEQ or
 * EINVAL. */
static int convert(iconv_t with, struct text *t, char **s, size_t *n)
{
    for (;;) {
        char *to = text_reserve(t, PIECE), *start = to;
        size_t room = PIECE, failed;

        if (!to)
            return 0;
        errno = 0;
        failed = iconv(with, s, n, &to, &room);
        t->n += (size_t)(to - start);
        if (failed != (size_t)-1)
            return 0;
        if (errno != E2BIG)
            return errno;
    }
}

/* Converts, putting U+FFFD for bytes that are none of the encoding's. What is left is the beginning
 * of a character. */
static void convert_all(iconv_t with, struct text *t, char **s, size_t *n)
{
    while (*n && convert(with, t, s, n) == EILSEQ) {
        put_character(t, REPLACEMENT);
        ++*s;
        --*n;
    }
}

/* Completes the character held from the piece before, byte by byte. */
static void complete_held(struct charset_reader *r, struct text *t, const char **s, size_t *n)
{
    while (r->n_held && *n) {
        char *from = r->held;
        size_t left;

        r->held[r->n_held++] = *(*s)++;
        --*n;
        left = r->n_held;
        convert_all(r->iconv, t, &from, &left);
        if (left == sizeof r->held) { /* no character is that long */
            put_character(t, REPLACEMENT);
            left = 0;
        }
        memmove(r->held, from, left);
        r->n_held = left;
    }
}

void charset_read(struct charset_reader *r, struct text *t, const char *s, size_t n, int last)
{
    char *from;

    if (r->charset == utf8)
        text_put(t, s, n);
    if (r->charset == windows_1252)
        read_windows_1252(t, s, n);
    if (!r->iconv)
        return;
    complete_held(r, t, &s, &n);
    from = (char *)s;
    convert_all(r->iconv, t, &from, &n);
    for (; n > sizeof r->held - 1; from++, n--)
        put_character(t, REPLACEMENT);
    if (n)
        memcpy(r->held, from, n);
    r->n_held = r->n_held ? r->n_held : n;
    if (last && r->n_held)
        put_character(t, REPLACEMENT);
}

/* ---- out ------------------------------------------------------------------------------------- */

/* The byte of a character in windows-1252, or -1. */
static int windows_1252_byte(unsigned c)
{
    if (c < 0x80 || (c >= 0xa0 && c < 0x100))
        return (int)c;
    for (int i = 0; i < 32; i++)
        if (upper_control[i] == c)
            return 0x80 + i;
    return -1;
}

/* One character, of `length` bytes at s; with iconv unless that is NULL. */
static void write_character(iconv_t with, struct text *t, const char *s, size_t length)
{
    unsigned c = letter_at(s, length);
    int byte = with ? -1 : windows_1252_byte(c);
    char *from = (char *)s;
    size_t n = length, before = t->n;

    if (byte >= 0) {
        text_putc(t, (char)byte);
        return;
    }
    if (with && convert(with, t, &from, &n) == 0 && !n)
        return;
    t->n = before;
    text_printf(t, "&#%u;", c);
}

int charset_write(const struct charset *c, struct text *t, const char *s, size_t n)
{
    iconv_t with = NULL;

    if (c == utf8 || c == utf16be || c == utf16le) {
        text_put(t, s, n);
        return 0;
    }
    if (c != windows_1252 && (with = iconv_open(c->iconv, "UTF-8")) == (iconv_t)-1)
        return -1;
    for (size_t i = 0, length; i < n; i += length) {
        length = utf8_length(s + i, n - i);
        if (length)
            write_character(with, t, s + i, length);
        else
            length = 1; /* values hold nothing but UTF-8 */
    }
    if (with)
        iconv_close(with);
    return 0;
}

int charset_input(kiln_call *call, const char *name, const char *field, const char *otherwise,
                  const struct charset **ret)
{
    kiln_value label;

    if (input_text_or(call, name, field, otherwise, &label) < 0)
        return -1;
    *ret = charset_find(label.u.s, label.n);
    if (*ret || (label.n == 4 && !strncasecmp(label.u.s, "auto", 4)))
        return 0;
    return input_fail(call, "INPUT_DESERIALIZATION_ERROR",
                      "Invalid input for %s: unknown character encoding label: `%.*s` (expected a "
                      "WHATWG encoding name such as UTF-8, windows-1252, Shift_JIS, or `Auto`)",
                      name, (int)label.n, label.u.s);
}
