/* layout.c: the `text` operations that bring a text to a length (scenario 4.5). Lengths are bytes,
 * as the reference has it; cuts are only made between characters. */
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

/* How many bytes the first `count` characters have, or all that there are. */
static size_t prefix_of(const kiln_value *v, unsigned long long count)
{
    size_t i = 0;

    for (; i < v->n && count; count--)
        i += utf8_length(v->u.s + i, v->n - i);
    return i;
}

/* ---- pad ----------------------------------------------------------------------------------- */

static void put_times(struct text *t, const kiln_value *one, unsigned long long times)
{
    while (times--)
        text_put(t, one->u.s, one->n);
}

static const char *const directions[] = { "left", "right", "both", NULL };

KILN_OP(text_pad_text, "text.pad-text", KILN_PURE, "Fills a text up to a length.",
        KILN_INPUTS(TEXT, { "length", "integer", "How many bytes it shall have.", KILN_REQUIRED },
                    { "pad_char", "string", "What fills; a blank when left out.", 0 },
                    { "direction", "string", "left, right (when left out) or both.", 0 }),
        RESULT, KILN_WORDS({ "direction", directions }), KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct text t = { 0 };
    unsigned long long length, left, n;
    kiln_value v, pad;
    int direction;

    if (text_call_input(call, "pad-text", &v) < 0
        || input_count(call, "pad-text", "length", &length) < 0
        || input_text_or(call, "pad-text", "pad_char", " ", &pad) < 0
        || input_choice(call, "pad-text", "direction", directions, 1, &direction) < 0)
        return -1;
    if (length > TEXT_CALL_MOST)
        return text_call_refuse_length(call);
    pad = pad.n ? text_call_part(&pad, 0, prefix_of(&pad, 1)) : value_static(" ");
    n = length > v.n ? length - v.n : 0;
    left = direction == 0 ? n : direction == 1 ? 0 : n / 2;
    put_times(&t, &pad, left);
    text_put(&t, v.u.s, v.n);
    put_times(&t, &pad, n - left);
    return text_call_give(call, &t);
}

/* ---- truncate ------------------------------------------------------------------------------ */

/* The length without what stands behind the last white space, and without that; `n` when there is
 * none. */
static size_t word_end(const char *s, size_t n)
{
    size_t end = n, length;

    for (size_t i = 0; i < n; i += length) {
        length = utf8_length(s + i, n - i);
        if (!utf8_space(s + i, n - i))
            continue;
        for (end = i; i + length < n && utf8_space(s + i + length, n - i - length);)
            i += length, length = utf8_space(s + i, n - i);
    }
    return end;
}

KILN_OP(text_truncate_text, "text.truncate-text", KILN_PURE, "Cuts a text to a length.",
        KILN_INPUTS(TEXT, { "max_length", "integer", "How many bytes it may have.", KILN_REQUIRED },
                    { "suffix", "string", "What marks a cut, counted in the length.", 0 },
                    { "word_boundary", "boolean", "Cuts between words only.", 0 }),
        RESULT, KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct text t = { 0 };
    unsigned long long most;
    kiln_value v, suffix;
    int words;
    size_t n;

    if (text_call_input(call, "truncate-text", &v) < 0
        || input_count(call, "truncate-text", "max_length", &most) < 0
        || input_text_or(call, "truncate-text", "suffix", "", &suffix) < 0
        || input_flag(call, "truncate-text", "word_boundary", &words) < 0)
        return -1;
    if (v.n <= most)
        return kiln_out_value(call, v);
    if (suffix.n >= most)
        return kiln_out_value(call, text_call_part(&suffix, 0, prefix_of(&suffix, most)));
    n = prefix_of(&v, most - suffix.n);
    text_put(&t, v.u.s, words ? word_end(v.u.s, n) : n);
    text_put(&t, suffix.u.s, suffix.n);
    return text_call_give(call, &t);
}

/* ---- wrap ---------------------------------------------------------------------------------- */

/* The text so far; the line being filled begins at `line`. */
struct wrap {
    struct text t;
    size_t line;
    unsigned long long width;
};

static void new_line(struct wrap *w)
{
    text_putc(&w->t, '\n');
    w->line = w->t.n;
}

/* The most bytes of whole characters within the width; at least one character. */
static size_t piece(const struct wrap *w, const char *s, size_t n)
{
    size_t i = utf8_length(s, n), length;

    while (i < n && (length = utf8_length(s + i, n - i), i + length <= w->width))
        i += length;
    return i;
}

static void put_word(struct wrap *w, const char *s, size_t n)
{
    size_t filled = w->t.n - w->line, cut;

    if (filled && filled + 1 + n <= w->width)
        text_putc(&w->t, ' ');
    else if (filled)
        new_line(w);
    while (n > w->width && (cut = piece(w, s, n)) < n) {
        text_put(&w->t, s, cut);
        new_line(w);
        s += cut;
        n -= cut;
    }
    text_put(&w->t, s, n);
}

/* A line, as it is when it fits. */
static void put_line(struct wrap *w, const char *s, size_t n)
{
    size_t i = 0, from;

    w->line = w->t.n;
    if (n <= w->width) {
        text_put(&w->t, s, n);
        return;
    }
    while (i < n) {
        size_t space = utf8_space(s + i, n - i);

        if (space) {
            i += space;
            continue;
        }
        for (from = i; i < n && !utf8_space(s + i, n - i);)
            i += utf8_length(s + i, n - i);
        put_word(w, s + from, i - from);
    }
}

static void put_lines(struct wrap *w, const kiln_value *v)
{
    const char *s = v->u.s, *end = s + v->n;

    while (s < end) {
        const char *newline = memchr(s, '\n', (size_t)(end - s));
        size_t n = (size_t)((newline ? newline : end) - s);

        put_line(w, s, newline && n && s[n - 1] == '\r' ? n - 1 : n);
        s = newline ? newline + 1 : end;
        if (s < end)
            new_line(w);
    }
}

KILN_OP(text_wrap_text, "text.wrap-text", KILN_PURE, "Breaks a text into lines of a width.",
        KILN_INPUTS(TEXT, { "width", "integer", "In bytes; 80 when left out, 0: as it is.", 0 },
                    { "preserve_newlines", "boolean", "Lines stay lines (when left out).", 0 }),
        RESULT, KILN_FLAGS(KILN_OP_BARE))
{
    struct wrap w = { 0 };
    kiln_value v;
    int keep;

    if (text_call_input(call, "wrap-text", &v) < 0
        || text_call_count(call, "wrap-text", "width", 80, &w.width) < 0
        || input_flag_or(call, "wrap-text", "preserve_newlines", 1, &keep) < 0)
        return -1;
    if (!w.width)
        return kiln_out_value(call, v);
    if (keep)
        put_lines(&w, &v);
    else
        put_line(&w, v.u.s, v.n);
    return text_call_give(call, &w.t);
}
