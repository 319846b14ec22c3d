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

/* What several ops push may be a list too. */
static void open_shared(const struct ox_graph *g, const struct type *all, struct type_field *fields)
{
    for (unsigned i = 0; i < g->n_ops; i++)
        for (unsigned j = 0; j < g->ops[i]->outputs.n; j++) {
            const struct ox_ref *r = g->ops[i]->outputs.at[j].ref;
            const struct type_field *f = r ? operonx_pushed_field(all, r->var) : NULL;

            if (!f)
                continue;
            if (fields[f - all->fields].name)
                fields[f - all->fields].type = &type_any;
            else
                fields[f - all->fields] = *f;
        }
}

const struct type *operonx_result_type(const struct unit *u, struct type_maker *m)
{
    struct ox_op *root = u->model;
    struct unit own = *u;
    struct ox_typing t = { .unit = &own, .maker = *m };
    const struct type *all = operonx_type_pushed(&t, root->body);
    struct type_field *fields =
        diag_must_have(arena_zalloc(u->arena, (all->n_fields + 1) * sizeof *fields));

    *m = t.maker;
    open_shared(root->body, all, fields);
    if (root->body->loops || has_streams(root->body))
        for (unsigned i = 0; i < all->n_fields; i++)
            fields[i].type = &type_any;
    return type_of_object(m, fields, all->n_fields);
}
