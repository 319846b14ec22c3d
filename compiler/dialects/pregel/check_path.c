/* check_path.c: the paths of branches and what commands go to: the names they may use, the places
 * they may end at, and that not too many of these are known only to the run.
 */
#include "dialects/pregel/pregel.h"

static int is_if(const struct node *e)
{
    const struct pregel_word *w = pregel_word_of(e);

    return w && w->special == PREGEL_IF && e->child->kind == NODE_ARRAY && e->child->n == 3;
}

/* An item of a path that is a list: a list in it is an end, too. */
static void each_item(const struct node *item, void (*end)(void *ctx, const struct node *e),
                      void *ctx)
{
    if (is_if(item)) {
        each_item(item->child->child->next, end, ctx);
        each_item(item->child->child->next->next, end, ctx);
    } else {
        end(ctx, item);
    }
}

void pregel_each_end(const struct node *path, void (*end)(void *ctx, const struct node *e),
                     void *ctx)
{
    if (is_if(path)) {
        pregel_each_end(path->child->child->next, end, ctx);
        pregel_each_end(path->child->child->next->next, end, ctx);
    } else if (path->kind == NODE_ARRAY) {
        node_each(item, path) each_item(item, end, ctx);
    } else {
        end(ctx, path);
    }
}

void pregel_each_goto(const struct node *body, void (*found)(void *ctx, const struct node *path),
                      void *ctx)
{
    const struct pregel_word *w = pregel_word_of(body);
    const struct node *to =
        w && w->special == PREGEL_COMMAND ? node_get(body->child, "goto") : NULL;

    if (is_if(body)) {
        pregel_each_goto(body->child->child->next, found, ctx);
        pregel_each_goto(body->child->child->next->next, found, ctx);
    }
    if (to && to->kind != NODE_NULL)
        found(ctx, to);
}

int pregel_end_is_written(const struct node *e)
{
    enum node_kind kind = pregel_unquote(e)->kind;

    return kind == NODE_STRING || kind == NODE_NULL;
}

/* A node's own keys are visible beside the state; when it is not known which, any key may be. */
static const struct pregel_bound *bind_update(struct unit *u, const struct node *update)
{
    const struct pregel_bound *names = NULL;

    node_each(e, update)
    {
        const struct pregel_channel *c = pregel_channel_find(u->model, e->key, e->key_n);
        struct pregel_bound *b = diag_must_have(arena_alloc(u->arena, sizeof *b));

        *b = (struct pregel_bound){ e->key, e->key_n, names, c ? c->gives : NULL };
        names = b;
    }
    return names;
}

struct pregel_place pregel_place_of_path(struct unit *u, const struct pregel_branch *b)
{
    const struct node *body = b->source->body;
    const struct pregel_word *w = body ? pregel_word_of(body) : NULL;

    if (w && w->special == PREGEL_UPDATE && body->child->kind == NODE_OBJECT)
        return (struct pregel_place){ .names = bind_update(u, body->child) };
    return (struct pregel_place){ .open = 1 };
}

void pregel_check_path(struct unit *u, struct pregel_branch *b)
{
    const struct pregel_place where = pregel_place_of_path(u, b);
    unsigned errors = u->diags->errors;

    pregel_check_value(u, b->path, &where);
    b->sound = u->diags->errors == errors;
}

/* ---- paths whose ends are not written down ---- */

/* Each asks for every node, so many of them in a large graph make too large a program. */
enum { ASKS_MOST = 2000000 };

static void count(void *ctx, const struct node *e)
{
    unsigned long *asks = ctx;

    *asks += !pregel_end_is_written(e);
}

static void count_ends(void *ctx, const struct node *path)
{
    pregel_each_end(path, count, ctx);
}

void pregel_check_size(struct unit *u)
{
    const struct pregel_model *m = u->model;
    unsigned long asks = 0;

    for (unsigned i = 0; i < m->branches.n; i++) {
        const struct pregel_branch *b = m->branches.at[i];

        if (!b->mapped)
            count_ends(&asks, b->path);
    }
    for (unsigned i = 1; i < m->nodes.n; i++) {
        const struct pregel_node *n = m->nodes.at[i];

        if (n->body && !m->raw)
            pregel_each_goto(n->body, count_ends, &asks);
    }
    if (asks <= ASKS_MOST / m->nodes.n)
        return;
    diag_hint(u->diags,
              diag_error(u->diags, u->source->root, "P021",
                         "%lu paths may each lead to any of %u nodes", asks, m->nodes.n - 1),
              "give the branches a 'map' of where they may lead");
}
