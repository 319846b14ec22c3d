/* dialects.h: the three dialects behind one struct, and choosing one. */
#ifndef DIALECTS_H
#define DIALECTS_H

#include "diag.h"
#include "plan/plan.h"
#include "source.h"

/* The operations a compilation knows: the built-in ones and the user's. */
struct op_set {
    const kiln_op *const *at;
    size_t n;
};

/* The operation with this name, or NULL. */
const kiln_op *op_set_find(const struct op_set *ops, const char *name, size_t n);

struct child;
struct type;
struct type_maker;

/* A place in a workflow that runs another one (scenario 1.7.6). */
struct embed {
    const struct node *at; /* where the other workflow is named */
    const char *step;      /* the id of the step */
    const char *id;        /* of the other workflow */
    long long version;     /* 0: the latest; -1: what is written is none */
    struct child *child;   /* set between parse and check; NULL when there is none */
    struct embed *next;
};

/* What a dialect may use and must fill. */
struct unit {
    struct arena *arena;
    struct diags *diags;
    const struct source *source;
    const struct op_set *ops;
    const char *graph; /* --graph: which one of a bundle, or NULL */
    int legacy;        /* doubts are warnings, and what is not there fails when it is reached */
    int track;         /* steps report what they do */
    void *model;       /* set by parse; the dialect's own */
    struct embed *embeds, *last_embed; /* added by parse: unit_embed */
    const struct node *input_schema;   /* set by parse: the input's fields, or NULL */
    const char *flow_name;             /* what lower calls the document's first flow */
    struct plan *plan;      /* set by lower, unless the document is embedded: then it adds to it */
    struct plan_flow *flow; /* set by lower: the first flow; its parameter 0 is the input, what
                               follows is between embedder and embedded of one dialect */
};

/* A workflow that others embed: a document of any dialect, lowered once, to flows of the one plan.
 */
struct child {
    const char *id;
    long long version; /* 0: it has none */
    struct source source;
    const struct dialect *dialect; /* NULL when it cannot be read */
    struct unit unit;
    unsigned height; /* how deep the nesting goes below it; 0 while it is not known */
    int is_open;     /* being looked at: whoever meets it now goes in a circle */
    const struct type *input, *result; /* what it takes and gives; NULL while nobody has asked */
    struct child *next;
};

struct dialect {
    const char *name;
    const char *sentence;
    /* Looks like this dialect: 0 no, more is surer. */
    int (*recognise)(const struct node *root);
    /* JSON -> model. Complaints about shape and types go to diags. */
    void (*parse)(struct unit *u);
    /* Every complaint about meaning. Runs only when parse made no error. */
    void (*check)(struct unit *u);
    /* model -> plan, between unit_begin and plan_link. Runs only when check made no error; may
     * still refuse with K100. */
    void (*lower)(struct unit *u);
    /* The model as text, for `emit --stage model`: stable JSON. */
    void (*print)(const struct unit *u, struct text *out);
    /* The dialect's own pictures, NULL to use the plan's. */
    void (*mermaid)(const struct unit *u, struct text *out);
    void (*graph_json)(const struct unit *u, struct text *out);
    /* What a document takes and gives, as far as it says (scenario 2.7); both from the model alone,
     * which need not have been checked. NULL: the embedding dialect itself looks. */
    const struct type *(*input)(const struct unit *u, struct type_maker *m);
    const struct type *(*result)(const struct unit *u, struct type_maker *m);
    /* The JSON Schema of its documents, or NULL. */
    void (*schema)(struct text *out);
};

extern const struct dialect dialect_scenario, dialect_operonx, dialect_pregel;

/* All dialects, NULL-terminated. */
extern const struct dialect *const dialects[];

/* Notes that a step runs the workflow named at `id`, a string; `version` as in struct embed. In the
 * unit's arena. */
struct embed *unit_embed(struct unit *u, const char *step, const struct node *id,
                         long long version);
/* The plan a document is lowered into: a new one with this name and these flags (enum
 * kiln_program_flags), or that of the workflow that embeds it. */
struct plan *unit_begin(struct unit *u, const char *name, const char *dialect, unsigned flags);
/* The first flow of a child in the plan; the first who asks has it lowered. */
struct plan_flow *child_flow(struct child *c, struct plan *plan);

/* The dialect of this name, or NULL with D003. */
const struct dialect *dialects_find(const char *name, struct diags *diags);
/* The dialect of a document, or NULL with a complaint (D001 not an object, D002 none fits). */
const struct dialect *dialects_choose(const struct node *root, const char *forced,
                                      struct diags *diags);

#endif
