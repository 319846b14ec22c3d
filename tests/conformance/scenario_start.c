/* scenario_start.c: what a workflow's start makes of its input: the envelope, and the inputSchema.
 *
 * A record calls a function of the reference; the same input starts a workflow that shows its
 * inputs. Without an inputSchema only the envelope is looked at.
 */
#include <string.h>

#include "scenario.h"

/* A workflow that ends with the inputs as it sees them. */
static kiln_value make_workflow(kiln_heap *h, const kiln_value *schema)
{
    kiln_value document;
    struct chain ch;

    chain_init(&ch, h);
    records_put(h, &ch.outputs, "outputs", make_reference(h, "workflow.inputs"));
    document = chain_finish(&ch);
    if (schema->tag != KILN_ABSENT)
        records_put(h, &document, "inputSchema", *schema);
    return document;
}

/* What the run itself gives every workflow is not in the records. */
static kiln_value without_own(kiln_heap *h, const kiln_value *variables)
{
    kiln_value all = *variables, nothing = { 0 };

    for (unsigned i = 0; variables->tag == KILN_OBJECT && i < variables->n; i++) {
        const kiln_value *key = &variables->u.members[i].key;

        if (*key->u.s == '_' && value_with(h, &all, &all, key, &nothing) < 0)
            break;
    }
    return all;
}

/* `true` for an input that is let in says nothing of what becomes of it. */
static void judge_start(struct records *r, const char *part, const kiln_value *expect,
                        enum outcome outcome, const kiln_value *got)
{
    kiln_value ok = value_member(expect, "ok"), shown = *got, variables;

    if (ok.tag == KILN_BOOL && outcome == RAN) {
        shown = value_bool(1);
    } else if (outcome == RAN) {
        variables = value_member(got, "variables");
        records_put(r->heap, &shown, "variables", without_own(r->heap, &variables));
    }
    records_judge(r, part, expect, outcome, &shown);
}

/* Why a record says nothing of Kiln, or NULL. An input without an envelope is the data itself here
 * (scenario 1.6.1), where the reference refuses it. */
static const char *excuse(const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect"), inputs = value_member(record, "inputs");
    kiln_value schema = value_member(record, "inputSchema");

    if (value_member(&expect, "error").tag == KILN_ABSENT)
        return NULL;
    if (schema.tag == KILN_ABSENT && value_member(&inputs, "data").tag == KILN_ABSENT)
        return "an input without an envelope is the data";
    return NULL;
}

/* The complaint of the reference's inner function, as a start words it. */
static kiln_value with_head(kiln_heap *h, const kiln_value *expect)
{
    kiln_value error = value_member(expect, "error");

    if (error.tag != KILN_STRING)
        return *expect;
    return records_object(h, "error",
                          records_text(h, "Input validation failed: %.*s", (int)error.n, error.u.s),
                          NULL);
}

static void run_start(struct records *r, const char *part, const kiln_value *record)
{
    kiln_value schema = value_member(record, "inputSchema"), fn = value_member(record, "fn");
    kiln_value expect = value_member(record, "expect"), input = value_member(record, "inputs");
    kiln_value document = make_workflow(r->heap, &schema), got = value_null();
    enum outcome outcome;

    if (value_is(&fn, "validate_inputs")) { /* it is given the data alone, and says less */
        input = records_object(r->heap, "data", input, NULL);
        expect = with_head(r->heap, &expect);
    }
    outcome = records_run(r, part, &document, &input, &got);
    judge_start(r, part, &expect, outcome, &got);
}

void scenario_start(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        const char *part = records_name(r, list, i), *why = excuse(&list->u.items[i]);

        if (why)
            records_count(r, CASE_UNSUPPORTED, part, NULL, why);
        else
            run_start(r, part, &list->u.items[i]);
    }
}
