/* csv.c: any bytes as CSV. How they are cut into pieces does not show, every byte is accounted for,
 * and what is written of the records and read again is the same. The first four bytes choose the
 * rules and the pieces. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ops/csv/csv_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

/* The records written again, every field in quotes. */
struct written {
    struct csv_rules rules;
    struct text out;
    size_t number, byte, line;
};

static void put_field(struct written *w, const char *s, size_t n)
{
    char before = w->rules.escape >= 0 ? (char)w->rules.escape : w->rules.quote;

    text_putc(&w->out, w->rules.quote);
    for (size_t i = 0; i < n; i++) {
        if (s[i] == w->rules.quote || (unsigned char)s[i] == w->rules.escape)
            text_putc(&w->out, before);
        text_putc(&w->out, s[i]);
    }
    text_putc(&w->out, w->rules.quote);
}

static int take(void *ctx, const struct csv_record *record)
{
    struct written *w = ctx;
    size_t start = 0;

    must(record->n > 0 && record->number == w->number++);
    must(record->byte >= w->byte && record->line >= w->line);
    w->byte = record->byte;
    w->line = record->line;
    for (size_t i = 0; i < record->n; i++) {
        must(record->ends[i] >= start);
        if (i)
            text_putc(&w->out, w->rules.delimiter);
        put_field(w, record->bytes + start, record->ends[i] - start);
        start = record->ends[i];
    }
    text_putc(&w->out, '\n');
    return 0;
}

static struct written read_all(const struct csv_rules *rules, const char *s, size_t n, size_t step)
{
    struct written w = { .rules = *rules, .line = 1 };
    struct csv_reader r;

    csv_reader_init(&r, rules, take, &w);
    for (size_t i = 0; i < n; i += step)
        must(csv_reader_feed(&r, s + i, n - i < step ? n - i : step) == 0);
    must(csv_reader_end(&r) == 0);
    must(r.byte == n);
    csv_reader_fini(&r);
    return w;
}

static void must_agree(struct written *a, struct written *b)
{
    must(a->number == b->number && a->out.n == b->out.n);
    must(!a->out.n || !memcmp(a->out.s, b->out.s, a->out.n));
    text_fini(&b->out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = ",;\t|", quotes[] = "\"'";
    struct csv_rules rules;
    struct written whole, pieces, again;

    if (size < 4)
        return 0;
    rules = (struct csv_rules){ .delimiter = delimiters[data[0] % 4],
                                .quote = quotes[data[1] % 2],
                                .escape = data[2] % 2 ? '\\' : -1 };
    whole = read_all(&rules, (const char *)data + 4, size - 4, size);
    pieces = read_all(&rules, (const char *)data + 4, size - 4, 1 + data[3] % 16);
    must_agree(&whole, &pieces);
    again = read_all(&rules, text_cstr(&whole.out), whole.out.n, whole.out.n + 1);
    must_agree(&whole, &again);
    text_fini(&whole.out);
    return 0;
}
