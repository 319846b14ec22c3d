/* scenario_values.c: references, mappings, type hints, Finish and Agent inputs.
 *
 * Every record has a kind, and each kind its way into a workflow. A hint is a reference in a
 * Finish, many to a workflow. A mapping is the context of an Error step, whose error shows it; an
 * Agent's input goes to an operation that gives its input back.
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
    for (unsigned i = 0; outcome != RAN && n > 1 && i < n; i++)
        run_hints(r, &records[i], first + i, 1); /* to tell them apart */
    if (outcome != RAN && n > 1)
        return;
    for (unsigned i = 0; i < n; i++) {
        kiln_value expect = value_member(&records[i], "expect"), one;
        char part[32];

        snprintf(part, sizeof part, "v%u", first + i);
        one = outcome == RAN ? value_member(&got, part) : got;
        records_judge(r, part, &expect, outcome, &one);
    }
}

/* ---- mappings -------------------------------------------------------------------------------- */

/* Whether a recorded root can be put there by a workflow: by its input or by steps that ran. */
static int is_plain_root(const char *path, unsigned n)
{
    static const char *const roots[] = { "data", "variables", "steps", "workflow" };

    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (n == strlen(roots[i]) && !memcmp(path, roots[i], n))
            return 1;
    return 0;
}

/* Whether some reference in the mapping is to the whole context or to a part of it that only a loop
 * or a handler has. */
static int leans_on(const kiln_value *mapping, const kiln_value *source)
{
    kiln_value type = value_member(mapping, "valueType"), path = value_member(mapping, "value");

    if (value_is(&type, "reference") && path.tag == KILN_STRING) {
        kiln_value root = path;

        root.n = 0;
        while (root.n < path.n && path.u.s[root.n] != '.' && path.u.s[root.n] != '[')
            root.n++;
        return !path.n
               || (!is_plain_root(root.u.s, root.n) && kiln_get(source, &root).tag != KILN_ABSENT);
    }
    for (unsigned i = 0; mapping->tag == KILN_OBJECT && i < mapping->n; i++)
        if (leans_on(&mapping->u.members[i].value, source))
            return 1;
    for (unsigned i = 0; mapping->tag == KILN_ARRAY && i < mapping->n; i++)
        if (leans_on(&mapping->u.items[i], source))
            return 1;
    return 0;
}

/* The recorded workflow.inputs.data is not the recorded data: such a record sees it as its data.
 * What fits in no workflow, the reference's own shorthand for large values included: -1. */
static int find_source(kiln_heap *h, const kiln_value *record, kiln_value *ret)
{
    kiln_value mapping = value_member(record, "arg"), other, path;
    kiln_value first =
        mapping.tag == KILN_OBJECT && mapping.n == 1 ? mapping.u.members[0].value : value_null();

    *ret = value_member(record, "source");
    path = value_member(&first, "value");
    if (leans_on(&mapping, ret) || strstr(conformance_text(h, ret), "\"$wfref\""))
        return -1;
    if (path.tag != KILN_STRING || path.n < 8 || strncmp(path.u.s, "workflow", 8))
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

static void run_mapping(struct records *r, unsigned i, const kiln_value *record)
{
    const char *part = arena_printf(&r->heap->arena, "%u", i);
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

static void tell_none(struct records *r, unsigned i, const kiln_value *record)
{
    records_count(r, CASE_UNSUPPORTED, arena_printf(&r->heap->arena, "%u", i), NULL,
                  conformance_text(r->heap, record));
}

static void leave(struct records *r, unsigned i, const kiln_value *record)
{
    (void)r, (void)i, (void)record; /* scenario_switch takes them together */
}

typedef void run_record(struct records *r, unsigned i, const kiln_value *record);

static run_record *choose(const kiln_value *record)
{
    static const struct {
        const char *kind;
        run_record *run;
    } kinds[] = { { "mapping", run_mapping },
                  { "finish", run_mapping },
                  { "agent", run_mapping },
                  { "filter", scenario_configured },
                  { "group_by", scenario_configured },
                  { "step", scenario_step },
                  { "switch", leave },
                  { "condition", scenario_condition } };
    kiln_value kind = value_member(record, "kind");

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (value_is(&kind, kinds[i].kind))
            return kinds[i].run;
    return tell_none;
}

static int is_hint(const kiln_value *record)
{
    kiln_value kind = value_member(record, "kind");

    return value_is(&kind, "type_hint");
}

static int is_good_hint(const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect");

    return is_hint(record) && value_member(&expect, "ok").tag != KILN_ABSENT;
}

void scenario_values(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0, n; i < list->n; i += n) {
        const kiln_value *record = &list->u.items[i];

        n = 1;
        while (n < BATCH && i + n < list->n && is_good_hint(record) && is_good_hint(record + n))
            n++;
        if (is_hint(record))
            run_hints(r, record, i, n);
        else
            choose(record)(r, i, record);
    }
    scenario_switch(r, list);
}
