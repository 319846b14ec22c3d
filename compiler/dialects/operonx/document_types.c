/* document_types.c: what a document takes and gives, for the workflow that embeds it
 * (scenario 2.7). Its inputs have names and no types; its result has the variables that its ops
 * push (clause 8.1).
 */
#include "dialects/operonx/types.h"

#include <string.h>

const struct type *operonx_input_type(const struct unit *u, struct type_maker *m)
{
    const struct ox_op *root = u->model;
    struct type_field *fields =
        diag_must_have(arena_alloc(u->arena, (root->inputs.n + 1) * sizeof *fields));

    for (unsigned i = 0; i < root->inputs.n; i++) {
        const char *name = root->inputs.at[i].name;

        fields[i] = (struct type_field){ name, strlen(name), &type_any };
    }
    return type_of_object(m, fields, root->inputs.n);
}

/* Something runs for the items of a stream, so what is pushed may be a list of all that was. */
static int has_streams(const struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++)
        if (g->ops[i]->generator || (g->ops[i]->body && has_streams(g->ops[i]->body)))
            return 1;
    return 0;
}

static unsigned pushes(const struct ox_graph *g, const struct type_field *f)
{
    unsigned n = 0;

    for (unsigned i = 0; i < g->n_ops; i++)
        for (unsigned j = 0; j < g->ops[i]->outputs.n; j++) {
            const struct ox_ref *r = g->ops[i]->outputs.at[j].ref;

            n += r && strlen(r->var) == f->n && !memcmp(r->var, f->name, f->n);
        }
    return n;
}

const struct type *operonx_result_type(const struct unit *u, struct type_maker *m)
{
    struct ox_op *root = u->model;
    struct unit own = *u;
    struct ox_typing t = { .unit = &own, .maker = *m };
    const struct type *all = operonx_type_pushed(&t, root->body);
    int many = root->body->loops || has_streams(root->body);
    struct type_field *fields =
        diag_must_have(arena_alloc(u->arena, (all->n_fields + 1) * sizeof *fields));

    *m = t.maker;
    for (unsigned i = 0; i < all->n_fields; i++) {
        fields[i] = all->fields[i];
        if (many || pushes(root->body, &fields[i]) > 1)
            fields[i].type = &type_any;
    }
    return type_of_object(m, fields, all->n_fields);
}
