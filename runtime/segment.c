/* segment.c: making, reading and walking the files of a store (spec/JOURNAL.md 3 and 5). */
#include "segment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { FILL_CHUNK = 1 << 20, HEAD_SUM = 48 /* what stands before it is summed */ };

static const char magic[8] = { 'K', 'I', 'L', 'N', 'J', 'R', 'N', 'L' };
static const char prefix[] = "journal-";

void segment_put_name(struct text *t, const char *dir, unsigned file)
{
    text_printf(t, "%s/%s%08u", dir, prefix, file);
}

unsigned segment_file(const char *name)
{
    unsigned file = 0;

    if (strncmp(name, prefix, sizeof prefix - 1) || strlen(name) != sizeof prefix - 1 + 8)
        return 0;
    for (const char *p = name + sizeof prefix - 1; *p; p++) {
        if (*p < '0' || *p > '9')
            return 0;
        file = 10 * file + (unsigned)(*p - '0');
    }
    return file;
}

/* ---- heads ---- */

int segment_read_head(const unsigned char *bytes, size_t n, struct segment *ret)
{
    struct segment s = { 0 };

    if (n < SEGMENT_HEAD || memcmp(bytes, magic, sizeof magic))
        return -EUCLEAN;
    s.format = (unsigned)record_read_word(bytes + 8, 4);
    s.number = (unsigned)record_read_word(bytes + 12, 4);
    s.store = record_read_word(bytes + 16, 8);
    s.first = record_read_word(bytes + 24, 8);
    s.size = record_read_word(bytes + 32, 8);
    if (s.format && s.format != SEGMENT_FORMAT) {
        ret->format = s.format;
        return -ENOTSUP;
    }
    s.oldest = (unsigned)record_read_word(bytes + 40, 8);
    if (record_read_word(bytes + HEAD_SUM, 8) != record_checksum(bytes, HEAD_SUM, 0) || !s.format
        || !s.number || !s.oldest || s.oldest > s.number)
        return -EUCLEAN;
    *ret = s;
    return 0;
}

int segment_may_be_begun(const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n && i < sizeof magic; i++)
        if (bytes[i] && bytes[i] != (unsigned char)magic[i])
            return 0;
    return 1;
}

void segment_write_head(unsigned char bytes[SEGMENT_HEAD], const struct segment *s)
{
    memset(bytes, 0, SEGMENT_HEAD);
    memcpy(bytes, magic, sizeof magic);
    record_write_word(bytes + 8, SEGMENT_FORMAT, 4);
    record_write_word(bytes + 12, s->number, 4);
    record_write_word(bytes + 16, s->store, 8);
    record_write_word(bytes + 24, s->first, 8);
    record_write_word(bytes + 32, s->size, 8);
    record_write_word(bytes + 40, s->oldest, 8);
    record_write_word(bytes + HEAD_SUM, record_checksum(bytes, HEAD_SUM, 0), 8);
}

/* ---- files ---- */

static int write_all(const struct kiln_io *io, int fd, const void *bytes, size_t n, off_t at)
{
    ssize_t done = io->pwrite(io->self, fd, bytes, n, at);

    return done < 0 ? (int)done : (size_t)done == n ? 0 : -EIO;
}

static int fill(const struct kiln_io *io, int fd, unsigned long long size)
{
    size_t chunk = size < FILL_CHUNK ? (size_t)size : FILL_CHUNK;
    char *zeros = calloc(1, chunk);
    int failed = zeros ? io->truncate(io->self, fd, 0) : -ENOMEM;

    for (unsigned long long at = 0; !failed && at < size; at += chunk) {
        unsigned long long left = size - at;

        failed = write_all(io, fd, zeros, left < chunk ? (size_t)left : chunk, (off_t)at);
    }
    free(zeros);
    return failed;
}

/* The head goes in last: a file with a good head is a file that was filled. One that has its size
 * was filled before: what stands in it was signed for another number. */
static int fill_and_head(const struct kiln_io *io, int fd, const struct segment *s)
{
    unsigned char head[SEGMENT_HEAD];
    off_t size = io->size(io->self, fd);
    int failed = size == (off_t)s->size ? 0 : fill(io, fd, s->size);

    segment_write_head(head, s);
    if (!failed)
        failed = write_all(io, fd, head, sizeof head, 0);
    return failed ? failed : io->sync(io->self, fd);
}

