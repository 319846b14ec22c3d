/* cases.h: capitals and small letters of every script, at the price of a library
 * (KILN_NEEDS("utf8proc")); templates, which are in many programs, do with base/letter.h. */
#ifndef KILN_OPS_TEXT_CASES_H
#define KILN_OPS_TEXT_CASES_H

#include "base/text.h"

/* Appends n bytes of UTF-8 in small letters; a sigma that ends a word is the final one. */
void cases_put_lower(struct text *t, const char *s, size_t n);
/* Appends them in capitals; a letter may become several ("ß" is "SS"). */
void cases_put_upper(struct text *t, const char *s, size_t n);

#endif
