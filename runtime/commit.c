/* commit.c: the group commit (spec/JOURNAL.md 7), and who may touch a store.
 *
 * A mutex (share.c) guards all of a store that several threads use. Whoever wants what he appended
 * on disk takes all that is pending and writes it, and lets go of the mutex while he does; who
 * comes meanwhile appends to the next buffer and waits. The first of those to wake writes for all
 * of them. So however many runs there are, a flush is under way nearly always, and each takes
 * everybody along.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"

/* ---- the mutex ---- */

void store_enter(struct store *s)
{
    if (s->share)
        s->share->take(s);
    s->depth++;
}

void store_leave(struct store *s)
{
    s->depth--;
    if (s->share)
        s->share->give(s);
}

/* Lets others in, however often it was taken; the number is for take_back. */
static unsigned let_go(struct store *s)
{
    unsigned depth = s->depth;

    for (unsigned i = 0; i < depth; i++)
        store_leave(s);
    return depth;
}

static void take_back(struct store *s, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        store_enter(s);
}

/* Until the flush under way, of another thread, is over. */
static void wait_flushed(struct store *s)
{
    unsigned depth = s->depth;

    for (unsigned i = 1; i < depth; i++)
        store_leave(s);
    s->depth = 0; /* waiting lets go of the last one */
    s->share->await(s);
    s->depth = 1;
    take_back(s, depth - 1);
}

/* ---- committing ---- */

enum { SPARES = 2 /* files kept with their space */ };

static unsigned long long segment_size(const struct store *s)
{
    unsigned long long unit = s->small ? SEGMENT_SMALL_UNIT : SEGMENT_UNIT;
    unsigned long long size = s->last.number ? 4 * unit : unit;
    unsigned long long needed = SEGMENT_HEAD + s->flushing.n;

    return size > needed ? size : needed;
}

/* A spare file, one of the right size before others; or a new one. */
static unsigned choose_file(struct store *s, unsigned long long size)
{
    size_t best = s->spares.n;
    unsigned file;

    for (size_t i = 0; i < s->spares.n; i++)
        if (best == s->spares.n || s->spares.at[i].size == size)
            best = i;
    if (best == s->spares.n)
        return ++s->files;
    file = s->spares.at[best].file;
    s->spares.at[best] = s->spares.at[--s->spares.n];
    return file;
}

/* The new segment says which ones count: the others are spare from now on. Of those that are many
 * the space is given back; one that cannot be emptied stays as it is. */
static int retire_segments(struct store *s)
{
    size_t gone = 0;

    while (gone < s->segments.n && s->segments.at[gone].number < s->last.oldest)
        if (list_push(&s->spares, s->segments.at[gone++]) < 0)
            return store_fail(s, -ENOMEM, "out of memory");
    s->segments.n -= gone;
    memmove(s->segments.at, s->segments.at + gone, s->segments.n * sizeof *s->segments.at);
    for (size_t i = SPARES; i < s->spares.n; i++)
        if (s->spares.at[i].size && segment_empty(s->io, s->path, s->spares.at[i].file) == 0)
            s->spares.at[i].size = 0;
    return 0;
}

static int begin_segment(struct store *s)
{
    struct segment next = { .number = s->last.number + 1, .first = s->durable };
    int fd;

    if (!s->id)
        s->id = s->io->random(s->io->self);
    next.store = s->id;
    next.size = segment_size(s);
    next.file = choose_file(s, next.size);
    next.oldest = s->oldest ? s->oldest : 1;
    if (next.oldest > next.number)
        next.oldest = next.number;
    fd = segment_make(s->io, s->path, &next);
    if (fd < 0)
        return store_fail_system(s, fd, "make", next.file);
    if (s->fd >= 0)
        s->io->close(s->io->self, s->fd);
    s->fd = fd;
    s->last = next;
    s->end = SEGMENT_HEAD;
    if (list_push(&s->segments, next) < 0)
        return store_fail(s, -ENOMEM, "out of memory");
    return retire_segments(s);
}

/* Without the mutex: nobody else flushes, and nobody else touches what it uses. `*ret_what` is what
 * failed, if something does. */
static int write_flushing(struct store *s, const char **ret_what)
{
    const struct text *p = &s->flushing;
    ssize_t put;

    record_sign((unsigned char *)p->s, p->n, s->last.number);
    *ret_what = "write";
    put = s->io->pwrite(s->io->self, s->fd, p->s, p->n, (off_t)s->end);
    if (put != (ssize_t)p->n)
        return put < 0 ? (int)put : -EIO;
    *ret_what = "sync";
    return s->io->sync(s->io->self, s->fd);
}

/* Takes what is pending and writes it; meanwhile others append. While the store is cleaned nobody
 * else may: what is carried must be all there is of a run. */
static int flush(struct store *s)
{
    struct text empty = s->flushing;
    const char *what;
    int is_new = s->end + s->pending.n > s->last.size, failed = 0;
    unsigned depth = 0;

    s->flushing = s->pending;
    s->pending = empty;
    s->n_flushing = s->n_pending;
    s->n_pending = 0;
    if (is_new)
        failed = begin_segment(s);
    if (!failed) {
        depth = s->cleaning ? 0 : let_go(s);
        failed = write_flushing(s, &what);
        take_back(s, depth);
        if (failed)
            store_fail_system(s, failed, what, s->last.file);
    }
    if (failed)
        store_break(s, failed);
    else {
        store_place(s, s->end);
        s->end += s->flushing.n;
        s->durable += s->n_flushing;
    }
    s->n_flushing = 0;
    text_clear(&s->flushing);
    if (s->share)
        s->share->wake(s);
    return failed ? failed : is_new;
}

/* A new segment was begun. What came meanwhile goes first, and nobody comes in between. */
static int clean(struct store *s)
{
    int failed = 0;

    s->cleaning = 1;
    if (s->n_pending)
        failed = flush(s);
    s->cleaning = 0;
    return failed < 0 ? failed : clean_store(s);
}

int store_commit(struct store *s)
{
    unsigned long long all;
    int code = 0;

    store_enter(s);
    for (all = s->next; code >= 0 && !s->broken && s->durable < all;) {
        if (s->n_flushing)
            wait_flushed(s);
        else if ((code = flush(s)) > 0)
            code = s->cleaning ? 0 : clean(s);
    }
    if (s->broken)
        code = s->broken;
    store_leave(s);
    return code < 0 ? code : 0;
}
