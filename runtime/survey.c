/* survey.c: a store looked at whole: the reader's guide over what is damaged (survey.h). */
#include "survey.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 3 /* a live writer may be caught in the middle */ };

/* ---- findings ---- */

int survey_note(struct survey *v, const struct survey_finding *f)
{
    struct survey_finding copy = *f;

    copy.why = arena_dup(&v->arena, f->why, strlen(f->why));
    if (!f->name || !copy.why || list_push(&v->findings, copy) < 0)
        v->failed = -ENOMEM;
    return v->failed;
}

const char *survey_name(struct survey *v, unsigned file)
{
    return file ? arena_printf(&v->arena, "journal-%08u", file) : "";
}

int survey_concerns(const struct survey_finding *f, const struct survey_run *r)
{
    if (f->run)
        return f->run == r->run->number;
    return r->run->state == JOURNAL_BEGIN && f->first && r->basis < f->first;
}

/* ---- before anything is read ---- */

/* Whether a program could open it; heads are only mended when it could not. */
static int can_open(struct survey *v)
{
    struct store *s = NULL;
    int failed = store_open(v->io, v->path, STORE_READONLY, &s, NULL);

    if (!failed)
        store_close(s);
    return !failed;
}

static int begin(struct survey *v)
{
    v->is_begun = 1;
    v->is_sound = can_open(v);
    return survey_heads(v);
}

/* ---- what the reader asks ---- */

static struct survey_file *find_file(struct survey *v, unsigned file)
{
    for (size_t i = 0; i < v->files.n; i++)
        if (v->files.at[i].file == file)
            return &v->files.at[i];
    return NULL;
}

size_t survey_offset(const struct survey *v, const struct record *r)
{
    return (size_t)((const char *)r->body - v->bytes) - RECORD_HEAD;
}

int survey_void(struct survey *v, const struct record *r, unsigned long long run, const char *why)
{
    char *key = arena_dup(&v->arena, &r->sequence, sizeof r->sequence);
    size_t at = survey_offset(v, r);

    if (!key || map_put(&v->voided, key, sizeof r->sequence, key) < 0)
        v->failed = -ENOMEM;
    return survey_note(v, &(struct survey_finding){ .name = survey_name(v, v->reading->file),
                                                    .at = at,
                                                    .end = at + r->size,
                                                    .why = why,
                                                    .first = r->sequence,
                                                    .last = r->sequence,
                                                    .run = run });
}

/* A record of a run whose beginning was lost: it is told of with its like. */
static int is_stray(const struct store *s, const struct record *r)
{
    struct entry e;

    return entry_skim(r, &e) == 0 && e.kind != JOURNAL_BEGIN && e.kind != JOURNAL_BASE
           && e.kind != JOURNAL_PROGRAM && e.run < e.sequence && !store_find_number(s, e.run);
}

static struct survey *survey_of(const struct store *s)
{
    return (struct survey *)s->survey;
}

static int notice(struct store *s, unsigned file, size_t at, const struct record *r,
                  const char *why)
{
    struct survey *v = survey_of(s);
    const struct survey_file *f = find_file(v, file);
    struct survey_finding finding = { .name = survey_name(v, file), .at = at, .why = why };

    if (v->is_read)
        return 0;
    if (r)
        return is_stray(s, r) ? 0 : survey_void(v, r, 0, why);
    if (f && f->head.first > s->next) {
        finding.first = s->next;
        finding.last = f->head.first - 1;
    }
    return survey_note(v, &finding);
}

/* What stands in the file, with the head it should have; its size is what that says. */
static ssize_t load(struct store *s, unsigned file, size_t n, struct text *ret,
                    unsigned long long *ret_size)
{
    struct survey *v = survey_of(s);
    const struct survey_file *f;
    unsigned long long size = 0, whole;
    ssize_t got;

    if (!v->is_begun && (got = begin(v)) < 0)
        return got;
    f = find_file(v, file);
    got = f ? survey_load(v, file, n, ret, &size, &v->is_partial) : -ENOENT;
    if (got < 0)
        return got;
    whole = f->head.number && f->head.size > size ? f->head.size : size;
    for (size_t i = 0; i < v->mends.n; i++)
        if (v->mends.at[i].file == file && v->mends.at[i].at < ret->n)
            ret->s[v->mends.at[i].at] = v->mends.at[i].byte;
    if (f->head.number && !v->is_foreign && ret->n >= SEGMENT_HEAD)
        segment_write_head((unsigned char *)ret->s, &f->head);
    else if (f->is_aside)
        text_clear(ret);
    if (v->is_partial && !n && !v->is_read)
        survey_note(v, &(struct survey_finding){ .name = survey_name(v, file),
                                                 .why = "the disk cannot read all of the file",
                                                 .is_mended = 1 });
    v->is_partial |= size < whole;
    v->reading = f;
    v->bytes = ret->s;
    if (ret_size)
        *ret_size = f->is_aside ? 0 : whole;
    return (ssize_t)ret->n;
}

static int is_void(const struct store *s, unsigned long long sequence)
{
    return map_get(&survey_of(s)->voided, (const char *)&sequence, sizeof sequence) != NULL;
}

/* ---- over the damage ---- */

