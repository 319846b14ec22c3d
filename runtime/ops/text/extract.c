/* extract.c: the `text` operations that find numbers and addresses in a text (scenario 4.5).
 *
 * What they look for is simple enough to be scanned for by hand, so a program that only wants the
 * numbers of a text carries no regex engine.
 */
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "numeral.h"
#include "ops/input.h"
#include "ops/text/text_call.h"
#include "value.h"

#define TEXT                                                                                       \
    {                                                                                              \
        "text", "string", "The text.", 0                                                           \
    }

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t digits(const char *s, size_t n)
{
    size_t i = 0;

    while (i < n && is_digit(s[i]))
        i++;
    return i;
}

/* ---- numbers ------------------------------------------------------------------------------- */

/* The length of the number that begins at s, or 0. */
static size_t number_length(const char *s, size_t n, int decimals, int negative)
{
    size_t sign = negative && n > 1 && *s == '-', i = sign + digits(s + sign, n - sign), fraction;

    if (i == sign)
        return 0;
    if (!decimals || i + 1 >= n || s[i] != '.')
        return i;
    fraction = digits(s + i + 1, n - i - 1);
    return fraction ? i + 1 + fraction : i;
}

KILN_OP(text_extract_numbers, "text.extract-numbers", KILN_PURE, "The numbers in a text.",
        KILN_INPUTS(TEXT, { "include_decimals", "boolean", "With fractions (when left out).", 0 },
                    { "include_negative", "boolean", "A hyphen in front is a sign.", 0 }),
        KILN_OUTPUTS({ "numbers", "array of number", "The numbers.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value v, list, one;
    int decimals, negative;
    size_t length;
    double d;

    if (text_call_input(call, "extract-numbers", &v) < 0
        || input_flag_or(call, "extract-numbers", "include_decimals", 1, &decimals) < 0
        || input_flag(call, "extract-numbers", "include_negative", &negative) < 0
        || kiln_array(h, &list, NULL, 0) < 0)
        return -1;
    for (size_t i = 0; i < v.n; i += length ? length : 1) {
        length = number_length(v.u.s + i, v.n - i, decimals, negative);
        if (!length || numeral_double(v.u.s + i, length, &d) < 0)
            continue;
        one = value_double(d);
        if (kiln_push(h, &list, &one) < 0)
            return -1;
    }
    return kiln_out_value(call, list);
}

/* ---- mail addresses ------------------------------------------------------------------------ */

static int is_host_letter(char c)
{
    return is_letter(c) || is_digit(c) || c == '.' || c == '-';
}

static int is_box_letter(char c)
{
    return is_host_letter(c) || c == '_' || c == '%' || c == '+';
}

/* The length of a host name in front of s[n): up to its last dot with two letters behind. */
static size_t host_length(const char *s, size_t n)
{
    size_t run = 0, dot, end;

    while (run < n && is_host_letter(s[run]))
        run++;
    for (dot = run; dot-- > 1;) {
        if (s[dot] != '.')
            continue;
        for (end = dot + 1; end < run && is_letter(s[end]);)
            end++;
        if (end - dot > 2)
            return end;
    }
    return 0;
}

KILN_OP(text_extract_emails, "text.extract-emails", KILN_PURE, "The mail addresses in a text.",
        KILN_INPUTS(TEXT), KILN_OUTPUTS({ "emails", "array of string", "The addresses.", 0 }),
        KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value v, list;
    const char *at;

    if (text_call_input(call, "extract-emails", &v) < 0
        || kiln_array(kiln_call_heap(call), &list, NULL, 0) < 0)
        return -1;
    for (const char *s = v.u.s, *end = s + v.n; (at = memchr(s, '@', (size_t)(end - s)));) {
        const char *box = at;
        size_t host = host_length(at + 1, (size_t)(end - at - 1));

        while (box > s && is_box_letter(box[-1]))
            box--;
        if (box < at && host && text_call_push(call, &list, box, (size_t)(at - box) + 1 + host) < 0)
            return -1;
        s = at + 1 + (box < at ? host : 0);
    }
    return kiln_out_value(call, list);
}

/* ---- addresses of the web ------------------------------------------------------------------ */

/* The length of "http://" and its like, or 0. */
static size_t scheme_length(const char *s, size_t n)
{
    static const char *const schemes[] = { "https://", "http://", "ftp://" };

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (n > strlen(schemes[i]) && !strncasecmp(s, schemes[i], strlen(schemes[i])))
            return strlen(schemes[i]);
    return 0;
}

static size_t address_length(const char *s, size_t n)
{
    size_t i = 0;

    while (i < n && !utf8_space(s + i, n - i) && !strchr("<>\"{}|\\^`[]", s[i] ? s[i] : '<'))
        i++;
    return i;
}

KILN_OP(text_extract_urls, "text.extract-urls", KILN_PURE,
        "The addresses in a text that begin with http, https or ftp.", KILN_INPUTS(TEXT),
        KILN_OUTPUTS({ "urls", "array of string", "The addresses.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value v, list;
    size_t step;

    if (text_call_input(call, "extract-urls", &v) < 0
        || kiln_array(kiln_call_heap(call), &list, NULL, 0) < 0)
        return -1;
    for (size_t i = 0; i < v.n; i += step) {
        size_t scheme = scheme_length(v.u.s + i, v.n - i), rest;

        rest = scheme ? address_length(v.u.s + i + scheme, v.n - i - scheme) : 0;
        step = rest ? scheme + rest : 1;
        if (rest && text_call_push(call, &list, v.u.s + i, step) < 0)
            return -1;
    }
    return kiln_out_value(call, list);
}
