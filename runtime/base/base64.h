/* base64.h: bytes as text of 64 letters (RFC 4648, the standard alphabet, with padding). */
#ifndef KILN_BASE64_H
#define KILN_BASE64_H

#include <stddef.h>

#include "base/text.h"

/* Appends the bytes that s[0..n) stands for. Strict: no blanks, padding where it belongs, no bits
 * left over. 0, or -1 with `t` as it was when the text is anything else. */
int base64_read(struct text *t, const char *s, size_t n);
/* Appends the letters for the bytes. */
void base64_write(struct text *t, const void *bytes, size_t n);

#endif
