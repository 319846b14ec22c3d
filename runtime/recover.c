/* recover.c: what is really there (spec/JOURNAL.md 5), and making it safe to go on (6).
 *
 * The one idea: each record says where its commit began, and a commit begins only after the one
 * before it was synced. So a record behind an unreadable one tells whether that one was ever
 * acknowledged - which is the difference between a torn tail and damage.
 */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* A reader beside a live writer may see a segment in the middle of a commit. */
enum { READER_TRIES = 3 };

static const char incomplete[] = "the head or the end of the segment is missing";

/* What stands in the folder. */
struct found {
    LIST(struct segment) files; /* number 0: its head is not readable, or its end is missing */
    int failed;
};

static void note_file(void *ctx, const char *name)
{
    struct found *f = ctx;
    struct segment s = { .file = segment_file(name) };

    if (s.file && list_push(&f->files, s) < 0)
        f->failed = -ENOMEM;
}

/* Complains of damage at a byte of a file (0: of the folder). 0 when the reading goes on. */
static int damaged(struct store *s, unsigned file, size_t at, const char *why)
{
    struct text name = { 0 };

    if (s->survey)
        return s->survey->notice(s, file, at, NULL, why);
    if (file)
        segment_put_name(&name, s->path, file);
    else
        text_puts(&name, s->path);
    text_putc(&name, '\'');
    if (file)
        text_printf(&name, ", byte %zu", at);
    store_fail(s, -EUCLEAN, "the store is damaged: '%s: %s", text_cstr(&name), why);
    text_fini(&name);
    return -EUCLEAN;
}

/* ---- heads ---- */

static int read_head(struct store *s, struct segment *file, struct text *bytes)
{
    unsigned long long size;
    ssize_t got = store_load(s, file->file, SEGMENT_HEAD, bytes, &size);
    struct segment head = { 0 };
    int failed;

    if (got < 0)
        return store_fail_system(s, (int)got, "read", file->file);
    failed = segment_read_head((const unsigned char *)bytes->s, bytes->n, &head);
    if (failed == -ENOTSUP)
        return store_fail(s, failed,
                          "the store '%s' has format %u, made by %s kiln; this one reads format %d",
                          s->path, head.format,
                          head.format > SEGMENT_FORMAT ? "a newer" : "an older", SEGMENT_FORMAT);
    if (failed && !segment_may_be_begun((const unsigned char *)bytes->s, bytes->n))
        return damaged(s, file->file, 0, "the file is no segment of a store");
    if (failed || size < head.size)
        head = (struct segment){ .size = size };
    head.file = file->file;
    *file = head;
    return 0;
}

