/* transform.c: the `transform` operations (scenario 4.4): reshaping values by dotted paths.
 *
 * Their path is simpler than a reference's: a leading "$." goes, dots separate, a part that is a
 * number indexes an array, and whatever is not there is null (scenario 4.2).
 */
#include <string.h>

#include "numeral.h"
#include "ops/input.h"
#include "value.h"

static kiln_value child(const kiln_value *v, const char *part, size_t n)
{
    kiln_value key = { .tag = KILN_STRING, .n = (unsigned)n, .u.s = part };
    long long i;

    if (v->tag == KILN_ARRAY && n && *part != '-' && numeral_integer(part, n, &i) == 0)
        return kiln_at(v, i);
    return kiln_get(v, &key);
}

/* The value at a path, or null. The empty path is the value itself. */
static kiln_value value_at(kiln_value v, const kiln_value *path)
{
    const char *s = path->u.s, *end = s + path->n;

    if (!path->n)
        return v;
    if (path->n >= 2 && !memcmp(s, "$.", 2))
        s += 2;
    for (;;) {
        const char *dot = memchr(s, '.', (size_t)(end - s));
        const char *stop = dot ? dot : end;

        v = child(&v, s, (size_t)(stop - s));
        if (v.tag == KILN_ABSENT)
            return value_null();
        if (!dot)
            return v;
        s = dot + 1;
    }
}

KILN_OP(transform_extract, "transform.extract", KILN_PURE,
        "Takes one property out of every item of an array.",
        KILN_INPUTS({ "value", "array", "The items.", KILN_REQUIRED },
                    { "property_path", "string", "Where in an item to look.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "values", "array", "What was found, null where nothing was.", 0 },
                     { "count", "integer", "How many.", 0 }))
{
    kiln_value items, path, values;

    if (input_array(call, "extract", "value", &items) < 0
        || input_text(call, "extract", "property_path", &path) < 0
        || kiln_array(kiln_call_heap(call), &values, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < items.n; i++) {
        kiln_value v = value_at(items.u.items[i], &path);

        if (kiln_push(kiln_call_heap(call), &values, &v) < 0)
            return -1;
    }
    kiln_out(call, "count", kiln_int(values.n));
    return kiln_out(call, "values", values);
}

KILN_OP(transform_get_value_by_path, "transform.get-value-by-path", KILN_PURE,
        "The value at a path, or null.",
        KILN_INPUTS({ "value", "any", "Where to look.", 0 },
                    { "property_path", "string", "The path.", 0 }),
        KILN_OUTPUTS({ "value", "any", "What is there.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value v = kiln_in(call, "value"), path = kiln_in(call, "property_path");

    if (path.tag == KILN_ABSENT || path.tag == KILN_NULL)
        return kiln_out_value(call, kiln_null());
    if (input_text(call, "get-value-by-path", "property_path", &path) < 0)
        return -1;
    return kiln_out_value(call, path.n ? value_at(v, &path) : kiln_null());
}

KILN_OP(transform_map_fields, "transform.map-fields", KILN_PURE,
        "Builds an object out of paths into another one; what is null there is left out.",
        KILN_INPUTS({ "source_data", "any", "Where to look.", KILN_REQUIRED | KILN_NULLABLE },
                    { "mappings", "object", "Path -> name in the result.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "result", "object", "The object.", 0 },
                     { "field_count", "integer", "How many fields were found.", 0 }))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value source, mappings, result;
    long long count = 0;

    if (input_any(call, "map-fields", "source_data", &source) < 0
        || input_object(call, "map-fields", "mappings", &mappings) < 0
        || kiln_object(h, &result, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < mappings.n; i++) {
        const kiln_member *m = &mappings.u.members[i];
        kiln_value v = value_at(source, &m->key);

        if (m->value.tag != KILN_STRING)
            return input_fail(call, "INPUT_DESERIALIZATION_ERROR",
                              "Invalid input for map-fields: the name for `%.*s` is no string",
                              (int)m->key.n, m->key.u.s);
        if (v.tag == KILN_NULL)
            continue;
        if (value_with(h, &result, &result, &m->value, &v) < 0)
            return -1;
        count++;
    }
    kiln_out(call, "field_count", kiln_int(count));
    return kiln_out(call, "result", result);
}

KILN_OP(transform_append, "transform.append", KILN_PURE, "An array with one more item at its end.",
        KILN_INPUTS({ "array", "array", "The array.", KILN_REQUIRED },
                    { "item", "any", "The item.", KILN_REQUIRED | KILN_NULLABLE }),
        KILN_OUTPUTS({ "array", "array", "The longer array.", 0 },
                     { "length", "integer", "Its length.", 0 }))
{
    kiln_value array, item;

    if (input_array(call, "append", "array", &array) < 0
        || input_any(call, "append", "item", &item) < 0
        || kiln_push(kiln_call_heap(call), &array, &item) < 0)
        return -1;
    kiln_out(call, "length", kiln_int(array.n));
    return kiln_out(call, "array", array);
}

KILN_OP(transform_array_length, "transform.array-length", KILN_PURE,
        "How many items an array has, bytes a text, members an object; else 0.",
        KILN_INPUTS({ "value", "any", "What is measured.", KILN_REQUIRED | KILN_NULLABLE }),
        KILN_OUTPUTS({ "length", "integer", "The number.", 0 },
                     { "is_array", "boolean", "Whether it was an array.", 0 }))
{
    kiln_value v;

    if (input_any(call, "array-length", "value", &v) < 0)
        return -1;
    kiln_out(call, "is_array", kiln_bool(v.tag == KILN_ARRAY));
    return kiln_out(call, "length", kiln_int(v.tag >= KILN_STRING ? (long long)v.n : 0));
}
