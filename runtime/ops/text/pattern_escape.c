/* pattern_escape.c: what begins with a backslash in a pattern. */
#include <string.h>

#include "ops/text/pattern.h"

/* Letters, marks, digits and what joins them (Unicode UTS 18); ASCII first, which is fast. */
#define WORD "0-9A-Z_a-z\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}"

/* ---- characters by number ------------------------------------------------------------------ */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* `digits` of them, or any number in braces. */
static int read_hex(struct pattern *p, size_t from, int digits, unsigned *ret)
{
    int braces = pattern_sees(p, "{"), n = 0;

    p->at += (size_t)braces;
    for (*ret = 0; p->at < p->n && hex_digit(p->s[p->at]) >= 0 && (braces || n < digits); n++) {
        *ret = *ret << 4 | (unsigned)hex_digit(p->s[p->at++]);
        if (*ret > 0x10ffff)
            return pattern_fail(p, from, p->at, "invalid hexadecimal number");
    }
    if (!n || (!braces && n < digits) || (braces && !pattern_sees(p, "}"))
        || (*ret >= 0xd800 && *ret < 0xe000))
        return pattern_fail(p, from, p->at + 1,
                            "hexadecimal literal is not a Unicode scalar value");
    p->at += (size_t)braces;
    return 0;
}

/* ---- properties ---------------------------------------------------------------------------- */

/* The general categories by their long names, which PCRE2 does not know. */
static const char *const categories[][2] = {
    { "letter", "L" },
    { "casedletter", "L&" },
    { "uppercaseletter", "Lu" },
    { "lowercaseletter", "Ll" },
    { "titlecaseletter", "Lt" },
    { "modifierletter", "Lm" },
    { "otherletter", "Lo" },
    { "mark", "M" },
    { "nonspacingmark", "Mn" },
    { "spacingmark", "Mc" },
    { "enclosingmark", "Me" },
    { "number", "N" },
    { "decimalnumber", "Nd" },
    { "digit", "Nd" },
    { "letternumber", "Nl" },
    { "othernumber", "No" },
    { "punctuation", "P" },
    { "punct", "P" },
    { "connectorpunctuation", "Pc" },
    { "dashpunctuation", "Pd" },
    { "openpunctuation", "Ps" },
    { "closepunctuation", "Pe" },
    { "initialpunctuation", "Pi" },
    { "finalpunctuation", "Pf" },
    { "otherpunctuation", "Po" },
    { "symbol", "S" },
    { "mathsymbol", "Sm" },
    { "currencysymbol", "Sc" },
    { "modifiersymbol", "Sk" },
    { "othersymbol", "So" },
    { "separator", "Z" },
    { "spaceseparator", "Zs" },
    { "lineseparator", "Zl" },
    { "paragraphseparator", "Zp" },
    { "other", "C" },
    { "control", "Cc" },
    { "cntrl", "Cc" },
    { "format", "Cf" },
    { "surrogate", "Cs" },
    { "privateuse", "Co" },
    { "unassigned", "Cn" },
    { "lc", "L&" },
};

enum { MOST_NAME = 64 };

/* Letters and digits in small letters; '=' stays. */
static int normalise(struct pattern *p, size_t from, size_t to, char name[MOST_NAME])
{
    size_t n = 0;

    for (size_t i = from; i < to; i++) {
        char c = p->s[i];

        if (c == ' ' || c == '_' || c == '-')
            continue;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        if (c == ':')
            c = '=';
        if (n + 1 == MOST_NAME
            || !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '='
                 || (c == '!' && i + 1 < to && p->s[i + 1] == '=')))
            return pattern_fail(p, from, to, "Unicode property not found");
        name[n++] = c;
    }
    name[n] = 0;
    return n ? 0 : pattern_fail(p, from, to, "Unicode property not found");
}

static const char *category(const char *name)
{
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (!strcmp(categories[i][0], name))
            return categories[i][1];
    return name;
}

/* "name", "kind=name" or "kind!=name". */
static void put_property(struct text *t, char *name, int negated)
{
    char *equals = strchr(name, '=');
    const char *kind = "", *value = name;

    if (equals) {
        *equals = 0;
        value = equals + 1;
        if (equals > name && equals[-1] == '!') {
            equals[-1] = 0;
            negated = !negated;
        }
        kind = name[0] != 's'                                   ? ""
               : !strcmp(name, "sc") || !strcmp(name, "script") ? "sc:"
                                                                : "scx:";
    }
    text_printf(t, "\\%c{%s%s}", negated ? 'P' : 'p', kind, *kind ? value : category(value));
}

