/* operand.c: what operators stand between: literals, names, calls, and what follows a value -
 * parts, filters and tests. A macro's body stands where it is called.
 */
#include <string.h>

#include "template/parser.h"

/* ---- literals ------------------------------------------------------------------------------ */

/* `(1)` is what it holds, `(1,)` and `()` are lists. */
static struct template_node *parse_list(struct parser *p, const char *close)
{
    struct token at = p->now;
    struct template_node **all = NULL, *node;
    unsigned n = 0, cap = 0;
    int commas = 0;

    parser_next(p);
    while (!parser_skip(p, TOKEN_SIGN, close)) {
        if (n == cap) {
            struct template_node **more = parser_alloc(p, 2 * (cap + 4) * sizeof *more);

            if (more && n)
                memcpy(more, all, n * sizeof *more);
            all = more;
            cap = 2 * (cap + 4);
        }
        if (!all || !(all[n++] = parse_expression(p)))
            return NULL;
        if (parser_is(p, TOKEN_SIGN, close))
            continue;
        if (!parser_expect(p, TOKEN_SIGN, ",", "`,`"))
            return NULL;
        commas = 1;
    }
    if (*close == ')' && n == 1 && !commas)
        return all[0];
    node = tree_node(p, TEMPLATE_ARRAY, &at, n);
    if (node && n)
        memcpy(node->args, all, n * sizeof *all);
    return node;
}

static struct template_node *parse_map(struct parser *p)
{
    struct token at = p->now;
    struct template_node *all[2 * 256], *node;
    unsigned n = 0;

    parser_next(p);
    while (!parser_skip(p, TOKEN_SIGN, "}")) {
        if (n == sizeof all / sizeof *all)
            return parser_fail(p, &at, "a map of more than 256 members");
        if (!(all[n++] = parse_expression(p)) || !parser_expect(p, TOKEN_SIGN, ":", "`:`")
            || !(all[n++] = parse_expression(p)))
            return NULL;
        if (!parser_is(p, TOKEN_SIGN, "}") && !parser_expect(p, TOKEN_SIGN, ",", "`,`"))
            return NULL;
    }
    node = tree_node(p, TEMPLATE_OBJECT, &at, n);
    if (node && n)
        memcpy(node->args, all, n * sizeof *all);
    return node;
}

/* Texts side by side are one. */
static struct template_node *parse_string(struct parser *p)
{
    struct token at = p->now;
    struct text t = { 0 };
    struct template_node *node = NULL;
    char *s;

    for (; p->now.kind == TOKEN_STRING; parser_next(p))
        text_put(&t, p->now.value.u.s, p->now.value.n);
    s = arena_dup(p->arena, text_cstr(&t), t.n);
    if (s)
        node = tree_text(p, &at, s, t.n);
    text_fini(&t);
    return node;
}

static int literal_word(const struct token *k, kiln_value *ret)
{
    static const char *const words[] = { "true", "True", "false", "False", "none", "None" };

    for (unsigned i = 0; i < 6; i++)
        if (strlen(words[i]) == k->n && !memcmp(words[i], k->s, k->n)) {
            *ret = i < 4 ? value_bool(i < 2) : value_null();
            return 1;
        }
    return 0;
}

/* ---- macros -------------------------------------------------------------------------------- */

/* The value of one parameter: what was given by place or name, else its default. */
static struct template_node *argument_of(const struct macro *m, const struct arguments *a,
                                         unsigned i)
{
    if (i < a->n)
        return a->at[i];
    for (unsigned k = 0; k < a->n_named; k++)
        if (a->names[k].n == m->parameters[i].n
            && !memcmp(a->names[k].s, m->parameters[i].s, a->names[k].n))
            return a->named[k];
    return NULL;
}

/* The macro's body with its parameters set. What is given is worked out first: it may call the
 * macro itself. */
