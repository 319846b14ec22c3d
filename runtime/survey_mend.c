/* survey_mend.c: one changed byte is found by trying (survey.h).
 *
 * A checksum of 64 bits holds by chance once in 10^19: so a change of one byte that makes it true
 * is the way back. Many bytes make many tries, so a long record is tried for single bits only, and
 * a very long one not at all.
 */
#include "survey.h"

/* Bytes up to which all values of a byte are tried, and single bits. */
enum { BYTES_MOST = 2 << 10, BITS_MOST = 16 << 10 };

typedef int is_right(const struct text *bytes, size_t at, const void *ctx);

/* Tries byte `i` of what stands at `at`; leaves the bytes right, or as they were. */
static int try_byte(struct text *bytes, size_t at, size_t i, int bits_only, is_right *is,
                    const void *ctx)
{
    unsigned char *byte = (unsigned char *)bytes->s + at + i;
    const unsigned char was = *byte;

    for (unsigned mask = 1; mask < 256; mask++) {
        if (bits_only && mask & (mask - 1))
            continue;
        *byte = was ^ (unsigned char)mask;
        if (is(bytes, at, ctx))
            return 1;
    }
    *byte = was;
    return 0;
}

/* ---- heads ---- */

static int is_head(const struct text *bytes, size_t at, const void *ctx)
{
    struct segment s;

    (void)at;
    (void)ctx;
    return segment_read_head((const unsigned char *)bytes->s, bytes->n, &s) == 0;
}

size_t survey_mend_head(struct text *bytes)
{
    for (size_t i = 0; i < SEGMENT_HEAD && bytes->n >= SEGMENT_HEAD; i++)
        if (try_byte(bytes, 0, i, 0, is_head, NULL))
            return i ? i : SEGMENT_HEAD;
    return 0;
}

/* ---- records ---- */

struct wanted {
    unsigned segment;
    unsigned long long sequence;
};

/* The cheap question first: most tries fail it. */
static int is_wanted(const struct text *bytes, size_t at, const void *ctx)
{
    const unsigned char *p = (const unsigned char *)bytes->s + at;
    const struct wanted *w = ctx;
    struct record r;

    return record_read_word(p + 16, 8) == w->sequence && record_read_word(p + 8, 4) <= BITS_MOST
           && record_read(p, bytes->n - at, w->segment, &r);
}

size_t survey_mend_record(struct text *bytes, size_t at, unsigned segment,
                          unsigned long long sequence)
{
    const struct wanted w = { segment, sequence };
    size_t n;

    if (at + RECORD_HEAD > bytes->n)
        return 0;
    n = RECORD_HEAD + record_read_word((const unsigned char *)bytes->s + at + 8, 4);
    if (n > bytes->n - at || n > BITS_MOST)
        n = RECORD_HEAD; /* the length itself may be wrong */
    for (size_t i = 0; i < n; i++)
        if (try_byte(bytes, at, i, n > BYTES_MOST, is_wanted, &w))
            return at + i;
    return 0;
}
