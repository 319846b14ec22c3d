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
#include "test/crash.h"
#include "value.h"

enum verdict { CASE_PASSED, CASE_FAILED, CASE_UNSUPPORTED };

/* A world whose clock moves only when somebody sleeps. Milliseconds since 1970. */
struct conformance_world {
    struct kiln_io io;
    long long began, now;
};

/* What is run is stopped everywhere as well: each program that leaves records, once. */
struct conformance_stops {
    struct crash_effort effort;
    unsigned one_in;               /* so many programs one is stopped; 1: all */
    LIST(unsigned long long) seen; /* the programs there were: their hashes */
    unsigned programs, tried, passed;
};

/* One session of the runner. */
struct conformance {
    int use_cc;                      /* --backend cc: shared objects by the C compiler, else libtcc;
                                        with stops only what is stopped */
    const struct op_set *ops;        /* the built-in operations */
    unsigned counts[3][3];           /* [dialect][verdict] */
    struct conformance_world world;  /* of the last run */
    int quiet;                       /* print no line for unsupported cases and unknown files */
    int by_file;                     /* print a line a file: what came of its cases */
    struct conformance_stops *stops; /* or NULL */
    const char *file;                /* under way */
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
    struct op_set ops;  /* it was compiled with */
    struct arena arena; /* of those that are its own */
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
/* Builds it once more, with other operations of the same names. 0 or -1. */
int conformance_build(int use_cc, struct conformance_program *p, const kiln_op *const *ops,
                      struct build_jit **ret, const kiln_program **ret_program);

/* How a program is run. */
struct conformance_case {
    const kiln_value *input;
    const kiln_value *answers; /* an array: what the run awaits is answered with them in their
                                  order, the last again and again; or NULL */
    kiln_options options;
};

/* Runs a program once, in c->world, which begins anew. The run must be freed by the caller. A run
 * that broke off (its input was refused, say) is KILN_RUNNING, and kiln_run_error says why. NULL
 * when the program does not fit the runtime. */
kiln_run *conformance_run(struct conformance *c, struct conformance_program *p,
                          const struct conformance_case *k);

/* stops.c: when the session is one with stops: runs it in simulated worlds, stopped at everything
 * that changes a disk, and counts what was survived; what was not is told. */
void conformance_stop(struct conformance *c, struct conformance_program *p,
                      const struct conformance_case *k);
/* The operations a session with stops compiles with: all touch the world, so each is a point to be
 * stopped at; else `ops` as they are. In the arena. */
struct op_set conformance_stops_ops(const struct conformance *c, const struct op_set *ops,
                                    struct arena *a);
/* The last line of a session with stops: whether all were survived. */
int conformance_print_stops(const struct conformance_stops *s);

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
