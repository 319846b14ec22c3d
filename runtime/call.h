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
    const kiln_value *input;  /* an object, or absent; in the frame */
    kiln_value whole;         /* given by kiln_out_value, or absent */
    kiln_value *pairs;        /* given by kiln_out: key, value, key, value... */
    unsigned n, cap;          /* pairs */
    kiln_value scratch;       /* members of the scratch space it has set, or absent */
    kiln_value error;         /* given by kiln_fail, or absent */
    kiln_value connection;    /* the connection it has asked for, or absent */
    unsigned long long later; /* milliseconds until the result is there */
};

/* A call of the operation of `step`, with nothing given yet. (Field by field: most of it needs no
 * value.) */
static inline void call_begin(struct kiln_call *call, struct frame *f, unsigned step)
{
    call->run = f->run;
    call->op = f->flow->steps[step].kind->op;
    call->frame = f;
    call->step = step;
    call->input = &f->head.out;
    call->n = call->cap = 0;
    call->later = 0;
    call->whole.tag = call->scratch.tag = call->error.tag = call->connection.tag = KILN_ABSENT;
}

#endif
