/* verbs.h: what the verbs of kiln share: one command line being carried out. */
#ifndef VERBS_H
#define VERBS_H

#include "compile.h"
#include "exit.h"
#include "options.h"

struct request {
    const char *name; /* "kiln", as the user called it */
    const char *verb;
    const struct option *table;
    struct options options;
    struct option_list words; /* what is not an option: files, names, ids */
    struct op_set ops;        /* the built-in operations and the user's */
    struct child_set children;
    struct build_ops *user; /* the user's, loaded; or NULL */
    struct arena arena;
};

/* The verbs. Each returns an exit code (exit.h). */
int verb_check(struct request *r);
int verb_build(struct request *r);
/* run, resume, list, show and describe: compiled here and handed to the program's own command. */
int verb_program(struct request *r);
/* A simulated world: another clock, another disk. */
int verb_test(struct request *r);
int verb_emit(struct request *r);
int verb_ops(struct request *r);
int verb_deps(struct request *r);
int verb_effects(struct request *r);
int verb_diff(struct request *r);
int verb_store(struct request *r);

/* program.c: a compiled workflow as a program in this process, by the back end that was asked for;
 * `ops` stand for the operations of the request, in their order. KILN_EXIT_OK, or the code after
 * the complaints were printed. */
int program_load(struct request *r, struct compilation *c, const kiln_op *const *ops,
                 struct build_jit **ret, const kiln_program **ret_program);

/* uses.c: the operations of a compiled workflow, each once, in the compilation's arena. */
const struct build_use *request_uses(struct request *r, struct compilation *c, unsigned *ret_n);

/* ops.c: "pure", "idempotent" or "effectful"; a string as JSON, with what goes before it. */
const char *verb_effect(const kiln_op *op);
void verb_put_string(struct text *t, const char *before, const char *s);

/* ---- request.c ---- */

/* Says "kiln: sentence" on stderr and returns `code`. */
int request_complain(const struct request *r, enum kiln_exit code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Loads the operations of --ops beside the built-in ones. KILN_EXIT_OK, or the code after the
 * complaints were printed. */
int request_load_ops(struct request *r);
/* Gathers what --child and --child-dir offer. KILN_EXIT_OK, or the code after a complaint. */
int request_find_children(struct request *r);
/* Compiles a workflow up to a stage; its complaints are in c->diags. 0 or -1. */
int request_compile(struct request *r, struct compilation *c, const char *path, enum stage until);
/* The one workflow a verb takes, compiled, complaints printed. KILN_EXIT_OK or the code; call
 * compile_fini in both cases. */
int request_compile_one(struct request *r, struct compilation *c, enum stage until);
/* Prints complaints as text on stderr. KILN_EXIT_OK, or KILN_EXIT_FAILED when one is an error. */
int request_report(const struct request *r, const struct diags *d);
/* True when text on stderr should be coloured. */
int request_has_colour(const struct request *r);
/* Writes a result to stdout. KILN_EXIT_OK or KILN_EXIT_BROKEN. */
int request_put(const struct request *r, const struct text *t);
void request_fini(struct request *r);

#endif
