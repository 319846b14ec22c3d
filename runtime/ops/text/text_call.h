/* text_call.h: what calls of the `text` operations have in common: the text they take, and giving
 * text or a list of texts back. Each returns 0, or -1 when the call has been failed. */
#ifndef KILN_OPS_TEXT_CALL_H
#define KILN_OPS_TEXT_CALL_H

#include "base/text.h"
#include "kiln_op.h"

/* The field `text`; missing or null is "". */
int text_call_input(kiln_call *call, const char *name, kiln_value *ret);
/* A count of at least 0 that may be left out. */
int text_call_count(kiln_call *call, const char *name, const char *field,
                    unsigned long long otherwise, unsigned long long *ret);
/* Puts a part of a text behind a list. */
int text_call_push(kiln_call *call, kiln_value *list, const char *s, size_t n);
/* Gives the text as the result and frees it. */
int text_call_give(kiln_call *call, struct text *t);

/* The text s[from..to) as a value that borrows the bytes. */
kiln_value text_call_part(const kiln_value *text, size_t from, size_t to);
/* Where `part` stands in text[from..): text->n when it does not. */
size_t text_call_find(const kiln_value *text, size_t from, const kiln_value *part);

#endif
