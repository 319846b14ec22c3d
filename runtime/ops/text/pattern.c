/* pattern.c: groups, repetitions and alternatives of a pattern.
 *
 * PCRE2 tries one way after the other, so a wicked pattern could take for ever. Therefore a
 * callout, (?C), is put wherever a way may be given up for another: behind each repetition and at
 * the end of each alternative. Who matches counts them and stops (regex.c).
 */
#include "ops/text/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "base/letter.h"
#include "base/utf8.h"

#define CALLOUT "(?C)"

/* What a repetition would repeat: where it begins in the output, and whether it needs a group
 * around it first. NOTHING: there is nothing. */
struct atom {
    size_t at;
    int wrap;
};

static const size_t NOTHING = (size_t)-1;

int pattern_fail(struct pattern *p, size_t from, size_t to, const char *sentence)
{
    if (p->fault)
        return -1;
    p->fault = sentence;
    p->fault_at = from < p->n ? from : p->n;
    p->fault_end = to < p->n ? to : p->n;
    return -1;
}

int pattern_sees(const struct pattern *p, const char *bytes)
{
    size_t n = strlen(bytes);

    return p->n - p->at >= n && !memcmp(p->s + p->at, bytes, n);
}

void pattern_skip(struct pattern *p)
{
    size_t space;

    while (p->extended && p->at < p->n) {
        if ((space = utf8_space(p->s + p->at, p->n - p->at)))
            p->at += space;
        else if (p->s[p->at] == '#')
            while (p->at < p->n && p->s[p->at] != '\n')
                p->at++;
        else
            return;
    }
}

unsigned pattern_next(struct pattern *p)
{
    size_t length = utf8_length(p->s + p->at, p->n - p->at);
    unsigned c = letter_at(p->s + p->at, length);

    p->at += length;
    return c;
}

