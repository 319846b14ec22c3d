/* scenario_error.c: errors as texts and as objects (scenario 1.7.15, 1.8), and the check of an
 * operation's input that makes the commonest one. */
#include "functions/scenario.h"

#include <string.h>

static int take_text(kiln_heap *h, kiln_value *ret, struct text *t)
{
    int rc = t->failed ? heap_fail(h, "out of memory") : value_string(h, ret, text_cstr(t), t->n);

    text_fini(t);
    return rc;
}

/* ---- what a handler sees ------------------------------------------------------------------- */

kiln_value scenario_error_object(kiln_heap *h, const kiln_value *text)
{
    const char *brace = text->n ? memchr(text->u.s, '{', text->n) : NULL;
    struct json_error error;
    kiln_value v;

    if (!brace || json_read(h, &v, brace, text->n - (size_t)(brace - text->u.s), &error) < 0)
        return (kiln_value){ 0 };
    return v.tag == KILN_OBJECT ? v : (kiln_value){ 0 };
}

static int make_unknown(kiln_heap *h, kiln_value *ret, const kiln_value *error,
                        const kiln_value *step)
{
    kiln_value pairs[10] = { value_static("message"),  *error,
                             value_static("stepId"),   *step,
                             value_static("code"),     value_null(),
                             value_static("category"), value_static("unknown"),
                             value_static("severity"), value_static("error") };
    struct text t = { 0 };

    json_write_plain(&t, error);
    if (take_text(h, &pairs[1], &t) < 0)
        return -1;
    return kiln_object(h, ret, pairs, 5);
}

int kiln_scenario_caught(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value object = a->tag == KILN_STRING ? scenario_error_object(h, a) : *a;
    kiln_value key = value_static("stepId");

    if (object.tag != KILN_OBJECT)
        return make_unknown(h, ret, a, b);
    if (value_member(&object, "stepId").tag != KILN_ABSENT) {
        *ret = object;
        return 0;
    }
    return value_with(h, ret, &object, &key, b);
}

/* ---- required inputs ----------------------------------------------------------------------- */

static int is_missing(const kiln_value *input, const kiln_value *field)
{
    kiln_value name = value_member(field, "field");
    kiln_value nullable = value_member(field, "nullable");
    kiln_value v = kiln_get(input, &name);

    return v.tag == KILN_ABSENT || (v.tag == KILN_NULL && !kiln_truthy(&nullable));
}

/* One entry of `missingInputs`, out of its description and what was found. */
static int describe_missing(kiln_heap *h, kiln_value *ret, const kiln_value *input,
                            const kiln_value *field)
{
    kiln_value name = value_member(field, "field");
    int absent = kiln_get(input, &name).tag == KILN_ABSENT;
    kiln_value pairs[10] = { value_static("field"),
                             name,
                             value_static("expectedType"),
                             value_member(field, "expectedType"),
                             value_static("description"),
                             value_member(field, "description"),
                             value_static("reason"),
                             value_static(absent ? "not provided" : "was null"),
                             value_static("code"),
                             value_static(absent ? "STEP_REQUIRED_INPUT_MISSING"
                                                 : "STEP_REQUIRED_INPUT_NULL") };

    return kiln_object(h, ret, pairs, 5);
}

static int fail_required(kiln_heap *h, const kiln_value *step, const kiln_value *missing)
{
    kiln_value pairs[10] = {
        value_static("code"),          value_member(&missing->u.items[0], "code"),
        value_static("message"),       value_null(),
        value_static("category"),      value_static("permanent"),
        value_static("severity"),      value_static("error"),
        value_static("missingInputs"), *missing
    };
    kiln_value id = value_member(step, "stepId"), error;
    struct text t = { 0 };

    text_printf(&t, "Step '%.*s' is missing required inputs:", (int)id.n, id.u.s);
    for (unsigned i = 0; i < missing->n; i++) {
        kiln_value name = value_member(&missing->u.items[i], "field");
        kiln_value reason = value_member(&missing->u.items[i], "reason");

        text_printf(&t, "%s '%.*s' (%.*s)", i ? "," : "", (int)name.n, name.u.s, (int)reason.n,
                    reason.u.s);
    }
    if (take_text(h, &pairs[3], &t) < 0 || kiln_object(h, &error, pairs, 5) < 0
        || kiln_scenario_overlay(h, &error, step, &error) < 0)
        return -1;
    return heap_fail_value(h, error);
}

/* `b` is {step: {stepId, stepName, ...}, fields: [{field, expectedType, description, nullable}]}.
 */
int kiln_scenario_required(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value fields = value_member(b, "fields"), step = value_member(b, "step"), missing, entry;

    if (kiln_array(h, &missing, NULL, 0) < 0)
        return -1;
    for (unsigned i = 0; i < fields.n; i++) {
        if (!is_missing(a, &fields.u.items[i]))
            continue;
        if (describe_missing(h, &entry, a, &fields.u.items[i]) < 0
            || kiln_push(h, &missing, &entry) < 0)
            return -1;
    }
    if (missing.n)
        return fail_required(h, &step, &missing);
    *ret = *a;
    return 0;
}
