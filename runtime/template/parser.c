/* parser.c: the token looked at, the first mistake, and how deep the parser is: what all of its
 * files go through. */
#include "template/parser.h"

#include <stdarg.h>
#include <string.h>

void parser_next(struct parser *p)
{
    p->now = lexer_next(&p->lexer);
    if (p->lexer.error && !p->failed) {
        struct token at = { .at = p->lexer.error_at,
                            .end = p->lexer.error_end,
                            .line = p->now.line };

        parser_fail(p, &at, "%s", p->lexer.error);
    }
}

void *parser_fail(struct parser *p, const struct token *at, const char *format, ...)
{
    struct text t = { 0 };
    const char *s;
    va_list ap;

    if (p->failed)
        return NULL;
    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    s = arena_dup(p->arena, text_cstr(&t), t.n);
    text_fini(&t);
    p->failed = 1;
    *p->error = (struct template_error){ at->at, at->end, at->line, s ? s : "out of memory" };
    return NULL;
}

void *parser_unexpected(struct parser *p, const char *wanted)
{
    const char *found = lexer_words(&p->lexer, &p->now);

    return wanted ? parser_fail(p, &p->now, "unexpected %s, expected %s", found, wanted)
                  : parser_fail(p, &p->now, "unexpected %s", found);
}

int parser_is(const struct parser *p, enum token_kind kind, const char *text)
{
    return !p->failed && p->now.kind == kind
           && (!text || (p->now.n == strlen(text) && !memcmp(p->now.s, text, p->now.n)));
}

int parser_skip(struct parser *p, enum token_kind kind, const char *text)
{
    if (!parser_is(p, kind, text))
        return 0;
    parser_next(p);
    return 1;
}

int parser_expect(struct parser *p, enum token_kind kind, const char *text, const char *words)
{
    if (!parser_is(p, kind, text)) {
        parser_unexpected(p, words);
        return 0;
    }
    parser_next(p);
    return 1;
}

void *parser_alloc(struct parser *p, size_t size)
{
    void *at = arena_zalloc(p->arena, size);

    return at ? at : parser_fail(p, &p->now, "out of memory");
}

int parser_enter(struct parser *p)
{
    if (p->depth == TEMPLATE_DEEPEST)
        parser_fail(p, &p->now, "template exceeds maximum recursion limits");
    else
        p->depth++;
    return p->failed ? -1 : 0;
}

void parser_leave(struct parser *p)
{
    p->depth--;
}
