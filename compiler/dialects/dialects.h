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

/* What a dialect may use and must fill. */
struct unit {
    struct arena *arena;
    struct diags *diags;
    const struct source *source;
    const struct op_set *ops;
    const char *graph; /* --graph: which one of a bundle, or NULL */
    int strict;        /* warnings are errors */
    int lenient;       /* errors of constructs that are only doubtful are warnings */
    void *model;       /* set by parse; the dialect's own */
    struct plan *plan; /* set by lower */
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
    /* model -> plan. Runs only when check made no error; may still refuse with K100. */
    void (*lower)(struct unit *u);
    /* The model as text, for `emit --stage model`: stable JSON. */
    void (*print)(const struct unit *u, struct text *out);
    /* The dialect's own pictures, NULL to use the plan's. */
    void (*mermaid)(const struct unit *u, struct text *out);
    void (*graph_json)(const struct unit *u, struct text *out);
};

extern const struct dialect dialect_scenario, dialect_operonx, dialect_pregel;

/* All dialects, NULL-terminated. */
extern const struct dialect *const dialects[];

/* The dialect of a document, or NULL with a complaint (D001 not an object, D002 none fits). */
const struct dialect *dialects_choose(const struct node *root, const char *forced,
                                      struct diags *diags);

#endif
