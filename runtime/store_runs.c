/* store_runs.c: the table of runs a store keeps, and reading one run's records again. */
#include "store.h"

#include <errno.h>
#include <string.h>

int store_is_id(const char *id, size_t n)
{
    if (!n || n > 128 || *id == '-')
        return 0;
    for (size_t i = 0; i < n; i++)
        if (id[i] <= ' ' || id[i] > '~')
            return 0;
    return 1;
}

const struct store_run *store_find(const struct store *s, const char *id)
{
    return map_get(&s->by_id, id, strlen(id));
}

static int add_run(struct store *s, unsigned segment, const struct entry *e)
{
    struct store_run *r = arena_zalloc(&s->arena, sizeof *r);

    if (!store_is_id(e->id, e->n_id) || map_get(&s->by_id, e->id, e->n_id))
        return -EUCLEAN;
    if (!r)
        return -ENOMEM;
    *r = (struct store_run){ .id = arena_dup(&s->arena, e->id, e->n_id),
                             .program = arena_dup(&s->arena, e->program, e->n_program),
                             .hash = { e->hash[0], e->hash[1] },
                             .number = e->sequence,
                             .segment = segment,
                             .records = 1,
                             .began_ms = e->ms,
                             .last_ms = e->ms,
                             .state = JOURNAL_BEGIN };
    if (!r->id || !r->program || list_push(&s->runs, r) < 0
        || map_put(&s->by_id, r->id, e->n_id, r) < 0)
        return -ENOMEM;
    return 0;
}

/* Runs stand in the order of their numbers. */
static struct store_run *find_number(struct store *s, unsigned long long number)
{
    size_t low = 0, high = s->runs.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->runs.at[middle]->number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->runs.n && s->runs.at[low]->number == number ? s->runs.at[low] : NULL;
}

int store_index(struct store *s, unsigned segment, const struct entry *e)
{
    struct store_run *r;

    if (e->kind == JOURNAL_BEGIN)
        return add_run(s, segment, e);
    if (!(r = find_number(s, e->run)))
        return -EUCLEAN;
    r->records++;
    r->last_ms = (long long)((unsigned long long)r->began_ms + (unsigned long long)e->ms);
    if (e->kind == JOURNAL_COMPLETED || e->kind == JOURNAL_ENDED)
        r->state = e->kind;
    return 0;
}

/* ---- one run again ---- */

struct reader {
    const struct store_run *run;
    unsigned long long end; /* the first sequence that is not durable, or was not yet at the open */
    store_visit *visit;
    void *ctx;
};

static int visit_record(void *ctx, unsigned segment, const struct record *r)
{
    const struct reader *reader = ctx;
    struct entry e;
    int failed;

    (void)segment;
    if (r->sequence >= reader->end)
        return 0;
    failed = entry_read(r, &e);
    if (failed || e.run != reader->run->number)
        return failed;
    return reader->visit(reader->ctx, &e);
}

static int read_segment(struct store *s, unsigned number, struct text *bytes, struct reader *reader)
{
    struct segment head;
    unsigned long long sequence;
    ssize_t got = segment_load(s->io, s->path, number, bytes);

    if (got < 0)
        return store_fail_system(s, (int)got, "read", number);
    if (segment_read_head((const unsigned char *)bytes->s, bytes->n, &head) < 0)
        return store_fail(s, -EUCLEAN, "segment %u of '%s' has changed", number, s->path);
    sequence = head.first;
    got = segment_walk(bytes, number, &sequence, visit_record, reader);
    return got < 0 ? (int)got : 0;
}

int store_each(struct store *s, const struct store_run *run, store_visit *visit, void *ctx)
{
    struct reader reader = { run, s->next - s->n_pending, visit, ctx };
    struct text bytes = { 0 };
    int failed = 0;

    for (unsigned i = run->segment ? run->segment : 1; !failed && i <= s->last.number; i++)
        failed = read_segment(s, i, &bytes, &reader);
    text_fini(&bytes);
    return failed;
}
