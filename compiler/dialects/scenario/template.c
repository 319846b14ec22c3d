/* template.c: the templates of a workflow are read, and what they take from the context is found.
 *
 * The tree may share parts (a macro stands wherever it is called), so each node is looked at once.
 */
#include "dialects/scenario/template.h"

#include <string.h>

/* Marks of nodes that are no use of the context but have been looked at. */
#define SEEN (~0u)

/* Parts of a path that a name stands for; nobody writes longer ones. */
enum { LONGEST = 64 };

const char template_item[] = "0";

/* ---- what it takes from the context -------------------------------------------------------- */

static int is_get(const struct template_node *n)
{
    return n->kind == TEMPLATE_CALL && !strcmp(n->helper->name, "get")
           && n->args[1]->kind == TEMPLATE_CONST
           && (n->args[1]->value.tag == KILN_STRING || n->args[1]->value.tag == KILN_INT);
}

/* Where a chain of members begins, and how many they are. */
static const struct template_node *root_of(const struct template_node *n, unsigned *ret_length)
{
    for (*ret_length = 0; is_get(n); n = n->args[0])
        ++*ret_length;
    return n;
}

static struct part part_of(struct unit *u, const kiln_value *v)
{
    const char *s =
        v->tag == KILN_STRING ? v->u.s : diag_must_have(arena_printf(u->arena, "%lld", v->u.i));

    return (struct part){ s, v->tag == KILN_STRING ? v->n : (unsigned)strlen(s) };
}

/* The path that ends here and begins at the context, or at a variable that stands for a path;
 * n 0: there is none. */
static struct path path_of(struct unit *u, const struct value_template *t,
                           const struct template_node *last)
{
    unsigned length;
    const struct template_node *root = root_of(last, &length), *n = last;
    const struct path *base = root->kind == TEMPLATE_VAR ? &t->bound[root->var] : NULL;
    unsigned from = base ? base->n : root->kind == TEMPLATE_ROOT;
    struct path p = { .n = from + length };

    if (!from || (base && p.n > LONGEST))
        return (struct path){ 0 };
    p.at = diag_must_have(arena_alloc(u->arena, p.n * sizeof *p.at));
    if (base)
        memcpy(p.at, base->at, from * sizeof *p.at);
    else
        p.at[0] = part_of(u, &root->value);
    for (; is_get(n); n = n->args[0])
        p.at[from + --length] = part_of(u, &n->args[1]->value);
    p.text = path_text(u->arena, &p, p.n);
    return p;
}

/* What ends here, if it is a path. */
static struct template_use use_of(struct unit *u, const struct value_template *t,
                                  struct template_node *last)
{
    struct value *v = diag_must_have(arena_zalloc(u->arena, sizeof *v));
    unsigned length;

    v->kind = VALUE_REFERENCE;
    v->path = path_of(u, t, last);
    v->node = template_place(u, t, root_of(last, &length)->at, last->end);
    return (struct template_use){ last, v };
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

/* A path of the context is a use of it; one of a bound name, where it can be followed, is noted. */
static int add_path(struct unit *u, struct value_template *t, struct template_node *n)
{
    unsigned length;
    const struct template_node *root = root_of(n, &length);

    if (root->kind == TEMPLATE_ROOT) {
        t->uses = grow(u, t->uses, t->n_uses, &t->cap_uses, sizeof *t->uses);
        t->uses[t->n_uses++] = use_of(u, t, n);
        n->mark = t->n_uses;
        return 1;
    }
    if (root->kind != TEMPLATE_VAR || !length || !path_of(u, t, n).n)
        return 0;
    t->inner = grow(u, t->inner, t->n_inner, &t->cap_inner, sizeof *t->inner);
    t->inner[t->n_inner++] = use_of(u, t, n);
    n->mark = SEEN;
    return 1;
}

/* A name that is set once stands for its value, one that goes through a list for an item. */
static void bind_name(struct unit *u, struct value_template *t, const struct template_node *n)
{
    const struct template_node *from = n->args[0];
    struct path p;

    if (!from || (n->kind == TEMPLATE_SET && t->tree.sets[n->var] != 1))
        return;
    while (n->kind != TEMPLATE_SET && from->kind == TEMPLATE_SIEVE && !from->args[2])
        from = from->args[0];
    if (n->kind != TEMPLATE_SET && from->kind == TEMPLATE_CALL
        && !strcmp(from->helper->name, "each"))
        from = from->args[0];
    p = path_of(u, t, from);
    if (p.n && n->kind != TEMPLATE_SET) {
        struct part *more = diag_must_have(arena_alloc(u->arena, (p.n + 1) * sizeof *more));

        memcpy(more, p.at, p.n * sizeof *more);
        more[p.n++] = (struct part){ template_item, 1 };
        p.at = more;
    }
    t->bound[n->var] = p;
}

static void find_uses(struct unit *u, struct value_template *t, struct template_node *n)
{
    if (!n || n->mark || add_path(u, t, n))
        return;
    n->mark = SEEN;
    if (n->kind == TEMPLATE_WRONG
        || (n->kind == TEMPLATE_CALL && !strcmp(n->helper->name, "method"))) {
        t->wrong = grow(u, t->wrong, t->n_wrong, &t->cap_wrong, sizeof *t->wrong);
        t->wrong[t->n_wrong++] = n;
    }
    if (n->kind == TEMPLATE_FOR || n->kind == TEMPLATE_SIEVE || n->kind == TEMPLATE_SET) {
        find_uses(u, t, n->args[0]);
        bind_name(u, t, n);
    }
    for (unsigned i = 0; i < n->n; i++)
        find_uses(u, t, n->args[i]);
}

struct value_template *template_read(struct unit *u, const struct node *text)
{
    struct value_template *t = diag_must_have(arena_zalloc(u->arena, sizeof *t));

    t->text = text;
    template_place_note(u, t);
    if (template_parse(&t->tree, u->arena, "__inline", text->u.s, text->n, &t->error) < 0)
        return t;
    t->bound = diag_must_have(arena_zalloc(u->arena, (t->tree.n_vars + 1) * sizeof *t->bound));
    find_uses(u, t, t->tree.body);
    return t;
}
