/* pattern_class.c: classes of characters, which may hold others and be cut with others.
 *
 * PCRE2 has neither. A class is read into what matches one character: plain parts between one pair
 * of brackets, others as alternatives; A&&B is "looking at A, then B", A--B "not looking at B, then
 * A", and so on.
 */
#include <string.h>

#include "ops/text/pattern.h"

/* The parts of a class up to an operator. */
struct parts {
    struct text plain;  /* what stands between brackets */
    struct text nested; /* "|" and what matches one character, for each */
};

static int read_set(struct pattern *p, size_t from, struct text *t);

static void put_parts(const struct parts *s, struct text *t, int negated)
{
    if (negated)
        text_printf(t, "[^%s]", text_cstr(&s->plain));
    else if (!s->nested.n && s->plain.n)
        text_printf(t, "[%s]", text_cstr(&s->plain));
    else if (s->plain.n)
        text_printf(t, "(?:[%s]%s)", text_cstr(&s->plain), text_cstr(&s->nested));
    else if (s->nested.n)
        text_printf(t, "(?:%s)", text_cstr(&s->nested) + 1);
    else
        text_puts(t, "(?!)"); /* no character at all */
}

/* ---- one part ------------------------------------------------------------------------------ */

/* The classes of POSIX, which are of ASCII only. */
static const char *const posix[][2] = {
    { "alnum", "0-9A-Za-z" },
    { "alpha", "A-Za-z" },
    { "ascii", "\\x{0}-\\x{7f}" },
    { "blank", "\\t " },
    { "cntrl", "\\x{0}-\\x{1f}\\x{7f}" },
    { "digit", "0-9" },
    { "graph", "!-~" },
    { "lower", "a-z" },
    { "print", " -~" },
    { "punct", "!-\\/:-@\\[-`{-~" },
    { "space", "\\x{9}-\\x{d} " },
    { "upper", "A-Z" },
    { "word", "0-9A-Z_a-z" },
    { "xdigit", "0-9A-Fa-f" },
};

/* "[:alpha:]" or "[:^alpha:]": 1 when it was one. */
static int read_posix(struct pattern *p, struct parts *s)
{
    const char *name = p->s + p->at + 2;
    size_t left = p->n - p->at, negated;

    if (!pattern_sees(p, "[:"))
        return 0;
    negated = left > 2 && *name == '^';
    name += negated;
    for (size_t i = 0; i < sizeof posix / sizeof *posix; i++) {
        size_t n = strlen(posix[i][0]);

        if (left < n + 4 + negated || memcmp(name, posix[i][0], n) || memcmp(name + n, ":]", 2))
            continue;
        if (negated)
            text_printf(&s->nested, "|[^%s]", posix[i][1]);
        else
            text_puts(&s->plain, posix[i][1]);
        p->at += n + 4 + negated;
        return 1;
    }
    return 0;
}

/* A character, or something that a backslash begins. */
static enum pattern_escape read_one(struct pattern *p, struct parts *s, unsigned *ret_c)
{
    struct text class = { 0 };
    size_t from = p->at;
    int negated = 0;
    enum pattern_escape kind;

    if (p->s[p->at] != '\\') {
        *ret_c = pattern_next(p);
        return ESCAPE_LITERAL;
    }
    p->at++;
    kind = pattern_read_escape(p, &class, ret_c, &negated);
    if (kind == ESCAPE_ASSERTION)
        kind = pattern_fail(p, from, p->at, "invalid escape sequence found in character class");
    else if (kind == ESCAPE_CLASS && negated)
        text_printf(&s->nested, "|[^%s]", text_cstr(&class));
    else if (kind == ESCAPE_CLASS)
        text_puts(&s->plain, text_cstr(&class));
    text_fini(&class);
    return kind;
}

