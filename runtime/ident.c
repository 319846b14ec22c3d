/* ident.c: names in 26 digits of five bits each (ident.h). */
#include "ident.h"

#include <string.h>

#include "record.h"

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* 50 bits of `first`, then 80 of `chance`, 40 of each. */
static void put(char ret[IDENT_SIZE], unsigned long long first, const unsigned long long chance[2])
{
    for (int i = 0; i < 10; i++)
        ret[i] = digits[first >> (45 - 5 * i) & 31];
    for (int i = 0; i < 16; i++)
        ret[10 + i] = digits[chance[i / 8] >> (5 * (i % 8)) & 31];
    ret[26] = '\0';
}

void ident_make(const struct kiln_io *io, char ret[IDENT_SIZE])
{
    unsigned long long ms = (unsigned long long)io->now_ms(io->self);
    unsigned long long chance[2] = { io->random(io->self), io->random(io->self) };

    put(ret, ms, chance);
}

long long ident_ms(const char *ident)
{
    unsigned long long ms = 0;

    for (int i = 0; i < 10 && ident[i]; i++) {
        const char *digit = strchr(digits, ident[i]);

        ms = ms << 5 | (unsigned long long)(digit ? digit - digits : 0);
    }
    return (long long)ms;
}

void ident_of_key(const char *key, size_t n, char ret[IDENT_SIZE])
{
    unsigned long long hash[3];

    for (unsigned i = 0; i < 3; i++)
        hash[i] = record_checksum(key, n, i);
    put(ret, hash[0], hash + 1);
}
