/* pregel_steps.c: one recorded step: run, looked at, compared.
 *
 * What looks at stored state (state, history, checkpoint, update_state...) is not supported yet;
 * but the task ids of a recorded history must be those the run told, and that is a case of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pregel_thread.h"

void pregel_count(struct recorded *r, enum verdict v, const char *expected, const char *got)
{
    conformance_count(r->f->conformance, CONFORMANCE_PREGEL, v, r->name, expected, got);
}

static void unsupported(struct recorded *r, const char *why)
{
    pregel_count(r, CASE_UNSUPPORTED, NULL, why);
}

static void compare(struct recorded *r, const kiln_value *expected, const kiln_value *got)
{
    kiln_heap *h = &r->f->heap;

    if (value_equal(expected, got))
        pregel_count(r, CASE_PASSED, NULL, NULL);
    else
        pregel_count(r, CASE_FAILED, conformance_text(h, expected), conformance_text(h, got));
}

const char *pregel_text_of(struct recorded *r, const char *member)
{
    kiln_value v = value_member(r->step, member);

    if (v.tag != KILN_STRING)
        return NULL;
    return arena_dup(&r->f->heap.arena, v.u.s, v.n);
}

static struct thread *thread_of(struct recorded *r)
{
    const char *name = pregel_text_of(r, "thread");

    return pregel_thread(r->f, name ? name : "");
}

/* ---- running ---- */

/* The recorded message is the first line of the reference's; its type must be the same. */
static void compare_error(struct recorded *r, const kiln_value *error, const kiln_value *got)
{
    kiln_value type = value_member(got, "type"), message = value_member(got, "message");
    kiln_value want_type = value_member(error, "type"), want = value_member(error, "message");
    int same = value_equal(&type, &want_type) && message.tag == KILN_STRING
               && (want.tag != KILN_STRING
                   || (message.n >= want.n && !memcmp(message.u.s, want.u.s, want.n)));

    if (same)
        pregel_count(r, CASE_PASSED, NULL, NULL);
    else
        pregel_count(r, CASE_FAILED, conformance_text(&r->f->heap, error),
                     conformance_text(&r->f->heap, got));
}

/* A limit of 0 can only be written in the graph, and there it is a complaint. */
static void run_without_limit(struct recorded *r, const kiln_value *error)
{
    struct conformance_program p;
    kiln_value key = value_static("recursion_limit"), zero = value_int(0), graph;
    kiln_value want = value_member(error, "message");
    const char *text, *sentence = arena_dup(&r->f->heap.arena, want.u.s, want.n);

    if (value_with(&r->f->heap, &graph, r->graph, &key, &zero) < 0)
        abort();
    text = conformance_text(&r->f->heap, &graph);
    conformance_compile(r->f->conformance, r->name, text, strlen(text), NULL, NULL, &p);
    if (p.complaint && strstr(p.complaint, sentence))
        pregel_count(r, CASE_PASSED, NULL, NULL);
    else
        pregel_count(r, CASE_FAILED, sentence, p.complaint ? p.complaint : "no complaint");
    conformance_program_fini(&p);
}

static const char *mode_of(enum kiln_event kind)
{
    if (kind == KILN_EVENT_VALUES)
        return "values";
    return kind == KILN_EVENT_UPDATES ? "updates" : "tasks";
}

static int wants(const kiln_value *modes, const char *mode)
{
    for (unsigned i = 0; modes->tag == KILN_ARRAY && i < modes->n; i++)
        if (value_is(&modes->u.items[i], mode))
            return 1;
    return value_is(modes, mode);
}

/* The chunks of the modes asked for: bare, or with the mode in front when it was a list. */
static kiln_value chunks_of(struct recorded *r, const struct thread *t, const kiln_value *modes)
{
    kiln_heap *h = &r->f->heap;
    kiln_value all;

    if (kiln_array(h, &all, NULL, 0) < 0)
        abort();
    for (const struct told *e = t->first; e; e = e->next) {
        kiln_value pair[2] = { value_static(mode_of(e->kind)), e->v }, chunk = e->v;

        if (!wants(modes, mode_of(e->kind)))
            continue;
        if (modes->tag == KILN_ARRAY && kiln_array(h, &chunk, pair, 2) < 0)
            abort();
        if (kiln_push(h, &all, &chunk) < 0)
            abort();
    }
    return all;
}