static struct template_node *expand(struct parser *p, const struct token *at, const struct macro *m,
                                    const struct arguments *a)
{
    struct template_node *all[2 * PARAMETERS_MOST + 1], *given;
    unsigned n = 0, vars[PARAMETERS_MOST];

    if (!m->body)
        return tree_wrong(p, at, "a macro cannot call itself");
    if (a->n > m->n)
        return tree_wrong(p, at, "too many arguments");
    p->height = m->height > p->height ? m->height : p->height;
    for (unsigned i = 0; i < m->n; i++) {
        given = argument_of(m, a, i);
        vars[i] = given ? scope_var(p) : 0;
        if (given)
            all[n++] = tree_set(p, at, vars[i], given);
    }
    for (unsigned i = 0; i < m->n; i++)
        all[n++] = tree_set(p, at, m->var + i,
                            argument_of(m, a, i) ? tree_var(p, at, vars[i]) : m->defaults[i]);
    all[n++] = m->body;
    return tree_body(p, at, all, n);
}

/* ---- what follows a value ------------------------------------------------------------------ */

static struct template_node *parse_loop_part(struct parser *p, const struct token *loop,
                                             const struct binding *b)
{
    struct template_node *list = tree_var(p, loop, b->var + 1);
    struct template_node *number = tree_var(p, loop, b->var + 2);
    struct token name;

    scope_often(p, b->var + 2);
    if (!parser_skip(p, TOKEN_SIGN, "."))
        return tree_wrong(p, loop, "loop cannot be used as a value");
    name = p->now;
    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier"))
        return NULL;
    if (parser_skip(p, TOKEN_SIGN, "(")) {
        struct arguments a = { .at = { number }, .n = 1 };

        if (parse_arguments(p, &a) < 0)
            return NULL;
        if (name.n != 5 || memcmp(name.s, "cycle", 5) != 0)
            return tree_wrong(p, &name, "loop.%.*s() is not supported", (int)name.n, name.s);
        return call_bind(p, &name, template_helper(TEMPLATE_OPERATOR, "cycle", 5), &a);
    }
    return call_bind(
        p, &name, template_helper(TEMPLATE_OPERATOR, "turn", 4),
        &(struct arguments){ .at = { list, number, tree_const(p, loop, value_int(b->part)),
                                     tree_text(p, &name, name.s, name.n) },
                             .n = 4 });
}

/* A name, and the call of what it names. */
static struct template_node *parse_name(struct parser *p)
{
    struct token name = p->now;
    struct binding *b = scope_find(p, &name);
    struct arguments a = { .n = 0 };
    kiln_value literal;

    parser_next(p);
    if (literal_word(&name, &literal))
        return tree_const(p, &name, literal);
    if (b && b->kind == BINDING_LOOP)
        return parse_loop_part(p, &name, b);
    if (!parser_skip(p, TOKEN_SIGN, "("))
        return scope_name(p, &name);
    if (parse_arguments(p, &a) < 0)
        return NULL;
    b = scope_find(p, &name);
    if (b && b->kind == BINDING_MACRO)
        return expand(p, &name, b->macro, &a);
    if (b)
        return tree_wrong(p, &name, "invalid operation: %.*s is not callable", (int)name.n, name.s);
    return call_function(p, &name, &a);
}

struct template_node *parse_primary(struct parser *p)
{
    struct template_node *node = NULL;
    struct token at = p->now;

    if (parser_enter(p) < 0)
        return NULL;
    if (p->now.kind == TOKEN_STRING) {
        node = parse_string(p);
    } else if (p->now.kind == TOKEN_NUMBER) {
        parser_next(p);
        node = tree_const(p, &at, at.value);
    } else if (p->now.kind == TOKEN_NAME) {
        node = parse_name(p);
    } else if (parser_is(p, TOKEN_SIGN, "(")) {
        node = parse_list(p, ")");
    } else if (parser_is(p, TOKEN_SIGN, "[")) {
        node = parse_list(p, "]");
    } else if (parser_is(p, TOKEN_SIGN, "{")) {
        node = parse_map(p);
    } else {
        parser_unexpected(p, NULL);
    }
    parser_leave(p);
    return node;
}

/* base[key], base[start:stop:step]; the bracket is open. */
static struct template_node *parse_bracket(struct parser *p, struct template_node *base)
{
    struct arguments a = { .at = { base }, .n = 4 };
    struct token at = p->now;
    unsigned i = 1;

