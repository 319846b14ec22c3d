/* conformance.h: running recorded cases through the compiler and counting what holds.
 *
 * build/tests/conformance [--backend cc|tcc] PATH... Each dialect has one file that knows its
 * record formats; main.c knows the rest: compiling, running, comparing, reporting.
 */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include "compile.h"
#include "kiln.h"
#include "value.h"

enum verdict { CASE_PASSED, CASE_FAILED, CASE_UNSUPPORTED };

/* One session of the runner. */
struct conformance {
    int use_cc;               /* --backend cc: shared objects by the C compiler, else libtcc */
    const struct op_set *ops; /* the built-in operations */
    unsigned counts[3][3];    /* [dialect][verdict] */
    int quiet;                /* print no line for unsupported cases */
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

/* Runs a program once on an input value; the run must be freed by the caller. Virtual clock: sleeps
 * take no time. NULL with *ret_why when it could not start. */
kiln_run *conformance_run(const struct conformance_program *p, const kiln_value *input,
                          const kiln_options *options, const char **ret_why);

/* Reads a JSON file into `h`. 0, or -1 with a line on standard error. */
int conformance_read(kiln_heap *h, const char *path, kiln_value *ret);
/* Compact JSON of a value, in the heap's arena. */
const char *conformance_text(kiln_heap *h, const kiln_value *v);

/* Each takes the files it knows at or below `path` and returns how many cases it saw. */
unsigned conformance_scenario(struct conformance *c, const char *path);
unsigned conformance_operonx(struct conformance *c, const char *path);
unsigned conformance_pregel(struct conformance *c, const char *path);

/* Calls `each` for every regular file at or below `path`, in sorted order. */
void conformance_walk(const char *path, void (*each)(void *ctx, const char *file), void *ctx);

#endif
