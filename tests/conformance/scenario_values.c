/* scenario_values.c: references, mappings, type hints, Finish and Agent inputs.
 *
 * A hint is a reference in a Finish, many to a workflow. A mapping is the context of an Error step,
 * whose error shows it; an Agent's input goes to an operation that gives its input back.
 */
#include <stdio.h>
#include <string.h>

#include "scenario.h"

/* ---- type hints ------------------------------------------------------------------------------ */

enum { BATCH = 100 };

static void add_hint(struct chain *ch, kiln_value *data, const kiln_value *record, unsigned number)
{
    kiln_value hint = value_member(record, "arg"), reference;

    char path[32];

    snprintf(path, sizeof path, "data.v%u", number);
    reference = make_reference(ch->heap, path);
    if (hint.tag == KILN_STRING)
        records_put(ch->heap, &reference, "type", hint);
    records_put(ch->heap, &ch->outputs, path + 5, reference);
    records_put(ch->heap, data, path + 5, value_member(record, "source"));
}

/* Runs n records that are together in one workflow. */
static void run_hints(struct records *r, const kiln_value *records, unsigned first, unsigned n)
{
    kiln_value data = records_object(r->heap, NULL), got = value_null(), input, document;
    struct chain ch;
    enum outcome outcome;

    chain_init(&ch, r->heap);
    for (unsigned i = 0; i < n; i++)
        add_hint(&ch, &data, &records[i], first + i);
    input = records_object(r->heap, "data", data, NULL);
    document = chain_finish(&ch);
    outcome = records_run(r, "hints", &document, &input, &got);
    for (unsigned i = 0; i < n; i++) {
        kiln_value expect = value_member(&records[i], "expect"), one;
        char part[32];

        snprintf(part, sizeof part, "v%u", first + i);
        one = outcome == RAN ? value_member(&got, part) : got;
        records_judge(r, part, &expect, outcome, &one);
    }
}

/* ---- mappings -------------------------------------------------------------------------------- */

/* The recorded workflow.inputs.data is not the recorded data: such a record sees it as its data.
 * What needs a loop around it, or names the made-up context as a whole, fits in no workflow: -1. */
static int find_source(kiln_heap *h, const kiln_value *record, kiln_value *ret)
{
    kiln_value mapping = value_member(record, "arg"), other, path;
    kiln_value first =
        mapping.tag == KILN_OBJECT && mapping.n == 1 ? mapping.u.members[0].value : value_null();

    *ret = value_member(record, "source");
    path = value_member(&first, "value");
    if (path.tag != KILN_STRING)
        return 0;
    if (!path.n || !strncmp(path.u.s, "loop", 4) || !strncmp(path.u.s, "item", 4))
        return -1;
    if (path.n < 8 || strncmp(path.u.s, "workflow", 8))
        return 0;
    other = value_member(ret, "workflow");
    other = value_member(&other, "inputs");
    *ret = records_object(h, "data", value_member(&other, "data"), NULL);
    return 0;
}

static void add_shown(struct chain *ch, const kiln_value *kind, kiln_value mapping)
{
    if (value_is(kind, "finish")) {
        ch->outputs = mapping;
    } else if (value_is(kind, "agent")) {
        chain_add(ch, "probe", make_agent(ch->heap, "probe", "input", mapping));
        records_put(ch->heap, &ch->outputs, "outputs",
                    make_reference(ch->heap, "steps.probe.outputs"));
    } else {
        chain_add(ch, "show",
                  records_object(ch->heap, "stepType", value_static("Error"), "code",
                                 value_static("SHOWN"), "message", value_static("shown"), "context",
                                 mapping, NULL));
    }
}

static void run_mapping(struct records *r, const char *part, const kiln_value *record)
{
    kiln_value kind = value_member(record, "kind"), expect = value_member(record, "expect");
    kiln_value source, got = value_null(), input, document;
    struct chain ch;
    enum outcome outcome;

    if (find_source(r->heap, record, &source) < 0) {
        records_count(r, CASE_UNSUPPORTED, part, NULL, "no workflow has its context");
        return;
    }
    chain_init(&ch, r->heap);
    chain_add_source(&ch, &source);
    add_shown(&ch, &kind, value_member(record, "arg"));
    input = make_input(r->heap, &source);
    document = chain_finish(&ch);
    outcome = records_run(r, part, &document, &input, &got);
    if (outcome == FAILED && value_is(&kind, "mapping")
        && value_member(&got, "context").tag != KILN_ABSENT) {
        got = value_member(&got, "context");
        outcome = RAN;
    }
    records_judge(r, part, &expect, outcome, &got);
}

/* ---- all of them ----------------------------------------------------------------------------- */

static int is_good_hint(const kiln_value *record)
{
    kiln_value kind = value_member(record, "kind"), expect = value_member(record, "expect");

    return value_is(&kind, "type_hint") && value_member(&expect, "ok").tag != KILN_ABSENT;
}

void scenario_values(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0, n; i < list->n; i += n) {
        const kiln_value *record = &list->u.items[i];
        kiln_value kind = value_member(record, "kind");
        char part[32];

        n = 1;
        snprintf(part, sizeof part, "%u", i);
        while (n < BATCH && i + n < list->n && is_good_hint(record) && is_good_hint(record + n))
            n++;
        if (value_is(&kind, "type_hint"))
            run_hints(r, record, i, n);
        else if (value_is(&kind, "mapping") || value_is(&kind, "finish")
                 || value_is(&kind, "agent"))
            run_mapping(r, part, record);
        else if (!value_is(&kind, "switch"))
            records_count(r, CASE_UNSUPPORTED, part, NULL, conformance_text(r->heap, &kind));
    }
    scenario_switch(r, list);
}
