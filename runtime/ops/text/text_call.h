/* text_call.h: what calls of the `text` operations have in common: the text they take, and giving
 * text or a list of texts back. Each returns 0, or -1 when the call has been failed. */
#ifndef KILN_OPS_TEXT_CALL_H
#define KILN_OPS_TEXT_CALL_H

#include "base/text.h"
#include "kiln_op.h"

/* Bytes of the longest text that is made: a replacement in every place multiplies two lengths. */
enum { TEXT_CALL_MOST = 256 << 20 };

/* The field `text`; missing or null is "". */
int text_call_input(kiln_call *call, const char *name, kiln_value *ret);
/* A count of at least 0 that may be left out. */
int text_call_count(kiln_call *call, const char *name, const char *field,
                    unsigned long long otherwise, unsigned long long *ret);
/* Puts a part of a text behind a list. */
int text_call_push(kiln_call *call, kiln_value *list, const char *s, size_t n);
/* True when a text being made is as long as one may be: whoever makes it stops then. */
int text_call_is_full(const struct text *t);
/* Gives the text as the result and frees it; one that is too long is refused. */
int text_call_give(kiln_call *call, struct text *t);

/* Refuses a text that is longer than TEXT_CALL_MOST. Returns -1. */
int text_call_refuse_length(kiln_call *call);

/* The text s[from..to) as a value that borrows the bytes. */
kiln_value text_call_part(const kiln_value *text, size_t from, size_t to);
/* Where `part` stands in text[from..): text->n when it does not. */
size_t text_call_find(const kiln_value *text, size_t from, const kiln_value *part);

#endif
