/* scenario_execution.c: whole workflows with what must come of them: output or error, log lines,
 * which steps ran and in which order.
 *
 * What Kiln does otherwise (debug events, the checkpoints of another store, signals) counts as
 * unsupported.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

/* What a run told: log lines and failures as the reference's events, and the steps in order. */
struct tale {
    struct records *r;
    kiln_value events, steps;
};

static void add_event(struct tale *t, const kiln_step *step, const char *subtype,
                      const kiln_value *v)
{
    kiln_value payload, event;

    if (value_copy(t->r->heap, &payload, v) < 0 || payload.tag != KILN_OBJECT)
        return;
    records_put(t->r->heap, &payload, "step_id", records_text(t->r->heap, "%s", step->id));
    if (value_member(&payload, "stepName").tag == KILN_STRING)
        records_put(t->r->heap, &payload, "step_name", value_member(&payload, "stepName"));
    event = records_object(t->r->heap, "subtype", value_static(subtype), "payload", payload, NULL);
    records_push(t->r->heap, &t->events, event);
}

static void listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    struct tale *t = ctx;

    if (kind == KILN_EVENT_NOTE)
        add_event(t, step, "workflow_log", v);
    else if (kind == KILN_EVENT_FAILED && value_member(v, "stepName").tag != KILN_ABSENT)
        add_event(t, step, "workflow_error", v);
    else if (kind == KILN_EVENT_STEP && !(step->flags & KILN_STEP_HIDDEN))
        records_push(t->r->heap, &t->steps, records_text(t->r->heap, "%s", step->id));
}

/* ---- judging --------------------------------------------------------------------------------- */

/* Every member of `part` is in `whole`, as deep as `part` goes. */
static int contains(const kiln_value *whole, const kiln_value *part)
{
    if (part->tag != KILN_OBJECT)
        return value_equal(whole, part);
    for (unsigned i = 0; i < part->n; i++) {
        kiln_value v = kiln_get(whole, &part->u.members[i].key);

        if (!contains(&v, &part->u.members[i].value))
            return 0;
    }
    return 1;
}

static int has_words(kiln_heap *h, const kiln_value *words, const kiln_value *error)
{
    const char *text = error->tag == KILN_STRING ? arena_dup(&h->arena, error->u.s, error->n)
                                                 : conformance_text(h, error);

    for (unsigned i = 0; words->tag == KILN_ARRAY && i < words->n; i++)
        if (!memmem(text, strlen(text), words->u.items[i].u.s, words->u.items[i].n))
            return 0;
    return 1;
}

static long place(const struct tale *t, const kiln_value *id)
{
    for (unsigned i = 0; i < t->steps.n; i++)
        if (value_equal(&t->steps.u.items[i], id))
            return i;
    return -1;
}

/* `each_step_once`, `not_run` and `order`. */
static int is_told_right(const struct tale *t, const kiln_value *expect)
{
    kiln_value once = value_member(expect, "each_step_once"), order = value_member(expect, "order");
    kiln_value never = value_member(expect, "not_run");

    for (unsigned i = 0; once.tag == KILN_ARRAY && i < once.n; i++)
        if (place(t, &once.u.items[i]) < 0)
            return 0;
    for (unsigned i = 0; never.tag == KILN_ARRAY && i < never.n; i++)
        if (place(t, &never.u.items[i]) >= 0)
            return 0;
    for (unsigned i = 0; order.tag == KILN_ARRAY && i < order.n; i++)
        if (place(t, &order.u.items[i].u.items[0]) >= place(t, &order.u.items[i].u.items[1]))
            return 0;
    return 1;
}

static int agrees(struct tale *t, const kiln_value *expect, int completed, const kiln_value *got)
{
    kiln_value outcome = value_member(expect, "outcome"), output = value_member(expect, "output");
    kiln_value part = value_member(expect, "output_contains"),
               error = value_member(expect, "error");
    kiln_value words = value_member(expect, "error_contains"),
               events = value_member(expect, "events");

    if (value_is(&outcome, "completed") != completed || !is_told_right(t, expect))
        return 0;
    if (output.tag != KILN_ABSENT && !value_equal(&output, got))
        return 0;
    if (part.tag != KILN_ABSENT && !contains(got, &part))
        return 0;
    if (error.tag != KILN_ABSENT && !value_equal(&error, got))
        return 0;
    if (events.tag == KILN_ARRAY && events.n != t->events.n)
        return 0;
    for (unsigned i = 0; events.tag == KILN_ARRAY && i < events.n; i++)
        if (!contains(&t->events.u.items[i], &events.u.items[i]))
            return 0;
    return has_words(t->r->heap, &words, got);
}

/* ---- running --------------------------------------------------------------------------------- */

static void run_program(struct records *r, const char *part, const struct conformance_program *p,
                        const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect"), input = value_member(record, "input");
    struct tale t = { r, records_array(r->heap), records_array(r->heap) };
    kiln_options options = { .trace = listen, .trace_ctx = &t };
    const char *why = NULL;
    kiln_run *run = conformance_run(p, &input, &options, &why);
    int ok;

    if (!run) {
        records_count(r, CASE_FAILED, part, "it to run", why);
        return;
    }
    ok = agrees(&t, &expect, kiln_run_status(run) == KILN_COMPLETED, kiln_run_output(run));
    records_count(r, ok ? CASE_PASSED : CASE_FAILED, part, conformance_text(r->heap, &expect),
                  conformance_text(r->heap, kiln_run_output(run)));
    kiln_run_free(run);
}

/* Why a record cannot be held against a run, or NULL. */
static const char *excuse(const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect"), events = value_member(&expect, "events");
    kiln_value checkpoints = value_member(&expect, "checkpoints");
    kiln_value subtype = { 0 };

    if (events.tag == KILN_ARRAY && events.n)
        subtype = value_member(&events.u.items[0], "subtype");
    if (value_is(&subtype, "step_debug_start"))
        return "debug events";
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

/* A refusal answers a record that expects the run to fail. */
static void judge_refusal(struct records *r, const char *part, const struct conformance_program *p,
                          const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect"), outcome = value_member(&expect, "outcome");
    enum verdict verdict = p->unsupported                 ? CASE_UNSUPPORTED
                           : value_is(&outcome, "failed") ? CASE_PASSED
                                                          : CASE_FAILED;

    records_count(r, verdict, part, conformance_text(r->heap, &expect), p->complaint);
}

static void run_record(struct records *r, const char *part, const kiln_value *record)
{
    struct compile_options options = { .dialect = "scenario", .lenient = 1 };
    struct conformance_program p;
    struct text t = { 0 };
    kiln_value document;

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
