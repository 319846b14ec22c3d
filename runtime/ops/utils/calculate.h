/* calculate.h: the body of utils.calculate (scenario 4.3). */
#ifndef KILN_OPS_UTILS_CALCULATE_H
#define KILN_OPS_UTILS_CALCULATE_H

#include "kiln_op.h"

/* Reads the call's input, gives the result or fails the call. 0 or -1. */
int calculate_run(kiln_call *call);

#endif
