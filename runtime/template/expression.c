/* expression.c: expressions, from the loosest operator to the tightest.
 *
 * A sign binds tighter than a power and a filter tighter than both, as the reference has it.
 */
#include <string.h>

#include "template/parser.h"

static int is_word(const struct parser *p, const char *word)
{
    return parser_is(p, TOKEN_NAME, word);
}

static struct template_node *two(struct parser *p, enum template_kind kind, const struct token *at,
                                 struct template_node *a, struct template_node *b)
{
    struct template_node *node = a && b ? tree_node(p, kind, at, 2) : NULL;

    if (!node)
        return NULL;
    node->args[0] = a;
    node->args[1] = b;
    return node;
}

/* ---- operators ----------------------------------------------------------------------------- */

static struct template_node *parse_signed(struct parser *p)
{
    struct token at = p->now;
    unsigned minuses = 0;
    struct template_node *node;

    while (parser_skip(p, TOKEN_SIGN, "-"))
        minuses++;
    if (minuses > TEMPLATE_DEEPEST)
        return parser_fail(p, &at, "too many signs");
    for (node = parse_primary(p); node && minuses; minuses--)
        node = tree_call(p, &at, "neg", node, NULL);
    return node;
}

static struct template_node *parse_unary(struct parser *p)
{
    struct template_node *node = parse_signed(p);

    node = node ? parse_postfix(p, node) : NULL;
    return node ? parse_filters(p, node) : NULL;
}

/* The operators of each level, the tightest first; they group from the left. */
static const char *const levels[][4] = { { "**" }, { "*", "/", "//", "%" }, { "+", "-" }, { "~" } };

static const char *operator_here(const struct parser *p, unsigned level)
{
    for (unsigned i = 0; i < 4 && levels[level][i]; i++)
        if (parser_is(p, TOKEN_SIGN, levels[level][i]))
            return levels[level][i];
    return NULL;
}

static struct template_node *parse_level(struct parser *p, unsigned level)
{
    struct template_node *node = level ? parse_level(p, level - 1) : parse_unary(p), *right;
    unsigned deep = p->depth;
    const char *sign;

    while (node && (sign = operator_here(p, level)) != NULL) {
        struct token at = p->now;

        if (parser_enter(p) < 0)
            return NULL;
        parser_next(p);
        right = level ? parse_level(p, level - 1) : parse_unary(p);
        if (!right)
            return NULL;
        node = tree_call(p, &at, *sign == '~' ? "text" : sign, node, right);
    }
    p->depth = deep;
    return node;
}

/* The comparison that stands here, or NULL; `not in` is two words. */
static const char *comparison_here(struct parser *p, int *ret_negated)
{
    static const char *const signs[] = { "==", "!=", "<=", ">=", "<", ">" };

    *ret_negated = 0;
    for (unsigned i = 0; i < 6; i++)
        if (parser_skip(p, TOKEN_SIGN, signs[i]))
            return signs[i];
    *ret_negated = parser_skip(p, TOKEN_NAME, "not");
    if (parser_skip(p, TOKEN_NAME, "in"))
        return "in";
    if (*ret_negated)
        parser_unexpected(p, "in");
    return NULL;
}

/* `1 < x < 3` is both. */
static struct template_node *parse_comparison(struct parser *p)
{
    struct template_node *left = parse_level(p, 3), *right, *all = NULL, *one;
    unsigned deep = p->depth;

    while (left) {
        struct token at = p->now;
        int negated;
        const char *sign = comparison_here(p, &negated);

        if (!sign)
            break;
        right = parser_enter(p) < 0 ? NULL : parse_level(p, 3);
        one = right ? tree_call(p, &at, sign, left, right) : NULL;
        if (negated && one)
            one = tree_call(p, &at, "not", one, NULL);
        all = all ? two(p, TEMPLATE_AND, &at, all, one) : one;
        left = right;
    }
    p->depth = deep;
    return p->failed ? NULL : all ? all : left;
}

static struct template_node *parse_not(struct parser *p)
{
    struct token at = p->now;
    struct template_node *node;

    if (!parser_skip(p, TOKEN_NAME, "not"))
        return parse_comparison(p);
    if (parser_enter(p) < 0)
        return NULL;
    node = parse_not(p);
    parser_leave(p);
    return node ? tree_call(p, &at, "not", node, NULL) : NULL;
}

static struct template_node *parse_and(struct parser *p)
{
    struct template_node *node = parse_not(p);
    unsigned deep = p->depth;

    while (node && is_word(p, "and")) {
        struct token at = p->now;

        parser_next(p);
        node = parser_enter(p) < 0 ? NULL : two(p, TEMPLATE_AND, &at, node, parse_not(p));
    }
    p->depth = deep;
    return node;
}

struct template_node *parse_or(struct parser *p)
{
    struct template_node *node = parse_and(p);
    unsigned deep = p->depth;

    while (node && is_word(p, "or")) {
        struct token at = p->now;

        parser_next(p);
        node = parser_enter(p) < 0 ? NULL : two(p, TEMPLATE_OR, &at, node, parse_and(p));
    }
    p->depth = deep;
    return node;
}

struct template_node *parse_expression(struct parser *p)
{
    struct template_node *then, *node = NULL;
    struct token at = p->now;

    if (parser_enter(p) < 0)
        return NULL;
    then = parse_or(p);
    if (then && parser_skip(p, TOKEN_NAME, "if")) {
        node = tree_node(p, TEMPLATE_CHOICE, &at, 3);
        if (node && (node->args[0] = parse_or(p)) != NULL) {
            node->args[1] = then;
            if (parser_skip(p, TOKEN_NAME, "else"))
                node->args[2] = parse_expression(p);
        }
        then = p->failed ? NULL : node;
    }
    parser_leave(p);
    return then;
}
