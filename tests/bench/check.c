/* check.c: what `kiln check` does with a workflow of 1,000 steps that refer to each other, each
 * with a template or a condition to look at, beside reading the same text as JSON values. In
 * processor time: so few milliseconds cannot be told from what else a machine is doing. */
#include "bench.h"
#include "value.h"

enum { STEPS = 1000 };

static double processor_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

#define REFERENCE(path) "{\"valueType\":\"reference\",\"value\":\"" path "\"}"

static void put_step(struct text *t, unsigned i)
{
    if (i % 2)
        text_printf(
            t,
            "\"s%u\":{\"stepType\":\"Log\",\"name\":\"step %u\",\"message\":\"m\",\"context\":"
            "{\"x\":" REFERENCE("steps.s%u.outputs.items") ",\"t\":{\"valueType\":"
                                                           "\"template\",\"value\":\"{{ data.n }} "
                                                           "of {{ steps.s%u.outputs.count }}\"}}},",
            i, i, i - 1, i - 1);
    else
        text_printf(t,
                    "\"s%u\":{\"stepType\":\"Filter\",\"name\":\"step "
                    "%u\",\"config\":{\"value\":" REFERENCE(
                        "data.list") ",\"condition\":{\"type\":\"operation\",\"op\":\"GT\","
                                     "\"arguments\":[" REFERENCE("item.price") "," REFERENCE(
                                         "data.n") "]}}},",
                    i, i);
}

static void put_workflow(struct text *t)
{
    text_puts(t, "{\"entryPoint\":\"s0\",\"inputSchema\":{\"n\":{\"type\":\"integer\"},\"list\":{"
                 "\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"price\":{"
                 "\"type\":\"number\"}}}}},\"steps\":{");
    for (unsigned i = 0; i < STEPS; i++)
        put_step(t, i);
    text_puts(t, "\"f\":{\"stepType\":\"Finish\"}},\"executionPlan\":[");
    for (unsigned i = 0; i + 1 < STEPS; i++)
        text_printf(t, "{\"fromStep\":\"s%u\",\"toStep\":\"s%u\"},", i, i + 1);
    text_printf(t, "{\"fromStep\":\"s%d\",\"toStep\":\"f\"}]}", STEPS - 1);
}

static double check_ms(const struct text *t)
{
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    const struct compile_options options = { .until = STAGE_PLAN };
    struct compilation c;
    double start = processor_now();

    if (compile_text(&c, "check", text_cstr(t), t->n, &ops, &options) < 0 || c.diags.n) {
        diag_print(&c.diags, stderr, DIAG_TEXT, 0);
        exit(1);
    }
    start = processor_now() - start;
    compile_fini(&c);
    return start * 1e3;
}

static double read_ms(const struct text *t)
{
    struct json_error error;
    double start = processor_now();
    kiln_value v;
    kiln_heap h;

    heap_init(&h, 0);
    if (json_read(&h, &v, text_cstr(t), t->n, &error) < 0)
        exit(1);
    heap_fini(&h);
    return (processor_now() - start) * 1e3;
}

int main(void)
{
    double ours[BENCH_ROUNDS], floor[BENCH_ROUNDS];
    struct text t = { 0 };

    put_workflow(&t);
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        ours[i] = check_ms(&t);
        floor[i] = read_ms(&t);
    }
    bench_line("check of 1,000 steps", bench_least(ours, BENCH_ROUNDS), "ms", "its JSON as values",
               bench_least(floor, BENCH_ROUNDS), "<= 20 ms");
    text_fini(&t);
    return 0;
}
