/* run.c: the moves.
 *
 * One idea: the program's tables say what follows from what, the leaves say only what happened. So
 * there is one queue of ready steps, and a handful of moves - complete, fail, arrive, end - that
 * every answer of a leaf comes down to (drive.c asks them). All three dialects run here.
 */
#include "hold.h"

#include <errno.h>
#include <stdlib.h>

#include "link.h"

int run_break(kiln_run *r, int code, const char *format, ...)
{
    va_list ap;

    if (!r->broken) {
        r->broken = code;
        text_clear(&r->error);
        va_start(ap, format);
        text_vprintf(&r->error, format, ap);
        va_end(ap);
    }
    return -1;
}

static int out_of_memory(kiln_run *r)
{
    return run_break(r, -ENOMEM, "out of memory");
}

/* ---- the ready queue ---- */

int run_grow_ready(kiln_run *r)
{
    size_t cap = r->ready_cap ? 2 * r->ready_cap : 16;
    struct ready *ready = malloc(cap * sizeof *ready);

    if (!ready)
        return out_of_memory(r);
    for (size_t i = 0; i < r->ready_n; i++)
        ready[i] = r->ready[(r->ready_first + i) & (r->ready_cap - 1)];
    free(r->ready);
    r->ready = ready;
    r->ready_first = 0;
    r->ready_cap = cap;
    return 0;
}

int run_enqueue(kiln_run *r, struct frame *f, unsigned step)
{
    return link_enqueue(r, f, step);
}

int run_ready(kiln_run *r, struct frame *f, unsigned step)
{
    if (f->held.set && step > f->held.step)
        return 0; /* it comes after the end */
    f->busy++;
    f->quiet = 0;
    if (f->stream && f->flow->steps[step].kind->flags & KILN_STEP_GATED) {
        int open = each_enter(f, step);

        if (open <= 0)
            return open < 0 ? out_of_memory(r) : 0;
    }
    return link_enqueue(r, f, step);
}

/* ---- arrivals ---- */

/* One arrival at a counting step: 1 when the step wakes, -1 when it dies (it was the last arrival
 * and none was alive), 0 when it goes on waiting. While an error is handled the first live one is
 * enough; later ones find it done. */
static int count_arrival(struct frame *f, unsigned step, int soft, int live)
{
    const kiln_step *s = &f->flow->steps[step];
    struct arrival *a = &f->arrivals[step];

    if (a->done)
        return 0;
    if (soft)
        a->soft = 1;
    else
        a->hard++;
    a->live |= (unsigned char)live;
    if ((a->hard < s->kind->hard || a->soft < s->kind->soft) && !(f->handling && live))
        return 0;
    a->done = 1;
    return a->live ? 1 : -1;
}

HOT int arrive_one(kiln_run *r, struct frame *f, unsigned step, int soft, int live)
{
    const kiln_step *s = &f->flow->steps[step];
    int wakes = live;

    if (s->kind->wake == KILN_WAKE_COUNT) /* the only arrival there is needs no counting */
        wakes = s->kind->hard != 1 || s->kind->soft ? count_arrival(f, step, soft, live)
                : live                              ? 1
                                                    : -1;
    if (wakes > 0)
        return run_ready(r, f, step);
    if (wakes < 0 && list_push(&r->dead, step) < 0)
        return out_of_memory(r);
    return 0;
}

/* The edges of a step; its `then` as the edge it stands for, which needs a place. */
HOT unsigned edges_of(const kiln_step *s, kiln_edge *then, const kiln_edge **ret)
{
    *then = (kiln_edge){ .to = s->then };
    *ret = s->then ? then : s->edges;
    return s->then ? 1 : s->n_edges;
}

/* What fires, in place of a case. */
enum { PICK_ERROR = -2, PICK_DEATH = -3 };

HOT int is_taken(const kiln_edge *e, int pick)
{
    switch (e->kind) {
    case KILN_EDGE_CASE:
        return pick == e->label;
    case KILN_EDGE_ERROR:
        return pick == PICK_ERROR;
    case KILN_EDGE_ORDER:
        return 0;
    default:
        return pick > PICK_ERROR;
    }
}

/* Death is told only to steps that count: the others do not listen to it. A step that died of it
 * passes it on along every edge; the list keeps a long dead branch from becoming a deep recursion.
 */
static int fire_edges(kiln_run *r, struct frame *f, const kiln_step *s, int pick)
{
    int tells_death = f->flow->flags & KILN_FLOW_DEAD && !f->handling;

    for (;; pick = PICK_DEATH) {
        kiln_edge then;
        const kiln_edge *e;

        for (unsigned n = edges_of(s, &then, &e); n--; e++) {
            int live = is_taken(e, pick);

            if (!live && !(tells_death && f->flow->steps[e->to].kind->wake == KILN_WAKE_COUNT))
                continue;
            if (arrive_one(r, f, e->to, e->soft, live) < 0)
                return -1;
        }
        if (!r->dead.n)
            return 0;
        s = &f->flow->steps[r->dead.at[--r->dead.n]];
    }
}

/* ---- the moves ---- */

int run_quiet(kiln_run *r, struct frame *f)
{
    kiln_value null = value_null();

    if (f->quiet) /* the quiet step woke nothing and did not end the flow: nothing ever will */
        return run_end_frame(r, f, 1, &null);
    f->busy = 1;
    f->quiet = 1;
    return run_enqueue(r, f, f->flow->quiet);
}

