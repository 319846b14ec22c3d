/* cli_names.c: which program the numbers of a record are meant for.
 *
 * A run may have gone on under later versions: each of its bases, and its beginning, says by whose
 * numbers the records behind it go. Where that is not the program in hand, the store has kept the
 * names (shape.h), or nobody knows them.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include "shape.h"

/* What the store has kept of a program. */
struct cli_version {
    unsigned long long hash[2];
    struct shape shape;
    int is_known;
};

static const kiln_program *program_of(const struct cli_version *v)
{
    return v->is_known ? &v->shape.program : NULL;
}

static struct cli_version *read_version(struct cli_names *n, const unsigned long long hash[2])
{
    const struct store_program *kept = store_find_program(n->store, hash);
    struct cli_version *v = calloc(1, sizeof *v);

    if (!v || list_push(&n->versions, v) < 0) {
        free(v);
        return NULL;
    }
    memcpy(v->hash, hash, sizeof v->hash);
    v->is_known =
        kept && n->migrate && n->migrate->read_shape(&v->shape, kept->shape, kept->n, NULL) == 0;
    return v;
}

static const kiln_program *find_program(struct cli_names *n, const unsigned long long hash[2])
{
    struct cli_version *v = NULL;

    if (!memcmp(hash, n->mine->hash, sizeof n->mine->hash))
        return n->mine;
    for (size_t i = 0; i < n->versions.n && !v; i++)
        if (!memcmp(n->versions.at[i]->hash, hash, sizeof v->hash))
            v = n->versions.at[i];
    if (!v)
        v = read_version(n, hash);
    return v ? program_of(v) : NULL;
}

void cli_names_follow(struct cli_names *n, const struct entry *e)
{
    if (e->kind == JOURNAL_BEGIN || e->kind == JOURNAL_BASE)
        n->program = find_program(n, e->hash);
}

void cli_names_fini(struct cli_names *n)
{
    for (size_t i = 0; i < n->versions.n; i++) {
        shape_fini(&n->versions.at[i]->shape);
        free(n->versions.at[i]);
    }
    list_fini(&n->versions);
}
