/* doubt.c: the journal knows that a call was begun, and not what came of it (spec/JOURNAL.md 7).
 *
 * The one thing a run cannot find out by itself. So it does what it was told: it calls again, takes
 * the call for failed, or waits for somebody who can look.
 */
#include "doubt.h"

#include <errno.h>
#include <string.h>

#include "call.h"
#include "signals.h"
#include "wait.h"

static int fail_in_doubt(kiln_run *r, struct frame *f, unsigned step)
{
    kiln_value pairs[6] = { value_static("code"),
                            value_static("IN_DOUBT"),
                            value_static("category"),
                            value_static("permanent"),
                            value_static("message"),
                            value_static("the run was stopped while this effect was under way") };
    kiln_value error;

    if (kiln_object(&r->heap, &error, pairs, 3) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return task_record(r, f, step, JOURNAL_FAILED, &error, NULL) < 0 ? -1
                                                                     : run_fail(r, f, step, &error);
}

/* Somebody who can look has to say: a signal to the step. */
static int ask(kiln_run *r, struct frame *f, unsigned step)
{
    struct kiln_call call;
    struct journal_signal signal;
    kiln_value id, pairs[4] = {
        value_static("id"), { 0 }, value_static("step"), value_static(f->flow->steps[step].id)
    };
    const char *key;
    int came;

    call_begin(&call, f, step);
    key = kiln_call_key(&call);
    if (value_string(&r->heap, &pairs[1], key, strlen(key)) < 0
        || kiln_object(&r->heap, &id, pairs, 2) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (wait_signal(r, f, step, WAIT_DOUBT, &id, NULL) < 0)
        return -1;
    came = signal_take(r, &id, &signal);
    return came > 0 ? task_deliver(r, f, step, &signal) : came;
}

int doubt_settle(kiln_run *r, struct frame *f, unsigned step)
{
    task_use(r, f, step);
    if (r->options.in_doubt == KILN_DOUBT_FAIL)
        return fail_in_doubt(r, f, step) < 0 ? -1 : 1;
    if (r->options.in_doubt == KILN_DOUBT_ASK)
        return ask(r, f, step) < 0 ? -1 : 1;
    return 0;
}

int doubt_decide(kiln_run *r, struct frame *f, unsigned step, const struct journal_signal *signal)
{
    kiln_value result = value_member(&signal->value, "result");
    kiln_value error = value_member(&signal->value, "error");
    int ok = result.tag != KILN_ABSENT;

    if (!ok && error.tag == KILN_ABSENT)
        return wait_retry(r, wait_need(f, step), signal->sequence);
    if (value_copy(&r->heap, &result, ok ? &result : &error) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (task_record_answer(r, f, step, ok ? JOURNAL_DONE : JOURNAL_FAILED, &result, signal) < 0)
        return -1;
    return ok ? run_complete(r, f, step, &result, -1) : run_fail(r, f, step, &result);
}
