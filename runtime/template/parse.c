/* parse.c: the statements of templates, by their first word.
 *
 * What the reference has and this does not (include, block, call, recursive loops) is refused by
 * name.
 */
#include <string.h>

#include "template/parser.h"

/* ---- if ------------------------------------------------------------------------------------ */

/* Behind `if` or `elif`. */
static struct template_node *parse_if(struct parser *p, const struct token *at)
{
    static const char *const ends[] = { "elif", "else", "endif", NULL };
    static const char *const last[] = { "endif", NULL };
    struct template_node *node = tree_node(p, TEMPLATE_IF, at, 3);
    struct token word;

    if (parser_enter(p) < 0 || !node || !(node->args[0] = parse_expression(p)) || !body_end(p))
        return NULL;
    p->branches++;
    node->args[1] = body_parse(p, ends);
    word = p->now;
    parser_next(p);
    if (!p->failed && *word.s == 'e' && word.s[1] == 'l' && word.s[2] == 'i') {
        struct template_node *inner = parse_if(p, &word);

        node->args[2] = inner ? tree_body(p, &word, &inner, 1) : NULL;
    } else if (!p->failed && word.s[1] == 'l') {
        node->args[2] = body_end(p) ? body_parse(p, last) : NULL;
        parser_next(p);
        body_end(p);
    } else {
        body_end(p);
    }
    p->branches--;
    parser_leave(p);
    return p->failed ? NULL : node;
}

/* ---- filter, raw -------------------------------------------------------------------- */

static struct template_node *parse_filter_block(struct parser *p, const struct token *at)
{
    struct arguments a = { .n = 1 };
    struct token name = p->now;

    if (!parser_expect(p, TOKEN_NAME, NULL, "identifier")
        || (parser_skip(p, TOKEN_SIGN, "(") && parse_arguments(p, &a) < 0)
        || !(a.at[0] = body_scope(p, "endfilter")))
        return NULL;
    return body_print(p, at, call_filter(p, &name, &a));
}

/* The tag's end is looked at already, so behind it nothing has been read. */
static struct template_node *parse_raw(struct parser *p, const struct token *at)
{
    struct token text;

    if (p->now.kind != TOKEN_BLOCK_END)
        return parser_unexpected(p, "end of block");
    text = lexer_raw(&p->lexer);
    parser_next(p);
    return p->failed ? NULL : body_print(p, at, tree_text(p, &text, text.s, text.n));
}

/* ---- all of them --------------------------------------------------------------------------- */

struct template_node *parse_statement(struct parser *p, const struct token *name)
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

    if (body_is_one_of(name, refused))
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
    tree.body = body_parse(&p, NULL);
    tree.body = scope_close(&p, mark, tree.body);
    if (p.failed || !tree.body)
        return -1;
    *ret = tree;
    return 0;
}
