/* worker.c: who has his turn, and what becomes of a job afterwards (worker.h). */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"

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

/* Only of a run that was parked is it known what it waits for. */
static enum job_place place_of(const struct store_run *run)
{
    if (run->paused)
        return JOB_PAUSED;
    return run->due == JOURNAL_NOW     ? JOB_READY
           : run->due == JOURNAL_NEVER ? JOB_WAITING
                                       : JOB_TIMED;
}

static int add_run(struct worker *w, const struct store_run *run)
{
    struct job *job = job_add(w, run->id);

    if (!job)
        return -ENOMEM;
    return job_move(w, job, place_of(run), run->due) < 0 ? -ENOMEM : 0;
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
        if (!memcmp(run->hash, w->o.program->hash, sizeof run->hash))
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
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->ready, NULL);
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

    pthread_mutex_lock(&w->mutex);
    if (inbox_too)
        failed = job_read_inbox(w);
    while (!failed && (a = alarm_first(&w->alarms)) && a->due <= now)
        failed = job_move(w, (struct job *)a, JOB_READY, 0) < 0 ? -ENOMEM : 0;
    pthread_mutex_unlock(&w->mutex);
    return failed;
}

long long worker_due(struct worker *w)
{
    const struct alarm *a;
    long long due;

    pthread_mutex_lock(&w->mutex);
    a = alarm_first(&w->alarms);
    due = a ? a->due : KILN_DUE_NEVER;
    pthread_mutex_unlock(&w->mutex);
    return due;
}

struct worker_counts worker_count(struct worker *w)
{
    struct worker_counts c;

    pthread_mutex_lock(&w->mutex);
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

/* ---- driving ---- */

static void count_end(struct worker *w, int status)
{
    w->counts.completed += status == KILN_COMPLETED;
    w->counts.failed += status == KILN_FAILED;
    w->counts.cancelled += status == KILN_CANCELLED;
    w->counts.broken += status < 0;
}

/* Where a job whose run goes on is next. What came for it meanwhile makes it ready. */
static int settle(struct worker *w, struct job *job, long long due)
{
    if (job->mail)
        return job_move(w, job, JOB_READY, 0);
    if (kiln_run_is_paused(job->run))
        return job_move(w, job, JOB_PAUSED, 0);
    if (due == KILN_DUE_NOW || due == KILN_DUE_COMMIT)
        return job_move(w, job, JOB_READY, 0);
    return job_move(w, job, due == KILN_DUE_NEVER ? JOB_WAITING : JOB_TIMED, due);
}

/* The run has ended, or this process cannot take it further. */
static int settle_end(struct worker *w, struct job *job, int status)
{
    count_end(w, status);
    if (status < 0)
        return job_move(w, job, JOB_LEFT, 0);
    return job_move(w, job, JOB_GONE, 0) < 0 ? -1 : job_return_mail(w, job);
}

static struct mail *take_mail(struct worker *w, struct job *job)
{
    struct mail *mail = job->mail;

    job->mail = NULL;
    job->mail_end = &job->mail;
    for (const struct mail *m = mail; m; m = m->next)
        w->counts.messages++;
    return mail;
}

static struct job *begin_turn(struct worker *w, unsigned seat, struct mail **ret_mail)
{
    struct job *job;

    pthread_mutex_lock(&w->mutex);
    if ((job = job_take(w))) {
        *ret_mail = take_mail(w, job);
        w->counts.loads += !job->run;
        w->seats[seat] = (struct seat){ job, 0 };
    }
    pthread_mutex_unlock(&w->mutex);
    return job;
}

/* Nothing of it may be told, and nothing may follow from it, before it is on disk. */
static int leave_unkept(struct worker *w, struct job *job, struct mail *mail, int status,
                        long long due)
{
    job->answered = mail;
    job->status = status;
    job->due = due;
    job->next = w->unkept;
    w->unkept = job;
    pthread_cond_signal(&w->ready);
    return job_move(w, job, JOB_UNKEPT, 0);
}

static int end_turn(struct worker *w, unsigned seat, struct job *job, struct mail *mail, int status,
                    long long due)
{
    kiln_run *broken = NULL;
    int failed;

    pthread_mutex_lock(&w->mutex);
    w->seats[seat].job = NULL;
    w->counts.turns++;
    if (status < 0) {
        broken = job->run;
        job->run = NULL;
        failed = settle_end(w, job, status);
    } else if (mail || due != KILN_DUE_NOW) {
        failed = leave_unkept(w, job, mail, status, due);
    } else {
        failed = settle(w, job, due);
    }
    pthread_mutex_unlock(&w->mutex);
    if (status < 0)
        job_answer(w, mail, 0);
    kiln_run_free(broken);
    return failed < 0 ? -ENOMEM : store_is_broken(w->o.run.store);
}

/* ---- keeping ---- */

static struct job *begin_commit(struct worker *w)
{
    struct job *all = NULL;

