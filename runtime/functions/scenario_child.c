/* scenario_child.c: what an embedded workflow is given and how it fails (scenario 1.7.6). */
#include "functions/scenario.h"

/* ---- its inputs ---------------------------------------------------------------------------- */

static void put_value(struct text *t, const kiln_value *object, const char *key)
{
    kiln_value v = value_member(object, key);

    if (v.tag == KILN_STRING)
        text_put(t, v.u.s, v.n);
}

/* "  - name (Type): description [not provided]" */
static void put_missing(struct text *t, const kiln_value *field, int is_absent)
{
    text_puts(t, "\n  - ");
    put_value(t, field, "name");
    text_puts(t, " (");
    put_value(t, field, "type");
    text_putc(t, ')');
    if (value_member(field, "description").tag == KILN_STRING)
        text_puts(t, ": ");
    put_value(t, field, "description");
    text_puts(t, is_absent ? " [not provided]" : " [was null]");
}

static int fail_missing(kiln_heap *h, const kiln_value *rule, struct text *missing)
{
    struct text t = { 0 };
    int rc;

    text_puts(&t, "EmbedWorkflow step '");
    put_value(&t, rule, "step");
    text_puts(&t, "' is missing required inputs for child workflow '");
    put_value(&t, rule, "child");
    text_puts(&t, "':");
    rc = t.failed || missing->failed ? heap_fail(h, "out of memory")
                                     : heap_fail(h, "%s%s", text_cstr(&t), text_cstr(missing));
    text_fini(&t);
    text_fini(missing);
    return rc;
}

/* `b` is {step, child, fields: [{name, type, description}]}. */
int kiln_scenario_child_inputs(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                               const kiln_value *b)
{
    kiln_value fields = value_member(b, "fields");
    struct text missing = { 0 };

    for (unsigned i = 0; i < fields.n; i++) {
        kiln_value name = value_member(&fields.u.items[i], "name");
        kiln_value v = kiln_get(a, &name);

        if (v.tag <= KILN_NULL)
            put_missing(&missing, &fields.u.items[i], v.tag == KILN_ABSENT);
    }
    if (missing.n || missing.failed)
        return fail_missing(h, b, &missing);
    *ret = *a;
    return 0;
}

/* ---- its failure --------------------------------------------------------------------------- */

/* A member of the child's error, or what stands for it. */
static kiln_value member_or(const kiln_value *error, const char *key, const char *otherwise)
{
    kiln_value v = value_member(error, key);

    return v.tag == KILN_STRING ? v : value_static(otherwise);
}

static int make_message(kiln_heap *h, kiln_value *ret, const kiln_value *step,
                        const kiln_value *error)
{
    kiln_value id = value_member(step, "childWorkflowId"), text = value_member(error, "message");

    if (text.tag != KILN_STRING && kiln_scenario_to_string(h, &text, error) < 0)
        return -1;
    if (text.tag != KILN_STRING)
        text = value_static("null");
    return value_textf(h, ret, "Child workflow %.*s failed: %.*s", (int)id.n, id.u.s, (int)text.n,
                       text.u.s);
}

/* `a` is {stepId, stepName, stepType, childWorkflowId}; absent when the step failed before it
 * called its child: then the error stays what it is. An error that is text with an object in it, as
 * an operation's is, tells category and severity by that object. */
int kiln_scenario_child_failed(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                               const kiln_value *b)
{
    kiln_value pairs[10] = { value_static("code"),      value_static("CHILD_WORKFLOW_FAILED"),
                             value_static("message"),   value_null(),
                             value_static("category"),  value_null(),
                             value_static("severity"),  value_null(),
                             value_static("childError") };
    kiln_value more;

    if (a->tag != KILN_OBJECT) {
        *ret = *b;
        return 0;
    }
    pairs[9] = b->tag == KILN_STRING ? scenario_error_object(h, b) : *b;
    pairs[5] = member_or(&pairs[9], "category", "transient");
    pairs[7] = member_or(&pairs[9], "severity", "error");
    if (pairs[9].tag == KILN_ABSENT)
        pairs[9] = *b;
    if (make_message(h, &pairs[3], a, &pairs[9]) < 0 || kiln_object(h, &more, pairs, 5) < 0)
        return -1;
    return kiln_scenario_overlay(h, ret, a, &more);
}
