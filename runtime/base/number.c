/* number.c: decimal text <-> double, exactly, without locale.
 *
 * Writing is Raffaello Giulietti's Schubfach: of the decimals with the fewest digits that lie in
 * the interval rounding to `d`, the nearest one, found with three multiplications by a 128-bit
 * power of ten. Reading takes up to 19 digits w and an exponent: w * 10^k lies in an interval known
 * to 128 bits; when both its ends round to the same double, that is the answer, and only for the
 * rest (about one in 2^50, and true ties) all digits are held against those of the middle between
 * the two doubles in question.
 */
#include "number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exact.h"
#include "power.h"

__extension__ typedef unsigned __int128 wide;

enum {
    FRACTION_BITS = 52,
    BIAS = 1075,       /* the exponent field of 2^0 in the unit of the last place */
    DIGITS = 19,       /* what always fits in 64 bits */
    LONG_DIGITS = 800, /* more than any two neighbours need to be told apart (767) */
    PLAIN_MIN = -4,    /* place of the first digit, 1 for 1..9: plain notation from here */
    PLAIN_MAX = 16     /* to here */
};

#define HIDDEN ((uint64_t)1 << FRACTION_BITS)

/* digits * 10^exponent */
struct decimal {
    uint64_t digits;
    int64_t exponent;
};

/* ---- writing ------------------------------------------------------------------------------ */

/* floor(g * c / 2^128) with the last bit set when anything was cut off (round to odd). */
static uint64_t scale_to_odd(struct power g, uint64_t c)
{
    uint64_t carry = (uint64_t)(((wide)g.low * c) >> 64);
    wide product = (wide)g.high * c + carry;

    return (uint64_t)(product >> 64) | ((uint64_t)product > 1);
}

/* The shortest decimal in the rounding interval of c * 2^q; `narrow` when the neighbour below is
 * nearer than the one above (c is a power of two). Everything is in quarters of the unit. */
static struct decimal shortest(uint64_t c, int q, int narrow)
{
    int k = (int)(((int64_t)q * 1262611 - (narrow ? 524031 : 0)) >> 22);
    int h = q + power_exponent(-k) + 1;
    struct power g = power_of_ten(-k);
    uint64_t odd = c & 1; /* an even c owns the ends of its interval */
    uint64_t low = scale_to_odd(g, (4 * c - 2 + (uint64_t)narrow) << h) + odd;
    uint64_t middle = scale_to_odd(g, (4 * c) << h);
    uint64_t high = scale_to_odd(g, (4 * c + 2) << h) - odd;
    uint64_t s = middle / 4, tens = s / 10;
    int below, above;

    if (s >= 10) {
        below = low <= 40 * tens;
        above = 40 * tens + 40 <= high;
        if (below != above)
            return (struct decimal){ tens + (uint64_t)above, k + 1 };
    }
    below = low <= 4 * s;
    above = 4 * s + 4 <= high;
    if (below != above)
        return (struct decimal){ s + (uint64_t)above, k };
    above = middle > 4 * s + 2 || (middle == 4 * s + 2 && (s & 1));
    return (struct decimal){ s + (uint64_t)above, k };
}

static struct decimal decimal_of(uint64_t bits)
{
    uint64_t fraction = bits & (HIDDEN - 1);
    int field = (int)(bits >> FRACTION_BITS) & 0x7ff;
    uint64_t c = field ? fraction | HIDDEN : fraction;
    int q = (field ? field : 1) - BIAS;
    struct decimal d = { 0 };

    if (!c)
        return d;
    if (q <= 0 && q > -FRACTION_BITS - 1 && !(c & (((uint64_t)1 << -q) - 1)))
        d = (struct decimal){ c >> -q, 0 }; /* an integer below 2^53 */
    else
        d = shortest(c, q, !fraction && field > 1);
    while (d.digits % 10 == 0) {
        d.digits /= 10;
        d.exponent++;
    }
    return d;
}

/* Writes the digits of `w`, at least one, and returns how many. */
static int write_digits(uint64_t w, char *to)
{
    char reversed[20];
    int n = 0;

    do
        reversed[n++] = (char)('0' + w % 10);
    while (w /= 10);
    for (int i = 0; i < n; i++)
        to[i] = reversed[n - 1 - i];
    return n;
}

static char *write_zeros(char *to, int n)
{
    memset(to, '0', (size_t)n);
    return to + n;
}

/* digits[0..n) with the decimal point behind the first `point` of them, which may lie outside. */
static char *write_plain(char *to, const char *digits, int n, int point)
{
    int whole = point < n ? point : n;

    if (point <= 0) {
        *to++ = '0';
        whole = 0;
    }
    memcpy(to, digits, (size_t)whole);
    to = write_zeros(to + whole, point > n ? point - n : 0);
    *to++ = '.';
    to = write_zeros(to, point < 0 ? -point : 0);
    memcpy(to, digits + whole, (size_t)(n - whole));
    to += n - whole;
    if (n == whole)
        *to++ = '0';
    return to;
}

static char *write_scientific(char *to, const char *digits, int n, int exponent)
{
    *to++ = digits[0];
    if (n > 1) {
        *to++ = '.';
        memcpy(to, digits + 1, (size_t)(n - 1));
        to += n - 1;
    }
    *to++ = 'e';
    *to++ = exponent < 0 ? '-' : '+';
    return to + write_digits((uint64_t)abs(exponent), to);
}

size_t number_write(double d, char buf[NUMBER_SIZE])
{
    char digits[20], *to = buf;
    struct decimal decimal;
    uint64_t bits;
    int n, point;

    memcpy(&bits, &d, sizeof bits);
    if (bits >> 63)
        *to++ = '-';
    decimal = decimal_of(bits);
    n = write_digits(decimal.digits, digits);
    point = n + (int)decimal.exponent;
    if (PLAIN_MIN <= point && point <= PLAIN_MAX)
        to = write_plain(to, digits, n, point);
    else
        to = write_scientific(to, digits, n, point - 1);
    return (size_t)(to - buf);
}

