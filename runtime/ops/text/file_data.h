/* file_data.h: the bytes that text.from-base64 and its neighbours take, and how they refuse.
 *
 * ops/bytes.h reads the same three forms; here each thing that may be wrong with them has a code
 * and attributes of its own, as the reference has it for these operations (scenario 4.5). */
#ifndef KILN_OPS_TEXT_FILE_DATA_H
#define KILN_OPS_TEXT_FILE_DATA_H

#include "base/text.h"
#include "kiln_op.h"

/* Who refuses: from-base64 with FILE_ codes, to-base64 with TEXT_ codes. */
enum file_data_words { FILE_WORDS, TEXT_WORDS };

/* Appends the bytes of an array of numbers. 0, or -1 when the call has been failed. */
int file_data_read_array(kiln_call *call, enum file_data_words words, const kiln_value *v,
                         struct text *t);
/* Appends the bytes that a text, an array or a file {content} stands for. 0 or -1. */
int file_data_read(kiln_call *call, const kiln_value *v, struct text *t);
/* Refuses what is no text, array or file. Returns -1. */
int file_data_refuse(kiln_call *call, enum file_data_words words, const kiln_value *v);

#endif
