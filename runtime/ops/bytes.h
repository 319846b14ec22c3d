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

/* Appends the bytes that a value stands for. NULL, or the sentence that says why it stands for
 * none (static text); `t` may then hold a part of them. */
const char *bytes_read(struct text *t, const kiln_value *v, int lenient);

/* A file value of these bytes; `name` and `type` may be absent values. 0 or -1. */
int bytes_file(kiln_heap *h, kiln_value *ret, const struct text *t, kiln_value name,
               kiln_value type);

#endif
