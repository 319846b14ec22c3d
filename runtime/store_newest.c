/* store_newest.c: a run's newest base and what came since (store.h).
 *
 * The table of runs knows where the base stands and which record is the newest. So a run that was
 * parked, of which there is nothing but its base, is read by one pread of the right size; of others
 * the segments are walked from the base to the newest record, and no further.
 */
#include <errno.h>

#include "store.h"

enum { ALONE_MAX = 1 << 20 };

struct reader {
    const struct store_run *run;
    store_visit *visit;
    void *ctx;
    int done; /* the newest has been visited */
};

/* Ends the walk with the newest. */
static int visit_record(void *ctx, unsigned segment, const struct record *r)
{
    struct reader *reader = ctx;
    struct entry e;
    int failed = entry_read(r, &e);

    (void)segment;
    if (!failed && e.run == reader->run->number)
        failed = reader->visit(reader->ctx, &e);
    reader->done = r->sequence == reader->run->newest;
    return failed < 0 ? failed : reader->done;
}

/* All there is may be one record. 0, also when it is not, or a negative answer. */
static int read_alone(struct store *s, const struct segment *segment, struct text *bytes,
                      struct reader *reader)
{
    const struct store_run *run = reader->run;
    struct record r;
    ssize_t got;
    int failed;

    if (run->bytes > ALONE_MAX)
        return 0;
    got = segment_load_part(s->io, s->path, segment->file, run->at, run->bytes, bytes);
    if (got != (ssize_t)run->bytes
        || !record_read((const unsigned char *)bytes->s, bytes->n, segment->number, &r)
        || r.sequence != run->newest)
        return 0;
    failed = visit_record(reader, segment->number, &r);
    return failed < 0 ? failed : 0;
}

/* The segment in which the base stands. */
static int read_first(struct store *s, const struct segment *segment, struct text *bytes,
                      struct reader *reader)
{
    const struct store_run *run = reader->run;
    int failed = read_alone(s, segment, bytes, reader);
    struct record first;
    ssize_t got;

    if (failed || reader->done)
        return failed;
    got = segment_load(s->io, s->path, segment->file, 0, bytes, NULL);
    if (got < 0)
        return store_fail_system(s, (int)got, "read", segment->file);
    if (run->at + RECORD_HEAD > bytes->n)
        return store_fail(s, -EUCLEAN, "a segment of '%s' has changed meanwhile", s->path);
    record_head((const unsigned char *)bytes->s + run->at, &first);
    got = segment_walk(bytes, run->at, segment->number, &first.sequence, visit_record, reader);
    return got < 0 ? (int)got : 0;
}

int store_each_newest(struct store *s, const struct store_run *run, store_visit *visit, void *ctx)
{
    struct reader reader = { run, visit, ctx, 0 };
    struct text bytes = { 0 };
    int failed = 0;

    if (s->survey || !run->at) /* of what is damaged nothing is taken for granted */
        return store_each(s, run, run->segment, visit, ctx);
    for (size_t i = 0; !failed && !reader.done && i < s->segments.n; i++) {
        const struct segment *segment = &s->segments.at[i];

        if (segment->number == run->segment)
            failed = read_first(s, segment, &bytes, &reader);
        else if (segment->number > run->segment)
            failed = store_read_segment(s, segment, &bytes, visit_record, &reader);
    }
    text_fini(&bytes);
    return failed;
}