    for (;; i++) {
        if (!parser_is(p, TOKEN_SIGN, ":") && !parser_is(p, TOKEN_SIGN, "]")
            && !(a.at[i] = parse_expression(p)))
            return NULL;
        if (i == 3 || !parser_skip(p, TOKEN_SIGN, ":"))
            break;
    }
    at.end = p->now.end;
    if (!parser_expect(p, TOKEN_SIGN, "]", "`]`"))
        return NULL;
    if (i > 1)
        return call_bind(p, &at, template_helper(TEMPLATE_OPERATOR, "cut", 3), &a);
    return a.at[1] ? tree_call(p, &at, "get", base, a.at[1])
                   : parser_fail(p, &at, "unexpected `]`");
}

static struct template_node *parse_dot(struct parser *p, struct template_node *base)
{
    struct token name = p->now;
    struct arguments a = { .n = 0 };
    struct template_node *key;

    if (name.kind == TOKEN_NUMBER && name.value.tag == KILN_INT) {
        parser_next(p);
        return tree_call(p, &name, "get", base, tree_const(p, &name, name.value));
    }
    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier"))
        return NULL;
    key = tree_text(p, &name, name.s, name.n);
    if (!parser_skip(p, TOKEN_SIGN, "("))
        return tree_call(p, &name, "get", base, key);
    return parse_arguments(p, &a) < 0 ? NULL : tree_call(p, &name, "method", base, key);
}

struct template_node *parse_postfix(struct parser *p, struct template_node *node)
{
    unsigned deep = p->depth;

    while (node) {
        if (parser_skip(p, TOKEN_SIGN, "."))
            node = parser_enter(p) < 0 ? NULL : parse_dot(p, node);
        else if (parser_skip(p, TOKEN_SIGN, "["))
            node = parser_enter(p) < 0 ? NULL : parse_bracket(p, node);
        else if (parser_is(p, TOKEN_SIGN, "("))
            return parser_fail(p, &p->now, "only names can be called");
        else
            break;
    }
    p->depth = deep;
    return node;
}

/* The argument of a test may stand bare: `x is divisibleby 3`. */
static int begins_bare_argument(const struct parser *p)
{
    static const char *const others[] = { "and", "or", "else", "is", "if", "in", "not" };

    if (p->now.kind == TOKEN_SIGN)
        return parser_is(p, TOKEN_SIGN, "[") || parser_is(p, TOKEN_SIGN, "{");
    for (unsigned i = 0; i < sizeof others / sizeof *others; i++)
        if (parser_is(p, TOKEN_NAME, others[i]))
            return 0;
    return p->now.kind == TOKEN_NAME || p->now.kind == TOKEN_STRING || p->now.kind == TOKEN_NUMBER;
}

static struct template_node *parse_test(struct parser *p, struct template_node *node)
{
    struct arguments a = { .at = { node }, .n = 1 };
    int negated = parser_skip(p, TOKEN_NAME, "not");
    struct token name = p->now;

    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier"))
        return NULL;
    if (parser_skip(p, TOKEN_SIGN, "(")) {
        if (parse_arguments(p, &a) < 0)
            return NULL;
    } else if (begins_bare_argument(p)) {
        a.at[1] = parse_primary(p);
        a.at[1] = a.at[1] ? parse_postfix(p, a.at[1]) : NULL;
        if (!a.at[a.n++])
            return NULL;
    }
    node = call_test(p, &name, &a);
    return negated && node ? tree_call(p, &name, "not", node, NULL) : node;
}

static struct template_node *parse_filter(struct parser *p, struct template_node *node)
{
    struct arguments a = { .at = { node }, .n = 1 };
    struct token name = p->now;

    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier"))
        return NULL;
    if (parser_skip(p, TOKEN_SIGN, "(") && parse_arguments(p, &a) < 0)
        return NULL;
    return call_filter(p, &name, &a);
}

struct template_node *parse_filters(struct parser *p, struct template_node *node)
{
    unsigned deep = p->depth;

    while (node) {
        if (parser_skip(p, TOKEN_SIGN, "|"))
            node = parser_enter(p) < 0 ? NULL : parse_filter(p, node);
        else if (parser_skip(p, TOKEN_NAME, "is"))
            node = parser_enter(p) < 0 ? NULL : parse_test(p, node);
        else
            break;
    }
    p->depth = deep;
    return node;
}
