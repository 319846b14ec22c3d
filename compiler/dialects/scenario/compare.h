/* compare.h: what is known about a condition before it is evaluated (scenario 1.9, 2.7). */
#ifndef SCENARIO_COMPARE_H
#define SCENARIO_COMPARE_H

#include "dialects/scenario/types.h"

enum verdict { VERDICT_OPEN, VERDICT_NEVER, VERDICT_ALWAYS };

/* Whether an operator can hold for two values of these types; `b` is NULL when it takes one.
 * *ret_why is why not, for a complaint: "looks in arrays". */
enum verdict compare_types(enum operator op, const struct type *a, const struct type *b,
                           const char **ret_why);

#endif
