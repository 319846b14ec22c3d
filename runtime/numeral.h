/* numeral.h: numbers as people write them in text, read strictly.
 *
 * The whole text must be the number: no blanks, no remainder. This is what a string is worth where
 * a number is wanted (scenario 1.6.4, 1.9, 4).
 */
#ifndef KILN_NUMERAL_H
#define KILN_NUMERAL_H

#include <stddef.h>

/* Reads a double: sign, digits with or without a point, exponent, "inf", "infinity" or "nan" in
 * any case. 0, or -1 when the text is anything else. */
int numeral_double(const char *s, size_t n, double *ret);
/* Reads a signed 64-bit integer: sign and digits. 0, or -1 (out of range too). */
int numeral_integer(const char *s, size_t n, long long *ret);

#endif
