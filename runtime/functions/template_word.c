/* template_word.c: the filters of templates that work on text. What is no text is taken as it
 * prints. */
#include "functions/template.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/letter.h"
#include "base/utf8.h"

/* The argument as text. 0 or -1. */
static int text_of(kiln_heap *h, const kiln_value *argv, unsigned i, kiln_value *ret)
{
    kiln_value args[2] = { argv[0], argv[i] };

    return kiln_template_string(h, ret, args, 2);
}

/* ---- letters ------------------------------------------------------------------------------- */

TEMPLATE_FN(upper)
{
    struct text t = { 0 };
    kiln_value s;

    if (text_of(h, argv, 1, &s) < 0)
        return -1;
    letter_put_upper(&t, s.u.s, s.n);
    return template_string(h, ret, argv, &t);
}

TEMPLATE_FN(lower)
{
    struct text t = { 0 };
    kiln_value s;

    if (text_of(h, argv, 1, &s) < 0)
        return -1;
    letter_put_lower(&t, s.u.s, s.n);
    return template_string(h, ret, argv, &t);
}

/* Behind blanks and the punctuation of ASCII a word begins. */
static int ends_word(const char *s, unsigned n)
{
    return utf8_space(s, n) || (n == 1 && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", *s) && *s);
}

static int put_words(kiln_heap *h, kiln_value *ret, const kiln_value *argv, int every_word)
{
    struct text t = { 0 };
    kiln_value s;
    int begins = 1;

    if (text_of(h, argv, 1, &s) < 0)
        return -1;
    for (unsigned i = 0, length; i < s.n; i += length) {
        template_char(&s, i, &length);
        if (begins)
            letter_put_upper(&t, s.u.s + i, length);
        else
            letter_put_lower(&t, s.u.s + i, length);
        begins = every_word && ends_word(s.u.s + i, length);
    }
    return template_string(h, ret, argv, &t);
}

TEMPLATE_FN(title)
{
    return put_words(h, ret, argv, 1);
}

TEMPLATE_FN(capitalize)
{
    return put_words(h, ret, argv, 0);
}

/* ---- parts --------------------------------------------------------------------------------- */

TEMPLATE_FN(replace)
{
    struct text t = { 0 };
    kiln_value s, from, to;

    if (text_of(h, argv, 1, &s) < 0 || text_of(h, argv, 2, &from) < 0
        || text_of(h, argv, 3, &to) < 0)
        return -1;
    for (unsigned i = 0, length = 0; i <= s.n && t.n <= TEMPLATE_TEXT_MOST; i += length) {
        if (s.n - i >= from.n && !memcmp(s.u.s + i, from.u.s, from.n)) {
            text_put(&t, to.u.s, to.n);
            length = from.n;
            if (length)
                continue;
        }
        if (i == s.n)
            break;
        template_char(&s, i, &length);
        text_put(&t, s.u.s + i, length);
    }
    return template_string(h, ret, argv, &t);
}

static int is_among(const kiln_value *chars, const char *s, unsigned n)
{
    return memmem(chars->u.s, chars->n, s, n) != NULL;
}

static void trim_chars(kiln_value *s, const kiln_value *chars)
{
    unsigned length;

    while (s->n && (template_char(s, 0, &length), is_among(chars, s->u.s, length))) {
        s->u.s += length;
        s->n -= length;
    }
    for (;; s->n -= length) {
        length = s->n ? 1 : 0;
        while (length && length < s->n && ((unsigned char)s->u.s[s->n - length] & 0xc0) == 0x80)
            length++;
        if (!length || !is_among(chars, s->u.s + s->n - length, length))
            return;
    }
}

TEMPLATE_FN(trim)
{
    kiln_value chars;
    size_t size;

    if (text_of(h, argv, 1, ret) < 0 || text_of(h, argv, 2, &chars) < 0)
        return -1;
    size = ret->n;
    if (argv[2].tag <= KILN_NULL)
        utf8_trim(&ret->u.s, &size);
    ret->n = (unsigned)size;
    if (argv[2].tag > KILN_NULL)
        trim_chars(ret, &chars);
    return 0;
}

/* A list being gathered out of a text. */
struct parts {
    kiln_value *items;
    unsigned n;
};

static void add_part(struct parts *p, const kiln_value *of, const char *s, const char *end)
{
    kiln_value part = *of;

    part.u.s = s;
    part.n = (unsigned)(end - s);
    p->items[p->n++] = part;
}

static void split_blanks(struct parts *p, const kiln_value *of, unsigned most)
{
    const char *s = of->u.s, *end = s + of->n;

    while (s < end) {
        const char *from = s;
        size_t space = utf8_space(s, (size_t)(end - s));

        if (space) {
            s += space;
            continue;
        }
        while (p->n < most && s < end && !utf8_space(s, (size_t)(end - s)))
            s++;
        if (p->n == most)
            s = end;
        add_part(p, of, from, s);
    }
}

static void split_text(struct parts *p, const kiln_value *of, const kiln_value *by, unsigned most)
{
    const char *s = of->u.s, *end = s + of->n, *found;

    while (p->n < most && (found = memmem(s, (size_t)(end - s), by->u.s, by->n)) != NULL) {
        add_part(p, of, s, found);
        s = found + by->n;
    }
    add_part(p, of, s, end);
}

TEMPLATE_FN(split)
{
    unsigned most = argv[3].tag == KILN_INT && argv[3].u.i >= 0 && argv[3].u.i < TEMPLATE_ITEMS_MOST
                        ? (unsigned)argv[3].u.i
                        : ~0u;
    struct parts p = { 0 };

    if (argv[1].tag != KILN_STRING || (argv[2].tag > KILN_NULL && argv[2].tag != KILN_STRING))
        return template_fail(h, argv, "invalid operation: value is not a string");
    if (argv[2].tag == KILN_STRING && !argv[2].n)
        return template_fail(h, argv, "invalid operation: cannot split by an empty text");
    p.items = arena_alloc(&h->arena, ((size_t)argv[1].n + 2) * sizeof *p.items);
    if (!p.items)
        return heap_fail(h, "out of memory");
    if (argv[2].tag == KILN_STRING)
        split_text(&p, &argv[1], &argv[2], most);
    else
        split_blanks(&p, &argv[1], most);
    return value_array(h, ret, p.items, p.n);
}

TEMPLATE_FN(lines)
{
    struct parts p = { 0 };
    kiln_value all;
    const char *s, *end;

    if (text_of(h, argv, 1, &all) < 0)
        return -1;
    p.items = arena_alloc(&h->arena, ((size_t)all.n + 1) * sizeof *p.items);
    if (!p.items)
        return heap_fail(h, "out of memory");
    for (s = all.u.s, end = s + all.n; s < end;) {
        const char *found = memchr(s, '\n', (size_t)(end - s)), *stop = found ? found : end;

        add_part(&p, &all, s, found && stop > s && stop[-1] == '\r' ? stop - 1 : stop);
        s = found ? found + 1 : end;
    }
    return value_array(h, ret, p.items, p.n);
}

TEMPLATE_FN(indent)
{
    long long width = argv[2].tag == KILN_INT ? argv[2].u.i : 4;
    int first = kiln_truthy(&argv[3]), blank = kiln_truthy(&argv[4]), begins = first;
    struct text t = { 0 };
    kiln_value s;

    if (text_of(h, argv, 1, &s) < 0)
        return -1;
    if (width < 0 || width > 1024)
        return template_fail(h, argv, "invalid operation: an indent is 0 to 1024");
    if (s.n && s.u.s[s.n - 1] == '\n')
        s.n--;
    for (unsigned i = 0; i < s.n && t.n <= TEMPLATE_TEXT_MOST; i++) {
        if (begins && (blank || s.u.s[i] != '\n'))
            text_printf(&t, "%*s", (int)width, "");
        text_putc(&t, s.u.s[i]);
        begins = s.u.s[i] == '\n';
    }
    return template_string(h, ret, argv, &t);
}

TEMPLATE_FN(escape)
{
    static const char *const escapes[] = { "<&lt;",    ">&gt;",   "&&amp;",
                                           "\"&quot;", "'&#x27;", "/&#x2f;" };
    struct text t = { 0 };
    kiln_value s;

    if (text_of(h, argv, 1, &s) < 0)
        return -1;
    for (unsigned i = 0, k; i < s.n && t.n <= TEMPLATE_TEXT_MOST; i++) {
        for (k = 0; k < 6 && *escapes[k] != s.u.s[i];)
            k++;
        if (k < 6)
            text_puts(&t, escapes[k] + 1);
        else
            text_putc(&t, s.u.s[i]);
    }
    return template_string(h, ret, argv, &t);
}

/* ---- patterns ------------------------------------------------------------------------------ */

/* One conversion of a pattern: %[flags][width][.precision]letter. */
struct conversion {
    char flags[8];
    int width, precision; /* -1: not given */
    char letter;
};

static const char *read_number(const char *s, const char *end, int *ret)
{
    for (*ret = 0; s < end && *s >= '0' && *s <= '9' && *ret < 1000; s++)
        *ret = 10 * *ret + (*s - '0');
    return s;
}

static const char *read_conversion(const char *s, const char *end, struct conversion *ret)
{
    size_t n = 0;

    *ret = (struct conversion){ .width = -1, .precision = -1 };
    while (s < end && *s && strchr("-+ 0#", *s) && n < 5)
        ret->flags[n++] = *s++;
    if (s < end && *s >= '1' && *s <= '9')
        s = read_number(s, end, &ret->width);
    if (s < end && *s == '.')
        s = read_number(s + 1, end, &ret->precision);
    ret->letter = s < end ? *s++ : 0;
    return s;
}

/* A whole number or a float by the C library, with a letter it is sure to know. */
static int put_converted(struct text *t, const struct conversion *c, const kiln_value *v)
{
    int is_float = strchr("eEfFgG", c->letter) != NULL;
    double d = v->tag == KILN_BOOL ? (double)v->u.i : value_number(v);
    char pattern[48];

    if (c->width > 512 || c->precision > 512 || (!value_is_number(v) && v->tag != KILN_BOOL))
        return -1;
    snprintf(pattern, sizeof pattern, "%%%s*%s%s%c", c->flags, c->precision < 0 ? "" : ".*",
             is_float ? "" : "ll", c->letter == 'i' || c->letter == 'u' ? 'd' : c->letter);
    if (is_float && c->precision >= 0)
        text_printf(t, pattern, c->width < 0 ? 0 : c->width, c->precision, d);
    else if (is_float)
        text_printf(t, pattern, c->width < 0 ? 0 : c->width, d);
    else if (!(fabs(d) < 9e18))
        return -1;
    else if (c->precision >= 0)
        text_printf(t, pattern, c->width < 0 ? 0 : c->width, c->precision,
                    v->tag == KILN_DOUBLE ? (long long)d : v->u.i);
    else
        text_printf(t, pattern, c->width < 0 ? 0 : c->width,
                    v->tag == KILN_DOUBLE ? (long long)d : v->u.i);
    return 0;
}

static void put_padded(struct text *t, const struct conversion *c, const kiln_value *v)
{
    struct text s = { 0 };
    int left = strchr(c->flags, '-') != NULL, pad;

    template_put(&s, v);
    if (c->precision >= 0 && (size_t)c->precision < s.n)
        s.n = utf8_prefix(text_cstr(&s), (size_t)c->precision);
    pad = c->width > (int)s.n ? c->width - (int)s.n : 0;
    if (!left)
        text_printf(t, "%*s", pad, "");
    text_put(t, text_cstr(&s), s.n);
    if (left)
        text_printf(t, "%*s", pad, "");
    text_fini(&s);
}

static int put_conversion(struct text *t, const struct conversion *c, const kiln_value *v)
{
    if (c->letter == 's') {
        put_padded(t, c, v);
        return 0;
    }
    return c->letter && strchr("diuxXoeEfFgG", c->letter) ? put_converted(t, c, v) : -1;
}

TEMPLATE_FN(format)
{
    struct text t = { 0 };
    unsigned next = 2;
    kiln_value pattern;
    const char *s, *end;

    if (text_of(h, argv, 1, &pattern) < 0)
        return -1;
    for (s = pattern.u.s, end = s + pattern.n; s < end && t.n <= TEMPLATE_TEXT_MOST;) {
        struct conversion c;

        if (*s != '%' || (s + 1 < end && s[1] == '%')) {
            text_putc(&t, *s);
            s += *s == '%' ? 2 : 1;
            continue;
        }
        s = read_conversion(s + 1, end, &c);
        if (next == n || put_conversion(&t, &c, &argv[next++]) < 0) {
            text_fini(&t);
            return template_fail(h, argv,
                                 "invalid operation: the pattern and what is to fill it "
                                 "do not fit");
        }
    }
    return template_string(h, ret, argv, &t);
}
