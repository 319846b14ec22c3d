/* cli_metrics.c: a worker's counters as text (cli_metrics.h). */
#include "cli_metrics.h"

#include <errno.h>
#include <fcntl.h>

/* A metric's head; its samples follow. */
static void put_head(struct text *t, const char *name, const char *type, const char *help)
{
    text_printf(t, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_labelled(struct text *t, const char *name, const char *label, const char *value,
                         unsigned long long n)
{
    text_printf(t, "%s{%s=\"%s\"} %llu\n", name, label, value, n);
}

static void put_one(struct text *t, const char *name, const char *type, const char *help,
                    unsigned long long n)
{
    put_head(t, name, type, help);
    text_printf(t, "%s %llu\n", name, n);
}

void cli_put_metrics(struct text *t, const struct worker_counts *n)
{
    put_head(t, "kiln_runs_ended_total", "counter", "Runs that ended since the worker began.");
    put_labelled(t, "kiln_runs_ended_total", "status", "completed", n->completed);
    put_labelled(t, "kiln_runs_ended_total", "status", "failed", n->failed);
    put_labelled(t, "kiln_runs_ended_total", "status", "cancelled", n->cancelled);
    put_head(t, "kiln_runs", "gauge", "Unfinished runs by what they are at.");
    put_labelled(t, "kiln_runs", "status", "ready", n->ready);
    put_labelled(t, "kiln_runs", "status", "running", n->driven);
    put_labelled(t, "kiln_runs", "status", "sleeping", n->timed);
    put_labelled(t, "kiln_runs", "status", "waiting", n->waiting);
    put_labelled(t, "kiln_runs", "status", "paused", n->paused);
    put_one(t, "kiln_runs_in_memory", "gauge", "Runs that are in memory.", n->in_memory);
    put_one(t, "kiln_runs_broken_total", "counter", "Runs that could not be taken further.",
            n->broken);
    put_one(t, "kiln_messages_total", "counter", "Messages taken from the inbox.", n->messages);
    put_one(t, "kiln_turns_total", "counter", "Times a run was taken further.", n->turns);
    put_one(t, "kiln_loads_total", "counter", "Times a run was taken into memory.", n->loads);
    put_one(t, "kiln_drops_total", "counter", "Times a waiting run was dropped from memory.",
            n->drops);
}

static int write_file(const struct kiln_io *io, const char *path, const struct text *t)
{
    int fd = io->open(io->self, path, O_RDWR | O_CREAT | O_TRUNC, 0666);
    ssize_t put;

    if (fd < 0)
        return fd;
    put = io->pwrite(io->self, fd, t->s, t->n, 0);
    io->close(io->self, fd);
    return put < 0 ? (int)put : 0;
}

int cli_write_metrics(const struct cli *c, const char *path, const struct worker_counts *n)
{
    struct text t = { 0 }, fresh = { 0 };
    int failed;

    cli_put_metrics(&t, n);
    text_printf(&fresh, "%s.new", path);
    failed = t.failed || fresh.failed ? -ENOMEM : write_file(c->io, fresh.s, &t);
    if (!failed)
        failed = c->io->rename(c->io->self, fresh.s, path);
    text_fini(&t);
    text_fini(&fresh);
    return failed;
}

void cli_put_progress(struct text *t, const struct worker_counts *n)
{
    text_printf(t,
                "%u running, %u ready, %u sleeping, %u waiting, %u paused; %llu completed, "
                "%llu failed, %llu cancelled",
                n->driven, n->ready, n->timed, n->waiting, n->paused, n->completed, n->failed,
                n->cancelled);
}
