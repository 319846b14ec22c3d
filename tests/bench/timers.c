/* timers.c: a hundred thousand runs that sleep, ten a millisecond: how late their next step begins
 * after the moment that was asked for, beside a thread that does nothing but sleep until then.
 *
 * All are begun at one moment of a clock that stands still, so that their moments are known; then
 * it goes on, and a worker has them in its store and not in its memory.
 */
#include "bench.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "bell.h"
#include "io.h"
#include "journal.h"
#include "worker.h"

enum { RUNS = 100000, AT_ONCE = 10, FIRST_MS = 1000, THREADS = 2, MAX_RUNS = 1000 };

static const char workflow[] =
    "{\"name\":\"naps\",\"inputSchema\":{\"ms\":{\"type\":\"integer\",\"required\":true}},"
    "\"entryPoint\":\"nap\",\"steps\":{\"nap\":{\"stepType\":\"Delay\",\"durationMs\":{"
    "\"valueType\":\"reference\",\"value\":\"data.ms\"}},\"done\":{\"stepType\":\"Finish\"}},"
    "\"executionPlan\":[{\"fromStep\":\"nap\",\"toStep\":\"done\"}]}";

/* ---- the clock, and what it was when they woke ---- */

struct watch {
    struct kiln_io io;
    long long stands_ms; /* what it says while it stands, or 0 */
    double began;        /* of bench_now, when it was let go */
    long long zero_ms;   /* what it said then */
    double *late;        /* milliseconds */
    _Atomic unsigned n;
};

static double watch_now(const struct watch *w)
{
    return (double)w->zero_ms + (bench_now() - w->began) * 1e3;
}

static long long watch_now_ms(void *self)
{
    const struct watch *w = self;

    return w->stands_ms ? w->stands_ms : (long long)watch_now(w);
}

/* The nap is over; its result is how long it was to be. */
static void woke(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    struct watch *w = ctx;
    unsigned i;

    (void)kind;
    if (strcmp(step->id, "nap"))
        return;
    i = w->n++;
    if (i < RUNS)
        w->late[i] = watch_now(w) - (double)(w->zero_ms + v->u.i);
}

/* ---- the sleepers ---- */

static void put_to_sleep(const kiln_program *p, const struct watch *w, struct store *s, unsigned i)
{
    kiln_options o = { .io = &w->io, .store = s };
    kiln_value pair[2] = { value_static("ms"), value_int(FIRST_MS + i / AT_ONCE) }, input;
    kiln_run *r = NULL;
    kiln_heap h;
    long long due;

    heap_init(&h, 1);
    bench_must(kiln_object(&h, &input, pair, 1), "cannot make an input");
    bench_must(kiln_run_new(p, &o, &r), "cannot make a run");
    bench_must(kiln_run_start(r, &input), "cannot start a run");
    if (kiln_run_step(r, 100, &due) != KILN_RUNNING)
        bench_must(-1, "a run did not sleep");
    bench_must(kiln_run_park(r), "cannot park a run");
    kiln_run_free(r);
    heap_fini(&h);
}

static void *work(void *ctx)
{
    void **both = ctx;
    struct worker *w = both[0];

    while (worker_await(w)) {
        int code = worker_drive(w, 0);

        if (code < 0)
            worker_stop(w);
        if (code != 1)
            bell_ring(both[1]);
    }
    return NULL;
}

/* Wakes the worker whenever something is due, until all are awake. */
static void keep_time(struct worker *w, struct bell *bell, struct watch *watch)
{
    while (watch->n < RUNS && !worker_is_stopped(w)) {
        long long due;

        bench_must(worker_look(w, 0), "cannot look");
        due = worker_due(w) - watch_now_ms(watch);
        bell_wait(bell, due < 0 ? 0 : due < 100 ? (unsigned)due : 100);
    }
}

static void wake_all(const kiln_program *p, struct watch *watch, struct store *s, const char *dir)
{
    struct worker_options o = { .program = p, .max_runs = MAX_RUNS };
    pthread_t threads[THREADS];
    struct bell bell;
    struct worker *w;
    void *both[2];

    o.run = (kiln_options){ .io = &watch->io,
                            .store = s,
                            .trace = woke,
                            .trace_ctx = watch,
                            .wanted = 1u << KILN_EVENT_DONE };
    bench_must(worker_new(&o, &w), "cannot make a worker");
    bench_must(bell_open(&bell), "cannot make a bell");
    bell_watch(&bell, dir);
    both[0] = w;
    both[1] = &bell;
    watch->began = bench_now();
    watch->stands_ms = 0;
    for (unsigned i = 0; i < THREADS; i++)
        bench_must(-pthread_create(&threads[i], NULL, work, both), "cannot make a thread");
    keep_time(w, &bell, watch);
    worker_stop(w);
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    bell_close(&bell);
    worker_free(w);
}

/* p99 of how late a thread is that sleeps a millisecond at a time. Milliseconds. */
static double bare_lateness(void)
{
    enum { NAPS = 2000 };
    static double late[NAPS];
    double t = bench_now();

    for (int i = 0; i < NAPS; i++) {
        struct timespec until;

        t += 1e-3;
        until.tv_sec = (time_t)t;
        until.tv_nsec = (long)((t - (double)until.tv_sec) * 1e9);
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        late[i] = (bench_now() - t) * 1e3;
    }
    qsort(late, NAPS, sizeof *late, bench_compare);
    return late[NAPS * 99 / 100];
}

static void bench_timers(const kiln_program *p)
{
    char dir[BENCH_PATH], path[64];
    struct watch watch = { .io = kiln_io_posix, .late = calloc(RUNS, sizeof(double)) };
    struct store *s = NULL;
    double bare;

    watch.io.self = &watch;
    watch.io.now_ms = watch_now_ms;
    watch.stands_ms = watch.zero_ms = kiln_io_posix.now_ms(NULL);
    bench_must(watch.late ? 0 : -ENOMEM, "cannot note times");
    bench_make_folder(dir);
    snprintf(path, sizeof path, "%s/store", dir);
    bench_must(store_open(&watch.io, path, STORE_CREATE, &s, NULL), "cannot open a store");
    for (unsigned i = 0; i < RUNS; i++)
        put_to_sleep(p, &watch, s, i);
    bench_must(store_commit(s), "cannot commit");
    bare = bare_lateness();
    wake_all(p, &watch, s, dir);
    store_close(s);
    bench_remove_folder(dir);
    qsort(watch.late, RUNS, sizeof *watch.late, bench_compare);
    bench_line("lateness of 100,000 timers, p99", watch.late[RUNS / 100 * 99], "ms", "bare sleep",
               bare, "<= 10 ms");
    free(watch.late);
}

int main(void)
{
    struct text t = { 0 };

    text_puts(&t, workflow);
    bench_program(&t, bench_timers);
    return 0;
}
