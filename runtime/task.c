/* task.c: steps that touch the world.
 *
 * The rule of durability in one sentence: a completion is durable before the next effect begins and
 * before anyone is told the end of the run. So pure steps run ahead of the disk, a chain of
 * dependent effects costs one flush each, and a resumed run takes every completion it finds from
 * the journal instead of acting again.
 */
#include "call.h"
#include "connection.h"
#include "doubt.h"
#include "signals.h"
#include "wait.h"

#include <errno.h>
#include <string.h>

#include "link.h"

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

static int place_of(kiln_run *r, struct frame *f, unsigned step, struct journal_place *ret)
{
    return frame_place(f, step, ret) < 0 ? run_break(r, -ENOMEM, "out of memory") : 0;
}

int task_find(kiln_run *r, struct frame *f, unsigned step, struct journal_found *ret)
{
    struct journal_place at;
    int found;

    if (!r->journal)
        return 0;
    if (place_of(r, f, step, &at) < 0)
        return -1;
    found = journal_find(r->journal, &at, &r->heap, ret);
    return found < 0 ? run_break(r, -EUCLEAN, "the store holds a value that cannot be read")
                     : found;
}

void task_use(kiln_run *r, struct frame *f, unsigned step)
{
    struct journal_place at;

    if (place_of(r, f, step, &at) == 0)
        journal_use(r->journal, &at);
}

