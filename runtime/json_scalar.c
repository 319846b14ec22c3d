/* json_scalar.c: strings and numbers of JSON text.
 *
 * A string is scanned eight bytes at a time up to the next quote, escape or character above ASCII.
 * An escape only ever gets shorter, so it is decoded in place and the string stays where it is.
 * Integers that fit 64 bits are read here; every other number is a double (number.h).
 */
#include "json_scalar.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "base/number.h"
#include "base/utf8.h"

/* ---- strings ------------------------------------------------------------------------------ */

/* True when none of eight bytes ends a run of plain ASCII: a quote, a backslash, a control
 * character, anything above ASCII. */
static int is_plain(uint64_t w)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');

    return !(((w - ones * ' ') | (quote - ones) | (slash - ones) | w) & tops);
}

static char *skip_plain(char *p)
{
    while (is_plain(bytes_word(p)))
        p += 8;
    while ((unsigned char)*p >= ' ' && (unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
        p++;
    return p;
}

/* The four hexadecimal digits at p, or -1. */
static int read_hex(const char *p)
{
    int code = 0;

    for (int i = 0; i < 4; i++) {
        int letter = p[i] | 0x20;

        if (!json_is_digit(p[i]) && (letter < 'a' || letter > 'f'))
            return -1;
        code = code * 16 + (json_is_digit(p[i]) ? p[i] - '0' : letter - 'a' + 10);
    }
    return code;
}

/* The code point of the escape whose `u` is at r->at, moving past it; -1 when malformed. */
static int read_code_point(struct json_reader *r)
{
    int high = read_hex(r->at + 1), low;

    if (high < 0)
        return json_complain(r, "an escape needs four hexadecimal digits");
    if (high < 0xd800 || high > 0xdfff) {
        r->at += 5;
        return high;
    }
    low = high < 0xdc00 && r->at[5] == '\\' && r->at[6] == 'u' ? read_hex(r->at + 7) : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return json_complain(r, "half of a surrogate pair");
    r->at += 11;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* Decodes the escape behind a backslash to *to and moves both on. */
static int read_escape(struct json_reader *r, char **to)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *letter = *r->at ? strchr(letters, *r->at) : NULL;
    int code;

    if (letter) {
        *(*to)++ = meanings[letter - letters];
        r->at++;
        return 0;
    }
    if (*r->at != 'u')
        return json_complain(r, "an unknown escape");
    if ((code = read_code_point(r)) < 0)
        return -1;
    *to += utf8_write((unsigned)code, *to);
    return 0;
}

/* Moves one run of plain text, or a character above ASCII, down to *to. */
static int move_run(struct json_reader *r, char **to)
{
    char *from = r->at;
    size_t n;

    r->at = skip_plain(from);
    while ((unsigned char)*r->at >= 0x80) {
        if (!(n = utf8_length(r->at, (size_t)(r->end - r->at))))
            return json_complain(r, "not UTF-8");
        r->at += n;
    }
    if (*to != from)
        memmove(*to, from, (size_t)(r->at - from));
    *to += r->at - from;
    return 0;
}

/* A string whose opening quote is at r->at. */
int json_scalar_string(struct json_reader *r, kiln_value *ret)
{
    char *start = ++r->at, *to = start;

    for (;;) {
        if (move_run(r, &to) < 0)
            return -1;
        if (*r->at == '"')
            break;
        if (*r->at == '\\') {
            r->at++;
            if (read_escape(r, &to) < 0)
                return -1;
        } else if ((unsigned char)*r->at < ' ') {
            return json_complain(r, "a control character in a string");
        }
    }
    r->at++;
    *ret = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)(to - start), .u.s = start };
    return 0;
}

/* ---- numbers ------------------------------------------------------------------------------ */

/* At least one digit. */
static int skip_digits(struct json_reader *r)
{
    char *end = r->at;

    while (json_is_digit(*end))
        end++;
    if (end == r->at)
        return json_complain(r, "a number needs a digit here");
    r->at = end;
    return 0;
}

static int read_double(struct json_reader *r, kiln_value *ret, const char *start)
{
    double d;

    if (*r->at == '.') {
        r->at++;
        if (skip_digits(r) < 0)
            return -1;
    }
    if (*r->at == 'e' || *r->at == 'E') {
        r->at++;
        r->at += *r->at == '+' || *r->at == '-';
        if (skip_digits(r) < 0)
            return -1;
    }
    d = number_read(start, (size_t)(r->at - start));
    if (isinf(d)) {
        r->at = (char *)(uintptr_t)start;
        r->sentence = "a number out of range";
        return -1;
    }
    *ret = value_double(d);
    return 0;
}

/* The integer in digits[0..n), n <= 20; -1 when it does not fit (or is -0, which is a double). */
static int read_integer(const char *digits, size_t n, int minus, kiln_value *ret)
{
    unsigned long long w = 0;

    for (size_t i = 0; i < n; i++)
        if (__builtin_mul_overflow(w, 10u, &w)
            || __builtin_add_overflow(w, (unsigned)(digits[i] - '0'), &w))
            return -1;
    if (minus && (!w || w > (unsigned long long)INT64_MAX + 1))
        return -1;
    *ret = minus ? value_int((long long)(0 - w)) : value_uint(w);
    return 0;
}

int json_scalar_number(struct json_reader *r, kiln_value *ret)
{
    const char *start = r->at, *digits;
    size_t n;

    r->at += *r->at == '-';
    digits = r->at;
    if (skip_digits(r) < 0)
        return -1;
    n = (size_t)(r->at - digits);
    if (*digits == '0' && n > 1) {
        r->at = (char *)(uintptr_t)digits;
        return json_complain(r, "a number with a leading zero");
    }
    if (*r->at != '.' && (*r->at | 0x20) != 'e' && n <= 20
        && read_integer(digits, n, digits > start, ret) == 0)
        return 0;
    return read_double(r, ret, start);
}
