/* check_path.c: where the paths of branches lead, as far as it stands in the file.
 *
 * The reference finds out at run time, and a path to nowhere just ends; so do we, but we say so
 * before.
 */
#include "dialects/pregel/pregel.h"

static const struct pregel_way *find_way(const struct pregel_branch *b, const struct node *name)
{
    return pregel_way_find(b, name->u.s, name->n);
}

static void check_name(struct unit *u, const struct pregel_branch *b, const struct node *name)
{
    struct pregel_model *m = u->model;
    struct pregel_node *to = pregel_node_find(m, name->u.s, name->n);

    if (b->mapped) {
        if (!find_way(b, name))
            diag_warning(u->diags, name, "P020", "'%s' is not in the map: coming here fails",
                         name->u.s);
    } else if (!to) {
        diag_warning(u->diags, name, "P020", "there is no node '%s': coming here ends the path",
                     name->u.s);
    } else if (to == m->start) {
        diag_warning(u->diags, name, "P020", "no path leads to the start: coming here fails");
    }
}

/* Walks the places a path may end at. */
static void check_ends(struct unit *u, const struct pregel_branch *b, const struct node *e)
{
    const struct pregel_word *w = pregel_word_of(e);
    const struct node *name = pregel_unquote(e);

    if (w && w->special == PREGEL_IF) {
        check_ends(u, b, e->child->child->next);
        check_ends(u, b, e->child->child->next->next);
    } else if (name->kind == NODE_STRING) {
        check_name(u, b, name);
    } else if (!w && e->kind == NODE_ARRAY) {
        node_each(item, e) check_ends(u, b, item);
    }
}

/* A node's own keys are visible beside the state; when it is not known which, any key may be. */
static const struct pregel_bound *bind_update(struct unit *u, const struct node *update)
{
    const struct pregel_bound *names = NULL;

    node_each(e, update)
    {
        struct pregel_bound *b = diag_must_have(arena_alloc(u->arena, sizeof *b));

        *b = (struct pregel_bound){ e->key, e->key_n, names };
        names = b;
    }
    return names;
}

static struct pregel_place place_of(struct unit *u, const struct pregel_branch *b)
{
    const struct node *body = b->source->body;
    const struct pregel_word *w = body ? pregel_word_of(body) : NULL;

    if (w && w->special == PREGEL_UPDATE && body->child->kind == NODE_OBJECT)
        return (struct pregel_place){ .names = bind_update(u, body->child) };
    return (struct pregel_place){ .open = 1 };
}

void pregel_check_path(struct unit *u, const struct pregel_branch *b)
{
    struct pregel_place where = place_of(u, b);
    unsigned errors = u->diags->errors;

    pregel_check_value(u, b->path, &where);
    if (u->diags->errors == errors)
        check_ends(u, b, b->path);
}

/* ---- paths whose ends are not written down ---- */

/* Each asks for every node, so many of them in a large graph make too large a program. */
enum { ASKS_MOST = 2000000 };

static unsigned long unknown_ends(const struct node *path)
{
    const struct pregel_word *w = pregel_word_of(path);
    unsigned long n = 0;

    if (w && w->special == PREGEL_IF)
        return unknown_ends(path->child->child->next)
               + unknown_ends(path->child->child->next->next);
    if (w)
        return w->special != PREGEL_LIT;
    if (path->kind == NODE_ARRAY)
        node_each(item, path) n += unknown_ends(item);
    return n;
}

static unsigned long unknown_gotos(const struct node *body)
{
    const struct pregel_word *w = pregel_word_of(body);
    const struct node *to;

    if (w && w->special == PREGEL_IF)
        return unknown_gotos(body->child->child->next)
               + unknown_gotos(body->child->child->next->next);
    if (!w || w->special != PREGEL_COMMAND)
        return 0;
    to = node_get(body->child, "goto");
    return to ? unknown_ends(to) : 0;
}

void pregel_check_size(struct unit *u)
{
    const struct pregel_model *m = u->model;
    unsigned long asks = 0;

    for (unsigned i = 0; i < m->branches.n; i++) {
        const struct pregel_branch *b = m->branches.at[i];

        if (!b->mapped)
            asks += unknown_ends(b->path);
    }
    for (unsigned i = 1; i < m->nodes.n; i++) {
        const struct pregel_node *n = m->nodes.at[i];

        if (n->body && !m->raw)
            asks += unknown_gotos(n->body);
    }
    if (asks <= ASKS_MOST / m->nodes.n)
        return;
    diag_hint(u->diags,
              diag_error(u->diags, u->source->root, "P021",
                         "%lu paths may each lead to any of %u nodes", asks, m->nodes.n - 1),
              "give the branches a 'map' of where they may lead");
}
