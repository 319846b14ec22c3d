/* scenario_agents.c: operations on literal inputs. Calls that succeed go many to a workflow, a step
 * each; those that fail go alone, and what is refused before it runs counts as failing. */
#include <stdio.h>
#include <string.h>

#include "scenario.h"

enum { BATCH = 100 };

static int is_known(const struct records *r, const kiln_value *record)
{
    kiln_value agent = value_member(record, "agent"),
               capability = value_member(record, "capability");
    char name[256];

    snprintf(name, sizeof name, "%.*s.%.*s", (int)agent.n, agent.u.s, (int)capability.n,
             capability.u.s);
    return op_set_find(r->c->ops, name, strlen(name)) != NULL;
}

static int succeeds(const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect");

    return value_member(&expect, "ok").tag != KILN_ABSENT;
}

static void add_call(struct chain *ch, const kiln_value *record, unsigned number)
{
    kiln_value input = value_member(record, "input"), mapping = records_object(ch->heap, NULL);
    kiln_value agent = value_member(record, "agent"),
               capability = value_member(record, "capability");
    char id[32], path[64];

    snprintf(id, sizeof id, "c%u", number);
    snprintf(path, sizeof path, "steps.c%u.outputs", number);
    for (unsigned i = 0; i < input.n; i++)
        records_put(
            ch->heap, &mapping,
            arena_dup(&ch->heap->arena, input.u.members[i].key.u.s, input.u.members[i].key.n),
            make_immediate(ch->heap, input.u.members[i].value));
    chain_add(ch, id,
              records_object(ch->heap, "stepType", value_static("Agent"), "agentId", agent,
                             "capabilityId", capability, "inputMapping", mapping, NULL));
    records_put(ch->heap, &ch->outputs, id, make_reference(ch->heap, path));
}

/* The error object in the text of a failed step, which the record says without its step. What the
 * step's own check of required inputs finds first, the operation would have refused. */
static kiln_value operation_error(kiln_heap *h, const kiln_value *got, const kiln_value *expected)
{
    kiln_value code = value_member(got, "code"), v;
    const char *brace = got->tag == KILN_STRING ? memchr(got->u.s, '{', got->n) : NULL;
    struct json_error error;

    if (code.tag == KILN_STRING && code.n > 20 && !memcmp(code.u.s, "STEP_REQUIRED_INPUT_", 20)) {
        code = value_member(expected, "code");
        return value_is(&code, "INPUT_DESERIALIZATION_ERROR") ? *expected : *got;
    }
    if (!brace || json_read(h, &v, brace, got->n - (size_t)(brace - got->u.s), &error) < 0)
        return *got;
    return v;
}

static void judge_call(struct records *r, const char *part, const kiln_value *expect,
                       enum outcome outcome, const kiln_value *got)
{
    kiln_value error = value_member(expect, "error"), found;

    if (error.tag == KILN_ABSENT || outcome != FAILED) {
        records_judge(r, part, expect, outcome, got);
        return;
    }
    found = operation_error(r->heap, got, &error);
    records_count(r, value_equal(&found, &error) ? CASE_PASSED : CASE_FAILED, part,
                  conformance_text(r->heap, &error), conformance_text(r->heap, got));
}

static void run_calls(struct records *r, const kiln_value *records, unsigned first, unsigned n)
{
    kiln_value got = value_null(), input = records_object(r->heap, NULL), document;
    struct chain ch;
    enum outcome outcome;

    chain_init(&ch, r->heap);
    for (unsigned i = 0; i < n; i++)
        add_call(&ch, &records[i], first + i);
    document = chain_finish(&ch);
    outcome = records_run(r, "calls", &document, &input, &got);
    for (unsigned i = 0; i < n; i++) {
        kiln_value expect = value_member(&records[i], "expect"), one;
        char part[32];

        snprintf(part, sizeof part, "c%u", first + i);
        one = outcome == RAN ? value_member(&got, part) : got;
        judge_call(r, part, &expect, outcome, &one);
    }
}

void scenario_agents(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0, n; i < list->n; i += n) {
        const kiln_value *record = &list->u.items[i];

        n = 1;
        if (!is_known(r, record)) {
            kiln_value capability = value_member(record, "capability");
            char part[32];

            snprintf(part, sizeof part, "%u", i);
            records_count(r, CASE_UNSUPPORTED, part, NULL, conformance_text(r->heap, &capability));
            continue;
        }
        while (n < BATCH && i + n < list->n && succeeds(record) && succeeds(record + n)
               && is_known(r, record + n))
            n++;
        run_calls(r, record, i, n);
    }
}
