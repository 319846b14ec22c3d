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

static int is_meant_for(const struct journal_signal *s, const kiln_value *what)
{
    kiln_value id = value_member(what, "id"), step = value_member(what, "step");

    return value_equal(&s->name, &id) || value_equal(&s->name, &step);
}

static void forget(kiln_run *r, size_t i)
{
    r->signals.n--;
    memmove(&r->signals.at[i], &r->signals.at[i + 1], (r->signals.n - i) * sizeof *r->signals.at);
}

int signal_is_early(const kiln_run *r)
{
    return r->timers.n && r->timers.at[0]->due < 0;
}

int signal_take(kiln_run *r, const kiln_value *what, struct journal_signal *ret)
{
    size_t i = 0;

    if (r->signals.n && signal_is_early(r)) {
        r->postponed = 1;
        return 0;
    }
    while (i < r->signals.n && (r->signals.at[i].moment || !is_meant_for(&r->signals.at[i], what)))
        i++;
    if (i == r->signals.n)
        return 0;
    *ret = r->signals.at[i];
    forget(r, i);
    return 1;
}

int signal_note_key(kiln_run *r, const kiln_value *key)
{
    char *copy;

    if (key->tag != KILN_STRING)
        return 1;
    if (map_get(&r->signal_keys, key->u.s, key->n))
        return 0;
    copy = arena_dup(&r->kept.arena, key->u.s, key->n);
    if (!copy || map_put(&r->signal_keys, copy, key->n, copy) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return 1;
}

int signal_keep(kiln_run *r, const struct journal_signal *signal)
{
    struct journal_signal s = *signal;

    if (value_copy(&r->kept, &s.name, &signal->name) < 0
        || value_copy(&r->kept, &s.key, &signal->key) < 0
        || value_copy(&r->kept, &s.value, &signal->value) < 0 || list_push(&r->signals, s) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    return 0;
}

int signal_recall(kiln_run *r)
{
    for (unsigned i = 0; i < journal_n_signals(r->journal); i++) {
        const struct journal_signal *s = journal_signal(r->journal, i);
        int is_new = signal_note_key(r, &s->key);

        if (is_new < 0 || (is_new && s->name.tag != KILN_NULL && signal_keep(r, s) < 0))
            return -1;
    }
    for (size_t i = r->signals.n; i--;)
        if (journal_took(r->journal, r->signals.at[i].sequence))
            forget(r, i);
    r->postponed = r->signals.n > 0;
    return 0;
}

/* ---- a signal comes ---- */

static struct wait *find_wait(const kiln_run *r, const kiln_value *name)
{
    struct wait *w = NULL;

    if (r->status == KILN_RUNNING)
        for (const struct frame *f = r->live; f && !w; f = f->next)
            w = wait_find_signal(f, name);
    return w;
}

/* Its moment is still to come: steps are, and the run is not past all that was. */
static int is_to_come(const kiln_run *r, const struct journal_signal *s)
{
    return s->moment > run_moment(r) && r->ready_n && r->behind;
}

int signal_settle(kiln_run *r)
{
    for (size_t i = 0; i < r->signals.n && !signal_is_early(r);) {
        struct journal_signal s = r->signals.at[i];
        struct wait *w = find_wait(r, &s.name);

        if (is_to_come(r, &s))
            return 0;
        r->signals.at[i].moment = 0;
        if (!w) {
            i++;
            continue;
        }
        forget(r, i);
        if (task_deliver(r, w->frame, w->step, &s) < 0)
            return -1;
    }
    r->postponed = signal_is_early(r) && r->signals.n;
    return 0;
}

/* A resumed run has not come to where it was: what is sent now comes behind all that is known. */
static int is_behind(const kiln_run *r)
{
    return r->behind || r->postponed || signal_is_early(r);
}

static int receive(kiln_run *r, struct journal_signal *signal)
{
    int is_new = signal_note_key(r, &signal->key), behind = is_behind(r);
    struct wait *w = behind ? NULL : find_wait(r, &signal->name);

    if (is_new <= 0)
        return is_new;
    signal->moment = behind ? JOURNAL_AT_REST : run_moment(r);
    if (r->journal && journal_append_signal(r->journal, signal) < 0)
        return run_break(r, -EIO, "the store could not keep a signal");
    if (w)
        return task_deliver(r, w->frame, w->step, signal);
    r->postponed |= behind;
    signal->moment = behind ? JOURNAL_AT_REST : 0;
    return signal_keep(r, signal);
}

/* A text of the caller's: not value_static, so that it is copied when it is kept. */
static kiln_value borrowed(const char *s)
{
    return (kiln_value){ .tag = KILN_STRING, .n = (unsigned)strlen(s), .u.s = s };
}

int kiln_run_signal_once(kiln_run *r, const char *key, const char *name, const kiln_value *value)
{
    struct journal_signal signal = { .name = borrowed(name),
                                     .key = key ? borrowed(key) : value_null(),
                                     .value = *value };

    return receive(r, &signal) < 0 ? r->broken : 0;
}

int kiln_run_signal(kiln_run *r, const char *name, const kiln_value *value)
{
    return kiln_run_signal_once(r, NULL, name, value);
}

const kiln_value *kiln_run_awaits(const kiln_run *r)
{
    for (const struct frame *f = r->live; f; f = f->next)
        for (const struct wait *w = f->waits; w; w = w->next)
            if (w->kind == WAIT_SIGNAL || w->kind == WAIT_DOUBT)
                return &w->result;
    return NULL;
}
