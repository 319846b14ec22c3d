/* scenario_functions.h: makers of records for the calls of inner functions. */
#ifndef CONFORMANCE_SCENARIO_FUNCTIONS_H
#define CONFORMANCE_SCENARIO_FUNCTIONS_H

#include "scenario.h"

/* Makes a record of what a call of a function says; values live in the heap. */
typedef kiln_value make_record(kiln_heap *h, const kiln_value *args, const kiln_value *expect);

struct function {
    const char *name;
    make_record *make;
};

/* Those about paths and steps, and those about loops, in the files of these names. */
extern const struct function function_steps[], function_loops[];
extern const size_t function_n_steps, function_n_loops;

/* {kind, arg, source, expect} and {ok: v}. */
kiln_value function_record(kiln_heap *h, const char *kind, kiln_value arg, kiln_value source,
                           kiln_value expect);
kiln_value function_ok(kiln_heap *h, kiln_value v);
/* A record of kind "step": what `path` is behind it. */
kiln_value function_show(kiln_heap *h, kiln_value step, kiln_value source, const char *path,
                         kiln_value expect);
/* A condition of two arguments. */
kiln_value function_test(kiln_heap *h, const char *op, kiln_value a, kiln_value b);

#endif
