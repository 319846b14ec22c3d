/* store_runs.c: the table of runs a store keeps, and reading one run's records again. */
#include "store.h"

#include <errno.h>
#include <stdlib.h>
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

struct store_run *store_find(struct store *s, const char *id)
{
    struct store_run *run;

    store_enter(s);
    run = map_get(&s->by_id, id, strlen(id));
    store_leave(s);
    return run;
}

/* A run's number is the key of its row, and stands in it. */
struct store_run *store_find_number(const struct store *s, unsigned long long number)
{
    return map_get(&s->by_number, (const char *)&number, sizeof number);
}

static int add_run(struct store *s, const struct entry *e)
{
    struct store_run *r = arena_zalloc(&s->run_arena, sizeof *r);

    if (!store_is_id(e->id, e->n_id) || map_get(&s->by_id, e->id, e->n_id))
        return -EUCLEAN;
    if (!r)
        return -ENOMEM;
    *r = (struct store_run){ .id = arena_dup(&s->run_arena, e->id, e->n_id),
                             .program = arena_dup(&s->run_arena, e->program, e->n_program),
                             .hash = { e->hash[0], e->hash[1] },
                             .number = e->run,
                             .began_ms = e->ms,
                             .last_ms = e->ms,
                             .state = JOURNAL_BEGIN };
    if (!r->id || !r->program || list_push(&s->runs, r) < 0
        || map_put(&s->by_id, r->id, e->n_id, r) < 0
        || map_put(&s->by_number, (const char *)&r->number, sizeof r->number, r) < 0)
        return -ENOMEM;
    return 0;
}

/* A time that is `ms` behind another; hostile ones wrap around. */
static long long add_ms(long long base, long long ms)
{
    return (long long)((unsigned long long)base + (unsigned long long)ms);
}

/* A step of the run, or its end. */
static void index_entry(struct store_run *r, const struct entry *e)
{
    r->in_doubt = e->kind == JOURNAL_INTENT;
    r->due = JOURNAL_NOW;
    if (entry_is_end(e))
        r->state = e->kind;
    r->damaged |= e->kind == JOURNAL_DAMAGED;
    if (e->kind == JOURNAL_PAUSED || e->kind == JOURNAL_UNPAUSED)
        r->paused = e->kind == JOURNAL_PAUSED ? e->sequence : 0;
    if (e->kind == JOURNAL_PAUSED)
        r->paused_ms = e->ms;
}

/* The run begins anew, with what the base says; an end may be within it. */
static int index_base(struct store *s, struct store_run *r, const struct entry *e)
{
    struct record_cursor c = e->values;
    struct entry within;
    int more = 0, failed = 0;

    r->records = e->records;
    r->last_ms = add_ms(r->began_ms, e->last_ms);
    while (!failed && e->values.bytes && (more = entry_next(e, &c, &within)) > 0)
        if (within.kind == JOURNAL_FORKED)
            failed = r->origin ? 0 : origin_take(&s->run_arena, &within, &r->origin);
        else
            index_entry(r, &within);
    r->due = e->due;
    return failed ? failed : more;
}

static int index_base_of(struct store *s, unsigned segment, unsigned long long at,
                         const struct entry *e)
{
    struct store_run *r = store_find_number(s, e->run);
    int failed = r ? 0 : add_run(s, e);

    if (failed)
        return failed;
    if (!r)
        r = store_find_number(s, e->run);
    memcpy(r->hash, e->hash, sizeof r->hash); /* it may have gone on under a later version */
    if (!e->values.bytes) {                   /* written here: the table knows what is in it */
        r->records++;
        r->due = e->due;
    } else if ((failed = index_base(s, r, e)) < 0) {
        return failed;
    }
    r->segment = segment;
    r->at = at;
    r->newest = e->sequence;
    s->live += record_size(e->n_body) - r->bytes;
    r->bytes = record_size(e->n_body);
    return 0;
}

static struct store_run *owner_of(struct store *s, const struct entry *e)
{
    if (!s->recent || s->recent->number != e->run)
        s->recent = store_find_number(s, e->run);
    return s->recent;
}

