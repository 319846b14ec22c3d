/* lexer.c: the lexer of templates.
 *
 * Outside tags all is text up to the next `{{`, `{%` or `{#`; inside, tokens up to the end of the
 * tag, which brackets left open do not let pass. A minus at a tag's edge takes the white space
 * beyond it.
 */
#include "template/lexer.h"

#include <string.h>

#include "template/literal.h"

static struct token fail(struct lexer *t, unsigned at, const char *error)
{
    if (!t->error) {
        t->error = error;
        t->error_at = at;
        t->error_end = t->at > at ? t->at : at;
    }
    t->at = t->n;
    return (struct token){ .kind = TOKEN_END, .at = at, .end = at, .line = t->line };
}

void lexer_init(struct lexer *t, struct arena *a, const char *text, unsigned n)
{
    if (n && text[n - 1] == '\n') /* the last line's end is not part of it */
        n -= n > 1 && text[n - 2] == '\r' ? 2 : 1;
    *t = (struct lexer){ .arena = a, .text = text, .n = n, .line = 1 };
}

static int looking_at(const struct lexer *t, const char *s)
{
    size_t n = strlen(s);

    return t->n - t->at >= n && !memcmp(t->text + t->at, s, n);
}

static void advance(struct lexer *t, unsigned to)
{
    for (; t->at < to; t->at++)
        t->line += t->text[t->at] == '\n';
}

static struct token token(struct lexer *t, enum token_kind kind, unsigned at)
{
    return (struct token){
        .kind = kind, .at = at, .end = t->at, .line = t->line, .s = t->text + at, .n = t->at - at
    };
}

static int is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ---- text ---------------------------------------------------------------------------------- */

/* Where the next tag begins, or the end. */
static unsigned find_tag(const struct lexer *t)
{
    unsigned at = t->at;

    for (; at + 1 < t->n; at++)
        if (t->text[at] == '{'
            && (t->text[at + 1] == '{' || t->text[at + 1] == '%' || t->text[at + 1] == '#'))
            return at;
    return t->n;
}

static struct token read_text(struct lexer *t)
{
    unsigned from = t->at, end = find_tag(t);
    struct token k;

    advance(t, end);
    k = token(t, TOKEN_TEXT, from);
    while (t->trim && k.n && is_blank(*k.s)) {
        k.s++;
        k.n--;
    }
    t->trim = 0;
    if (end + 2 < t->n && t->text[end + 2] == '-')
        while (k.n && is_blank(k.s[k.n - 1]))
            k.n--;
    return k;
}

static struct token begin_tag(struct lexer *t)
{
    unsigned at = t->at;

    t->trim = 0;
    t->inside = t->text[at + 1] == '{' ? TOKEN_VARIABLE_END : TOKEN_BLOCK_END;
    t->at += 2;
    if (t->at < t->n && (t->text[t->at] == '-' || t->text[t->at] == '+'))
        t->at++;
    return token(t, t->inside == TOKEN_VARIABLE_END ? TOKEN_VARIABLE_BEGIN : TOKEN_BLOCK_BEGIN, at);
}

/* Behind the comments that begin here. 0, or -1 when one never ends. */
static int skip_comments(struct lexer *t)
{
    while (looking_at(t, "{#")) {
        const char *end = memmem(t->text + t->at + 2, t->n - t->at - 2, "#}", 2);

        if (!end)
            return -1;
        t->trim = end[-1] == '-';
        advance(t, (unsigned)(end - t->text) + 2);
    }
    return 0;
}

/* The word at `s` when it is the whole of a block tag; behind the tag. Else NULL. */
static const char *match_tag(const char *s, const char *end, const char *word, int *ret_trim)
{
    s += s < end && (*s == '-' || *s == '+');
    while (s < end && is_blank(*s))
        s++;
    if ((size_t)(end - s) < strlen(word) || memcmp(s, word, strlen(word)) != 0)
        return NULL;
    for (s += strlen(word); s < end && is_blank(*s);)
        s++;
    *ret_trim = s < end && *s == '-';
    s += s < end && (*s == '-' || *s == '+');
    return end - s >= 2 && !memcmp(s, "%}", 2) ? s + 2 : NULL;
}

struct token lexer_raw(struct lexer *t)
{
    const char *end = t->text + t->n, *s = t->text + t->at, *behind = NULL;
    unsigned from = t->at;
    struct token k;
    int trim = 0, trim_before;

    for (; s < end; s++) {
        s = memmem(s, (size_t)(end - s), "{%", 2);
        if (!s || (behind = match_tag(s + 2, end, "endraw", &trim)) != NULL)
            break;
    }
    if (!behind)
        return fail(t, from, "unexpected end of raw block");
    trim_before = s[2] == '-';
    advance(t, (unsigned)(s - t->text));
    k = token(t, TOKEN_TEXT, from);
    while (t->trim && k.n && is_blank(*k.s)) {
        k.s++;
        k.n--;
    }
    while (trim_before && k.n && is_blank(k.s[k.n - 1]))
        k.n--;
    advance(t, (unsigned)(behind - t->text));
    t->trim = trim;
    return k;
}

