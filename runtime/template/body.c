/* body.c: what stands between two tags of a template.
 *
 * A body is read up to the block word that ends it, which is left for whoever asked.
 */
#include <string.h>

#include "template/parser.h"

void body_add(struct parser *p, struct statements *s, struct template_node *one)
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

struct template_node *body_print(struct parser *p, const struct token *at,
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
    return body_print(p, &at, printable(p, value));
}

int body_is_one_of(const struct token *k, const char *const *words)
{
    for (; words && *words; words++)
        if (k->n == strlen(*words) && !memcmp(k->s, *words, k->n))
            return 1;
    return 0;
}

struct template_node *body_parse(struct parser *p, const char *const *ends)
{
    struct token at = p->now, name;
    struct statements s = { 0 };

    while (!p->failed) {
        struct token here = p->now;

        if (here.kind == TOKEN_TEXT) {
            parser_next(p);
            if (here.n)
                body_add(p, &s, body_print(p, &here, tree_text(p, &here, here.s, here.n)));
        } else if (here.kind == TOKEN_VARIABLE_BEGIN) {
            body_add(p, &s, parse_print(p));
        } else if (here.kind == TOKEN_BLOCK_BEGIN) {
            parser_next(p);
            name = p->now;
            if (name.kind == TOKEN_NAME && body_is_one_of(&name, ends))
                break;
            if (parser_expect(p, TOKEN_NAME, NULL,
                              name.kind == TOKEN_BLOCK_END ? "identifier" : "block keyword"))
                body_add(p, &s, parse_statement(p, &name));
        } else {
            if (ends)
                parser_unexpected(p, "end of block");
            break;
        }
    }
    return p->failed ? NULL : tree_body(p, &at, s.at, s.n);
}

int body_end(struct parser *p)
{
    return parser_expect(p, TOKEN_BLOCK_END, NULL, "end of block");
}

struct template_node *body_scope(struct parser *p, const char *end)
{
    const char *const ends[] = { end, NULL };
    struct scope_mark mark = scope_open(p);
    struct template_node *body = body_end(p) ? body_parse(p, ends) : NULL;

    parser_next(p);
    return body && body_end(p) ? scope_close(p, mark, body) : NULL;
}
