/* model.c: lists and look-ups of the model. */
#include "dialects/pregel/pregel.h"

#include <stdlib.h>
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

static int compare_label(const struct pregel_way *w, const char *label, size_t n)
{
    int order = memcmp(w->label, label, w->label_n < n ? w->label_n : n);

    return order ? order : (w->label_n > n) - (w->label_n < n);
}

static int by_label(const void *a, const void *b)
{
    const struct pregel_way *const *x = a, *const *y = b;

    return compare_label(*x, (*y)->label, (*y)->label_n);
}

void pregel_way_sort(struct arena *a, struct pregel_branch *b)
{
    b->by_label = diag_must_have(arena_alloc(a, (b->n_ways + 1) * sizeof *b->by_label));
    for (unsigned i = 0; i < b->n_ways; i++)
        b->by_label[i] = &b->ways[i];
    qsort(b->by_label, b->n_ways, sizeof *b->by_label, by_label);
}

const struct pregel_way *pregel_way_find(const struct pregel_branch *b, const char *label, size_t n)
{
    unsigned low = 0, high = b->n_ways;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = compare_label(b->by_label[middle], label, n);

        if (!order)
            return b->by_label[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
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
