/* store_programs.c: what a store knows of the programs whose runs it holds (spec/JOURNAL.md 10).
 *
 * The shape of a program is a record like any other. It stands before the first run that the
 * program begins, and is carried along for as long as one of its runs goes on.
 */
#include "store.h"

#include <errno.h>
#include <string.h>

struct store_program *store_find_program(struct store *s, const unsigned long long hash[2])
{
    for (size_t i = 0; i < s->programs.n; i++)
        if (!memcmp(s->programs.at[i].hash, hash, sizeof s->programs.at[i].hash))
            return &s->programs.at[i];
    return NULL;
}

int store_index_program(struct store *s, unsigned segment, const struct entry *e)
{
    struct store_program *known = store_find_program(s, e->hash), p = { .n = e->n_program };

    if (known) { /* carried along: it is the same */
        known->segment = segment;
        return 0;
    }
    p.segment = segment;
    memcpy(p.hash, e->hash, sizeof p.hash);
    p.shape = arena_dup(&s->run_arena, e->program, e->n_program);
    return p.shape && list_push(&s->programs, p) == 0 ? 0 : -ENOMEM;
}

static int append(struct store *s, const unsigned long long hash[2], const char *shape, size_t n)
{
    struct entry e = { .kind = JOURNAL_PROGRAM, .program = shape, .n_program = n };
    struct text *t = store_begin_record(s);

    if (!t)
        return s->broken;
    memcpy(e.hash, hash, sizeof e.hash);
    entry_put_program(t, &e);
    return store_end_record(s, &e);
}

int store_keep_program(struct store *s, const kiln_program *p)
{
    if (!p->shape || store_find_program(s, p->hash))
        return 0;
    return append(s, p->hash, p->shape, p->n_shape);
}

/* A run of the program goes on. */
static int is_needed(const struct store *s, const struct store_program *p)
{
    for (size_t i = 0; i < s->runs.n; i++)
        if (s->runs.at[i]->state == JOURNAL_BEGIN
            && !memcmp(s->runs.at[i]->hash, p->hash, sizeof p->hash))
            return 1;
    return 0;
}

int store_carry_programs(struct store *s, unsigned victim)
{
    size_t kept = 0;
    int failed = 0;

    for (size_t i = 0; i < s->programs.n && !failed; i++) {
        struct store_program p = s->programs.at[i];

        if (p.segment <= victim && !is_needed(s, &p))
            continue;
        s->programs.at[kept++] = p;
        if (p.segment <= victim)
            failed = append(s, p.hash, p.shape, p.n);
    }
    if (!failed)
        s->programs.n = kept;
    return failed;
}
