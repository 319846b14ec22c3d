/* clean.c: disk is used in proportion to what lives, not to what happened.
 *
 * The oldest segment is emptied: what counts of each run that begins in it - a base and what
 * follows, or an end - is written again at the end of the journal as one new base. That is done
 * when segments take more than twice what counts, so each pass frees at least as much as it copies.
 * The old segment counts until the head of a later one says otherwise: a crash in between leaves
 * both.
 */
#include "store.h"

#include <errno.h>
#include <stdlib.h>

/* What is carried of one run. */
struct carried {
    struct store_run *run;
    struct text entries;
};

struct carrier {
    struct store *store;
    unsigned victim; /* number of the segment */
    LIST(struct carried) runs;
    struct map by_number;
    size_t missing; /* runs of which not all was seen yet */
};

/* ---- choosing ---- */

/* An ended run whose time is over is not carried, and so forgotten. */
static int is_over(const struct store *s, const struct store_run *r)
{
    long long now = s->io->now_ms(s->io->self);

    return r->state != JOURNAL_BEGIN && s->retain >= 0 && now - r->last_ms > s->retain;
}

/* Only where ended runs are forgotten some time is it not known without looking at each. */
static unsigned long long live_bytes(const struct store *s)
{
    unsigned long long live = s->live;

    for (size_t i = 0; s->retain >= 0 && i < s->runs.n; i++)
        live -= is_over(s, s->runs.at[i]) ? s->runs.at[i]->bytes : 0;
    for (size_t i = 0; i < s->programs.n; i++)
        live += record_size(s->programs.at[i].n);
    return live;
}

static int is_worth_it(const struct store *s)
{
    unsigned long long unit = s->small ? SEGMENT_SMALL_UNIT : SEGMENT_UNIT, all = 0;

    if (s->segments.n < 2)
        return 0;
    for (size_t i = 0; i + 1 < s->segments.n; i++)
        if (s->segments.at[i].number >= s->oldest)
            all += s->segments.at[i].size;
    return all > 4 * unit && all > 2 * live_bytes(s) + 4 * unit;
}

static void forget(struct store *s, struct store_run *r)
{
    s->live -= r->bytes;
    r->bytes = 0;
    r->segment = ~0u;
}

static int choose_runs(struct carrier *c)
{
    struct store *s = c->store;

    for (size_t i = 0; i < s->runs.n; i++) {
        struct store_run *r = s->runs.at[i];

        if (r->segment > c->victim)
            continue;
        if (is_over(s, r))
            forget(s, r);
        else if (list_push(&c->runs, ((struct carried){ .run = r })) < 0)
            return -ENOMEM;
    }
    for (size_t i = 0; i < c->runs.n; i++) {
        const unsigned long long *number = &c->runs.at[i].run->number;

        if (map_put(&c->by_number, (const char *)number, sizeof *number, &c->runs.at[i]) < 0)
            return -ENOMEM;
    }
    c->missing = c->runs.n;
    return 0;
}

/* ---- collecting ---- */

/* Of an ended run its end alone, and where it came from. */
static void collect_entry(struct carried *run, const struct entry *e)
{
    if (run->run->state == JOURNAL_BEGIN || entry_is_end(e) || e->kind == JOURNAL_FORKED)
        entry_put_within(&run->entries, e);
}

static int collect_base(struct carried *run, const struct entry *e)
{
    struct record_cursor at = e->values;
    struct entry within;
    int more;

    text_clear(&run->entries);
    while ((more = entry_next(e, &at, &within)) > 0)
        collect_entry(run, &within);
    return more;
}

static int collect(void *ctx, unsigned segment, const struct record *r)
{
    struct carrier *c = ctx;
    struct carried *run;
    struct entry e;
    int failed;

    (void)segment;
    if (c->store->survey && c->store->survey->is_void(c->store, r->sequence))
        return 0;
    failed = entry_read(r, &e);
    run = failed ? NULL : map_get(&c->by_number, (const char *)&e.run, sizeof e.run);
    if (!run)
        return failed;
    if (e.kind == JOURNAL_BASE)
        failed = collect_base(run, &e);
    else
        collect_entry(run, &e);
    c->missing -= e.sequence == run->run->newest;
    return failed ? failed : run->entries.failed ? -ENOMEM : 0;
}

static int collect_all(struct carrier *c)
{
    struct store *s = c->store;
    struct text bytes = { 0 };
    int failed = 0;

    for (size_t i = 0; !failed && c->missing && i < s->segments.n; i++)
        if (s->segments.at[i].number >= s->oldest)
            failed = store_read_segment(s, &s->segments.at[i], &bytes, collect, c);
    text_fini(&bytes);
    return failed;
}

/* ---- writing again ---- */

int store_carry(struct store *s, unsigned segment, store_put_run *put, void *ctx)
{
    struct carrier c = { .store = s, .victim = segment };
    int failed = choose_runs(&c);

    if (!failed)
        failed = collect_all(&c);
    for (size_t i = 0; !failed && i < c.runs.n; i++)
        failed = put(s, c.runs.at[i].run, &c.runs.at[i].entries, ctx);
    for (size_t i = 0; i < c.runs.n; i++)
        text_fini(&c.runs.at[i].entries);
    list_fini(&c.runs);
    map_fini(&c.by_number);
    return failed;
}

static int append(struct store *s, const struct store_run *run, const struct text *entries,
                  void *ctx)
{
    struct entry e = store_base_of(run, run->last_ms, run->due);
    struct text *t = store_begin_record(s);

    (void)ctx;
    if (!t)
        return s->broken;
    entry_put_base(t, &e);
    text_put(t, text_cstr(entries), entries->n);
    return store_end_record(s, &e);
}

int clean_store(struct store *s)
{
    int failed = 0;

    s->cleaning = 1;
    while (!failed && is_worth_it(s)) {
        failed = store_carry_programs(s, s->oldest);
        if (!failed)
            failed = store_carry(s, s->oldest, append, NULL);
        if (!failed)
            failed = store_commit(s);
        if (!failed)
            s->oldest++;
    }
    s->cleaning = 0;
    return failed;
}