int store_index(struct store *s, unsigned segment, unsigned long long at, const struct entry *e)
{
    struct store_run *r;
    int failed = 0;

    if (e->kind == JOURNAL_STATE || e->kind == JOURNAL_FORKED) /* they stand in bases only */
        return -EUCLEAN;
    if (e->kind == JOURNAL_BASE)
        return index_base_of(s, segment, at, e);
    if (e->kind == JOURNAL_PROGRAM)
        return store_index_program(s, segment, e);
    if (e->kind == JOURNAL_BEGIN)
        failed = add_run(s, e);
    r = failed ? NULL : owner_of(s, e);
    if (!r) /* what is left of a run whose beginning has been cleaned away */
        return failed ? failed : e->run < s->segments.at[0].first ? 0 : -EUCLEAN;
    r->records++;
    r->newest = e->sequence;
    r->bytes += record_size(e->n_body);
    s->live += record_size(e->n_body);
    index_entry(r, e);
    if (e->kind == JOURNAL_BEGIN) {
        r->segment = segment;
        r->at = at;
    } else {
        r->last_ms = add_ms(r->began_ms, e->ms);
    }
    return 0;
}

void store_place(struct store *s, unsigned long long at)
{
    const unsigned char *bytes = (const unsigned char *)s->flushing.s;
    struct record r;
    struct entry e;

    for (size_t i = 0; i < s->flushing.n; i += r.size) {
        struct store_run *run;

        record_head(bytes + i, &r);
        if ((r.kind != JOURNAL_BEGIN && r.kind != JOURNAL_BASE) || entry_skim(&r, &e) < 0)
            continue;
        run = store_find_number(s, e.run);
        run->segment = s->last.number;
        run->at = at + i;
    }
}

static int by_number(const void *a, const void *b)
{
    const struct store_run *const *x = a, *const *y = b;

    return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

void store_sort_runs(struct store *s)
{
    if (s->runs.n)
        qsort(s->runs.at, s->runs.n, sizeof *s->runs.at, by_number);
}

struct entry store_base_of(const struct store_run *run, long long now, long long due)
{
    return (struct entry){ .kind = JOURNAL_BASE,
                           .run = run->number,
                           .ms = run->began_ms,
                           .last_ms = add_ms(now, -run->began_ms),
                           .id = run->id,
                           .n_id = strlen(run->id),
                           .program = run->program,
                           .n_program = strlen(run->program),
                           .hash = { run->hash[0], run->hash[1] },
                           .records = run->records + 1,
                           .due = due };
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
    failed = reader->visit(reader->ctx, &e);
    return failed < 0 ? failed : 0;
}

ssize_t store_load(struct store *s, unsigned file, size_t n, struct text *ret,
                   unsigned long long *ret_size)
{
    return s->survey ? s->survey->load(s, file, n, ret, ret_size)
                     : segment_load(s->io, s->path, file, n, ret, ret_size);
}

ssize_t store_walk(struct store *s, const struct segment *segment, struct text *bytes,
                   unsigned long long *sequence, segment_visit *visit, void *ctx)
{
    size_t at = SEGMENT_HEAD;
    ssize_t tail;

    do
        tail = segment_walk(bytes, at, segment->number, sequence, visit, ctx);
    while (tail >= 0 && s->survey
           && (at = s->survey->skip(s, segment, bytes, (size_t)tail, sequence)));
    return tail;
}

int store_read_segment(struct store *s, const struct segment *segment, struct text *bytes,
                       segment_visit *visit, void *ctx)
{
    struct segment head;
    unsigned long long sequence = segment->first;
    ssize_t got = store_load(s, segment->file, 0, bytes, NULL);

    if (got < 0)
        return store_fail_system(s, (int)got, "read", segment->file);
    if (segment_read_head((const unsigned char *)bytes->s, bytes->n, &head) < 0
        || head.number != segment->number)
        return store_fail(s, -EUCLEAN, "a segment of '%s' has changed meanwhile", s->path);
    got = store_walk(s, segment, bytes, &sequence, visit, ctx);
    return got < 0 ? (int)got : 0;
}

int store_each(struct store *s, const struct store_run *run, unsigned from, store_visit *visit,
               void *ctx)
{
    struct reader reader = { run, s->durable, visit, ctx };
    struct text bytes = { 0 };
    int failed = 0;

    for (size_t i = 0; !failed && i < s->segments.n; i++)
        if (s->segments.at[i].number >= from)
            failed = store_read_segment(s, &s->segments.at[i], &bytes, visit_record, &reader);
    text_fini(&bytes);
    return failed;
}
