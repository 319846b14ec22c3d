/* parse_edge.c: edges, waiting edges and branches (pregel 3.1). */
#include "dialects/pregel/pregel.h"

#include <stdlib.h>
#include <string.h>

/* The node an edge names. NULL with a complaint when there is none, or none that may stand there.
 */
static struct pregel_node *find_end(struct unit *u, const struct node *n, int is_source)
{
    struct pregel_model *m = u->model;
    struct pregel_node *found;

    if (!pregel_expect(u, n, NODE_STRING, "the end of an edge"))
        return NULL;
    found = pregel_node_find(m, n->u.s, n->n);
    if (!found)
        pregel_no_node(u, n, n->u.s);
    else if (found == (is_source ? m->end : m->start))
        diag_error(u->diags, n, "P007",
                   is_source ? "no edge leaves the end" : "no edge leads to the start");
    else
        return found;
    return NULL;
}

static int has_edge(const struct pregel_node *from, const struct pregel_node *to)
{
    for (unsigned i = 0; i < from->edges.n; i++)
        if (from->edges.at[i] == to)
            return 1;
    return 0;
}

static void add_edge(struct unit *u, const struct node *from, const struct node *to)
{
    struct pregel_model *m = u->model;
    struct pregel_node *a = find_end(u, from, 1), *b = find_end(u, to, 0);

    if (a == m->start)
        m->entries = 1;
    if (a && b && b != m->end && !has_edge(a, b))
        pregel_list_add(u->arena, &a->edges, b);
}

static void name_join(struct unit *u, struct pregel_join *j)
{
    struct text t = { 0 };

    text_puts(&t, "join:");
    for (unsigned i = 0; i < j->n; i++)
        text_printf(&t, "%s%s", i ? "+" : "", j->from[i]->name);
    text_printf(&t, ":%s", j->to->name);
    if (t.failed)
        diag_must_have(NULL);
    j->name = diag_must_have(arena_dup(u->arena, t.s, t.n));
    text_fini(&t);
}

static int same_join(const struct pregel_join *a, const struct pregel_join *b)
{
    return a->to == b->to && a->n == b->n && !memcmp(a->from, b->from, a->n * sizeof *a->from);
}

/* Two lists of names may spell one channel: "a+b", "c" and "a", "b+c". */
static int is_new_join(struct unit *u, const struct pregel_join *j)
{
    for (unsigned i = 0; i < j->to->joins_to.n; i++) {
        const struct pregel_join *old = j->to->joins_to.at[i];

        if (strcmp(old->name, j->name))
            continue;
        if (!same_join(old, j))
            diag_error(u->diags, j->at, "P008", "two waiting edges are both called '%s'", j->name);
        return 0;
    }
    return 1;
}

static void link_join(struct unit *u, struct pregel_join *j)
{
    struct pregel_model *m = u->model;

    j->number = m->joins.n;
    pregel_list_add(u->arena, &m->joins, j);
    pregel_list_add(u->arena, &j->to->joins_to, j);
    for (unsigned i = 0; i < j->n; i++) {
        struct pregel_list *l = &j->from[i]->joins_from;

        if (!l->n || l->at[l->n - 1] != j)
            pregel_list_add(u->arena, l, j);
    }
}

static void add_join(struct unit *u, const struct node *at, const struct node *sources,
                     const struct node *target)
{
    struct pregel_model *m = u->model;
    struct pregel_join *j = diag_must_have(arena_zalloc(u->arena, sizeof *j));
    int wrong = !sources->n;

    j->at = at;
    j->to = find_end(u, target, 0);
    j->from = diag_must_have(arena_alloc(u->arena, (sources->n + 1) * sizeof(void *)));
    if (wrong)
        diag_error(u->diags, sources, "P001", "a waiting edge has at least one source");
    node_each(s, sources)
    {
        struct pregel_node *n = find_end(u, s, 1);

        if (n == m->start)
            diag_error(u->diags, s, "P007", "a waiting edge cannot wait for the start");
        wrong |= !n || n == m->start;
        j->from[j->n++] = n;
    }
    if (wrong || !j->to || j->to == m->end)
        return;
    name_join(u, j);
    if (is_new_join(u, j))
        link_join(u, j);
}

