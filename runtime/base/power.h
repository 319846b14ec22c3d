/* power.h: powers of ten as 128-bit fractions, for number.c and decimal.c. */
#ifndef KILN_POWER_H
#define KILN_POWER_H

#include <stdint.h>

enum { POWER_MIN = -343, POWER_MAX = 324 };

/* 10^k = high:low * 2^(power_exponent(k) - 127), the top bit of `high` set, rounded up when it is
 * not exact (it is for 0 <= k <= 55). */
struct power {
    uint64_t high, low;
};

/* k from POWER_MIN to POWER_MAX. */
struct power power_of_ten(int k);

/* floor(log2(10^k)), for |k| <= 1233. */
static inline int power_exponent(int k)
{
    return (int)(((int64_t)k * 1741647) >> 19);
}

#endif
