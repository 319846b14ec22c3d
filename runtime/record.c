/* record.c: the bytes of one record (spec/JOURNAL.md 4). */
#include "record.h"

#include <string.h>

#define XXH_INLINE_ALL
#include "xxhash.h"

unsigned long long record_checksum(const void *bytes, size_t n, unsigned seed)
{
    return XXH3_64bits_withSeed(bytes, n, seed);
}

void record_write_word(unsigned char *at, unsigned long long w, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        at[i] = (unsigned char)(w >> (8 * i));
}

unsigned long long record_read_word(const unsigned char *at, unsigned bytes)
{
    unsigned long long w = 0;

    for (unsigned i = 0; i < bytes; i++)
        w |= (unsigned long long)at[i] << (8 * i);
    return w;
}

/* ---- a whole record ---- */

size_t record_size(size_t n)
{
    return (RECORD_HEAD + n + RECORD_ALIGN - 1) & ~(size_t)(RECORD_ALIGN - 1);
}

size_t record_open(struct text *t)
{
    static const char head[RECORD_HEAD];
    size_t at = t->n;

    text_put(t, head, sizeof head);
    return at;
}

int record_seal(struct text *t, size_t at, const struct record *r)
{
    static const char padding[RECORD_ALIGN];
    size_t n = t->n - at - RECORD_HEAD;
    unsigned char *head;

    if (t->failed || n > 0xffffffff)
        return -1;
    text_put(t, padding, record_size(n) - RECORD_HEAD - n);
    if (t->failed)
        return -1;
    head = (unsigned char *)t->s + at;
    record_write_word(head + 8, n, 4);
    head[12] = (unsigned char)r->kind;
    record_write_word(head + 13, r->position, 3);
    record_write_word(head + 16, r->sequence, 8);
    return 0;
}

void record_sign(unsigned char *bytes, size_t n, unsigned segment)
{
    for (size_t at = 0, body; at < n; at += record_size(body)) {
        unsigned char *head = bytes + at;

        body = record_read_word(head + 8, 4);
        record_write_word(head, record_checksum(head + 8, RECORD_HEAD - 8 + body, segment), 8);
    }
}

void record_head(const unsigned char *bytes, struct record *ret)
{
    size_t body = record_read_word(bytes + 8, 4);

    *ret = (struct record){
        .kind = bytes[12],
        .position = (unsigned)record_read_word(bytes + 13, 3),
        .sequence = record_read_word(bytes + 16, 8),
        .body = bytes + RECORD_HEAD,
        .n = body,
        .size = record_size(body),
    };
}

int record_read(const unsigned char *bytes, size_t n, unsigned segment, struct record *ret)
{
    size_t body;

    if (n < RECORD_HEAD || !bytes[12])
        return 0;
    body = record_read_word(bytes + 8, 4);
    if (body > n - RECORD_HEAD || record_size(body) > n)
        return 0;
    if (record_read_word(bytes, 8) != record_checksum(bytes + 8, RECORD_HEAD - 8 + body, segment))
        return 0;
    record_head(bytes, ret);
    return ret->position < ret->sequence;
}

/* ---- parts of a body ---- */

void record_put_uint(struct text *t, unsigned long long w)
{
    for (; w >= 0x80; w >>= 7)
        text_putc(t, (char)(w | 0x80));
    text_putc(t, (char)w);
}

void record_put_int(struct text *t, long long i)
{
    unsigned long long w = (unsigned long long)i << 1;

    record_put_uint(t, i < 0 ? ~w : w);
}

void record_put_text(struct text *t, const char *s, size_t n)
{
    record_put_uint(t, n);
    text_put(t, s, n);
}

int record_take_uint(struct record_cursor *c, unsigned long long *ret)
{
    unsigned long long w = 0;

    for (unsigned shift = 0; shift < 70 && c->at < c->n; shift += 7) {
        unsigned char b = c->bytes[c->at++];

        if (shift == 63 && b > 1)
            return -1;
        w |= (unsigned long long)(b & 0x7f) << shift;
        if (b < 0x80) {
            *ret = w;
            return 0;
        }
    }
    return -1;
}

int record_take_int(struct record_cursor *c, long long *ret)
{
    unsigned long long w;

    if (record_take_uint(c, &w) < 0)
        return -1;
    *ret = (long long)(w & 1 ? ~(w >> 1) : w >> 1);
    return 0;
}

int record_take_bytes(struct record_cursor *c, const unsigned char **ret, size_t n)
{
    if (n > c->n - c->at)
        return -1;
    *ret = c->bytes + c->at;
    c->at += n;
    return 0;
}

int record_take_text(struct record_cursor *c, const char **ret, size_t *ret_n)
{
    const unsigned char *bytes;
    unsigned long long n;

    if (record_take_uint(c, &n) < 0 || n > c->n || record_take_bytes(c, &bytes, n) < 0)
        return -1;
    *ret = (const char *)bytes;
    *ret_n = n;
    return 0;
}
