/* writes.c: who writes which channel (pregel 3.2). What a node returns is read off its body as far
 * as it stands there; a body that gives its dict only when it runs may write any channel.
 */
#include "dialects/pregel/types.h"

#include <string.h>

static void add(struct unit *u, const struct pregel_node *n, enum pregel_write_kind kind,
                struct pregel_channel *c, const struct node *at, const char *path)
{
    struct pregel_write *w;

    if (!c)
        return;
    w = diag_must_have(arena_zalloc(u->arena, sizeof *w));
    *w = (struct pregel_write){ kind, n, at, path, path ? strlen(path) : 0 };
    pregel_list_add(u->arena, &c->written, w);
}

static void add_value(struct unit *u, const struct pregel_node *n, const char *key, size_t key_n,
                      const struct node *e)
{
    add(u, n, PREGEL_WRITE_VALUE, pregel_channel_find(u->model, key, key_n), e, NULL);
}

static void add_members(struct unit *u, const struct pregel_node *n, const struct node *update)
{
    node_each(e, update) add_value(u, n, e->key, e->key_n, e);
}

static void add_returned(struct unit *u, const struct pregel_node *n, const struct node *body)
{
    const struct pregel_word *w = pregel_word_of(body);
    struct pregel_model *m = u->model;

    if (w && w->special == PREGEL_UPDATE) {
        add_members(u, n, body->child);
    } else if (w && w->special == PREGEL_COMMAND) {
        add_members(u, n, node_get(body->child, "update"));
        node_each(p, node_get(body->child, "update_pairs"))
            add_value(u, n, p->child->u.s, p->child->n, p->child->next);
    } else if (w && w->special == PREGEL_IF) {
        add_returned(u, n, body->child->child->next);
        add_returned(u, n, body->child->child->next->next);
    } else if (!w && body->kind == NODE_OBJECT) {
        add_members(u, n, body);
    } else if (body->kind != NODE_NULL && !(w && w->special == PREGEL_RAISE)) {
        m->opaque = 1;
    }
}

/* Without `output` the members of the result are written to the channels of their names. */
static void add_result(struct unit *u, const struct pregel_node *n)
{
    struct pregel_model *m = u->model;
    const kiln_op *op = n->op;

    m->opaque |= !op->n_outputs || op->flags & KILN_OP_BARE;
    for (unsigned i = 0; i < op->n_outputs; i++)
        add(u, n, PREGEL_WRITE_PART,
            pregel_channel_find(m, op->outputs[i].name, strlen(op->outputs[i].name)), n->at,
            op->outputs[i].name);
}

static void add_output(struct unit *u, const struct pregel_node *n)
{
    const struct node *o = n->output;

    if (o->kind == NODE_STRING)
        add(u, n, PREGEL_WRITE_RESULT, pregel_channel_find(u->model, o->u.s, o->n), o, NULL);
    if (o->kind == NODE_STRING)
        return;
    node_each(e, o) add(u, n, e->kind == NODE_STRING ? PREGEL_WRITE_PART : PREGEL_WRITE_VALUE,
                        pregel_channel_find(u->model, e->key, e->key_n), e,
                        e->kind == NODE_STRING ? e->u.s : NULL);
}

void pregel_find_writes(struct unit *u)
{
    const struct pregel_model *m = u->model;

    for (unsigned i = 1; i < m->nodes.n; i++) {
        const struct pregel_node *n = m->nodes.at[i];

        for (unsigned k = 0; k < n->writes.n; k++)
            add(u, n, PREGEL_WRITE_VALUE, n->writes.at[k], n->body, NULL);
        if (n->op && n->output)
            add_output(u, n);
        else if (n->op)
            add_result(u, n);
        else if (!m->raw)
            add_returned(u, n, n->body);
    }
}

struct pregel_place pregel_place_of_output(struct pregel_typing *t, const struct pregel_node *n)
{
    struct pregel_bound *result = diag_must_have(arena_zalloc(t->unit->arena, sizeof *result));

    *result = (struct pregel_bound){ "result", 6, NULL, type_of_output(&t->maker, n->op) };
    return (struct pregel_place){ .names = result };
}
