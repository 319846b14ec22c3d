/* durable.c: a chain of dependent durable effects, a step at a time, beside a raw append of the
 * same size and fdatasync on the same disk. The effect is the smallest there is (the clock is
 * read), so what is measured is the journal. */
#include "bench.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "io.h"
#include "store.h"

enum { STEPS = 200, RECORD = 64 };

/* p50 of one raw append + fdatasync into a file that was zero-filled ahead. Microseconds. */
static double raw_us(const char *dir)
{
    double samples[STEPS];
    char path[64], record[RECORD] = { 1 }, zero[1 << 16] = { 0 };
    int fd;

    snprintf(path, sizeof path, "%s/raw", dir);
    fd = open(path, O_CREAT | O_RDWR, 0600);
    for (int i = 0; i < 16; i++)
        if (write(fd, zero, sizeof zero) < 0)
            exit(1);
    fsync(fd);
    for (int i = 0; i < STEPS; i++) {
        double t = bench_now();

        if (pwrite(fd, record, RECORD, (off_t)i * RECORD) != RECORD || fdatasync(fd) != 0)
            exit(1);
        samples[i] = (bench_now() - t) * 1e6;
    }
    close(fd);
    return bench_median(samples, STEPS);
}

/* When each step began, told by the trace. */
struct beats {
    double at[STEPS + 8];
    unsigned n;
};

static void beat(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    struct beats *b = ctx;

    (void)step;
    (void)v;
    if (kind == KILN_EVENT_STEP && b->n < STEPS + 8)
        b->at[b->n++] = bench_now();
}

/* p50 from one durable effect to the next. Microseconds. */
static double chain_us(const kiln_program *p, const char *dir)
{
    static struct beats beats;
    double samples[STEPS];
    struct text why = { 0 };
    kiln_options o = { .trace = beat, .trace_ctx = &beats };
    kiln_heap h;
    kiln_value input = bench_input(&h);
    char path[64];

    snprintf(path, sizeof path, "%s/store", dir);
    if (store_open(&kiln_io_posix, path, STORE_CREATE, &o.store, &why) < 0) {
        fprintf(stderr, "bench: %s\n", text_cstr(&why));
        exit(1);
    }
    beats.n = 0;
    bench_run(p, &o, &input);
    store_close(o.store);
    heap_fini(&h);
    text_fini(&why);
    for (unsigned i = 1; i < beats.n && i <= STEPS; i++)
        samples[i - 1] = (beats.at[i] - beats.at[i - 1]) * 1e6;
    return bench_median(samples, beats.n - 1 < STEPS ? beats.n - 1 : STEPS);
}

/* ---- a long past ---- */

enum { PAST = 1000000, A_COMMIT = 10000 };

/* Appends a million completions, and a base whenever one is worth its bytes. Bytes written. */
static unsigned long long append_past(struct store *s, struct journal_run *r)
{
    static char small_state[200];
    struct text state = { small_state, sizeof small_state, sizeof small_state, 0 };
    unsigned long long bytes = 0;
    kiln_value v = value_int(1);

    for (unsigned i = 0; i < PAST; i++) {
        struct journal_place at = { .step = 1, .turn = i };

        if (journal_append(r, JOURNAL_DONE, &at, &v, NULL) < 0)
            exit(1);
        if (journal_growth(r) >= journal_worth(r)) {
            bytes += journal_growth(r) + sizeof small_state;
            if (journal_append_base(r, &state, JOURNAL_NOW) < 0)
                exit(1);
        }
        if (i % A_COMMIT == 0 && store_commit(s) < 0)
            exit(1);
    }
    return bytes + journal_growth(r);
}

static unsigned long long make_past(const char *path, const kiln_program *p)
{
    struct store *s = NULL;
    struct journal_run *r = NULL;
    kiln_value v = value_int(1);
    unsigned long long bytes;

    if (store_open(&kiln_io_posix, path, STORE_CREATE, &s, NULL) < 0
        || journal_begin(s, "long", p, &v, &r) < 0)
        exit(1);
    bytes = append_past(s, r);
    journal_free(r);
    store_close(s);
    return bytes;
}

/* Milliseconds to open the store and load the run. */
static double load_past(const char *path)
{
    struct store *s = NULL;
    struct journal_run *r = NULL;
    double t = bench_now();
    kiln_heap h;

    heap_init(&h, 0);
    if (store_open(&kiln_io_posix, path, 0, &s, NULL) < 0 || journal_load(s, "long", &h, &r) < 0)
        exit(1);
    t = bench_now() - t;
    journal_free(r);
    store_close(s);
    heap_fini(&h);
    return t * 1e3;
}

static void bench_past(const kiln_program *p)
{
    char dir[BENCH_PATH], path[64];
    unsigned long long bytes;
    double samples[5];

    bench_make_folder(dir);
    snprintf(path, sizeof path, "%s/past", dir);
    bytes = make_past(path, p);
    for (int i = 0; i < 5; i++)
        samples[i] = load_past(path);
    bench_remove_folder(dir);
    bench_line("resume with 1,000,000 steps behind it", bench_median(samples, 5), "ms", "aim", 10,
               "<= 1x");
    bench_line("journal bytes a step", (double)bytes / PAST, "bytes", "head of a record", 24, "");
}

static void measure(const kiln_program *p)
{
    char dir[BENCH_PATH];
    double ours[5], raw[5];

    for (int i = 0; i < 5; i++) { /* side by side: the disk has moods */
        bench_make_folder(dir);
        raw[i] = raw_us(dir);
        ours[i] = chain_us(p, dir);
        bench_remove_folder(dir);
    }
    bench_line("durable effect in a chain, p50", bench_median(ours, 5), "us", "append + fdatasync",
               bench_median(raw, 5), "<= 1.2x");
    bench_past(p);
}

int main(void)
{
    struct text t = { 0 };

    bench_chain(&t, STEPS, "utils", "get-current-unix-timestamp", "");
    bench_program(&t, measure);
    return 0;
}
