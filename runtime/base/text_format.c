/* text_format.c: printf into a text.
 *
 * All of printf but %a, %n, %p, long doubles, wide characters and the flag #, without asking the
 * locale. It is here because the C library's would be an eighth of a small program: it knows
 * streams, positional arguments and long doubles, which Kiln has no use for.
 */
#include "float_text.h"
#include "text.h"

#include <math.h>
#include <string.h>

/* A va_list that functions can take by its address. */
struct arguments {
    va_list list;
};

/* What stands between the % and its letter. */
struct conversion {
    int left, zero;
    char sign; /* in front of what is not negative: '+', ' ' or none */
    int width;
    int precision; /* -1: none given */
    int size;      /* one for each l, -1 for each h */
};

static int take_count(const char **at, struct arguments *a)
{
    int n = 0;

    if (**at == '*') {
        ++*at;
        return va_arg(a->list, int);
    }
    for (; **at >= '0' && **at <= '9'; ++*at)
        n = 10 * n + (**at - '0');
    return n;
}

static void take_flags(const char **at, struct conversion *c)
{
    for (; **at && strchr("-0+ ", **at); ++*at) {
        if (**at == '-')
            c->left = 1;
        else if (**at == '0')
            c->zero = 1;
        else if (c->sign != '+')
            c->sign = **at;
    }
}

static struct conversion take_conversion(const char **at, struct arguments *a)
{
    struct conversion c = { .precision = -1 };

    take_flags(at, &c);
    c.width = take_count(at, a);
    if (c.width < 0) {
        c.left = 1;
        c.width = -c.width;
    }
    if (**at == '.') {
        ++*at;
        c.precision = take_count(at, a);
    }
    for (; **at && strchr("hljzt", **at); ++*at)
        c.size += **at == 'h' ? -1 : **at == 'l' ? 1 : 2;
    return c;
}

static void put_many(struct text *t, char c, int n)
{
    while (n-- > 0)
        text_putc(t, c);
}

/* At least `least` digits of a number, or a word; `sign` may be none. */
static void put_field(struct text *t, const struct conversion *c, char sign, int least,
                      const char *s, size_t n)
{
    int zeros = least > (int)n ? least - (int)n : 0;
    int blanks = c->width - (int)n - zeros - (sign != '\0');

    if (!c->left)
        put_many(t, ' ', blanks);
    if (sign)
        text_putc(t, sign);
    put_many(t, '0', zeros);
    text_put(t, s, n);
    if (c->left)
        put_many(t, ' ', blanks);
}

/* How many digits a number fills up to with zeros. */
static int least_digits(const struct conversion *c, char sign)
{
    return c->zero && !c->left ? c->width - (sign != '\0') : 1;
}

static void put_digits(struct text *t, const struct conversion *c, char sign, unsigned long long w,
                       unsigned base, const char *digits)
{
    char all[24], *end = all + sizeof all, *at = end;

    for (; w; w /= base)
        *--at = digits[w % base];
    put_field(t, c, sign, c->precision < 0 ? least_digits(c, sign) : c->precision, at,
              (size_t)(end - at));
}

static char sign_of(const struct conversion *c, int is_negative)
{
    return (char)(is_negative ? '-' : c->sign);
}

static long long take_signed(const struct conversion *c, struct arguments *a)
{
    if (c->size > 1)
        return va_arg(a->list, long long);
    if (c->size == 1)
        return va_arg(a->list, long);
    return c->size == 0   ? va_arg(a->list, int)
           : c->size > -2 ? (short)va_arg(a->list, int)
                          : (signed char)va_arg(a->list, int);
}

static unsigned long long take_unsigned(const struct conversion *c, struct arguments *a)
{
    if (c->size > 1)
        return va_arg(a->list, unsigned long long);
    if (c->size == 1)
        return va_arg(a->list, unsigned long);
    return c->size == 0   ? va_arg(a->list, unsigned)
           : c->size > -2 ? (unsigned short)va_arg(a->list, unsigned)
                          : (unsigned char)va_arg(a->list, unsigned);
}

static void put_signed(struct text *t, const struct conversion *c, struct arguments *a)
{
    long long i = take_signed(c, a);

    put_digits(t, c, sign_of(c, i < 0), i < 0 ? 0 - (unsigned long long)i : (unsigned long long)i,
               10, "0123456789");
}

static void put_word(struct text *t, const struct conversion *c, const char *s)
{
    if (!s)
        s = "(null)";
    put_field(t, c, '\0', 0, s, c->precision < 0 ? strlen(s) : strnlen(s, (size_t)c->precision));
}

static void put_double(struct text *t, const struct conversion *c, char letter, double d)
{
    struct text digits = { 0 };
    char sign = sign_of(c, !!signbit(d));

    float_text_put(&digits, fabs(d), letter, c->precision);
    put_field(t, c, sign, isfinite(d) ? least_digits(c, sign) : 0, text_cstr(&digits), digits.n);
    t->failed |= digits.failed;
    text_fini(&digits);
}

/* 0, or -1 for a letter nobody knows, whose argument cannot be skipped. */
static int put_conversion(struct text *t, const struct conversion *c, char letter,
                          struct arguments *a)
{
    char byte;

    if (letter == 's') {
        put_word(t, c, va_arg(a->list, const char *));
    } else if (letter == 'd' || letter == 'i') {
        put_signed(t, c, a);
    } else if (letter == 'u' || letter == 'o') {
        put_digits(t, c, '\0', take_unsigned(c, a), letter == 'u' ? 10 : 8, "0123456789");
    } else if (letter == 'x' || letter == 'X') {
        put_digits(t, c, '\0', take_unsigned(c, a), 16,
                   letter == 'x' ? "0123456789abcdef" : "0123456789ABCDEF");
    } else if (letter == 'c') {
        byte = (char)va_arg(a->list, int);
        put_field(t, c, '\0', 0, &byte, 1);
    } else if (letter && strchr("efgEFG", letter)) {
        put_double(t, c, letter, va_arg(a->list, double));
    } else {
        return -1;
    }
    return 0;
}

void text_vprintf(struct text *t, const char *format, va_list ap)
{
    struct arguments a;
    struct conversion c;
    const char *percent;

    va_copy(a.list, ap);
    while ((percent = strchr(format, '%'))) {
        text_put(t, format, (size_t)(percent - format));
        format = percent + 1;
        if (*format == '%') {
            text_putc(t, *format++);
            continue;
        }
        c = take_conversion(&format, &a);
        if (put_conversion(t, &c, *format, &a) < 0) {
            format = percent;
            break;
        }
        format++;
    }
    text_puts(t, format);
    va_end(a.list);
}

void text_printf(struct text *t, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    text_vprintf(t, format, ap);
    va_end(ap);
}

void text_fit(char *to, size_t size, const char *format, ...)
{
    struct text t = { 0 };
    size_t n;
    va_list ap;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    n = t.n < size ? t.n : size - 1;
    memcpy(to, text_cstr(&t), n);
    to[n] = '\0';
    text_fini(&t);
}