void pregel_parse_edges(struct unit *u, const struct node *edges)
{
    if (!edges || !pregel_expect(u, edges, NODE_ARRAY, "edges"))
        return;
    node_each(e, edges)
    {
        if (!pregel_expect(u, e, NODE_ARRAY, "an edge"))
            continue;
        if (e->n != 2)
            diag_error(u->diags, e, "P001", "an edge is [from, to] or [[from, ...], to]");
        else if (e->child->kind == NODE_ARRAY)
            add_join(u, e, e->child, e->child->next);
        else
            add_edge(u, e->child, e->child->next);
    }
}

/* ---- branches ---- */

static void add_way(struct unit *u, struct pregel_branch *b, const struct node *n, int is_list)
{
    struct pregel_way *w = &b->ways[b->n_ways];

    w->to = find_end(u, n, 0);
    if (!w->to)
        return;
    w->label = is_list ? n->u.s : n->key;
    w->label_n = is_list ? n->n : n->key_n;
    b->n_ways++;
}

static void parse_map(struct unit *u, const struct node *map, struct pregel_branch *b)
{
    int is_list = map && map->kind == NODE_ARRAY;

    if (!map || map->kind == NODE_NULL)
        return;
    if (!is_list && !pregel_expect(u, map, NODE_OBJECT, "the map of a branch"))
        return;
    b->mapped = map->n > 0;
    b->ways = diag_must_have(arena_zalloc(u->arena, (map->n + 1) * sizeof *b->ways));
    node_each(n, map) add_way(u, b, n, is_list);
    pregel_way_sort(u->arena, b);
}

static int is_new_name(struct unit *u, const struct pregel_branch *b)
{
    for (unsigned i = 0; i < b->source->branches.n; i++) {
        const struct pregel_branch *other = b->source->branches.at[i];

        if (strcmp(other->name, b->name))
            continue;
        diag_error(u->diags, b->at, "P008", "node '%s' has a branch '%s' already", b->source->name,
                   b->name);
        return 0;
    }
    return 1;
}

static void parse_branch(struct unit *u, const struct node *at)
{
    static const char *const known[] = { "source", "path", "map", "name", "description", NULL };
    struct pregel_model *m = u->model;
    struct pregel_branch *b = diag_must_have(arena_zalloc(u->arena, sizeof *b));
    const struct node *source = node_get(at, "source"), *name = node_get(at, "name");

    *b = (struct pregel_branch){ .at = at, .path = node_get(at, "path") };
    if (!pregel_expect(u, at, NODE_OBJECT, "a branch"))
        return;
    pregel_check_members(u, at, known);
    if (!source || !b->path) {
        diag_error(u->diags, at, "P001", "a branch has a 'source' and a 'path'");
        return;
    }
    b->source = find_end(u, source, 1);
    b->name =
        name && pregel_expect(u, name, NODE_STRING, "the name of a branch") ? name->u.s : NULL;
    parse_map(u, node_get(at, "map"), b);
    if (!b->source)
        return;
    if (!b->name)
        b->name = diag_must_have(arena_printf(u->arena, "branch %u", b->source->branches.n + 1));
    if (!is_new_name(u, b))
        return;
    if (b->source == m->start)
        m->entries = 1;
    pregel_list_add(u->arena, &b->source->branches, b);
    pregel_list_add(u->arena, &m->branches, b);
}

void pregel_parse_branches(struct unit *u, const struct node *branches)
{
    if (branches && pregel_expect(u, branches, NODE_ARRAY, "branches"))
        node_each(b, branches) parse_branch(u, b);
}
