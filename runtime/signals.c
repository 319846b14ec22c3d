/* signals.c: what comes to a run from outside while it waits.
 *
 * A signal has a name and a value. A step that awaits one takes it by its full id or by the step's
 * own name. A signal that comes before anyone waits for it is kept until somebody does; each is
 * taken once, the oldest first.
 */
#include "signals.h"

#include <errno.h>
#include <string.h>

#include "wait.h"

static int is_meant_for(const struct signal *s, const kiln_value *what)
{
    kiln_value id = value_member(what, "id"), step = value_member(what, "step");

    return value_equal(&s->name, &id) || value_equal(&s->name, &step);
}

int signal_take(kiln_run *r, const kiln_value *what, kiln_value *ret)
{
    size_t i = 0;

    while (i < r->signals.n && !is_meant_for(&r->signals.at[i], what))
        i++;
    if (i == r->signals.n)
        return 0;
    if (value_copy(&r->heap, ret, &r->signals.at[i].value) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    r->signals.n--;
    memmove(&r->signals.at[i], &r->signals.at[i + 1], (r->signals.n - i) * sizeof *r->signals.at);
    return 1;
}

static int keep(kiln_run *r, const kiln_value *name, const kiln_value *value)
{
    struct signal s;

    if (value_copy(&r->kept, &s.name, name) < 0 || value_copy(&r->kept, &s.value, value) < 0
        || list_push(&r->signals, s) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return 0;
}

static int deliver(kiln_run *r, struct wait *w, const kiln_value *value)
{
    kiln_value v;

    if (value_copy(&r->heap, &v, value) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return task_done(r, w->frame, w->step, &v, NULL);
}

int kiln_run_signal(kiln_run *r, const char *name, const kiln_value *value)
{
    kiln_value text = value_static(name);

    for (struct frame *f = r->status == KILN_RUNNING ? r->live : NULL; f; f = f->next) {
        struct wait *w = wait_find_signal(f, &text);

        if (w)
            return deliver(r, w, value) < 0 ? r->broken : 0;
    }
    return keep(r, &text, value) < 0 ? r->broken : 0;
}

const kiln_value *kiln_run_awaits(const kiln_run *r)
{
    for (const struct frame *f = r->live; f; f = f->next)
        for (const struct wait *w = f->waits; w; w = w->next)
            if (w->kind == WAIT_SIGNAL)
                return &w->result;
    return NULL;
}
