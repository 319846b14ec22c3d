/* worker.c: a worker is made, looks what is new, and tells how it stands (worker.h). */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mutex.h"
#include "job.h"
#include "upgrade_run.h"

void worker_tell(const struct worker *w, const char *format, ...)
{
    struct text t = { 0 };
    va_list ap;

    if (!w->o.tell)
        return;
    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    w->o.tell(w->o.tell_ctx, text_cstr(&t));
    text_fini(&t);
}

/* ---- making one ---- */

static int is_own(const struct worker *w, const struct store_run *run)
{
    return !memcmp(run->hash, w->o.program->hash, sizeof run->hash);
}

/* Only of a run that was parked is it known what it waits for. */
static enum job_place place_of(const struct worker *w, const struct store_run *run)
{
    if (run->paused)
        return JOB_PAUSED;
    if (!is_own(w, run)) /* it is taken over at once */
        return JOB_READY;
    return run->due == JOURNAL_NOW     ? JOB_READY
           : run->due == JOURNAL_NEVER ? JOB_WAITING
                                       : JOB_TIMED;
}

static int add_run(struct worker *w, const struct store_run *run)
{
    struct job *job = job_add(w, run->id);

    if (!job)
        return -ENOMEM;
    return job_move(w, job, place_of(w, run), run->due) < 0 ? -ENOMEM : 0;
}

/* Whether it is the program's own, or an earlier version's that is to be taken over. */
static int is_meant(const struct worker *w, const struct store_run *run)
{
    return is_own(w, run)
           || (w->o.run.upgrade && w->o.run.upgrade->is_done
               && !strcmp(run->program, w->o.program->name));
}

/* Jobs for all that the store has not seen the end of. */
static int add_runs(struct worker *w)
{
    const struct store *s = w->o.run.store;
    unsigned others = 0;
    int failed = 0;

    for (size_t i = 0; i < s->runs.n && !failed; i++) {
        const struct store_run *run = s->runs.at[i];

        if (run->state != JOURNAL_BEGIN)
            continue;
        if (is_meant(w, run))
            failed = add_run(w, run);
        else
            others++;
    }
    if (others)
        worker_tell(w, "%u unfinished runs are left alone: they belong to other programs", others);
    return failed;
}

int worker_new(const struct worker_options *o, struct worker **ret)
{
    struct worker *w = calloc(1, sizeof *w);
    int failed;

    if (!w)
        return -ENOMEM;
    w->o = *o;
    w->last = &w->first;
    w->answered_end = &w->answered;
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->ready, NULL);
    store_share(w->o.run.store);
    failed = add_runs(w);
    if (failed)
        worker_free(w);
    else
        *ret = w;
    return failed;
}

void worker_free(struct worker *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->jobs.n; i++)
        job_free(w->jobs.at[i].value);
    for (size_t i = 0; i < w->others.n; i++)
        free(w->others.at[i]);
    job_free_mail(w->answered);
    list_fini(&w->others);
    inbox_list_fini(&w->seen);
    map_fini(&w->jobs);
    alarms_fini(&w->alarms);
    pthread_cond_destroy(&w->ready);
    pthread_mutex_destroy(&w->mutex);
    free(w);
}

/* ---- looking ---- */

int worker_look(struct worker *w, int inbox_too)
{
    long long now = w->o.run.io->now_ms(w->o.run.io->self);
    struct alarm *a;
    int failed = 0;

    mutex_take(&w->mutex);
    if (inbox_too)
        failed = job_read_inbox(w);
    while (!failed && (a = alarm_first(&w->alarms)) && a->due <= now)
        failed = job_move(w, (struct job *)a, JOB_READY, 0) < 0 ? -ENOMEM : 0;
    worker_let_go(w);
    return failed;
}

long long worker_due(struct worker *w)
{
    const struct alarm *a;
    long long due;

    mutex_take(&w->mutex);
    a = alarm_first(&w->alarms);
    due = a ? a->due : KILN_DUE_NEVER;
    pthread_mutex_unlock(&w->mutex);
    return due;
}

struct worker_counts worker_count(struct worker *w)
{
    struct worker_counts c;

    mutex_take(&w->mutex);
    c = w->counts;
    c.ready = w->places[JOB_READY] + w->places[JOB_UNKEPT];
    c.driven = w->places[JOB_DRIVEN];
    c.timed = w->places[JOB_TIMED];
    c.waiting = w->places[JOB_WAITING];
    c.paused = w->places[JOB_PAUSED];
    c.in_memory = w->parked + c.driven + w->places[JOB_UNKEPT];
    pthread_mutex_unlock(&w->mutex);
    return c;
}

/* ---- threads ---- */

void worker_let_go(struct worker *w)
{
    int more = w->first != NULL;

    pthread_mutex_unlock(&w->mutex);
    if (more)
        pthread_cond_signal(&w->ready);
}

int worker_await(struct worker *w)
{
    int stopped;

    mutex_take(&w->mutex);
    w->sleepers++;
    while (!w->first && (!w->unkept || w->commits) && !w->stopped)
        pthread_cond_wait(&w->ready, &w->mutex);
    w->sleepers--;
    stopped = w->stopped;
    pthread_mutex_unlock(&w->mutex);
    return !stopped;
}

void worker_stop(struct worker *w)
{
    mutex_take(&w->mutex);
    w->stopped = 1;
    pthread_cond_broadcast(&w->ready);
    pthread_mutex_unlock(&w->mutex);
}

int worker_is_stopped(struct worker *w)
{
    int stopped;

    mutex_take(&w->mutex);
    stopped = w->stopped;
    pthread_mutex_unlock(&w->mutex);
    return stopped;
}

void worker_watch(struct worker *w, unsigned looks)
{
    mutex_take(&w->mutex);
    for (unsigned i = 0; i < WORKER_SEATS; i++)
        if (w->seats[i].job && ++w->seats[i].looks == looks)
            worker_tell(w, "run %s makes no progress: one of its steps has not come back",
                        w->seats[i].job->id);
    pthread_mutex_unlock(&w->mutex);
}
