/* tree.c: makes the nodes of a template. */
#include <stdarg.h>
#include <string.h>

#include "template/parser.h"

/* Where errors say they come from; one text a line. */
static kiln_value place_of(struct parser *p, unsigned line)
{
    const char *s;

    if (p->place_line == line)
        return p->place;
    s = arena_printf(p->arena, "%s:%u", p->name, line);
    p->place_line = line;
    p->place = value_static(s ? s : "");
    return p->place;
}

struct template_node *tree_node(struct parser *p, enum template_kind kind, const struct token *at,
                                unsigned n)
{
    struct template_node *node = parser_alloc(p, sizeof *node);

    if (!node)
        return NULL;
    *node = (struct template_node){
        .kind = kind, .at = at->at, .end = at->end, .n = n, .place = place_of(p, at->line)
    };
    node->args = n ? parser_alloc(p, n * sizeof *node->args) : NULL;
    return n && !node->args ? NULL : node;
}

struct template_node *tree_const(struct parser *p, const struct token *at, kiln_value v)
{
    struct template_node *node = tree_node(p, TEMPLATE_CONST, at, 0);

    if (node)
        node->value = v;
    return node;
}

struct template_node *tree_text(struct parser *p, const struct token *at, const char *s, size_t n)
{
    kiln_value v = { .tag = KILN_STRING, .n = (unsigned)n };

    v.u.s = s;
    return tree_const(p, at, v);
}

struct template_node *tree_wrong(struct parser *p, const struct token *at, const char *format, ...)
{
    struct template_node *node = tree_node(p, TEMPLATE_WRONG, at, 0);
    struct text t = { 0 };
    va_list ap;
    char *s;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    s = arena_dup(p->arena, text_cstr(&t), t.n);
    text_fini(&t);
    if (node)
        node->value = value_static(s ? s : "out of memory");
    return node;
}

struct template_node *tree_var(struct parser *p, const struct token *at, unsigned var)
{
    struct template_node *node = tree_node(p, TEMPLATE_VAR, at, 0);

    if (node)
        node->var = var;
    return node;
}

struct template_node *tree_set(struct parser *p, const struct token *at, unsigned var,
                               struct template_node *value)
{
    struct template_node *node = tree_node(p, TEMPLATE_SET, at, 1);

    if (!node)
        return NULL;
    node->var = var;
    node->args[0] = value;
    return node;
}

struct template_node *tree_call(struct parser *p, const struct token *at, const char *operator_name,
                                struct template_node *a, struct template_node *b)
{
    struct arguments arguments = { .at = { a, b }, .n = b ? 2 : 1 };

    if (!a)
        return NULL;
    return call_bind(p, at,
                     template_helper(TEMPLATE_OPERATOR, operator_name, strlen(operator_name)),
                     &arguments);
}

struct template_node *tree_body(struct parser *p, const struct token *at,
                                struct template_node **statements, unsigned n)
{
    struct template_node *body = tree_node(p, TEMPLATE_BODY, at, n);

    if (body && n)
        memcpy(body->args, statements, n * sizeof *statements);
    return body;
}
