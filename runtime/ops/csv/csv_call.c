/* csv_call.c: options checked, and the way of the data: a piece of bytes, in UTF-8, to the reader.
 */
#include "ops/csv/csv_call.h"

#include "base/utf8.h"
#include "ops/bytes.h"
#include "ops/input.h"
#include "value.h"

/* A field that is one character of ASCII, and not the end of a line. */
static int input_character(kiln_call *call, const char *name, const char *field,
                           const char *otherwise, char *ret)
{
    kiln_value v;

    if (input_text_or(call, name, field, otherwise, &v) < 0)
        return -1;
    if (v.n != 1 || (unsigned char)*v.u.s >= 0x80 || *v.u.s == '\n' || *v.u.s == '\r')
        return input_fail(call, "INPUT_DESERIALIZATION_ERROR",
                          "Invalid input for %s: `%s` must be one ASCII character, and no end of "
                          "a line",
                          name, field);
    *ret = *v.u.s;
    return 0;
}

static int input_rules(kiln_call *call, const char *name, struct csv_rules *ret)
{
    char escape;

    if (input_character(call, name, "delimiter", ",", &ret->delimiter) < 0
        || input_character(call, name, "quote_char", "\"", &ret->quote) < 0)
        return -1;
    ret->escape = -1;
    if (!input_is_missing(call, "escape_char")) {
        if (input_character(call, name, "escape_char", "", &escape) < 0)
            return -1;
        ret->escape = (unsigned char)escape;
    }
    if (ret->delimiter == ret->quote || ret->delimiter == ret->escape)
        return input_fail(call, "INPUT_DESERIALIZATION_ERROR",
                          "Invalid input for %s: the delimiter must be another character than the "
                          "quote and the escape",
                          name);
    return 0;
}

int csv_call_options(kiln_call *call, const char *name, struct csv_options *ret)
{
    if (input_rules(call, name, &ret->rules) < 0
        || charset_input(call, name, "encoding", "UTF-8", &ret->charset) < 0
        || input_flag_or(call, name, "use_header", 1, &ret->use_header) < 0
        || input_flag_or(call, name, "skip_empty_lines", 1, &ret->skip_empty_lines) < 0
        || input_flag_or(call, name, "trim_whitespace", 0, &ret->trim_whitespace) < 0)
        return -1;
    return 0;
}

kiln_value csv_call_field(const struct csv_record *record, size_t i, int trimmed)
{
    size_t start = i ? record->ends[i - 1] : 0, n = record->ends[i] - start;
    const char *s = record->bytes + start;

    if (trimmed)
        utf8_trim(&s, &n);
    return (kiln_value){ .tag = KILN_STRING, .n = (unsigned)n, .u.s = s };
}

/* ---- reading ----------------------------------------------------------------------------------
 */

/* What stands between the reader and the operation's own `take`. */
struct reading {
    kiln_call *call;
    const char *doing;
    csv_take *take;
    void *ctx;
    size_t columns; /* of the first record */
};

static int take_equal(void *ctx, const struct csv_record *record)
{
    struct reading *r = ctx;

    if (!record->number)
        r->columns = record->n;
    if (record->n == r->columns)
        return r->take(r->ctx, record);
    input_fail(r->call, "CSV_PARSE_ERROR",
               "%s: CSV error: record %zu (line: %zu, byte: %zu): found record with %zu fields, "
               "but the previous record has %zu fields",
               r->doing, record->number, record->line, record->byte, record->n, r->columns);
    return CSV_FAILED;
}

static int open_data(kiln_call *call, const char *name, struct bytes_stream *ret)
{
    const char *why;
    kiln_value data;

    if (input_any(call, name, "data", &data) < 0)
        return -1;
    why = bytes_open(ret, &data, 1);
    if (why && data.tag == KILN_OBJECT && value_member(&data, "content").tag == KILN_STRING)
        return input_fail(call, "CSV_DECODE_ERROR", "Failed to decode base64 content: %s", why);
    if (why)
        return input_fail(call, "INPUT_DESERIALIZATION_ERROR", "Invalid input for %s: %s", name,
                          why);
    return 0;
}

/* The encoding, guessed from the beginning of the data when none is named. */
static const struct charset *choose_charset(const struct csv_options *options,
                                            struct bytes_stream b)
{
    const struct charset *guess;
    struct text t = { 0 };

    if (options->charset)
        return options->charset;
    while (bytes_next(&b, &t))
        ;
    guess = charset_guess(text_cstr(&t), t.n);
    text_fini(&t);
    return guess;
}

/* Feeds the reader with all pieces. 0, -1 when memory is out, or what the reader stopped with. */
static int feed(struct csv_reader *reader, struct bytes_stream *b, struct charset_reader *decoder)
{
    struct text bytes = { 0 }, text = { 0 };
    size_t skip;
    int more, stop = 0, first = 1;

    do {
        text_clear(&bytes);
        text_clear(&text);
        more = bytes_next(b, &bytes);
        skip = first ? charset_mark(decoder->charset, text_cstr(&bytes), bytes.n) : 0;
        charset_read(decoder, &text, text_cstr(&bytes) + skip, bytes.n - skip, !more);
        stop = bytes.failed || text.failed ? -1 : csv_reader_feed(reader, text_cstr(&text), text.n);
        first = 0;
    } while (more && !stop);
    text_fini(&bytes);
    text_fini(&text);
    return stop ? stop : csv_reader_end(reader);
}

int csv_call_read(kiln_call *call, const char *name, const struct csv_options *options,
                  const char *doing, csv_take *take, void *ctx)
{
    struct reading reading = { .call = call, .doing = doing, .take = take, .ctx = ctx };
    struct csv_reader reader;
    struct charset_reader decoder;
    struct bytes_stream data;
    int stop;

    if (open_data(call, name, &data) < 0)
        return -1;
    if (charset_open(&decoder, choose_charset(options, data)) < 0)
        return input_fail(call, "CSV_ENCODING_ERROR", "The system cannot convert %s",
                          charset_name(decoder.charset));
    csv_reader_init(&reader, &options->rules, take_equal, &reading);
    stop = feed(&reader, &data, &decoder);
    csv_reader_fini(&reader);
    charset_close(&decoder);
    if (stop == -1)
        return kiln_fail(call, "out of memory");
    return stop == CSV_FAILED ? -1 : 0;
}
