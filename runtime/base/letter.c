/* letter.c: letters by rule. A row is a run of letters whose other form stands at one distance;
 * in runs of pairs, capital and small letter take turns. */
#include "base/letter.h"

#include "base/utf8.h"

struct run {
    unsigned short first, last; /* of the capitals; in runs of pairs, of both */
    short distance;             /* from a capital to its small letter; 0: pairs */
    unsigned char odd;          /* pairs: the capitals are the odd numbers */
};

static const struct run runs[] = {
    { 'A', 'Z', 32, 0 },      { 0xc0, 0xd6, 32, 0 },     { 0xd8, 0xde, 32, 0 },
    { 0x100, 0x12f, 0, 0 },   { 0x132, 0x137, 0, 0 },    { 0x139, 0x148, 0, 1 },
    { 0x14a, 0x177, 0, 0 },   { 0x178, 0x178, -121, 0 }, { 0x179, 0x17e, 0, 1 },
    { 0x1cd, 0x1dc, 0, 1 },   { 0x1de, 0x1ef, 0, 0 },    { 0x1f8, 0x21f, 0, 0 },
    { 0x222, 0x233, 0, 0 },   { 0x386, 0x386, 38, 0 },   { 0x388, 0x38a, 37, 0 },
    { 0x38c, 0x38c, 64, 0 },  { 0x38e, 0x38f, 63, 0 },   { 0x391, 0x3a1, 32, 0 },
    { 0x3a3, 0x3ab, 32, 0 },  { 0x400, 0x40f, 80, 0 },   { 0x410, 0x42f, 32, 0 },
    { 0x460, 0x481, 0, 0 },   { 0x48a, 0x4bf, 0, 0 },    { 0x4c1, 0x4ce, 0, 1 },
    { 0x4d0, 0x52f, 0, 0 },   { 0x531, 0x556, 48, 0 },   { 0x1e00, 0x1e95, 0, 0 },
    { 0x1ea0, 0x1eff, 0, 0 },
};

unsigned letter_lower(unsigned c)
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        const struct run *r = &runs[i];

        if (c < r->first || c > r->last)
            continue;
        if (r->distance)
            return c + (unsigned)(int)r->distance;
        return (c & 1) == r->odd ? c + 1 : c;
    }
    return c;
}

unsigned letter_upper(unsigned c)
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        const struct run *r = &runs[i];
        unsigned from = r->first + (unsigned)(int)r->distance;

        if (r->distance && c >= from && c - from <= (unsigned)(r->last - r->first))
            return c - (unsigned)(int)r->distance;
        if (!r->distance && c >= r->first && c <= r->last)
            return (c & 1) == r->odd ? c : c - 1;
    }
    return c == 0x3c2 ? 0x3a3 : c == 0xb5 ? 0x39c : c == 0x131 ? 'I' : c;
}

unsigned letter_at(const char *s, size_t length)
{
    static const unsigned char masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    unsigned c = (unsigned char)*s & masks[length];

    for (size_t i = 1; i < length; i++)
        c = c << 6 | ((unsigned char)s[i] & 0x3f);
    return c;
}

static void put_mapped(struct text *t, const char *s, size_t n, unsigned (*map)(unsigned))
{
    char to[4];

    for (size_t i = 0, length; i < n; i += length) {
        unsigned c;

        length = utf8_length(s + i, n - i);
        if (!length) {
            text_putc(t, s[i]);
            length = 1;
            continue;
        }
        c = letter_at(s + i, length);
        if (c == 0xdf && map == letter_upper)
            text_puts(t, "SS");
        else
            text_put(t, to, utf8_write(map(c), to));
    }
}

void letter_put_upper(struct text *t, const char *s, size_t n)
{
    put_mapped(t, s, n, letter_upper);
}

void letter_put_lower(struct text *t, const char *s, size_t n)
{
    put_mapped(t, s, n, letter_lower);
}
