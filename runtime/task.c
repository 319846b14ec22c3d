/* task.c: steps that touch the world.
 *
 * The rule of durability in one sentence: a completion is durable before the next effect begins and
 * before anyone is told the end of the run. So pure steps run ahead of the disk, a chain of
 * dependent effects costs one flush each, and a resumed run takes every completion it finds from
 * the journal instead of acting again.
 */
#include "call.h"
#include "signals.h"
#include "wait.h"

#include <errno.h>

static int store_failed(kiln_run *r)
{
    return run_break(r, -EIO, "the store could not keep what a step has done");
}

/* What a call left in the scratch space is set again on resume. */
static int merge_scratch(kiln_run *r, const kiln_value *changed)
{
    kiln_heap *h = &r->heap;
    kiln_value empty, member;

    if (changed->tag != KILN_OBJECT)
        return 0;
    if (h->scratch.tag != KILN_OBJECT) {
        if (kiln_object(h, &empty, NULL, 0) < 0)
            return -1;
        h->scratch = empty;
    }
    for (unsigned i = 0; i < changed->n; i++)
        if (value_copy(h, &member, &changed->u.members[i].value) < 0
            || value_with(h, &h->scratch, &h->scratch, &changed->u.members[i].key, &member) < 0)
            return -1;
    return 0;
}

