/* model.c: lists and look-ups of the model. */
#include "dialects/pregel/pregel.h"

#include <string.h>

void pregel_list_add(struct arena *a, struct pregel_list *l, void *item)
{
    if (l->n == l->cap) {
        unsigned cap = l->cap ? 2 * l->cap : 4;
        void **at = diag_must_have(arena_alloc(a, cap * sizeof *at));

        if (l->n)
            memcpy(at, l->at, l->n * sizeof *at);
        l->at = at;
        l->cap = cap;
    }
    l->at[l->n++] = item;
}

struct pregel_channel *pregel_channel_find(const struct pregel_model *m, const char *name, size_t n)
{
    const struct node *at = node_get_n(m->channels_at, name, n);

    return at ? m->by_channel[at->index] : NULL;
}

int pregel_is_managed(const struct pregel_channel *c)
{
    return c->kind >= PREGEL_LAST_STEP;
}

struct pregel_node *pregel_node_find(const struct pregel_model *m, const char *name, size_t n)
{
    const struct node *at = node_get_n(m->nodes_at, name, n);

    if (at)
        return m->by_node[at->index];
    if (n == strlen(PREGEL_START) && !memcmp(name, PREGEL_START, n))
        return m->start;
    return n == strlen(PREGEL_END) && !memcmp(name, PREGEL_END, n) ? m->end : NULL;
}

const struct pregel_way *pregel_way_find(const struct pregel_branch *b, const char *label, size_t n)
{
    for (unsigned i = 0; i < b->n_ways; i++)
        if (b->ways[i].label_n == n && !memcmp(b->ways[i].label, label, n))
            return &b->ways[i];
    return NULL;
}

/* Hints at the names of an object's members; `object` is NULL when the document has none. */
static void suggest(struct unit *u, struct diag *d, const char *name, const char *label,
                    const struct node *object)
{
    unsigned n = object ? object->n : 0;
    const char **names = diag_must_have(arena_alloc(u->arena, (n + 1) * sizeof *names));

    node_each(c, object) names[c->index] = c->key;
    diag_suggest(u->diags, d, name, label, names, n);
}

void pregel_no_channel(struct unit *u, const struct node *at, const char *name)
{
    const struct pregel_model *m = u->model;

    suggest(u, diag_error(u->diags, at, "P010", "there is no channel '%s'", name), name, "channels",
            m->channels_at);
}

void pregel_no_write(struct unit *u, const struct node *at, const struct pregel_channel *c)
{
    diag_hint(u->diags,
              diag_error(u->diags, at, "P017", "channel '%s' (%s) is made by the run", c->name,
                         pregel_kind_names[c->kind]),
              "it can be read, but neither given, written nor returned");
}

void pregel_no_node(struct unit *u, const struct node *at, const char *name)
{
    const struct pregel_model *m = u->model;

    suggest(u, diag_error(u->diags, at, "P011", "there is no node '%s'", name), name, "nodes",
            m->nodes_at);
}
