/* pattern_group.c: what "(?" begins: names, flags, and what is refused. */
#include <string.h>

#include "ops/text/pattern.h"

static int is_named(const struct pattern *p, const char *s, size_t n)
{
    for (size_t i = 0; i < p->names.n; i++)
        if (p->names.at[i].n == n && !memcmp(p->names.at[i].s, s, n))
            return 1;
    return 0;
}

/* The name up to '>'. */
static int read_name(struct pattern *p)
{
    size_t from = p->at, n;
    struct pattern_name name;

    while (p->at < p->n && p->s[p->at] != '>') {
        unsigned c = pattern_next(p);

        if (c < 0x80 && !pattern_is_word(c) && c != '.' && c != '[' && c != ']')
            return pattern_fail(p, p->at - 1, p->at, "invalid capture group character");
    }
    n = p->at - from;
    if (p->at == p->n)
        return pattern_fail(p, from, p->at, "unclosed capture group name");
    if (!n)
        return pattern_fail(p, from, from, "empty capture group name");
    if (is_named(p, p->s + from, n))
        return pattern_fail(p, from, p->at, "duplicate capture group name");
    if (p->s[from] >= '0' && p->s[from] <= '9')
        return pattern_fail(p, from, from + 1, "invalid capture group character");
    p->at++;
    name = (struct pattern_name){ p->s + from, n, p->n_groups + 1 };
    return list_push(&p->names, name) < 0 ? pattern_fail(p, from, from, "out of memory") : 0;
}

/* Flags up to ')' or ':', which stays; those of PCRE2 go into `t`. */
static int read_flags(struct pattern *p, struct text *t)
{
    int off = 0, any = 0;

    for (; p->at < p->n && p->s[p->at] != ')' && p->s[p->at] != ':'; p->at++) {
        char c = p->s[p->at];

        if (c == '-' && off++)
            return pattern_fail(p, p->at, p->at + 1, "flag negation operator repeated");
        any += c != '-';
        if (c == 'x')
            p->extended = !off;
        else if (c == 'u' && off)
            return pattern_fail(p, p->at, p->at + 1, "Unicode mode cannot be turned off here");
        else if (c == 'R')
            return pattern_fail(p, p->at, p->at + 1, "CRLF mode is not supported here");
        else if (c && strchr("-imsU", c))
            text_putc(t, c);
        else if (c != 'u')
            return pattern_fail(p, p->at, p->at + 1, "unrecognized flag");
    }
    if (p->at == p->n)
        return pattern_fail(p, p->at, p->at, "expected flag but got end of regex");
    if (off && !any)
        return pattern_fail(p, p->at - 1, p->at, "dangling flag negation operator");
    return 0;
}

int pattern_open_special(struct pattern *p, size_t from)
{
    static const char *const around[] = { "=", "!", "<=", "<!" };
    struct text flags = { 0 };
    int alone;

    for (size_t i = 0; i < sizeof around / sizeof *around; i++)
        if (pattern_sees(p, around[i]))
            return pattern_fail(
                p, from, p->at + strlen(around[i]),
                "look-around, including look-ahead and look-behind, is not supported");
    if (pattern_sees(p, "P<") || pattern_sees(p, "<")) {
        p->at += pattern_sees(p, "<") ? 1 : 2;
        text_putc(&p->out, '(');
        if (read_name(p) < 0)
            return -1;
        p->n_groups++;
        return 0;
    }
    if (pattern_sees(p, ")"))
        return pattern_fail(p, from + 1, from + 2, "repetition operator missing expression");
    if (read_flags(p, &flags) < 0) {
        text_fini(&flags);
        return -1;
    }
    alone = p->s[p->at++] == ')';
    if (flags.n || !alone)
        text_printf(&p->out, "(?%s%c", text_cstr(&flags), alone ? ')' : ':');
    text_fini(&flags);
    return alone;
}