/* The completion the journal holds: 1 when it was there and the run has moved on, 0 when not. */
static int recall(kiln_run *r, struct frame *f, unsigned step)
{
    kiln_value kept, scratch, v;
    struct journal_place at;
    int kind, moved;

    if (frame_place(f, step, &at) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (!(kind = journal_find(r->journal, &at, &kept, &scratch)))
        return 0;
    if (value_copy(&r->heap, &v, &kept) < 0 || merge_scratch(r, &scratch) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (kind == JOURNAL_FAILED)
        moved = run_fail(r, f, step, &v);
    else
        moved = run_complete(r, f, step, kind == JOURNAL_NOTE ? NULL : &v, -1);
    return moved < 0 ? -1 : 1;
}

static int record(kiln_run *r, struct frame *f, unsigned step, enum journal_kind kind,
                  const kiln_value *v, const kiln_value *scratch)
{
    struct journal_place at;

    if (frame_place(f, step, &at) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (journal_append(r->journal, kind, &at, v, scratch) < 0)
        return store_failed(r);
    return 0;
}

/* ---- calling ---- */

static const kiln_field *missing_input(const struct kiln_call *call)
{
    for (unsigned i = 0; i < call->op->n_inputs; i++) {
        const kiln_field *f = &call->op->inputs[i];
        kiln_value v;

        if (!(f->flags & KILN_REQUIRED))
            continue;
        v = value_member(&call->input, f->name);
        if (v.tag == KILN_ABSENT || (v.tag == KILN_NULL && !(f->flags & KILN_NULLABLE)))
            return f;
    }
    return NULL;
}

static int take_result(struct kiln_call *call, kiln_value *ret)
{
    if (call->whole.tag != KILN_ABSENT) {
        *ret = call->whole;
        return 0;
    }
    if (call->op->flags & KILN_OP_BARE && !call->n) {
        *ret = value_null();
        return 0;
    }
    if (kiln_object(&call->run->heap, ret, call->pairs, call->n) == 0)
        return 0;
    call->error = call->run->heap.error;
    return -1;
}

/* Calls the operation: 0 with *ret set, or -1 with call->error set. A required input that is not
 * there fails the call before the body runs. */
static inline int call_operation(struct kiln_call *call, kiln_value *ret)
{
    const kiln_field *missing = call->op->flags & KILN_OP_CHECKS ? NULL : missing_input(call);

    if (missing)
        return kiln_fail(call, "operation '%s': required input '%s' is missing", call->op->name,
                         missing->name);
    if (call->op->run(call) == 0)
        return take_result(call, ret);
    if (call->error.tag == KILN_ABSENT)
        call->error = call->run->heap.error;
    if (call->error.tag == KILN_ABSENT)
        kiln_fail(call, "operation '%s' failed without saying why", call->op->name);
    return -1;
}

/* The error of an operation, with the text in front of it that says whose it is. */
static int blame(kiln_run *r, const kiln_step *s, kiln_value *error)
{
    struct text t = { 0 };
    int failed;

    text_puts(&t, s->blame);
    json_write_plain(&t, error);
    failed = t.failed || value_string(&r->heap, error, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? run_break(r, -ENOMEM, "out of memory") : 0;
}

/* ---- what came of a step ---- */

static int is_journalled(const kiln_run *r, const struct frame *f, unsigned step)
{
    return r->journal && f->flow->steps[step].flags & KILN_STEP_JOURNAL;
}

static int keep_failure(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error,
                        const kiln_value *scratch)
{
    if (is_journalled(r, f, step) && record(r, f, step, JOURNAL_FAILED, error, scratch) < 0)
        return -1;
    return run_fail(r, f, step, error);
}

static int fail(kiln_run *r, struct frame *f, unsigned step, struct kiln_call *call)
{
    const kiln_step *s = &f->flow->steps[step];
    int again = wait_again(r, f, step, &call->error);

    if (again)
        return again < 0 ? -1 : 0;
    if (s->blame && blame(r, s, &call->error) < 0)
        return -1;
    return keep_failure(r, f, step, &call->error, &call->scratch);
}

int task_done(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result,
              const kiln_value *scratch)
{
    if (is_journalled(r, f, step) && record(r, f, step, JOURNAL_DONE, result, scratch) < 0)
        return -1;
    return run_complete(r, f, step, result, -1);
}

/* Calls the operation now. What comes after the deadline comes too late. */
static int act(kiln_run *r, struct frame *f, unsigned step)
{
    struct kiln_call call;
    kiln_value result;

    call_begin(&call, f, step);
    r->heap.error.tag = KILN_ABSENT;
    if (call_operation(&call, &result) < 0)
        return fail(r, f, step, &call);
    if (f->waits && wait_is_late(r, f, step))
        return keep_failure(r, f, step, f->flow->steps[step].policy->late, &call.scratch);
    if (call.later)
        return wait_time(r, f, step, call.later, &result, &call.scratch);
    return task_done(r, f, step, &result, &call.scratch);
}

/* Before an effect: 1 when the journal knows what came of it, 0 when all before it is durable. */
static int prepare(kiln_run *r, struct frame *f, unsigned step)
{
    int moved = recall(r, f, step);

    if (!moved && journal_dirty(r->journal) && journal_commit(r->journal) < 0)
        return store_failed(r);
    return moved;
}

int task_run(kiln_run *r, struct frame *f, unsigned step)
{
    int moved;

    if (is_journalled(r, f, step) && (moved = prepare(r, f, step)))
        return moved < 0 ? -1 : 0;
    return act(r, f, step);
}

int task_note(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_step *s = &f->flow->steps[step];
    int moved;

    if (r->journal && (moved = recall(r, f, step)))
        return moved < 0 ? -1 : 0;
    run_trace(r, KILN_EVENT_NOTE, s, &f->head.out);
    if (r->journal && record(r, f, step, JOURNAL_NOTE, &f->head.out, NULL) < 0)
        return -1;
    return run_complete(r, f, step, NULL, -1);
}

int task_sleep(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_value null = value_null();
    double ms = value_number(&f->head.out);
    int moved;

    if (is_journalled(r, f, step) && (moved = recall(r, f, step)))
        return moved < 0 ? -1 : 0;
    return wait_time(r, f, step,
                     ms >= 1 ? ms < 1e15 ? (unsigned long long)ms : 1000000000000000 : 0,
                     &f->head.out, &null);
}

int task_await(kiln_run *r, struct frame *f, unsigned step)
{
    kiln_value signal;
    int moved;

    if (is_journalled(r, f, step) && (moved = recall(r, f, step)))
        return moved < 0 ? -1 : 0;
    if (!(moved = signal_take(r, &f->head.out, &signal)))
        return wait_signal(r, f, step, &f->head.out);
    return moved < 0 ? -1 : task_done(r, f, step, &signal, NULL);
}
