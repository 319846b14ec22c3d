/* control.c: what an operator does to a run from outside: end it, or keep it from going on. Both
 * are records, so they outlive the process; neither does anything the second time.
 */
#include <errno.h>
#include <string.h>

#include "inbox.h"
#include "signals.h"

int run_keep_pause(kiln_run *r, const kiln_value *key)
{
    const struct journal_place root = { 0 };
    enum journal_kind kind = r->paused ? JOURNAL_PAUSED : JOURNAL_UNPAUSED;

    if (journal_append(r->journal, kind, &root, key, NULL) < 0)
        run_break(r, -EIO, "the store could not keep that the run was paused or resumed");
    return r->broken;
}

int kiln_run_pause(kiln_run *r, int is_paused)
{
    if (r->broken || r->status != KILN_RUNNING || !r->journal || r->paused == !!is_paused)
        return r->broken;
    r->paused = !!is_paused;
    return run_keep_pause(r, NULL);
}

/* A message that was removed may be there again after a crash, and a later one not: the record
 * keeps its key, even when it changes nothing, so that it does nothing the second time. */
static int pause_once(kiln_run *r, int is_paused, const char *key)
{
    kiln_value v = { .tag = KILN_STRING, .n = (unsigned)strlen(key), .u.s = key };
    int is_new = signal_note_key(r, &v);

    if (is_new <= 0)
        return is_new;
    r->paused = is_paused;
    return run_keep_pause(r, &v);
}

int kiln_run_is_paused(const kiln_run *r)
{
    return r->paused;
}

int kiln_run_cancel(kiln_run *r)
{
    if (r->broken || r->status != KILN_RUNNING)
        return r->broken;
    if (!r->started)
        return run_break(r, -EINVAL, "the run has not begun");
    return run_cancel(r) < 0 ? r->broken : 0;
}

int run_obey(kiln_run *r, const struct inbox_message *m)
{
    if (m->verb == INBOX_SIGNAL)
        return kiln_run_signal_once(r, m->key, m->name, &m->value);
    if (m->verb == INBOX_CANCEL)
        return kiln_run_cancel(r);
    return pause_once(r, m->verb == INBOX_PAUSE, m->key);
}