static int by_number(const void *a, const void *b)
{
    const struct segment *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

static int read_heads(struct store *s, struct found *found, struct text *bytes)
{
    int failed = s->io->list_dir(s->io->self, s->path, note_file, found);

    if (failed)
        return store_fail_system(s, failed, "read the store", 0);
    if (found->failed)
        return store_fail(s, found->failed, "out of memory");
    for (size_t i = 0; i < found->files.n; i++) {
        if ((failed = read_head(s, &found->files.at[i], bytes)))
            return failed;
        if (found->files.at[i].file > s->files)
            s->files = found->files.at[i].file;
    }
    if (found->files.n)
        qsort(found->files.at, found->files.n, sizeof *found->files.at, by_number);
    return 0;
}

/* Segment `number` should stand where another does. */
static int complain_gap(struct store *s, const struct found *found, unsigned number, unsigned other)
{
    char why[64];

    if (other <= number + 1)
        text_fit(why, sizeof why, "there is %s segment %u", other < number ? "a second" : "no",
                 other < number ? other : number);
    else
        text_fit(why, sizeof why, "there are no segments %u to %u", number, other - 1);
    for (size_t i = 0; !s->survey && other > number && i < found->files.n; i++)
        if (!found->files.at[i].number && found->files.at[i].size)
            return damaged(s, found->files.at[i].file, 0, incomplete);
    return damaged(s, 0, 0, why);
}

/* The newest segment says which ones count; those stand one behind the other without a gap. */
static int choose_segments(struct store *s, const struct found *found)
{
    const struct segment *newest = found->files.n ? &found->files.at[found->files.n - 1] : NULL;
    unsigned expected;
    int failed;

    s->oldest = expected = newest && newest->number ? newest->oldest : 1;
    for (size_t i = 0; i < found->files.n; i++) {
        struct segment at = found->files.at[i];
        int counts = at.number >= s->oldest;

        if ((counts ? list_push(&s->segments, at) : list_push(&s->spares, at)) < 0)
            return store_fail(s, -ENOMEM, "out of memory");
        if (!counts)
            continue;
        if (at.number != expected && (failed = complain_gap(s, found, expected, at.number)))
            return failed;
        expected = at.number + 1;
        if (at.store != newest->store
            && (failed = damaged(s, at.file, 16, "the segment belongs elsewhere")))
            return failed;
    }
    return 0;
}

/* ---- records ---- */

static int index_record(void *ctx, unsigned segment, const struct record *r)
{
    struct store *s = ctx;
    struct entry e;
    int failed = entry_skim(r, &e);

    if (!failed)
        failed = store_index(s, segment, r->at, &e);
    if (failed == -ENOTSUP)
        store_fail(s, failed, "the store '%s' holds records of kind %u, written by a newer kiln",
                   s->path, r->kind);
    else if (failed == -ENOMEM)
        store_fail(s, failed, "out of memory");
    else if (failed && s->survey)
        failed = s->survey->notice(s, 0, 0, r, "the record makes no sense");
    else if (failed)
        store_fail(s, failed, "the store is damaged: record %llu of '%s' makes no sense",
                   r->sequence, s->path);
    return failed;
}

static int read_segment(struct store *s, const struct segment *segment, int is_last,
                        struct text *bytes)
{
    ssize_t got = store_load(s, segment->file, 0, bytes, NULL), tail;
    int failed;

    if (got < 0)
        return store_fail_system(s, (int)got, "read", segment->file);
    if (segment->first != s->next
        && (failed = damaged(s, segment->file, 24, "records before this segment are missing")))
        return failed;
    s->next = segment->first;
    tail = store_walk(s, segment, bytes, &s->next, index_record, s);
    if (tail < 0)
        return (int)tail;
    if (is_last && !s->survey && segment_proves_loss(bytes, segment->number, (size_t)tail, s->next))
        return damaged(s, segment->file, (size_t)tail, "a record that was durable is not readable");
    s->last = *segment;
    s->id = segment->store;
    s->end = (size_t)tail;
    return 0;
}

/* A file without a readable head was being made when the crash came; it holds nothing of the
 * segment it would have become. */
static int check_spares(struct store *s, struct text *bytes)
{
    for (size_t i = 0; i < s->spares.n; i++) {
        const struct segment *spare = &s->spares.at[i];
        ssize_t got;

        if (spare->number || spare->size < SEGMENT_HEAD)
            continue;
        got = store_load(s, spare->file, 0, bytes, NULL);
        if (got < 0)
            return store_fail_system(s, (int)got, "read", spare->file);
        if (segment_proves_loss(bytes, s->last.number + 1, SEGMENT_HEAD - RECORD_ALIGN, s->next - 1)
            && damaged(s, spare->file, 0, incomplete))
            return -EUCLEAN;
    }
    return 0;
}

static int read_all(struct store *s)
{
    struct found found = { 0 };
    struct text bytes = { 0 };
    int failed;

    store_forget(s);
    failed = read_heads(s, &found, &bytes);
    if (!failed)
        failed = choose_segments(s, &found);
    if (!failed && s->segments.n)
        s->next = s->segments.at[0].number == 1 ? 1 : s->segments.at[0].first;
    for (size_t i = 0; !failed && i < s->segments.n; i++)
        failed = read_segment(s, &s->segments.at[i], i + 1 == s->segments.n, &bytes);
    if (!failed)
        failed = check_spares(s, &bytes);
    store_sort_runs(s);
    text_fini(&bytes);
    list_fini(&found.files);
    return failed;
}

int recover_read(struct store *s)
{
    int failed = -EUCLEAN;

    for (int tries = s->readonly ? READER_TRIES : 1; failed == -EUCLEAN && tries; tries--)
        failed = read_all(s);
    return failed;
}

/* ---- making it safe ---- */

static int note_commit(void *ctx, unsigned segment, const struct record *r)
{
    (void)segment;
    if (!r->position)
        *(const unsigned char **)ctx = r->body - RECORD_HEAD;
    return 0;
}

/* Where the last commit of the segment begins. */
static size_t find_commit(struct store *s, const struct text *bytes)
{
    unsigned long long sequence = s->last.first;
    const unsigned char *begin = NULL;

    segment_walk(bytes, SEGMENT_HEAD, s->last.number, &sequence, note_commit, &begin);
    return begin ? (size_t)(begin - (const unsigned char *)bytes->s) : s->end;
}

static int write_at(struct store *s, const void *bytes, size_t n, size_t at)
{
    ssize_t put = s->io->pwrite(s->io->self, s->fd, bytes, n, (off_t)at);

    return put == (ssize_t)n
               ? 0
               : store_fail_system(s, put < 0 ? (int)put : -EIO, "write", s->last.file);
}

/* What could pass for a record behind the tail loses its head. */
static int wipe_rest(struct store *s, const struct text *bytes)
{
    static const char zeros[RECORD_HEAD];
    struct record r;
    int failed = 0;

    for (size_t at = s->end; !failed && at + RECORD_HEAD <= bytes->n; at += RECORD_ALIGN)
        if (segment_may_follow(bytes, at, s->next)
            && record_read((const unsigned char *)bytes->s + at, bytes->n - at, s->last.number, &r))
            failed = write_at(s, zeros, sizeof zeros, at);
    return failed;
}

/* Writes head and last commit again, and takes the rest of a torn one away. A segment without any
 * commit may never have been synced: all of it is written again. */
static int rewrite(struct store *s, const struct text *bytes)
{
    size_t from = find_commit(s, bytes), to = s->end > SEGMENT_HEAD ? s->end : bytes->n;
    int failed = write_at(s, bytes->s, SEGMENT_HEAD, 0);

    if (!failed && to > from)
        failed = write_at(s, bytes->s + from, to - from, from);
    if (!failed)
        failed = wipe_rest(s, bytes);
    if (failed)
        return failed;
    failed = s->io->sync(s->io->self, s->fd);
    return failed ? store_fail_system(s, failed, "sync", s->last.file) : 0;
}

static int open_last(struct store *s)
{
    struct text name = { 0 };

    segment_put_name(&name, s->path, s->last.file);
    s->fd = name.failed ? -ENOMEM : s->io->open(s->io->self, name.s, O_RDWR, 0);
    text_fini(&name);
    return s->fd < 0 ? store_fail_system(s, s->fd, "open", s->last.file) : 0;
}

static int repair_last(struct store *s)
{
    struct text bytes = { 0 };
    ssize_t got = segment_load(s->io, s->path, s->last.file, 0, &bytes, NULL);
    int failed;

    if (got < (ssize_t)s->end)
        failed = store_fail_system(s, got < 0 ? (int)got : -EIO, "read", s->last.file);
    else
        failed = open_last(s);
    if (!failed)
        failed = rewrite(s, &bytes);
    text_fini(&bytes);
    return failed;
}

int recover_repair(struct store *s)
{
    int failed = s->last.number ? repair_last(s) : 0;

    if (failed)
        return failed;
    failed = s->io->sync_dir(s->io->self, s->path);
    return failed ? store_fail_system(s, failed, "sync the store", 0) : 0;
}
