/* base64.c: three bytes are four letters of six bits each; what is missing at the end is '='. */
#include "base/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The six bits of a letter, or -1. */
static int bits(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* The bytes of four letters, of which the last may be padding: how many, or -1. */
static int quartet(const char *s, char to[3])
{
    int n = s[3] != '=' ? 4 : s[2] != '=' ? 3 : 2;
    unsigned all = 0;

    for (int i = 0; i < 4; i++) {
        int six = i < n ? bits(s[i]) : 0;

        if (six < 0)
            return -1;
        all = all << 6 | (unsigned)six;
    }
    if (all & (n == 4 ? 0 : n == 3 ? 0xffu : 0xffffu))
        return -1;
    to[0] = (char)(all >> 16);
    to[1] = (char)(all >> 8);
    to[2] = (char)all;
    return n - 1;
}

int base64_read(struct text *t, const char *s, size_t n)
{
    size_t before = t->n;

    if (n % 4)
        return -1;
    for (size_t i = 0; i < n; i += 4) {
        char bytes[3];
        int got = quartet(s + i, bytes);

        if (got < 0 || (got < 3 && i + 4 < n)) {
            t->n = before;
            return -1;
        }
        text_put(t, bytes, (size_t)got);
    }
    return 0;
}

void base64_write(struct text *t, const void *bytes, size_t n)
{
    const unsigned char *s = bytes;

    for (size_t i = 0; i < n; i += 3) {
        unsigned left = n - i < 3 ? (unsigned)(n - i) : 3;
        unsigned all = (unsigned)s[i] << 16 | (left > 1 ? (unsigned)s[i + 1] << 8 : 0)
                       | (left > 2 ? s[i + 2] : 0);
        char four[4];

        for (unsigned k = 0; k < 4; k++)
            four[k] = k <= left ? letters[all >> (18 - 6 * k) & 63] : '=';
        text_put(t, four, 4);
    }
}
