/* float_text.h: a double as printf writes it. */
#ifndef KILN_FLOAT_TEXT_H
#define KILN_FLOAT_TEXT_H

#include "text.h"

/* The digits of `d`, which is not negative, as %e, %f or %g (or %E, %F, %G) writes them; a negative
 * precision is the usual six. Every digit is exact, ties go to the even one. */
void float_text_put(struct text *t, double d, char letter, int precision);

#endif
