/* journal_load.c: a run is found again (journal.h).
 *
 * Completions are kept by place: the encoded place of a record is the key. A record stays as it
 * was read until somebody asks for its place (journal_find.c); so loading costs what copying costs,
 * and what nobody has asked for yet can go into the next base as it is. A new base voids all that
 * came before it.
 */
#include "journal_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- loading ---- */

/* A copy of the entry whose bytes live with the run. */
static int keep_entry(struct journal_run *r, const struct entry *e, struct entry *ret)
{
    char *body = arena_dup(&r->arena, e->body, e->n_body);

    if (!body)
        return -ENOMEM;
    *ret = *e;
    ret->body = (unsigned char *)body;
    if (e->place)
        ret->place = body + (e->place - (const char *)e->body);
    ret->values.bytes = ret->body;
    return 0;
}

/* An intent changes nothing of what is known of the place but that it was meant. */
static int load_completion(struct journal_run *r, const struct entry *e)
{
    struct completion *c = map_get(&r->completions, e->place, e->n_place), *old = c;

    if (!c && !(c = arena_zalloc(&r->arena, sizeof *c)))
        return -ENOMEM;
    if (old && e->kind == JOURNAL_INTENT) {
        c->intended = 1;
        return keep_entry(r, e, &c->intent);
    }
    c->waited |= old && c->entry.kind == JOURNAL_WAIT;
    c->intended = e->kind == JOURNAL_INTENT;
    if (keep_entry(r, e, &c->entry) < 0
        || map_put(&r->completions, c->entry.place, c->entry.n_place, c) < 0)
        return -ENOMEM;
    if (e->kind == JOURNAL_WAIT && entry_moment(e))
        c->began = c->entry;
    r->unused += !old;
    return 0;
}

static int load_signal(struct journal_run *r, const struct entry *e)
{
    struct journal_signal s = { .sequence = e->sequence };
    struct journal_found f;
    unsigned long long none;

    if (entry_take_content(r->heap, e, &f, &none) < 0 || f.value.tag != KILN_ARRAY
        || f.value.n != 3)
        return -EUCLEAN;
    s.moment = f.moment ? f.moment : JOURNAL_AT_REST;
    s.name = f.value.u.items[0];
    s.key = f.value.u.items[1];
    s.value = f.value.u.items[2];
    return list_push(&r->signals, s) < 0 ? -ENOMEM : 0;
}

/* The message that said so, if it was one: it must not be acted on again. */
static int load_key(struct journal_run *r, const struct entry *e)
{
    struct journal_signal s = { .sequence = e->sequence, .name = value_null() };
    kiln_value scratch;

    if (entry_values(r->heap, e, &s.key, &scratch) < 0)
        return -EUCLEAN;
    return s.key.tag != KILN_ABSENT && list_push(&r->signals, s) < 0 ? -ENOMEM : 0;
}

/* All that was before it is void; what is in it follows. */
static void load_base(struct journal_run *r, const struct entry *e)
{
    map_fini(&r->completions);
    arena_fini(&r->arena);
    r->state = (struct entry){ 0 };
    r->unused = r->signals.n = r->taken.n = 0;
    r->growth = 0;
    r->base = e->n_body;
}

/* A run that ended without a value has ended all the same. */
static int load_result(struct journal_run *r, const struct entry *e)
{
    kiln_value scratch;

    if (entry_values(r->heap, e, &r->result, &scratch) < 0)
        return -EUCLEAN;
    if (r->result.tag == KILN_ABSENT)
        r->result = value_null();
    return 0;
}

static int load_entry(void *ctx, const struct entry *e)
{
    struct journal_run *r = ctx;
    unsigned long long signal;
    kiln_value scratch;

    r->growth += record_size(e->n_body);
    if (e->kind == JOURNAL_BEGIN || e->kind == JOURNAL_BASE)
        memcpy(r->hash, e->hash, sizeof r->hash);
    switch (e->kind) {
    case JOURNAL_BEGIN:
        return entry_values(r->heap, e, &r->input, &scratch) < 0 ? -EUCLEAN : 0;
    case JOURNAL_COMPLETED:
    case JOURNAL_ENDED:
    case JOURNAL_CANCELLED:
        return load_result(r, e);
    case JOURNAL_FORKED:
    case JOURNAL_DAMAGED:
        return 0;
    case JOURNAL_PAUSED:
    case JOURNAL_UNPAUSED:
        return load_key(r, e);
    case JOURNAL_SIGNAL:
        return load_signal(r, e);
    case JOURNAL_BASE:
        load_base(r, e);
        return 0;
    case JOURNAL_STATE:
        return keep_entry(r, e, &r->state);
    default:
        signal = entry_signal(e);
        if (signal && list_push(&r->taken, signal) < 0)
            return -ENOMEM;
        return load_completion(r, e);
    }
}

