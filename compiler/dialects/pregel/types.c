/* types.c: the types of expressions (pregel 4.1, 4.3): names and paths, and words with a rule of
 * their own; the others are in words_types.c.
 */
#include "dialects/pregel/types.h"

#include <string.h>

#include "dialects/shared/operand.h"

/* Members and items that are worth keeping apart. */
enum { MOST_PARTS = 64 };

/* ---- paths ---- */

void pregel_complain_lost(struct pregel_typing *t, const struct node *at, const char *lost,
                          const struct type *before, const char *then)
{
    struct text what = { 0 };
    unsigned n;
    const char **names = type_names(&t->maker, before, &n);
    struct diag *d;

    operand_put(&what, before, NULL);
    d = diag_warning(t->unit->diags, at, "P026",
                     "what stands before '%s' is %s and has no '%s': %s", lost, text_cstr(&what),
                     lost, then);
    if (before->kinds & TYPE_OBJECT)
        diag_suggest(t->unit->diags, d, lost, "it has", names, n);
    text_fini(&what);
}

const struct type *pregel_type_parts(struct pregel_typing *t, const struct type *from,
                                     const char *path, size_t n, const char **ret_lost,
                                     const struct type **ret_before)
{
    *ret_lost = NULL;
    while (n) {
        const char *dot = memchr(path, '.', n);
        size_t part = dot ? (size_t)(dot - path) : n;
        const struct type *inner;

        if (type_enter(&t->maker, from, path, part, &inner) != TYPE_INSIDE) {
            *ret_before = from;
            *ret_lost = diag_must_have(arena_dup(t->unit->arena, path, part));
            return &type_any;
        }
        from = inner;
        path += dot ? part + 1 : part;
        n -= dot ? part + 1 : part;
    }
    return from;
}

/* ---- names ---- */

static const struct pregel_bound *find_bound(const struct pregel_place *where, const char *name,
                                             size_t n)
{
    const struct pregel_bound *b = where->names;

    while (b && (b->n != n || memcmp(b->name, name, n)))
        b = b->next;
    return b;
}

static int is_name(struct pregel_typing *t, const struct pregel_place *where, const char *name,
                   size_t n)
{
    return find_bound(where, name, n) || pregel_channel_find(t->unit->model, name, n);
}

/* Nobody ever writes it, and it starts with nothing. */
static int is_never_there(struct pregel_typing *t, const struct pregel_channel *c)
{
    const struct pregel_model *m = t->unit->model;

    return !pregel_is_managed(c) && !c->written.n && !c->input && c != m->in && !m->opaque
           && !m->sends && !(c->kind == PREGEL_BINOP && c->type != PREGEL_TYPE_ANY);
}

static const struct type *name_type(struct pregel_typing *t, const struct pregel_place *where,
                                    const struct node *at, const char *name, size_t n)
{
    const struct pregel_bound *b = find_bound(where, name, n);
    struct pregel_channel *c = pregel_channel_find(t->unit->model, name, n);

    if (b)
        return b->type ? b->type : &type_any;
    if (!c)
        return &type_any;
    if (t->tells && at && !where->open && is_never_there(t, c))
        diag_hint(t->unit->diags,
                  diag_warning(t->unit->diags, at, "P022",
                               "nothing writes channel '%s': reading it fails", c->name),
                  "let a node write it, or the caller give it (input_keys)");
    return pregel_type_channel(t, c);
}

/* ---- get and getor ---- */

/* One part of a path that is written as a list. */
static const struct type *enter_part(struct pregel_typing *t, const struct type *from,
                                     const struct node *part, const char **ret_lost)
{
    const struct type *inner = &type_any;
    const char *key = part->kind == NODE_STRING
                          ? part->u.s
                          : diag_must_have(arena_printf(t->unit->arena, "%lld", part->u.i));

    *ret_lost = NULL;
    if (part->kind == NODE_INT && from->kinds & TYPE_OBJECT)
        return &type_any;
    if (type_enter(&t->maker, from, key, strlen(key), &inner) != TYPE_INSIDE)
        *ret_lost = key;
    return inner;
}

static const struct type *list_path(struct pregel_typing *t, const struct node *path,
                                    const struct pregel_place *where, const struct node *must,
                                    const char **ret_lost, const struct type **ret_before)
{
    const struct type *type = name_type(t, where, must, path->child->u.s, path->child->n);

    *ret_lost = NULL;
    for (const struct node *p = path->child->next; p && !*ret_lost; p = p->next) {
        *ret_before = type;
        type = enter_part(t, type, p, ret_lost);
    }
    return type;
}

/* `otherwise` tells what happens when nothing is there; `must`: it must be, or NULL. */
static const struct type *path_type(struct pregel_typing *t, const struct node *path,
                                    const struct pregel_place *where, const struct node *must,
                                    const char *otherwise)
{
    const char *lost = NULL, *dot;
    const struct type *type, *before = NULL;
    size_t first;

    if (path->kind == NODE_ARRAY) {
        type = list_path(t, path, where, must, &lost, &before);
    } else {
        dot = memchr(path->u.s, '.', path->n);
        first = dot && !is_name(t, where, path->u.s, path->n) ? (size_t)(dot - path->u.s) : path->n;
        type = name_type(t, where, must, path->u.s, first);
        if (first < path->n)
            type = pregel_type_parts(t, type, dot + 1, path->n - first - 1, &lost, &before);
    }
    if (lost && t->tells)
        pregel_complain_lost(t, path, lost, before, otherwise);
    return type;
}

