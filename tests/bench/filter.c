/* filter.c: what a Filter step costs per element, both back ends, beside the published figure of
 * the original (0.57 us: one EQ between two references, 1,000 items, without its debug events). */
#include "bench.h"

enum { ITEMS = 1000, STEPS = 20, REPEAT = 10 };

/* Filters in a row over the same items, so that taking in the input hardly counts. */
static void put_workflow(struct text *t)
{
    text_puts(t, "{\"entryPoint\":\"f0\",\"inputSchema\":{\"items\":{\"type\":\"array\"},\"want\":{"
                 "\"type\":\"string\"}},\"steps\":{");
    for (int i = 0; i < STEPS; i++)
        text_printf(
            t,
            "\"f%d\":{\"stepType\":\"Filter\",\"config\":{\"value\":{\"valueType\":"
            "\"reference\",\"value\":\"data.items\"},\"condition\":{\"type\":\"operation\","
            "\"op\":\"EQ\",\"arguments\":[{\"valueType\":\"reference\",\"value\":\"item.status\""
            "},{\"valueType\":\"reference\",\"value\":\"data.want\"}]}}},",
            i);
    text_puts(t, "\"end\":{\"stepType\":\"Finish\",\"inputMapping\":{\"all\":{\"valueType\":"
                 "\"reference\",\"value\":\"steps\"}}}},\"executionPlan\":[");
    for (int i = 0; i + 1 < STEPS; i++)
        text_printf(t, "{\"fromStep\":\"f%d\",\"toStep\":\"f%d\"},", i, i + 1);
    text_printf(t, "{\"fromStep\":\"f%d\",\"toStep\":\"end\"}]}", STEPS - 1);
}

/* {"items": [{"id": 0, "status": "active"}, ...], "want": "active"}, every other one active. */
static kiln_value make_input(kiln_heap *h)
{
    struct json_error error;
    struct text t = { 0 };
    kiln_value v;

    heap_init(h, 1);
    text_puts(&t, "{\"want\":\"active\",\"items\":[");
    for (int i = 0; i < ITEMS; i++)
        text_printf(&t, "%s{\"id\":%d,\"status\":\"%s\"}", i ? "," : "", i,
                    i % 2 ? "active" : "inactive");
    text_puts(&t, "]}");
    if (json_read(h, &v, text_cstr(&t), t.n, &error) < 0)
        exit(1);
    text_fini(&t);
    return v;
}

static double element_us(const kiln_program *p)
{
    double samples[BENCH_ROUNDS];
    kiln_heap h;
    kiln_value input = make_input(&h);

    for (int i = 0; i < BENCH_ROUNDS; i++) {
        double t = bench_now();

        for (int k = 0; k < REPEAT; k++)
            bench_run(p, NULL, &input);
        samples[i] = (bench_now() - t) / REPEAT / STEPS / ITEMS * 1e6;
    }
    heap_fini(&h);
    return bench_least(samples, BENCH_ROUNDS);
}

int main(void)
{
    struct compilation c = { 0 };
    struct text t = { 0 };

    put_workflow(&t);
    bench_compile(&c, &t);
    for (int use_cc = 1; use_cc >= 0; use_cc--) {
        const kiln_program *p = NULL;
        struct build_jit *jit = bench_load(&c, use_cc ? "2" : NULL, &p);

        bench_line(use_cc ? "Filter per element, cc -O2" : "Filter per element, libtcc",
                   element_us(p), "us", "published", 0.57, "<= 0.57 us");
        build_jit_free(jit);
    }
    compile_fini(&c);
    text_fini(&t);
    return 0;
}