static void judge_run(struct recorded *r, const struct thread *t, int status)
{
    kiln_value error = value_member(&r->expect, "error"), mode = value_member(r->step, "mode");
    kiln_value chunks = value_member(&r->expect, "chunks"), got;

    if (status == KILN_FAILED && error.tag != KILN_ABSENT) {
        compare_error(r, &error, kiln_run_output(t->run));
    } else if (status != KILN_COMPLETED) {
        pregel_count(r, CASE_FAILED, conformance_text(&r->f->heap, &r->expect),
                     status < 0 ? kiln_run_error(t->run)
                                : conformance_text(&r->f->heap, kiln_run_output(t->run)));
    } else if (chunks.tag != KILN_ABSENT) {
        got = chunks_of(r, t, &mode);
        compare(r, &chunks, &got);
    } else {
        kiln_value result = value_member(&r->expect, "result");

        compare(r, &result, kiln_run_output(t->run));
    }
}

static int only_known_modes(const kiln_value *modes)
{
    static const char *const known[] = { "values", "updates", "tasks" };
    unsigned n = modes->tag == KILN_ARRAY ? modes->n : 1, found = 0;

    for (unsigned i = 0; i < sizeof known / sizeof *known; i++)
        found += (unsigned)wants(modes, known[i]);
    return modes->tag == KILN_ABSENT || found == n;
}

static int is_command(const kiln_value *input)
{
    return input->tag == KILN_OBJECT && value_member(input, "$command").tag != KILN_ABSENT;
}

/* invoke and stream. 0 when the threads are no longer what the recording says. */
static int run_step(struct recorded *r)
{
    kiln_value input = value_member(r->step, "input"), mode = value_member(r->step, "mode");
    kiln_value limit = value_member(r->step, "recursion_limit"), null = value_null();
    kiln_value error = value_member(&r->expect, "error");
    struct thread *t = thread_of(r);
    int status;

    if (!t || is_command(&input) || value_member(r->step, "subgraphs").tag != KILN_ABSENT) {
        unsupported(r, "commands, nested streams or many threads");
        return 0;
    }
    if (limit.tag == KILN_INT && limit.u.i < 1) {
        run_without_limit(r, &error);
        return 1;
    }
    status = pregel_thread_run(t, input.tag == KILN_ABSENT ? &null : &input,
                               limit.tag == KILN_INT ? (unsigned)limit.u.i : 0);
    if (only_known_modes(&mode))
        judge_run(r, t, status);
    else
        unsupported(r, "a stream of checkpoints or another mode");
    return 1;
}

/* ---- looking ---- */

static long long count_runs(const struct fixture *f, const char *name)
{
    long long n = 0;

    for (unsigned k = 0; k < f->n_threads; k++)
        if (f->threads[k].run)
            n += kiln_run_count(f->threads[k].run, name);
    return n;
}

/* How often a node has run, or the path of a branch that has a name: as often as its source. */
static long long count_calls(struct recorded *r, const kiln_value *name)
{
    kiln_value branches = value_member(r->graph, "branches");
    long long n = count_runs(r->f, arena_dup(&r->f->heap.arena, name->u.s, name->n));

    for (unsigned i = 0; branches.tag == KILN_ARRAY && i < branches.n; i++) {
        kiln_value own = value_member(&branches.u.items[i], "name");
        kiln_value source = value_member(&branches.u.items[i], "source");

        if (source.tag == KILN_STRING && value_equal(&own, name))
            n += count_runs(r->f, arena_dup(&r->f->heap.arena, source.u.s, source.n));
    }
    return n;
}

