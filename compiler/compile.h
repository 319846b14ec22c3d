/* compile.h: the pipeline, from a workflow file to C text.
 *
 *     struct compilation c;
 *     struct compile_options options = { .until = STAGE_C };
 *
 *     if (compile_file(&c, "order.json", &ops, &options) == 0)
 *         fputs(text_cstr(&c.c), stdout);
 *     diag_print(&c.diags, stderr, DIAG_TEXT, 0);
 *     compile_fini(&c);
 */
#ifndef COMPILE_H
#define COMPILE_H

#include "build/build.h"
#include "children.h"
#include "dialects/dialects.h"

/* How far to go. */
enum stage { STAGE_MODEL, STAGE_CHECK, STAGE_PLAN, STAGE_C };

struct compile_options {
    enum stage until;
    const char *dialect;              /* --dialect, or NULL to recognise it */
    const char *graph;                /* --graph, or NULL */
    const struct child_set *children; /* the workflows it may embed; NULL: not known, so none is
                                         missed before lowering */
    const char *id;         /* what children call this workflow by (children_check), or NULL */
    const char *dump_after; /* a stage or pass whose text goes to stderr, or NULL */
    int time;               /* print what each stage took */
    int legacy;             /* doubts are warnings (scenario 2.6) */
    int verify;             /* the plan between passes */
    int track;              /* the steps of the program report what they do */
};

/* One compilation and what it left at each stage; all of it lives in `arena`. */
struct compilation {
    struct arena arena;
    struct diags diags;
    struct source source;
    const struct dialect *dialect;
    struct unit unit;
    struct child *children; /* those it needs, each once */
    struct plan *plan;
    struct text c;
    const char *symbol;
};

/* Compiles a file up to a stage. 0, or -1 with complaints in c->diags. Call compile_fini after. */
int compile_file(struct compilation *c, const char *path, const struct op_set *ops,
                 const struct compile_options *options);
/* The same from memory. */
int compile_text(struct compilation *c, const char *path, const char *text, size_t n,
                 const struct op_set *ops, const struct compile_options *options);
void compile_fini(struct compilation *c);

/* What dump_after may name: "parse", "lower", every pass, "passes", "emit". NULL-terminated; the
 * caller frees the array, not the names. */
const char **compile_dump_names(size_t *ret_n);

/* The built-in operations: every KILN_OP in runtime/ops, listed by the makefile. */
extern const kiln_op *const compile_builtin_ops[];
extern const size_t compile_n_builtin_ops;

#endif