static enum pattern_escape read_property(struct pattern *p, struct text *t, int negated)
{
    char name[MOST_NAME];
    size_t from = p->at, to;

    if (p->at == p->n) {
        pattern_fail(p, from - 2, from,
                     "incomplete escape sequence, reached end of pattern "
                     "prematurely");
        return ESCAPE_FAULT;
    }
    if (!pattern_sees(p, "{")) {
        pattern_next(p);
        to = p->at;
    } else {
        from++;
        while (p->at < p->n && p->s[p->at] != '}')
            p->at++;
        to = p->at++;
        if (to == p->n) {
            pattern_fail(p, from - 3, p->n, "Unicode property not found");
            return ESCAPE_FAULT;
        }
    }
    if (normalise(p, from, to, name) < 0)
        return ESCAPE_FAULT;
    put_property(t, name, negated);
    return ESCAPE_CLASS;
}

/* ---- all of them --------------------------------------------------------------------------- */

/* "b", with a part in braces or without. */
static enum pattern_escape read_boundary(struct pattern *p, struct text *t)
{
    static const char *const forms[][2] = {
        { "{start}", "(?:\\b(?=\\w))" },
        { "{end}", "(?:\\b(?<=\\w))" },
        { "{start-half}", "(?<!\\w)" },
        { "{end-half}", "(?!\\w)" },
        { "", "\\b" },
    };
    size_t i = 0;

    while (!pattern_sees(p, forms[i][0]))
        i++;
    p->at += strlen(forms[i][0]);
    text_puts(t, forms[i][1]);
    return ESCAPE_ASSERTION;
}

/* The letters that stand for one control character. */
static int control(char c)
{
    static const char letters[] = "aftnrv", means[] = "\a\f\t\n\r\v";
    const char *found = c ? strchr(letters, c) : NULL;

    return found ? means[found - letters] : -1;
}

static enum pattern_escape read_letter(struct pattern *p, struct text *t, char c, int *ret_negated)
{
    static const char *const assertions[][2] = {
        { "A", "\\A" },
        { "z", "\\z" },
        { "B", "\\B" },
        { "<", "(?:\\b(?=\\w))" },
        { ">", "(?:\\b(?<=\\w))" },
    };
    size_t from = p->at - 2;

    for (size_t i = 0; i < sizeof assertions / sizeof *assertions; i++)
        if (assertions[i][0][0] == c) {
            text_puts(t, assertions[i][1]);
            return ESCAPE_ASSERTION;
        }
    *ret_negated = c == 'W';
    if (c == 'w' || c == 'W')
        text_puts(t, WORD);
    else if (c && strchr("dDsS", c))
        text_printf(t, "\\%c", c);
    else if (c == 'p' || c == 'P')
        return read_property(p, t, c == 'P');
    else if (c == 'b')
        return read_boundary(p, t);
    else
        return pattern_fail(p, from, p->at,
                            c >= '0' && c <= '9' ? "backreferences are not supported"
                                                 : "unrecognized escape sequence");
    return ESCAPE_CLASS;
}

enum pattern_escape pattern_read_escape(struct pattern *p, struct text *t, unsigned *ret_c,
                                        int *ret_negated)
{
    size_t from = p->at - 1;
    unsigned c;
    int digits;

    if (p->at == p->n)
        return pattern_fail(p, from, p->n,
                            "incomplete escape sequence, reached end of pattern prematurely");
    c = pattern_next(p);
    digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    *ret_c = c;
    if (digits)
        return read_hex(p, from, digits, ret_c) < 0 ? ESCAPE_FAULT : ESCAPE_LITERAL;
    if (c >= 0x80)
        return pattern_fail(p, from, p->at, "unrecognized escape sequence");
    if (control((char)c) >= 0) {
        *ret_c = (unsigned)control((char)c);
        return ESCAPE_LITERAL;
    }
    if ((!pattern_is_word(c) || c == '_') && c != '<' && c != '>')
        return ESCAPE_LITERAL;
    return read_letter(p, t, (char)c, ret_negated);
}
