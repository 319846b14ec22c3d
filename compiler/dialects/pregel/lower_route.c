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

static void raise(const struct pregel_scope *sc, const char *type, const char *message)
{
    plan_reg_call2(sc->s, "pregel.raise", plan_reg_text(sc->s, type),
                   plan_reg_text(sc->s, message));
}

static void lower_nowhere(const struct pregel_scope *sc)
{
    raise(sc, "ValueError", "Branch did not return a valid destination");
}

/* A name the map does not have is a KeyError when it comes up. */
static void lower_mapped(const struct pregel_scope *sc, const struct node *name,
                         const struct pregel_branch *b)
{
    const struct pregel_way *w = pregel_way_find(b, name->u.s, name->n);
    struct plan *p = sc->s->flow->plan;

    if (w)
        pregel_lower_trigger(sc, w->to);
    else
        raise(sc, "KeyError", diag_must_have(arena_printf(p->arena, "'%s'", name->u.s)));
}

static void lower_literal(const struct pregel_scope *sc, const struct node *name,
                          const struct pregel_branch *b)
{
    const struct pregel_node *to;

    if (name->kind != NODE_STRING) {
        lower_nowhere(sc);
        return;
    }
    if (b && b->mapped) {
        lower_mapped(sc, name, b);
        return;
    }
    to = pregel_node_find(sc->model, name->u.s, name->n);
    if (to == sc->model->start)
        lower_nowhere(sc);
    else if (to)
        pregel_lower_trigger(sc, to);
}

/* ---- names only the run knows ---- */

static int lower_list(const struct pregel_scope *sc, int value, const struct pregel_branch *b)
{
    struct plan *p = sc->s->flow->plan;
    kiln_value map, *pairs;

    if (!b || !b->mapped)
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

void pregel_lower_route(const struct pregel_scope *sc, const struct node *path,
                        const struct pregel_branch *b)
{
    const struct pregel_word *w = pregel_word_of(path);

    if (w && w->special == PREGEL_IF) {
        plan_if(sc->s, pregel_lower_value(sc, path->child->child));
        pregel_lower_route(sc, path->child->child->next, b);
        plan_else(sc->s);
        pregel_lower_route(sc, path->child->child->next->next, b);
        plan_end(sc->s);
    } else if (pregel_unquote(path)->kind == NODE_STRING || (!w && path->kind < NODE_STRING)) {
        lower_literal(sc, pregel_unquote(path), b);
    } else if (!w && path->kind == NODE_ARRAY) {
        node_each(item, path) pregel_lower_route(sc, item, b);
    } else {
        lower_unknown(sc, path, b);
    }
}
