/* job_mail.c: what is new in the inbox goes to the jobs it is for (job.h).
 *
 * Nothing is done here but to look whom a message is for: it is read again, acted on and removed by
 * the thread that drives the run. So the memory for it is needed once at a time, and a run sees its
 * messages in order. Names do not come again, so what was there at the last look is not new.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"

enum { SWEEP_MS = 3600000 };

static int remove_message(struct worker *w, const char *name)
{
    int failed = inbox_remove(w->o.run.io, w->o.run.store->path, name);

    if (failed)
        worker_tell(w, "cannot remove the message %s: %s", name, strerror(-failed));
    return 0;
}

static int refuse(struct worker *w, const char *name, const char *why)
{
    worker_tell(w, "the message %s is put aside: %s", name, why);
    inbox_refuse(w->o.run.io, w->o.run.store->path, name);
    return 0;
}

static int hand_over(struct worker *w, struct job *job, const char *name)
{
    struct mail *m = job ? malloc(sizeof *m + strlen(name) + 1) : NULL;

    if (!m)
        return -ENOMEM;
    strcpy(m->name, name);
    m->next = NULL;
    *job->mail_end = m;
    job->mail_end = &m->next;
    if (job->place <= JOB_UNKEPT || job->place == JOB_LEFT)
        return 0; /* it will be looked at before it is parked, or by another process */
    return job_move(w, job, JOB_READY, 0) < 0 ? -ENOMEM : 0;
}

static int is_ours(const struct worker *w, const unsigned long long hash[2])
{
    const unsigned long long *ours = w->o.program->hash;

    return hash[0] == ours[0] && hash[1] == ours[1];
}

/* A run of another program is left to a process that has it. */
static int leave(struct worker *w, const char *run)
{
    char *copy = strdup(run);

    if (copy && list_push(&w->others, copy) == 0)
        return 0;
    free(copy);
    return -ENOMEM;
}

static int is_left(const struct worker *w, const char *run)
{
    for (size_t i = 0; i < w->others.n; i++)
        if (!strcmp(w->others.at[i], run))
            return 1;
    return 0;
}

static int take_start(struct worker *w, const char *name, const struct inbox_message *m)
{
    struct job *job = job_find(w, m->run);

    if (!store_is_id(m->run, strlen(m->run)))
        return refuse(w, name, "it names a run as no run can be named");
    if (job || store_find(w->o.run.store, m->run)) /* the same key again */
        return remove_message(w, name);
    if (!is_ours(w, m->hash))
        return leave(w, m->run);
    if (!(job = job_add(w, m->run)) || job_move(w, job, JOB_WAITING, 0) < 0)
        return -ENOMEM;
    return hand_over(w, job, name);
}

/* Makes the fork that `what` asks for: [record, its name or null]. */
static int fork_run(struct store *s, const struct inbox_message *m, const kiln_value *what)
{
    struct text step = { 0 };
    int failed;

    if (what[1].tag == KILN_STRING)
        text_put(&step, what[1].u.s, what[1].n);
    failed = step.failed ? -ENOMEM
                         : journal_fork(s, m->name, (unsigned long long)what[0].u.i,
                                        step.n ? text_cstr(&step) : NULL, m->run);
    text_fini(&step);
    return failed;
}

static int is_fork(const struct inbox_message *m)
{
    return store_is_id(m->run, strlen(m->run)) && m->value.tag == KILN_ARRAY && m->value.n == 2
           && m->value.u.items[0].tag == KILN_INT;
}

