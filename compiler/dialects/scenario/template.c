/* template.c: the templates of a workflow are read, and what they take from the context is found.
 *
 * The tree may share parts (a macro stands wherever it is called), so each node is looked at once.
 */
#include "dialects/scenario/template.h"

#include <string.h>

/* Marks of nodes that are no use of the context but have been looked at. */
#define SEEN (~0u)

/* ---- places -------------------------------------------------------------------------------- */

/* How many bytes of JSON make how many of text, at a backslash. */
static size_t escape_size(const char *s, size_t *ret_made)
{
    unsigned c = 0;

    *ret_made = 1;
    if (s[1] != 'u')
        return 2;
    for (int i = 2; i < 6; i++)
        c = 16 * c + (unsigned)(s[i] <= '9' ? s[i] - '0' : (s[i] | 0x20) - 'a' + 10);
    if (c >= 0xd800 && c < 0xdc00 && s[6] == '\\' && s[7] == 'u') {
        *ret_made = 4;
        return 12;
    }
    *ret_made = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    return 6;
}

/* The byte of the document that byte `at` of a JSON string's text comes from. */
static size_t locate(const struct unit *u, const struct node *text, size_t at)
{
    size_t from = text->at + 1, made;

    for (size_t i = 0; i < at && from + 1 < text->end; i += made) {
        made = 1;
        from += u->source->text[from] == '\\' ? escape_size(u->source->text + from, &made) : 1;
    }
    return from;
}

const struct node *template_place(struct unit *u, const struct node *text, size_t at, size_t end)
{
    struct node *n = diag_must_have(arena_dup(u->arena, text, sizeof *text));

    n->at = locate(u, text, at);
    n->end = locate(u, text, end > at ? end : at + 1);
    return n;
}

/* ---- what it takes from the context -------------------------------------------------------- */

static int is_get(const struct template_node *n)
{
    return n->kind == TEMPLATE_CALL && !strcmp(n->helper->name, "get")
           && n->args[1]->kind == TEMPLATE_CONST
           && (n->args[1]->value.tag == KILN_STRING || n->args[1]->value.tag == KILN_INT);
}

/* How many parts the path has that ends here, or 0 when it does not begin at the context. */
static unsigned path_length(const struct template_node *n)
{
    unsigned length = 1;

    for (; is_get(n); n = n->args[0])
        length++;
    return n->kind == TEMPLATE_ROOT ? length : 0;
}

static struct part part_of(struct unit *u, const kiln_value *v)
{
    const char *s =
        v->tag == KILN_STRING ? v->u.s : diag_must_have(arena_printf(u->arena, "%lld", v->u.i));

    return (struct part){ s, v->tag == KILN_STRING ? v->n : (unsigned)strlen(s) };
}

static struct value *reference(struct unit *u, const struct value_template *t,
                               const struct template_node *last, unsigned length)
{
    struct value *v = diag_must_have(arena_zalloc(u->arena, sizeof *v));
    const struct template_node *n = last;

    v->kind = VALUE_REFERENCE;
    v->path.n = length;
    v->path.at = diag_must_have(arena_alloc(u->arena, length * sizeof *v->path.at));
    for (; is_get(n); n = n->args[0])
        v->path.at[--length] = part_of(u, &n->args[1]->value);
    v->path.at[0] = part_of(u, &n->value);
    v->path.text = path_text(u->arena, &v->path, v->path.n);
    v->node = template_place(u, t->text, n->at, last->end);
    return v;
}

/* `all` with room for one more. */
static void *grow(struct unit *u, void *all, unsigned n, unsigned *cap, size_t size)
{
    void *more;

    if (n < *cap)
        return all;
    *cap = 2 * n + 8;
    more = diag_must_have(arena_alloc(u->arena, *cap * size));
    if (n)
        memcpy(more, all, n * size);
    return more;
}

static void add_use(struct unit *u, struct value_template *t, struct template_node *n,
                    unsigned length)
{
    t->uses = grow(u, t->uses, t->n_uses, &t->cap_uses, sizeof *t->uses);
    t->uses[t->n_uses++] = (struct template_use){ n, reference(u, t, n, length) };
    n->mark = t->n_uses;
}

static void find_uses(struct unit *u, struct value_template *t, struct template_node *n)
{
    unsigned length;

    if (!n || n->mark)
        return;
    length = path_length(n);
    if (length) {
        add_use(u, t, n, length);
        return;
    }
    n->mark = SEEN;
    if (n->kind == TEMPLATE_WRONG
        || (n->kind == TEMPLATE_CALL && !strcmp(n->helper->name, "method"))) {
        t->wrong = grow(u, t->wrong, t->n_wrong, &t->cap_wrong, sizeof *t->wrong);
        t->wrong[t->n_wrong++] = n;
    }
    for (unsigned i = 0; i < n->n; i++)
        find_uses(u, t, n->args[i]);
}

struct value_template *template_read(struct unit *u, const struct node *text)
{
    struct value_template *t = diag_must_have(arena_zalloc(u->arena, sizeof *t));

    t->text = text;
    if (template_parse(&t->tree, u->arena, "__inline", text->u.s, text->n, &t->error) == 0)
        find_uses(u, t, t->tree.body);
    return t;
}
