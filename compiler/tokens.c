/* tokens.c: the tokens of JSON text. One switch on the first byte; no token looks behind itself. */
#include "tokens.h"

#include <string.h>

#include "source.h"

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int is_sign(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ':' || c == ',';
}

/* Behind the closing quote of the string that begins at `at`. */
static size_t end_of_string(const struct tokens *s, size_t at)
{
    for (at++; at < s->n && s->text[at] != '\n'; at++) {
        if (s->text[at] == '"')
            return at + 1;
        if (s->text[at] == '\\' && at + 1 < s->n && s->text[at + 1] != '\n')
            at++;
    }
    return at;
}

static size_t end_of_word(const struct tokens *s, size_t at)
{
    while (at < s->n && !is_blank(s->text[at]) && !is_sign(s->text[at]) && s->text[at] != '"')
        at++;
    return at;
}

struct token tokens_next(struct tokens *s)
{
    struct token t = { TOKEN_END, s->n, s->n };

    while (s->at < s->n && is_blank(s->text[s->at]))
        s->at++;
    if (s->at == s->n)
        return t;
    t.at = s->at;
    t.kind = s->text[t.at];
    if (t.kind == '"') {
        t.end = end_of_string(s, t.at);
    } else if (is_sign(t.kind)) {
        t.end = t.at + 1;
    } else {
        t.kind = TOKEN_WORD;
        t.end = end_of_word(s, t.at);
    }
    s->at = t.end;
    return t;
}

struct token tokens_before(const char *text, size_t n, size_t at)
{
    struct tokens s = { text, n, 0 };
    struct token t;

    do
        t = tokens_next(&s);
    while (t.kind != TOKEN_END && t.end < at);
    return t;
}

size_t tokens_too_deep(const char *text, size_t n, unsigned deepest)
{
    struct tokens s = { text, n, 0 };
    unsigned depth = 0;

    for (struct token t = tokens_next(&s); t.kind != TOKEN_END; t = tokens_next(&s)) {
        if (t.kind == '{' || t.kind == '[') {
            if (++depth > deepest)
                return t.at;
        } else if (depth && (t.kind == '}' || t.kind == ']')) {
            depth--;
        }
    }
    return n;
}

size_t tokens_open_bracket(const char *text, size_t n, size_t at)
{
    struct tokens s = { text, n, 0 };
    size_t open[SOURCE_DEEPEST];
    unsigned depth = 0;

    for (struct token t = tokens_next(&s); t.kind != TOKEN_END && t.end <= at;
         t = tokens_next(&s)) {
        if ((t.kind == '{' || t.kind == '[') && depth < SOURCE_DEEPEST)
            open[depth++] = t.at;
        else if (depth && (t.kind == '}' || t.kind == ']'))
            depth--;
    }
    return depth ? open[depth - 1] : n;
}
