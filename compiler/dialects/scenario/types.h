/* types.h: what is known about the values of a workflow before it runs (scenario 2.7).
 *
 * Types flow as the data does: from literals, schemas and what operations declare, through
 * references, into the outputs of steps. A step's is found once and kept in the model.
 */
#ifndef SCENARIO_TYPES_H
#define SCENARIO_TYPES_H

#include "dialects/scenario/model.h"
#include "dialects/shared/type.h"

/* A flow of types under way. */
struct typing {
    struct unit *unit; /* whose steps are being looked at: the workflow's or a child's */
    struct type_maker maker;
    unsigned depth; /* of graphs in graphs */
};

/* Where a value stands. */
struct type_place {
    struct subgraph *graph;
    struct step *step;
    int in_condition; /* of a While or Filter */
};

/* How far a reference leads. */
struct type_path {
    const struct type *type; /* of what it leads to, or of `at` parts of it */
    enum type_way way;
    unsigned at; /* the part that leads nowhere, unless way is TYPE_INSIDE */
};

/* Types the steps of a graph, in their order; what the graph finishes with. */
const struct type *types_graph(struct typing *t, struct subgraph *g);
/* The whole envelope of a step (scenario 1.7.1). */
const struct type *types_envelope(struct typing *t, struct step *s);
/* What the workflow that a step runs takes, and gives. */
const struct type *types_child_input(struct typing *t, const struct step *s);
const struct type *types_child_result(struct typing *t, const struct step *s);
/* A mapping value, or null for NULL. */
const struct type *types_value(struct typing *t, const struct type_place *at,
                               const struct value *v);
/* Follows a reference as far as it leads. */
struct type_path types_path(struct typing *t, const struct type_place *at, const struct path *p);
/* What a mapping makes. */
const struct type *types_mapping(struct typing *t, const struct type_place *at,
                                 const struct mapping *m);
/* The items a Split goes through, or a Filter or GroupBy sorts (types_roots.c). */
const struct type *types_item(struct typing *t, struct step *s);
/* What a path begins with; *ret_used tells how many parts that took (types_roots.c). */
const struct type *types_root(struct typing *t, const struct type_place *at, const struct path *p,
                              unsigned *ret_used);

#endif
