/* scenario_agents.c: operations on literal inputs. Calls that succeed go many to a workflow, a step
 * each; those that fail go alone. */
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

static kiln_value make_mapping(kiln_heap *h, const kiln_value *input)
{
    kiln_value mapping = records_object(h, NULL);

    for (unsigned i = 0; input->tag == KILN_OBJECT && i < input->n; i++) {
        const kiln_member *m = &input->u.members[i];

        records_put(h, &mapping, arena_dup(&h->arena, m->key.u.s, m->key.n),
                    make_immediate(h, m->value));
    }
    return mapping;
}

static void add_call(struct chain *ch, const kiln_value *record, unsigned number)
{
    kiln_value input = value_member(record, "input");
    kiln_value agent = value_member(record, "agent"),
               capability = value_member(record, "capability");
    char id[32], path[64];

    snprintf(id, sizeof id, "c%u", number);
    snprintf(path, sizeof path, "steps.c%u.outputs", number);
    chain_add(ch, id,
              records_object(ch->heap, "stepType", value_static("Agent"), "agentId", agent,
                             "capabilityId", capability, "inputMapping",
                             make_mapping(ch->heap, &input), NULL));
    records_put(ch->heap, &ch->outputs, id, make_reference(ch->heap, path));
}

/* The error object in the text of a failed step, which the record says without its step. */
static kiln_value operation_error(kiln_heap *h, const kiln_value *got)
{
    const char *brace = got->tag == KILN_STRING ? memchr(got->u.s, '{', got->n) : NULL;
    struct json_error error;
    kiln_value v;

    if (!brace || json_read(h, &v, brace, got->n - (size_t)(brace - got->u.s), &error) < 0)
        return *got;
    return v;
}

/* The step refuses inputs that are missing before the operation sees them (scenario 1.7.15); the
 * record called the operation alone. */
static int is_step_check(const kiln_value *found, const kiln_value *error)
{
    kiln_value code = value_member(found, "code"), stated = value_member(error, "code");

    return (value_is(&code, "STEP_REQUIRED_INPUT_MISSING")
            || value_is(&code, "STEP_REQUIRED_INPUT_NULL"))
           && value_is(&stated, "INPUT_DESERIALIZATION_ERROR");
}

/* An error recorded as a text is the message of an operation without codes of its own. */
static int is_same_error(const kiln_value *found, const kiln_value *error)
{
    kiln_value code = value_member(found, "code"), message = value_member(found, "message");

    return value_equal(found, error)
           || (value_is(&code, "CAPABILITY_ERROR") && value_equal(&message, error));
}

/* Groups that are a list stand in the order of a hash table there, which is any order. */
static int same_groups(const kiln_value *a, const kiln_value *b)
{
    kiln_value all = value_member(a, "groups"), got = value_member(b, "groups");

    if (all.tag != KILN_ARRAY || got.tag != KILN_ARRAY || all.n != got.n)
        return 0;
    for (unsigned i = 0, j; i < all.n; i++) {
        for (j = 0; j < got.n && !value_equal(&all.u.items[i], &got.u.items[j]); j++)
            ;
        if (j == got.n)
            return 0;
    }
    return 1;
}

/* Where the reference itself broke down, any failure will do. */
static int broke_down(const kiln_value *expect)
{
    return value_member(expect, "panic").tag != KILN_ABSENT;
}

static void judge_call(struct records *r, const char *part, const kiln_value *expect,
                       enum outcome outcome, const kiln_value *got)
{
    kiln_value error = value_member(expect, "error"), ok = value_member(expect, "ok"), found;

    if ((outcome == RAN && same_groups(&ok, got)) || (outcome == FAILED && broke_down(expect))) {
        records_count(r, CASE_PASSED, part, NULL, NULL);
        return;
    }
    if (error.tag == KILN_ABSENT || outcome != FAILED) {
        records_judge(r, part, expect, outcome, got);
        return;
    }
    found = operation_error(r->heap, got);
    if (is_step_check(&found, &error))
        records_count(r, CASE_UNSUPPORTED, part, NULL, "the step refuses it first");
    else
        records_count(r, is_same_error(&found, &error) ? CASE_PASSED : CASE_FAILED, part,
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
    for (unsigned i = 0; outcome != RAN && n > 1 && i < n; i++)
        run_calls(r, &records[i], first + i, 1); /* to tell them apart */
    if (outcome != RAN && n > 1)
        return;
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

/* ---- a file that is one call ------------------------------------------------------------------
 */

/* {success, output_equals, output_contains}: what is there must hold. */
static int is_as_stated(const kiln_value *expect, enum outcome outcome, const kiln_value *got)
{
    kiln_value success = value_member(expect, "success");
    kiln_value equals = value_member(expect, "output_equals");
    kiln_value part = value_member(expect, "output_contains");

    if (success.tag == KILN_BOOL && success.u.i != (outcome == RAN))
        return 0;
    return (equals.tag == KILN_ABSENT || value_equal(&equals, got))
           && (part.tag == KILN_ABSENT || records_contains(got, &part));
}

/* The name of the folder the file is in, in the heap. */
static const char *folder_name(struct records *r)
{
    const char *end = strrchr(r->path, '/'), *begin = end;

    if (!end)
        return "";
    while (begin > r->path && begin[-1] != '/')
        begin--;
    return arena_dup(&r->heap->arena, begin, (size_t)(end - begin));
}

void scenario_operation_file(struct records *r, const kiln_value *file)
{
    kiln_value input = value_member(file, "input"), expect = value_member(file, "expect");
    kiln_value got = value_null(), none = records_object(r->heap, NULL), document;
    struct chain ch;
    enum outcome outcome;
    enum verdict verdict;

    chain_init(&ch, r->heap);
    chain_add(&ch, "call",
              make_agent(r->heap, folder_name(r), r->name, make_mapping(r->heap, &input)));
    records_put(r->heap, &ch.outputs, "outputs", make_reference(r->heap, "steps.call.outputs"));
    document = chain_finish(&ch);
    outcome = records_run(r, r->name, &document, &none, &got);
    verdict = outcome == UNSUPPORTED                 ? CASE_UNSUPPORTED
              : is_as_stated(&expect, outcome, &got) ? CASE_PASSED
                                                     : CASE_FAILED;
    records_count(r, verdict, "call", conformance_text(r->heap, &expect),
                  conformance_text(r->heap, &got));
}
