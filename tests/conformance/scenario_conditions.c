/* scenario_conditions.c: condition operators. A case is a Conditional; its result is an output of
 * the workflow's end. Cases that give a result go a hundred to a workflow, the others alone. */
#include <stdio.h>
#include <string.h>

#include "scenario.h"

enum { BATCH = 100 };

/* One record, in either form: {condition, source, expect} or [operator, operands, result]. */
struct test {
    kiln_value condition, source, expect;
};

static struct test read_test(kiln_heap *h, const kiln_value *record)
{
    struct test t = { .condition = value_member(record, "condition"),
                      .source = value_member(record, "source"),
                      .expect = value_member(record, "expect") };
    kiln_value args;

    if (record->tag != KILN_ARRAY)
        return t;
    args = records_array(h);
    for (unsigned i = 0; i < record->u.items[1].n; i++)
        records_push(h, &args, make_immediate(h, record->u.items[1].u.items[i]));
    t.condition = records_object(h, "type", value_static("operation"), "op", record->u.items[0],
                                 "arguments", args, NULL);
    t.source = records_object(h, NULL);
    t.expect = records_object(h, "ok", record->u.items[2], NULL);
    return t;
}

static void add_test(struct chain *ch, const struct test *t, unsigned number)
{
    char id[32], path[64];

    snprintf(id, sizeof id, "c%u", number);
    snprintf(path, sizeof path, "steps.c%u.outputs.result", number);
    chain_add_conditional(ch, id,
                          records_object(ch->heap, "stepType", value_static("Conditional"),
                                         "condition", t->condition, NULL));
    records_put(ch->heap, &ch->outputs, arena_dup(&ch->heap->arena, id, strlen(id)),
                make_reference(ch->heap, path));
}

/* Runs tests first..first+n-1, which share their source, in one workflow. */
static void run_batch(struct records *r, const struct test *tests, unsigned first, unsigned n)
{
    kiln_value input = make_input(r->heap, &tests->source), got = value_null(), document;
    struct chain ch;
    enum outcome outcome;

    chain_init(&ch, r->heap);
    chain_add_source(&ch, &tests->source);
    for (unsigned i = 0; i < n; i++)
        add_test(&ch, &tests[i], first + i);
    document = chain_finish(&ch);
    outcome = records_run(r, "batch", &document, &input, &got);
    for (unsigned i = 0; outcome != RAN && n > 1 && i < n; i++)
        run_batch(r, &tests[i], first + i, 1); /* to tell them apart */
    if (outcome != RAN && n > 1)
        return;
    for (unsigned i = 0; i < n; i++) {
        char part[32];
        kiln_value one;

        snprintf(part, sizeof part, "c%u", first + i);
        one = outcome == RAN ? value_member(&got, part) : got;
        records_judge(r, part, &tests[i].expect, outcome, &one);
    }
}

static int goes_with(const struct test *first, const struct test *t)
{
    return value_member(&t->expect, "ok").tag != KILN_ABSENT
           && value_member(&first->expect, "ok").tag != KILN_ABSENT
           && value_equal(&first->source, &t->source);
}

void scenario_conditions(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0, n; i < list->n; i += n) {
        struct test tests[BATCH];

        tests[0] = read_test(r->heap, &list->u.items[i]);
        for (n = 1; n < BATCH && i + n < list->n; n++) {
            tests[n] = read_test(r->heap, &list->u.items[i + n]);
            if (!goes_with(&tests[0], &tests[n]))
                break;
        }
        run_batch(r, tests, i, n);
    }
}

void scenario_condition(struct records *r, unsigned i, const kiln_value *record)
{
    struct test test = read_test(r->heap, record);

    run_batch(r, &test, i, 1);
}