/* What an older try left is never asked for. */
static void count_left(struct journal_run *r)
{
    for (size_t i = 0; i < r->completions.n; i++) {
        const struct completion *c = r->completions.at[i].value;

        r->left += entry_is_outcome(&c->entry) && !journal_is_void(r, &c->entry);
    }
}

static int fail_load(const struct journal_run *r, int code)
{
    const char *why = code == -ENODATA ? "what it was then is not known any more" : strerror(-code);

    return store_fail(r->store, code, "run '%s' of the store '%s' cannot be loaded: %s", r->run->id,
                      r->store->path, why);
}

static int load(struct store *s, const char *id, unsigned long long until, kiln_heap *h,
                struct journal_run **ret)
{
    struct store_run *run = store_find(s, id);
    struct journal_run *r;
    int failed;

    if (!run)
        return store_fail(s, -ENOENT, "the store '%s' has no run '%s'", s->path, id);
    if (run->damaged && run->state == JOURNAL_BEGIN)
        return store_fail(s, -EUCLEAN,
                          "run '%s' of the store '%s' must not go on: records of it are lost "
                          "(show tells what is known, 'kiln store repair --drop-damaged' ends it)",
                          id, s->path);
    if (run->newest >= s->durable && (failed = store_commit(s)) < 0) /* what is read is on disk */
        return failed;
    if (!(r = journal_new(s)))
        return -ENOMEM;
    r->run = run;
    r->heap = h;
    failed = store_each_until(s, run, until, load_entry, r);
    if (failed) {
        fail_load(r, failed);
        journal_free(r);
        return failed;
    }
    *ret = r;
    return 0;
}

/* Others may not write while the run is looked for in the segments. */
int journal_load(struct store *s, const char *id, kiln_heap *h, struct journal_run **ret)
{
    int failed;

    store_enter(s);
    failed = load(s, id, STORE_NOW, h, ret);
    store_leave(s);
    return failed;
}

int journal_load_past(struct store *s, const char *id, unsigned long long until, kiln_heap *h,
                      struct journal_run **ret)
{
    int failed;

    store_enter(s);
    failed = load(s, id, until, h, ret);
    store_leave(s);
    if (failed)
        return failed;
    (*ret)->is_past = 1;
    count_left(*ret);
    return 0;
}

void journal_free(struct journal_run *r)
{
    if (!r)
        return;
    journal_forget(r);
    list_fini(&r->signals);
    list_fini(&r->taken);
    free(r);
}

void journal_forget(struct journal_run *r)
{
    map_fini(&r->completions);
    arena_fini(&r->arena);
    r->unused = 0;
}

/* ---- questions ---- */

const char *journal_id(const struct journal_run *r)
{
    return r->run->id;
}

kiln_value journal_input(const struct journal_run *r)
{
    return r->input;
}

kiln_value journal_result(const struct journal_run *r, int *ret_ok)
{
    *ret_ok = r->run->state == JOURNAL_COMPLETED;
    return r->result;
}

int journal_is_cancelled(const struct journal_run *r)
{
    return r->run->state == JOURNAL_CANCELLED;
}

int journal_is_paused(const struct journal_run *r)
{
    return r->run->paused != 0;
}

const unsigned char *journal_state(const struct journal_run *r, size_t *ret_n)
{
    *ret_n = r->state.n_body;
    return r->state.body;
}

long long journal_shift(const struct journal_run *r)
{
    const struct store_origin *from = r->run->origin;

    return from && r->state.sequence < r->run->number ? from->shift : 0;
}

size_t journal_n_left(const struct journal_run *r)
{
    return r->left;
}

const unsigned long long *journal_hash(const struct journal_run *r)
{
    return r->hash;
}

unsigned journal_n_signals(const struct journal_run *r)
{
    return (unsigned)r->signals.n;
}

const struct journal_signal *journal_signal(const struct journal_run *r, unsigned i)
{
    return &r->signals.at[i];
}

int journal_took(const struct journal_run *r, unsigned long long sequence)
{
    for (size_t i = 0; i < r->taken.n; i++)
        if (r->taken.at[i] == sequence)
            return 1;
    return 0;
}
