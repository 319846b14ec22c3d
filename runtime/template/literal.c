/* literal.c: the texts and numbers that are written down in a template.
 *
 * Texts know the escapes of JSON, and leave any other backslash as it is. Numbers may be in base 2,
 * 8, 10 or 16 and have underscores between their digits; those in base 10 may be floats.
 */
#include "template/literal.h"

#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

/* ---- texts ---------------------------------------------------------------------------------- */

/* Four hexadecimal digits, or two, or -1. */
static int read_hex(const char *s, const char *end, int n)
{
    int c = 0;

    if (end - s < n)
        return -1;
    for (int i = 0; i < n; i++) {
        const char *digits = "0123456789abcdef", *d = strchr(digits, s[i] | 0x20);

        if (!s[i] || !d || (s[i] < '0'))
            return -1;
        c = 16 * c + (int)(d - digits);
    }
    return c;
}

/* What stands behind a backslash; moves *s to its last character. Another one stays as written. */
static void unescape(struct text *out, const char **s, const char *end)
{
    static const char known[] = "n\nt\tr\rb\bf\f\\\\\"\"''//";
    const char *found = **s ? strchr(known, **s) : NULL;
    int n = **s == 'u' ? 4 : **s == 'x' ? 2 : 0, c = n ? read_hex(*s + 1, end, n) : -1, low;
    char to[4];

    if (c >= 0) {
        *s += n;
        low = c >= 0xd800 && c < 0xdc00 && end - *s > 2 && (*s)[1] == '\\' && (*s)[2] == 'u'
                  ? read_hex(*s + 3, end, 4)
                  : -1;
        if (low >= 0xdc00 && low < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            *s += 6;
        }
        text_put(out, to, utf8_write(c >= 0xd800 && c < 0xe000 ? 0xfffd : (unsigned)c, to));
    } else if (found && (found - known) % 2 == 0) {
        text_putc(out, found[1]);
    } else {
        text_putc(out, '\\');
        text_putc(out, **s);
    }
}

const char *literal_text(struct text *out, const char *s, const char *end, char quote)
{
    for (; s < end && *s != quote; s++) {
        if (*s == '\\' && s + 1 < end) {
            s++;
            unescape(out, &s, end);
        } else {
            text_putc(out, *s);
        }
    }
    return s < end ? s : NULL;
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* 0x1f, 0o17, 0b11: the base of the digits that follow, or 10. */
static unsigned base_at(const char *s, const char *end)
{
    char c = end - s > 2 && *s == '0' ? s[1] | 0x20 : 0;

    return c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
}

/* How many characters are the exponent's beginning: `e`, or `e` and its sign. */
static unsigned exponent_at(const char *s, const char *end)
{
    unsigned n = end - s > 1 && (s[1] == '-' || s[1] == '+') ? 2 : 1;

    return (*s | 0x20) == 'e' && end - s > n && literal_is_digit(s[n]) ? n : 0;
}

static int is_point(const char *s, const char *end)
{
    return *s == '.' && end - s > 1 && literal_is_digit(s[1]);
}

/* The digits without their underscores; *ret_float when they are a float's. Leaves room for one. */
static size_t take_digits(const char **s, const char *end, unsigned base, char *to, size_t most,
                          int *ret_float)
{
    int has_point = 0, has_exponent = 0;
    size_t n = 0;

    for (; *s < end && n + 2 < most; ++*s) {
        unsigned e = base == 10 && !has_exponent && n ? exponent_at(*s, end) : 0;

        if (**s == '_')
            continue;
        if (e) {
            has_exponent = 1;
            to[n++] = 'e';
            *s += e - 1;
            if (e == 2)
                to[n++] = **s;
        } else if (base == 10 && !has_point && !has_exponent && is_point(*s, end)) {
            has_point = 1;
            to[n++] = '.';
        } else if (literal_is_digit(**s) || (base == 16 && read_hex(*s, *s + 1, 1) >= 0)) {
            to[n++] = **s;
        } else {
            break;
        }
    }
    *ret_float = has_point || has_exponent;
    return n;
}

static int whole_number(kiln_value *ret, const char *s, size_t n, unsigned base)
{
    unsigned long long w = 0;

    if (!n)
        return -1;
    for (size_t i = 0; i < n; i++) {
        unsigned digit = (unsigned)read_hex(s + i, s + i + 1, 1);

        if (digit >= base || w > (~0ull - digit) / base)
            return -1;
        w = w * base + digit;
    }
    *ret = value_uint(w);
    return 0;
}

const char *literal_number(const char **s, const char *end, kiln_value *ret)
{
    enum { MOST = 511 };
    unsigned base = base_at(*s, end);
    char digits[MOST];
    int is_float;
    size_t n;

    *ret = value_null();
    *s += base == 10 ? 0 : 2;
    n = take_digits(s, end, base, digits, MOST, &is_float);
    if (n + 3 >= MOST)
        return "invalid number";
    digits[n] = 0;
    if (is_float)
        *ret = value_double(number_read(digits, n));
    else if (whole_number(ret, digits, n, base) < 0)
        return "invalid integer (too large)";
    return NULL;
}
