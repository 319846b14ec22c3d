/* survey_head.c: which segment a file is when its head does not say, or says what cannot be
 * (survey.h).
 *
 * Every record is signed with the number of its segment. So a file whose head is gone still tells
 * which segment it was: the missing one under whose number its first record is true.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "survey.h"

enum { PIECE = 4096, NUMBERS_MOST = 1 << 16 };

/* ---- files as far as they can be read ---- */

static ssize_t read_pieces(const struct kiln_io *io, int fd, char *to, size_t n, int *ret_bad)
{
    ssize_t got;

    for (size_t at = 0; at < n; at += (size_t)got) {
        size_t most = n - at < PIECE ? n - at : PIECE;

        got = io->pread(io->self, fd, to + at, most, (off_t)at);
        if (!got)
            return (ssize_t)at;
        if (got != -EIO && got < 0)
            return got;
        if (got == -EIO) {
            memset(to + at, 0, most);
            got = (ssize_t)most;
            *ret_bad = 1;
        }
    }
    return (ssize_t)n;
}

static ssize_t load_open(struct survey *v, int fd, size_t n, struct text *ret,
                         unsigned long long *ret_size, int *ret_bad)
{
    off_t size = v->io->size(v->io->self, fd);
    ssize_t got;

    if (size < 0)
        return size;
    if (!n || n > (size_t)size)
        n = (size_t)size;
    text_clear(ret);
    if (n && !text_reserve(ret, n))
        return -ENOMEM;
    got = n ? read_pieces(v->io, fd, ret->s, n, ret_bad) : 0;
    if (got > 0)
        ret->n = (size_t)got;
    *ret_size = (unsigned long long)size;
    return got;
}

ssize_t survey_load(struct survey *v, unsigned file, size_t n, struct text *ret,
                    unsigned long long *ret_size, int *ret_bad)
{
    struct text name = { 0 };
    ssize_t got;
    int fd;

    *ret_bad = 0;
    segment_put_name(&name, v->path, file);
    fd = name.failed ? -ENOMEM : v->io->open(v->io->self, name.s, 0, 0);
    text_fini(&name);
    if (fd < 0)
        return fd;
    got = load_open(v, fd, n, ret, ret_size, ret_bad);
    v->io->close(v->io->self, fd);
    return got;
}

/* ---- heads ---- */

static int note_at(struct survey *v, const struct survey_file *f, size_t at, int is_mended,
                   const char *why)
{
    return survey_note(v, &(struct survey_finding){ .name = survey_name(v, f->file),
                                                    .at = at,
                                                    .end = at + 1,
                                                    .why = why,
                                                    .is_mended = is_mended });
}

static int read_head(struct survey *v, struct survey_file *f, struct text *bytes)
{
    int bad, failed;
    ssize_t got = survey_load(v, f->file, SEGMENT_HEAD, bytes, &f->size, &bad);
    size_t at;

    if (got < 0)
        return (int)got;
    failed = segment_read_head((const unsigned char *)bytes->s, bytes->n, &f->head);
    f->is_strange = failed == -ENOTSUP
                    || (failed && !segment_may_be_begun((const unsigned char *)bytes->s, bytes->n));
    if (failed && !v->is_sound && (at = survey_mend_head(bytes))) {
        segment_read_head((const unsigned char *)bytes->s, bytes->n, &f->head);
        return note_at(v, f, at % SEGMENT_HEAD, 1, "a byte of the head was changed");
    }
    if (failed)
        f->head = (struct segment){ 0 };
    v->is_foreign |= failed == -ENOTSUP;
    return 0;
}

/* ---- whose ---- */

/* The store most of the files belong to. */
static unsigned long long find_store(const struct survey *v)
{
    unsigned long long best = 0;
    size_t most = 0;

    for (size_t i = 0; i < v->files.n; i++) {
        size_t n = 0;

        for (size_t k = 0; k < v->files.n; k++)
            n += v->files.at[k].head.number
                 && v->files.at[k].head.store == v->files.at[i].head.store;
        if (v->files.at[i].head.number && n > most) {
            most = n;
            best = v->files.at[i].head.store;
        }
    }
    return best;
}

static struct survey_file *find_number(struct survey *v, unsigned number)
{
    for (size_t i = 0; i < v->files.n; i++)
        if (v->files.at[i].head.number == number)
            return &v->files.at[i];
    return NULL;
}

static int set_aside(struct survey *v, struct survey_file *f, size_t at, const char *why)
{
    f->head.number = 0;
    f->is_aside = 1;
    return note_at(v, f, at, 0, why);
}

