/* json.c: the JSON reader and writer beside jansson, on 1 MB of mixed text: records with short and
 * long strings, escapes, other scripts, integers, fractions, flags, nested arrays and objects. */
#include "bench.h"

#include <jansson.h>
#include <string.h>

#include "value.h"

enum { SIZE = 1 << 20 };

static void put_record(struct text *t, unsigned i)
{
    text_printf(t,
                "{\"id\":%u,\"name\":\"Customer %u\",\"email\":\"customer.%u@example.org\","
                "\"active\":%s,\"balance\":%.2f,\"score\":%.17g,\"note\":\"first line\\nsecond "
                "\\\"line\\\" \\u00e9\",\"city\":\"M\xc3\xbcnchen\",\"tags\":[\"a%u\",\"b\",\"long "
                "enough to need more than one word\"],\"place\":{\"lat\":%.6f,\"lon\":%.6f},"
                "\"orders\":[%u,%u,%u,%u],\"parent\":null}",
                i, i, i, i & 1 ? "true" : "false", i * 13.37, i / 7.0, i, 48.0 + i / 1e5,
                11.0 + i / 1e5, i * 3, i * 31, i * 314, i * 3141);
}

static void put_document(struct text *t)
{
    text_putc(t, '[');
    for (unsigned i = 0; t->n < SIZE; i++) {
        if (i)
            text_putc(t, ',');
        put_record(t, i);
    }
    text_putc(t, ']');
}

static void stop(const char *why)
{
    fprintf(stderr, "bench: %s\n", why);
    exit(1);
}

/* ---- what is timed: each reads or writes the document once -------------------------------- */

struct work {
    struct text text, out;
    kiln_heap heap;
    kiln_value value;
    json_t *tree;
};

static void kiln_reads(struct work *w)
{
    struct json_error e;
    kiln_value v;
    kiln_heap h;

    heap_init(&h, 0);
    if (json_read(&h, &v, w->text.s, w->text.n, &e) < 0)
        stop(e.sentence);
    heap_fini(&h);
}

static void jansson_reads(struct work *w)
{
    json_error_t e;
    json_t *tree = json_loadb(w->text.s, w->text.n, 0, &e);

    if (!tree)
        stop(e.text);
    json_decref(tree);
}

static void kiln_writes(struct work *w)
{
    text_clear(&w->out);
    json_write(&w->out, &w->value);
}

static void jansson_writes(struct work *w)
{
    char *s = json_dumps(w->tree, JSON_COMPACT);

    if (!s)
        stop("jansson cannot write");
    free(s);
}

/* Megabytes of JSON text a second. */
static double speed(void (*once)(struct work *), struct work *w)
{
    double samples[BENCH_ROUNDS];

    for (int i = 0; i < BENCH_ROUNDS; i++) {
        double t = bench_now();

        once(w);
        samples[i] = (double)w->text.n / 1e6 / (bench_now() - t);
    }
    return bench_median(samples, BENCH_ROUNDS);
}

int main(void)
{
    struct work w = { 0 };
    struct json_error e;

    put_document(&w.text);
    heap_init(&w.heap, 0);
    if (json_read(&w.heap, &w.value, w.text.s, w.text.n, &e) < 0)
        stop(e.sentence);
    w.tree = json_loadb(w.text.s, w.text.n, 0, NULL);
    bench_line("JSON reader, 1 MB mixed", speed(kiln_reads, &w), "MB/s", "jansson",
               speed(jansson_reads, &w), "more is better");
    bench_line("JSON writer, 1 MB mixed", speed(kiln_writes, &w), "MB/s", "jansson",
               speed(jansson_writes, &w), "more is better");
    json_decref(w.tree);
    heap_fini(&w.heap);
    text_fini(&w.text);
    text_fini(&w.out);
    return 0;
}
