/* many.c: many runs at once in one worker, each a chain of durable effects: steps a second beside a
 * bare group commit: the same writes and flushes that the worker made, again, by nobody. The chains
 * are long, so that what a run costs before its first step and after its last counts little.
 */
#include "bench.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "inbox.h"
#include "io.h"
#include "journal.h"
#include "worker.h"

enum { THREADS = 2, STEPS = 1000, ROUNDS = 5, PIECE = 1 << 16 };

/* ---- what the worker asks of the disk ---- */

/* The bytes of each commit: all that was written before a flush. Only one thread commits. */
struct commits {
    LIST(size_t) all;
    size_t open, bytes;
};

static ssize_t counted_pwrite(void *self, int fd, const void *buf, size_t n, off_t at)
{
    struct commits *c = self;

    c->open += n;
    return kiln_io_posix.pwrite(NULL, fd, buf, n, at);
}

static int counted_sync(void *self, int fd)
{
    struct commits *c = self;

    if (c->open < 1 << 20) { /* not a new segment */
        bench_must(list_push(&c->all, c->open), "out of memory");
        c->bytes += c->open;
    }
    c->open = 0;
    return kiln_io_posix.sync(NULL, fd);
}

/* Seconds for the same commits in a file that was filled ahead. */
static double bare_time(const char *dir, const struct commits *c)
{
    char path[64], *bytes = calloc(1, c->bytes + PIECE);
    off_t at = 0;
    double t;
    int fd;

    snprintf(path, sizeof path, "%s/raw", dir);
    fd = open(path, O_CREAT | O_RDWR, 0600);
    for (size_t done = 0; done < c->bytes; done += PIECE)
        if (!bytes || write(fd, bytes, PIECE) < 0)
            exit(1);
    fsync(fd);
    t = bench_now();
    for (size_t i = 0; i < c->all.n; at += (off_t)c->all.at[i++])
        if (pwrite(fd, bytes + at, c->all.at[i], at) < 0 || fdatasync(fd) != 0)
            exit(1);
    t = bench_now() - t;
    close(fd);
    free(bytes);
    return t;
}

/* ---- the worker ---- */

struct crew {
    struct worker *worker;
    unsigned runs;
};

static void ask_for_runs(const kiln_program *p, const char *store, unsigned runs)
{
    kiln_heap h;
    kiln_value input = bench_input(&h);

    for (unsigned i = 0; i < runs; i++) {
        char id[16];
        struct inbox_message m = { .verb = INBOX_START, .run = id, .name = p->name };

        snprintf(id, sizeof id, "r%u", i);
        memcpy(m.hash, p->hash, sizeof m.hash);
        m.value = input;
        bench_must(inbox_send(&kiln_io_posix, store, &m), "cannot ask for a run");
    }
    heap_fini(&h);
}

/* Drives until all runs have ended. */
static void *work(void *ctx)
{
    struct crew *crew = ctx;
    int code = 0;

    while (code >= 0 && worker_await(crew->worker)) {
        code = worker_drive(crew->worker, 0);
        if (code != 1 && worker_count(crew->worker).completed == crew->runs)
            worker_stop(crew->worker);
    }
    return NULL;
}

/* Seconds until all runs have ended. */
static double work_time(struct crew *crew)
{
    pthread_t threads[THREADS];
    double t = bench_now();

    bench_must(worker_look(crew->worker, 1), "cannot read the inbox");
    for (unsigned i = 0; i < THREADS; i++)
        bench_must(-pthread_create(&threads[i], NULL, work, crew), "cannot make a thread");
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    t = bench_now() - t;
    if (worker_count(crew->worker).completed != crew->runs)
        bench_must(-1, "not all runs completed");
    return t;
}

/* Seconds of ours, and of the same commits alone. */
static void compare(const kiln_program *p, unsigned runs, double *ret_ours, double *ret_bare)
{
    struct commits commits = { 0 };
    struct kiln_io io = kiln_io_posix;
    struct worker_options o = { .program = p, .run = { .io = &io }, .max_runs = runs };
    struct crew crew = { .runs = runs };
    char dir[BENCH_PATH], path[64];

    io.self = &commits;
    io.pwrite = counted_pwrite;
    io.sync = counted_sync;
    bench_make_folder(dir);
    snprintf(path, sizeof path, "%s/store", dir);
    ask_for_runs(p, path, runs);
    bench_must(store_open(&io, path, STORE_CREATE, &o.run.store, NULL), "cannot open a store");
    bench_must(worker_new(&o, &crew.worker), "cannot make a worker");
    *ret_ours = work_time(&crew);
    worker_free(crew.worker);
    store_close(o.run.store);
    *ret_bare = bare_time(dir, &commits);
    bench_remove_folder(dir);
    list_fini(&commits.all);
}

static void bench_many(const kiln_program *p, unsigned runs, const char *aim)
{
    double ours[ROUNDS], bare[ROUNDS];
    char name[64];

    snprintf(name, sizeof name, "durable steps of %u runs at once", runs);
    for (int i = 0; i < ROUNDS; i++) { /* side by side: the disk has moods */
        double steps = runs * (double)STEPS / 1000, t, floor;

        compare(p, runs, &t, &floor);
        ours[i] = steps / t;
        bare[i] = steps / floor;
    }
    bench_line(name, bench_median(ours, ROUNDS), "k/s", "same commits", bench_median(bare, ROUNDS),
               aim);
}

static void measure(const kiln_program *p)
{
    bench_many(p, 200, ">= 0.6x");
    bench_many(p, 1000, ">= 500 k/s");
}

int main(void)
{
    struct text t = { 0 };

    bench_chain(&t, STEPS, "utils", "get-current-unix-timestamp", "");
    bench_program(&t, measure);
    return 0;
}
