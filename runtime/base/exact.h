/* exact.h: every decimal digit of a binary fraction. */
#ifndef KILN_EXACT_H
#define KILN_EXACT_H

#include <stdint.h>

enum { EXACT_DIGITS = 820 }; /* no double has more than 767, nor the middle of two more than 768 */

/* The value 0.d1d2d3... * 10^point; neither the first nor the last digit is 0. Of 0 there is none,
 * and its point is 0. */
struct exact {
    int n, point;
    char digits[EXACT_DIGITS]; /* '0' to '9', no NUL */
};

/* m * 2^e, for e from -1075 to 971. */
void exact_write(struct exact *ret, uint64_t m, int e);
/* Rounds to the first `keep` digits, half to even. */
void exact_round(struct exact *x, int keep);
/* -1, 0 or 1 as `x` is below, equal to or above 0.d1d2d3... * 10^point; the last of the `n` digits
 * may be a 0. */
int exact_compare(const struct exact *x, const char *digits, int n, int64_t point);

#endif
