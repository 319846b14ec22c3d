/* test_number.c: decimal text <-> double against the C library and against exact arithmetic. */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/power.h"
#include "suites.h"

static const char *written(double d)
{
    static char buf[NUMBER_SIZE + 1];

    buf[number_write(d, buf)] = '\0';
    return buf;
}

static double read_back(const char *text)
{
    return number_read(text, strlen(text));
}

static uint64_t bits_of(double d)
{
    uint64_t bits;

    memcpy(&bits, &d, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits)
{
    double d;

    memcpy(&d, &bits, sizeof d);
    return d;
}

/* A generator of our own, so that a failure comes again. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static const struct {
    double d;
    const char *text;
} known[] = {
    { 0.0, "0.0" },
    { -0.0, "-0.0" },
    { 5.0, "5.0" },
    { -1.5, "-1.5" },
    { 0.1, "0.1" },
    { 100.0, "100.0" },
    { 123456789.125, "123456789.125" },
    { 1e15, "1000000000000000.0" },
    { 9999999999999998.0, "9999999999999998.0" },
    { 1e16, "1e+16" },
    { 1.2345678901234568e17, "1.2345678901234568e+17" },
    { 1e21, "1e+21" },
    { 1e22, "1e+22" },
    { 1e23, "1e+23" },
    { 0.00001, "0.00001" },
    { 0.000012345, "0.000012345" },
    { 9.999e-6, "9.999e-6" },
    { 1.5e-6, "1.5e-6" },
    { 1e-7, "1e-7" },
    { 9007199254740991.0, "9007199254740991.0" },
    { 9007199254740992.0, "9007199254740992.0" },
    { DBL_MAX, "1.7976931348623157e+308" },
    { -DBL_MAX, "-1.7976931348623157e+308" },
    { DBL_MIN, "2.2250738585072014e-308" },
    { 2.225073858507201e-308, "2.225073858507201e-308" },
    { 5e-324, "5e-324" },
    { 4.35, "4.35" },
    { 0.3, "0.3" },
    { 2.0 / 3, "0.6666666666666666" },
    { 5.684341886080802e-14, "5.684341886080802e-14" }, /* a power of two: uneven neighbours */
};

START_TEST(writes_what_is_known)
{
    ck_assert_str_eq(written(known[_i].d), known[_i].text);
    ck_assert_uint_eq(bits_of(read_back(known[_i].text)), bits_of(known[_i].d));
}
END_TEST

/* Texts whose nearest double is not obvious: ties, long digits, both ends of the range. */
static const char *const texts[] = {
    "9007199254740993",
    "9007199254740992.99999999999999999999999999999",
    "9007199254740993.00000000000000000000000000000000000000000001",
    "2.2250738585072011e-308",
    "2.2250738585072012e-308",
    "2.4703282292062327208e-324",
    "2.4703282292062327209e-324",
    "2.4703282292062328e-324",
    "4.9e-324",
    "1e-400",
    "1.7976931348623158e308",
    "1.7976931348623157e308",
    "0.000000000000000000000000000000000000000000000000000000000000001",
    "100000000000000000000000000000000000000000000000000000000000000e-60",
    "1e23",
    "8.5e22",
    "0e999999999999999999999",
    "1e-999999999999999999999",
    "0.0000000000000000000000000000001e31",
    "12345678901234567890123456789012345678901234567890",
    "-0.1e-2",
    "1E5",
    "1e+5",
    "18446744073709551615",
    "18446744073709551616",
    "7.7e-340",
};

START_TEST(reads_like_the_library)
{
    ck_assert_uint_eq(bits_of(read_back(texts[_i])), bits_of(strtod(texts[_i], NULL)));
}
END_TEST

START_TEST(too_large_is_infinite)
{
    ck_assert(isinf(read_back("1e400")));
    ck_assert(isinf(read_back("1.7976931348623159e308")));
    ck_assert(isinf(read_back("1e999999999999999999999")));
    ck_assert_double_eq(read_back("-1e400"), -INFINITY);
}
END_TEST

/* The middle between two doubles to its last digit is a tie: to the even one; one more digit, far
 * behind all that could be kept, tips it. */
START_TEST(long_ties)
{
    static char text[3000];
    double low = _i ? nextafter(1e-300, 1) : 1e-300, high = nextafter(low, 1), tied;
    int n = snprintf(text, sizeof text, "%.1100Le", ((long double)low + high) / 2);

    tied = number_read(text, (size_t)n);
    ck_assert_double_eq(tied, strtod(text, NULL));
    ck_assert_double_eq(tied, bits_of(low) & 1 ? high : low);
    strchr(text, 'e')[-1] = '1';
    ck_assert_double_eq(number_read(text, (size_t)n), high);
}
END_TEST

/* The fewest digits %e needs for `d`, written to `text`. */
static int shortest_by_trying(double d, char text[40])
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, 40, "%.*e", digits - 1, d);
        if (strtod(text, NULL) == d)
            return digits;
    }
    return 18;
}

/* How many digits a text has between its first and last that is not 0. */
static int count_digits(const char *text)
{
    int n = 0, zeros = 0;

    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9')
            continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        n += n || *text != '0';
    }
    return n - (n > zeros ? zeros : n);
}

/* Fails unless both texts have the same digits, zeros at either end aside. */
static void same_digits(const char *a, const char *b)
{
    int left = count_digits(a);
    const char *p = a, *q = b;

    p += strspn(p, "-0.");
    q += strspn(q, "-0.");
    for (; left; p++, q++, left--) {
        p += *p == '.';
        q += *q == '.';
        if (*p != *q)
            ck_abort_msg("%s is not the nearest: %s", a, b);
    }
}

