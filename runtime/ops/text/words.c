/* words.c: the `text` operations on white space, words and single characters (scenario 4.5). */
#include <string.h>

#include "base/utf8.h"
#include "ops/input.h"
#include "ops/text/text_call.h"
#include "value.h"

#define TEXT                                                                                       \
    {                                                                                              \
        "text", "string", "The text.", 0                                                           \
    }
#define RESULT KILN_OUTPUTS({ "result", "string", "The new text.", 0 })

/* The first word of s[*at..n), and *at behind it; its length is 0 when there is none. */
static const char *next_word(const char *s, size_t n, size_t *at, size_t *ret_n)
{
    size_t i = *at, space, from;

    while (i < n && (space = utf8_space(s + i, n - i)))
        i += space;
    for (from = i; i < n && !utf8_space(s + i, n - i);)
        i += utf8_length(s + i, n - i);
    *at = i;
    *ret_n = i - from;
    return s + from;
}

KILN_OP(text_trim_normalize, "text.trim-normalize", KILN_PURE,
        "Runs of white space become one blank, none is left at the ends.", KILN_INPUTS(TEXT),
        RESULT, KILN_FLAGS(KILN_OP_BARE))
{
    struct text t = { 0 };
    kiln_value v;
    size_t at = 0, n;

    if (text_call_input(call, "trim-normalize", &v) < 0)
        return -1;
    for (const char *word; word = next_word(v.u.s, v.n, &at, &n), n > 0;) {
        if (t.n)
            text_putc(&t, ' ');
        text_put(&t, word, n);
    }
    return text_call_give(call, &t);
}

KILN_OP(text_extract_first_word, "text.extract-first-word", KILN_PURE,
        "What stands before the first white space.", KILN_INPUTS(TEXT), RESULT,
        KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value v;
    size_t at = 0, n;
    const char *word;

    if (text_call_input(call, "extract-first-word", &v) < 0)
        return -1;
    word = next_word(v.u.s, v.n, &at, &n);
    at = (size_t)(word - v.u.s);
    return kiln_out_value(call, text_call_part(&v, at, at + n));
}

KILN_OP(text_extract_first_line, "text.extract-first-line", KILN_PURE,
        "What stands before the first line break.", KILN_INPUTS(TEXT), RESULT,
        KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value v;
    const char *newline;
    size_t n;

    if (text_call_input(call, "extract-first-line", &v) < 0)
        return -1;
    newline = memchr(v.u.s, '\n', v.n);
    n = newline ? (size_t)(newline - v.u.s) : v.n;
    if (newline && n && v.u.s[n - 1] == '\r')
        n--;
    return kiln_out_value(call, text_call_part(&v, 0, n));
}

KILN_OP(text_remove_characters, "text.remove-characters", KILN_PURE,
        "The text without the characters of another.",
        KILN_INPUTS(TEXT, { "pattern", "string", "The characters to leave out.", 0 }), RESULT,
        KILN_FLAGS(KILN_OP_BARE))
{
    struct text t = { 0 };
    kiln_value v, pattern, one;

    if (text_call_input(call, "remove-characters", &v) < 0
        || input_text_or(call, "remove-characters", "pattern", "", &pattern) < 0)
        return -1;
    for (size_t i = 0; i < v.n; i += one.n) {
        one = text_call_part(&v, i, i + utf8_length(v.u.s + i, v.n - i));
        if (text_call_find(&pattern, 0, &one) == pattern.n)
            text_put(&t, one.u.s, one.n);
    }
    return text_call_give(call, &t);
}

/* ---- slugify ------------------------------------------------------------------------------- */

/* The letter of a slug that a character becomes: itself, without its accent, a hyphen for white
 * space, or 0. */
static char slug_letter(const char *s, size_t n)
{
    /* U+00C0 to U+00FF; a capital and its small letter fold alike. */
    static const char folded[] = "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y";
    unsigned char c = (unsigned char)*s, low = n == 2 ? (unsigned char)s[1] : 0;

    if (utf8_space(s, n))
        return '-';
    if (n == 1 && c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if (n == 1)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ? (char)c : 0;
    if (c == 0xc3)
        return folded[low - 0x80] == '.' ? 0 : folded[low - 0x80];
    if (c == 0xc5 && low == 0xb8) /* the capital of U+00FF */
        return 'y';
    if (c == 0xc4 && low == 0xb0) /* the dotted capital I */
        return 'i';
    return n == 3 && !memcmp(s, "\xe2\x84\xaa", 3) ? 'k' : 0; /* the Kelvin sign is a capital K */
}

KILN_OP(text_slugify, "text.slugify", KILN_PURE,
        "The text as a part of an address: small letters, digits and single hyphens.",
        KILN_INPUTS(TEXT), RESULT, KILN_FLAGS(KILN_OP_BARE))
{
    struct text t = { 0 };
    kiln_value v;
    size_t length;

    if (text_call_input(call, "slugify", &v) < 0)
        return -1;
    for (size_t i = 0; i < v.n; i += length) {
        char c;

        length = utf8_length(v.u.s + i, v.n - i);
        c = slug_letter(v.u.s + i, length);
        if (c && (c != '-' || (t.n && t.s[t.n - 1] != '-')))
            text_putc(&t, c);
    }
    if (t.n && t.s[t.n - 1] == '-')
        t.n--;
    return text_call_give(call, &t);
}