int pattern_is_word(unsigned c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

void pattern_put_literal(struct text *t, unsigned c)
{
    char bytes[4];

    if (c < ' ' || c == 0x7f) {
        text_printf(t, "\\x{%x}", c);
        return;
    }
    if (c < 0x80 && !pattern_is_word(c))
        text_putc(t, '\\');
    text_put(t, bytes, utf8_write(c, bytes));
}

static void insert(struct text *t, size_t at, const char *s)
{
    size_t n = strlen(s), tail = t->n - at;

    text_puts(t, s);
    if (t->failed)
        return;
    memmove(t->s + at + n, t->s + at, tail);
    memcpy(t->s + at, s, n);
}

/* ---- repetitions --------------------------------------------------------------------------- */

static int read_number(struct pattern *p, unsigned *ret)
{
    size_t from = p->at;

    for (*ret = 0; p->at < p->n && p->s[p->at] >= '0' && p->s[p->at] <= '9'; p->at++)
        if ((*ret = *ret * 10 + (unsigned)(p->s[p->at] - '0')) > 65535)
            return pattern_fail(p, from, p->at + 1, "decimal literal is too large");
    return p->at > from;
}

/* "{2}", "{2,}", "{2,5}" and "{,5}", p->at behind the bracket. */
static int read_bounds(struct pattern *p, size_t from)
{
    unsigned least, most;
    int low = read_number(p, &least), high = 0, comma = low >= 0 && pattern_sees(p, ",");

    if (comma) {
        p->at++;
        high = read_number(p, &most);
    }
    if (low < 0 || high < 0)
        return -1;
    if (!low && !high)
        return pattern_fail(p, from, p->at + 1, "repetition quantifier expects a valid decimal");
    if (!pattern_sees(p, "}"))
        return pattern_fail(p, from, p->at, "unclosed counted repetition");
    if (low && high && least > most)
        return pattern_fail(p, from, p->at + 1,
                            "invalid repetition count range, the start must be <= the end");
    p->at++;
    text_printf(&p->out, "{%u", least);
    if (comma)
        text_putc(&p->out, ',');
    if (high)
        text_printf(&p->out, "%u", most);
    text_putc(&p->out, '}');
    return 0;
}

static int read_repetition(struct pattern *p, struct atom *atom)
{
    size_t from = p->at;
    char c = p->s[p->at++];

    if (atom->at == NOTHING)
        return pattern_fail(p, from, from + 1, "repetition operator missing expression");
    if (atom->wrap) {
        insert(&p->out, atom->at, "(?:");
        text_putc(&p->out, ')');
    }
    if (c != '{')
        text_putc(&p->out, c);
    else if (read_bounds(p, from) < 0)
        return -1;
    if (pattern_sees(p, "?")) {
        text_putc(&p->out, '?');
        p->at++;
    }
    text_puts(&p->out, CALLOUT);
    atom->wrap = 1;
    return 0;
}

/* ---- groups -------------------------------------------------------------------------------- */

static int read_body(struct pattern *p);

/* A group, p->at behind its parenthesis. */
static int read_group(struct pattern *p, struct atom *atom)
{
    size_t from = p->at - 1, begins = p->out.n;
    int extended = p->extended, alone;

    if (pattern_sees(p, "?")) {
        p->at++;
        alone = pattern_open_special(p, from);
        if (alone < 0)
            return -1;
        atom->at = NOTHING;
        if (alone)
            return 0;
    } else {
        text_putc(&p->out, '(');
        p->n_groups++;
    }
    if (++p->depth > PATTERN_DEEPEST)
        return pattern_fail(p, from, p->at, "the groups are nested too deep");
    if (read_body(p) < 0)
        return -1;
    if (p->at == p->n)
        return pattern_fail(p, from, from + 1, "unclosed group");
    p->at++;
    p->depth--;
    p->extended = extended;
    text_putc(&p->out, ')');
    *atom = (struct atom){ begins, 0 };
    return 0;
}

/* ---- the rest ------------------------------------------------------------------------------ */

static int read_backslash(struct pattern *p, struct atom *atom)
{
    struct text class = { 0 };
    unsigned c = 0;
    int negated = 0;
    enum pattern_escape kind = pattern_read_escape(p, &class, &c, &negated);

    *atom = (struct atom){ p->out.n, kind == ESCAPE_ASSERTION };
    if (kind == ESCAPE_LITERAL)
        pattern_put_literal(&p->out, c);
    else if (kind == ESCAPE_ASSERTION)
        text_puts(&p->out, text_cstr(&class));
    else if (kind == ESCAPE_CLASS)
        text_printf(&p->out, "[%s%s]", negated ? "^" : "", text_cstr(&class));
    text_fini(&class);
    return kind == ESCAPE_FAULT ? -1 : 0;
}

static int read_piece(struct pattern *p, struct atom *atom)
{
    char c = p->s[p->at];

    if (strchr("*+?{", c) && c)
        return read_repetition(p, atom);
    if (c == '(' || c == '[' || c == '\\')
        p->at++;
    if (c == '(')
        return read_group(p, atom);
    if (c == '\\')
        return read_backslash(p, atom);
    *atom = (struct atom){ p->out.n, c == '^' || c == '$' };
    if (c == '[')
        return pattern_read_class(p, &p->out);
    if (c == '.' || c == '^' || c == '$') {
        text_putc(&p->out, c);
        p->at++;
    } else {
        pattern_put_literal(&p->out, pattern_next(p));
    }
    return 0;
}

/* Alternatives, up to the end or to a closing parenthesis. */
static int read_body(struct pattern *p)
{
    struct atom atom = { NOTHING, 0 };
    int choice = 0;

    for (;;) {
        pattern_skip(p);
        if (p->at == p->n || p->s[p->at] == ')')
            break;
        if (p->s[p->at] == '|') {
            text_puts(&p->out, CALLOUT "|");
            p->at++;
            atom.at = NOTHING;
            choice = 1;
        } else if (read_piece(p, &atom) < 0) {
            return -1;
        }
    }
    if (choice)
        text_puts(&p->out, CALLOUT);
    return 0;
}

int pattern_read(struct pattern *p, const char *s, size_t n)
{
    *p = (struct pattern){ .s = s, .n = n };
    if (read_body(p) < 0)
        return -1;
    if (p->at < n)
        return pattern_fail(p, p->at, p->at + 1, "unopened group");
    return p->out.failed ? pattern_fail(p, 0, 0, "out of memory") : 0;
}

void pattern_fini(struct pattern *p)
{
    text_fini(&p->out);
    list_fini(&p->names);
}

/* How many characters. */
static size_t width(const char *s, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)s[i] & 0xc0) != 0x80;
    return count;
}

void pattern_put_fault(const struct pattern *p, struct text *t)
{
    size_t marks = width(p->s + p->fault_at, p->fault_end - p->fault_at);

    text_puts(t, "regex parse error:\n    ");
    text_put(t, p->s, p->n);
    text_printf(t, "\n    %*s", (int)width(p->s, p->fault_at), "");
    do
        text_putc(t, '^');
    while (marks-- > 1);
    text_printf(t, "\nerror: %s", p->fault);
}
