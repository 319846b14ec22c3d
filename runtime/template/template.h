/* template.h: templates as trees, and rendering one (scenario 1.6.5).
 *
 * The parser does all that can be known from the text: names of filters become functions, their
 * arguments stand in the function's order, local names become numbered variables, macros stand
 * where they are called, `map` and `select` are one kind of loop. So whoever walks the tree -
 * `render` here, and the compiler that makes C of it - has a dozen kinds of nodes and no names to
 * look up.
 */
#ifndef KILN_TEMPLATE_H
#define KILN_TEMPLATE_H

#include "functions/functions.h"

enum template_kind {
    /* Expressions */
    TEMPLATE_CONST,  /* `value` */
    TEMPLATE_ROOT,   /* the context's member named `value` */
    TEMPLATE_VAR,    /* variable `var`; absent until it is set */
    TEMPLATE_CALL,   /* `helper` of the arguments; a NULL argument is absent */
    TEMPLATE_ARRAY,  /* its arguments */
    TEMPLATE_OBJECT, /* key, value, key, value */
    TEMPLATE_AND,    /* the first when it is not true, else the second */
    TEMPLATE_OR,     /* the first when it is true, else the second */
    TEMPLATE_CHOICE, /* condition, then, else (NULL: absent) */
    TEMPLATE_SIEVE,  /* list, condition or NULL, result or NULL: `var` goes through the list */
    TEMPLATE_WRONG,  /* fails with the text in `value` when it is reached */
    /* Statements; what they print is gathered by the BODY around them */
    TEMPLATE_BODY,  /* statements; as an expression: what they print */
    TEMPLATE_PRINT, /* an expression */
    TEMPLATE_IF,    /* condition, BODY, BODY or NULL */
    TEMPLATE_FOR,   /* list, BODY, BODY or NULL: `var` goes through it, `var` + 1 holds the list,
                       `var` + 2 the number of the turn from 0 */
    TEMPLATE_SET    /* expression; the variable `var` */
};

/* A filter, test, function or operator (functions/template_names.def). */
struct template_helper {
    const char *name;       /* in templates */
    const char *function;   /* "template.upper", a row of functions/template.def */
    const char *parameters; /* as template_names.def writes them */
    kiln_function_n *run;
    unsigned char kind; /* enum template_helper_kind */
};

enum template_helper_kind { TEMPLATE_OPERATOR, TEMPLATE_FILTER, TEMPLATE_TEST, TEMPLATE_FUNCTION };

struct template_node {
    enum template_kind kind;
    unsigned at, end; /* bytes of the template's text */
    unsigned n;       /* arguments */
    unsigned var;
    struct template_node **args;
    const struct template_helper *helper; /* CALL; WRONG: NULL, or see `missing` */
    kiln_value value;
    kiln_value place; /* "name:line", for errors */
    int missing;      /* WRONG: 1 + the kind of helper that was not found, whose name is there */
    unsigned mark;    /* for whoever walks the tree; 0 at first */
};

struct template
{
    struct template_node *body;
    unsigned n_vars;
    /* By variable: 1 when it is set once, before anything reads it, whichever way the template
     * goes; 2 when it changes; 0 for the number of a loop's turn that nobody asks for. */
    unsigned char *sets;
};

struct template_error {
    size_t at, end;       /* bytes of the text */
    unsigned line;        /* from 1 */
    const char *sentence; /* in the arena */
};

/* How deep expressions and blocks may be nested, and how many nodes a walk may meet. */
enum { TEMPLATE_DEEPEST = 100, TEMPLATE_WALK_MOST = 10000000 };

/* Parses `text`; the tree lives in `a` and borrows from the text. `name` is what errors call the
 * template. 0, or -1 with *ret_error set. */
int template_parse(struct template *ret, struct arena *a, const char *name, const char *text,
                   size_t n, struct template_error *ret_error);

/* The helper of this name, or NULL. */
const struct template_helper *template_helper(enum template_helper_kind kind, const char *name,
                                              size_t n);
/* All of them, for suggestions. */
const struct template_helper *template_helpers(size_t *ret_n);

/* What the template prints with the members of `context` as its names. 0, or -1 with the heap's
 * error set. */
int template_render(kiln_heap *h, kiln_value *ret, const struct template *t,
                    const kiln_value *context);

#endif
