/* operonx_ops.h: the operations that recorded operonx cases call (their index describes them in
 * words), a set a case: the same name may mean different things in two cases.
 */
#ifndef OPERONX_OPS_H
#define OPERONX_OPS_H

#include <stddef.h>

#include "kiln_op.h"

enum { OPERONX_OPS_MOST = 128 };

/* An operation, and the part of a case's path it belongs to; NULL: to every case. */
struct operonx_case_op {
    const char *only;
    const kiln_op *op;
};

/* Ends with a NULL op. */
extern const struct operonx_case_op operonx_spec_ops[], operonx_example_ops[], operonx_stream_ops[];

/* The operations of a case, those of its own first. Returns how many. */
size_t operonx_ops_for(const char *path, const kiln_op *ret[OPERONX_OPS_MOST]);

/* What the operation `produce` answers from now on; borrowed. */
void operonx_ops_produce(const kiln_value *v);

#endif
