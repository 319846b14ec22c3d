/* lower_return.c: what a node returns becomes writes (pregel 3.2).
 *
 * Where the file says which keys are returned, each is one write. Elsewhere the object is made
 * first, and every channel takes its key from it; a key that is not there writes nothing.
 */
#include "dialects/pregel/pregel.h"

#include <string.h>

static void write_key(const struct pregel_scope *sc, const char *key, size_t n, int value)
{
    const struct pregel_channel *c = pregel_channel_find(sc->model, key, n);

    if (c && !pregel_is_managed(c))
        plan_set(sc->s, 0, c->slot, value);
}

static int wants_object(const struct pregel_scope *sc)
{
    return sc->node->branches.n > 0;
}

static int return_members(const struct pregel_scope *sc, const struct node *update)
{
    struct plan *p = sc->s->flow->plan;
    int *values = diag_must_have(arena_alloc(p->arena, (update->n + 1) * sizeof *values));
    unsigned *keys = diag_must_have(arena_alloc(p->arena, (update->n + 1) * sizeof *keys));

    node_each(e, update) values[e->index] = pregel_lower_value(sc, e);
    node_each(e, update) write_key(sc, e->key, e->key_n, values[e->index]);
    if (!wants_object(sc))
        return -1;
    node_each(e, update) keys[e->index] = plan_const_text(p, e->key, e->key_n);
    return plan_reg_object(sc->s, keys, values, update->n);
}

static void return_pairs(const struct pregel_scope *sc, const struct node *pairs)
{
    node_each(p, pairs)
        write_key(sc, p->child->u.s, p->child->n, pregel_lower_value(sc, p->child->next));
}

static int return_command(const struct pregel_scope *sc, const struct node *command)
{
    const struct node *update = node_get(command, "update"), *to = node_get(command, "goto");

    node_each(e, update) write_key(sc, e->key, e->key_n, pregel_lower_value(sc, e));
    return_pairs(sc, node_get(command, "update_pairs"));
    if (to && to->kind != NODE_NULL)
        pregel_lower_route(sc, to, NULL);
    return -1;
}

/* One arm of an `if`; a path that looks at the node's return sees {} where it is no object. */
static void return_arm(const struct pregel_scope *sc, const struct node *e, int ret)
{
    int reg = pregel_lower_return(sc, e);
    kiln_value empty;

    if (!wants_object(sc))
        return;
    if (kiln_object(&sc->s->flow->plan->heap, &empty, NULL, 0) < 0)
        diag_must_have(NULL);
    plan_copy(sc->s, ret, reg < 0 ? plan_reg_const(sc->s, &empty) : reg);
}

static int return_if(const struct pregel_scope *sc, const struct node *args)
{
    int condition = pregel_lower_value(sc, args->child);
    int ret = wants_object(sc) ? plan_reg_new(sc->s) : -1;

    plan_if(sc->s, condition);
    return_arm(sc, args->child->next, ret);
    plan_else(sc->s);
    return_arm(sc, args->child->next->next, ret);
    plan_end(sc->s);
    return ret;
}

void pregel_lower_update(const struct pregel_scope *sc, int object)
{
    const struct pregel_model *m = sc->model;

    for (unsigned i = 0; i < m->channels.n; i++) {
        const struct pregel_channel *c = m->channels.at[i];
        const size_t n = strlen(c->name);

        if (!pregel_is_managed(c) && (sc->node != m->start || c->input))
            plan_set(sc->s, 0, c->slot, plan_reg_get(sc->s, object, c->name, n));
    }
}

int pregel_lower_return(const struct pregel_scope *sc, const struct node *e)
{
    const struct pregel_word *w = pregel_word_of(e);
    int object;

    if (w && w->special == PREGEL_UPDATE)
        return return_members(sc, e->child);
    if (w && w->special == PREGEL_COMMAND)
        return return_command(sc, e->child);
    if (w && w->special == PREGEL_IF)
        return return_if(sc, e->child);
    if (!w && e->kind == NODE_NULL)
        return -1;
    if (!w && e->kind == NODE_OBJECT)
        return return_members(sc, e);
    object = plan_reg_call1(sc->s, "pregel.update", pregel_lower_value(sc, e));
    pregel_lower_update(sc, object);
    return object;
}
