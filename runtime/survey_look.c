/* survey_look.c: a second look at every record and message, for what the reader does not ask:
 * whether their values can be read, whose they are, and which runs may miss some (survey.h).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inbox.h"
#include "survey.h"

struct look {
    struct survey *survey;
    struct survey_segment segment;
    struct map by_number; /* struct survey_run */
    struct map strays;    /* runs nobody knows: number -> struct stray */
};

/* Records of a run without a beginning. */
struct stray {
    unsigned long long run, records, first;
    int has_ended;
};

static int decode(const struct entry *e)
{
    kiln_value v, scratch;
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    failed = entry_values(&h, e, &v, &scratch);
    heap_fini(&h);
    return failed;
}

/* All of an entry can be read, and of those within. */
static int is_readable(const struct entry *e)
{
    struct record_cursor c = e->values;
    struct entry within;
    int more;

    if (e->kind != JOURNAL_BASE)
        return decode(e) == 0;
    while ((more = entry_next(e, &c, &within)) > 0)
        if (within.kind != JOURNAL_STATE && decode(&within) < 0)
            return 0;
    return !more;
}

static int note_stray(struct look *l, const struct entry *e)
{
    struct stray *stray = map_get(&l->strays, (const char *)&e->run, sizeof e->run);

    if (!stray) {
        stray = arena_zalloc(&l->survey->arena, sizeof *stray);
        if (!stray)
            return -ENOMEM;
        stray->run = e->run;
        stray->first = e->sequence;
        if (map_put(&l->strays, (const char *)&stray->run, sizeof stray->run, stray) < 0)
            return -ENOMEM;
    }
    stray->records++;
    stray->has_ended |= entry_is_end(e);
    return 0;
}

static int look_at(void *ctx, unsigned segment, const struct record *r)
{
    struct look *l = ctx;
    struct survey_run *run;
    struct entry e;

    (void)segment;
    l->segment.first = l->segment.records++ ? l->segment.first : r->sequence;
    l->segment.last = r->sequence;
    l->segment.used = survey_offset(l->survey, r) + r->size;
    if (l->survey->hooks.is_void(l->survey->store, r->sequence))
        return 0;
    if (entry_read(r, &e) < 0)
        return survey_void(l->survey, r, 0, "the record makes no sense");
    if (e.kind == JOURNAL_PROGRAM) /* of no run */
        return 0;
    run = map_get(&l->by_number, (const char *)&e.run, sizeof e.run);
    if (!is_readable(&e))
        return survey_void(l->survey, r, e.run, "the values of the record make no sense");
    if (!run)
        return note_stray(l, &e);
    if (e.kind == JOURNAL_BEGIN || e.kind == JOURNAL_BASE)
        run->basis = r->sequence;
    return 0;
}

/* What is left of runs that were forgotten ends, and began before all that counts; any other lost
 * its beginning. */
static int note_strays(struct look *l)
{
    const struct store *store = l->survey->store;
    int failed = 0;

    for (size_t i = 0; !failed && i < l->strays.n; i++) {
        const struct stray *s = l->strays.at[i].value;
        char why[96];

        if (s->has_ended && s->run < store->segments.at[0].first)
            continue;
        text_fit(why, sizeof why,
                 "run number %llu lost its beginning and its id, with %llu records", s->run,
                 s->records);
        failed = survey_note(l->survey,
                             &(struct survey_finding){ .name = "", .why = why, .run = s->run });
    }
    return failed;
}

static int list_runs(struct look *l)
{
    struct survey *v = l->survey;

    for (size_t i = 0; i < v->store->runs.n; i++)
        if (list_push(&v->runs, ((struct survey_run){ .run = v->store->runs.at[i] })) < 0)
            return -ENOMEM;
    for (size_t i = 0; i < v->runs.n; i++) {
        const unsigned long long *number = &v->runs.at[i].run->number;

        if (map_put(&l->by_number, (const char *)number, sizeof *number, &v->runs.at[i]) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* What is lost of nobody knows which run may be of every one that has no base behind it. */
static void find_suspects(struct survey *v, const struct look *l)
{
    unsigned long long behind = 0;

    for (size_t i = 0; i < v->findings.n; i++) {
        const struct survey_finding *f = &v->findings.at[i];
        struct survey_run *run = map_get(&l->by_number, (const char *)&f->run, sizeof f->run);

        if (run)
            run->is_suspect = run->run->state == JOURNAL_BEGIN;
        else if (!f->run && f->first > behind)
            behind = f->first;
    }
    for (size_t i = 0; i < v->runs.n; i++)
        v->runs.at[i].is_suspect |=
            v->runs.at[i].run->state == JOURNAL_BEGIN && v->runs.at[i].basis < behind;
}

static int look_at_records(struct survey *v)
{
    struct look l = { .survey = v };
    struct text bytes = { 0 };
    int failed = list_runs(&l);

    for (size_t i = 0; !failed && i < v->store->segments.n; i++) {
        l.segment =
            (struct survey_segment){ .segment = &v->store->segments.at[i], .used = SEGMENT_HEAD };
        failed = store_read_segment(v->store, l.segment.segment, &bytes, look_at, &l);
        if (!failed && list_push(&v->segments, l.segment) < 0)
            failed = -ENOMEM;
    }
    if (!failed)
        failed = note_strays(&l);
    find_suspects(v, &l);
    text_fini(&bytes);
    map_fini(&l.by_number);
    map_fini(&l.strays);
    return failed;
}

/* ---- the inbox ---- */

static int look_at_message(struct survey *v, const char *name)
{
    struct inbox_message m;
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    failed = inbox_read(v->io, v->path, name, &h, &m);
    heap_fini(&h);
    if (failed == -ENOENT) /* it was taken meanwhile */
        return 0;
    v->messages++;
    return !failed ? 0
                   : survey_note(v, &(struct survey_finding){
                                        .name = arena_printf(&v->arena, "inbox/%s", name),
                                        .why = failed == -ENOTSUP ? "a newer kiln sent the message"
                                               : failed == -EUCLEAN ? "the message is damaged"
                                                                    : strerror(-failed) });
}

static void note_refused(void *ctx, const char *name)
{
    struct survey *v = ctx;

    v->refused += !strncmp(name, "refused-", 8);
}

static int look_at_inbox(struct survey *v)
{
    const char *folder = arena_printf(&v->arena, "%s/inbox", v->path);
    struct inbox_list list = { 0 };
    int failed = folder ? inbox_list(v->io, v->path, &list) : -ENOMEM;

    if (!failed)
        v->io->list_dir(v->io->self, folder, note_refused, v);

    for (size_t i = 0; !failed && i < list.n; i++)
        failed = look_at_message(v, list.at[i]);
    inbox_list_fini(&list);
    return failed;
}

int survey_look(struct survey *v)
{
    int failed = look_at_records(v);

    return failed ? failed : look_at_inbox(v);
}
