/* document_types.c: what a graph takes and gives, for the workflow that embeds it (scenario 2.7):
 * its state, as far as the caller may give and get it (pregel 2.1, 2.2). A bare graph's is one
 * channel.
 */
#include "dialects/pregel/types.h"

#include <string.h>

static const struct type *state(const struct unit *u, struct type_maker *m, int is_output)
{
    const struct pregel_model *model = u->model;
    struct type_field *fields =
        diag_must_have(arena_alloc(u->arena, (model->channels.n + 1) * sizeof *fields));
    unsigned n = 0;

    if (model->raw)
        return &type_any;
    for (unsigned i = 0; i < model->channels.n; i++) {
        const struct pregel_channel *c = model->channels.at[i];

        if (is_output ? c->output : c->input)
            fields[n++] =
                (struct type_field){ c->name, strlen(c->name), pregel_type_declared(m, c) };
    }
    return type_of_object(m, fields, n);
}

const struct type *pregel_input_type(const struct unit *u, struct type_maker *m)
{
    return state(u, m, 0);
}

/* Null when no channel the caller sees was ever written. */
const struct type *pregel_result_type(const struct unit *u, struct type_maker *m)
{
    return type_or_null(m, state(u, m, 1));
}
