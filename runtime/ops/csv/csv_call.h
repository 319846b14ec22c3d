/* csv_call.h: the inputs the `csv` operations share (scenario 4.6). What returns an int returns 0,
 * or -1 when the call has been failed; `name` is the operation's as messages show it. */
#ifndef KILN_OPS_CSV_CALL_H
#define KILN_OPS_CSV_CALL_H

#include "kiln_op.h"
#include "ops/charset.h"
#include "ops/csv/csv_reader.h"

struct csv_options {
    struct csv_rules rules;
    const struct charset *charset; /* NULL: what the bytes look like */
    int use_header;
    int skip_empty_lines, trim_whitespace; /* reading only */
};

/* The fields every csv operation has. */
#define CSV_OPTIONS                                                                                \
    { "encoding", "string", "How text is written as bytes; auto: guess (UTF-8).", 0 }, CSV_RULES
#define CSV_RULES                                                                                  \
    { "delimiter", "string", "What stands between fields (,).", 0 },                               \
        { "quote_char", "string", "What stands around fields (\").", 0 },                          \
        { "escape_char", "string", "What stands before a quote in a field; none: another.", 0 },   \
    {                                                                                              \
        "use_header", "boolean", "The first record names the columns (true).", 0                   \
    }
/* What those that make rows have. */
#define CSV_BLANKS                                                                                 \
    { "skip_empty_lines", "boolean", "Leave out records of one blank field (true).", 0 },          \
    {                                                                                              \
        "trim_whitespace", "boolean", "Take blanks off around fields (false).", 0                  \
    }
#define CSV_DATA                                                                                   \
    {                                                                                              \
        "data", "any", "The text: base64 or as it is, an array of bytes, or a file.",              \
            KILN_REQUIRED                                                                          \
    }

int csv_call_options(kiln_call *call, const char *name, struct csv_options *ret);

/* What a csv_take of these operations returns to stop. */
enum { CSV_ENOUGH = 1, CSV_FAILED = 2 };

/* Reads the field `data` to its end, or until `take` has seen enough; CSV_FAILED says that it has
 * failed the call. Records that are not as long as the first fail the call, with `doing` in front:
 * "Failed to read data row". */
int csv_call_read(kiln_call *call, const char *name, const struct csv_options *options,
                  const char *doing, csv_take *take, void *ctx);

/* The i-th field of a record, borrowed, without the blanks around it when `trimmed`. */
kiln_value csv_call_field(const struct csv_record *record, size_t i, int trimmed);

#endif
