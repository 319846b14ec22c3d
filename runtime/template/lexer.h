/* lexer.h: a template taken apart into tokens. */
#ifndef KILN_TEMPLATE_LEXER_H
#define KILN_TEMPLATE_LEXER_H

#include "template/template.h"

enum token_kind {
    TOKEN_END,            /* of the input */
    TOKEN_TEXT,           /* what is printed as it is */
    TOKEN_VARIABLE_BEGIN, /* {{ */
    TOKEN_VARIABLE_END,   /* }} */
    TOKEN_BLOCK_BEGIN,    /* {% */
    TOKEN_BLOCK_END,      /* %} */
    TOKEN_NAME,
    TOKEN_STRING,
    TOKEN_NUMBER,
    TOKEN_SIGN /* operators and brackets */
};

struct token {
    enum token_kind kind;
    unsigned at, end, line;
    const char *s; /* NAME, SIGN, TEXT: its bytes */
    unsigned n;
    kiln_value value; /* STRING, NUMBER */
};

/* Reads tokens one by one. A mistake is a token END with `error` set. */
struct lexer {
    struct arena *arena;
    const char *text;
    unsigned n, at, line;
    int inside; /* 0: text, else the kind of token that ends the tag */
    int depth;  /* open brackets inside the tag */
    int trim;   /* a tag ended with a minus: the white space behind it goes */
    const char *error;
    unsigned error_at, error_end;
};

void lexer_init(struct lexer *t, struct arena *a, const char *text, unsigned n);
struct token lexer_next(struct lexer *t);
/* Behind `{% raw %}`: the text up to `{% endraw %}`, and goes on behind it. */
struct token lexer_raw(struct lexer *t);
/* "end of variable block", "identifier", "`+`". In the arena. */
const char *lexer_words(struct lexer *t, const struct token *k);

#endif
