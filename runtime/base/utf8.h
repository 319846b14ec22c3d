/* utf8.h: is this UTF-8? Overlong forms, surrogates and anything above U+10FFFF are not. */
#ifndef KILN_UTF8_H
#define KILN_UTF8_H

#include <stddef.h>

/* The length of the character at s[0..n), n > 0, or 0 when it is malformed or cut off. */
size_t utf8_length(const char *s, size_t n);
/* The length of the longest prefix of s[0..n) that is UTF-8: n when all of it is. */
size_t utf8_prefix(const char *s, size_t n);
/* The length of the white-space character at s[0..n), n > 0, as Unicode has them, or 0. */
size_t utf8_space(const char *s, size_t n);
/* Makes a text shorter by the white space at both ends. */
void utf8_trim(const char **s, size_t *n);
/* Writes code point c (not a surrogate, at most 0x10FFFF) and returns its length. */
size_t utf8_write(unsigned c, char to[4]);

#endif
