/* parked.c: a million runs that wait for an answer: what each costs on disk and in the memory of a
 * worker, and how long it takes to open them, beside reading the same files and nothing else.
 */
#include "bench.h"

#include <fcntl.h>
#include <glob.h>
#include <malloc.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io.h"
#include "journal.h"
#include "worker.h"

enum { RUNS = 1000000, A_COMMIT = 10000, ROUNDS = 3 };

static const char workflow[] =
    "{\"name\":\"approval\",\"inputSchema\":{\"order\":{\"type\":\"object\"}},\"entryPoint\":"
    "\"ask\",\"steps\":{"
    "\"ask\":{\"stepType\":\"WaitForSignal\",\"timeoutMs\":{\"valueType\":\"immediate\","
    "\"value\":2592000000}},"
    "\"done\":{\"stepType\":\"Finish\",\"inputMapping\":{"
    "\"order\":{\"valueType\":\"reference\",\"value\":\"data.order\"},"
    "\"answer\":{\"valueType\":\"reference\",\"value\":\"steps.ask.outputs\"}}}},"
    "\"executionPlan\":[{\"fromStep\":\"ask\",\"toStep\":\"done\"}]}";
static const char order[] =
    "{\"order\":{\"id\":123456,\"customer\":\"Reed & Sons\",\"total\":99.5}}";

/* ---- making them ---- */

static void park_one(const kiln_program *p, struct store *s, unsigned number,
                     const kiln_value *input)
{
    kiln_options o = { .io = &kiln_io_posix, .store = s };
    char id[32];
    kiln_run *r = NULL;
    long long due;

    snprintf(id, sizeof id, "order-%07u", number);
    o.id = id;
    bench_must(kiln_run_new(p, &o, &r), "cannot make a run");
    bench_must(kiln_run_start(r, input), "cannot start a run");
    if (kiln_run_step(r, 100, &due) != KILN_RUNNING)
        bench_must(-1, "a run did not wait");
    bench_must(kiln_run_park(r), "cannot park a run");
    kiln_run_free(r);
}

static void park_all(const kiln_program *p, const char *path)
{
    struct store *s = NULL;
    kiln_heap h;
    kiln_value input;

    heap_init(&h, 1);
    bench_must(json_read(&h, &input, order, sizeof order - 1, NULL), "cannot read the input");
    bench_must(store_open(&kiln_io_posix, path, STORE_CREATE, &s, NULL), "cannot open a store");
    for (unsigned i = 0; i < RUNS; i++) {
        park_one(p, s, i, &input);
        if (i % A_COMMIT == A_COMMIT - 1)
            bench_must(store_commit(s), "cannot commit");
    }
    store_close(s);
    heap_fini(&h);
}

/* ---- looking at them ---- */

static void find_files(const char *path, glob_t *ret)
{
    char pattern[80];

    snprintf(pattern, sizeof pattern, "%s/journal-*", path);
    bench_must(-glob(pattern, 0, NULL, ret), "cannot find the store");
}

static unsigned long long disk_use(const glob_t *files)
{
    unsigned long long bytes = 0;
    struct stat st;

    for (size_t i = 0; i < files->gl_pathc; i++)
        if (stat(files->gl_pathv[i], &st) == 0)
            bytes += (unsigned long long)st.st_blocks * 512;
    return bytes;
}

/* Seconds to read all files. */
static double read_time(const glob_t *files)
{
    static char piece[1 << 20];
    double t = bench_now();

    for (size_t i = 0; i < files->gl_pathc; i++) {
        int fd = open(files->gl_pathv[i], O_RDONLY);

        while (read(fd, piece, sizeof piece) > 0)
            ;
        close(fd);
    }
    return bench_now() - t;
}

static double memory(void)
{
    struct mallinfo2 m = mallinfo2();

    return (double)m.uordblks + (double)m.hblkhd;
}

/* Seconds until a worker could begin, and its bytes. */
static double open_time(const kiln_program *p, const char *path, double *ret_bytes)
{
    struct worker_options o = { .program = p, .run = { .io = &kiln_io_posix }, .max_runs = 100 };
    struct worker *w;
    double t = bench_now(), before = memory();

    bench_must(store_open(&kiln_io_posix, path, 0, &o.run.store, NULL), "cannot open the store");
    bench_must(worker_new(&o, &w), "cannot make a worker");
    t = bench_now() - t;
    *ret_bytes = memory() - before;
    if (worker_count(w).timed != RUNS)
        bench_must(-1, "not all runs are there");
    worker_free(w);
    store_close(o.run.store);
    return t;
}

static void look(const kiln_program *p, const char *path)
{
    double ours[ROUNDS], bare[ROUNDS], bytes = 0;
    glob_t files;

    find_files(path, &files);
    bench_line("disk of a parked run", (double)disk_use(&files) / RUNS, "bytes", "its input",
               sizeof order - 1, "<= 512 bytes");
    for (int i = 0; i < ROUNDS; i++) {
        bare[i] = read_time(&files);
        ours[i] = open_time(p, path, &bytes);
    }
    bench_line("worker opens 1,000,000 parked runs", bench_median(ours, ROUNDS), "s",
               "read the files", bench_median(bare, ROUNDS), "<= 5 s");
    bench_line("memory of a parked run", bytes / RUNS, "bytes", "its id", sizeof "order-0000000",
               "<= 512 bytes");
    globfree(&files);
}

static void measure(const kiln_program *p)
{
    char dir[BENCH_PATH], path[64];

    bench_make_folder(dir);
    snprintf(path, sizeof path, "%s/store", dir);
    park_all(p, path);
    look(p, path);
    bench_remove_folder(dir);
}

int main(void)
{
    struct text t = { 0 };

    text_puts(&t, workflow);
    bench_program(&t, measure);
    return 0;
}
