/* task.c: steps that touch the world.
 *
 * The rule of durability in one sentence: a completion is durable before the next effect begins and
 * before anyone is told the end of the run. So pure steps run ahead of the disk, a chain of
 * dependent effects costs one flush each, and a resumed run takes every completion it finds from
 * the journal instead of acting again.
 */
#include "call.h"

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
static int recall(kiln_run *r, struct frame *f, unsigned step, const struct journal_place *at)
{
    kiln_value kept, scratch, v;
    int kind = journal_find(r->journal, at, &kept, &scratch);
    int moved;

    if (!kind)
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

/* Calls the operation now, and keeps what came of it when the step is journalled. */
static int act(kiln_run *r, struct frame *f, unsigned step, int journalled)
{
    struct kiln_call call = { .run = r, .op = f->flow->steps[step].op, .frame = f, .step = step };
    kiln_value result;
    int failed;

    call.input = f->head.out;
    r->heap.error.tag = KILN_ABSENT;
    failed = call_run(&call, &result) < 0;
    if (failed)
        result = call.error;
    if (journalled
        && record(r, f, step, failed ? JOURNAL_FAILED : JOURNAL_DONE, &result, &call.scratch) < 0)
        return -1;
    return failed ? run_fail(r, f, step, &result) : run_complete(r, f, step, &result, -1);
}

int task_run(kiln_run *r, struct frame *f, unsigned step)
{
    struct journal_place at;
    int journalled = r->journal && f->flow->steps[step].flags & KILN_STEP_JOURNAL;
    int moved;

    if (!journalled)
        return act(r, f, step, 0);
    if (frame_place(f, step, &at) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if ((moved = recall(r, f, step, &at)))
        return moved < 0 ? -1 : 0;
    if (journal_dirty(r->journal) && journal_commit(r->journal) < 0)
        return store_failed(r);
    return act(r, f, step, 1);
}

int task_note(kiln_run *r, struct frame *f, unsigned step)
{
    const kiln_step *s = &f->flow->steps[step];
    struct journal_place at;
    int moved;

    if (r->journal) {
        if (frame_place(f, step, &at) < 0)
            return run_break(r, -ENOMEM, "out of memory");
        if ((moved = recall(r, f, step, &at)))
            return moved < 0 ? -1 : 0;
    }
    run_trace(r, KILN_EVENT_NOTE, s, &f->head.out);
    if (r->journal && record(r, f, step, JOURNAL_NOTE, &f->head.out, NULL) < 0)
        return -1;
    return run_complete(r, f, step, NULL, -1);
}
