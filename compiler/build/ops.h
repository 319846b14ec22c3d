/* ops.h: the declarations of operations, checked (ops_check.c). */
#ifndef BUILD_OPS_H
#define BUILD_OPS_H

#include "diag.h"
#include "kiln_op.h"

/* Checks what KILN_OP left of one operation; says everything that is wrong with it (B022). 0, or -1
 * with complaints. */
int ops_check(const kiln_op *op, struct diags *d);

#endif
