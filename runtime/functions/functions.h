/* functions.h: the pure functions a plan may call, a family a dialect.
 *
 * Each family is a list file of rows FN(name, symbol, arity, fails, sentence): the plan's table,
 * the names exported to libtcc and the prototypes below all come from it. arity -1 takes any
 * number.
 */
#ifndef KILN_FUNCTIONS_H
#define KILN_FUNCTIONS_H

#include "value.h"

#define KILN_FN_ARGS_1 const kiln_value *a
#define KILN_FN_ARGS_2 const kiln_value *a, const kiln_value *b
#define KILN_FN_ARGS_3 const kiln_value *a, const kiln_value *b, const kiln_value *c
#define KILN_FN_ARGS_N const kiln_value *argv, unsigned n

#define FN(name, symbol, arity, fails, sentence)                                                   \
    int symbol(kiln_heap *h, kiln_value *ret, KILN_FN_ARGS_##arity);
#include "functions/base.def"
#include "functions/operonx.def"
#include "functions/pregel.def"
#include "functions/scenario.def"
#include "functions/template.def"
#undef FN

#endif
