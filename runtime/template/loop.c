/* loop.c: the statement `for`, with its condition, its turns and its `else`. */
#include "template/parser.h"

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
    body = body_end(p) ? body_parse(p, ends) : NULL;
    p->loops--;
    return scope_close(p, mark, body);
}

struct template_node *parse_for(struct parser *p, const struct token *at)
{
    static const char *const last[] = { "endfor", NULL };
    struct template_node *node = tree_node(p, TEMPLATE_FOR, at, 3), *list;
    struct token names[PARAMETERS_MOST], word;
    unsigned n = assign_names(p, names);

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
        node->args[2] = body_end(p) ? body_parse(p, last) : NULL;
        p->branches--;
        parser_next(p);
    }
    body_end(p);
    parser_leave(p);
    return p->failed ? NULL : node;
}