int segment_make(const struct kiln_io *io, const char *dir, const struct segment *s)
{
    struct text name = { 0 };
    int fd, failed;

    segment_put_name(&name, dir, s->file);
    fd = name.failed ? -ENOMEM : io->open(io->self, name.s, O_RDWR | O_CREAT, 0666);
    text_fini(&name);
    if (fd < 0)
        return fd;
    failed = fill_and_head(io, fd, s);
    if (!failed)
        failed = io->sync_dir(io->self, dir);
    if (failed)
        io->close(io->self, fd);
    return failed ? failed : fd;
}

static int open_file(const struct kiln_io *io, const char *dir, unsigned file, int flags)
{
    struct text name = { 0 };
    int fd;

    segment_put_name(&name, dir, file);
    fd = name.failed ? -ENOMEM : io->open(io->self, name.s, flags, 0);
    text_fini(&name);
    return fd;
}

int segment_empty(const struct kiln_io *io, const char *dir, unsigned file)
{
    int fd = open_file(io, dir, file, O_RDWR), failed;

    if (fd < 0)
        return fd;
    failed = io->truncate(io->self, fd, 0);
    io->close(io->self, fd);
    return failed;
}

static ssize_t load(const struct kiln_io *io, int fd, unsigned long long at, size_t n,
                    struct text *ret)
{
    ssize_t got;

    text_clear(ret);
    if (!n)
        return 0;
    if (!text_reserve(ret, n))
        return -ENOMEM;
    got = io->pread(io->self, fd, ret->s, n, (off_t)at);
    if (got > 0)
        ret->n = (size_t)got;
    return got;
}

ssize_t segment_load_part(const struct kiln_io *io, const char *dir, unsigned file,
                          unsigned long long at, size_t n, struct text *ret)
{
    int fd = open_file(io, dir, file, O_RDONLY);
    ssize_t got;

    if (fd < 0)
        return fd;
    got = load(io, fd, at, n, ret);
    io->close(io->self, fd);
    return got;
}

ssize_t segment_load(const struct kiln_io *io, const char *dir, unsigned file, size_t n,
                     struct text *ret, unsigned long long *ret_size)
{
    int fd = open_file(io, dir, file, O_RDONLY);
    ssize_t got;
    off_t size;

    if (fd < 0)
        return fd;
    size = io->size(io->self, fd);
    got = size < 0 ? size : load(io, fd, 0, n && n < (size_t)size ? n : (size_t)size, ret);
    io->close(io->self, fd);
    if (got >= 0 && ret_size)
        *ret_size = (unsigned long long)size;
    return got;
}

/* ---- records ---- */

ssize_t segment_walk(const struct text *bytes, size_t at, unsigned number,
                     unsigned long long *sequence, segment_visit *visit, void *ctx)
{
    const unsigned char *base = (const unsigned char *)bytes->s;
    struct record r;
    int failed;

    for (; at < bytes->n; at += r.size) {
        if (!record_read(base + at, bytes->n - at, number, &r) || r.sequence != *sequence)
            break;
        r.at = at;
        if (visit && (failed = visit(ctx, number, &r)))
            return failed < 0 ? failed : (ssize_t)at;
        ++*sequence;
    }
    return (ssize_t)at;
}

int segment_may_follow(const struct text *bytes, size_t at, unsigned long long sequence)
{
    const unsigned char *p = (const unsigned char *)bytes->s + at;

    return p[12] && record_read_word(p + 8, 4) <= bytes->n - at
           && record_read_word(p + 16, 8) >= sequence;
}

/* Cheap questions first: the checksum of a hostile length at every offset would take for ever, so
 * what it may cost is bounded, and a file that exceeds it counts as damaged. */
int segment_proves_loss(const struct text *bytes, unsigned number, size_t at,
                        unsigned long long sequence)
{
    const unsigned char *base = (const unsigned char *)bytes->s;
    unsigned long long budget = 64ull * bytes->n;
    struct record r;

    for (at += RECORD_ALIGN; at + RECORD_HEAD <= bytes->n; at += RECORD_ALIGN) {
        size_t n = record_read_word(base + at + 8, 4);

        if (!segment_may_follow(bytes, at, sequence + 1))
            continue;
        if (n > budget)
            return 1;
        budget -= n;
        if (record_read(base + at, bytes->n - at, number, &r) && r.sequence - r.position > sequence)
            return 1;
    }
    return 0;
}
