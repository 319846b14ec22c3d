/* json_text.c: `transform` operations between values and JSON text (scenario 4.4). */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ops/input.h"
#include "value.h"

/* Where the byte at `at` stands, the way editors count: from 1, columns in bytes. */
static void find_place(const kiln_value *text, size_t at, size_t *ret_line, size_t *ret_column)
{
    const char *s = text->u.s, *stop = s + at, *newline;
    size_t line = 1;

    while (s < stop && (newline = memchr(s, '\n', (size_t)(stop - s)))) {
        s = newline + 1;
        line++;
    }
    *ret_line = line;
    *ret_column = (size_t)(stop - s);
}

static int fail_parse(kiln_call *call, const kiln_value *text, const struct json_error *error)
{
    int cut = error->at >= text->n;
    char words[200];
    size_t line, column;

    find_place(text, cut ? text->n : error->at + 1, &line, &column);
    snprintf(words, sizeof words, "%s at line %zu column %zu",
             cut ? "EOF while parsing a value" : error->sentence, line, column);
    return input_fail_about(call, "TRANSFORM_JSON_PARSE_ERROR", "parse_error", words,
                            "Failed to parse JSON: %s", words);
}

KILN_OP(transform_from_json_string, "transform.from-json-string", KILN_PURE,
        "The value that a JSON text stands for; null for an empty one.",
        KILN_INPUTS({ "value", "string", "The text.", 0 }),
        KILN_OUTPUTS({ "value", "any", "The value.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value text, v;
    struct json_error error;

    if (input_optional_text(call, "from-json-string", "value", &text) < 0)
        return -1;
    if (text.tag != KILN_STRING || !text.n)
        return kiln_out_value(call, kiln_null());
    if (json_read(kiln_call_heap(call), &v, text.u.s, text.n, &error) < 0)
        return fail_parse(call, &text, &error);
    return kiln_out_value(call, v);
}

KILN_OP(transform_to_json_string, "transform.to-json-string", KILN_PURE,
        "A value as compact JSON text.",
        KILN_INPUTS({ "value", "any", "The value.", KILN_REQUIRED | KILN_NULLABLE }),
        KILN_OUTPUTS({ "json", "string", "The text.", 0 },
                     { "length", "integer", "Its length in bytes.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct text t = { 0 };
    kiln_value v, json;
    int failed;

    if (input_any(call, "to-json-string", "value", &v) < 0)
        return -1;
    json_write(&t, &v);
    failed = t.failed || value_string(kiln_call_heap(call), &json, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    if (failed)
        return kiln_fail(call, "out of memory");
    kiln_out(call, "length", kiln_int(json.n));
    return kiln_out(call, "json", json);
}
