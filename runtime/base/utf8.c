/* utf8.c: is this UTF-8?
 *
 * The first byte says how many follow and, for four of them, narrows the range of the second
 * (Unicode, table 3-7); all others follow in 80..BF.
 */
#include "utf8.h"

#include "bytes.h"

/* The smallest and largest second byte after `first`. */
static void second_range(unsigned char first, unsigned char *ret_low, unsigned char *ret_high)
{
    *ret_low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    *ret_high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
}

static size_t length_of(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2)
        return 0;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

size_t utf8_length(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t length = length_of(p[0]);
    unsigned char low, high;

    if (length < 2)
        return length;
    second_range(p[0], &low, &high);
    if (length > n || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

size_t utf8_prefix(const char *s, size_t n)
{
    size_t i = 0, length;

    while (i < n) {
        if (n - i >= 8 && !(bytes_word(s + i) & 0x8080808080808080u)) {
            i += 8;
            continue;
        }
        if (!(length = utf8_length(s + i, n - i)))
            break;
        i += length;
    }
    return i;
}

/* Beyond ASCII: U+0085 U+00A0 U+1680 U+2000..200A U+2028 U+2029 U+202F U+205F U+3000. */
size_t utf8_space(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;

    if (p[0] == ' ' || (p[0] >= '\t' && p[0] <= '\r'))
        return 1;
    if (n >= 2 && p[0] == 0xc2)
        return p[1] == 0x85 || p[1] == 0xa0 ? 2 : 0;
    if (n < 3)
        return 0;
    if (p[0] == 0xe2 && p[1] == 0x80)
        return (p[2] >= 0x80 && p[2] <= 0x8a) || p[2] == 0xa8 || p[2] == 0xa9 || p[2] == 0xaf ? 3
                                                                                              : 0;
    return (p[0] == 0xe1 && p[1] == 0x9a && p[2] == 0x80)
                   || (p[0] == 0xe2 && p[1] == 0x81 && p[2] == 0x9f)
                   || (p[0] == 0xe3 && p[1] == 0x80 && p[2] == 0x80)
               ? 3
               : 0;
}

/* The length of the white-space character that s[0..n), n > 0, ends with, or 0. */
static size_t space_before_end(const char *s, size_t n)
{
    for (size_t length = 1; length <= 3 && length <= n; length++)
        if (utf8_space(s + n - length, length) == length)
            return length;
    return 0;
}

void utf8_trim(const char **s, size_t *n)
{
    size_t length;

    while (*n && (length = utf8_space(*s, *n))) {
        *s += length;
        *n -= length;
    }
    while (*n && (length = space_before_end(*s, *n)))
        *n -= length;
}

size_t utf8_write(unsigned c, char to[4])
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3f));
    to[2] = (char)(0x80 | (c >> 6 & 0x3f));
    to[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}
