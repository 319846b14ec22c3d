/* scope.c: what names mean. A stack of names bound so far; what is not there is the context's. */
#include <string.h>

#include "template/parser.h"

static int grow(struct parser *p, void **at, unsigned n, unsigned *cap, size_t size)
{
    void *more;

    if (n < *cap)
        return 0;
    more = parser_alloc(p, 2 * (n + 8) * size);
    if (!more)
        return -1;
    if (n)
        memcpy(more, *at, n * size);
    *at = more;
    *cap = 2 * (n + 8);
    return 0;
}

unsigned scope_var(struct parser *p)
{
    void *sets = p->tree->sets;

    if (grow(p, &sets, p->tree->n_vars, &p->cap_vars, 1) < 0)
        return 0;
    p->tree->sets = sets;
    p->tree->sets[p->tree->n_vars] = 1;
    return p->tree->n_vars++;
}

void scope_often(struct parser *p, unsigned var)
{
    if (!p->failed)
        p->tree->sets[var] = 2;
}

void scope_unread(struct parser *p, unsigned var)
{
    if (!p->failed)
        p->tree->sets[var] = 0;
}

struct binding *scope_bind(struct parser *p, enum binding_kind kind, const struct token *name,
                           unsigned var)
{
    static const char loop[] = "loop";
    void *scope = p->scope;

    if (grow(p, &scope, p->n_scope, &p->cap_scope, sizeof *p->scope) < 0)
        return NULL;
    p->scope = scope;
    p->scope[p->n_scope] = (struct binding){ .kind = kind,
                                             .name = name ? name->s : loop,
                                             .n = name ? name->n : sizeof loop - 1,
                                             .var = var };
    return &p->scope[p->n_scope++];
}

struct binding *scope_find(struct parser *p, const struct token *name)
{
    for (unsigned i = p->n_scope; i--;)
        if (p->scope[i].n == name->n && !memcmp(p->scope[i].name, name->s, name->n))
            return &p->scope[i];
    return NULL;
}

unsigned scope_set(struct parser *p, const struct token *name)
{
    struct binding *b = scope_find(p, name);

    if (b && b->kind == BINDING_VAR && b >= p->scope + p->scope_begin) {
        scope_often(p, b->var);
        return b->var;
    }
    b = scope_bind(p, BINDING_VAR, name, scope_var(p));
    if (!b)
        return 0;
    b->is_late = p->branches > 0;
    if (b->is_late)
        scope_often(p, b->var);
    return b->var;
}

struct template_node *scope_name(struct parser *p, const struct token *name)
{
    const struct binding *b = scope_find(p, name);
    struct template_node *node;

    if (!b) {
        node = tree_text(p, name, name->s, name->n);
        if (node)
            node->kind = TEMPLATE_ROOT;
        return node;
    }
    if (b->kind == BINDING_MACRO || b->kind == BINDING_LOOP)
        return tree_wrong(p, name, "%.*s cannot be used as a value", (int)name->n, name->s);
    node = tree_var(p, name, b->var);
    if (b->kind == BINDING_PART && node) {
        struct arguments a = { .at = { node, tree_const(p, name, value_int(b->part)),
                                       tree_const(p, name, value_int(b->parts)) },
                               .n = 3 };

        node = call_bind(p, name, template_helper(TEMPLATE_OPERATOR, "unpack", 6), &a);
    }
    return node;
}

struct scope_mark scope_open(struct parser *p)
{
    struct scope_mark mark = { p->n_scope, p->scope_begin, p->branches };

    p->scope_begin = p->n_scope;
    p->branches = 0;
    return mark;
}

struct template_node *scope_close(struct parser *p, struct scope_mark mark,
                                  struct template_node *body)
{
    struct token at = { .line = 1 };
    struct template_node **all;
    unsigned n = 0;

    all = body ? parser_alloc(p, (p->n_scope - mark.n + body->n + 1) * sizeof *all) : NULL;
    for (unsigned i = mark.n; all && i < p->n_scope; i++)
        if (p->scope[i].is_late)
            all[n++] = tree_set(p, &at, p->scope[i].var, NULL);
    p->n_scope = mark.n;
    p->scope_begin = mark.begin;
    p->branches = mark.branches;
    if (!all || !n)
        return body;
    memcpy(all + n, body->args, body->n * sizeof *all);
    body->args = all;
    body->n += n;
    return body;
}