static void judge_calls(struct recorded *r)
{
    kiln_value calls = value_member(&r->expect, "calls"), got;

    if (kiln_object(&r->f->heap, &got, NULL, 0) < 0)
        abort();
    for (unsigned i = 0; i < calls.n; i++) {
        const kiln_value *key = &calls.u.members[i].key;
        kiln_value n = value_int(count_calls(r, key));

        if (value_with(&r->f->heap, &got, &got, key, &n) < 0)
            abort();
    }
    compare(r, &calls, &got);
}

static void judge_drawing(struct recorded *r, int as_json)
{
    const struct unit *u = &r->f->program.compilation.unit;
    kiln_value want = value_member(&r->expect, as_json ? "json" : "mermaid"), got;
    struct json_error error;
    struct text t = { 0 };
    int failed;

    (as_json ? dialect_pregel.graph_json : dialect_pregel.mermaid)(u, &t);
    failed = as_json ? json_read(&r->f->heap, &got, text_cstr(&t), t.n, &error)
                     : value_string(&r->f->heap, &got, text_cstr(&t), t.n);
    if (failed)
        pregel_count(r, CASE_FAILED, "JSON", text_cstr(&t));
    else
        compare(r, &want, &got);
    text_fini(&t);
}

static int has_task(const kiln_value *tasks, const kiln_value *task)
{
    kiln_value id = value_member(task, "id"), name = value_member(task, "name");

    for (unsigned i = 0; i < tasks->n; i++) {
        kiln_value a = value_member(&tasks->u.items[i], "id");
        kiln_value b = value_member(&tasks->u.items[i], "name");

        if (value_equal(&a, &id) && value_equal(&b, &name))
            return 1;
    }
    return 0;
}

/* The recorded tasks (the hidden one left out) and the told ones are the same. */
static void judge_ids(struct recorded *r, const kiln_value *history)
{
    const struct thread *t = thread_of(r);
    const kiln_value *missing = NULL;
    unsigned n = 0;

    snprintf(r->name + strlen(r->name), sizeof r->name - strlen(r->name), " (task ids)");
    for (unsigned i = 0; t && i < history->n; i++) {
        kiln_value tasks = value_member(&history->u.items[i], "tasks");

        for (unsigned k = 0; tasks.tag == KILN_ARRAY && k < tasks.n; k++) {
            kiln_value name = value_member(&tasks.u.items[k], "name");

            if (value_is(&name, "__start__"))
                continue;
            n++;
            if (!has_task(&t->tasks, &tasks.u.items[k]))
                missing = &tasks.u.items[k];
        }
    }
    if (t && !missing && n == t->tasks.n)
        pregel_count(r, CASE_PASSED, NULL, NULL);
    else
        pregel_count(r, CASE_FAILED,
                     missing ? conformance_text(&r->f->heap, missing) : "as many tasks",
                     t ? conformance_text(&r->f->heap, &t->tasks) : "no thread");
}

static int is_one_of(const char *op, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(op, *list))
            return 1;
    return 0;
}

void pregel_judge_step(struct recorded *r, const char *op, int *sound)
{
    static const char *const edits[] = { "update_state", "bulk_update", NULL };
    static const char *const runs[] = { "invoke", "stream", NULL };
    kiln_value xray = value_member(r->step, "xray"), styles = value_member(r->step, "styles");
    kiln_value history = value_member(&r->expect, "history");
    int plain = xray.tag == KILN_ABSENT && styles.tag == KILN_ABSENT;

    if (!strcmp(op, "graph_json") && plain)
        judge_drawing(r, 1);
    else if (!strcmp(op, "mermaid") && plain)
        judge_drawing(r, 0);
    else if (!*sound)
        unsupported(r, "the state was edited before");
    else if (is_one_of(op, runs))
        *sound = run_step(r);
    else if (!strcmp(op, "calls"))
        judge_calls(r);
    else {
        unsupported(r, op);
        *sound = !is_one_of(op, edits);
        /* durability "exit" keeps only the last checkpoint of a run */
        if (history.tag == KILN_ARRAY && !r->f->lossy)
            judge_ids(r, &history);
    }
}
