/* check.c: every complaint about the meaning of a graph (pregel 3.1). */
#include "dialects/pregel/pregel.h"

#include <string.h>

static const struct pregel_bound *bind_channels(struct unit *u, const struct pregel_list *channels,
                                                const struct pregel_bound *names)
{
    for (unsigned i = 0; i < channels->n; i++) {
        const struct pregel_channel *c = channels->at[i];
        struct pregel_bound *b = diag_must_have(arena_alloc(u->arena, sizeof *b));

        *b = (struct pregel_bound){ c->name, strlen(c->name), names };
        names = b;
    }
    return names;
}

/* A node of a bare graph reads what it subscribes to and what it lists, nothing else. */
static void check_bare_node(struct unit *u, const struct pregel_node *n)
{
    static const struct pregel_bound it = { "it", 2, NULL };
    struct pregel_place where = { .names = &it, .bare = 1 };

    if (!n->single)
        where.names = bind_channels(u, &n->reads, bind_channels(u, &n->triggers, NULL));
    pregel_check_value(u, n->body, &where);
}

static void check_node(struct unit *u, const struct pregel_node *n)
{
    const struct pregel_model *m = u->model;
    struct pregel_place where = { .returns = 1 };

    if (m->raw)
        check_bare_node(u, n);
    else if (n->op)
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

static void reach_from(struct walk *w, const struct pregel_node *n)
{
    const struct pregel_word *word = n->body ? pregel_word_of(n->body) : NULL;

    for (unsigned i = 0; i < n->edges.n; i++)
        reach(w, n->edges.at[i]);
    for (unsigned i = 0; i < n->joins_from.n; i++)
        reach(w, ((struct pregel_join *)n->joins_from.at[i])->to);
    for (unsigned i = 0; i < n->branches.n; i++) {
        const struct pregel_branch *b = n->branches.at[i];

        w->anywhere |= !b->mapped;
        for (unsigned k = 0; k < b->n_ways; k++)
            reach(w, b->ways[k].to);
    }
    if (word && (word->special == PREGEL_COMMAND || word->special == PREGEL_IF))
        w->anywhere = 1; /* a command may go anywhere */
}

static void check_reachable(struct unit *u)
{
    const struct pregel_model *m = u->model;
    struct walk w = { .m = m, .arena = u->arena };

    w.reached = diag_must_have(arena_zalloc(u->arena, m->nodes.n + 1));
    reach(&w, m->start);
    while (w.next.n)
        reach_from(&w, w.next.at[--w.next.n]);
    for (unsigned i = 1; !w.anywhere && i < m->nodes.n; i++) {
        const struct pregel_node *n = m->nodes.at[i];

        if (!w.reached[i])
            diag_warning(u->diags, n->at, "P019", "nothing leads to node '%s'", n->name);
    }
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

    m->sends = has_sends(m);
    for (unsigned i = 1; i < m->nodes.n; i++)
        check_node(u, m->nodes.at[i]);
    for (unsigned i = 0; i < m->branches.n; i++)
        pregel_check_path(u, m->branches.at[i]);
    if (!u->diags->errors)
        pregel_check_size(u);
    if (!m->entries)
        diag_hint(u->diags,
                  diag_error(u->diags, u->source->root, "P009", "a graph has an entry point"),
                  m->raw ? "let a node subscribe to the input channel"
                         : "add an edge [\"__start__\", node]");
    else
        check_reachable(u);
}
