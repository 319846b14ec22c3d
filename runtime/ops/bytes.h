/* bytes.h: inputs and outputs that are bytes (scenario 4.2).
 *
 * A workflow writes bytes in one of three ways: an array of numbers 0-255, a file {content: base64,
 * filename?, mimeType?}, or text, which is base64 - or, where an operation is lenient, the bytes
 * themselves when it is no base64.
 */
#ifndef KILN_OPS_BYTES_H
#define KILN_OPS_BYTES_H

#include "base/text.h"
#include "kiln_op.h"

/* The bytes that a value stands for, piece by piece, so that they need not be held beside it. */
struct bytes_stream {
    kiln_value v; /* an array, or text */
    int is_base64;
    unsigned at;
};

/* Begins at the first byte. NULL, or the sentence that says why the value stands for none (static
 * text). */
const char *bytes_open(struct bytes_stream *b, const kiln_value *v, int lenient);
/* Appends the next bytes, some ten thousand; 0 when there are no more. */
int bytes_next(struct bytes_stream *b, struct text *t);

/* Appends all bytes that a value stands for. NULL, or the sentence that says why it stands for
 * none (static text); `t` may then hold a part of them. */
const char *bytes_read(struct text *t, const kiln_value *v, int lenient);

/* A file value of these bytes; `name` and `type` may be absent values. 0 or -1. */
int bytes_file(kiln_heap *h, kiln_value *ret, const struct text *t, kiln_value name,
               kiln_value type);

#endif
