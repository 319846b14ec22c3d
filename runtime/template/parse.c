/* parse.c: the statements of templates.
 *
 * A body is read up to the block word that ends it, which is left for whoever asked. What the
 * reference has and this does not (include, block, call, recursive loops) is refused by name.
 */
#include <string.h>

#include "template/parser.h"

/* ---- bodies -------------------------------------------------------------------------------- */

/* Statements gathered, in memory that doubles. */
struct statements {
    struct template_node **at;
    unsigned n, cap;
};

static struct template_node *parse_statement(struct parser *p, const struct token *name);

static void add(struct parser *p, struct statements *s, struct template_node *one)
{
    if (s->n == s->cap) {
        struct template_node **more = parser_alloc(p, 2 * (s->cap + 4) * sizeof *more);

        if (!more)
            return;
        if (s->n)
            memcpy(more, s->at, s->n * sizeof *more);
        s->at = more;
        s->cap = 2 * (s->cap + 4);
    }
    s->at[s->n++] = one;
}

static struct template_node *print(struct parser *p, const struct token *at,
                                   struct template_node *value)
{
    struct template_node *node = value ? tree_node(p, TEMPLATE_PRINT, at, 1) : NULL;

    if (node)
        node->args[0] = value;
    return node;
}

/* A `split` printed bare is an iterator to the reference, which prints no more than that. */
static struct template_node *printable(struct parser *p, struct template_node *value)
{
    struct token at = { .at = value->at, .end = value->end, .line = p->now.line };

    if (value->kind == TEMPLATE_CALL && !strcmp(value->helper->name, "split"))
        return tree_text(p, &at, "<iterator>", 10);
    return value;
}

static struct template_node *parse_print(struct parser *p)
{
    struct token at = p->now;
    struct template_node *value;

    parser_next(p);
    value = parse_expression(p);
    if (!value)
        return NULL;
    at.end = p->now.end;
    if (!parser_expect(p, TOKEN_VARIABLE_END, NULL, "end of variable block"))
        return NULL;
    return print(p, &at, printable(p, value));
}

static int is_one_of(const struct token *k, const char *const *words)
{
    for (; words && *words; words++)
        if (k->n == strlen(*words) && !memcmp(k->s, *words, k->n))
            return 1;
    return 0;
}

/* Up to the block whose word is one of `ends` (NULL: the end of the input); that word is `now`. */
static struct template_node *parse_body(struct parser *p, const char *const *ends)
{
    struct token at = p->now, name;
    struct statements s = { 0 };

    while (!p->failed) {
        struct token here = p->now;

        if (here.kind == TOKEN_TEXT) {
            parser_next(p);
            if (here.n)
                add(p, &s, print(p, &here, tree_text(p, &here, here.s, here.n)));
        } else if (here.kind == TOKEN_VARIABLE_BEGIN) {
            add(p, &s, parse_print(p));
        } else if (here.kind == TOKEN_BLOCK_BEGIN) {
            parser_next(p);
            name = p->now;
            if (name.kind == TOKEN_NAME && is_one_of(&name, ends))
                break;
            if (parser_expect(p, TOKEN_NAME, NULL,
                              name.kind == TOKEN_BLOCK_END ? "identifier" : "block keyword"))
                add(p, &s, parse_statement(p, &name));
        } else {
            if (ends)
                parser_unexpected(p, "end of block");
            break;
        }
    }
    return p->failed ? NULL : tree_body(p, &at, s.at, s.n);
}

static int end_block(struct parser *p)
{
    return parser_expect(p, TOKEN_BLOCK_END, NULL, "end of block");
}

/* A body with names of its own, and the word that ends it. */
static struct template_node *parse_scope(struct parser *p, const char *end)
{
    const char *const ends[] = { end, NULL };
    struct scope_mark mark = scope_open(p);
    struct template_node *body = end_block(p) ? parse_body(p, ends) : NULL;

    parser_next(p);
    return body && end_block(p) ? scope_close(p, mark, body) : NULL;
}

/* ---- if ------------------------------------------------------------------------------------ */

/* Behind `if` or `elif`. */
static struct template_node *parse_if(struct parser *p, const struct token *at)
{
    static const char *const ends[] = { "elif", "else", "endif", NULL };
    static const char *const last[] = { "endif", NULL };
    struct template_node *node = tree_node(p, TEMPLATE_IF, at, 3);
    struct token word;

