/* tokens.h: the tokens of JSON text and where they stand.
 *
 * The scan asks nothing of the text: whatever is between the signs of JSON is a word. So it can
 * point at what is wrong in a document that was refused.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <stddef.h>

enum { TOKEN_END = 0, TOKEN_STRING = '"', TOKEN_WORD = 'w' };

/* Bytes [at, end) of the text. `kind` is one of { } [ ] : , or one of the constants above. */
struct token {
    char kind;
    size_t at, end;
};

struct tokens {
    const char *text;
    size_t n, at;
};

/* The next token; a string that is never closed ends at its line's end. */
struct token tokens_next(struct tokens *s);
/* The token that holds byte `at - 1`, or the end of the text. */
struct token tokens_before(const char *text, size_t n, size_t at);
/* The bracket that opens level `deepest + 1`, or `n` when none does. */
size_t tokens_too_deep(const char *text, size_t n, unsigned deepest);
/* The innermost bracket still open before byte `at`, or `n`. The nesting must not be too deep. */
size_t tokens_open_bracket(const char *text, size_t n, size_t at);

#endif
