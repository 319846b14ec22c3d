/* steps.c: what one non-durable step of a linear chain costs, through the C compiler at -O2, as
 * `kiln build` makes large programs, and through libtcc, beside a bare indirect C call. Each step
 * reads the result of the one before, builds its input, calls an operation through the operation
 * ABI and stores the result. */
#include "bench.h"

/* More rounds than elsewhere: a neighbour's work on a shared machine can outlast a second. */
enum { CALLS = 2000000, ROUNDS = 100 };

static int touch(int x)
{
    return x + 1;
}

static double floor_ns(void)
{
    int (*volatile call)(int) = touch;
    double samples[BENCH_ROUNDS];

    for (int i = 0; i < BENCH_ROUNDS; i++) {
        double t = bench_now();
        int x = 0;

        for (int k = 0; k < CALLS; k++)
            x = call(x);
        samples[i] = x == CALLS ? (bench_now() - t) / CALLS * 1e9 : 0;
    }
    return bench_least(samples, BENCH_ROUNDS);
}

static double step_ns(const kiln_program *p, unsigned n)
{
    double samples[ROUNDS];
    unsigned repeat = 200000 / n;
    kiln_heap h;
    kiln_value input = bench_input(&h);

    for (int i = 0; i < ROUNDS; i++) {
        double t = bench_now();

        for (unsigned k = 0; k < repeat; k++)
            bench_run(p, NULL, &input);
        samples[i] = (bench_now() - t) / repeat / n * 1e9;
    }
    heap_fini(&h);
    return bench_least(samples, ROUNDS);
}

/* What `kiln build` takes for so much C. */
static const char own[] = "own";

static void measure(unsigned n, const char *level, const char *made_by, double floor)
{
    struct compilation c = { 0 };
    struct text t = { 0 };
    const kiln_program *p = NULL;
    struct build_jit *jit;
    char name[64];

    bench_chain(&t, n, "utils", "return-input", "");
    bench_compile(&c, &t);
    jit = bench_load(&c, level == own ? build_level(c.c.n) : level, &p);
    snprintf(name, sizeof name, "step of a %u-step chain, %s", n, made_by);
    bench_line(name, step_ns(p, n), "ns", "indirect call", floor, level ? "<= 50 ns" : "<= 150 ns");
    build_jit_free(jit);
    compile_fini(&c);
    text_fini(&t);
}

int main(void)
{
    static const struct {
        const char *level, *made_by;
    } ways[] = { { "2", "cc -O2" }, { own, "kiln build" }, { NULL, "libtcc" } };
    double floor = floor_ns();

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        measure(100, ways[i].level, ways[i].made_by, floor);
        measure(1000, ways[i].level, ways[i].made_by, floor);
    }
    return 0;
}
