/* check_types.c: goes over a graph once with what is known about its values (pregel 4.3). All it
 * says is a warning: what fails does so only when it is reached.
 */
#include "dialects/pregel/types.h"

#include <string.h>

#include "dialects/shared/fit.h"
#include "dialects/shared/operand.h"

static const kiln_field *find_input(const kiln_op *op, const char *name)
{
    for (unsigned i = 0; i < op->n_inputs; i++)
        if (!strcmp(op->inputs[i].name, name))
            return &op->inputs[i];
    return NULL;
}

/* P027. Literals are held against the declared type where they stand (check_op.c). */
static void check_input(struct pregel_typing *t, const struct pregel_node *n, const struct node *e)
{
    const struct pregel_place where = { 0 };
    const struct type *type = pregel_type_value(t, e, &where);
    const kiln_field *f = find_input(n->op, e->key);
    struct text is = { 0 };

    if (!f || pregel_is_literal(e) || fit_input(type, f->type))
        return;
    operand_put(&is, type, NULL);
    diag_warning(t->unit->diags, e, "P027", "input '%s' of '%s' is of type %s, and this is %s",
                 f->name, n->op->name, f->type, text_cstr(&is));
    text_fini(&is);
}

static void check_output(struct pregel_typing *t, const struct pregel_node *n, const struct node *e)
{
    const struct pregel_place where = pregel_place_of_output(t, n);
    const struct type *before;
    const char *lost;

    if (e->kind != NODE_STRING) {
        pregel_type_value(t, e, &where);
        return;
    }
    pregel_type_parts(t, where.names->type, e->u.s, e->n, &lost, &before);
    if (lost)
        pregel_complain_lost(t, e, lost, before, "nothing is written");
}

static void check_node(struct pregel_typing *t, const struct pregel_node *n)
{
    const struct pregel_place where = pregel_place_of_node(t->unit, n);

    if (!n->op) {
        pregel_type_value(t, n->body, &where);
        if (where.returns)
            pregel_check_gotos(t, n);
        return;
    }
    node_each(e, n->input) check_input(t, n, e);
    if (n->output && n->output->kind == NODE_OBJECT)
        node_each(e, n->output) check_output(t, n, e);
}

static void check_all(struct pregel_typing *t)
{
    const struct pregel_model *m = t->unit->model;

    pregel_find_writes(t->unit);
    for (unsigned i = 0; i < m->channels.n; i++)
        pregel_type_channel(t, m->channels.at[i]);
    for (unsigned i = 0; i < m->channels.n; i++)
        pregel_check_writes(t, m->channels.at[i]);
    t->tells = 1;
    for (unsigned i = 1; i < m->nodes.n; i++)
        check_node(t, m->nodes.at[i]);
}

void pregel_check_types(struct unit *u, int is_sound)
{
    struct pregel_model *m = u->model;
    struct pregel_typing t = { .unit = u, .maker = { .arena = u->arena } };

    if (is_sound)
        check_all(&t);
    else
        m->opaque = 1; /* who writes what is not known */
    t.tells = 1;
    for (unsigned i = 0; i < m->branches.n; i++)
        if (((struct pregel_branch *)m->branches.at[i])->sound)
            pregel_check_ends(&t, m->branches.at[i]);
}