static void check_shortest(double d)
{
    char tried[40];
    const char *text = written(d);
    int digits = shortest_by_trying(d, tried), ours = count_digits(text);

    if (bits_of(strtod(text, NULL)) != bits_of(d) || bits_of(read_back(text)) != bits_of(d))
        ck_abort_msg("%s is not %.17g", text, d);
    if (ours > digits)
        ck_abort_msg("%s is longer than %s", text, tried);
    if (ours < digits)
        return; /* %e missed it: beside a power of two the nearest decimal may not do */
    same_digits(text, tried);
}

START_TEST(random_doubles_come_back)
{
    uint64_t state = 88172645463325252u + (uint64_t)_i;

    for (int i = 0; i < 20000; i++) {
        double d = from_bits(next_random(&state));

        if (isfinite(d))
            check_shortest(d);
        check_shortest(from_bits(bits_of(d) & 0x800fffffffffffffu)); /* subnormal */
        check_shortest((double)(int64_t)(next_random(&state) >> (i & 63)) / 1000);
        check_shortest(from_bits((uint64_t)(1 + i % 2045) << 52)); /* powers of two */
    }
}
END_TEST

START_TEST(random_texts_read_like_the_library)
{
    uint64_t state = 0x2545f4914f6cdd1du;
    char text[100];

    for (int i = 0; i < 100000; i++) {
        unsigned long long a = next_random(&state) >> (next_random(&state) & 63);
        unsigned long long b = next_random(&state) >> (next_random(&state) & 63);
        int e = (int)(next_random(&state) % 700) - 350;

        snprintf(text, sizeof text, "%llu.%llue%d", a, b, e);
        if (bits_of(read_back(text)) != bits_of(strtod(text, NULL)))
            ck_abort_msg("%s", text);
    }
}
END_TEST

/* ---- the powers, exactly ------------------------------------------------------------------ */

enum { WORDS = 40 };

/* A natural number of up to 1,280 bits, the lowest word first. */
struct natural {
    uint32_t w[WORDS];
};

static void multiply(struct natural *n, uint32_t by)
{
    uint64_t carry = 0;

    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)n->w[i] * by;
        n->w[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void add(struct natural *n, const struct natural *m)
{
    uint64_t carry = 0;

    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)n->w[i] + m->w[i];
        n->w[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void shift_left(struct natural *n, int bits)
{
    for (; bits >= 31; bits -= 31)
        multiply(n, (uint32_t)1 << 31);
    multiply(n, (uint32_t)1 << bits);
}

/* n - m, which must not be negative. */
static struct natural difference(const struct natural *n, const struct natural *m)
{
    struct natural d;
    int64_t borrow = 0;

    for (int i = 0; i < WORDS; i++) {
        borrow += (int64_t)n->w[i] - m->w[i];
        d.w[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    if (borrow)
        ck_abort_msg("a difference is negative");
    return d;
}

static int is_less(const struct natural *n, const struct natural *m)
{
    for (int i = WORDS - 1; i >= 0; i--)
        if (n->w[i] != m->w[i])
            return n->w[i] < m->w[i];
    return 0;
}

static struct natural power_of_five(int k)
{
    struct natural n = { { 1 } };

    while (k--)
        multiply(&n, 5);
    return n;
}

/* high:low * m */
static struct natural times_power(struct power g, const struct natural *m)
{
    const uint32_t words[4] = { (uint32_t)(g.high >> 32), (uint32_t)g.high, (uint32_t)(g.low >> 32),
                                (uint32_t)g.low };
    struct natural product = { { 0 } };

    for (int i = 0; i < 4; i++) {
        struct natural part = *m;

        shift_left(&product, 32);
        multiply(&part, words[i]);
        add(&product, &part);
    }
    return product;
}

/* 10^k = g 2^x with x = power_exponent(k) - 127, rounded up: g 2^x - 10^k lies in [0, 2^x). With
 * fives and twos on the side where their exponents are positive this is one of naturals. */
static void check_power(int k)
{
    int x = power_exponent(k) - 127 - k; /* g 2^x against 5^k */
    struct power g = power_of_ten(k);
    struct natural five = power_of_five(abs(k)), one = { { 1 } };
    struct natural left = times_power(g, k < 0 ? &five : &one);
    struct natural right = k < 0 ? one : five, unit = k < 0 ? five : one, rest;

    shift_left(&left, x > 0 ? x : 0);
    shift_left(&unit, x > 0 ? x : 0);
    shift_left(&right, x < 0 ? -x : 0);
    rest = difference(&left, &right);
    if (!(g.high >> 63) || !is_less(&rest, &unit))
        ck_abort_msg("10^%d is wrong", k);
}

START_TEST(every_power_is_right)
{
    for (int k = POWER_MIN; k <= POWER_MAX; k++)
        check_power(k);
}
END_TEST

Suite *suite_number(void);
Suite *suite_number(void)
{
    Suite *s = suite_create("number");
    TCase *c = tcase_create("number");

    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, writes_what_is_known, 0, sizeof known / sizeof *known);
    tcase_add_loop_test(c, reads_like_the_library, 0, sizeof texts / sizeof *texts);
    tcase_add_test(c, too_large_is_infinite);
    tcase_add_loop_test(c, long_ties, 0, 2); /* the lower one even, and odd */
    tcase_add_loop_test(c, random_doubles_come_back, 0, 3);
    tcase_add_test(c, random_texts_read_like_the_library);
    tcase_add_test(c, every_power_is_right);
    suite_add_tcase(s, c);
    return s;
}
