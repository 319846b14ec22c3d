/* parser.h: what the files of the template parser share.
 *
 * Whoever returns a node returns NULL when it cannot; the first mistake is kept and the rest falls
 * through. Names are bound as the text is read: a local name is known from where it is bound on.
 */
#ifndef KILN_TEMPLATE_PARSER_H
#define KILN_TEMPLATE_PARSER_H

#include "template/lexer.h"

enum { PARAMETERS_MOST = 32, MACROS_DEEPEST = 8 };

struct macro {
    struct token name;
    struct token parameters[PARAMETERS_MOST];
    struct template_node *defaults[PARAMETERS_MOST]; /* NULL: undefined */
    unsigned n, var;                                 /* the first parameter's variable */
    struct template_node *body;                      /* NULL while it is being read */
    unsigned height;                                 /* how deep macros call macros in it */
};

enum binding_kind {
    BINDING_VAR,  /* variable `var` */
    BINDING_PART, /* item `part` of `parts` of it */
    BINDING_LOOP, /* `loop` of the FOR whose variable it is */
    BINDING_MACRO
};

struct binding {
    enum binding_kind kind;
    const char *name;
    unsigned n, var, part, parts;
    int is_late; /* first set in a branch: absent until then */
    struct macro *macro;
};

struct parser {
    struct lexer lexer;
    struct token now; /* the token looked at */
    struct arena *arena;
    const char *name;
    struct template *tree;
    struct template_error *error;
    int failed;
    struct binding *scope;
    unsigned n_scope, cap_scope, cap_vars;
    unsigned scope_begin; /* where the innermost scope's names begin */
    unsigned branches;    /* how many branches deep in it */
    unsigned depth;       /* nesting of expressions and blocks */
    unsigned loops;       /* loops around */
    unsigned height;      /* of the tallest macro called so far in this one */
    unsigned place_line;  /* the line of `place` */
    kiln_value place;
};

/* ---- parser.c ---- */

/* The next token becomes `now`. */
void parser_next(struct parser *p);
/* Keeps the first mistake. Returns NULL. */
void *parser_fail(struct parser *p, const struct token *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "unexpected X, expected Y"; `wanted` may be NULL. */
void *parser_unexpected(struct parser *p, const char *wanted);
int parser_is(const struct parser *p, enum token_kind kind, const char *text);
/* Goes past the token when it is this one. */
int parser_skip(struct parser *p, enum token_kind kind, const char *text);
/* The same, or fails. */
int parser_expect(struct parser *p, enum token_kind kind, const char *text, const char *words);
void *parser_alloc(struct parser *p, size_t size);
/* One level deeper, or -1 when that is too deep. */
int parser_enter(struct parser *p);
void parser_leave(struct parser *p);

/* ---- tree.c ---- */

struct template_node *tree_node(struct parser *p, enum template_kind kind, const struct token *at,
                                unsigned n);
struct template_node *tree_const(struct parser *p, const struct token *at, kiln_value v);
struct template_node *tree_text(struct parser *p, const struct token *at, const char *s, size_t n);
struct template_node *tree_wrong(struct parser *p, const struct token *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct template_node *tree_var(struct parser *p, const struct token *at, unsigned var);
struct template_node *tree_set(struct parser *p, const struct token *at, unsigned var,
                               struct template_node *value);
/* A call of an operator by its name. */
struct template_node *tree_call(struct parser *p, const struct token *at, const char *operator_name,
                                struct template_node *a, struct template_node *b);
/* BODY of the statements gathered so far. */
struct template_node *tree_body(struct parser *p, const struct token *at,
                                struct template_node **statements, unsigned n);

/* ---- scope.c: names ---- */

unsigned scope_var(struct parser *p);
void scope_often(struct parser *p, unsigned var);  /* it is set more than once, or perhaps not */
void scope_unread(struct parser *p, unsigned var); /* nobody asks for it, so far */
struct binding *scope_bind(struct parser *p, enum binding_kind kind, const struct token *name,
                           unsigned var);
struct binding *scope_find(struct parser *p, const struct token *name);
/* The variable `set` gives a value: the one of this scope, or a new one. */
unsigned scope_set(struct parser *p, const struct token *name);
/* What a name means where it stands. */
struct template_node *scope_name(struct parser *p, const struct token *name);
struct scope_mark {
    unsigned n, begin, branches;
};
struct scope_mark scope_open(struct parser *p);
/* Closes it. The body gets what makes its late names absent at its beginning. */
struct template_node *scope_close(struct parser *p, struct scope_mark mark,
                                  struct template_node *body);

/* ---- operand.c ---- */

/* A literal, a name, a call, or an expression in brackets. */
struct template_node *parse_primary(struct parser *p);
/* The parts asked of a value; the filters and tests it goes through. */
struct template_node *parse_postfix(struct parser *p, struct template_node *node);
struct template_node *parse_filters(struct parser *p, struct template_node *node);

/* ---- expression.c, call.c ---- */

struct template_node *parse_expression(struct parser *p);
/* Without the `x if y else z` form, which the list of a `for` may not have. */
struct template_node *parse_or(struct parser *p);

/* The arguments of a call as written. */
struct arguments {
    struct template_node *at[PARAMETERS_MOST], *named[PARAMETERS_MOST];
    struct token names[PARAMETERS_MOST];
    unsigned n, n_named;
};

/* Behind the opening bracket, up to and with the closing one. 0 or -1. */
int parse_arguments(struct parser *p, struct arguments *ret);
/* A call of a helper with arguments in the order of its parameters. */
struct template_node *call_bind(struct parser *p, const struct token *at,
                                const struct template_helper *helper, const struct arguments *a);
struct template_node *call_filter(struct parser *p, const struct token *name, struct arguments *a);
struct template_node *call_test(struct parser *p, const struct token *name, struct arguments *a);
struct template_node *call_function(struct parser *p, const struct token *name,
                                    struct arguments *a);

/* ---- body.c ---- */

/* Statements gathered, in memory that doubles. */
struct statements {
    struct template_node **at;
    unsigned n, cap;
};

void body_add(struct parser *p, struct statements *s, struct template_node *one);
/* PRINT of a value. */
struct template_node *body_print(struct parser *p, const struct token *at,
                                 struct template_node *value);
/* Up to the block whose word is one of `ends` (NULL: the end of the input); that word is `now`. */
struct template_node *body_parse(struct parser *p, const char *const *ends);
/* The end of a tag. */
int body_end(struct parser *p);
/* A body with names of its own, and the word that ends it. */
struct template_node *body_scope(struct parser *p, const char *end);
/* The name or word of the token is one of the words. */
int body_is_one_of(const struct token *k, const char *const *words);

/* ---- parse.c, loop.c, assign.c: statements, from behind their first word ---- */

struct template_node *parse_statement(struct parser *p, const struct token *name);
struct template_node *parse_for(struct parser *p, const struct token *at);
struct template_node *parse_set(struct parser *p, const struct token *at);
struct template_node *parse_with(struct parser *p, const struct token *at);
/* A macro prints nothing itself; where it is called its body stands. */
struct template_node *parse_macro(struct parser *p, const struct token *at);
/* The names of `for a, b in` or `set a, b =`. How many, or 0. */
unsigned assign_names(struct parser *p, struct token *names);

#endif
