/* scenario_switch.c: Switch. Records of one configuration are the items of a Split, whose body is
 * the Switch and an end that shows what it gave. */
#include <stdio.h>
#include <string.h>

#include "scenario.h"

static kiln_value make_body(kiln_heap *h, const kiln_value *config)
{
    struct chain ch;
    kiln_value step =
        records_object(h, "stepType", value_static("Switch"), "config", *config, NULL);
    int routes;

    chain_init(&ch, h);
    routes = chain_add_switch(&ch, "s", step, "finish");
    records_put(h, &ch.outputs, "output", make_reference(h, "steps.s.outputs"));
    records_put(h, &ch.outputs, "route",
                routes ? make_reference(h, "steps.s.route")
                       : make_immediate(h, value_static("default"))); /* it has no route to say */
    return chain_finish(&ch);
}

static void run_group(struct records *r, const kiln_value *records, unsigned first, unsigned n)
{
    kiln_value config = value_member(records, "arg"), items = records_array(r->heap);
    kiln_value got = value_null(), input, document, split;
    struct chain ch;
    enum outcome outcome;

    for (unsigned i = 0; i < n; i++) {
        kiln_value source = value_member(&records[i], "source");

        records_push(r->heap, &items, value_member(&source, "data"));
    }
    input = records_object(r->heap, "data", records_object(r->heap, "items", items, NULL), NULL);
    split = records_object(r->heap, "value", make_reference(r->heap, "data.items"), NULL);
    chain_init(&ch, r->heap);
    chain_add(&ch, "each",
              records_object(r->heap, "stepType", value_static("Split"), "config", split,
                             "subgraph", make_body(r->heap, &config), NULL));
    records_put(r->heap, &ch.outputs, "outputs", make_reference(r->heap, "steps.each.outputs"));
    document = chain_finish(&ch);
    outcome = records_run(r, "switch", &document, &input, &got);
    for (unsigned i = 0; outcome != RAN && n > 1 && i < n; i++)
        run_group(r, &records[i], first + i, 1); /* to tell them apart */
    if (outcome != RAN && n > 1)
        return;
    for (unsigned i = 0; i < n; i++) {
        kiln_value expect = value_member(&records[i], "expect");
        kiln_value one = outcome == RAN ? kiln_at(&got, i) : got;
        char part[32];

        snprintf(part, sizeof part, "%u", first + i);
        records_judge(r, part, &expect, outcome, &one);
    }
}

static int goes_with(const kiln_value *a, const kiln_value *b)
{
    kiln_value x = value_member(a, "arg"), y = value_member(b, "arg");
    kiln_value kind = value_member(b, "kind");

    return value_is(&kind, "switch") && value_equal(&x, &y);
}

void scenario_switch(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0, n; i < list->n; i += n) {
        const kiln_value *record = &list->u.items[i];
        kiln_value kind = value_member(record, "kind");

        n = 1;
        if (!value_is(&kind, "switch"))
            continue;
        while (i + n < list->n && goes_with(record, record + n))
            n++;
        run_group(r, record, i, n);
    }
}
