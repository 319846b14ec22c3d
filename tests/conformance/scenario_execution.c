/* scenario_execution.c: whole workflows with what must come of them (scenario_tale.h).
 *
 * What Kiln does otherwise (the checkpoints and keys of another store) counts as unsupported.
 */
#include <stdio.h>
#include <string.h>

#include "scenario_tale.h"

static void run_program(struct records *r, const char *part, struct conformance_program *p,
                        const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect"), input = value_member(record, "input"), got;
    kiln_value tracked = value_member(&expect, "track_events");
    struct tale t = { r, records_array(r->heap), records_array(r->heap), kiln_truthy(&tracked) };
    kiln_value signals = value_member(record, "signals");
    struct conformance_case k = { .input = &input,
                                  .answers = &signals,
                                  .options = { .trace = tale_listen, .trace_ctx = &t } };
    kiln_run *run = conformance_run(r->c, p, &k);
    enum kiln_status status = run ? kiln_run_status(run) : KILN_FAILED;
    int ok;

    if (!run)
        got = value_static("a program that does not fit");
    else if (status == KILN_RUNNING)
        got = records_text(r->heap, "%s", kiln_run_error(run));
    else
        got = *kiln_run_output(run);
    ok = tale_agrees(&t, &expect, status == KILN_COMPLETED, &got);
    records_count(r, ok ? CASE_PASSED : CASE_FAILED, part, conformance_text(r->heap, &expect),
                  conformance_text(r->heap, &got));
    if (run)
        kiln_run_free(run);
}

/* Why a record cannot be held against a run, or NULL. */
static const char *excuse(const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect");
    kiln_value checkpoints = value_member(&expect, "checkpoints");

    if (value_member(&expect, "sleep_keys").tag != KILN_ABSENT
        || value_member(&expect, "checkpoints_include").tag != KILN_ABSENT)
        return "the keys of another store";
    if (value_member(record, "preloaded_checkpoints").tag != KILN_ABSENT
        || (checkpoints.tag == KILN_ARRAY && checkpoints.n))
        return "the checkpoints of another store";
    return NULL;
}

/* The document of a record; `workflow_file` is relative to the folder above the file's. */
static int read_document(struct records *r, const kiln_value *record, kiln_value *ret)
{
    kiln_value file = value_member(record, "workflow_file");
    const char *slash = strrchr(r->path, '/');
    char path[4096];

    *ret = value_member(record, "workflow");
    if (ret->tag != KILN_ABSENT)
        return 0;
    snprintf(path, sizeof path, "%.*s/../%.*s", slash ? (int)(slash - r->path) : 1,
             slash ? r->path : ".", (int)file.n, file.u.s);
    return conformance_read(r->heap, path, ret);
}

/* A refusal answers a record that expects the run to fail when it says the words expected; else
 * what Kiln refuses cannot be seen to fail. */
static void judge_refusal(struct records *r, const char *part, const struct conformance_program *p,
                          const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect"), outcome = value_member(&expect, "outcome");
    int fails = value_is(&outcome, "failed"), stated;
    enum verdict verdict = CASE_FAILED;

    stated = value_member(&expect, "error_contains").tag == KILN_ARRAY
             || value_member(&expect, "error_contains_any").tag == KILN_ARRAY;
    if (records_is_unsupported(p))
        verdict = CASE_UNSUPPORTED;
    else if (fails)
        verdict = stated && tale_has_words(&expect, p->complaint) ? CASE_PASSED : CASE_UNSUPPORTED;
    records_count(r, verdict, part, conformance_text(r->heap, &expect), p->complaint);
}

static void run_record(struct records *r, const char *part, const kiln_value *record)
{
    struct compile_options options = { .dialect = "scenario", .legacy = 1 };
    kiln_value expect = value_member(record, "expect"),
               tracked = value_member(&expect, "track_events");
    struct conformance_program p;
    struct text t = { 0 };
    kiln_value document;

    options.track = kiln_truthy(&tracked);
    if (excuse(record)) {
        records_count(r, CASE_UNSUPPORTED, part, NULL, excuse(record));
        return;
    }
    if (read_document(r, record, &document) < 0) {
        records_count(r, CASE_FAILED, part, "its workflow", "the file cannot be read");
        return;
    }
    json_write(&t, &document);
    conformance_compile(r->c, part, text_cstr(&t), t.n, NULL, &options, &p);
    if (p.program)
        run_program(r, part, &p, record);
    else
        judge_refusal(r, part, &p, record);
    conformance_program_fini(&p);
    text_fini(&t);
}

void scenario_execution(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        kiln_value name = value_member(&list->u.items[i], "name");

        run_record(r, arena_dup(&r->heap->arena, name.u.s, name.n), &list->u.items[i]);
    }
}
