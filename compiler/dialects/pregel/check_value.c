/* check_value.c: expressions: the shape of each word and the names they read. */
#include "dialects/pregel/pregel.h"

#include <string.h>

static const struct pregel_place *inner(const struct pregel_place *where, struct pregel_place *ret)
{
    *ret = *where;
    ret->returns = 0;
    return ret;
}

/* Complains unless the word has so many arguments in an array. 1 when it has. */
static int expect_arguments(struct unit *u, const struct node *word, unsigned least, unsigned most,
                            const char *form)
{
    const struct node *args = word->child;

    if (args->kind == NODE_ARRAY && args->n >= least && args->n <= most)
        return 1;
    diag_hint(u->diags,
              diag_error_key(u->diags, args, "P012", "'%s' does not have its arguments",
                             word->child->key),
              "write it like %s", form);
    return 0;
}

static int is_bound(const struct pregel_bound *names, const char *name, size_t n)
{
    for (; names; names = names->next)
        if (names->n == n && !memcmp(names->name, name, n))
            return 1;
    return 0;
}

/* The name a path starts with must be a channel or bound. */
static void check_name(struct unit *u, const struct node *at, const struct pregel_place *where)
{
    const struct pregel_model *m = u->model;
    const char *dot = memchr(at->u.s, '.', at->n);
    size_t n = dot ? (size_t)(dot - at->u.s) : at->n;

    if (is_bound(where->names, at->u.s, at->n) || is_bound(where->names, at->u.s, n))
        return;
    if (where->bare) {
        diag_hint(u->diags,
                  diag_error(u->diags, at, "P014", "there is nothing called '%s' here", at->u.s),
                  "a node that subscribes to one channel reads it as 'it'");
        return;
    }
    if (where->open || m->sends || pregel_channel_find(m, at->u.s, at->n)
        || pregel_channel_find(m, at->u.s, n))
        return;
    pregel_no_channel(u, at, diag_must_have(arena_dup(u->arena, at->u.s, n)));
}

/* A path: "key", "key.part.part" or ["key", "part", 0]. */
static void check_path(struct unit *u, const struct node *path, const struct pregel_place *where)
{
    if (path->kind == NODE_STRING) {
        check_name(u, path, where);
        return;
    }
    if (path->kind != NODE_ARRAY || !path->n || path->child->kind != NODE_STRING) {
        diag_hint(u->diags, diag_error(u->diags, path, "P012", "this is no path"),
                  "a path is \"key\", \"key.part\" or [\"key\", \"part\", 0]");
        return;
    }
    check_name(u, path->child, where);
    node_each(part, path) if (part->kind != NODE_STRING && part->kind != NODE_INT)
        diag_error(u->diags, part, "P012", "a part of a path is a string or an integer");
}

static void check_all(struct unit *u, const struct node *list, const struct pregel_place *where)
{
    node_each(e, list) pregel_check_value(u, e, where);
}

static void check_if(struct unit *u, const struct node *e, const struct pregel_place *where)
{
    const struct node *args = e->child;
    struct pregel_place in;

    if (!expect_arguments(u, e, 3, 3, "{\"if\": [condition, then, else]}"))
        return;
    pregel_check_value(u, args->child, inner(where, &in));
    pregel_check_value(u, args->child->next, where);
    pregel_check_value(u, args->child->next->next, where);
}

static void check_map(struct unit *u, const struct node *e, const struct pregel_place *where)
{
    const struct node *list = e->child->child;
    struct pregel_bound item;
    struct pregel_place in;

    if (!expect_arguments(u, e, 3, 3, "{\"map\": [list, \"name\", expression]}")
        || !pregel_expect(u, list->next, NODE_STRING, "the name of an item"))
        return;
    pregel_check_value(u, list, inner(where, &in));
    item = (struct pregel_bound){ list->next->u.s, list->next->n, where->names, NULL };
    in.names = &item;
    pregel_check_value(u, list->next->next, &in);
}

