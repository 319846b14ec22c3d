/* letter.h: capitals and small letters of the alphabets that have them, without locale or library:
 * Latin, Greek, Cyrillic, Armenian. */
#ifndef KILN_LETTER_H
#define KILN_LETTER_H

#include <stddef.h>

#include "base/text.h"

/* The other form of one character; any other character itself. */
unsigned letter_upper(unsigned c);
unsigned letter_lower(unsigned c);
/* The code point of the character at `s`, whose length utf8_length told. */
unsigned letter_at(const char *s, size_t length);
/* Appends n bytes of UTF-8 in capitals (a sharp s becomes SS) or in small letters. */
void letter_put_upper(struct text *t, const char *s, size_t n);
void letter_put_lower(struct text *t, const char *s, size_t n);

#endif
