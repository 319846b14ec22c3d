/* recover.c: what is really there (spec/JOURNAL.md 5), and making it safe to go on (6).
 *
 * The one idea: each record says where its commit began, and a commit begins only after the one
 * before it was synced. So a record behind an unreadable one tells whether that one was ever
 * acknowledged - which is the difference between a torn tail and damage.
 */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* A reader beside a live writer may see a segment in the middle of a commit. */
enum { READER_TRIES = 3 };

enum verdict { GOOD, HALF_MADE };

struct found {
    unsigned n, highest;
};

static void note_segment(void *ctx, const char *name)
{
    struct found *f = ctx;
    unsigned number = segment_number(name);

    f->n += number != 0;
    if (number > f->highest)
        f->highest = number;
}

static int damaged(struct store *s, unsigned segment, size_t at, const char *why)
{
    struct text name = { 0 };

    segment_put_name(&name, s->path, segment);
    store_fail(s, -EUCLEAN, "the store is damaged: '%s', byte %zu: %s", text_cstr(&name), at, why);
    text_fini(&name);
    return -EUCLEAN;
}

/* ---- one segment ---- */

static int judge_head(struct store *s, const struct text *bytes, unsigned number,
                      struct segment *head)
{
    int failed = segment_read_head((const unsigned char *)bytes->s, bytes->n, head);

    if (failed == -ENOTSUP)
        return store_fail(s, failed,
                          "the store '%s' has format %u, made by a newer kiln; this one reads "
                          "format %d",
                          s->path, head->format, SEGMENT_FORMAT);
    if (failed)
        return damaged(s, number, 0, "the head of the segment is not readable");
    if (head->number != number || (number > 1 && head->store != s->id))
        return damaged(s, number, 0, "the segment belongs elsewhere");
    if (head->first != s->next)
        return damaged(s, number, 24, "records before this segment are missing");
    if (bytes->n < head->size)
        return damaged(s, number, bytes->n, "the end of the segment is missing");
    return 0;
}

/* Whether the segment holds no record at all: then a bad head is one that was being made. */
static int is_empty(struct store *s, const struct text *bytes, unsigned number)
{
    return !segment_proves_loss(bytes, number, SEGMENT_HEAD - RECORD_ALIGN, s->next - 1);
}

/* A verdict with the tail, or a negative errno. Changes nothing but the error. */
static int judge(struct store *s, const struct text *bytes, unsigned number, int is_last,
                 struct segment *head, size_t *ret_tail)
{
    unsigned long long sequence = s->next;
    int failed = judge_head(s, bytes, number, head);

    if (failed)
        return failed == -EUCLEAN && is_last && is_empty(s, bytes, number) ? HALF_MADE : failed;
    *ret_tail = (size_t)segment_walk(bytes, number, &sequence, NULL, NULL);
    if (is_last && segment_proves_loss(bytes, number, *ret_tail, sequence))
        return damaged(s, number, *ret_tail, "a record that was durable is not readable");
    return GOOD;
}

static int index_record(void *ctx, unsigned segment, const struct record *r)
{
    struct store *s = ctx;
    struct entry e;
    int failed = entry_read(r, &e);

    if (!failed)
        failed = store_index(s, segment, &e);
    if (failed == -ENOTSUP)
        store_fail(s, failed, "the store '%s' holds records of kind %u, written by a newer kiln",
                   s->path, r->kind);
    else if (failed == -ENOMEM)
        store_fail(s, failed, "out of memory");
    else if (failed)
        store_fail(s, failed, "the store is damaged: record %llu of '%s' makes no sense",
                   r->sequence, s->path);
    return failed;
}

static int read_segment(struct store *s, unsigned number, int is_last, struct text *bytes)
{
    struct segment head = { 0 };
    size_t tail = 0;
    ssize_t got;
    int verdict;

    for (int tries = s->readonly ? READER_TRIES : 1; tries; tries--) {
        got = segment_load(s->io, s->path, number, bytes);
        if (got < 0)
            return store_fail_system(s, (int)got, "read", number);
        verdict = judge(s, bytes, number, is_last, &head, &tail);
        if (verdict != -EUCLEAN)
            break;
    }
    if (verdict == HALF_MADE) {
        s->end = s->last.size; /* full: the next commit makes it anew */
        return 0;
    }
    if (verdict < 0)
        return verdict;
    got = segment_walk(bytes, number, &s->next, index_record, s);
    s->last = head;
    s->id = head.store;
    s->end = tail;
    return got < 0 ? (int)got : 0;
}

int recover_read(struct store *s)
{
    struct found found = { 0 };
    struct text bytes = { 0 };
    int failed = s->io->list_dir(s->io->self, s->path, note_segment, &found);

    if (failed)
        return store_fail_system(s, failed, "read the store", 0);
    if (found.n != found.highest)
        return store_fail(s, -EUCLEAN,
                          "the store is damaged: '%s' has %u segments, the last of which is "
                          "number %u",
                          s->path, found.n, found.highest);
    for (unsigned i = 1; !failed && i <= found.highest; i++)
        failed = read_segment(s, i, i == found.highest, &bytes);
    text_fini(&bytes);
    store_sort_runs(s);
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

    segment_walk(bytes, s->last.number, &sequence, note_commit, &begin);
    return begin ? (size_t)(begin - (const unsigned char *)bytes->s) : s->end;
}

static size_t find_last_byte(const struct text *bytes)
{
    size_t n = bytes->n;

    while (n >= 8 && record_read_word((const unsigned char *)bytes->s + n - 8, 8) == 0)
        n -= 8;
    return n;
}

/* Writes the last commit again, and zeros over whatever follows it. */
static int rewrite(struct store *s, struct text *bytes)
{
    size_t from = find_commit(s, bytes), to = find_last_byte(bytes);
    ssize_t put;
    int failed;

    if (to < s->end)
        to = s->end;
    memset(bytes->s + s->end, 0, to - s->end);
    put = s->io->pwrite(s->io->self, s->fd, bytes->s + from, to - from, (off_t)from);
    if (put != (ssize_t)(to - from))
        return store_fail_system(s, put < 0 ? (int)put : -EIO, "write", s->last.number);
    failed = s->io->sync(s->io->self, s->fd);
    return failed ? store_fail_system(s, failed, "sync", s->last.number) : 0;
}

static int open_last(struct store *s)
{
    struct text name = { 0 };

    segment_put_name(&name, s->path, s->last.number);
    s->fd = name.failed ? -ENOMEM : s->io->open(s->io->self, name.s, O_RDWR, 0);
    text_fini(&name);
    return s->fd < 0 ? store_fail_system(s, s->fd, "open", s->last.number) : 0;
}

int recover_repair(struct store *s)
{
    struct text bytes = { 0 };
    ssize_t got;
    int failed;

    if (s->last.number && s->end < s->last.size) {
        got = segment_load(s->io, s->path, s->last.number, &bytes);
        if (got < (ssize_t)s->end)
            failed = store_fail_system(s, got < 0 ? (int)got : -EIO, "read", s->last.number);
        else
            failed = open_last(s);
        if (!failed)
            failed = rewrite(s, &bytes);
        text_fini(&bytes);
        if (failed)
            return failed;
    }
    failed = s->io->sync_dir(s->io->self, s->path);
    return failed ? store_fail_system(s, failed, "sync the store", 0) : 0;
}
