/* job.h: the inside of a worker (worker.h): its jobs, and where each of them is.
 *
 * A job is in one place at a time; whoever moves it holds the worker's mutex. While it is driven
 * its run belongs to the thread that drives it and to nobody else.
 */
#ifndef KILN_JOB_H
#define KILN_JOB_H

#include <pthread.h>

#include "base/alarm.h"
#include "inbox.h"
#include "store.h"
#include "worker.h"

enum job_place {
    JOB_READY,   /* in the queue */
    JOB_DRIVEN,  /* some thread has it */
    JOB_UNKEPT,  /* its turn is over, and what came of it is not on disk yet */
    JOB_TIMED,   /* parked until its alarm */
    JOB_WAITING, /* parked until a signal */
    JOB_PAUSED,  /* parked until somebody says resume */
    JOB_LEFT,    /* it cannot be taken further by this process */
    JOB_GONE,    /* it has ended; the table forgets it some time */
    JOB_PLACES
};

/* A message for a job, still in the inbox under this name. */
struct mail {
    struct mail *next;
    char name[];
};

struct job {
    struct alarm alarm; /* the first member: an alarm is its job */
    kiln_run *run;      /* NULL: not in memory */
    enum job_place place;
    struct mail *mail, **mail_end; /* oldest first */
    struct mail *answered;         /* to be removed when what came of it is on disk */
    int status;                    /* of an unkept one: of its run... */
    long long due;                 /* ...and when that goes on */
    struct job *next;              /* in the queue, or among the unkept */
    struct job *older, *newer;     /* in memory and parked */
    char id[];
};

/* One who drives. */
struct seat {
    const struct job *job; /* or NULL */
    unsigned looks;        /* of worker_watch that have seen it with this job */
};

struct worker {
    struct worker_options o;
    pthread_mutex_t mutex;
    pthread_cond_t ready; /* a job is ready, or it is over */
    int stopped;
    unsigned sleepers; /* threads that wait for it */
    struct map jobs;   /* by id */
    struct alarms alarms;
    struct job *first, **last; /* the queue */
    struct job *unkept;        /* these wait for a commit */
    int commits;               /* somebody commits */
    struct mail *answered;     /* to be removed from the inbox, oldest first */
    struct mail **answered_end;
    int answers;                         /* somebody removes some */
    struct job *oldest, *newest;         /* in memory and parked */
    unsigned places[JOB_PLACES], parked; /* jobs in each place; in memory and parked */
    struct inbox_list seen;              /* the inbox when last looked at */
    long long swept_ms;                  /* when it was cleaned of what senders that died left */
    LIST(char *) others;                 /* runs of other programs still in the inbox */
    struct worker_counts counts;
    struct seat seats[WORKER_SEATS];
};

/* job.c: all with the mutex held. */
struct job *job_find(const struct worker *w, const char *id);
/* A new job, in no queue yet. NULL when memory is out. */
struct job *job_add(struct worker *w, const char *id);
/* Moves it to another place, and into its queue. 0, or -1 when memory is out. */
int job_move(struct worker *w, struct job *job, enum job_place place, long long due);
/* The first ready job, from now on driven; or NULL. */
struct job *job_take(struct worker *w);
/* The job that has been parked in memory for the longest, when there are too many, or NULL. It is
 * driven until job_return: nobody else may have it while its run is written down. */
struct job *job_choose(struct worker *w, enum job_place *ret_place);
/* Puts it back where it was, without its run. 0, or -1 when memory is out. */
int job_return(struct worker *w, struct job *job, enum job_place place);
void job_free(struct job *job);
void job_free_mail(struct mail *mail);

/* job_drive.c: takes a job further, without the mutex; `mail` is what came for it. The status of
 * the run, or a negative code; *ret_due as in kiln_run_step. What came of it is not committed. */
int job_drive(struct worker *w, struct job *job, const struct mail *mail, long long *ret_due);
/* Frees mail, and removes it from the inbox when all that came of it is on disk. */
void job_answer(struct worker *w, struct mail *mail, int is_kept);
/* Writes the run of a parked job down and frees it; without the mutex. */
void job_park(struct job *job);

/* job_mail.c: hands out what is new in the inbox; with the mutex held. 0 or a negative errno. */
int job_read_inbox(struct worker *w);
/* The job has ended: looks again at what came for it meanwhile. 0 or a negative errno. */
int job_return_mail(struct worker *w, struct job *job);
/* A message came when its run had ended. */
void job_tell_late(const struct worker *w, const struct inbox_message *m);

/* Gives the mutex back, and wakes one who sleeps when there are jobs left to drive; he wakes the
 * next. So nobody is woken only to find the mutex taken. */
void worker_let_go(struct worker *w);
/* Tells the owner of the worker, printf text. */
void worker_tell(const struct worker *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
