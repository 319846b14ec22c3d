/* number.h: decimal text <-> double, exactly, without locale. */
#ifndef KILN_NUMBER_H
#define KILN_NUMBER_H

#include <stddef.h>

enum { NUMBER_SIZE = 32 };

/* Writes the shortest decimal that reads back as `d` (finite), always with a fraction or an
 * exponent: plain notation for 1e-5 <= |d| < 1e16 ("5.0", "0.00001"), else like "1e+16", "1.5e-6"
 * (scenario 1.5). Returns the length; no NUL. */
size_t number_write(double d, char buf[NUMBER_SIZE]);
/* Reads the JSON number at text[0..n): the nearest double. The caller has checked the syntax. */
double number_read(const char *text, size_t n);

#endif
