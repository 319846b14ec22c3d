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
