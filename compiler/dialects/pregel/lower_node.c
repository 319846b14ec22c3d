/* lower_node.c: the steps of one node.
 *
 * A node is one pure step; one that calls an operation is two: the call, and the writes behind it.
 * The writers stand in the reference's order: the return, edges, waiting edges, branches
 * (pregel 3.2).
 */
#include "dialects/pregel/pregel.h"

#include <string.h>

static void place(struct unit *u, struct plan_step *s, const struct pregel_node *n)
{
    s->node = n->task;
    s->pointer = node_pointer(u->arena, n->at);
    source_position(u->source, n->at->key ? n->at->key_at : n->at->at, &s->line, &s->column);
}

/* What follows the return: edges, waiting edges and branches. */
static void lower_leaving(struct pregel_scope *sc, int returned)
{
    const struct pregel_node *n = sc->node;

    for (unsigned i = 0; i < n->edges.n; i++)
        pregel_lower_trigger(sc, n->edges.at[i]);
    for (unsigned i = 0; i < n->joins_from.n; i++)
        plan_set(sc->s, 0, ((struct pregel_join *)n->joins_from.at[i])->slot,
                 plan_reg_text(sc->s, n->name));
    sc->fresh = 1;
    sc->extra = returned;
    for (unsigned i = 0; i < n->branches.n; i++) {
        const struct pregel_branch *b = n->branches.at[i];

        pregel_lower_route(sc, b->path, b);
    }
}

static struct plan_step *add_task(struct unit *u, struct plan_flow *f, const struct pregel_node *n)
{
    struct plan_step *s = plan_step_add(f, n->name, KILN_WAKE_CHANGED);

    place(u, s, n);
    return s;
}

/* The hidden node that takes the input. */
static void lower_start(struct unit *u, struct plan_flow *f, const struct pregel_node *n)
{
    struct plan_step *s = add_task(u, f, n);
    struct pregel_scope sc = { .model = u->model, .s = s, .node = n, .extra = -1 };
    int input;

    s->flags |= KILN_STEP_HIDDEN;
    plan_watch_add(s, 0);
    input = plan_reg_call1(s, "pregel.update", plan_reg_slot(s, 0, 0));
    pregel_lower_update(&sc, input);
    lower_leaving(&sc, input);
}

static void watch_triggers(struct plan_step *s, const struct pregel_node *n)
{
    if (!n->triggers.n)
        plan_watch_add(s, n->slot);
    for (unsigned i = 0; i < n->joins_to.n; i++)
        plan_watch_add(s, ((struct pregel_join *)n->joins_to.at[i])->slot);
    for (unsigned i = 0; i < n->triggers.n; i++)
        plan_watch_add(s, ((struct pregel_channel *)n->triggers.at[i])->slot);
}

/* ---- operations ---- */

static int lower_input(const struct pregel_scope *sc)
{
    const struct node *input = sc->node->input;
    struct plan *p = sc->s->flow->plan;
    unsigned n = input ? input->n : 0;
    unsigned *keys = diag_must_have(arena_alloc(p->arena, (n + 1) * sizeof *keys));
    int *values = diag_must_have(arena_alloc(p->arena, (n + 1) * sizeof *values));

    node_each(e, input)
    {
        keys[e->index] = plan_const_text(p, e->key, e->key_n);
        values[e->index] = pregel_lower_value(sc, e);
    }
    return plan_reg_object(sc->s, keys, values, n);
}

/* Channels take what the output says: a path into the result, or an expression with `result`. */
static int lower_output(struct pregel_scope *sc, int result)
{
    const struct node *output = sc->node->output;
    const struct pregel_binding name = { "result", 6, result, NULL };
    int object;

    if (!output) {
        object = plan_reg_call1(sc->s, "pregel.update", result);
        pregel_lower_update(sc, object);
        return object;
    }
    if (output->kind == NODE_STRING) {
        plan_set(sc->s, 0, pregel_channel_find(sc->model, output->u.s, output->n)->slot, result);
        return -1;
    }
    sc->names = &name;
    node_each(e, output)
    {
        const struct pregel_channel *c = pregel_channel_find(sc->model, e->key, e->key_n);
        int value = e->kind == NODE_STRING ? pregel_lower_parts(sc, result, e->u.s, e->n)
                                           : pregel_lower_value(sc, e);

        plan_set(sc->s, 0, c->slot, value);
    }
    sc->names = NULL;
    return -1;
}

static void lower_op(struct unit *u, struct plan_flow *f, const struct pregel_node *n)
{
    struct plan_step *call = add_task(u, f, n), *write;
    struct pregel_scope sc = { .model = u->model, .s = call, .node = n, .extra = -1 };

    watch_triggers(call, n);
    plan_task(call, n->op, lower_input(&sc), (int)n->result);
    write = plan_step_add(f, diag_must_have(arena_printf(u->arena, "%s:write", n->name)),
                          KILN_WAKE_ANY);
    place(u, write, n);
    plan_edge_add(call, KILN_EDGE_NEXT, 0, 0, write);
    sc.s = write;
    lower_leaving(&sc, lower_output(&sc, plan_reg_slot(write, 0, n->result)));
}

/* ---- bare graphs ---- */

/* Names for the channels a bare node may read. */
static const struct pregel_binding *bind_channels(struct unit *u, struct plan_step *s,
                                                  const struct pregel_list *channels,
                                                  const struct pregel_binding *names)
{
    for (unsigned i = 0; i < channels->n; i++) {
        const struct pregel_channel *c = channels->at[i];
        struct pregel_binding *b = diag_must_have(arena_alloc(u->arena, sizeof *b));

        *b = (struct pregel_binding){ c->name, strlen(c->name), plan_reg_slot(s, 0, c->slot),
                                      names };
        names = b;
    }
    return names;
}

static void lower_bare(struct unit *u, struct plan_flow *f, const struct pregel_node *n)
{
    struct plan_step *s = add_task(u, f, n);
    struct pregel_scope sc = { .model = u->model, .s = s, .node = n, .extra = -1 };
    struct pregel_binding it = { "it", 2, -1, NULL };
    int value;

    watch_triggers(s, n);
    if (n->single) {
        it.reg = plan_reg_slot(s, 0, s->watch[0]);
        sc.names = &it;
    } else {
        sc.names = bind_channels(u, s, &n->reads, bind_channels(u, s, &n->triggers, NULL));
    }
    value = pregel_lower_value(&sc, n->body);
    for (unsigned i = 0; i < n->writes.n; i++)
        plan_set(s, 0, ((struct pregel_channel *)n->writes.at[i])->slot, value);
}

void pregel_lower_node(struct unit *u, struct plan_flow *f, const struct pregel_node *n)
{
    const struct pregel_model *m = u->model;
    struct pregel_scope sc = { .model = m, .node = n, .extra = -1 };

    if (m->raw) {
        lower_bare(u, f, n);
    } else if (n == m->start) {
        lower_start(u, f, n);
    } else if (n->op) {
        lower_op(u, f, n);
    } else {
        sc.s = add_task(u, f, n);
        watch_triggers(sc.s, n);
        lower_leaving(&sc, pregel_lower_return(&sc, n->body));
    }
}
