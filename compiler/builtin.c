/* builtin.c: the operations every compilation knows, listed in runtime/ops/operations.def. */
#include "compile.h"

#define OPERATION(symbol) extern const kiln_op kiln_op_##symbol;
#include "ops/operations.def"
#undef OPERATION

const kiln_op *const compile_builtin_ops[] = {
#define OPERATION(symbol) &kiln_op_##symbol,
#include "ops/operations.def"
#undef OPERATION
};

const size_t compile_n_builtin_ops = sizeof compile_builtin_ops / sizeof *compile_builtin_ops;
