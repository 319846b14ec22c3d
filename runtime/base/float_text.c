/* float_text.c: a double as printf writes it: its exact digits, rounded where they are cut. */
#include "float_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exact.h"

enum { FRACTION_BITS = 52, BIAS = 1075, USUAL = 6 };

static char digit_at(const struct exact *x, int i)
{
    return (char)(i >= 0 && i < x->n ? x->digits[i] : '0');
}

/* The digits from..to, a zero for each there is none for. */
static void put_digits(struct text *t, const struct exact *x, int from, int to)
{
    for (int i = from; i < to; i++)
        text_putc(t, digit_at(x, i));
}

static void put_fraction(struct text *t, const struct exact *x, int from, int precision)
{
    if (precision > 0)
        text_putc(t, '.');
    put_digits(t, x, from, from + precision);
}

static void put_fixed(struct text *t, const struct exact *x, int precision)
{
    if (x->point <= 0)
        text_putc(t, '0');
    else
        put_digits(t, x, 0, x->point);
    put_fraction(t, x, x->point, precision);
}

static void put_scientific(struct text *t, const struct exact *x, char letter, int precision)
{
    int exponent = x->n ? x->point - 1 : 0;

    put_digits(t, x, 0, 1);
    put_fraction(t, x, 1, precision);
    text_printf(t, "%c%c%02d", letter, exponent < 0 ? '-' : '+', abs(exponent));
}

/* %g: the shorter of the two, without zeros at its end. */
static void put_either(struct text *t, struct exact *x, char letter, int precision)
{
    int exponent;

    if (!precision)
        precision = 1;
    exact_round(x, precision);
    exponent = x->n ? x->point - 1 : 0;
    if (exponent < -4 || exponent >= precision)
        put_scientific(t, x, letter, x->n - 1);
    else
        put_fixed(t, x, x->n > x->point ? x->n - x->point : 0);
}

static void write_all(struct exact *x, double d)
{
    uint64_t bits, hidden = (uint64_t)1 << FRACTION_BITS;
    int field;

    memcpy(&bits, &d, sizeof bits);
    field = (int)(bits >> FRACTION_BITS);
    if (field)
        exact_write(x, (bits & (hidden - 1)) | hidden, field - BIAS);
    else
        exact_write(x, bits, 1 - BIAS);
}

void float_text_put(struct text *t, double d, char letter, int precision)
{
    int is_capital = letter < 'a';
    struct exact x;

    if (!isfinite(d)) {
        text_puts(t, isnan(d) ? is_capital ? "NAN" : "nan" : is_capital ? "INF" : "inf");
        return;
    }
    write_all(&x, d);
    if (precision < 0)
        precision = USUAL;
    if (letter == 'f' || letter == 'F') {
        exact_round(&x, x.point + precision);
        put_fixed(t, &x, precision);
    } else if (letter == 'e' || letter == 'E') {
        exact_round(&x, precision + 1);
        put_scientific(t, &x, letter, precision);
    } else {
        put_either(t, &x, (char)(letter - 'g' + 'e'), precision);
    }
}