/* One character or a range of them. */
static int read_range(struct pattern *p, struct parts *s)
{
    size_t from = p->at;
    unsigned first = 0, last = 0;
    enum pattern_escape kind = read_one(p, s, &first);

    if (kind != ESCAPE_LITERAL)
        return kind == ESCAPE_FAULT ? -1 : 0;
    pattern_put_literal(&s->plain, first);
    pattern_skip(p);
    if (!pattern_sees(p, "-") || pattern_sees(p, "-]") || pattern_sees(p, "--"))
        return 0;
    p->at++;
    pattern_skip(p);
    if (p->at == p->n)
        return 0; /* the class is not closed: who reads on says so */
    kind = read_one(p, s, &last);
    if (kind == ESCAPE_CLASS)
        pattern_fail(p, from, p->at, "invalid range boundary, must be a literal");
    if (kind != ESCAPE_LITERAL)
        return -1;
    if (first > last)
        return pattern_fail(p, from, p->at,
                            "invalid character class range, the start must be <= the end");
    text_putc(&s->plain, '-');
    pattern_put_literal(&s->plain, last);
    return 0;
}

/* ---- all of them --------------------------------------------------------------------------- */

static int read_nested(struct pattern *p, struct parts *s)
{
    size_t from = p->at++;
    int failed;

    if (++p->depth > PATTERN_DEEPEST)
        return pattern_fail(p, from, p->at, "the classes are nested too deep");
    text_putc(&s->nested, '|');
    failed = read_set(p, from, &s->nested);
    p->depth--;
    return failed;
}

static int is_operator(const struct pattern *p)
{
    return pattern_sees(p, "&&") || pattern_sees(p, "--") || pattern_sees(p, "~~");
}

/* Parts up to an operator or the end. `first`: a "]" and hyphens stand for themselves. */
static int read_parts(struct pattern *p, size_t from, struct parts *s, int first)
{
    for (;; first = 0) {
        int failed = 0;

        pattern_skip(p);
        while (first && pattern_sees(p, "-")) {
            pattern_put_literal(&s->plain, '-');
            p->at++;
        }
        if (p->at >= p->n)
            return pattern_fail(p, from, from + 1, "unclosed character class");
        if ((pattern_sees(p, "]") && !(first && !s->plain.n)) || (!first && is_operator(p)))
            return 0;
        if (!read_posix(p, s))
            failed = pattern_sees(p, "[") ? read_nested(p, s) : read_range(p, s);
        if (failed < 0)
            return -1;
    }
}

/* What matches a character of both sides, as the sign between them has it, replaces the left side.
 */
static void combine(struct text *left, char sign, const struct text *right)
{
    struct text t = { 0 };
    const char *a = text_cstr(left), *b = text_cstr(right);

    if (sign == '&')
        text_printf(&t, "(?:(?=%s)%s)", a, b);
    else if (sign == '-')
        text_printf(&t, "(?:(?!%s)%s)", b, a);
    else
        text_printf(&t, "(?:(?!%s)%s|(?!%s)%s)", a, b, b, a);
    text_fini(left);
    *left = t;
}

static void fini_parts(struct parts *s)
{
    text_fini(&s->plain);
    text_fini(&s->nested);
}

/* Each "~~" writes both of its sides twice. */
enum { LARGEST = 16 << 10 };

/* The right side of an operator, and the whole. */
static int read_operator(struct pattern *p, size_t from, struct text *left)
{
    struct parts s = { 0 };
    struct text right = { 0 };
    char sign = p->s[p->at];
    int failed;

    p->at += 2;
    failed = read_parts(p, from, &s, 0);
    put_parts(&s, &right, 0);
    if (left->n + right.n > LARGEST)
        failed = pattern_fail(p, from, p->at, "the class is too large");
    if (!failed)
        combine(left, sign, &right);
    text_fini(&right);
    fini_parts(&s);
    return failed;
}

/* A class, p->at behind its bracket, which stands at `from`. */
static int read_set(struct pattern *p, size_t from, struct text *t)
{
    struct parts s = { 0 };
    struct text set = { 0 };
    int negated, simple, failed;

    pattern_skip(p);
    negated = pattern_sees(p, "^");
    p->at += (size_t)negated;
    failed = read_parts(p, from, &s, 1);
    simple = !s.nested.n && s.plain.n && (failed || !is_operator(p));
    put_parts(&s, &set, simple && negated);
    while (!failed && is_operator(p))
        failed = read_operator(p, from, &set);
    if (negated && !simple)
        text_printf(t, "(?:(?!%s)(?s:.))", text_cstr(&set));
    else
        text_puts(t, text_cstr(&set));
    p->at += !failed;
    fini_parts(&s);
    text_fini(&set);
    return failed;
}

int pattern_read_class(struct pattern *p, struct text *t)
{
    return read_set(p, p->at - 1, t);
}
