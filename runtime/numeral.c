/* numeral.c: numbers in text.
 *
 * number_read wants JSON's syntax and gets it: the text is checked here and written again without
 * what JSON does not know (a plus sign, leading zeros, a point at either end).
 */
#include "numeral.h"

#include <limits.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "base/text.h"

/* The parts of a decimal numeral, as slices of the text. */
struct parts {
    const char *whole, *fraction, *exponent;
    size_t n_whole, n_fraction, n_exponent;
};

static size_t digits(const char *s, const char *end)
{
    const char *p = s;

    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return (size_t)(p - s);
}

/* Splits an unsigned numeral. 0, or -1 when something is missing or left over. */
static int split(const char *s, const char *end, struct parts *p)
{
    memset(p, 0, sizeof *p);
    p->whole = s;
    p->n_whole = digits(s, end);
    s += p->n_whole;
    if (s < end && *s == '.') {
        p->fraction = ++s;
        p->n_fraction = digits(s, end);
        s += p->n_fraction;
    }
    if (!p->n_whole && !p->n_fraction)
        return -1;
    if (s < end && (*s == 'e' || *s == 'E')) {
        p->exponent = ++s;
        if (s < end && (*s == '+' || *s == '-'))
            s++;
        if (!digits(s, end))
            return -1;
        s += digits(s, end);
        p->n_exponent = (size_t)(s - p->exponent);
    }
    return s == end ? 0 : -1;
}

static double read_parts(struct parts *p)
{
    struct text t = { 0 };
    double d;

    while (p->n_whole && *p->whole == '0') {
        p->whole++;
        p->n_whole--;
    }
    if (p->n_whole)
        text_put(&t, p->whole, p->n_whole);
    else
        text_putc(&t, '0');
    if (p->n_fraction) {
        text_putc(&t, '.');
        text_put(&t, p->fraction, p->n_fraction);
    }
    if (p->n_exponent) {
        text_putc(&t, 'e');
        text_put(&t, p->exponent, p->n_exponent);
    }
    d = number_read(text_cstr(&t), t.n);
    text_fini(&t);
    return d;
}

static int is_word(const char *s, size_t n, const char *word)
{
    return n == strlen(word) && !strncasecmp(s, word, n);
}

int numeral_double(const char *s, size_t n, double *ret)
{
    const char *end = s + n;
    int minus = n && *s == '-';
    struct parts p;
    double d;

    if (n && (*s == '-' || *s == '+'))
        s++;
    n = (size_t)(end - s);
    if (is_word(s, n, "inf") || is_word(s, n, "infinity"))
        d = INFINITY;
    else if (is_word(s, n, "nan"))
        d = NAN;
    else if (split(s, end, &p) == 0)
        d = read_parts(&p);
    else
        return -1;
    *ret = minus ? -d : d;
    return 0;
}

int numeral_integer(const char *s, size_t n, long long *ret)
{
    const char *end = s + n;
    int minus = n && *s == '-';
    unsigned long long most = (unsigned long long)LLONG_MAX + (unsigned)minus, sum = 0;

    if (n && (*s == '-' || *s == '+'))
        s++;
    if (s == end || digits(s, end) != (size_t)(end - s))
        return -1;
    for (; s < end; s++) {
        unsigned digit = (unsigned)(*s - '0');

        if (sum > (most - digit) / 10)
            return -1;
        sum = sum * 10 + digit;
    }
    *ret = minus ? (long long)(0 - sum) : (long long)sum;
    return 0;
}