/* ---- inside tags --------------------------------------------------------------------------- */

static int is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || literal_is_digit(c)
           || (unsigned char)c >= 0x80;
}

static struct token read_string(struct lexer *t)
{
    unsigned from = t->at;
    struct text out = { 0 };
    const char *close = literal_text(&out, t->text + from + 1, t->text + t->n, t->text[from]);
    struct token k;

    if (!close || out.failed) {
        text_fini(&out);
        t->at = t->n;
        return fail(t, from, "unexpected end of string");
    }
    advance(t, (unsigned)(close - t->text) + 1);
    k = token(t, TOKEN_STRING, from);
    k.value = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)out.n };
    k.value.u.s = arena_dup(t->arena, text_cstr(&out), out.n);
    text_fini(&out);
    return k.value.u.s ? k : fail(t, from, "out of memory");
}

static struct token read_number(struct lexer *t)
{
    const char *s = t->text + t->at, *wrong;
    unsigned from = t->at;
    kiln_value v;
    struct token k;

    wrong = literal_number(&s, t->text + t->n, &v);
    t->at = (unsigned)(s - t->text);
    k = token(t, TOKEN_NUMBER, from);
    k.value = v;
    return wrong ? fail(t, from, wrong) : k;
}

static struct token read_sign(struct lexer *t)
{
    static const char *const longer[] = { "==", "!=", "<=", ">=", "//", "**" };
    unsigned from = t->at;

    for (unsigned i = 0; i < sizeof longer / sizeof *longer; i++)
        if (looking_at(t, longer[i])) {
            t->at += 2;
            return token(t, TOKEN_SIGN, from);
        }
    if (!t->text[from] || !strchr("+-*/%.,:~|=<>()[]{}", t->text[from])) {
        t->at++;
        return fail(t, from, "unexpected character");
    }
    t->depth += strchr("([{", t->text[from]) ? 1 : strchr(")]}", t->text[from]) ? -1 : 0;
    t->at++;
    return token(t, TOKEN_SIGN, from);
}

/* The end of the tag, with a minus or not. */
static int at_end_of_tag(struct lexer *t)
{
    const char *end = t->inside == TOKEN_VARIABLE_END ? "-}}" : "-%}";

    if (t->depth > 0 && t->inside == TOKEN_VARIABLE_END)
        return 0;
    if (looking_at(t, end))
        return 3;
    if (t->at < t->n && t->text[t->at] == '+') {
        t->at++;
        if (looking_at(t, end + 1)) {
            t->at--;
            return 3;
        }
        t->at--;
    }
    return looking_at(t, end + 1) ? 2 : 0;
}

static struct token read_inside(struct lexer *t)
{
    unsigned from, length;
    struct token k;

    while (t->at < t->n && is_blank(t->text[t->at]))
        advance(t, t->at + 1);
    from = t->at;
    if (from == t->n)
        return token(t, TOKEN_END, from);
    length = (unsigned)at_end_of_tag(t);
    if (length) {
        t->trim = t->text[from] == '-';
        t->at += length;
        k = token(t, (enum token_kind)t->inside, from);
        t->inside = t->depth = 0;
        return k;
    }
    if (t->text[from] == '"' || t->text[from] == '\'')
        return read_string(t);
    if (literal_is_digit(t->text[from]))
        return read_number(t);
    if (!is_name(t->text[from]))
        return read_sign(t);
    while (t->at < t->n && is_name(t->text[t->at]))
        t->at++;
    return token(t, TOKEN_NAME, from);
}

struct token lexer_next(struct lexer *t)
{
    if (t->inside)
        return read_inside(t);
    if (skip_comments(t) < 0)
        return fail(t, t->at, "unexpected end of comment");
    if (t->at == t->n)
        return token(t, TOKEN_END, t->at);
    if (find_tag(t) == t->at)
        return begin_tag(t);
    return read_text(t);
}

const char *lexer_words(struct lexer *t, const struct token *k)
{
    static const char *const words[] = { "end of input",
                                         "template data",
                                         "start of variable block",
                                         "end of variable block",
                                         "start of block",
                                         "end of block",
                                         "identifier",
                                         "string",
                                         "integer" };
    const char *said = k->kind == TOKEN_SIGN ? arena_printf(t->arena, "`%.*s`", (int)k->n, k->s)
                       : k->kind == TOKEN_NUMBER && k->value.tag == KILN_DOUBLE ? "float"
                                                                                : words[k->kind];

    return said ? said : "something";
}
