/* calls.h: calling one operation with an input, as a step would. */
#ifndef CALLS_H
#define CALLS_H

#include "kiln_op.h"

/* The test fails unless the operation gives this output, or "! " and this error, for the input;
 * ' stands for " in all three. */
void calls_expect(const kiln_op *op, const char *input, const char *output);
/* The test fails unless the operation gives an answer of any kind, or the input is no JSON. */
void calls_survive(const kiln_op *op, const char *input);

#endif
