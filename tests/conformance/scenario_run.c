/* scenario_run.c: running a made workflow and judging what came of it. */
#include <stdio.h>
#include <string.h>

#include "scenario.h"

void records_count(struct records *r, enum verdict verdict, const char *part, const char *expected,
                   const char *got)
{
    char name[512];

    snprintf(name, sizeof name, "%s/%s", r->name, part);
    r->seen++;
    conformance_count(r->c, CONFORMANCE_SCENARIO, verdict, name, expected, got);
}

/* Gives its input back whole: shows what an Agent step hands to its operation. */
KILN_OP(probe_input, "probe.input", KILN_PURE, "Gives its whole input back.",
        KILN_OUTPUTS({ "input", "object", "The input.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, *kiln_input(call));
}

enum { MOST_OPS = 256 };

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

static enum outcome run_program(struct records *r, const struct conformance_program *p,
                                const kiln_value *input, kiln_value *ret)
{
    const char *why = NULL;
    kiln_run *run = conformance_run(p, input, NULL, &why);
    enum outcome outcome;

    if (!run) {
        *ret = records_text(r->heap, "%s", why);
        return BROKEN;
    }
    outcome = kiln_run_status(run) == KILN_COMPLETED ? RAN : FAILED;
    if (keep(r->heap, ret, kiln_run_output(run)) < 0)
        outcome = BROKEN;
    kiln_run_free(run);
    return outcome;
}

enum outcome records_run(struct records *r, const char *part, const kiln_value *document,
                         const kiln_value *input, kiln_value *ret)
{
    struct compile_options options = { .dialect = "scenario", .lenient = 1 };
    const kiln_op *all[MOST_OPS];
    struct op_set ops = { all, 0 };
    struct conformance_program p;
    struct text t = { 0 };
    enum outcome outcome;

    for (; ops.n < r->c->ops->n && ops.n + 1 < MOST_OPS; ops.n++)
        all[ops.n] = r->c->ops->at[ops.n];
    all[ops.n++] = &kiln_op_probe_input;
    json_write(&t, document);
    conformance_compile(r->c, part, text_cstr(&t), t.n, &ops, &options, &p);
    if (p.program) {
        outcome = run_program(r, &p, input, ret);
    } else {
        *ret = records_text(r->heap, "%s", p.complaint);
        outcome = p.unsupported ? UNSUPPORTED : REFUSED;
    }
    conformance_program_fini(&p);
    text_fini(&t);
    return outcome;
}

/* The words that must be in an error: a text itself, of an error object its message. */
static const char *expected_words(kiln_heap *h, const kiln_value *error)
{
    kiln_value message = value_member(error, "message");
    const kiln_value *words = message.tag == KILN_STRING ? &message : error;

    return words->tag == KILN_STRING ? arena_dup(&h->arena, words->u.s, words->n)
                                     : conformance_text(h, words);
}

static const char *plain_text(kiln_heap *h, const kiln_value *v)
{
    return v->tag == KILN_STRING ? arena_dup(&h->arena, v->u.s, v->n) : conformance_text(h, v);
}

void records_judge(struct records *r, const char *part, const kiln_value *expect,
                   enum outcome outcome, const kiln_value *got)
{
    kiln_value ok = value_member(expect, "ok"), error = value_member(expect, "error");
    const char *text = plain_text(r->heap, got);
    int passed;

    if (outcome == UNSUPPORTED) {
        records_count(r, CASE_UNSUPPORTED, part, NULL, text);
        return;
    }
    if (ok.tag != KILN_ABSENT) /* what the reference fails at may be refused before it runs */
        passed = outcome == RAN && value_equal(&ok, got);
    else
        passed = outcome == REFUSED
                 || (outcome == FAILED && error.tag != KILN_ABSENT
                     && strstr(text, expected_words(r->heap, &error)) != NULL);
    records_count(r, passed ? CASE_PASSED : CASE_FAILED, part, conformance_text(r->heap, expect),
                  text);
}
