/* journal.c: one run's view of a store (journal.h).
 *
 * Completions are kept by place: the encoded place of a record is the key, the record's own bytes
 * are decoded once at load. What a run appends itself is not kept: it will not ask for it.
 */
#include "store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct completion {
    int kind;
    kiln_value value, scratch;
};

struct journal_run {
    struct store *store;
    const struct store_run *run;
    kiln_heap *heap;    /* where loaded values live */
    struct arena arena; /* keys and completions */
    struct map completions;
    struct text key; /* of the last lookup */
    kiln_value input, result;
    unsigned long long newest; /* sequence of the last record appended here */
};

/* ---- beginning ---- */

/* 26 characters that sort by time: 48 bits of milliseconds, 80 random ones, 5 bits each. */
static void make_id(const struct kiln_io *io, char ret[27])
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned long long ms = (unsigned long long)io->now_ms(io->self);
    unsigned long long chance[2] = { io->random(io->self), io->random(io->self) };

    for (int i = 0; i < 10; i++)
        ret[i] = digits[ms >> (45 - 5 * i) & 31];
    for (int i = 0; i < 16; i++)
        ret[10 + i] = digits[chance[i / 8] >> (5 * (i % 8)) & 31];
    ret[26] = 0;
}

static struct journal_run *new_run(struct store *s)
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
    e.ms = s->io->now_ms(s->io->self);
    e.n_id = strlen(id);
    e.n_program = strlen(program->name);
    memcpy(e.hash, program->hash, sizeof e.hash);
    entry_put_begin(t, e.ms, id, program, input);
    failed = store_end_record(s, JOURNAL_BEGIN, &e.sequence);
    if (failed)
        return failed;
    r->newest = e.sequence;
    failed = store_index(s, s->last.number, &e);
    r->run = store_find(s, id);
    return failed;
}

int journal_begin(struct store *s, const char *id, const kiln_program *program,
                  const kiln_value *input, struct journal_run **ret)
{
    struct journal_run *r;
    char made[27];
    int failed;

    if (!id) {
        make_id(s->io, made);
        id = made;
    }
    if (!store_is_id(id, strlen(id)))
        return store_fail(s, -EINVAL,
                          "a run id is 1 to 128 printable ASCII characters, without blanks and not "
                          "beginning with '-'");
    if (store_find(s, id))
        return store_fail(s, -EEXIST, "the store '%s' already has a run '%s'", s->path, id);
    if (!(r = new_run(s)))
        return -ENOMEM;
    failed = append_begin(r, id, program, input);
    if (failed)
        journal_free(r);
    else
        *ret = r;
    return failed;
}

/* ---- loading ---- */

static int load_completion(struct journal_run *r, const struct entry *e)
{
    struct completion *c = arena_zalloc(&r->arena, sizeof *c);
    char *key = arena_dup(&r->arena, e->place, e->n_place);

    if (!c || !key || map_put(&r->completions, key, e->n_place, c) < 0)
        return -ENOMEM;
    c->kind = (int)e->kind;
    return entry_values(r->heap, e, &c->value, &c->scratch) < 0 ? -EUCLEAN : 0;
}

static int load_entry(void *ctx, const struct entry *e)
{
    struct journal_run *r = ctx;
    kiln_value scratch;

    switch (e->kind) {
    case JOURNAL_BEGIN:
        return entry_values(r->heap, e, &r->input, &scratch) < 0 ? -EUCLEAN : 0;
    case JOURNAL_COMPLETED:
    case JOURNAL_ENDED:
        return entry_values(r->heap, e, &r->result, &scratch) < 0 ? -EUCLEAN : 0;
    default:
        return load_completion(r, e);
    }
}

int journal_load(struct store *s, const char *id, kiln_heap *h, struct journal_run **ret)
{
    const struct store_run *run = store_find(s, id);
    struct journal_run *r;
    int failed;

    if (!run)
        return store_fail(s, -ENOENT, "the store '%s' has no run '%s'", s->path, id);
    if (!(r = new_run(s)))
        return -ENOMEM;
    r->run = run;
    r->heap = h;
    failed = store_each(s, run, load_entry, r);
    if (failed) {
        journal_free(r);
        return store_fail(s, failed, "run '%s' of the store '%s' cannot be loaded: %s", id, s->path,
                          strerror(-failed));
    }
    *ret = r;
    return 0;
}

void journal_free(struct journal_run *r)
{
    if (!r)
        return;
    map_fini(&r->completions);
    arena_fini(&r->arena);
    text_fini(&r->key);
    free(r);
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

const unsigned long long *journal_hash(const struct journal_run *r)
{
    return r->run->hash;
}

int journal_find(const struct journal_run *r, const struct journal_place *at, kiln_value *ret,
                 kiln_value *ret_scratch)
{
    struct text key = { 0 };
    const struct completion *c;

    if (!r->completions.n)
        return 0;
    entry_put_place(&key, at);
    c = key.failed ? NULL : map_get(&r->completions, key.s, key.n);
    text_fini(&key);
    if (!c)
        return 0;
    *ret = c->value;
    *ret_scratch = c->scratch;
    return c->kind;
}

/* ---- appending ---- */

int journal_append(struct journal_run *r, enum journal_kind kind, const struct journal_place *at,
                   const kiln_value *v, const kiln_value *scratch)
{
    struct store *s = r->store;
    struct text *t = store_begin_record(s);
    struct entry e = { .kind = kind, .run = r->run->number };
    int failed;

    if (!t)
        return s->broken;
    e.ms = s->io->now_ms(s->io->self) - r->run->began_ms;
    entry_put(t, e.run, e.ms, at, v, scratch);
    failed = store_end_record(s, kind, &e.sequence);
    if (failed)
        return failed;
    r->newest = e.sequence;
    return store_index(s, 0, &e);
}

int journal_commit(struct journal_run *r)
{
    return store_commit(r->store);
}

int journal_dirty(const struct journal_run *r)
{
    return !store_is_durable(r->store, r->newest);
}