    pthread_mutex_lock(&w->mutex);
    if (w->unkept && !w->commits) {
        all = w->unkept;
        w->unkept = NULL;
        w->commits = 1;
    }
    pthread_mutex_unlock(&w->mutex);
    return all;
}

static int end_commit(struct worker *w, struct job *all)
{
    int failed = 0;

    pthread_mutex_lock(&w->mutex);
    w->commits = 0;
    for (struct job *job = all, *next; job; job = next) {
        next = job->next;
        failed |= (job->run ? settle(w, job, job->due) : settle_end(w, job, job->status)) < 0;
    }
    if (w->unkept)
        pthread_cond_signal(&w->ready);
    pthread_mutex_unlock(&w->mutex);
    return failed ? -ENOMEM : 0;
}

/* Too much is in memory: what has waited longest is written down. 1, 0 when there is room, or a
 * negative code. */
static int drop_one(struct worker *w)
{
    enum job_place place;
    struct job *job;
    int failed;

    pthread_mutex_lock(&w->mutex);
    job = job_choose(w, &place);
    pthread_mutex_unlock(&w->mutex);
    if (!job)
        return 0;
    job_park(job);
    pthread_mutex_lock(&w->mutex);
    failed = job_return(w, job, place) < 0;
    pthread_mutex_unlock(&w->mutex);
    return failed ? -ENOMEM : 1;
}

/* One commit for all whose turns ended since the last. 1, 0 when there are none, or a negative
 * code.
 */
static int keep_all(struct worker *w)
{
    struct job *all = begin_commit(w);
    int failed;

    if (!all)
        return 0;
    failed = store_commit(w->o.run.store);
    if (failed)
        return failed;
    for (struct job *job = all; job; job = job->next) {
        job_answer(w, job->answered, 1);
        job->answered = NULL;
        if (job->status == KILN_RUNNING)
            continue;
        kiln_run_free(job->run);
        job->run = NULL;
    }
    failed = end_commit(w, all);
    for (int more = 1; !failed && more > 0;)
        if ((more = drop_one(w)) < 0)
            failed = more;
    return failed ? failed : 1;
}

/* Whether the owner of the worker has a reason to look again. */
static int is_news(struct worker *w, long long due)
{
    const struct alarm *a;
    int news;

    pthread_mutex_lock(&w->mutex);
    a = alarm_first(&w->alarms);
    news = (a && a->due < due) || !(w->first || w->unkept || w->commits || w->places[JOB_DRIVEN]);
    pthread_mutex_unlock(&w->mutex);
    return news;
}

int worker_drive(struct worker *w, unsigned seat)
{
    struct mail *mail = NULL;
    struct job *job = begin_turn(w, seat, &mail);
    long long due = worker_due(w), next;
    int code;

    if (!job) {
        code = keep_all(w);
    } else {
        code = job_drive(w, job, mail, &next);
        code = end_turn(w, seat, job, mail, code, next);
        code = code ? code : 1;
    }
    return code > 0 ? 1 + is_news(w, due) : code;
}

void worker_park(struct worker *w)
{
    if (keep_all(w) < 0)
        return;
    for (struct job *job = w->oldest, *newer; job; job = newer) {
        newer = job->newer;
        job_park(job);
        job->run = NULL;
    }
    w->oldest = w->newest = NULL;
    w->parked = 0;
}

int worker_await(struct worker *w)
{
    int stopped;

    pthread_mutex_lock(&w->mutex);
    while (!w->first && (!w->unkept || w->commits) && !w->stopped)
        pthread_cond_wait(&w->ready, &w->mutex);
    stopped = w->stopped;
    pthread_mutex_unlock(&w->mutex);
    return !stopped;
}

void worker_stop(struct worker *w)
{
    pthread_mutex_lock(&w->mutex);
    w->stopped = 1;
    pthread_cond_broadcast(&w->ready);
    pthread_mutex_unlock(&w->mutex);
}

int worker_is_stopped(struct worker *w)
{
    int stopped;

    pthread_mutex_lock(&w->mutex);
    stopped = w->stopped;
    pthread_mutex_unlock(&w->mutex);
    return stopped;
}

void worker_watch(struct worker *w, unsigned looks)
{
    pthread_mutex_lock(&w->mutex);
    for (unsigned i = 0; i < WORKER_SEATS; i++)
        if (w->seats[i].job && ++w->seats[i].looks == looks)
            worker_tell(w, "run %s makes no progress: one of its steps has not come back",
                        w->seats[i].job->id);
    pthread_mutex_unlock(&w->mutex);
}
