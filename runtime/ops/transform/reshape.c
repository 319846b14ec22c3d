/* reshape.c: `transform` operations that take values apart by paths and put them together anew
 * (scenario 4.4).
 */
#include "ops/input.h"
#include "ops/transform/dotted.h"
#include "value.h"

KILN_OP(transform_extract, "transform.extract", KILN_PURE,
        "Takes one property out of every item of an array.",
        KILN_INPUTS({ "value", "array", "The items.", KILN_REQUIRED },
                    { "property_path", "string", "Where in an item to look; \"\": the item.",
                      KILN_REQUIRED }),
        KILN_OUTPUTS({ "values", "array", "What was found, null where nothing was.", 0 },
                     { "count", "integer", "How many.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value items, path, values;

    if (input_array(call, "extract", "value", &items) < 0
        || input_text(call, "extract", "property_path", &path) < 0
        || kiln_array(h, &values, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < items.n; i++) {
        kiln_value v = dotted_part(&items.u.items[i], &path);

        if (kiln_push(h, &values, &v) < 0)
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
    kiln_value v = kiln_in(call, "value"), path;

    if (input_optional_text(call, "get-value-by-path", "property_path", &path) < 0)
        return -1;
    return kiln_out_value(call, path.tag == KILN_STRING ? dotted_get(&v, &path) : kiln_null());
}

KILN_OP(transform_set_value_by_path, "transform.set-value-by-path", KILN_PURE,
        "A copy of an object with a value put at a path; what cannot be set is left as it is.",
        KILN_INPUTS({ "target", "any", "The object.", 0 },
                    { "property_path", "string", "Where in it; missing objects are made.", 0 },
                    { "value", "any", "What is put there.", 0 }),
        KILN_OUTPUTS({ "value", "any", "The new object.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value target = kiln_in(call, "target"), v = kiln_in(call, "value"), path, made;

    if (v.tag == KILN_ABSENT)
        v = kiln_null();
    if (input_optional_text(call, "set-value-by-path", "property_path", &path) < 0)
        return -1;
    if (path.tag != KILN_STRING)
        return kiln_out_value(call, target);
    if (dotted_set(kiln_call_heap(call), &made, &target, &path, &v) < 0)
        return -1;
    return kiln_out_value(call, made);
}

/* The member of the result that one mapping makes; absent when nothing is found. 0 or -1. */
static int map_field(kiln_call *call, const kiln_value *source, const kiln_member *mapping,
                     kiln_member *ret)
{
    kiln_value found = dotted_part(source, &mapping->key);

    if (mapping->value.tag != KILN_STRING)
        return input_fail(call, "INPUT_DESERIALIZATION_ERROR",
                          "Invalid input for map-fields: the name for `%.*s` is no string",
                          (int)mapping->key.n, mapping->key.u.s);
    *ret = (kiln_member){ .key = mapping->value, .value = found };
    if (found.tag == KILN_NULL)
        ret->value.tag = KILN_ABSENT;
    return 0;
}

KILN_OP(transform_map_fields, "transform.map-fields", KILN_PURE,
        "Builds an object out of paths into another one; what is null there is left out.",
        KILN_INPUTS({ "source_data", "any", "Where to look.", KILN_REQUIRED | KILN_NULLABLE },
                    { "mappings", "object", "Path -> name in the result.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "result", "object", "The object.", 0 },
                     { "field_count", "integer", "How many fields it has.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value source, mappings, result;
    kiln_member *members;

    if (input_any(call, "map-fields", "source_data", &source) < 0
        || input_object(call, "map-fields", "mappings", &mappings) < 0)
        return -1;
    if (!(members = value_members(h, mappings.n)))
        return kiln_fail(call, "out of memory");
    for (unsigned i = 0; i < mappings.n; i++)
        if (map_field(call, &source, &mappings.u.members[i], &members[i]) < 0)
            return -1;
    if (value_object(h, &result, members, mappings.n) < 0)
        return -1;
    kiln_out(call, "field_count", kiln_int(result.n));
    return kiln_out(call, "result", result);
}

KILN_OP(transform_append, "transform.append", KILN_PURE, "An array with one more item at its end.",
        KILN_INPUTS({ "array", "array", "The array.", KILN_REQUIRED },
                    { "item", "any", "The item.", KILN_REQUIRED | KILN_NULLABLE }),
        KILN_OUTPUTS({ "array", "array", "The longer array.", 0 },
                     { "length", "integer", "Its length.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
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
                     { "is_array", "boolean", "Whether it was an array.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_value v;

    if (input_any(call, "array-length", "value", &v) < 0)
        return -1;
    kiln_out(call, "is_array", kiln_bool(v.tag == KILN_ARRAY));
    return kiln_out(call, "length", kiln_int(v.tag >= KILN_STRING ? (long long)v.n : 0));
}

KILN_OP(transform_ensure_array, "transform.ensure-array", KILN_PURE,
        "An array as it is, null as an empty one, anything else as the one item of an array.",
        KILN_INPUTS({ "value", "any", "The value.", KILN_REQUIRED | KILN_NULLABLE }),
        KILN_OUTPUTS({ "items", "array", "The array.", 0 },
                     { "count", "integer", "Its length.", 0 },
                     { "was_array", "boolean", "Whether it was an array.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_value v, items;

    if (input_any(call, "ensure-array", "value", &v) < 0)
        return -1;
    if (v.tag == KILN_ARRAY)
        items = v;
    else if (kiln_array(kiln_call_heap(call), &items, &v, v.tag != KILN_NULL) < 0)
        return -1;
    kiln_out(call, "was_array", kiln_bool(v.tag == KILN_ARRAY));
    kiln_out(call, "count", kiln_int(items.n));
    return kiln_out(call, "items", items);
}

KILN_OP(transform_flat_map, "transform.flat-map", KILN_PURE,
        "The items of one array property of every item, in one array.",
        KILN_INPUTS({ "value", "array", "The items.", KILN_REQUIRED },
                    { "property_path", "string", "Where in an item its array is.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "items", "array", "All items of those arrays.", 0 },
                     { "count", "integer", "How many.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value outer, path, items;

    if (input_array(call, "flat-map", "value", &outer) < 0
        || input_text(call, "flat-map", "property_path", &path) < 0
        || kiln_array(h, &items, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < outer.n; i++) {
        kiln_value inner = dotted_get(&outer.u.items[i], &path);

        for (unsigned j = 0; inner.tag == KILN_ARRAY && j < inner.n; j++)
            if (kiln_push(h, &items, &inner.u.items[j]) < 0)
                return -1;
    }
    kiln_out(call, "count", kiln_int(items.n));
    return kiln_out(call, "items", items);
}
