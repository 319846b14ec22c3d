/* file_data.c: bytes out of a workflow's value; every refusal names what is wrong and where. */
#include "ops/text/file_data.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "ops/input.h"
#include "value.h"

static const struct {
    const char *not_number, *out_of_range, *structure, *type, *sentence;
} codes[] = {
    [FILE_WORDS] = { "FILE_INVALID_BYTE_ARRAY", "FILE_BYTE_OUT_OF_RANGE", "FILE_INVALID_STRUCTURE",
                     "FILE_INVALID_INPUT_TYPE",
                     "File data must be a string (base64), byte array, or object with content "
                     "field" },
    [TEXT_WORDS] = { "TEXT_INVALID_BYTE_ARRAY", "TEXT_BYTE_OUT_OF_RANGE", "TEXT_INVALID_FILE_DATA",
                     "TEXT_INVALID_INPUT_TYPE",
                     "Input must be string, byte array, or file object" },
};

static int refuse_range(kiln_call *call, const char *code, unsigned index, unsigned long long value)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value attributes,
        pairs[4] = { value_static("index"), value_null(), value_static("value"), value_null() };

    if (value_textf(h, &pairs[1], "%u", index) < 0 || value_textf(h, &pairs[3], "%llu", value) < 0
        || kiln_object(h, &attributes, pairs, 2) < 0)
        return kiln_fail(call, "out of memory");
    return input_fail_with(call, code, &attributes,
                           "Byte value %llu at index %u must be in the range 0-255", value, index);
}

int file_data_read_array(kiln_call *call, enum file_data_words words, const kiln_value *v,
                         struct text *t)
{
    for (unsigned i = 0; i < v->n; i++) {
        const kiln_value *one = &v->u.items[i];
        char index[16];

        if (one->tag == KILN_UINT || (one->tag == KILN_INT && one->u.i > 255))
            return refuse_range(call, codes[words].out_of_range, i, one->u.w);
        if (one->tag != KILN_INT || one->u.i < 0) {
            snprintf(index, sizeof index, "%u", i);
            return input_fail_about(call, codes[words].not_number, "index", index,
                                    "Byte array must contain only numbers");
        }
        text_putc(t, (char)one->u.i);
    }
    return t->failed ? kiln_fail(call, "out of memory") : 0;
}

/* Which byte of the text is no base64, and why. */
static void say_fault(struct text *t, const char *s, size_t n)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t end = n, i = 0;

    while (end && n - end < 2 && s[end - 1] == '=')
        end--;
    while (i < end && s[i] && strchr(letters, s[i]))
        i++;
    if (i < end)
        text_printf(t, "Invalid symbol %u, offset %zu.", (unsigned char)s[i], i);
    else if (end % 4 == 1)
        text_printf(t, "Invalid input length: %zu", end);
    else if (n % 4)
        text_puts(t, "Invalid padding");
    else
        text_printf(t, "Invalid last symbol %u, offset %zu.", (unsigned char)s[end - 1], end - 1);
}

static int read_base64(kiln_call *call, const kiln_value *v, struct text *t)
{
    struct text fault = { 0 };

    if (base64_read(t, v->u.s, v->n) == 0)
        return t->failed ? kiln_fail(call, "out of memory") : 0;
    say_fault(&fault, v->u.s, v->n);
    input_fail_about(call, "FILE_BASE64_DECODE_ERROR", "decode_error", text_cstr(&fault),
                     "Failed to decode base64 file content: %s", text_cstr(&fault));
    text_fini(&fault);
    return -1;
}

static int refuse_structure(kiln_call *call, enum file_data_words words, const kiln_value *content)
{
    char why[80] = "missing field `content`";

    if (content->tag != KILN_ABSENT)
        snprintf(why, sizeof why, "invalid type: %s, expected a string", value_type(content));
    return input_fail_about(call, codes[words].structure, "parse_error", why,
                            "Invalid file data structure: %s", why);
}

int file_data_refuse(kiln_call *call, enum file_data_words words, const kiln_value *v)
{
    kiln_value content = value_member(v, "content");

    if (v->tag == KILN_OBJECT)
        return refuse_structure(call, words, &content);
    return input_fail_about(call, codes[words].type, "received_type", value_type(v), "%s",
                            codes[words].sentence);
}

int file_data_read(kiln_call *call, const kiln_value *v, struct text *t)
{
    kiln_value content = value_member(v, "content");

    if (v->tag == KILN_ARRAY)
        return file_data_read_array(call, FILE_WORDS, v, t);
    if (v->tag == KILN_STRING)
        return read_base64(call, v, t);
    if (content.tag == KILN_STRING)
        return read_base64(call, &content, t);
    return file_data_refuse(call, FILE_WORDS, v);
}
