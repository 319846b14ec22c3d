/* pregel.h: what the pregel functions share: errors in the words people know from Python. */
#ifndef KILN_FUNCTIONS_PREGEL_H
#define KILN_FUNCTIONS_PREGEL_H

#include "fault.h"
#include "functions/functions.h"

/* "int", "str", "list", "dict", "float", "bool", "NoneType". */
const char *pregel_type(const kiln_value *v);
/* The value as Python prints it: a string bare, or quoted when inside something or `quoted`. */
void pregel_print(struct text *t, const kiln_value *v, int quoted);
/* TypeError: unsupported operand type(s) for <sign>: 'a' and 'b'. Returns -1. */
int pregel_no_operator(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b);
/* A number, or a truth, which counts as one. */
int pregel_is_number(const kiln_value *v);
/* Compares two numbers, two strings, or two lists of such: *ret < 0, 0, > 0; 2 when a NaN is among
 * them. 0, or -1 with a TypeError about `sign`. */
int pregel_compare(kiln_heap *h, const char *sign, const kiln_value *a, const kiln_value *b,
                   int *ret);
/* Equal by value: 1 and 1.0 and true are. */
int pregel_equal(const kiln_value *a, const kiln_value *b);
/* Two strings end to end. 0 or -1. */
int pregel_join_text(kiln_heap *h, kiln_value *ret, const kiln_value *a, const char *between,
                     const kiln_value *b);
/* A string or a list `times` times over; none when it is below 1. 0 or -1. */
int pregel_repeat(kiln_heap *h, kiln_value *ret, const kiln_value *what, long long times);

#endif
