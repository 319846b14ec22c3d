/* journal_find.c: what a run that was found again knows of a place (journal.h).
 *
 * The newest record of a place counts; and it counts no more when a step around that place has been
 * tried again since. That is looked up where it is asked for: the place of each step around is the
 * beginning of the place itself.
 */
#include "journal_run.h"

#include <errno.h>

/* The place of a step around: as many pairs as it has frames above it, the step, turn 0. All of it
 * stands in the place of the entry already, but for the number in front and the turn. */
static const struct completion *look_around(const struct journal_run *r, const struct entry *e,
                                            unsigned n, size_t end)
{
    size_t first = 1; /* behind the number of pairs, a varint */
    struct text key = { 0 };
    const struct completion *c;

    while (e->place[first - 1] & 0x80)
        first++;
    record_put_uint(&key, n);
    text_put(&key, e->place + first, end - first);
    text_putc(&key, 0);
    c = key.failed ? NULL : map_get(&r->completions, key.s, key.n);
    text_fini(&key);
    return c;
}

int journal_is_void(const struct journal_run *r, const struct entry *e)
{
    struct record_cursor c = { (const unsigned char *)e->place, e->n_place, 0 };
    unsigned n = 0, skipped;

    entry_take_place(&c, &n);
    for (unsigned i = 0; i < n; i++) {
        const struct completion *around;

        entry_take_place(&c, &skipped); /* the step: the key ends here */
        around = look_around(r, e, i, c.at);
        if (around && around->entry.kind == JOURNAL_WAIT && around->entry.sequence > e->sequence)
            return 1;
        entry_take_place(&c, &skipped);
    }
    return 0;
}

static struct completion *look_up(const struct journal_run *r, const struct journal_place *at)
{
    struct text key = { 0 };
    struct completion *c;

    entry_put_place(&key, at);
    c = key.failed ? NULL : map_get(&r->completions, key.s, key.n);
    text_fini(&key);
    return c;
}

/* What is known of the place itself, made when there is nothing. */
static struct completion *need(struct journal_run *r, const struct journal_place *at)
{
    struct completion *c = look_up(r, at);
    struct text key = { 0 };
    char *place;

    if (c)
        return c;
    entry_put_place(&key, at);
    place = key.failed ? NULL : arena_dup(&r->arena, key.s, key.n);
    c = place ? arena_zalloc(&r->arena, sizeof *c) : NULL;
    if (c && map_put(&r->completions, place, key.n, c) < 0)
        c = NULL;
    if (c)
        c->used = 1;
    text_fini(&key);
    return c;
}

int journal_void(struct journal_run *r, const struct journal_place *at, unsigned long long sequence)
{
    struct completion *c = r->unused ? need(r, at) : NULL;

    if (!r->unused)
        return 0;
    if (!c)
        return -ENOMEM;
    r->unused -= !c->used;
    c->used = 1;
    c->entry.kind = JOURNAL_WAIT;
    c->entry.sequence = sequence;
    return 0;
}

int journal_void_below(struct journal_run *r, const struct journal_place *at)
{
    return journal_void(r, at, ~0ull);
}

/* When the newest try began. */
static int take_began(const struct journal_run *r, kiln_heap *h, const struct entry *e,
                      struct journal_found *ret)
{
    unsigned long long signal;
    struct journal_found f;

    if (entry_take_content(h, e, &f, &signal) < 0)
        return -1;
    ret->began.moment = f.moment;
    ret->began.sequence = e->sequence;
    ret->began.at = r->run->began_ms + e->ms;
    ret->began.tries = (struct retry_state){ f.wait.failures, f.wait.waited };
    return 0;
}

int journal_find(const struct journal_run *r, const struct journal_place *at, kiln_heap *h,
                 struct journal_found *ret)
{
    struct completion *c = r->unused ? look_up(r, at) : NULL;
    struct journal_found f;
    unsigned long long signal;

    if (!c || c->used || journal_is_void(r, &c->entry))
        return 0;
    c->asked = 1;
    if (entry_take_content(h, &c->entry, &f, &signal) < 0)
        return -1;
    f.at = r->run->began_ms + c->entry.ms;
    f.intended = c->intended;
    f.waited = c->waited || f.moment; /* a base carries the ending without what came before it */
    if (c->began.kind && take_began(r, h, &c->began, &f) < 0)
        return -1;
    *ret = f;
    return 1;
}

void journal_use(struct journal_run *r, const struct journal_place *at)
{
    struct completion *c = r->unused ? look_up(r, at) : NULL;

    if (!c || c->used)
        return;
    c->used = 1;
    r->unused--;
    r->left -= r->is_past && entry_is_outcome(&c->entry);
}
