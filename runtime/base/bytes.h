/* bytes.h: comparing and hashing short byte strings, inline.
 *
 * Keys are short and compared all the time; a call of memcmp costs more than the comparison, and
 * some C libraries go byte by byte. Here eight bytes go at a time.
 */
#ifndef KILN_BYTES_H
#define KILN_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "hot.h"

/* The eight bytes at `s` as a word. */
static inline uint64_t bytes_word(const char *s)
{
    uint64_t w;

    memcpy(&w, s, sizeof w);
    return w;
}

/* How many leading bytes of a and b are known to be equal: all of them, or a position at most
 * eight before the first difference. */
static inline size_t bytes_skip_equal(const char *a, const char *b, size_t n)
{
    size_t i = 0;

    while (n - i >= 8 && bytes_word(a + i) == bytes_word(b + i))
        i += 8;
    return i;
}

/* The four bytes at `s` as a word. */
static inline uint32_t bytes_half(const char *s)
{
    uint32_t w;

    memcpy(&w, s, sizeof w);
    return w;
}

/* True when the n bytes are the same. The last word may overlap the one before: no byte is compared
 * alone but in texts of up to three. */
HOT int bytes_equal(const char *a, const char *b, size_t n)
{
    if (n >= 8) {
        size_t i = bytes_skip_equal(a, b, n);

        return n - i < 8 && bytes_word(a + n - 8) == bytes_word(b + n - 8);
    }
    if (n >= 4)
        return bytes_half(a) == bytes_half(b) && bytes_half(a + n - 4) == bytes_half(b + n - 4);
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return 0;
    return 1;
}

/* Order by unsigned bytes, the shorter first when one begins the other: < 0, 0, > 0. */
static inline int bytes_compare(const char *a, size_t an, const char *b, size_t bn)
{
    size_t n = an < bn ? an : bn;
    size_t i = bytes_skip_equal(a, b, n);

    while (i < n && a[i] == b[i])
        i++;
    if (i < n)
        return (unsigned char)a[i] - (unsigned char)b[i];
    return (an > bn) - (an < bn);
}

/* A hash of n bytes. Give a `seed` that whoever chose the bytes cannot know (an address will do),
 * so that they cannot choose bytes that collide. */
static inline uint64_t bytes_hash(const char *s, size_t n, uint64_t seed)
{
    uint64_t h = (seed ^ n) * 0x9e3779b97f4a7c15u;

    for (; n >= 8; s += 8, n -= 8) {
        h = (h ^ bytes_word(s)) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    for (; n; s++, n--)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    h ^= h >> 29;
    h *= 0xbf58476d1ce4e5b9u;
    return h ^ h >> 32;
}

#endif