static int drop_strangers(struct survey *v)
{
    unsigned long long store = find_store(v);
    int failed = 0;

    for (size_t i = 0; !failed && i < v->files.n; i++) {
        struct survey_file *f = &v->files.at[i];

        if (f->head.number && f->head.store != store)
            failed = set_aside(v, f, 16, "the segment belongs to another store");
        else if (f->head.number && find_number(v, f->head.number) != f)
            failed = set_aside(v, f, 12, "there is another file that is the same segment");
    }
    return failed;
}

/* ---- heads that are gone ---- */

static int has_record(const struct text *bytes, size_t at, unsigned number, struct record *ret)
{
    return at < bytes->n
           && record_read((const unsigned char *)bytes->s + at, bytes->n - at, number, ret);
}

/* The first record signed with the number: at the beginning, where one try is enough, or, when
 * `all`, anywhere. */
static int find_record(const struct text *bytes, unsigned number, int all, struct record *ret)
{
    unsigned long long budget = 64ull * bytes->n;

    for (size_t at = SEGMENT_HEAD; at + RECORD_HEAD <= bytes->n; at += RECORD_ALIGN) {
        size_t n = record_read_word((const unsigned char *)bytes->s + at + 8, 4);

        if (n <= bytes->n && n <= budget) {
            budget -= n;
            if (has_record(bytes, at, number, ret))
                return 1;
        }
        if (!all)
            return 0;
    }
    return 0;
}

static const struct segment *newest(const struct survey *v)
{
    const struct segment *best = NULL;

    for (size_t i = 0; i < v->files.n; i++)
        if (v->files.at[i].head.number && (!best || v->files.at[i].head.number > best->number))
            best = &v->files.at[i].head;
    return best;
}

/* Tries the numbers that are missing among those that count, and the one behind them. */
static unsigned guess_number(struct survey *v, const struct text *bytes, struct record *ret)
{
    const struct segment *last = newest(v);
    unsigned from = last ? last->oldest : 1, to = last ? last->number + 1 : NUMBERS_MOST;

    for (int all = 0; all < (last ? 2 : 1); all++)
        for (unsigned number = from; number && number <= to; number++)
            if (!find_number(v, number) && find_record(bytes, number, all, ret))
                return number;
    return 0;
}

/* Says what the head must have said, as far as reading needs it. */
static int identify(struct survey *v, struct survey_file *f, struct text *bytes)
{
    const struct segment *last;
    unsigned long long size;
    struct record r;
    unsigned number;
    int bad;
    ssize_t got = survey_load(v, f->file, 0, bytes, &size, &bad);

    if (got < 0)
        return (int)got;
    number = guess_number(v, bytes, &r);
    if (!number)
        return f->is_strange ? set_aside(v, f, 0, "the file is no segment of this store") : 0;
    last = newest(v);
    f->head = (struct segment){ .number = number,
                                .oldest = last ? last->oldest : 1,
                                .store = last ? last->store : 1,
                                .first = r.sequence,
                                .size = f->size };
    return note_at(v, f, 0, 1, "the head is gone; the records tell which segment it is");
}

/* ---- all ---- */

struct listing {
    struct survey *survey;
    int failed;
};

static void note_file(void *ctx, const char *name)
{
    struct listing *l = ctx;
    struct survey_file f = { .file = segment_file(name) };

    if (f.file && list_push(&l->survey->files, f) < 0)
        l->failed = -ENOMEM;
}

static int by_file(const void *a, const void *b)
{
    const struct survey_file *x = a, *y = b;

    return (x->file > y->file) - (x->file < y->file);
}

static int read_heads(struct survey *v, struct text *bytes)
{
    struct listing l = { .survey = v };
    int failed = v->io->list_dir(v->io->self, v->path, note_file, &l);

    if (!failed)
        failed = l.failed;
    if (v->files.n)
        qsort(v->files.at, v->files.n, sizeof *v->files.at, by_file);
    for (size_t i = 0; !failed && i < v->files.n; i++)
        failed = read_head(v, &v->files.at[i], bytes);
    return failed;
}

int survey_heads(struct survey *v)
{
    struct text bytes = { 0 };
    int failed = read_heads(v, &bytes), is_clear;

    v->is_foreign &= !newest(v);
    is_clear = v->is_sound || v->is_foreign;
    if (!failed && !is_clear)
        failed = drop_strangers(v);
    for (size_t i = 0; !failed && !is_clear && i < v->files.n; i++) {
        struct survey_file *f = &v->files.at[i];

        if (f->head.number && f->size < f->head.size)
            failed = note_at(v, f, (size_t)f->size, 1, "the end of the file is missing");
        else if (!f->head.number && !f->is_aside && (f->is_strange || f->size > SEGMENT_HEAD))
            failed = identify(v, f, &bytes);
    }
    text_fini(&bytes);
    return failed;
}