/* The run is made here and now, whatever program it is of: the next message may be for it. */
static int take_fork(struct worker *w, const char *name, const struct inbox_message *m)
{
    struct store *s = w->o.run.store;
    struct job *job;
    int failed;

    if (!is_fork(m))
        return refuse(w, name, "it makes no sense");
    if (job_find(w, m->run) || store_find(s, m->run)) /* the same message again */
        return remove_message(w, name);
    failed = fork_run(s, m, m->value.u.items);
    if (failed == -ENOENT || failed == -ENODATA || failed == -EINVAL) {
        worker_tell(w, "fork %s is dropped: %s", m->run, store_error(s));
        return remove_message(w, name);
    }
    if (failed)
        return failed;
    if (is_ours(w, store_find(s, m->run)->hash)
        && (!(job = job_add(w, m->run)) || job_move(w, job, JOB_READY, 0) < 0))
        return -ENOMEM;
    return remove_message(w, name);
}

static const char *verb_name(enum inbox_verb verb)
{
    static const char *const names[] = {
        [INBOX_START] = "start", [INBOX_SIGNAL] = "signal", [INBOX_CANCEL] = "cancel",
        [INBOX_PAUSE] = "pause", [INBOX_RESUME] = "resume", [INBOX_FORK] = "fork"
    };

    return names[verb];
}

void job_tell_late(const struct worker *w, const struct inbox_message *m)
{
    worker_tell(w, "%s %s is dropped: the run has ended", verb_name(m->verb), m->run);
}

/* For a run that is not being worked on: nothing can come of it, or nothing here. */
static int take_stray(struct worker *w, const char *name, const struct inbox_message *m)
{
    const struct store_run *run;
    int is_live;

    store_enter(w->o.run.store);
    run = store_find(w->o.run.store, m->run);
    is_live = run && run->state == JOURNAL_BEGIN;
    store_leave(w->o.run.store);
    if (is_live || is_left(w, m->run))
        return 0;
    if (run)
        job_tell_late(w, m);
    else
        worker_tell(w, "%s %s is dropped: there is no such run", verb_name(m->verb), m->run);
    return remove_message(w, name);
}

static int take_message(struct worker *w, const char *name)
{
    struct inbox_message m;
    struct job *job;
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    failed = inbox_read(w->o.run.io, w->o.run.store->path, name, &h, &m);
    if (failed == -EUCLEAN || failed == -ENOTSUP)
        failed = refuse(w, name, failed == -EUCLEAN ? "it is damaged" : "a newer kiln sent it");
    else if (!failed && m.verb == INBOX_START)
        failed = take_start(w, name, &m);
    else if (!failed && m.verb == INBOX_FORK)
        failed = take_fork(w, name, &m);
    else if (!failed)
        failed = (job = job_find(w, m.run)) ? hand_over(w, job, name) : take_stray(w, name, &m);
    heap_fini(&h);
    return failed == -ENOENT ? 0 : failed;
}

/* The run ended before these could come to it. */
int job_return_mail(struct worker *w, struct job *job)
{
    int failed = 0;

    for (struct mail *m = job->mail, *next; m; m = next) {
        next = m->next;
        if (!failed)
            failed = take_message(w, m->name);
        free(m);
    }
    job->mail = NULL;
    job->mail_end = &job->mail;
    return failed;
}

/* Now and then. */
static void sweep(struct worker *w)
{
    const struct kiln_io *io = w->o.run.io;
    long long now = io->now_ms(io->self);
    int failed;

    if (now >= w->swept_ms && now - w->swept_ms < SWEEP_MS)
        return;
    w->swept_ms = now;
    if ((failed = inbox_sweep(io, w->o.run.store->path)))
        worker_tell(w, "cannot clean the inbox: %s", strerror(-failed));
}

int job_read_inbox(struct worker *w)
{
    struct inbox_list now;
    int failed = inbox_list(w->o.run.io, w->o.run.store->path, &now);

    if (failed)
        return failed;
    sweep(w);
    for (size_t i = 0, old = 0; i < now.n && !failed; i++) { /* both are in order */
        while (old < w->seen.n && strcmp(w->seen.at[old], now.at[i]) < 0)
            old++;
        if (old == w->seen.n || strcmp(w->seen.at[old], now.at[i]))
            failed = take_message(w, now.at[i]);
    }
    inbox_list_fini(&w->seen);
    w->seen = now;
    return failed;
}