    if (parser_enter(p) < 0 || !node || !(node->args[0] = parse_expression(p)) || !end_block(p))
        return NULL;
    p->branches++;
    node->args[1] = parse_body(p, ends);
    word = p->now;
    parser_next(p);
    if (!p->failed && *word.s == 'e' && word.s[1] == 'l' && word.s[2] == 'i') {
        struct template_node *inner = parse_if(p, &word);

        node->args[2] = inner ? tree_body(p, &word, &inner, 1) : NULL;
    } else if (!p->failed && word.s[1] == 'l') {
        node->args[2] = end_block(p) ? parse_body(p, last) : NULL;
        parser_next(p);
        end_block(p);
    } else {
        end_block(p);
    }
    p->branches--;
    parser_leave(p);
    return p->failed ? NULL : node;
}

/* ---- for ----------------------------------------------------------------------------------- */

/* The names of `for a, b in` or `set a, b =`. How many, or 0. */
static unsigned parse_names(struct parser *p, struct token *names)
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

/* Binds the names to a variable, or to the items of its value. */
static void bind_names(struct parser *p, const struct token *names, unsigned n, unsigned var)
{
    for (unsigned i = 0; i < n; i++) {
        struct binding *b = scope_bind(p, n == 1 ? BINDING_VAR : BINDING_PART, &names[i], var);

        if (b) {
            b->part = i;
            b->parts = n;
        }
    }
}

/* `if` behind the list: a sieve with an item of its own. */
static struct template_node *parse_condition(struct parser *p, const struct token *names,
                                             unsigned n, struct template_node *list)
{
    struct token at = p->now;
    struct scope_mark mark = scope_open(p);
    unsigned var = scope_var(p);
    struct template_node *node;

    bind_names(p, names, n, var);
    parser_next(p);
    node = tree_node(p, TEMPLATE_SIEVE, &at, 3);
    if (!node)
        return NULL;
    node->var = var;
    node->args[0] = list;
    node->args[1] = parse_expression(p);
    scope_close(p, mark, NULL);
    return node->args[1] ? node : NULL;
}

static struct template_node *parse_turns(struct parser *p, const struct token *names, unsigned n,
                                         unsigned var)
{
    static const char *const ends[] = { "else", "endfor", NULL };
    struct scope_mark mark = scope_open(p);
    struct binding *loop;
    struct template_node *body;

    loop = scope_bind(p, BINDING_LOOP, NULL, var);
    if (loop)
        loop->part = p->loops;
    bind_names(p, names, n, var);
    p->loops++;
    body = end_block(p) ? parse_body(p, ends) : NULL;
    p->loops--;
    return scope_close(p, mark, body);
}

static struct template_node *parse_for(struct parser *p, const struct token *at)
{
    static const char *const last[] = { "endfor", NULL };
    struct template_node *node = tree_node(p, TEMPLATE_FOR, at, 3), *list;
    struct token names[PARAMETERS_MOST], word;
    unsigned n = parse_names(p, names);

    if (parser_enter(p) < 0 || !n || !node || !parser_expect(p, TOKEN_NAME, "in", "in")
        || !(list = parse_or(p)) || !(list = tree_call(p, at, "each", list, NULL)))
        return NULL;
    if (parser_is(p, TOKEN_NAME, "if"))
        list = parse_condition(p, names, n, list);
    if (parser_is(p, TOKEN_NAME, "recursive"))
        return parser_fail(p, &p->now, "recursive loops are not supported");
    node->args[0] = list;
    node->var = scope_var(p);
    scope_var(p);
    scope_unread(p, scope_var(p));
    node->args[1] = parse_turns(p, names, n, node->var);
    word = p->now;
    parser_next(p);
    if (!p->failed && word.n == 4) {
        p->branches++;
        node->args[2] = end_block(p) ? parse_body(p, last) : NULL;
        p->branches--;
        parser_next(p);
    }
    end_block(p);
    parser_leave(p);
    return p->failed ? NULL : node;
}

/* ---- set, with ----------------------------------------------------------------------------- */

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
    if (!a.at[2] || !end_block(p))
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
    value = parse_scope(p, "endset");
    for (unsigned i = 0; value && i < n; i++) {
        given[i].at[0] = value;
        value = call_filter(p, &filters[i], &given[i]);
    }
    return value ? assign(p, at, name, 1, value) : NULL;
}

static struct template_node *parse_set(struct parser *p, const struct token *at)
{
    struct token names[PARAMETERS_MOST];
    unsigned n = parse_names(p, names);
    struct template_node *value;

