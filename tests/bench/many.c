/* many.c: many runs at once in one worker, each a chain of durable effects; the records they make a
 * second beside those of a bare group commit, as many records a flush as there are runs.
 */
#include "bench.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "inbox.h"
#include "io.h"
#include "journal.h"
#include "worker.h"

enum { THREADS = 2, RUNS = 200, STEPS = 200, RECORD = 64 };

/* Records a second of one write and one fdatasync for RUNS of them at a time. */
static double raw_rate(const char *dir)
{
    static char records[RUNS * RECORD] = { 1 };
    enum { FLUSHES = 100 };
    char path[64], zero[1 << 16] = { 0 };
    double t;
    int fd;

    snprintf(path, sizeof path, "%s/raw", dir);
    fd = open(path, O_CREAT | O_RDWR, 0600);
    for (int i = 0; i < 64; i++)
        if (write(fd, zero, sizeof zero) < 0)
            exit(1);
    fsync(fd);
    t = bench_now();
    for (int i = 0; i < FLUSHES; i++)
        if (pwrite(fd, records, sizeof records, (off_t)(i * (int)sizeof records)) < 0
            || fdatasync(fd) != 0)
            exit(1);
    t = bench_now() - t;
    close(fd);
    return FLUSHES * RUNS / t;
}

static void must(int failed, const char *what)
{
    if (!failed)
        return;
    fprintf(stderr, "bench: %s: %s\n", what, strerror(-failed));
    exit(1);
}

static void ask_for_runs(const kiln_program *p, const char *store)
{
    kiln_heap h;
    kiln_value input = bench_input(&h);

    for (unsigned i = 0; i < RUNS; i++) {
        char id[16];
        struct inbox_message m = { .verb = INBOX_START, .run = id, .name = p->name };

        snprintf(id, sizeof id, "r%u", i);
        memcpy(m.hash, p->hash, sizeof m.hash);
        m.value = input;
        must(inbox_send(&kiln_io_posix, store, &m), "cannot ask for a run");
    }
    heap_fini(&h);
}

/* Drives until all runs have ended. */
static void *work(void *ctx)
{
    struct worker *w = ctx;
    int code = 0;

    while (code >= 0 && worker_await(w)) {
        code = worker_drive(w, 0);
        if (worker_count(w).completed == RUNS)
            worker_stop(w);
    }
    return NULL;
}

/* Records a second of all runs. */
static double our_rate(const kiln_program *p, const char *dir)
{
    struct worker_options o = { .program = p, .run = { .io = &kiln_io_posix }, .max_runs = RUNS };
    pthread_t threads[THREADS];
    struct worker *w;
    char path[64];
    double t;

    snprintf(path, sizeof path, "%s/store", dir);
    ask_for_runs(p, path);
    must(store_open(&kiln_io_posix, path, STORE_CREATE, &o.run.store, NULL), "cannot open a store");
    must(worker_new(&o, &w), "cannot make a worker");
    t = bench_now();
    must(worker_look(w, 1), "cannot read the inbox");
    for (unsigned i = 0; i < THREADS; i++)
        must(-pthread_create(&threads[i], NULL, work, w), "cannot make a thread");
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    t = bench_now() - t;
    if (worker_count(w).completed != RUNS)
        must(-1, "not all runs completed");
    worker_free(w);
    store_close(o.run.store);
    return RUNS * STEPS / t;
}

int main(int argc, char **argv)
{
    struct compilation c = { 0 };
    struct text t = { 0 };
    const kiln_program *p = NULL;
    struct build_jit *jit;
    double ours[5], raw[5];

    (void)argc;
    (void)argv;
    bench_chain(&t, STEPS, "utils", "get-current-unix-timestamp", "");
    bench_compile(&c, &t);
    jit = bench_load(&c, "2", &p);
    for (int i = 0; i < 5; i++) { /* side by side: the disk has moods */
        char dir[] = "/var/tmp/kiln-bench-XXXXXX";

        if (!mkdtemp(dir))
            return 1;
        raw[i] = raw_rate(dir);
        ours[i] = our_rate(p, dir);
    }
    bench_line("durable steps of 200 runs at once", bench_median(ours, 5) / 1000, "k/s",
               "group commit", bench_median(raw, 5) / 1000, ">= 0.6x");
    build_jit_free(jit);
    compile_fini(&c);
    text_fini(&t);
    return 0;
}
