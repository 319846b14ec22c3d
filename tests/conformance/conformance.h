/* conformance.h: running recorded cases through the compiler and counting what holds.
 *
 * build/tests/conformance [--backend cc|tcc] PATH... Each dialect has one file that knows its
 * record formats and is shown every file; main.c walks and reports, harness.c compiles and runs.
 * Nothing is passed over in silence: a file that nobody knows is told.
 */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include "compile.h"
#include "io.h"
#include "kiln.h"
#include "value.h"

enum verdict { CASE_PASSED, CASE_FAILED, CASE_UNSUPPORTED };

/* A world whose clock moves only when somebody sleeps. Milliseconds since 1970. */
struct conformance_world {
    struct kiln_io io;
    long long began, now;
};

/* One session of the runner. */
struct conformance {
    int use_cc;               /* --backend cc: shared objects by the C compiler, else libtcc */
    const struct op_set *ops; /* the built-in operations */
    unsigned counts[3][3];    /* [dialect][verdict] */
    struct conformance_world world; /* of the last run */
    int quiet;                      /* print no line for unsupported cases and unknown files */
    int by_file;                    /* print a line a file: what came of its cases */
};

enum { CONFORMANCE_SCENARIO, CONFORMANCE_OPERONX, CONFORMANCE_PREGEL };

/* Counts a case. A failed one prints `FAILED <name>: expected ..., got ...`, an unsupported one
 * `unsupported <name>: <why>` (in `got`). */
void conformance_count(struct conformance *c, int dialect, enum verdict verdict, const char *name,
                       const char *expected, const char *got);

/* A compiled workflow living in this process. */
struct conformance_program {
    const kiln_program *program; /* NULL when it was refused */
    struct compilation compilation;
    struct build_jit *jit;
    int unsupported;       /* refused with K100 only */
    const char *complaint; /* the first error, "CODE sentence", or NULL */
};

/* Compiles a workflow from text. `ops` NULL: the session's. Always fill *ret; call
 * conformance_program_fini after. */
void conformance_compile(struct conformance *c, const char *name, const char *text, size_t n,
                         const struct op_set *ops, const struct compile_options *options,
                         struct conformance_program *ret);
void conformance_program_fini(struct conformance_program *p);

/* Runs a program once on an input value, in c->world, which begins anew. The run must be freed by
 * the caller. A run that broke off (its input was refused, say) is KILN_RUNNING, and kiln_run_error
 * says why. NULL when the program does not fit the runtime. */
kiln_run *conformance_run(struct conformance *c, const struct conformance_program *p,
                          const kiln_value *input, const kiln_options *options);

/* Reads a JSON file into `h`. 0, or -1 with a line on standard error. */
int conformance_read(kiln_heap *h, const char *path, kiln_value *ret);
/* Compact JSON of a value, in the heap's arena. */
const char *conformance_text(kiln_heap *h, const kiln_value *v);

/* Each takes one file and answers whether it knows it: as cases, which it has then counted, or as a
 * part of a case that another file names. */
int conformance_scenario(struct conformance *c, const char *file);
int conformance_operonx(struct conformance *c, const char *file);
int conformance_pregel(struct conformance *c, const char *file);

/* Whether a path ends like this. */
int conformance_ends(const char *path, const char *tail);
/* Calls `each` for every regular file at or below `path`, in sorted order. */
void conformance_walk(const char *path, void (*each)(void *ctx, const char *file), void *ctx);

#endif
