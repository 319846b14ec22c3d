/* operonx.h: what the pure functions of the operonx dialect share.
 */
#ifndef KILN_FUNCTIONS_OPERONX_H
#define KILN_FUNCTIONS_OPERONX_H

#include "functions/functions.h"

/* Wide enough for every sum, difference and product of two INT or UINT values. */
__extension__ typedef __int128 operonx_wide;

/* The whole number an INT, UINT or BOOL stands for. 1, or 0 when it is something else. */
int operonx_whole(const kiln_value *v, operonx_wide *ret);
/* Equality as Python has it: numbers by value, true as 1. */
int operonx_equal(const kiln_value *a, const kiln_value *b);
/* The name of a value's type, as errors give it: 'str', 'number', 'NoneType'. */
const char *operonx_type(const kiln_value *v);

/* Leaves the function with an absent result. */
#define OPERONX_GIVE_UP(ret)                                                                       \
    do {                                                                                           \
        *(ret) = (kiln_value){ 0 };                                                                \
        return 0;                                                                                  \
    } while (0)

#endif
