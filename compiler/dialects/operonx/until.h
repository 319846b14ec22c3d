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

#endif
