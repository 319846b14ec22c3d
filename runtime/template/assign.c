/* assign.c: the statements that give names a meaning: set, with, macro. */
#include <string.h>

#include "template/parser.h"

unsigned assign_names(struct parser *p, struct token *names)
{
    unsigned n = 0;
    int bracket = parser_skip(p, TOKEN_SIGN, "(");

    do {
        if (n == PARAMETERS_MOST)
            parser_fail(p, &p->now, "too many names");
        names[n] = p->now;
        if (!parser_expect(p, TOKEN_NAME, NULL, "identifier"))
            return 0;
        n++;
    } while (parser_skip(p, TOKEN_SIGN, ","));
    return bracket && !parser_expect(p, TOKEN_SIGN, ")", "`)`") ? 0 : n;
}

/* `set ns.x = value`: the namespace becomes another one. */
static struct template_node *parse_set_member(struct parser *p, const struct token *at,
                                              const struct token *name)
{
    struct binding *b = scope_find(p, name);
    struct token key = p->now;
    struct arguments a = { .n = 3 };

    if (!b || b->kind != BINDING_VAR)
        return parser_fail(p, name, "'%.*s' is no namespace of this template", (int)name->n,
                           name->s);
    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier")
        || !parser_expect(p, TOKEN_SIGN, "=", "assignment operator"))
        return NULL;
    scope_often(p, b->var);
    a.at[0] = tree_var(p, name, b->var);
    a.at[1] = tree_text(p, &key, key.s, key.n);
    a.at[2] = parse_expression(p);
    if (!a.at[2] || !body_end(p))
        return NULL;
    return tree_set(p, at, scope_find(p, name)->var,
                    call_bind(p, at, template_helper(TEMPLATE_OPERATOR, "with", 4), &a));
}

/* `set a = value`, `set a, b = value`: the value first, since it may use what a was. */
static struct template_node *assign(struct parser *p, const struct token *at,
                                    const struct token *names, unsigned n,
                                    struct template_node *value)
{
    struct template_node *all[PARAMETERS_MOST + 1];
    unsigned hidden;

    if (n == 1)
        return tree_set(p, at, scope_set(p, names), value);
    hidden = scope_var(p);
    all[0] = tree_set(p, at, hidden, value);
    for (unsigned i = 0; i < n; i++) {
        struct arguments a = { .at = { tree_var(p, at, hidden), tree_const(p, at, value_int(i)),
                                       tree_const(p, at, value_int(n)) },
                               .n = 3 };

        all[i + 1] =
            tree_set(p, at, scope_set(p, &names[i]),
                     call_bind(p, at, template_helper(TEMPLATE_OPERATOR, "unpack", 6), &a));
    }
    return p->failed ? NULL : tree_body(p, at, all, n + 1);
}

/* `set a`, filters perhaps, and a body that becomes its text. */
static struct template_node *parse_set_block(struct parser *p, const struct token *at,
                                             const struct token *name)
{
    struct token filters[8];
    struct arguments given[8];
    unsigned n = 0;
    struct template_node *value;

    for (; parser_skip(p, TOKEN_SIGN, "|"); n++) {
        if (n == 8)
            return parser_fail(p, &p->now, "too many filters");
        filters[n] = p->now;
        given[n] = (struct arguments){ .n = 1 };
        if (!parser_expect(p, TOKEN_NAME, NULL, "identifier")
            || (parser_skip(p, TOKEN_SIGN, "(") && parse_arguments(p, &given[n]) < 0))
            return NULL;
    }
    value = body_scope(p, "endset");
    for (unsigned i = 0; value && i < n; i++) {
        given[i].at[0] = value;
        value = call_filter(p, &filters[i], &given[i]);
    }
    return value ? assign(p, at, name, 1, value) : NULL;
}

struct template_node *parse_set(struct parser *p, const struct token *at)
{
    struct token names[PARAMETERS_MOST];
    unsigned n = assign_names(p, names);
    struct template_node *value;

    if (!n)
        return NULL;
    if (n == 1 && parser_skip(p, TOKEN_SIGN, "."))
        return parse_set_member(p, at, names);
    if (n == 1 && (p->now.kind == TOKEN_BLOCK_END || parser_is(p, TOKEN_SIGN, "|")))
        return parse_set_block(p, at, names);
    if (!parser_expect(p, TOKEN_SIGN, "=", "assignment operator") || !(value = parse_expression(p))
        || !body_end(p))
        return NULL;
    return assign(p, at, names, n, value);
}

struct template_node *parse_with(struct parser *p, const struct token *at)
{
    static const char *const ends[] = { "endwith", NULL };
    struct scope_mark mark = scope_open(p);
    struct statements s = { 0 };
    struct template_node *body;

    while (!p->failed && p->now.kind != TOKEN_BLOCK_END) {
        struct token name = p->now;
        struct template_node *value;

        if (!parser_expect(p, TOKEN_NAME, NULL, "identifier")
            || !parser_expect(p, TOKEN_SIGN, "=", "assignment operator")
            || !(value = parse_expression(p)))
            return NULL;
        body_add(p, &s, assign(p, at, &name, 1, value));
        if (!parser_skip(p, TOKEN_SIGN, ","))
            break;
    }
    body = body_end(p) ? body_parse(p, ends) : NULL;
    parser_next(p);
    if (!body || !body_end(p))
        return NULL;
    body_add(p, &s, body);
    return p->failed ? NULL : scope_close(p, mark, tree_body(p, at, s.at, s.n));
}

/* ---- macro --------------------------------------------------------------------------------- */

static int parse_parameters(struct parser *p, struct macro *m)
{
    while (!parser_skip(p, TOKEN_SIGN, ")")) {
        if (m->n == PARAMETERS_MOST)
            parser_fail(p, &p->now, "too many parameters");
        m->parameters[m->n] = p->now;
        if (!parser_expect(p, TOKEN_NAME, NULL, "identifier"))
            return -1;
        if (parser_skip(p, TOKEN_SIGN, "=") && !(m->defaults[m->n] = parse_expression(p)))
            return -1;
        m->n++;
        if (!parser_is(p, TOKEN_SIGN, ")") && !parser_expect(p, TOKEN_SIGN, ",", "`,`"))
            return -1;
    }
    return 0;
}

struct template_node *parse_macro(struct parser *p, const struct token *at)
{
    struct macro *m = parser_alloc(p, sizeof *m);
    struct scope_mark mark;
    struct binding *b;
    struct template_node *body;
    unsigned loops = p->loops, height = p->height;

    if (!m)
        return NULL;
    m->name = p->now;
    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier")
        || !parser_expect(p, TOKEN_SIGN, "(", "`(`") || parse_parameters(p, m) < 0)
        return NULL;
    b = scope_bind(p, BINDING_MACRO, &m->name, 0);
    if (b)
        b->macro = m;
    mark = scope_open(p);
    for (unsigned i = 0; i < m->n; i++) {
        unsigned var = scope_var(p);

        m->var = i ? m->var : var;
        scope_often(p, var);
        scope_bind(p, BINDING_VAR, &m->parameters[i], var);
    }
    p->loops = p->height = 0;
    body = body_scope(p, "endmacro");
    m->height = p->height + 1;
    if (m->height > MACROS_DEEPEST)
        parser_fail(p, &m->name, "macros call each other too deeply");
    p->loops = loops;
    p->height = height;
    scope_close(p, mark, NULL);
    m->body = body;
    return body ? tree_body(p, at, NULL, 0) : NULL;
}