    if (!n)
        return NULL;
    if (n == 1 && parser_skip(p, TOKEN_SIGN, "."))
        return parse_set_member(p, at, names);
    if (n == 1 && (p->now.kind == TOKEN_BLOCK_END || parser_is(p, TOKEN_SIGN, "|")))
        return parse_set_block(p, at, names);
    if (!parser_expect(p, TOKEN_SIGN, "=", "assignment operator") || !(value = parse_expression(p))
        || !end_block(p))
        return NULL;
    return assign(p, at, names, n, value);
}

static struct template_node *parse_with(struct parser *p, const struct token *at)
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
        add(p, &s, assign(p, at, &name, 1, value));
        if (!parser_skip(p, TOKEN_SIGN, ","))
            break;
    }
    body = end_block(p) ? parse_body(p, ends) : NULL;
    parser_next(p);
    if (!body || !end_block(p))
        return NULL;
    add(p, &s, body);
    return p->failed ? NULL : scope_close(p, mark, tree_body(p, at, s.at, s.n));
}

/* ---- filter, raw, macro -------------------------------------------------------------------- */

static struct template_node *parse_filter_block(struct parser *p, const struct token *at)
{
    struct arguments a = { .n = 1 };
    struct token name = p->now;

    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier")
        || (parser_skip(p, TOKEN_SIGN, "(") && parse_arguments(p, &a) < 0)
        || !(a.at[0] = parse_scope(p, "endfilter")))
        return NULL;
    return print(p, at, call_filter(p, &name, &a));
}

/* The tag's end is looked at already, so behind it nothing has been read. */
static struct template_node *parse_raw(struct parser *p, const struct token *at)
{
    struct token text;

    if (p->now.kind != TOKEN_BLOCK_END)
        return parser_unexpected(p, "end of block");
    text = lexer_raw(&p->lexer);
    parser_next(p);
    return p->failed ? NULL : print(p, at, tree_text(p, &text, text.s, text.n));
}

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

/* A macro prints nothing itself; where it is called its body stands. */
static struct template_node *parse_macro(struct parser *p, const struct token *at)
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
    body = parse_scope(p, "endmacro");
    m->height = p->height + 1;
    if (m->height > MACROS_DEEPEST)
        parser_fail(p, &m->name, "macros call each other too deeply");
    p->loops = loops;
    p->height = height;
    scope_close(p, mark, NULL);
    m->body = body;
    return body ? tree_body(p, at, NULL, 0) : NULL;
}

static struct template_node *parse_statement(struct parser *p, const struct token *name)
{
    static const struct {
        const char *word;
        struct template_node *(*parse)(struct parser *p, const struct token *at);
    } statements[] = { { "if", parse_if },      { "for", parse_for },
                       { "set", parse_set },    { "with", parse_with },
                       { "raw", parse_raw },    { "filter", parse_filter_block },
                       { "macro", parse_macro } };
    static const char *const refused[] = { "include", "import",     "from", "extends", "block",
                                           "call",    "autoescape", "do",   NULL };
    struct template_node *node = NULL;

    if (is_one_of(name, refused))
        return parser_fail(p, name, "the statement '%.*s' is not supported", (int)name->n, name->s);
    for (unsigned i = 0; i < sizeof statements / sizeof *statements; i++)
        if (name->n == strlen(statements[i].word)
            && !memcmp(name->s, statements[i].word, name->n)) {
            if (parser_enter(p) < 0)
                return NULL;
            node = statements[i].parse(p, name);
            parser_leave(p);
            return p->failed ? NULL : node;
        }
    return parser_fail(p, name, "unknown statement %.*s", (int)name->n, name->s);
}

int template_parse(struct template *ret, struct arena *a, const char *name, const char *text,
                   size_t n, struct template_error *ret_error)
{
    struct template tree = { 0 };
    struct parser p = { .arena = a, .name = name, .tree = &tree, .error = ret_error };
    struct scope_mark mark;

    if (n > 16 << 20) {
        *ret_error = (struct template_error){ 0, 0, 1, "a template is at most 16 MiB" };
        return -1;
    }
    lexer_init(&p.lexer, a, text, (unsigned)n);
    parser_next(&p);
    mark = scope_open(&p);
    tree.body = parse_body(&p, NULL);
    tree.body = scope_close(&p, mark, tree.body);
    if (p.failed || !tree.body)
        return -1;
    *ret = tree;
    return 0;
}
