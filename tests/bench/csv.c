/* csv.c: 100 MB of CSV through the reader, piece by piece, beside a mere look for the ends of
 * lines; and how much memory that takes, beside the piece. */
#include "bench.h"

#include <string.h>
#include <sys/resource.h>

#include "base/text.h"
#include "ops/csv/csv_reader.h"

enum { PIECE = 64 << 10, TOTAL = 100 << 20 };

/* Records of five fields, two of them in quotes. */
static void put_rows(struct text *t)
{
    for (unsigned i = 0; t->n < PIECE; i++)
        text_printf(t, "%u,Customer %u,\"Town, %u\",%u.25,\"a \"\"note\"\" of some length\"\n", i,
                    i, i % 100, i);
}

static int count_fields(void *ctx, const struct csv_record *record)
{
    *(size_t *)ctx += record->n;
    return 0;
}

/* Megabytes a second. */
static double read_all(const struct text *rows)
{
    const struct csv_rules rules = { ',', '"', -1 };
    double start = bench_now();
    struct csv_reader r;
    size_t fields = 0;

    csv_reader_init(&r, &rules, count_fields, &fields);
    for (size_t i = 0; i < TOTAL; i += rows->n)
        if (csv_reader_feed(&r, rows->s, rows->n) != 0)
            exit(1);
    if (csv_reader_end(&r) != 0 || fields != 5 * r.number)
        exit(1);
    csv_reader_fini(&r);
    return TOTAL / 1e6 / (bench_now() - start);
}

static double look_for_lines(const struct text *rows)
{
    double start = bench_now();
    volatile size_t lines = 0;

    for (size_t i = 0; i < TOTAL; i += rows->n)
        for (const char *s = rows->s, *end = s + rows->n;
             (s = memchr(s, '\n', (size_t)(end - s))) && ++s < end;)
            lines = lines + 1;
    return TOTAL / 1e6 / (bench_now() - start);
}

static double peak_kib(void)
{
    struct rusage use;

    getrusage(RUSAGE_SELF, &use);
    return (double)use.ru_maxrss;
}

int main(void)
{
    struct text rows = { 0 };
    double before, speed;

    put_rows(&rows);
    before = peak_kib();
    speed = read_all(&rows);
    bench_line("CSV reader, 100 MB in pieces", speed, "MB/s", "memchr", look_for_lines(&rows),
               "more is better");
    bench_line("CSV reader, memory for 100 MB", peak_kib() - before, "KiB", "one piece",
               PIECE / 1024.0, "not more than the piece");
    text_fini(&rows);
    return 0;
}
