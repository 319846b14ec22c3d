/* job_drive.c: one job, a little further (job.h): into memory if it is not there, its messages,
 * some steps. A message goes from the inbox when all that came of it is on disk.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"
#include "run.h"

/* Steps before somebody else has his turn; and before a worker that is to end is asked again. */
enum { TURN_STEPS = 256 };

static int make_run(struct worker *w, struct job *job)
{
    kiln_options options = w->o.run;

    options.id = job->id;
    return kiln_run_new(w->o.program, &options, &job->run);
}

/* What becomes different for a run of an earlier version, or what it would have. */
static void tell_upgrade(struct worker *w, const struct job *job, int failed)
{
    const char *line = kiln_run_upgrade_report(job->run);

    for (size_t n; *line; line += n + (line[n] == '\n')) {
        n = strcspn(line, "\n");
        worker_tell(w, "run %s and this version: %.*s", job->id, (int)n, line);
    }
    if (!failed)
        worker_tell(w, "run %s goes on under this version", job->id);
}

/* A run the store has is taken up; one that is only asked for begins with its message. */
static int load(struct worker *w, struct job *job)
{
    const struct store_run *run;
    int failed, is_old;

    if (job->run || !(run = store_find(w->o.run.store, job->id)))
        return 0;
    is_old = memcmp(run->hash, w->o.program->hash, sizeof run->hash) != 0;
    failed = make_run(w, job);
    if (!failed)
        failed = kiln_run_resume(job->run);
    if (job->run && is_old)
        tell_upgrade(w, job, failed);
    return failed;
}

/* ---- messages ---- */

static int start(struct worker *w, struct job *job, const struct inbox_message *m)
{
    int failed;

    if (job->run) /* it was begun, and the message stayed behind */
        return 0;
    failed = make_run(w, job);
    return failed ? failed : kiln_run_start(job->run, &m->value);
}

static int act(struct worker *w, struct job *job, const struct inbox_message *m)
{
    if (m->verb == INBOX_START)
        return start(w, job, m);
    if (!job->run)
        return -ENOENT;
    if (kiln_run_status(job->run) != KILN_RUNNING) {
        job_tell_late(w, m);
        return 0;
    }
    return run_obey(job->run, m);
}

static int open_mail(struct worker *w, struct job *job, const struct mail *mail)
{
    struct inbox_message m;
    kiln_heap h;
    int failed;

    heap_init(&h, !!(w->o.program->flags & KILN_PROGRAM_SORTED));
    failed = inbox_read(w->o.run.io, w->o.run.store->path, mail->name, &h, &m);
    if (!failed)
        failed = act(w, job, &m);
    heap_fini(&h);
    return failed;
}

void job_answer(struct worker *w, struct mail *mail, int is_kept)
{
    for (struct mail *next; mail; mail = next) {
        next = mail->next;
        if (is_kept)
            inbox_remove(w->o.run.io, w->o.run.store->path, mail->name);
        free(mail);
    }
}

/* ---- a turn ---- */

static int go_on(struct worker *w, struct job *job, const struct mail *mail, long long *ret_due)
{
    int code = load(w, job);

    for (; mail && code >= 0; mail = mail->next)
        code = open_mail(w, job, mail);
    if (code < 0 || kiln_run_is_paused(job->run))
        return code;
    return kiln_run_step(job->run, TURN_STEPS, ret_due);
}

static void complain(struct worker *w, const struct job *job, int code)
{
    const char *why = job->run ? kiln_run_error(job->run) : "";

    worker_tell(w, "run %s cannot go on: %s", job->id, *why ? why : strerror(-code));
}

int job_drive(struct worker *w, struct job *job, const struct mail *mail, long long *ret_due)
{
    int code;

    *ret_due = KILN_DUE_NEVER;
    code = go_on(w, job, mail, ret_due);
    if (code < 0)
        complain(w, job, code);
    return code;
}

/* When the store fails here it fails for all: the next turn tells. */
void job_park(struct job *job)
{
    kiln_run_park(job->run);
    kiln_run_free(job->run);
}
