/* loops.c: what loops and templates cost, and that their memory does not grow with their turns: a
 * While of 1,000 and 10,000 turns, a Split of 10,000 and 100,000 items, a template of 1,000 lines.
 */
#include "bench.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Counts to data.turns and keeps a sum. */
static const char accumulator[] =
    "{\"entryPoint\":\"sum\",\"inputSchema\":{\"turns\":{\"type\":\"integer\"}},\"steps\":{"
    "\"sum\":{\"stepType\":\"While\",\"config\":{\"maxIterations\":10000},\"condition\":{"
    "\"type\":\"operation\",\"op\":\"LT\",\"arguments\":[{\"valueType\":\"reference\",\"value\":"
    "\"loop.index\"},{\"valueType\":\"reference\",\"value\":\"data.turns\"}]},\"subgraph\":{"
    "\"entryPoint\":\"add\",\"steps\":{\"add\":{\"stepType\":\"Agent\",\"agentId\":\"utils\","
    "\"capabilityId\":\"calculate\",\"inputMapping\":{\"expression\":{\"valueType\":\"immediate\","
    "\"value\":\"a + 1\"},\"variables\":{\"valueType\":\"composite\",\"value\":{\"a\":{"
    "\"valueType\":\"reference\",\"value\":\"loop.outputs.sum\",\"default\":0}}}}},\"end\":{"
    "\"stepType\":\"Finish\",\"inputMapping\":{\"sum\":{\"valueType\":\"reference\",\"value\":"
    "\"steps.add.outputs\"}}}},\"executionPlan\":[{\"fromStep\":\"add\",\"toStep\":\"end\"}]}},"
    "\"end\":{\"stepType\":\"Finish\",\"inputMapping\":{\"sum\":{\"valueType\":\"reference\","
    "\"value\":\"steps.sum.outputs.outputs.sum\"}}}},\"executionPlan\":[{\"fromStep\":\"sum\","
    "\"toStep\":\"end\"}]}";

/* Each item through one operation. */
static const char splitter[] =
    "{\"entryPoint\":\"all\",\"inputSchema\":{\"items\":{\"type\":\"array\"}},\"steps\":{\"all\":{"
    "\"stepType\":\"Split\",\"config\":{\"value\":{\"valueType\":\"reference\",\"value\":"
    "\"data.items\"}},\"subgraph\":{\"entryPoint\":\"give\",\"steps\":{\"give\":{\"stepType\":"
    "\"Agent\",\"agentId\":\"utils\",\"capabilityId\":\"return-input\",\"inputMapping\":{\"value\":"
    "{\"valueType\":\"reference\",\"value\":\"data\"}}},\"end\":{\"stepType\":\"Finish\","
    "\"inputMapping\":{\"id\":{\"valueType\":\"reference\",\"value\":\"steps.give.outputs.id\"}}}},"
    "\"executionPlan\":[{\"fromStep\":\"give\",\"toStep\":\"end\"}]}},\"end\":{\"stepType\":"
    "\"Finish\",\"inputMapping\":{\"all\":{\"valueType\":\"reference\",\"value\":"
    "\"steps.all.outputs\"}}}},\"executionPlan\":[{\"fromStep\":\"all\",\"toStep\":\"end\"}]}";

/* A line an item. */
static const char letter[] =
    "{\"entryPoint\":\"end\",\"inputSchema\":{\"items\":{\"type\":\"array\"}},\"steps\":{\"end\":{"
    "\"stepType\":\"Finish\",\"inputMapping\":{\"text\":{\"valueType\":\"template\",\"value\":"
    "\"{% for i in data.items %}{{ loop.index }}. {{ i.name | upper }}{% if i.id % 2 %}!{% endif "
    "%}\\n{% endfor %}\"}}}},\"executionPlan\":[]}";

/* {"turns": n} or {"items": [{"id": 0, "name": "item 0"}, ...]}. */
static kiln_value make_input(kiln_heap *h, unsigned n, int items)
{
    struct json_error error;
    struct text t = { 0 };
    kiln_value v;

    heap_init(h, 1);
    if (!items)
        text_printf(&t, "{\"turns\":%u}", n);
    for (unsigned i = 0; items && i < n; i++)
        text_printf(&t, "%s{\"id\":%u,\"name\":\"item %u\"}", i ? "," : "{\"items\":[", i, i);
    if (items)
        text_puts(&t, "]}");
    if (json_read(h, &v, text_cstr(&t), t.n, &error) < 0)
        exit(1);
    text_fini(&t);
    return v;
}

/* Microseconds a turn or item: the best of a few runs, for one of 100,000 items takes its time. */
static double turn_us(const kiln_program *p, unsigned n, const kiln_value *input)
{
    double best = 0;

    for (int i = 0; i < 5; i++) {
        double t = bench_now();

        bench_run(p, NULL, input);
        t = (bench_now() - t) / n * 1e6;
        if (!i || t < best)
            best = t;
    }
    return best;
}

/* The most memory a process of its own has held while it made the input and the run, in KiB;
 * without a program, the input alone. */
static double peak_kib(const kiln_program *p, unsigned n, int items)
{
    struct rusage use;
    int status;
    pid_t child = fork();

    if (child == 0) {
        kiln_heap h;
        kiln_value input = make_input(&h, n, items);

        if (p)
            bench_run(p, NULL, &input);
        _exit(0);
    }
    if (child < 0 || wait4(child, &status, 0, &use) != child || status)
        exit(1);
    return (double)use.ru_maxrss;
}

static void measure(const char *what, const char *workflow, int items, unsigned few, unsigned many)
{
    struct text t = { 0 };
    struct compilation c = { 0 };
    const kiln_program *p = NULL;
    struct build_jit *jit;
    kiln_heap h;
    kiln_value input;
    double small, large;
    char name[80];

    text_puts(&t, workflow);
    bench_compile(&c, &t);
    jit = bench_load(&c, "2", &p);
    input = make_input(&h, few, items);
    small = turn_us(p, few, &input);
    heap_fini(&h);
    input = make_input(&h, many, items);
    large = turn_us(p, many, &input);
    heap_fini(&h);
    snprintf(name, sizeof name, "%s, each of %u", what, many);
    bench_line(name, large, "us", "each of the few", small, "flat");
    snprintf(name, sizeof name, "%s, peak memory of %u", what, many);
    bench_line(name, peak_kib(p, many, items), "KiB", "the input alone",
               peak_kib(NULL, many, items), "");
    build_jit_free(jit);
    compile_fini(&c);
    text_fini(&t);
}

int main(void)
{
    measure("While", accumulator, 0, 1000, 10000);
    measure("Split", splitter, 1, 10000, 100000);
    measure("template line", letter, 1, 100, 1000);
    return 0;
}