/* Records that are not there any more, in the file read last. */
static void note_lost(struct survey *v, size_t at, size_t end, unsigned long long first,
                      unsigned long long last, const char *why)
{
    if (!v->is_read)
        survey_note(v, &(struct survey_finding){ .name = survey_name(v, v->reading->file),
                                                 .at = at,
                                                 .end = end,
                                                 .why = why,
                                                 .first = first,
                                                 .last = last });
}

/* The sequence the next segment begins with, or 0 when this is the last. */
static unsigned long long limit_of(const struct store *s, const struct segment *segment)
{
    for (size_t i = 0; i + 1 < s->segments.n; i++)
        if (s->segments.at[i].number == segment->number)
            return s->segments.at[i + 1].first;
    return 0;
}

/* The next place behind the tail where a record stands that may follow; 0 when there is none. */
static size_t find_next(const struct text *bytes, size_t at, unsigned number,
                        unsigned long long sequence, unsigned long long limit, struct record *ret)
{
    unsigned long long budget = 64ull * bytes->n;

    for (at += RECORD_ALIGN; at + RECORD_HEAD <= bytes->n; at += RECORD_ALIGN) {
        size_t n = record_read_word((const unsigned char *)bytes->s + at + 8, 4);

        if (!segment_may_follow(bytes, at, sequence + 1) || n > budget)
            continue;
        budget -= n;
        if (record_read((const unsigned char *)bytes->s + at, bytes->n - at, number, ret)
            && ret->sequence > sequence && (!limit || ret->sequence < limit))
            return at;
    }
    return 0;
}

/* Something behind the tail looks as if it wanted to be a record. */
static int is_torn(const struct text *bytes, size_t tail, unsigned long long sequence)
{
    for (size_t at = tail; at + RECORD_HEAD <= bytes->n; at += RECORD_ALIGN)
        if (segment_may_follow(bytes, at, sequence))
            return 1;
    return 0;
}

static int is_zero(const struct text *bytes, size_t at, unsigned long long end)
{
    for (; at < end && at < bytes->n; at++)
        if (bytes->s[at])
            return 0;
    return 1;
}

/* The end of the last segment, as far as anybody can tell. */
static size_t end_last(struct survey *v, const struct text *bytes, size_t tail,
                       unsigned long long sequence)
{
    if (v->is_partial && (tail >= v->reading->size || !is_zero(bytes, tail, v->reading->size)))
        note_lost(v, tail, 0, sequence, ~0ull, "the end of the journal may be missing");
    if (!v->torn_at && is_torn(bytes, tail, sequence))
        v->torn_at = tail;
    return 0;
}

static int mend(struct survey *v, const struct segment *segment, struct text *bytes, size_t tail,
                unsigned long long sequence)
{
    size_t at = v->is_read ? 0 : survey_mend_record(bytes, tail, segment->number, sequence);
    const struct survey_mend m = { segment->file, at, bytes->s[at] };

    if (!at)
        return 0;
    if (list_push(&v->mends, m) < 0)
        v->failed = -ENOMEM;
    survey_note(v, &(struct survey_finding){ .name = survey_name(v, segment->file),
                                             .at = at,
                                             .end = at + 1,
                                             .why = "a byte of a record was changed",
                                             .is_mended = 1 });
    return 1;
}

static size_t skip(struct store *s, const struct segment *segment, struct text *bytes, size_t tail,
                   unsigned long long *sequence)
{
    struct survey *v = survey_of(s);
    unsigned long long limit = limit_of(s, segment), first = *sequence;
    struct record r;
    size_t at;

    if (limit && first >= limit)
        return 0;
    if (mend(v, segment, bytes, tail, first))
        return tail;
    if (!limit && !segment_proves_loss(bytes, segment->number, tail, first))
        return end_last(v, bytes, tail, first);
    at = find_next(bytes, tail, segment->number, first, limit, &r);
    *sequence = at ? r.sequence : limit ? limit : first;
    note_lost(v, tail, at, first, *sequence > first ? *sequence - 1 : ~0ull,
              "records cannot be read");
    return at;
}

/* ---- all of it ---- */

static int read_store(struct survey *v, unsigned flags, struct text *why)
{
    int failed = store_open_survey(v->io, v->path, flags, &v->hooks, &v->store, why);

    v->is_read = 1;
    if (!failed)
        failed = survey_look(v);
    return failed ? failed : v->failed;
}

int survey_open(struct survey *v, const struct kiln_io *io, const char *path, unsigned flags,
                struct text *why)
{
    int failed = 0;

    *v = (struct survey){ 0 };
    for (int tries = flags & STORE_READONLY ? TRIES : 1; tries; tries--) {
        survey_fini(v);
        *v = (struct survey){
            .hooks = { notice, load, skip, is_void }, .io = io, .path = path, .is_begun = 0
        };
        text_clear(why);
        failed = read_store(v, flags, why);
        if (!failed && !v->findings.n)
            break;
    }
    if (failed && !why->n)
        text_puts(why,
                  v->store && *store_error(v->store) ? store_error(v->store) : strerror(-failed));
    return failed;
}

void survey_fini(struct survey *v)
{
    store_close(v->store);
    list_fini(&v->files);
    list_fini(&v->findings);
    map_fini(&v->voided);
    list_fini(&v->mends);
    list_fini(&v->segments);
    list_fini(&v->runs);
    arena_fini(&v->arena);
    v->store = NULL;
}
