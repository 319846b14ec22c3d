/* call.h: one call of an operation, as the runtime sees it. */
#ifndef KILN_CALL_H
#define KILN_CALL_H

#include "run.h"

/* Lives on the stack of task_run; what it points at lives in the run's heap. */
struct kiln_call {
    kiln_run *run;
    const kiln_op *op;
    struct frame *frame;
    unsigned step;
    kiln_value input;   /* an object, or absent */
    kiln_value whole;   /* given by kiln_out_value, or absent */
    kiln_value *pairs;  /* given by kiln_out: key, value, key, value... */
    unsigned n, cap;    /* pairs */
    kiln_value scratch; /* members of the scratch space it has set, or absent */
    kiln_value error;   /* given by kiln_fail, or absent */
};

/* Calls the operation: 0 with *ret set, or -1 with call->error set. A required input that is not
 * there fails the call before the body runs. */
int call_run(struct kiln_call *call, kiln_value *ret);

#endif
