/* until.h: the condition of a loop as a tree (clause 7.3).
 */
#ifndef OPERONX_UNTIL_H
#define OPERONX_UNTIL_H

#include "dialects/operonx/operonx.h"

enum ox_until_kind {
    UNTIL_LITERAL,
    UNTIL_NAME,
    UNTIL_LIST,   /* of its operands */
    UNTIL_CALL,   /* a function of its operands */
    UNTIL_AND,    /* the first operand that is not true, or the last */
    UNTIL_OR,     /* the first operand that is true, or the last */
    UNTIL_COMPARE /* each operand with the one before it; true when all hold */
};

struct ox_until {
    enum ox_until_kind kind;
    kiln_value literal;   /* text lives in the compilation's arena */
    const char *name;     /* NAME */
    const char *function; /* CALL */
    /* of an operand of COMPARE, how it is compared with the one before it */
    const char *comparison;
    int reversed, negated;                /* `in`, and `not in` or `is not` */
    struct ox_until *first, *last, *next; /* operands */
    unsigned n;
};

enum until_token {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_NAME,
    TOKEN_SIGN, /* anything else, also `and`, `or`, `not`, `in` and `is` */
    TOKEN_BAD
};

/* The text and the token that comes next. */
struct until_scan {
    struct unit *unit;
    const struct node *node;
    const char *text;
    size_t at;    /* behind the token */
    size_t begin; /* where the token begins */
    enum until_token token;
    char word[64];      /* NAME and SIGN */
    kiln_value literal; /* NUMBER and STRING */
    int failed;         /* a complaint was made: nothing more is said */
};

/* Moves to the next token. */
void until_scan_next(struct until_scan *s);
/* Whether the token is this sign or word. */
int until_scan_is(const struct until_scan *s, const char *word);
/* Complains once, at the token. */
void until_scan_fail(struct until_scan *s, const char *sentence);

/* ---- until_atom.c and until_parse.c ---- */

struct until_parse {
    struct until_scan scan;
    const struct ox_graph *graph;
    unsigned depth;
};

struct ox_until *until_make(struct until_parse *p, enum ox_until_kind kind);
void until_add(struct ox_until *e, struct ox_until *operand);
/* A call of one operand, or of two when `b` is not NULL. */
struct ox_until *until_call(struct until_parse *p, const char *function, struct ox_until *a,
                            struct ox_until *b);
/* Moves on when the next token is this sign or word: 1, else 0. */
int until_accept(struct until_parse *p, const char *word);
/* The same, with a complaint when it is not. */
void until_expect(struct until_parse *p, const char *word, const char *sentence);
/* An atom with all indexes and members behind it. Never NULL. */
struct ox_until *until_atom(struct until_parse *p);
/* A whole expression. Never NULL. */
struct ox_until *until_parse_or(struct until_parse *p);

#endif