static const struct type *getor(struct pregel_typing *t, const struct node *args,
                                const struct pregel_place *where)
{
    const struct type *type =
        path_type(t, args->child, where, NULL, "this always gives the default");

    return type_join(&t->maker, type, pregel_type_value(t, args->child->next, where));
}

/* ---- containers ---- */

static const struct type *items(struct pregel_typing *t, const struct node *e,
                                const struct pregel_place *where)
{
    const struct type *item = NULL;

    node_each(c, e)
    {
        const struct type *one = pregel_type_value(t, c, where);

        if (e->n <= MOST_PARTS)
            item = item ? type_join(&t->maker, item, one) : one;
    }
    return type_of_array(&t->maker, item);
}

static const struct type *members(struct pregel_typing *t, const struct node *e,
                                  const struct pregel_place *where)
{
    size_t n = e->n <= MOST_PARTS ? e->n : 0;
    struct type_field *fields =
        diag_must_have(arena_alloc(t->unit->arena, (n + 1) * sizeof *fields));

    node_each(c, e)
    {
        const struct type *one = pregel_type_value(t, c, where);

        if (n)
            fields[c->index] = (struct type_field){ c->key, c->key_n, one };
    }
    return n == e->n ? type_of_object(&t->maker, fields, (unsigned)n)
                     : type_of_kinds(&t->maker, TYPE_OBJECT);
}

/* ---- words with a rule of their own ---- */

static const struct type *if_type(struct pregel_typing *t, const struct node *args,
                                  const struct pregel_place *where)
{
    const struct type *then;

    pregel_type_value(t, args->child, where);
    then = pregel_type_value(t, args->child->next, where);
    return type_join(&t->maker, then, pregel_type_value(t, args->child->next->next, where));
}

static const struct type *map_type(struct pregel_typing *t, const struct node *args,
                                   const struct pregel_place *where)
{
    const struct type *list = pregel_type_value(t, args->child, where);
    const struct node *name = args->child->next;
    const struct pregel_bound item = { name->u.s, name->n, where->names, list->item };
    struct pregel_place in = *where;

    in.names = &item;
    return type_of_array(&t->maker, pregel_type_value(t, name->next, &in));
}

/* What is inside is looked at for its own sake. */
static const struct type *inside(struct pregel_typing *t, const struct node *e,
                                 const struct pregel_place *where)
{
    if (e->kind == NODE_ARRAY)
        items(t, e, where);
    else if (e->kind == NODE_OBJECT)
        members(t, e, where);
    return &type_any;
}

/* Where it goes is for ends.c. */
static const struct type *command(struct pregel_typing *t, const struct node *c,
                                  const struct pregel_place *where)
{
    const struct node *update = node_get(c, "update");

    if (update)
        members(t, update, where);
    node_each(pair, node_get(c, "update_pairs")) pregel_type_value(t, pair->child->next, where);
    return &type_any;
}

static const struct type *special(struct pregel_typing *t, const struct pregel_word *w,
                                  const struct node *e, const struct pregel_place *where)
{
    switch (w->special) {
    case PREGEL_GET:
        return path_type(t, e, where, e, "reading it fails");
    case PREGEL_GETOR:
        return getor(t, e, where);
    case PREGEL_STATE:
        return type_of_kinds(&t->maker, TYPE_OBJECT);
    case PREGEL_LIT:
        return type_of_literal(&t->maker, e);
    case PREGEL_IF:
        return if_type(t, e, where);
    case PREGEL_MAP:
        return map_type(t, e, where);
    case PREGEL_CALL:
        return &type_integer;
    case PREGEL_UPDATE:
        return members(t, e, where);
    case PREGEL_COMMAND:
        return command(t, e, where);
    case PREGEL_OVERWRITE:
        pregel_type_value(t, e, where);
        return &type_any;
    default:
        return inside(t, e, where);
    }
}

/* From the left, as it is worked out. */
static const struct type *fold(struct pregel_typing *t, const struct node *e,
                               const struct pregel_word *w, const struct pregel_place *where)
{
    const struct type *type = pregel_type_value(t, e->child->child, where);

    for (const struct node *c = e->child->child->next; c; c = c->next)
        type = pregel_type_word(t, e, w, type, pregel_type_value(t, c, where));
    return type;
}

const struct type *pregel_type_value(struct pregel_typing *t, const struct node *e,
                                     const struct pregel_place *where)
{
    const struct pregel_word *w = pregel_word_of(e);

    if (!w && e->kind == NODE_ARRAY)
        return items(t, e, where);
    if (!w && e->kind == NODE_OBJECT)
        return members(t, e, where);
    if (!w)
        return type_of_literal(&t->maker, e);
    if (w->shape == PREGEL_ONE)
        return pregel_type_word(t, e, w, pregel_type_value(t, e->child, where), NULL);
    if (w->shape == PREGEL_TWO || w->shape == PREGEL_MANY)
        return fold(t, e, w, where);
    return w->shape == PREGEL_SPECIAL ? special(t, w, e->child, where) : &type_any;
}
