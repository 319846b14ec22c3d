/* csv_reader.c: six states and six classes of bytes; runs of plain bytes go in one piece. */
#include "ops/csv/csv_reader.h"

#include <stdlib.h>
#include <string.h>

enum byte_class { PLAIN, DELIMITER, QUOTE, ESCAPE, RETURN, NEWLINE };

enum state { BEFORE_RECORD, BEFORE_FIELD, IN_FIELD, IN_QUOTES, AFTER_ESCAPE, AFTER_QUOTE };

void csv_reader_init(struct csv_reader *r, const struct csv_rules *rules, csv_take *take, void *ctx)
{
    *r = (struct csv_reader){
        .rules = *rules, .take = take, .ctx = ctx, .line = 1, .start_line = 1
    };
    r->classes['\r'] = RETURN;
    r->classes['\n'] = NEWLINE;
    if (rules->escape >= 0)
        r->classes[(unsigned char)rules->escape] = ESCAPE;
    r->classes[(unsigned char)rules->delimiter] = DELIMITER;
    r->classes[(unsigned char)rules->quote] = QUOTE;
}

void csv_reader_fini(struct csv_reader *r)
{
    text_fini(&r->fields);
    list_fini(&r->ends);
}

/* How many bytes from s on mean nothing here: in quotes only quotes and escapes mean something,
 * elsewhere in a field only what ends it. */
static size_t plain_run(const struct csv_reader *r, const char *s, size_t n)
{
    const unsigned char *classes = r->classes;
    size_t i = 0;

    if (r->state == IN_QUOTES)
        while (i < n && classes[(unsigned char)s[i]] != QUOTE
               && classes[(unsigned char)s[i]] != ESCAPE)
            i++;
    else
        while (i < n && classes[(unsigned char)s[i]] == PLAIN)
            i++;
    return i;
}

static int end_field(struct csv_reader *r)
{
    return list_push(&r->ends, r->fields.n);
}

/* The record is whole: hands it out. What follows begins behind its last byte. */
static int end_record(struct csv_reader *r)
{
    struct csv_record record = { .bytes = text_cstr(&r->fields),
                                 .ends = r->ends.at,
                                 .number = r->number,
                                 .line = r->start_line,
                                 .byte = r->start_byte };
    int stop;

    if (end_field(r) < 0 || r->fields.failed)
        return -1;
    record.ends = r->ends.at;
    record.n = r->ends.n;
    stop = r->take(r->ctx, &record);
    r->state = BEFORE_RECORD;
    r->number++;
    r->start_line = r->line;
    r->start_byte = r->byte;
    text_clear(&r->fields);
    r->ends.n = 0;
    return stop;
}

/* A byte that is in a field whatever it is. */
static void put(struct csv_reader *r, char c, enum state next)
{
    text_putc(&r->fields, c);
    r->state = next;
}

/* A byte in a field that is not in quotes, or behind the quote that ended them. */
static int step_outside(struct csv_reader *r, char c, enum byte_class class)
{
    if (class == DELIMITER) {
        r->state = BEFORE_FIELD;
        return end_field(r);
    }
    if (class == RETURN || class == NEWLINE)
        return end_record(r);
    if (class == QUOTE && r->state == BEFORE_FIELD)
        r->state = IN_QUOTES;
    else
        put(r, c, class == QUOTE && r->state == AFTER_QUOTE ? IN_QUOTES : IN_FIELD);
    return 0;
}

static int step(struct csv_reader *r, char c)
{
    enum byte_class class = (enum byte_class)r->classes[(unsigned char)c];

    r->byte++;
    r->line += c == '\n';
    switch ((enum state)r->state) {
    case BEFORE_RECORD:
        if (class == RETURN || class == NEWLINE)
            return 0;
        r->state = BEFORE_FIELD;
        return step_outside(r, c, class);
    case IN_QUOTES:
        if (class == QUOTE)
            r->state = AFTER_QUOTE;
        else if (class == ESCAPE)
            r->state = AFTER_ESCAPE;
        else
            put(r, c, IN_QUOTES);
        return 0;
    case AFTER_ESCAPE:
        put(r, c, IN_QUOTES);
        return 0;
    default:
        return step_outside(r, c, class);
    }
}

static void count_lines(struct csv_reader *r, const char *s, size_t n)
{
    const char *end = s + n;

    while ((s = memchr(s, '\n', (size_t)(end - s)))) {
        r->line++;
        s++;
    }
}

int csv_reader_feed(struct csv_reader *r, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (r->state == IN_FIELD || r->state == IN_QUOTES) {
            size_t run = plain_run(r, s + i, n - i);

            text_put(&r->fields, s + i, run);
            if (r->state == IN_QUOTES)
                count_lines(r, s + i, run);
            r->byte += run;
            i += run;
        }
        if (i < n) {
            int stop = step(r, s[i]);

            if (stop)
                return stop;
        }
    }
    return r->fields.failed ? -1 : 0;
}

int csv_reader_end(struct csv_reader *r)
{
    return r->state == BEFORE_RECORD ? 0 : end_record(r);
}