/* ---- reading ------------------------------------------------------------------------------ */

/* What was read of a number: digits * 10^exponent, or a little more when digits were left out. */
struct reading {
    struct decimal decimal;
    int count; /* significant digits in decimal.digits */
    int more;  /* one that was left out is not 0 */
    int minus;
    char *all; /* where to keep the first LONG_DIGITS significant digits, or NULL */
    int n_all;
};

static const double exact_powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* The double nearest to t * 2^exponent, ties upwards; infinity when too large. */
static double nearest(wide t, int exponent)
{
    int zeros = t >> 64 ? __builtin_clzll((uint64_t)(t >> 64)) : 64;
    uint64_t high = (uint64_t)(t << zeros >> 64), bits;
    int field = exponent + 64 - zeros + 11 + BIAS; /* 11: 64 bits are cut to 53 */
    int cut = field < 1 ? 12 - field : 11;         /* or to fewer, below the normal range */
    double d;

    if (field > 2046)
        return INFINITY;
    if (cut > 64)
        return 0.0;
    bits = (cut == 64 ? 0 : high >> cut) + (high >> (cut - 1) & 1);
    bits += (uint64_t)(field < 1 ? 0 : field - 1) << FRACTION_BITS;
    memcpy(&d, &bits, sizeof d);
    return d;
}

/* The value of a reading by 128-bit arithmetic; -1, and the lower of the two it may be, when that
 * does not tell. The power is rounded up by less than one, so the true product lies less than one
 * below the 128 bits kept of it; the bits not kept and the digits left out lie above. */
static int scale(const struct decimal *v, int more, double *ret)
{
    int shift = __builtin_clzll(v->digits), k = (int)v->exponent;
    struct power g = power_of_ten(k);
    uint64_t w = v->digits << shift;
    wide product = (wide)g.high * w + (uint64_t)(((wide)g.low * w) >> 64);
    wide above = product + 1 + (more ? ((wide)g.high + 1) << shift : 0);
    int exponent = power_exponent(k) - 127 + 64 - shift;
    double low = nearest(product - 1, exponent);

    *ret = low;
    return above < product || low != nearest(above, exponent) ? -1 : 0;
}

/* Of the digits that find no room only matters whether one is not 0. */
static void keep_digit(struct reading *r, int digit)
{
    if (r->n_all < LONG_DIGITS)
        r->all[r->n_all++] = (char)('0' + digit);
    else if (digit && r->all[LONG_DIGITS - 1] == '0')
        r->all[LONG_DIGITS - 1] = '1';
}

static void take_digit(struct reading *r, int digit, int fraction)
{
    if (r->all && (r->n_all || digit))
        keep_digit(r, digit);
    if (r->count < DIGITS) {
        r->decimal.digits = r->decimal.digits * 10 + (uint64_t)digit;
        r->count += r->decimal.digits != 0;
        r->decimal.exponent -= fraction;
    } else {
        r->more |= digit != 0;
        r->decimal.exponent += !fraction;
    }
}

/* Far outside any double's range is as good as the real exponent, and cannot overflow. */
static int64_t read_exponent(const char *s, const char *end)
{
    int minus = *s == '-';
    int64_t e = 0;

    for (s += minus || *s == '+'; s < end; s++)
        if (e < (int64_t)1 << 50)
            e = e * 10 + (*s - '0');
    return minus ? -e : e;
}

static void read_text(struct reading *r, const char *s, const char *end)
{
    int fraction = 0;

    r->minus = s < end && *s == '-';
    for (s += r->minus; s < end; s++) {
        if (*s == '.') {
            fraction = 1;
        } else if (*s == 'e' || *s == 'E') {
            r->decimal.exponent += read_exponent(s + 1, end);
            return;
        } else {
            take_digit(r, *s - '0', fraction);
        }
    }
}

/* `low` or the double above it: whichever is nearer to all the digits, the even one of a tie. */
static double choose(double low, const char *text, size_t n)
{
    char all[LONG_DIGITS];
    struct reading r = { .all = all };
    struct exact middle;
    uint64_t bits, fraction;
    int order, field;

    memcpy(&bits, &low, sizeof bits);
    fraction = bits & (HIDDEN - 1);
    field = (int)(bits >> FRACTION_BITS);
    exact_write(&middle, 2 * (field ? fraction | HIDDEN : fraction) + 1,
                (field ? field : 1) - BIAS - 1);
    read_text(&r, text, text + n);
    order = exact_compare(&middle, all, r.n_all, r.count + r.decimal.exponent);
    bits += order < 0 || (order == 0 && bits & 1);
    memcpy(&low, &bits, sizeof low);
    return low;
}

static double value_of(const struct reading *r, const char *text, size_t n)
{
    uint64_t w = r->decimal.digits;
    int64_t k = r->decimal.exponent;
    double d;

    if (!r->more && k == 0)
        return (double)w;
    if (!r->more && w <= HIDDEN * 2 && -22 <= k && k <= 22)
        return k < 0 ? (double)w / exact_powers[-k] : (double)w * exact_powers[k];
    if (!w || k < POWER_MIN)
        return 0.0;
    if (k > 308)
        return INFINITY;
    return scale(&r->decimal, r->more, &d) == 0 ? d : choose(d, text, n);
}

double number_read(const char *text, size_t n)
{
    struct reading r = { 0 };
    double d;

    read_text(&r, text, text + n);
    d = value_of(&r, text, n);
    return r.minus ? -d : d;
}
