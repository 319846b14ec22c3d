/* scenario_run.c: running a made workflow and judging what came of it. */
#include <stdio.h>
#include <string.h>

#include "scenario.h"

void records_count(struct records *r, enum verdict verdict, const char *part, const char *expected,
                   const char *got)
{
    char name[512];

    snprintf(name, sizeof name, "%s/%s", r->name, part);
    conformance_count(r->c, CONFORMANCE_SCENARIO, verdict, name, expected, got);
}

const char *records_name(struct records *r, const kiln_value *list, unsigned i)
{
    kiln_value name = value_member(&list->u.items[i], "name");
    int n = name.tag == KILN_STRING ? (int)name.n : 0;

    return arena_printf(&r->heap->arena, "%u%s%.*s", i, n ? "-" : "", n, n ? name.u.s : "");
}

/* A copy that outlives the program, whose constants may be part of `v`. 0 or -1. */
static int keep(kiln_heap *h, kiln_value *ret, const kiln_value *v)
{
    struct text bytes = { 0 };
    size_t at = 0;
    int rc;

    value_encode(&bytes, v);
    rc = value_decode(h, ret, (const unsigned char *)text_cstr(&bytes), bytes.n, &at);
    text_fini(&bytes);
    return rc;
}

static enum outcome run_program(struct records *r, struct conformance_program *p,
                                const kiln_value *input, kiln_value *ret)
{
    struct conformance_case k = { .input = input };
    kiln_run *run = conformance_run(r->c, p, &k);
    enum outcome outcome = FAILED;

    if (!run) {
        *ret = value_static("a program that does not fit");
        return BROKEN;
    }
    if (kiln_run_status(run) == KILN_COMPLETED)
        outcome = RAN;
    if (kiln_run_status(run) == KILN_RUNNING)
        *ret = records_text(r->heap, "%s", kiln_run_error(run));
    else if (keep(r->heap, ret, kiln_run_output(run)) < 0)
        outcome = BROKEN;
    kiln_run_free(run);
    return outcome;
}

int records_is_unsupported(const struct conformance_program *p)
{
    static const char *const codes[] = { "E020 ", "E021 ", "E124 " };
    int found = p->unsupported;

    for (size_t i = 0; p->complaint && i < sizeof codes / sizeof *codes; i++)
        found |= !strncmp(p->complaint, codes[i], 5);
    return found;
}

enum outcome records_run(struct records *r, const char *part, const kiln_value *document,
                         const kiln_value *input, kiln_value *ret)
{
    struct compile_options options = { .dialect = "scenario", .legacy = 1 };
    struct op_set ops = records_ops(r);
    struct conformance_program p;
    struct text t = { 0 };
    enum outcome outcome;

    json_write(&t, document);
    conformance_compile(r->c, part, text_cstr(&t), t.n, &ops, &options, &p);
    if (p.program) {
        outcome = run_program(r, &p, input, ret);
    } else {
        *ret = records_text(r->heap, "%s", p.complaint);
        outcome = records_is_unsupported(&p) ? UNSUPPORTED : REFUSED;
    }
    conformance_program_fini(&p);
    text_fini(&t);
    return outcome;
}

const char *records_plain(kiln_heap *h, const kiln_value *v)
{
    return v->tag == KILN_STRING ? arena_dup(&h->arena, v->u.s, v->n) : conformance_text(h, v);
}

/* The words that must be in an error: a text itself, of an error object its message. */
static const char *expected_words(kiln_heap *h, const kiln_value *error)
{
    kiln_value message = value_member(error, "message");

    return records_plain(h, message.tag == KILN_STRING ? &message : error);
}

/* Where a record expects an error, a refusal passes only in the same words: Kiln may be stricter,
 * and what it refuses cannot be seen to fail. */
static enum verdict judge(kiln_heap *h, const kiln_value *expect, enum outcome outcome,
                          const kiln_value *got)
{
    kiln_value ok = value_member(expect, "ok"), error = value_member(expect, "error");

    if (outcome == UNSUPPORTED)
        return CASE_UNSUPPORTED;
    if (ok.tag != KILN_ABSENT)
        return outcome == RAN && value_equal(&ok, got) ? CASE_PASSED : CASE_FAILED;
    if ((outcome == FAILED || outcome == REFUSED) && error.tag != KILN_ABSENT
        && strstr(records_plain(h, got), expected_words(h, &error)))
        return CASE_PASSED;
    return outcome == REFUSED ? CASE_UNSUPPORTED : CASE_FAILED;
}

void records_judge(struct records *r, const char *part, const kiln_value *expect,
                   enum outcome outcome, const kiln_value *got)
{
    records_count(r, judge(r->heap, expect, outcome, got), part, conformance_text(r->heap, expect),
                  records_plain(r->heap, got));
}

int records_contains(const kiln_value *whole, const kiln_value *part)
{
    if (part->tag != KILN_OBJECT)
        return value_equal(whole, part);
    for (unsigned i = 0; i < part->n; i++) {
        kiln_value v = kiln_get(whole, &part->u.members[i].key);

        if (!records_contains(&v, &part->u.members[i].value))
            return 0;
    }
    return 1;
}
