/* check.c: every complaint about the meaning of a graph (pregel 3.1). */
#include "dialects/pregel/pregel.h"

#include <string.h>

static const struct pregel_bound *bind_channels(struct unit *u, const struct pregel_list *channels,
                                                const struct pregel_bound *names)
{
    for (unsigned i = 0; i < channels->n; i++) {
        const struct pregel_channel *c = channels->at[i];
        struct pregel_bound *b = diag_must_have(arena_alloc(u->arena, sizeof *b));

        *b = (struct pregel_bound){ c->name, strlen(c->name), names, c->gives };
        names = b;
    }
    return names;
}

/* A node of a bare graph reads what it subscribes to and what it lists, nothing else. */
struct pregel_place pregel_place_of_node(struct unit *u, const struct pregel_node *n)
{
    const struct pregel_model *m = u->model;
    struct pregel_place where = { .returns = !m->raw, .bare = m->raw };
    const struct pregel_channel *only = n->single && n->triggers.n ? n->triggers.at[0] : NULL;
    struct pregel_bound *it;

    if (!m->raw)
        return where;
    if (n->single) {
        it = diag_must_have(arena_zalloc(u->arena, sizeof *it));
        *it = (struct pregel_bound){ "it", 2, NULL, only ? only->gives : NULL };
        where.names = it;
    } else {
        where.names = bind_channels(u, &n->reads, bind_channels(u, &n->triggers, NULL));
    }
    return where;
}

static void check_node(struct unit *u, const struct pregel_node *n)
{
    const struct pregel_place where = pregel_place_of_node(u, n);

    if (n->op)
        pregel_check_op(u, n);
    else
        pregel_check_value(u, n->body, &where);
}

/* Marks what is reached from a node over edges, waiting edges and branches; a path whose ends are
 * not written down may lead anywhere. Iterative: graphs may be long chains. */
struct walk {
    const struct pregel_model *m;
    unsigned char *reached;
    struct pregel_list next;
    struct arena *arena;
    int anywhere;
};

static void reach(struct walk *w, struct pregel_node *n)
{
    if (n == w->m->end || w->reached[n->number])
        return;
    w->reached[n->number] = 1;
    pregel_list_add(w->arena, &w->next, n);
}

/* An end of a path without a map. */
static void reach_end(void *ctx, const struct node *e)
{
    const struct node *name = pregel_unquote(e);
    struct walk *w = ctx;
    struct pregel_node *to = NULL;

    if (!pregel_end_is_written(e))
        w->anywhere = 1;
    else if (name->kind == NODE_STRING)
        to = pregel_node_find(w->m, name->u.s, name->n);
    if (to)
        reach(w, to);
}

static void reach_path(void *ctx, const struct node *path)
{
    pregel_each_end(path, reach_end, ctx);
}

static void reach_from(struct walk *w, const struct pregel_node *n)
{
    for (unsigned i = 0; i < n->edges.n; i++)
        reach(w, n->edges.at[i]);
    for (unsigned i = 0; i < n->joins_from.n; i++)
        reach(w, ((struct pregel_join *)n->joins_from.at[i])->to);
    for (unsigned i = 0; i < n->branches.n; i++) {
        const struct pregel_branch *b = n->branches.at[i];

        for (unsigned k = 0; k < b->n_ways; k++)
            reach(w, b->ways[k].to);
        if (!b->mapped)
            reach_path(w, b->path);
    }
    if (n->body && !w->m->raw)
        pregel_each_goto(n->body, reach_path, w);
}

/* A waiting edge that waits for a node to which nothing leads, beside one that is reached. */
static void check_join(struct unit *u, const struct walk *w, const struct pregel_join *j)
{
    const struct pregel_node *missing = NULL;
    int reached = 0;

    for (unsigned i = 0; i < j->n; i++) {
        reached |= w->reached[j->from[i]->number];
        if (!w->reached[j->from[i]->number])
            missing = j->from[i];
    }
    if (reached && missing)
        diag_warning(u->diags, j->at, "P024",
                     "'%s' never runs by this edge: it waits for '%s', to which nothing leads",
                     j->to->name, missing->name);
}

static void check_reachable(struct unit *u)
{
    const struct pregel_model *m = u->model;
    struct walk w = { .m = m, .arena = u->arena };

    w.reached = diag_must_have(arena_zalloc(u->arena, m->nodes.n + 1));
    reach(&w, m->start);
    w.anywhere = m->sends;
    while (w.next.n && !w.anywhere)
        reach_from(&w, w.next.at[--w.next.n]);
    for (unsigned i = 1; !w.anywhere && i < m->nodes.n; i++) {
        const struct pregel_node *n = m->nodes.at[i];

        if (!w.reached[i])
            diag_warning(u->diags, n->at, "P019", "nothing leads to node '%s'", n->name);
    }
    for (unsigned i = 0; !w.anywhere && i < m->joins.n; i++)
        check_join(u, &w, m->joins.at[i]);
}

/* A `send` (refused, but seen) gives nodes any input, so no name in them is wrong. */
static int has_sends(const struct pregel_model *m)
{
    for (unsigned i = 1; i < m->nodes.n; i++) {
        const struct pregel_node *n = m->nodes.at[i];

        if (n->body && pregel_has_word(n->body, "send"))
            return 1;
    }
    for (unsigned i = 0; i < m->branches.n; i++)
        if (pregel_has_word(((struct pregel_branch *)m->branches.at[i])->path, "send"))
            return 1;
    return 0;
}

void pregel_check(struct unit *u)
{
    struct pregel_model *m = u->model;
    unsigned errors = u->diags->errors;

    m->sends = has_sends(m);
    for (unsigned i = 1; i < m->nodes.n; i++)
        check_node(u, m->nodes.at[i]);
    for (unsigned i = 0; i < m->branches.n; i++)
        pregel_check_path(u, m->branches.at[i]);
    if (u->diags->errors == errors)
        pregel_check_size(u);
    pregel_check_types(u, u->diags->errors == errors);
    if (!m->entries)
        diag_hint(u->diags,
                  diag_error(u->diags, u->source->root, "P009", "a graph has an entry point"),
                  m->raw ? "let a node subscribe to the input channel"
                         : "add an edge [\"__start__\", node]");
    else
        check_reachable(u);
}
