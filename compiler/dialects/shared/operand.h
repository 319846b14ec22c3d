/* operand.h: what operators do with kinds of values. The dialects that compute alike (operonx 5.2,
 * pregel 4.1) share the rows; each adds those of its own. */
#ifndef SHARED_OPERAND_H
#define SHARED_OPERAND_H

#include "dialects/shared/type.h"

/* Truths count as numbers in both dialects. */
enum { OPERAND_NUMERIC = TYPE_NUMBER | TYPE_BOOLEAN, OPERAND_WHOLE = TYPE_INTEGER | TYPE_BOOLEAN };

/* An operator takes any of `a` with any of `b`, and gives one of `result`. */
struct operand_rule {
    unsigned a, b, result;
};

/* Rows, up to one that is all zero: numbers alone; what can be added, ordered, or multiplied: a
 * string or a list too, by how often. */
extern const struct operand_rule operand_numbers[], operand_add[], operand_order[],
    operand_repeat[];

/* The kinds an operator may give for these operands; 0: it always fails. */
unsigned operand_result(const struct operand_rule *rules, const struct type *a,
                        const struct type *b);
/* Whether two values may be equal: numbers are by value, others of one kind alone. */
int operand_may_equal(const struct type *a, const struct type *b);
/* "a string and a number", null left out where it is not all. */
void operand_put(struct text *out, const struct type *a, const struct type *b);

#endif
