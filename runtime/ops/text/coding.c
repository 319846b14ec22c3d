/* coding.c: the `text` operations between text and bytes (scenario 4.5). */
#include <string.h>

#include "base/utf8.h"
#include "ops/bytes.h"
#include "ops/charset.h"
#include "ops/input.h"
#include "ops/text/file_data.h"
#include "ops/text/text_call.h"
#include "value.h"

#define DATA                                                                                       \
    {                                                                                              \
        "data", "any", "Base64 text, an array of bytes, or a file {content}.",                     \
            KILN_REQUIRED | KILN_NULLABLE                                                          \
    }
#define ENCODING                                                                                   \
    {                                                                                              \
        "encoding", "string", "A name of the WHATWG standard, or auto; UTF-8 when left out.", 0    \
    }

KILN_OP(text_as_byte_array, "text.as-byte-array", KILN_PURE, "The bytes of a text in UTF-8.",
        KILN_INPUTS({ "text", "string", "The text.", 0 },
                    { "encoding", "string", "UTF-8, and nothing else.", 0 }),
        KILN_OUTPUTS({ "bytes", "array of integer", "The bytes.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    kiln_heap *h = kiln_call_heap(call);
    const struct charset *c;
    kiln_value v, list;

    if (text_call_input(call, "as-byte-array", &v) < 0
        || charset_input(call, "as-byte-array", "encoding", "UTF-8", &c) < 0
        || kiln_array(h, &list, NULL, 0) < 0)
        return -1;
    if (c && strcmp(charset_name(c), "UTF-8") != 0)
        return input_fail(call, "TEXT_UNSUPPORTED_ENCODING", "Unsupported encoding: %s",
                          charset_name(c));
    for (unsigned i = 0; i < v.n; i++) {
        kiln_value one = kiln_int((unsigned char)v.u.s[i]);

        if (kiln_push(h, &list, &one) < 0)
            return -1;
    }
    return kiln_out_value(call, list);
}

/* ---- from-base64 --------------------------------------------------------------------------- */

static int give_decoded(kiln_call *call, const struct charset *c, const struct text *data)
{
    struct charset_reader r;
    struct text t = { 0 };
    size_t mark = charset_mark(c, text_cstr(data), data->n);

    if (charset_open(&r, c) < 0)
        return input_fail(call, "TEXT_UNSUPPORTED_ENCODING", "Unsupported encoding: %s",
                          charset_name(c));
    charset_read(&r, &t, text_cstr(data) + mark, data->n - mark, 1);
    charset_close(&r);
    return text_call_give(call, &t);
}

KILN_OP(text_from_base64, "text.from-base64", KILN_PURE, "The text that bytes are.",
        KILN_INPUTS(DATA, ENCODING), KILN_OUTPUTS({ "text", "string", "The text.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    const struct charset *c;
    struct text data = { 0 };
    kiln_value v;
    int failed;

    if (input_any(call, "from-base64", "data", &v) < 0
        || charset_input(call, "from-base64", "encoding", "UTF-8", &c) < 0)
        return -1;
    failed = file_data_read(call, &v, &data) < 0;
    if (!failed)
        failed = give_decoded(call, c ? c : charset_guess(text_cstr(&data), data.n), &data) < 0;
    text_fini(&data);
    return failed ? -1 : 0;
}

/* ---- to-base64 ----------------------------------------------------------------------------- */

/* A file as it came, under other names when there are some. */
static int give_file(kiln_call *call, const kiln_value *file, kiln_value name, kiln_value type)
{
    kiln_value made,
        pairs[6] = { value_static("content"),  value_member(file, "content"),
                     value_static("filename"), name.tag ? name : value_member(file, "filename"),
                     value_static("mimeType"), type.tag ? type : value_member(file, "mimeType") };

    for (int i = 3; i < 6; i += 2)
        if (pairs[i].tag == KILN_NULL)
            pairs[i].tag = KILN_ABSENT;
    if (kiln_object(kiln_call_heap(call), &made, pairs, 3) < 0)
        return -1;
    return kiln_out_value(call, made);
}

static int give_bytes(kiln_call *call, const struct text *t, kiln_value name, kiln_value type)
{
    kiln_value made;

    if (bytes_file(kiln_call_heap(call), &made, t, name, type) < 0)
        return kiln_fail(call, "out of memory");
    return kiln_out_value(call, made);
}

KILN_OP(text_to_base64, "text.to-base64", KILN_PURE, "A file with these bytes.",
        KILN_INPUTS({ "data", "any", "Text, an array of bytes, or a file {content}.",
                      KILN_REQUIRED | KILN_NULLABLE },
                    { "filename", "string", "The name of the file.", 0 },
                    { "mimeType", "string", "What it is.", 0 }),
        KILN_OUTPUTS({ "content", "string", "The bytes in base64.", 0 },
                     { "filename", "string", "The name, when there is one.", 0 },
                     { "mimeType", "string", "What it is, when that was said.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct text t = { 0 };
    kiln_value v, name, type;
    int failed = 0;

    if (input_any(call, "to-base64", "data", &v) < 0
        || input_optional_text(call, "to-base64", "filename", &name) < 0
        || input_optional_text(call, "to-base64", "mimeType", &type) < 0)
        return -1;
    if (v.tag == KILN_OBJECT && value_member(&v, "content").tag == KILN_STRING)
        return give_file(call, &v, name, type);
    if (v.tag == KILN_STRING)
        text_put(&t, v.u.s, v.n);
    else if (v.tag == KILN_ARRAY)
        failed = file_data_read_array(call, TEXT_WORDS, &v, &t);
    else
        return file_data_refuse(call, TEXT_WORDS, &v);
    if (!failed)
        failed = give_bytes(call, &t, name, type);
    text_fini(&t);
    return failed;
}

/* ---- detect-encoding ----------------------------------------------------------------------- */

/* What pages under a country's name were written in before UTF-8. */
static const struct {
    const char *countries, *encoding;
} habits[] = {
    { "|jp|", "Shift_JIS" },
    { "|cn|", "GBK" },
    { "|tw|hk|", "Big5" },
    { "|kr|", "EUC-KR" },
    { "|ru|ua|by|bg|rs|kz|", "windows-1251" },
    { "|pl|cz|sk|hu|si|hr|ro|", "windows-1250" },
    { "|gr|", "windows-1253" },
    { "|tr|az|", "windows-1254" },
    { "|il|", "windows-1255" },
    { "|sa|eg|ae|ir|", "windows-1256" },
    { "|lt|lv|ee|", "windows-1257" },
    { "|vn|", "windows-1258" },
    { "|th|", "windows-874" },
};

static const char *habit_of(const kiln_value *country)
{
    char word[8] = "|";

    if (country->tag != KILN_STRING || !country->n || country->n > 4)
        return "windows-1252";
    for (unsigned i = 0; i < country->n; i++)
        word[i + 1] = (char)(country->u.s[i] | 0x20);
    word[country->n + 1] = '|';
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (strstr(habits[i].countries, word))
            return habits[i].encoding;
    return "windows-1252";
}

static int give_guess(kiln_call *call, const struct text *data, const kiln_value *country,
                      int utf8_too)
{
    const char *bytes = text_cstr(data);
    const struct charset *guess = charset_guess(bytes, data->n);
    int marked = charset_mark(guess, bytes, data->n) > 0;
    int sure = marked || (utf8_too && utf8_prefix(bytes, data->n) == data->n);

    kiln_out(call, "encoding", value_static(sure ? charset_name(guess) : habit_of(country)));
    kiln_out(call, "confident", kiln_bool(sure));
    return kiln_out(call, "bom", kiln_bool(marked));
}

KILN_OP(text_detect_encoding, "text.detect-encoding", KILN_PURE,
        "Which encoding bytes are in: by their mark, as UTF-8, else what the country used to use.",
        KILN_INPUTS(DATA, { "tld_hint", "string", "The country, as in addresses: jp, ru.", 0 },
                    { "allow_utf8", "boolean", "It may be UTF-8 (when left out).", 0 }),
        KILN_OUTPUTS({ "encoding", "string", "Its name in the WHATWG standard.", 0 },
                     { "confident", "boolean", "It is more than a habit.", 0 },
                     { "bom", "boolean", "There is a byte order mark.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct text data = { 0 };
    kiln_value v, country;
    int utf8_too, failed;

    if (input_any(call, "detect-encoding", "data", &v) < 0
        || input_optional_text(call, "detect-encoding", "tld_hint", &country) < 0
        || input_flag_or(call, "detect-encoding", "allow_utf8", 1, &utf8_too) < 0)
        return -1;
    failed = file_data_read(call, &v, &data) < 0 || give_guess(call, &data, &country, utf8_too) < 0;
    text_fini(&data);
    return failed ? -1 : 0;
}
