/* lower_route.c: where a path leads becomes writes to triggers (pregel 3.2).
 *
 * Names that stand in the file are looked up here, so most paths become an `if` around a write.
 * Others are worked out as a list of names, and each node that may be on it is asked for.
 */
#include "dialects/pregel/pregel.h"

#include <string.h>

void pregel_lower_trigger(const struct pregel_scope *sc, const struct pregel_node *to)
{
    kiln_value null = value_null();

    if (to != sc->model->end)
        plan_set(sc->s, 0, to->slot, plan_reg_const(sc->s, &null));
}

/* What the map does not have is a KeyError when it comes up: nothing is inside a name. */
static void lower_missing(const struct pregel_scope *sc, const struct node *name)
{
    int key = pregel_lower_value(sc, name);

    plan_reg_call2(sc->s, "pregel.need", plan_reg_get(sc->s, key, "", 0), key);
}

static void lower_mapped(const struct pregel_scope *sc, const struct node *name,
                         const struct pregel_branch *b)
{
    const struct pregel_way *w =
        name->kind == NODE_STRING ? pregel_way_find(b, name->u.s, name->n) : NULL;

    if (w)
        pregel_lower_trigger(sc, w->to);
    else
        lower_missing(sc, name);
}

/* A path may not lead to the start or say null; of a command nothing comes of these. */
static void lower_written(const struct pregel_scope *sc, const struct node *name,
                          const struct pregel_branch *b)
{
    const struct pregel_model *m = sc->model;
    const struct pregel_node *to =
        name->kind == NODE_STRING ? pregel_node_find(m, name->u.s, name->n) : m->start;

    if (b && b->mapped)
        lower_mapped(sc, name, b);
    else if (b && to == m->start)
        plan_reg_call1(sc->s, "pregel.route", pregel_lower_value(sc, name)); /* which fails */
    else if (to && to != m->start)
        pregel_lower_trigger(sc, to);
}

/* ---- names only the run knows ---- */

static int lower_list(const struct pregel_scope *sc, int value, const struct pregel_branch *b)
{
    struct plan *p = sc->s->flow->plan;
    kiln_value map, *pairs;

    if (!b)
        return plan_reg_call1(sc->s, "pregel.goto", value);
    if (!b->mapped)
        return plan_reg_call1(sc->s, "pregel.route", value);
    pairs = diag_must_have(arena_zalloc(p->arena, (2 * b->n_ways + 1) * sizeof *pairs));
    for (unsigned i = 0; i < b->n_ways; i++) {
        const struct pregel_way *w = &b->ways[i];

        pairs[2 * i] =
            (kiln_value){ .tag = KILN_STRING, .n = (unsigned)w->label_n, .u.s = w->label };
        pairs[2 * i + 1] = value_static(w->to->name);
    }
    if (kiln_object(&p->heap, &map, pairs, b->n_ways) < 0)
        diag_must_have(NULL);
    return plan_reg_call2(sc->s, "pregel.route_by", value, plan_reg_const(sc->s, &map));
}

static void lower_candidate(const struct pregel_scope *sc, int list, const struct pregel_node *to)
{
    int name = plan_reg_text(sc->s, to->name);

    plan_if(sc->s, plan_reg_call2(sc->s, "pregel.goes", list, name));
    pregel_lower_trigger(sc, to);
    plan_end(sc->s);
}

static void lower_unknown(const struct pregel_scope *sc, const struct node *path,
                          const struct pregel_branch *b)
{
    const struct pregel_model *m = sc->model;
    int list = lower_list(sc, pregel_lower_value(sc, path), b);
    unsigned char *asked = diag_must_have(arena_zalloc(sc->s->flow->plan->arena, m->nodes.n + 1));

    for (unsigned i = 0; b && b->mapped && i < b->n_ways; i++) {
        const struct pregel_node *to = b->ways[i].to;

        if (to != m->end && !asked[to->number])
            lower_candidate(sc, list, to);
        if (to != m->end)
            asked[to->number] = 1;
    }
    for (unsigned i = 1; (!b || !b->mapped) && i < m->nodes.n; i++)
        lower_candidate(sc, list, m->nodes.at[i]);
}

/* ---- any path ---- */

typedef void lower_end(const struct pregel_scope *sc, const struct node *path,
                       const struct pregel_branch *b);

static int is_if(const struct node *path)
{
    const struct pregel_word *w = pregel_word_of(path);

    return w && w->special == PREGEL_IF;
}

static void lower_if(const struct pregel_scope *sc, const struct node *path,
                     const struct pregel_branch *b, lower_end *lower)
{
    const struct node *condition = path->child->child;

    plan_if(sc->s, pregel_lower_value(sc, condition));
    lower(sc, condition->next, b);
    plan_else(sc->s);
    lower(sc, condition->next->next, b);
    plan_end(sc->s);
}

/* An item whose ends all stand in the file. A list in the list is no name. */
static int is_plain_item(const struct node *item)
{
    const struct node *condition;

    if (!is_if(item))
        return pregel_end_is_written(item);
    condition = item->child->child;
    return is_plain_item(condition->next) && is_plain_item(condition->next->next);
}

static void lower_item(const struct pregel_scope *sc, const struct node *item,
                       const struct pregel_branch *b)
{
    if (is_if(item))
        lower_if(sc, item, b, lower_item);
    else
        lower_written(sc, pregel_unquote(item), b);
}

static int is_plain_list(const struct node *path)
{
    int plain = path->kind == NODE_ARRAY;

    if (plain)
        node_each(item, path) plain &= is_plain_item(item);
    return plain;
}

void pregel_lower_route(const struct pregel_scope *sc, const struct node *path,
                        const struct pregel_branch *b)
{
    if (is_if(path))
        lower_if(sc, path, b, pregel_lower_route);
    else if (pregel_end_is_written(path))
        lower_written(sc, pregel_unquote(path), b);
    else if (is_plain_list(path))
        node_each(item, path) lower_item(sc, item, b);
    else
        lower_unknown(sc, path, b);
}