int task_take(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *found,
              int waits)
{
    task_use(r, f, step);
    if (merge_scratch(r, &found->scratch) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (waits || found->waited || found->kind == JOURNAL_WAIT)
        return wait_recall(r, f, step, found);
    if (found->kind == JOURNAL_FAILED)
        return run_fail(r, f, step, &found->value);
    return run_complete(r, f, step, found->kind == JOURNAL_NOTE ? NULL : &found->value, -1);
}

/* What the journal holds of the step: 1 when it says what came of it and the run has moved on,
 * else 0 with *ret set, its kind 0 when there is nothing. */
static int recall(kiln_run *r, struct frame *f, unsigned step, int waits, struct journal_found *ret)
{
    int found = task_find(r, f, step, ret);

    if (found <= 0) {
        ret->kind = 0;
        return found;
    }
    if (ret->kind == JOURNAL_INTENT || (ret->kind == JOURNAL_WAIT && ret->wait.kind != WAIT_TIME))
        return 0;
    if (ret->moment && ret->moment == run_moment(r)) /* it ended as it began */
        waits = ret->waited = 0;
    return task_take(r, f, step, ret, waits) < 0 ? -1 : 1;
}

int task_record(kiln_run *r, struct frame *f, unsigned step, enum journal_kind kind,
                const kiln_value *v, const kiln_value *scratch)
{
    struct journal_place at;

    if (place_of(r, f, step, &at) < 0)
        return -1;
    if (journal_append_ending(
            r->journal, kind, &at,
            &(struct journal_ending){
                .v = v, .scratch = scratch, .moment = wait_find(f, step) ? run_moment(r) : 0 })
        < 0)
        return store_failed(r);
    return 0;
}

int task_record_answer(kiln_run *r, struct frame *f, unsigned step, enum journal_kind kind,
                       const kiln_value *v, const struct journal_signal *signal)
{
    struct journal_ending e = { .v = v, .signal = signal->sequence, .moment = run_moment(r) };
    struct journal_place at;

    if (!r->journal)
        return 0;
    if (place_of(r, f, step, &at) < 0)
        return -1;
    return journal_append_ending(r->journal, kind, &at, &e) < 0 ? store_failed(r) : 0;
}

/* ---- calling ---- */

static const kiln_field *missing_input(const struct kiln_call *call)
{
    for (unsigned i = 0; i < call->op->n_inputs; i++) {
        const kiln_field *f = &call->op->inputs[i];
        kiln_value v;

        if (!(f->flags & KILN_REQUIRED))
            continue;
        v = value_member(call->input, f->name);
        if (v.tag == KILN_ABSENT || (v.tag == KILN_NULL && !(f->flags & KILN_NULLABLE)))
            return f;
    }
    return NULL;
}

/* There is no result, and perhaps no reason. -1. */
COLD int take_error(struct kiln_call *call)
{
    if (call->error.tag == KILN_ABSENT)
        call->error = call->run->heap.error;
    if (call->error.tag == KILN_ABSENT)
        kiln_fail(call, "operation '%s' failed without saying why", call->op->name);
    return -1;
}

/* The fields given one by one, as one value. */
COLD int take_fields(struct kiln_call *call)
{
    if (call->op->flags & KILN_OP_BARE && !call->n) {
        call->whole = value_null();
        return 0;
    }
    return kiln_object(&call->run->heap, &call->whole, call->pairs, call->n) < 0 ? take_error(call)
                                                                                 : 0;
}

/* Calls the operation: 0 with call->whole set, or -1 with call->error set. A required input that is
 * not there fails the call before the body runs. */
HOT int call_body(struct kiln_call *call)
{
    const kiln_field *missing = call->op->flags & KILN_OP_CHECKS ? NULL : missing_input(call);

    if (RARE(missing))
        return kiln_fail(call, "operation '%s': required input '%s' is missing", call->op->name,
                         missing->name);
    if (RARE(call->op->run(call) != 0))
        return take_error(call);
    return call->whole.tag != KILN_ABSENT ? 0 : take_fields(call);
}

/* The same for an operation that uses connections: nothing of one gets out (connection.h). */
COLD int call_connected(struct kiln_call *call)
{
    int failed = connection_check(call) < 0 || call_body(call) < 0;

    if (connection_strike(call, failed ? &call->error : &call->whole) < 0
        || connection_strike(call, &call->scratch) < 0)
        return kiln_fail(call, "out of memory");
    return failed ? -1 : 0;
}

HOT int call_operation(struct kiln_call *call)
{
    if (RARE(call->op->flags & (KILN_OP_CONNECTS | KILN_OP_MAY_CONNECT)))
        return call_connected(call);
    return call_body(call);
}

/* The error of an operation, with what says whose it is in front of it: "Step id failed: blame". */
static int blame(kiln_run *r, const kiln_step *s, kiln_value *error)
{
    struct text t = { 0 };
    int failed;

    text_printf(&t, "Step %s failed: %s", s->id, s->kind->blame);
    json_write_plain(&t, error);
    failed = t.failed || value_string(&r->heap, error, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? run_break(r, -ENOMEM, "out of memory") : 0;
}

/* ---- what came of a step ---- */

HOT int is_journalled(const kiln_run *r, const struct frame *f, unsigned step)
{
    return RARE(r->journal) && f->flow->steps[step].kind->flags & KILN_STEP_JOURNAL;
}

COLD int keep_failure(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error,
                      const kiln_value *scratch)
{
    if (is_journalled(r, f, step) && task_record(r, f, step, JOURNAL_FAILED, error, scratch) < 0)
        return -1;
    return run_fail(r, f, step, error);
}

COLD int fail(kiln_run *r, struct frame *f, unsigned step, struct kiln_call *call)
{
    const kiln_step *s = &f->flow->steps[step];
    int again = wait_again(r, f, step, &call->error);

    if (again)
        return again < 0 ? -1 : 0;
    if (s->kind->blame && blame(r, s, &call->error) < 0)
        return -1;
    return keep_failure(r, f, step, &call->error, &call->scratch);
}

HOT int done(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result,
             const kiln_value *scratch)
{
    if (is_journalled(r, f, step) && task_record(r, f, step, JOURNAL_DONE, result, scratch) < 0)
        return -1;
    return link_complete(r, f, step, result, -1);
}

int task_done(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result,
              const kiln_value *scratch)
{
    return done(r, f, step, result, scratch);
}

/* Calls the operation now. What comes after the deadline comes too late. */
HOT int act(kiln_run *r, struct frame *f, unsigned step)
{
    struct kiln_call call;

    call_begin(&call, f, step);
    r->heap.error.tag = KILN_ABSENT;
    if (RARE(call_operation(&call) < 0))
        return fail(r, f, step, &call);
    if (RARE(f->waits) && wait_is_late(r, f, step))
        return keep_failure(r, f, step, f->flow->steps[step].kind->policy->late, &call.scratch);
    if (RARE(call.later))
        return wait_time(r, f, step, call.later, &call.whole, &call.scratch);
    return done(r, f, step, &call.whole, &call.scratch);
}

/* ---- the steps ---- */

/* Before an effect: 1 when the run has moved on, 0 when all before it is durable, and that it is
 * about to happen, if it must not happen twice. */
COLD int prepare(kiln_run *r, struct frame *f, unsigned step)
{
    struct journal_found found;
    int moved = recall(r, f, step, 0, &found);

    if (!moved && found.kind && (found.intended || found.kind == JOURNAL_INTENT))
        moved = doubt_settle(r, f, step);
    if (moved)
        return moved;
    if (f->flow->steps[step].kind->op->effect == KILN_EFFECTFUL
        && task_record(r, f, step, JOURNAL_INTENT, NULL, NULL) < 0)
        return -1;
    return journal_dirty(r->journal) && journal_commit(r->journal) < 0 ? store_failed(r) : 0;
}

int task_run(kiln_run *r, struct frame *f, unsigned step)
{
    int moved;

    if (is_journalled(r, f, step) && (moved = prepare(r, f, step)))
        return moved < 0 ? -1 : 0;
    if (RARE(r->options.at || r->behind) && f->flow->steps[step].kind->op->effect != KILN_PURE) {
        if (r->options.at)
            return wait_aside(f, step);
        r->behind--;
    }
    return act(r, f, step);
}

int task_note(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_step *s = &f->flow->steps[step];
    struct journal_found found;
    int moved;

    if (r->journal && (moved = recall(r, f, step, 0, &found)))
        return moved < 0 ? -1 : 0;
    run_trace(r, KILN_EVENT_NOTE, s, &f->head.out);
    if (r->journal && task_record(r, f, step, JOURNAL_NOTE, &f->head.out, NULL) < 0)
        return -1;
    return run_complete(r, f, step, NULL, -1);
}

int task_sleep(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_value null = value_null();
    double ms = value_number(&f->head.out);
    struct journal_found found;
    int moved;

    if (is_journalled(r, f, step) && (moved = recall(r, f, step, 1, &found)))
        return moved < 0 ? -1 : 0;
    return wait_time(r, f, step,
                     ms >= 1 ? ms < 1e15 ? (unsigned long long)ms : 1000000000000000 : 0,
                     &f->head.out, &null);
}

int task_await(kiln_run *r, struct frame *f, unsigned step)
{
    struct journal_found found = { 0 };
    struct journal_signal signal;
    int moved;

    if (is_journalled(r, f, step) && (moved = recall(r, f, step, 1, &found)))
        return moved < 0 ? -1 : 0;
    if (!(moved = signal_take(r, &f->head.out, &signal)))
        return wait_signal(r, f, step, WAIT_SIGNAL, &f->head.out, found.kind ? &found : NULL);
    return moved < 0 ? -1 : task_deliver(r, f, step, &signal);
}

int task_deliver(kiln_run *r, struct frame *f, unsigned step, const struct journal_signal *signal)
{
    kiln_value v;

    if (wait_is_doubt(f, step))
        return doubt_decide(r, f, step, signal);
    if (value_copy(&r->heap, &v, &signal->value) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (is_journalled(r, f, step) && task_record_answer(r, f, step, JOURNAL_DONE, &v, signal) < 0)
        return -1;
    return run_complete(r, f, step, &v, -1);
}
