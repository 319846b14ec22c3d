/* bench.h: what the benchmarks share: a clock, medians, chains of steps, and one line a figure with
 * its floor and the ratio beside it. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "compile.h"
#include "kiln.h"

enum { BENCH_ROUNDS = 15, BENCH_PATH = 32 };

/* Seconds of a clock that only goes forward. */
static inline double bench_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline int bench_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Ends the benchmark when something failed, with a negative errno. */
static inline void bench_must(int failed, const char *what)
{
    if (!failed)
        return;
    fprintf(stderr, "bench: %s: %s\n", what, strerror(-failed));
    exit(1);
}

/* A folder of its own for a benchmark, on a disk. It is removed again by
 * bench_remove_folder. */
static inline void bench_make_folder(char ret[BENCH_PATH])
{
    strcpy(ret, "/var/tmp/kiln-bench-XXXXXX");
    if (!mkdtemp(ret))
        bench_must(-1, "cannot make a folder");
}

static inline void bench_remove_folder(const char *dir)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    if (system(command) != 0)
        fprintf(stderr, "bench: '%s' stays behind\n", dir);
}

/* Sorts `n` samples and gives the middle one. */
static inline double bench_median(double *samples, size_t n)
{
    qsort(samples, n, sizeof *samples, bench_compare);
    return samples[n / 2];
}

/* The least of `n` samples: of work that only computes, for whatever else the machine does can only
 * add to it. */
static inline double bench_least(const double *samples, size_t n)
{
    double least = samples[0];

    for (size_t i = 1; i < n; i++)
        if (samples[i] < least)
            least = samples[i];
    return least;
}

/* One line: name, ours, the floor, the ratio, and what we aim at. */
static inline void bench_line(const char *name, double ours, const char *unit,
                              const char *floor_name, double floor, const char *aim)
{
    printf("%-46s %10.2f %-6s | %s %.2f %s | %.2fx%s%s\n", name, ours, unit, floor_name, floor,
           unit, ours / floor, *aim ? " | aim " : "", aim);
    fflush(stdout);
}

/* A scenario of `n` Agent steps in a row: each hands on what the one before gave. */
static inline void bench_chain(struct text *t, unsigned n, const char *agent,
                               const char *capability, const char *fixed)
{
    text_puts(
        t, "{\"entryPoint\":\"s0\",\"inputSchema\":{\"value\":{\"type\":\"integer\"}},\"steps\":{");
    for (unsigned i = 0; i < n; i++) {
        text_printf(t,
                    "\"s%u\":{\"id\":\"s%u\",\"stepType\":\"Agent\",\"agentId\":\"%s\","
                    "\"capabilityId\":\"%s\",\"inputMapping\":{%s\"value\":{\"valueType\":"
                    "\"reference\",\"value\":\"",
                    i, i, agent, capability, fixed);
        if (i)
            text_printf(t, "steps.s%u.outputs%s\"}}},", i - 1, *fixed ? ".line" : "");
        else
            text_puts(t, "data.value\"}}},");
    }
    text_printf(t,
                "\"end\":{\"id\":\"end\",\"stepType\":\"Finish\",\"inputMapping\":{\"value\":{"
                "\"valueType\":\"reference\",\"value\":\"steps.s%u.outputs%s\"}}}},"
                "\"executionPlan\":[",
                n - 1, *fixed ? ".line" : "");
    for (unsigned i = 0; i < n; i++) {
        text_printf(t, "{\"fromStep\":\"s%u\",\"toStep\":\"", i);
        if (i + 1 < n)
            text_printf(t, "s%u\"},", i + 1);
        else
            text_puts(t, "end\"}]}");
    }
}

/* Compiles a text to C, or ends the benchmark with the complaints. */
static inline void bench_compile(struct compilation *c, const struct text *t)
{
    struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compile_options options = { .until = STAGE_C };

    if (compile_text(c, "bench.json", t->s, t->n, &ops, &options) == 0)
        return;
    diag_print(&c->diags, stderr, DIAG_TEXT, 0);
    exit(1);
}

/* Loads a compiled chain into this process: through the C compiler at -O<level>, or through libtcc
 * when there is no level. */
static inline struct build_jit *bench_load(struct compilation *c, const char *level,
                                           const kiln_program **ret)
{
    struct build_jit *jit = NULL;
    int failed = level ? build_so(c->c.s, c->c.n, c->symbol, compile_builtin_ops,
                                  compile_n_builtin_ops, level, &c->arena, &c->diags, &jit, ret)
                       : build_tcc(c->c.s, c->c.n, c->symbol, compile_builtin_ops,
                                   compile_n_builtin_ops, &c->arena, &c->diags, &jit, ret);

    if (!failed)
        return jit;
    diag_print(&c->diags, stderr, DIAG_TEXT, 0);
    exit(1);
}

/* Measures with the program of a text, as the C compiler's -O2 makes it; frees the text. */
static inline void bench_program(struct text *t, void (*measure)(const kiln_program *p))
{
    struct compilation c = { 0 };
    const kiln_program *p = NULL;
    struct build_jit *jit;

    bench_compile(&c, t);
    jit = bench_load(&c, "2", &p);
    measure(p);
    build_jit_free(jit);
    compile_fini(&c);
    text_fini(t);
}

/* {"value": 1} in `h`. */
static inline kiln_value bench_input(kiln_heap *h)
{
    kiln_value pair[2] = { value_static("value"), value_int(1) }, v;

    heap_init(h, 1);
    if (kiln_object(h, &v, pair, 1) < 0)
        exit(1);
    return v;
}

/* Runs a program once, or ends the benchmark. */
static inline void bench_run(const kiln_program *p, const kiln_options *o, const kiln_value *input)
{
    kiln_run *r;

    if (kiln_run_new(p, o, &r) < 0 || kiln_run_start(r, input) < 0
        || kiln_run_drive(r) != KILN_COMPLETED) {
        fprintf(stderr, "bench: the chain did not complete\n");
        exit(1);
    }
    kiln_run_free(r);
}

#endif