static void check_pairs(struct unit *u, const struct node *pairs, const struct pregel_place *where)
{
    if (!pregel_expect(u, pairs, NODE_ARRAY, "update_pairs"))
        return;
    node_each(p, pairs)
    {
        if (p->kind != NODE_ARRAY || p->n != 2 || p->child->kind != NODE_STRING)
            diag_error(u->diags, p, "P012", "a pair is [\"channel\", expression]");
        else
            pregel_check_value(u, p->child->next, where);
    }
}

static void check_command(struct unit *u, const struct node *e, const struct pregel_place *where)
{
    static const char *const known[] = { "update", "update_pairs", "goto", "graph", NULL };
    const struct node *c = e->child;
    struct pregel_place in;

    if (!where->returns)
        diag_error(u->diags, e, "P012", "a command is what a node returns, nothing else");
    if (!pregel_expect(u, c, NODE_OBJECT, "a command"))
        return;
    pregel_check_members(u, c, known);
    inner(where, &in);
    if (node_get(c, "graph"))
        diag_unsupported(u->diags, node_get(c, "graph"), "'graph' of a command");
    if (node_get(c, "update") && pregel_expect(u, node_get(c, "update"), NODE_OBJECT, "update"))
        check_all(u, node_get(c, "update"), &in);
    if (node_get(c, "update_pairs"))
        check_pairs(u, node_get(c, "update_pairs"), &in);
    if (node_get(c, "goto"))
        pregel_check_value(u, node_get(c, "goto"), &in);
}

static void check_special(struct unit *u, const struct node *e, const struct pregel_word *w,
                          const struct pregel_place *where)
{
    struct pregel_place in;

    inner(where, &in);
    switch (w->special) {
    case PREGEL_GET:
        check_path(u, e->child, where);
        break;
    case PREGEL_GETOR:
        in.open = 1;
        if (!expect_arguments(u, e, 2, 2, "{\"getor\": [\"key\", default]}"))
            break;
        check_path(u, e->child->child, &in);
        in.open = where->open;
        pregel_check_value(u, e->child->child->next, &in);
        break;
    case PREGEL_IF:
        check_if(u, e, where);
        break;
    case PREGEL_MAP:
        check_map(u, e, where);
        break;
    case PREGEL_OVERWRITE:
        pregel_check_value(u, e->child, &in);
        break;
    case PREGEL_UPDATE:
        if (pregel_expect(u, e->child, NODE_OBJECT, "update"))
            check_all(u, e->child, &in);
        break;
    case PREGEL_COMMAND:
        check_command(u, e, where);
        break;
    case PREGEL_RAISE:
        if (expect_arguments(u, e, 2, 2, "{\"raise\": [\"ValueError\", \"words\"]}"))
            check_all(u, e->child, &in);
        break;
    default:
        break;
    }
}

void pregel_check_value(struct unit *u, const struct node *e, const struct pregel_place *where)
{
    const struct pregel_word *w = pregel_word_of(e);
    struct pregel_place in;

    inner(where, &in);
    if (!w) {
        if (e->kind == NODE_ARRAY || e->kind == NODE_OBJECT)
            check_all(u, e, &in);
        return;
    }
    if (w->shape == PREGEL_REFUSED)
        diag_unsupported(u->diags, e, "'%s' in an expression", w->name);
    else if (w->shape == PREGEL_ONE)
        pregel_check_value(u, e->child, &in);
    else if (w->shape == PREGEL_TWO && expect_arguments(u, e, 2, 2, "{\"gt\": [a, b]}"))
        check_all(u, e->child, &in);
    else if (w->shape == PREGEL_MANY && expect_arguments(u, e, 1, ~0u, "{\"add\": [a, b]}"))
        check_all(u, e->child, &in);
    else if (w->shape == PREGEL_SPECIAL)
        check_special(u, e, w, where);
}
