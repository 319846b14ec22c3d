/* graphs.h: pregel graphs for tests: compiled from text, run through libtcc, and what they told.
 *
 * Texts use ' for " so that they read well in C.
 */
#ifndef GRAPHS_H
#define GRAPHS_H

#include "compile.h"
#include "kiln.h"

/* A graph, and the thread it runs on. */
struct graph {
    struct compilation compilation;
    struct build_jit *jit;
    const kiln_program *program; /* NULL: it was refused */
    kiln_run *run;
    struct text told;   /* every event of the last input, a line each: "tasks {...}" */
    struct text output; /* of the last input */
    struct text codes;  /* of the complaints: "P001 P010" */
    unsigned ids;       /* checkpoint ids taken so far */
};

/* Compiles a graph. Always call graph_fini. */
void graph_compile(struct graph *g, const char *text);
/* Gives it an input (JSON text) and drives it to its end; the output as JSON, kept until the next.
 */
const char *graph_run(struct graph *g, const char *input);
void graph_fini(struct graph *g);

#endif
