/* worker_turn.c: who has his turn, and what becomes of a job afterwards (worker.h).
 *
 * What a turn brings is not told before it is on disk, and one commit does for all whose turns
 * ended since the last. A thread makes it when no job is ready, or when enough wait for it and
 * somebody else drives the rest meanwhile: so the disk and the processors work at the same time.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/mutex.h"
#include "job.h"

/* What a thread has taken upon itself: to drive a job, to commit, or nothing. */
struct turn {
    struct job *job;
    struct mail *mail;   /* that came for it */
    struct job *unkept;  /* to be committed */
    long long first_due; /* of all alarms, before */
};

static long long first_due(const struct worker *w)
{
    const struct alarm *a = alarm_first(&w->alarms);

    return a ? a->due : KILN_DUE_NEVER;
}

/* Whether the owner of the worker has a reason to look again. */
static int is_news(const struct worker *w, const struct turn *t)
{
    return first_due(w) < t->first_due
           || !(w->first || w->unkept || w->commits || w->places[JOB_DRIVEN]);
}

/* ---- where a job goes ---- */

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

/* Nothing of it may be told, and nothing may follow from it, before it is on disk. Who leaves it
 * comes back himself to see whether to commit. */
static int leave_unkept(struct worker *w, struct job *job, struct mail *mail, int status,
                        long long due)
{
    job->answered = mail;
    job->status = status;
    job->due = due;
    job->next = w->unkept;
    w->unkept = job;
    return job_move(w, job, JOB_UNKEPT, 0);
}

/* ---- a turn ---- */

static struct mail *take_mail(struct worker *w, struct job *job)
{
    struct mail *mail = job->mail;

    job->mail = NULL;
    job->mail_end = &job->mail;
    for (const struct mail *m = mail; m; m = m->next)
        w->counts.messages++;
    return mail;
}

/* With none ready there is nothing better to do. Else as many as wait for their turn should wait
 * for the disk: then there is work for the others until this commit is over. */
static int is_time_to_commit(const struct worker *w)
{
    if (!w->unkept || w->commits)
        return 0;
    return !w->first
           || ((w->places[JOB_DRIVEN] || w->sleepers)
               && w->places[JOB_UNKEPT] >= w->places[JOB_READY]);
}

static struct job *take_unkept(struct worker *w)
{
    struct job *all = w->unkept;

    w->unkept = NULL;
    w->commits = 1;
    return all;
}

static void begin_turn(struct worker *w, unsigned seat, struct turn *ret)
{
    mutex_take(&w->mutex);
    *ret = (struct turn){ .first_due = first_due(w) };
    if (is_time_to_commit(w)) {
        ret->unkept = take_unkept(w);
    } else if ((ret->job = job_take(w))) {
        ret->mail = take_mail(w, ret->job);
        w->counts.loads += !ret->job->run;
        w->seats[seat] = (struct seat){ ret->job, 0 };
    }
    worker_let_go(w);
}

static int settle_turn(struct worker *w, const struct turn *t, int status, long long due)
{
    if (status < 0) {
        t->job->run = NULL;
        return settle_end(w, t->job, status);
    }
    if (t->mail || due != KILN_DUE_NOW)
        return leave_unkept(w, t->job, t->mail, status, due);
    return settle(w, t->job, due);
}

static int drive(struct worker *w, unsigned seat, const struct turn *t)
{
    long long due;
    int status = job_drive(w, t->job, t->mail, &due), failed, news;
    kiln_run *broken = status < 0 ? t->job->run : NULL;

    mutex_take(&w->mutex);
    w->seats[seat].job = NULL;
    w->counts.turns++;
    failed = settle_turn(w, t, status, due);
    news = is_news(w, t);
    worker_let_go(w);
    if (status < 0)
        job_answer(w, t->mail, 0);
    kiln_run_free(broken);
    if (failed < 0)
        return -ENOMEM;
    return w->o.run.store->broken ? w->o.run.store->broken : 1 + news;
}

/* ---- keeping ---- */

/* Too much is in memory: what has waited longest is written down. 1, 0 when there is room, or a
 * negative code. */
static int drop_one(struct worker *w)
{
    enum job_place place;
    struct job *job;
    int failed;

    mutex_take(&w->mutex);
    job = job_choose(w, &place);
    worker_let_go(w);
    if (!job)
        return 0;
    job_park(job);
    mutex_take(&w->mutex);
    failed = job_return(w, job, place) < 0;
    worker_let_go(w);
    return failed ? -ENOMEM : 1;
}

/* In their order: of a pause and a resume the resume must not go first. */
static void hand_in(struct worker *w, struct job *job)
{
    *w->answered_end = job->answered;
    while (*w->answered_end)
        w->answered_end = &(*w->answered_end)->next;
    job->answered = NULL;
}

/* All of them go on; nobody need wait until their mail is gone from the inbox. */
static int settle_all(struct worker *w, struct job *all)
{
    int failed = 0;

    mutex_take(&w->mutex);
    w->commits = 0;
    for (struct job *job = all, *next; job; job = next) {
        next = job->next;
        hand_in(w, job);
        failed |= (job->run ? settle(w, job, job->due) : settle_end(w, job, job->status)) < 0;
    }
    worker_let_go(w);
    return failed ? -ENOMEM : 0;
}

/* Takes what was acted on from the inbox. That is slow and keeps nobody, so one thread does it for
 * all, and the others go on. */
static void answer_all(struct worker *w)
{
    mutex_take(&w->mutex);
    while (w->answered && !w->answers) {
        struct mail *mail = w->answered;

        w->answered = NULL;
        w->answered_end = &w->answered;
        w->answers = 1;
        worker_let_go(w);
        job_answer(w, mail, 1);
        mutex_take(&w->mutex);
        w->answers = 0;
    }
    worker_let_go(w);
}

static int commit(struct worker *w, struct job *all)
{
    int failed = store_commit(w->o.run.store);

    if (failed)
        return failed;
    for (struct job *job = all; job; job = job->next) {
        if (job->status == KILN_RUNNING)
            continue;
        kiln_run_free(job->run);
        job->run = NULL;
    }
    failed = settle_all(w, all);
    answer_all(w);
    for (int more = 1; !failed && more > 0;)
        if ((more = drop_one(w)) < 0)
            failed = more;
    return failed;
}

static int commit_and_look(struct worker *w, const struct turn *t)
{
    int failed = commit(w, t->unkept), news;

    mutex_take(&w->mutex);
    news = is_news(w, t);
    worker_let_go(w);
    return failed ? failed : 1 + news;
}

int worker_drive(struct worker *w, unsigned seat)
{
    struct turn t;

    begin_turn(w, seat, &t);
    if (t.job)
        return drive(w, seat, &t);
    return t.unkept ? commit_and_look(w, &t) : 0;
}

void worker_park(struct worker *w)
{
    if (w->unkept && commit(w, take_unkept(w)) < 0)
        return;
    for (struct job *job = w->oldest, *newer; job; job = newer) {
        newer = job->newer;
        job_park(job);
        job->run = NULL;
    }
    w->oldest = w->newest = NULL;
    w->parked = 0;
}
