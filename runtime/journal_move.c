/* journal_move.c: the records of a run under the numbers of a later version of its program.
 *
 * A place is numbers of steps. What was loaded and not used yet is given its new place, in memory;
 * the base that seals the move (upgrade_run.c) writes it down so.
 */
#include "journal_run.h"

#include <errno.h>
#include <string.h>

void journal_mute(struct journal_run *r, int is_muted)
{
    r->is_muted = is_muted;
}

int journal_adopt(struct journal_run *r, const kiln_program *program)
{
    int failed;

    store_enter(r->store);
    failed = store_keep_program(r->store, program);
    if (!failed)
        memcpy(r->run->hash, program->hash, sizeof r->run->hash);
    store_leave(r->store);
    return failed;
}

/* ---- places ---- */

/* An encoded place as numbers: pairs, step, turn. In the arena; NULL when memory is out. */
static unsigned *take_place(struct journal_run *r, const struct entry *e, struct journal_place *ret)
{
    struct record_cursor c = { (const unsigned char *)e->place, e->n_place, 0 };
    unsigned n = 0, *path;

    entry_take_place(&c, &n);
    if (!(path = arena_alloc(&r->arena, (2ull * n + 1) * sizeof *path)))
        return NULL;
    for (unsigned i = 0; i < 2 * n; i++)
        entry_take_place(&c, &path[i]);
    *ret = (struct journal_place){ .path = path, .n = n };
    entry_take_place(&c, &ret->step);
    entry_take_place(&c, &ret->turn);
    return path;
}

/* The entry with another place in its body. */
static int put_place(struct journal_run *r, struct entry *e, const struct text *place)
{
    size_t before = (size_t)((const unsigned char *)e->place - e->body);
    size_t behind = before + e->n_place, n = e->n_body - e->n_place + place->n;
    unsigned char *body = place->failed ? NULL : arena_alloc(&r->arena, n + 1);

    if (!body)
        return -ENOMEM;
    memcpy(body, e->body, before);
    memcpy(body + before, text_cstr(place), place->n);
    memcpy(body + before + place->n, e->body + behind, e->n_body - behind);
    e->values.at += place->n - e->n_place;
    e->values.n = n;
    e->values.bytes = e->body = body;
    e->n_body = n;
    e->place = (const char *)body + before;
    e->n_place = place->n;
    return 0;
}

static int move_one(struct journal_run *r, struct completion *c, const struct journal_place *at,
                    struct map *moved)
{
    struct text place = { 0 };
    int failed = 0;

    entry_put_place(&place, at);
    if (c->began.kind)
        failed = put_place(r, &c->began, &place);
    if (!failed)
        failed = put_place(r, &c->entry, &place);
    if (!failed && c->intended && c->entry.kind != JOURNAL_INTENT)
        failed = put_place(r, &c->intent, &place);
    text_fini(&place);
    if (!failed && map_put(moved, c->entry.place, c->entry.n_place, c) < 0)
        failed = -ENOMEM;
    return failed;
}

int journal_move(struct journal_run *r, journal_mover *mover, void *ctx)
{
    struct map moved = { 0 };
    int failed = 0;

    for (size_t i = 0; i < r->completions.n && !failed; i++) {
        struct completion *c = r->completions.at[i].value;
        struct journal_place at;
        unsigned *path = take_place(r, &c->entry, &at);

        if (!path)
            failed = -ENOMEM;
        else if (journal_is_void(r, &c->entry) || !mover(ctx, path, &at))
            r->unused -= !c->used;
        else
            failed = move_one(r, c, &at, &moved);
    }
    map_fini(&r->completions);
    r->completions = moved;
    return failed;
}

static int is_left(const struct journal_run *r, const struct completion *c)
{
    int is_end = c->entry.kind != JOURNAL_WAIT && c->entry.kind != JOURNAL_INTENT;

    return !c->used && (!c->asked || is_end) && !journal_is_void(r, &c->entry);
}

int journal_has_left(const struct journal_run *r)
{
    for (size_t i = 0; r->unused && i < r->completions.n; i++)
        if (is_left(r, r->completions.at[i].value))
            return 1;
    return 0;
}

int journal_each_left(struct journal_run *r, journal_left *visit, void *ctx)
{
    for (size_t i = 0; i < r->completions.n; i++) {
        const struct completion *c = r->completions.at[i].value;
        struct journal_place at;

        if (!is_left(r, c))
            continue;
        if (!take_place(r, &c->entry, &at))
            return -ENOMEM;
        visit(ctx, &at);
    }
    return 0;
}
