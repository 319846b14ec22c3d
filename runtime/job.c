/* job.c: the table of jobs and the queues they stand in (job.h). */
#include "job.h"

#include <stdlib.h>
#include <string.h>

enum { FORGET_FLOOR = 64 };

/* ---- the table ---- */

struct job *job_find(const struct worker *w, const char *id)
{
    struct job *job = map_get(&w->jobs, id, strlen(id));

    return job && job->place != JOB_GONE ? job : NULL;
}

void job_free_mail(struct mail *mail)
{
    for (struct mail *next; mail; mail = next) {
        next = mail->next;
        free(mail);
    }
}

void job_free(struct job *job)
{
    job_free_mail(job->mail);
    job_free_mail(job->answered);
    kiln_run_free(job->run);
    free(job);
}

/* A map cannot forget, so when most of its jobs have ended a new one is made of the rest. If there
 * is no memory for that, there is none for more jobs either. */
static int forget_gone(struct worker *w)
{
    struct map rest = { 0 };

    if (w->places[JOB_GONE] < FORGET_FLOOR || 2 * w->places[JOB_GONE] < w->jobs.n)
        return 0;
    for (size_t i = 0; i < w->jobs.n; i++) {
        const struct map_entry *e = &w->jobs.at[i];

        if (((struct job *)e->value)->place != JOB_GONE
            && map_put(&rest, e->key, e->n, e->value) < 0) {
            map_fini(&rest);
            return -1;
        }
    }
    for (size_t i = 0; i < w->jobs.n; i++)
        if (((struct job *)w->jobs.at[i].value)->place == JOB_GONE)
            job_free(w->jobs.at[i].value);
    map_fini(&w->jobs);
    w->jobs = rest;
    w->places[JOB_GONE] = 0;
    return 0;
}

struct job *job_add(struct worker *w, const char *id)
{
    size_t n = strlen(id);
    struct job *job;

    if (forget_gone(w) < 0 || !(job = calloc(1, sizeof *job + n + 1)))
        return NULL;
    memcpy(job->id, id, n);
    job->mail_end = &job->mail;
    job->place = JOB_LEFT;
    if (map_put(&w->jobs, job->id, n, job) < 0) {
        free(job);
        return NULL;
    }
    w->places[job->place]++;
    return job;
}

/* ---- in memory and parked, oldest first ---- */

static int is_parked(const struct job *job)
{
    return job->place == JOB_TIMED || job->place == JOB_WAITING || job->place == JOB_PAUSED;
}

static void link_parked(struct worker *w, struct job *job)
{
    job->newer = NULL;
    job->older = w->newest;
    *(w->newest ? &w->newest->newer : &w->oldest) = job;
    w->newest = job;
    w->parked++;
}

static void unlink_parked(struct worker *w, struct job *job)
{
    *(job->older ? &job->older->newer : &w->oldest) = job->newer;
    *(job->newer ? &job->newer->older : &w->newest) = job->older;
    w->parked--;
}

/* ---- moving ---- */

int job_move(struct worker *w, struct job *job, enum job_place place, long long due)
{
    if (job->run && is_parked(job))
        unlink_parked(w, job);
    alarm_stop(&w->alarms, &job->alarm);
    w->places[job->place]--;
    job->place = place;
    w->places[place]++;
    if (job->run && is_parked(job))
        link_parked(w, job);
    if (place == JOB_TIMED)
        return alarm_set(&w->alarms, &job->alarm, due);
    if (place == JOB_READY) {
        job->next = NULL;
        *w->last = job;
        w->last = &job->next;
    }
    return 0;
}

struct job *job_take(struct worker *w)
{
    struct job *job = w->first;

    if (!job)
        return NULL;
    if (!(w->first = job->next))
        w->last = &w->first;
    job_move(w, job, JOB_DRIVEN, 0);
    return job;
}

/* ---- giving up memory ---- */

struct job *job_choose(struct worker *w, enum job_place *ret_place)
{
    struct job *job = w->oldest;

    if (w->parked <= w->o.max_runs)
        return NULL;
    *ret_place = job->place;
    job_move(w, job, JOB_DRIVEN, 0);
    return job;
}

int job_return(struct worker *w, struct job *job, enum job_place place)
{
    job->run = NULL;
    w->counts.drops++;
    return job_move(w, job, job->mail ? JOB_READY : place, job->alarm.due);
}
