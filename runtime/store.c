/* store.c: opening and closing a store, and appending to it (spec/JOURNAL.md 2 and 7).
 *
 * One buffer collects the records of all runs; commit.c makes them durable. A failure on the way
 * breaks the store for good: only a new open knows what is on disk.
 */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"

enum { PENDING_MAX = 8 << 20 };

/* ---- failing ---- */

int store_fail(struct store *s, int code, const char *format, ...)
{
    va_list ap;

    text_clear(&s->error);
    va_start(ap, format);
    text_vprintf(&s->error, format, ap);
    va_end(ap);
    return code;
}

int store_fail_system(struct store *s, int code, const char *what, unsigned segment)
{
    struct text name = { 0 };

    if (segment)
        segment_put_name(&name, s->path, segment);
    else
        text_puts(&name, s->path);
    store_fail(s, code, "cannot %s '%s': %s", what, text_cstr(&name), strerror(-code));
    text_fini(&name);
    return code;
}

int store_break(struct store *s, int code)
{
    if (!s->broken)
        s->broken = code;
    return code;
}

const char *store_error(const struct store *s)
{
    return text_cstr(&s->error);
}

/* ---- opening ---- */

static void note_segment(void *ctx, const char *name)
{
    if (segment_file(name) || !strcmp(name, "inbox")) /* messages may be there before records */
        ++*(unsigned *)ctx;
}

static int check_there(struct store *s, unsigned flags)
{
    unsigned segments = 0;
    int failed = s->io->list_dir(s->io->self, s->path, note_segment, &segments);

    if (failed == -ENOTDIR)
        return store_fail(s, failed, "'%s' is a file, not a store", s->path);
    if (failed == -ENOENT || (!failed && !segments && !(flags & STORE_CREATE)))
        return store_fail(s, -ENOENT, "there is no store in '%s'", s->path);
    return failed ? store_fail_system(s, failed, "read the store", 0) : 0;
}

static int take_lock(struct store *s)
{
    struct text name = { 0 };
    int failed;

    text_printf(&name, "%s/lock", s->path);
    s->lock = name.failed ? -ENOMEM : s->io->open(s->io->self, name.s, O_RDWR | O_CREAT, 0666);
    text_fini(&name);
    if (s->lock < 0)
        return store_fail_system(s, s->lock, "lock the store", 0);
    failed = s->io->lock(s->io->self, s->lock);
    if (failed == -EWOULDBLOCK)
        return store_fail(s, failed,
                          "the store '%s' is in use: another program is writing it "
                          "(list and show work meanwhile)",
                          s->path);
    return failed ? store_fail_system(s, failed, "lock the store", 0) : 0;
}

static int open_parts(struct store *s, unsigned flags)
{
    int failed = 0;

    if (flags & STORE_CREATE && !s->readonly && (failed = folder_make(s->io, s->path)))
        return store_fail_system(s, failed, "make the store", 0);
    failed = check_there(s, flags);
    if (!failed && !s->readonly)
        failed = take_lock(s);
    if (!failed)
        failed = recover_read(s);
    s->durable = s->next;
    if (s->survey)
        s->broken = -EUCLEAN;
    else if (!failed && !s->readonly)
        failed = recover_repair(s);
    return failed;
}

void store_forget(struct store *s)
{
    list_fini(&s->segments);
    list_fini(&s->spares);
    list_fini(&s->runs);
    list_fini(&s->programs);
    map_fini(&s->by_id);
    map_fini(&s->by_number);
    arena_fini(&s->run_arena);
    s->recent = NULL;
    s->live = 0;
    s->last = (struct segment){ 0 };
    s->files = s->oldest = 0;
    s->next = 1;
}

static void free_store(struct store *s)
{
    if (s->fd >= 0)
        s->io->close(s->io->self, s->fd);
    if (s->lock >= 0)
        s->io->close(s->io->self, s->lock);
    store_forget(s);
    text_fini(&s->pending);
    text_fini(&s->flushing);
    text_fini(&s->error);
    if (s->share)
        s->share->end(s);
    arena_fini(&s->arena);
    free(s);
}

int store_open(const struct kiln_io *io, const char *path, unsigned flags, struct store **ret,
               struct text *why)
{
    return store_open_survey(io, path, flags, NULL, ret, why);
}

int store_open_survey(const struct kiln_io *io, const char *path, unsigned flags,
                      struct store_survey *survey, struct store **ret, struct text *why)
{
    struct store *s = calloc(1, sizeof *s);
    int failed;

    if (!s)
        return -ENOMEM;
    *s =
        (struct store){ .io = io, .survey = survey, .lock = -1, .fd = -1, .next = 1, .retain = -1 };
    s->readonly = !!(flags & STORE_READONLY);
    s->small = SEGMENT_SMALL || flags & STORE_SMALL;
    s->path = arena_dup(&s->arena, path, strlen(path));
    failed = s->path ? open_parts(s, flags) : store_fail(s, -ENOMEM, "out of memory");
    if (failed) {
        if (why)
            text_puts(why, store_error(s));
        free_store(s);
        return failed;
    }
    *ret = s;
    return 0;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    store_commit(s);
    free_store(s);
}

/* ---- appending ---- */

struct text *store_begin_record(struct store *s)
{
    store_enter(s);
    if (s->readonly && !s->broken)
        store_break(s, store_fail(s, -EROFS, "the store '%s' is open for reading", s->path));
    if (s->broken) {
        store_leave(s);
        return NULL;
    }
    s->open_at = record_open(&s->pending);
    return &s->pending;
}

static int seal_record(struct store *s, struct entry *e)
{
    struct record r = { .kind = e->kind, .position = s->n_pending, .sequence = s->next };
    int failed;

    if (record_seal(&s->pending, s->open_at, &r) < 0)
        return store_break(s, store_fail(s, -ENOMEM, "out of memory"));
    s->n_pending++;
    e->sequence = s->next++;
    e->n_body = s->pending.n - s->open_at - RECORD_HEAD;
    if (e->kind == JOURNAL_BEGIN)
        e->run = e->sequence;
    failed = store_index(s, s->last.number, 0, e);
    if (failed)
        return store_break(s, store_fail(s, failed, "out of memory"));
    return s->pending.n > PENDING_MAX ? store_commit(s) : 0;
}

int store_end_record(struct store *s, struct entry *e)
{
    int failed = seal_record(s, e);

    store_leave(s);
    return failed;
}