/* The step is no longer under way: lets the next item into its gate, ends a task of a superstep,
 * and wakes the quiet step, or the end that was held, when it was the last. */
HOT int leave_step(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_step *s = &f->flow->steps[step];

    if (s->kind->flags & KILN_STEP_GATED && f->stream && each_leave(r, f, step) < 0)
        return -1;
    if (f->superstep && !s->n_edges && !s->then && f->flow->superstep->end(r, f, step) < 0)
        return r->status == KILN_RUNNING ? -1 : 0;
    if (--f->busy > f->held.set)
        return 0;
    return f->held.set ? hold_release(r, f) : run_quiet(r, f);
}

int run_complete_any(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result,
                     int pick)
{
    const kiln_step *s = &f->flow->steps[step];

    if (f->waits) {
        if (wait_keep_end(r, f, step, NULL) < 0)
            return -1;
        wait_end(f, step, step);
    }
    if (result)
        run_trace(r, KILN_EVENT_DONE, s, result);
    if (link_store(f, s, result) < 0)
        return run_fail(r, f, step, &r->heap.error);
    if (fire_edges(r, f, s, pick) < 0)
        return -1;
    return leave_step(r, f, step);
}

int run_complete(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result, int pick)
{
    return link_complete(r, f, step, result, pick);
}

static int has_error_edge(const kiln_step *s)
{
    for (unsigned i = 0; i < s->n_edges; i++)
        if (s->edges[i].kind == KILN_EDGE_ERROR)
            return 1;
    return 0;
}

/* An error handler takes over: whatever else the frame has under way is given up. */
static int begin_handling(struct frame *f, unsigned step)
{
    if (step && each_forget(f, 0, step - 1) < 0)
        return -1;
    if (each_forget(f, step + 1, ~0u) < 0)
        return -1;
    frame_clear(f, 0, ~0u);
    f->busy = 1;
    f->held.set = 0; /* it came after what failed now */
    f->handling = 1;
    return 0;
}

/* Where errors are soft, what a failed step leaves is an object with its error (operonx 9). */
static int keep_error(kiln_run *r, struct frame *f, const kiln_step *s, const kiln_value *error)
{
    kiln_value pair[2] = { value_static("error"), *error }, left;

    if (s->result < 0)
        return 0;
    if (kiln_object(&r->heap, &left, pair, 1) < 0)
        return out_of_memory(r);
    f->head.slots[s->result] = left;
    return 0;
}

int run_fail(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error)
{
    const kiln_step *s = &f->flow->steps[step];
    kiln_value e = *error; /* may live in what is dropped below */
    int soft = f->flow->flags & KILN_FLOW_SOFT_ERRORS;

    if (f->waits && wait_keep_end(r, f, step, &e) < 0)
        return -1;
    if (hold_is_needed(f, step))
        return hold_end(f, step, 0, &e);
    wait_end(f, step, step);
    run_trace(r, KILN_EVENT_FAILED, s, &e);
    if (f->superstep && f->flow->superstep->failed(f, step, &e) < 0)
        return -1;
    if (!soft && !has_error_edge(s))
        return run_end_frame(r, f, 0, &e);
    f->head.error = e;
    if (soft ? keep_error(r, f, s, &e) < 0 : begin_handling(f, step) < 0)
        return -1;
    return run_complete_any(r, f, step, NULL, PICK_ERROR);
}

int run_fail_call(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error)
{
    int again = wait_again(r, f, step, error);

    return again ? again < 0 ? -1 : 0 : run_fail(r, f, step, error);
}

int run_keep_end(kiln_run *r)
{
    static const enum journal_kind kinds[] = { [KILN_COMPLETED] = JOURNAL_COMPLETED,
                                               [KILN_FAILED] = JOURNAL_ENDED,
                                               [KILN_CANCELLED] = JOURNAL_CANCELLED };
    struct journal_place root = { 0 };

    if (!r->journal)
        return 0;
    if (journal_append(r->journal, kinds[r->status], &root, &r->output, NULL) < 0
        || (!r->yields && journal_commit(r->journal) < 0))
        return run_break(r, -EIO, "the store could not keep the end of the run");
    return 0;
}

static int end_run(kiln_run *r, struct frame *f, enum kiln_status status, const kiln_value *v)
{
    frame_clear(f, 0, ~0u);
    f->busy = 0;
    if (value_copy(&r->kept, &r->output, v) < 0)
        return out_of_memory(r);
    r->status = status;
    return run_keep_end(r);
}

int run_cancel(kiln_run *r)
{
    const kiln_value why = value_static("cancelled");

    return end_run(r, r->root, KILN_CANCELLED, &why);
}

int run_end_frame(kiln_run *r, struct frame *f, int ok, const kiln_value *v)
{
    struct frame *parent = f->parent;
    unsigned step = f->parent_step;
    kiln_value result = *v;

    if (!parent)
        return end_run(r, f, ok ? KILN_COMPLETED : KILN_FAILED, &result);
    if (f->stream)
        return each_end(r, f, ok, &result);
    frame_drop(f);
    return ok ? run_complete(r, parent, step, &result, -1)
              : run_fail_call(r, parent, step, &result);
}
