/* journal.c: what a run appends to its store (journal.h). */
#include "journal_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ident.h"

/* What may have been appended since the last base before another one is worth its bytes: as much
 * as twice the base, so that all bases together stay below half of what is written. */
enum { WORTH = 64 << 10, WORTH_SMALL = 64 };

/* ---- beginning ---- */

struct journal_run *journal_new(struct store *s)
{
    struct journal_run *r = calloc(1, sizeof *r);

    if (r)
        r->store = s;
    else
        store_fail(s, -ENOMEM, "out of memory");
    return r;
}

static int append_begin(struct journal_run *r, const char *id, const kiln_program *program,
                        const kiln_value *input)
{
    struct store *s = r->store;
    struct entry e = { .kind = JOURNAL_BEGIN, .id = id, .program = program->name };
    struct text *t = store_begin_record(s);
    int failed;

    if (!t)
        return s->broken;
    e.ms = store_begin_ms(s);
    e.n_id = strlen(id);
    e.n_program = strlen(program->name);
    memcpy(e.hash, program->hash, sizeof e.hash);
    entry_put_begin(t, e.ms, id, program, input);
    failed = store_end_record(s, &e);
    r->newest = e.sequence;
    r->run = store_find(s, id);
    return failed;
}

int journal_begin(struct store *s, const char *id, const kiln_program *program,
                  const kiln_value *input, struct journal_run **ret)
{
    struct journal_run *r;
    char made[IDENT_SIZE];
    int failed;

    if (!id) {
        ident_make(s->io, made);
        id = made;
    }
    if (!store_is_id(id, strlen(id)))
        return store_fail(s, -EINVAL,
                          "a run id is 1 to 128 printable ASCII characters, without blanks and not "
                          "beginning with '-'");
    if (!(r = journal_new(s)))
        return -ENOMEM;
    store_enter(s); /* nobody else takes the id meanwhile */
    failed = store_find(s, id)
                 ? store_fail(s, -EEXIST, "the store '%s' already has a run '%s'", s->path, id)
                 : store_keep_program(s, program);
    if (!failed)
        failed = append_begin(r, id, program, input);
    store_leave(s);
    if (failed)
        journal_free(r);
    else
        *ret = r;
    return failed;
}

/* ---- appending ---- */

static int append_to(struct store *s, struct store_run *run, struct entry *e,
                     const struct journal_place *at, const struct entry_content *content,
                     unsigned long long *ret_bytes)
{
    struct text *t = store_begin_record(s);
    size_t before = t ? t->n : 0;

    if (!t)
        return s->broken;
    e->run = run->number;
    e->ms = s->io->now_ms(s->io->self) - run->began_ms;
    entry_put(t, e->run, e->ms, at, content);
    *ret_bytes += record_size(t->n - before);
    s->recent = run;
    return store_end_record(s, e);
}

static int append(struct journal_run *r, struct entry *e, const struct journal_place *at,
                  const struct entry_content *content)
{
    int failed =
        r->is_past || r->is_muted ? 0 : append_to(r->store, r->run, e, at, content, &r->growth);

    if (!failed)
        r->newest = e->sequence;
    return failed;
}

int journal_append(struct journal_run *r, enum journal_kind kind, const struct journal_place *at,
                   const kiln_value *v, const kiln_value *scratch)
{
    return append(r, &(struct entry){ .kind = kind }, at,
                  &(struct entry_content){ .v = v, .scratch = scratch });
}

int journal_append_wait(struct journal_run *r, const struct journal_place *at,
                        const struct journal_wait *w, const kiln_value *v,
                        const kiln_value *scratch)
{
    struct entry e = { .kind = JOURNAL_WAIT };
    struct entry_content content = {
        .v = v, .scratch = scratch, .wait = w, .signal = w->signal, .moment = w->moment
    };
    int failed = append(r, &e, at, &content);

    return failed || r->is_muted ? failed : journal_void(r, at, e.sequence);
}

int journal_append_ending(struct journal_run *r, enum journal_kind kind,
                          const struct journal_place *at, const struct journal_ending *e)
{
    return append(r, &(struct entry){ .kind = kind }, at,
                  &(struct entry_content){
                      .v = e->v, .scratch = e->scratch, .signal = e->signal, .moment = e->moment });
}

/* ---- signals ---- */

/* A signal is kept as [name, key, value], in a heap of its own until it is encoded. */
static int put_signal(kiln_heap *h, const struct journal_signal *signal, kiln_value *ret)
{
    kiln_value parts[3] = { signal->name, signal->key, signal->value };

    return kiln_array(h, ret, parts, 3);
}

