/* scenario_step.c: one step behind those the recorded context says ran, and what an end behind it
 * sees of it. */
#include "scenario.h"

/* {arg: a step, source, show: a path}, and perhaps label: how the step is left. */
void scenario_step(struct records *r, unsigned i, const kiln_value *record)
{
    kiln_value step = value_member(record, "arg"), source = value_member(record, "source");
    kiln_value expect = value_member(record, "expect"), show = value_member(record, "show");
    kiln_value type = value_member(&step, "stepType"), id = value_member(&step, "id");
    kiln_value label = value_member(record, "label"), got = value_null(), input, document;
    const char *part = arena_printf(&r->heap->arena, "%u", i);
    struct chain ch;
    enum outcome outcome;

    chain_init(&ch, r->heap);
    chain_add_source(&ch, &source);
    chain_add_switch(&ch, arena_dup(&r->heap->arena, id.u.s, id.n), step, "finish");
    if (label.tag == KILN_STRING)
        ch.label = arena_dup(&r->heap->arena, label.u.s, label.n);
    records_put(r->heap, &ch.outputs, "shown",
                make_reference(r->heap, arena_dup(&r->heap->arena, show.u.s, show.n)));
    input = make_input(r->heap, &source);
    document = chain_finish(&ch);
    outcome = records_run(r, part, &document, &input, &got);
    if (outcome == RAN)
        got = value_member(&got, "shown");
    else if (outcome == FAILED && value_is(&type, "Error"))
        outcome = RAN; /* its error is what it gives */
    records_judge(r, part, &expect, outcome, &got);
}

/* {arg: the configuration of a step}, whose outputs are expected. */
void scenario_configured(struct records *r, unsigned i, const kiln_value *record)
{
    kiln_value kind = value_member(record, "kind"), made = *record;
    const char *type = value_is(&kind, "filter") ? "Filter" : "GroupBy";

    records_put(r->heap, &made, "arg",
                records_object(r->heap, "stepType", value_static(type), "id", value_static("s"),
                               "config", value_member(record, "arg"), NULL));
    records_put(r->heap, &made, "show", value_static("steps.s.outputs"));
    scenario_step(r, i, &made);
}
