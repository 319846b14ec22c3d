/* tiers.c: how long from JSON to something that runs: through libtcc to the first step executed,
 * and through the C compiler to an executable; how large that is and how fast it starts. */
#include "bench.h"

#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Start to exit of a program whose output nobody reads. Seconds. */
static double spawn_once(char *const argv[])
{
    posix_spawn_file_actions_t actions;
    double t = bench_now();
    int status;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", 1, 0);
    if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) != 0
        || waitpid(pid, &status, 0) < 0 || status != 0) {
        fprintf(stderr, "bench: %s did not run\n", argv[0]);
        exit(1);
    }
    posix_spawn_file_actions_destroy(&actions);
    return bench_now() - t;
}

static double spawn_median(char *const argv[], int rounds)
{
    double samples[1000];

    for (int i = 0; i < rounds; i++)
        samples[i] = spawn_once(argv);
    return bench_median(samples, (size_t)rounds);
}

/* JSON text to the first step executed, in this process. Milliseconds. */
static double first_step_ms(unsigned n)
{
    double samples[BENCH_ROUNDS];
    struct text t = { 0 };
    kiln_heap h;
    kiln_value input = bench_input(&h);

    bench_chain(&t, n, "utils", "return-input", "");
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        struct compilation c = { 0 };
        const kiln_program *p = NULL;
        double from = bench_now();
        struct build_jit *jit;

        bench_compile(&c, &t);
        jit = bench_load(&c, NULL, &p);
        bench_run(p, NULL, &input);
        samples[i] = (bench_now() - from) * 1e3;
        build_jit_free(jit);
        compile_fini(&c);
    }
    text_fini(&t);
    heap_fini(&h);
    return bench_least(samples, BENCH_ROUNDS);
}

static void write_file(const char *path, const char *s, size_t n)
{
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(s, 1, n, f) != n || fclose(f)) {
        perror(path);
        exit(1);
    }
}

/* `kiln build` of a chain as a user runs it. Seconds. */
static double build_s(char *kiln, unsigned n, char *in, char *out)
{
    char *argv[] = { kiln, "build", in, "-o", out, NULL };
    struct text t = { 0 };

    bench_chain(&t, n, "utils", "return-input", "");
    write_file(in, t.s, t.n);
    text_fini(&t);
    return spawn_median(argv, n > 2000 ? 1 : 3);
}

static double empty_program(const char *dir, char *ret_path, size_t size)
{
    char source[300];
    char *argv[] = { "musl-gcc", "-O2", "-static", "-s", "-o", ret_path, source, NULL };

    snprintf(source, sizeof source, "%s/empty.c", dir);
    snprintf(ret_path, size, "%s/empty", dir);
    write_file(source, "int main(void) { return 0; }\n", 29);
    return spawn_once(argv);
}

static double kilobytes(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? (double)st.st_size / 1000 : 0;
}

/* The size of the same workflow as a program that has some verbs only. */
static double few_kilobytes(char *kiln, char *in, const char *dir)
{
    char out[64];
    char *argv[] = {
        kiln, "build", in, "--verbs", "run,resume,list,show,describe", "-o", out, NULL
    };

    snprintf(out, sizeof out, "%s/few", dir);
    spawn_once(argv);
    return kilobytes(out);
}

int main(int argc, char **argv)
{
    static const struct {
        unsigned n;
        const char *first, *build;
    } sizes[] = { { 10, "<= 3 ms", "<= 0.2 s" },
                  { 100, "<= 5 ms", "<= 0.4 s" },
                  { 1000, "<= 20 ms", "<= 2.5 s" },
                  { 10000, "linear", "finishes" } };
    char dir[] = "/tmp/kiln-bench-XXXXXX", in[64], out[64], empty[64], name[64];
    double floor, hundred = 0, build;

    if (argc != 2 || !mkdtemp(dir)) {
        fprintf(stderr, "usage: tiers KILN\n");
        return 2;
    }
    snprintf(in, sizeof in, "%s/chain.json", dir);
    snprintf(out, sizeof out, "%s/chain", dir);
    floor = first_step_ms(1);
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "JSON to first step, %u steps, libtcc", sizes[i].n);
        bench_line(name, first_step_ms(sizes[i].n), "ms", "1 step", floor, sizes[i].first);
    }
    floor = empty_program(dir, empty, sizeof empty);
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "kiln build, %u steps, static musl", sizes[i].n);
        build = build_s(argv[1], sizes[i].n, in, out);
        bench_line(name, build, "s", "empty C program", floor, sizes[i].build);
        if (sizes[i].n == 100) {
            char *run[] = { out, "run", "--input", "{\"value\":1}", NULL };
            char *nothing[] = { empty, NULL };

            hundred = spawn_median(run, 1000) * 1e6;
            bench_line("size of the 100-step program", kilobytes(out), "KB", "empty static",
                       kilobytes(empty), "<= 150 KB");
            bench_line("size with run, resume, list, show, describe",
                       few_kilobytes(argv[1], in, dir), "KB", "empty static", kilobytes(empty),
                       "<= 150 KB");
            bench_line("start to exit of the 100-step program", hundred, "us", "empty static",
                       spawn_median(nothing, 1000) * 1e6, "<= 1.5x");
        }
    }
    return 0;
}
