/* store.c: opening and closing a store, and the group commit (spec/JOURNAL.md 2 and 7).
 *
 * One buffer collects the records of all runs; one write and one sync make them durable. A failure
 * on the way breaks the store for good: only a new open knows what is on disk.
 */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"

enum { PENDING_MAX = 8 << 20, SPARES = 2 /* files kept with their space */ };

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

static int break_store(struct store *s, int code)
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
    if (!failed && !s->readonly)
        failed = recover_repair(s);
    return failed;
}

void store_forget(struct store *s)
{
    list_fini(&s->segments);
    list_fini(&s->spares);
    list_fini(&s->runs);
    map_fini(&s->by_id);
    map_fini(&s->by_number);
    arena_fini(&s->run_arena);
    s->recent = NULL;
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
    text_fini(&s->error);
    arena_fini(&s->arena);
    free(s);
}

int store_open(const struct kiln_io *io, const char *path, unsigned flags, struct store **ret,
               struct text *why)
{
    struct store *s = calloc(1, sizeof *s);
    int failed;

    if (!s)
        return -ENOMEM;
    *s = (struct store){ .io = io, .lock = -1, .fd = -1, .next = 1, .retain = -1 };
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
    if (s->readonly && !s->broken)
        break_store(s, store_fail(s, -EROFS, "the store '%s' is open for reading", s->path));
    if (s->broken)
        return NULL;
    s->open_at = record_open(&s->pending);
    return &s->pending;
}

int store_end_record(struct store *s, struct entry *e)
{
    struct record r = { .kind = e->kind, .position = s->n_pending, .sequence = s->next };
    int failed;

    if (record_seal(&s->pending, s->open_at, &r) < 0)
        return break_store(s, store_fail(s, -ENOMEM, "out of memory"));
    s->n_pending++;
    e->sequence = s->next++;
    e->n_body = s->pending.n - s->open_at - RECORD_HEAD;
    if (e->kind == JOURNAL_BEGIN)
        e->run = e->sequence;
    failed = store_index(s, s->last.number, e);
    if (failed)
        return break_store(s, store_fail(s, failed, "out of memory"));
    return s->pending.n > PENDING_MAX ? store_commit(s) : 0;
}

int store_is_durable(const struct store *s, unsigned long long sequence)
{
    return sequence < s->next - s->n_pending;
}

/* ---- committing ---- */

static unsigned long long segment_size(const struct store *s)
{
    unsigned long long unit = s->small ? SEGMENT_SMALL_UNIT : SEGMENT_UNIT;
    unsigned long long size = s->last.number ? 4 * unit : unit;
    unsigned long long needed = SEGMENT_HEAD + s->pending.n;

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
    struct segment next = { .number = s->last.number + 1, .first = s->next - s->n_pending };
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

static int write_pending(struct store *s)
{
    const struct text *p = &s->pending;
    ssize_t put;
    int failed;

    record_sign((unsigned char *)p->s, p->n, s->last.number);
    put = s->io->pwrite(s->io->self, s->fd, p->s, p->n, (off_t)s->end);
    if (put != (ssize_t)p->n)
        return store_fail_system(s, put < 0 ? (int)put : -EIO, "write", s->last.file);
    failed = s->io->sync(s->io->self, s->fd);
    return failed ? store_fail_system(s, failed, "sync", s->last.file) : 0;
}

int store_commit(struct store *s)
{
    int failed = s->broken, is_new = s->end + s->pending.n > s->last.size;

    if (failed || !s->n_pending)
        return failed;
    if (is_new)
        failed = begin_segment(s);
    if (!failed)
        failed = write_pending(s);
    if (failed)
        return break_store(s, failed);
    s->end += s->pending.n;
    s->n_pending = 0;
    text_clear(&s->pending);
    return is_new && !s->cleaning ? clean_store(s) : 0;
}
