/* exact.c: every decimal digit of a binary fraction.
 *
 * m / 2^k is m * 5^k / 10^k: multiplying a long number whose words are nine decimal digits each by
 * small ones is all it takes.
 */
#include "exact.h"

#include <stdlib.h>
#include <string.h>

enum { WORD = 1000000000, WORD_DIGITS = 9, WORDS = EXACT_DIGITS / WORD_DIGITS };

/* The lowest word first. */
struct number {
    uint32_t words[WORDS];
    int n;
};

static void multiply(struct number *x, uint32_t by)
{
    uint64_t carry = 0;

    for (int i = 0; i < x->n; i++) {
        carry += (uint64_t)x->words[i] * by;
        x->words[i] = (uint32_t)(carry % WORD);
        carry /= WORD;
    }
    if (carry)
        x->words[x->n++] = (uint32_t)carry;
}

static void put_digits(struct exact *to, const struct number *x)
{
    for (int i = x->n; i-- > 0;) {
        uint32_t word = x->words[i];

        for (int place = WORD_DIGITS; place-- > 0; word /= 10)
            to->digits[to->n + place] = (char)('0' + word % 10);
        to->n += WORD_DIGITS;
    }
    to->point += to->n;
}

static void drop_zeros(struct exact *x)
{
    int zeros = 0;

    while (zeros < x->n && x->digits[zeros] == '0')
        zeros++;
    x->n -= zeros;
    x->point -= zeros;
    memmove(x->digits, x->digits + zeros, (size_t)x->n);
    while (x->n && x->digits[x->n - 1] == '0')
        x->n--;
    if (!x->n)
        x->point = 0;
}

void exact_write(struct exact *ret, uint64_t m, int e)
{
    struct number x = {
        { (uint32_t)(m % WORD), (uint32_t)(m / WORD % WORD), (uint32_t)(m / WORD / WORD) }, 3
    };

    for (int left = abs(e); left;) {
        uint32_t by = 1;

        for (; left && by < WORD / 5; left--)
            by *= e < 0 ? 5 : 2;
        multiply(&x, by);
    }
    ret->n = 0;
    ret->point = e < 0 ? e : 0;
    put_digits(ret, &x);
    drop_zeros(ret);
}

void exact_round(struct exact *x, int keep)
{
    const char *d = x->digits;
    int up;

    if (keep >= x->n)
        return;
    up = keep >= 0
         && (d[keep] > '5' || (d[keep] == '5' && (keep + 1 < x->n || (keep && d[keep - 1] & 1))));
    for (x->n = keep > 0 ? keep : 0; x->n && x->digits[x->n - 1] == (up ? '9' : '0');)
        x->n--;
    if (up && x->n) {
        x->digits[x->n - 1]++;
    } else if (up) {
        x->digits[x->n++] = '1';
        x->point++;
    } else if (!x->n) {
        x->point = 0;
    }
}

int exact_compare(const struct exact *x, const char *digits, int n, int64_t point)
{
    int common = x->n < n ? x->n : n, order;

    if (!x->n || x->point != point)
        return x->n && x->point > point ? 1 : -1;
    order = memcmp(x->digits, digits, (size_t)common);
    if (order)
        return order < 0 ? -1 : 1;
    for (; common < n; common++)
        if (digits[common] != '0')
            return -1;
    return x->n > common;
}