static int append_signal(struct store *s, struct store_run *run, struct entry *e,
                         const struct journal_signal *signal, unsigned long long *ret_bytes)
{
    const struct journal_place root = { 0 };
    kiln_heap h;
    kiln_value v;
    int failed = -ENOMEM;

    heap_init(&h, 0);
    e->kind = JOURNAL_SIGNAL;
    if (put_signal(&h, signal, &v) == 0)
        failed = append_to(
            s, run, e, &root,
            &(struct entry_content){
                .v = &v, .moment = signal->moment == JOURNAL_AT_REST ? 0 : signal->moment },
            ret_bytes);
    heap_fini(&h);
    return failed;
}

int journal_append_signal(struct journal_run *r, struct journal_signal *signal)
{
    struct entry e = { 0 };
    int failed = r->is_past ? 0 : append_signal(r->store, r->run, &e, signal, &r->growth);

    if (!failed)
        signal->sequence = r->newest = e.sequence;
    return failed;
}

static int send_signal(struct store *s, const char *id, const char *name, const char *key,
                       const kiln_value *value)
{
    struct store_run *run = store_find(s, id);
    struct journal_signal signal = { .moment = JOURNAL_AT_REST,
                                     .name = value_static(name),
                                     .key = key ? value_static(key) : value_null(),
                                     .value = *value };
    unsigned long long bytes = 0;

    if (!run)
        return store_fail(s, -ENOENT, "the store '%s' has no run '%s'", s->path, id);
    if (run->state != JOURNAL_BEGIN)
        return store_fail(s, -ESRCH, "run '%s' of the store '%s' has ended", id, s->path);
    return append_signal(s, run, &(struct entry){ 0 }, &signal, &bytes);
}

int journal_send(struct store *s, const char *id, const char *name, const char *key,
                 const kiln_value *value)
{
    int failed;

    store_enter(s);
    failed = send_signal(s, id, name, key, value);
    store_leave(s);
    return failed;
}

/* ---- bases ---- */

/* In the order they came, so that what they say of one another stays true. */
static void put_unused(struct text *t, const struct journal_run *r)
{
    for (size_t i = 0; r->unused && i < r->completions.n; i++) {
        const struct completion *c = r->completions.at[i].value;

        if (c->used || journal_is_void(r, &c->entry))
            continue;
        if (c->began.kind && c->began.sequence != c->entry.sequence)
            entry_put_within(t, &c->began);
        entry_put_within(t, &c->entry);
        if (c->intended && c->entry.kind != JOURNAL_INTENT)
            entry_put_within(t, &c->intent);
    }
}

/* That it is not to go on is part of how it stands. */
static void put_pause(struct text *t, const struct store_run *run)
{
    const struct journal_place root = { 0 };
    struct entry e = { .kind = JOURNAL_PAUSED, .sequence = run->paused };
    struct text body = { 0 };

    if (!run->paused)
        return;
    entry_put(&body, run->number, run->paused_ms, &root, &(struct entry_content){ 0 });
    e.body = (const unsigned char *)text_cstr(&body);
    e.n_body = body.n;
    t->failed |= body.failed;
    entry_put_within(t, &e);
    text_fini(&body);
}

int journal_append_base(struct journal_run *r, const struct text *state, long long due)
{
    struct store *s = r->store;
    struct text *t = store_begin_record(s);
    size_t before = t ? t->n : 0;
    struct entry e, within = { .kind = JOURNAL_STATE };
    int failed;

    if (!t)
        return s->broken;
    e = store_base_of(r->run, s->io->now_ms(s->io->self), due);
    within.sequence = s->next; /* the base's own: so old is the state, wherever it is carried */
    within.body = (const unsigned char *)state->s;
    within.n_body = state->n;
    entry_put_base(t, &e);
    entry_put_within(t, &within);
    origin_put(t, r->run);
    put_pause(t, r->run);
    put_unused(t, r);
    r->base = record_size(t->n - before);
    r->growth = 0;
    failed = store_end_record(s, &e);
    if (!failed)
        r->newest = e.sequence;
    return failed;
}

unsigned long long journal_growth(const struct journal_run *r)
{
    return r->growth;
}

unsigned long long journal_worth(const struct journal_run *r)
{
    if (r->is_past)
        return ~0ull;
    return (r->store->small ? WORTH_SMALL : WORTH) + 2 * r->base;
}

void journal_put_off(struct journal_run *r)
{
    r->base = r->growth;
}

/* ---- commits ---- */

int journal_commit(struct journal_run *r)
{
    return store_commit(r->store);
}

int journal_dirty(const struct journal_run *r)
{
    return r->newest >= r->store->durable;
}
