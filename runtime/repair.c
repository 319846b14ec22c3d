/* repair.c: a damaged store is written again (repair.h, spec/JOURNAL.md 10).
 *
 * New segments hold one base of every run and nothing else. They are written under names no reader
 * looks at; the head of the last says that nothing before them counts, and so its new name is the
 * moment from which the store is the repaired one. Before that all files were copied, so that
 * nothing is lost that somebody could still make sense of.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "repair_writer.h"

/* ---- what a damaged run is told of ---- */

/* "journal-00000001, byte 123: records cannot be read (7 to 9); ..." */
static void put_reasons(struct text *t, const struct survey *v, const struct survey_run *run)
{
    for (size_t i = 0; i < v->findings.n; i++) {
        const struct survey_finding *f = &v->findings.at[i];

        if (!survey_concerns(f, run))
            continue;
        text_printf(t, "%s%s%sbyte %zu: %s", t->n ? "; " : "", f->name, *f->name ? ", " : "", f->at,
                    f->why);
        if (f->first && f->last == ~0ull)
            text_printf(t, " (from %llu on)", f->first);
        else if (f->first)
            text_printf(t, " (%llu to %llu)", f->first, f->last);
    }
    if (!t->n)
        text_puts(t, "records were lost earlier");
}

static int make_error(kiln_heap *h, const struct text *why, kiln_value *ret)
{
    kiln_value message,
        pairs[6] = { value_static("code"), value_static("STORE_DAMAGED"), value_static("category"),
                     value_static("permanent"), value_static("message") };

    if (value_string(h, &message, text_cstr(why), why->n) < 0)
        return -1;
    pairs[5] = message;
    return kiln_object(h, ret, pairs, 3);
}

/* An entry of the run about its damage: that it is damaged, or that this ended it. */
static int put_mark(struct repair_writer *w, const struct survey_run *run, enum journal_kind kind,
                    struct text *entries)
{
    const struct journal_place root = { 0 };
    struct entry e = { .kind = kind, .sequence = w->sequence };
    struct text why = { 0 }, body = { 0 };
    kiln_value error;
    kiln_heap h;
    int failed = -ENOMEM;

    heap_init(&h, 1);
    put_reasons(&why, w->survey, run);
    if (!why.failed && make_error(&h, &why, &error) == 0) {
        entry_put(&body, run->run->number, run->run->last_ms - run->run->began_ms, &root,
                  &(struct entry_content){ .v = &error });
        e.body = (const unsigned char *)body.s;
        e.n_body = body.n;
        entry_put_within(entries, &e);
        failed = body.failed || entries->failed ? -ENOMEM : 0;
    }
    heap_fini(&h);
    text_fini(&why);
    text_fini(&body);
    return failed;
}

/* ---- the new segments ---- */

static void put_new_name(struct text *t, unsigned i)
{
    text_printf(t, REPAIR_PREFIX "%08u", i);
}

static int begin_segment(struct repair_writer *w)
{
    w->segment.number++;
    w->segment.file++;
    w->segment.first = w->sequence;
    text_clear(&w->bytes);
    return text_reserve(&w->bytes, SEGMENT_HEAD) ? (w->bytes.n = SEGMENT_HEAD, 0) : -ENOMEM;
}

/* Only the head of the last says that what was before does not count. */
static int end_segment(struct repair_writer *w, int is_last)
{
    unsigned first = w->segment.number - w->result->segments;
    struct text name = { 0 };
    int failed;

    w->segment.size = w->bytes.n;
    if (is_last)
        w->segment.oldest = first;
    segment_write_head((unsigned char *)w->bytes.s, &w->segment);
    record_sign((unsigned char *)w->bytes.s + SEGMENT_HEAD, w->bytes.n - SEGMENT_HEAD,
                w->segment.number);
    put_new_name(&name, w->result->segments++);
    failed = repair_write_file(w, text_cstr(&name), &w->bytes);
    text_fini(&name);
    return failed;
}

/* Each base is a commit of its own: all of them are durable before any of them counts. */
static int put_base(struct repair_writer *w, const struct store_run *run,
                    const struct text *entries)
{
    struct entry e = store_base_of(run, run->last_ms, run->due);
    struct record r = { .kind = JOURNAL_BASE, .sequence = w->sequence };
    size_t at = record_open(&w->bytes);

    entry_put_base(&w->bytes, &e);
    text_put(&w->bytes, text_cstr(entries), entries->n);
    if (record_seal(&w->bytes, at, &r) < 0)
        return -ENOMEM;
    w->sequence++;
    return 0;
}

/* It has ended, and the record that says how makes no sense. */
static int has_lost_end(const struct store_run *run, const struct text *entries)
{
    const struct entry base = { .run = run->number };
    struct record_cursor c = { (const unsigned char *)text_cstr(entries), entries->n, 0 };
    struct entry within;

    if (run->state == JOURNAL_BEGIN)
        return 0;
    while (entry_next(&base, &c, &within) > 0)
        if (entry_is_end(&within))
            return 0;
    return 1;
}

static int put_run(struct store *s, const struct store_run *run, const struct text *entries,
                   void *ctx)
{
    struct repair_writer *w = ctx;
    unsigned unit = s->small ? SEGMENT_SMALL_UNIT : SEGMENT_UNIT;
    const struct survey_run *known;
    struct text mine = { 0 };
    int is_hurt, failed = 0;

    while (w->survey->runs.at[w->at].run != run) /* they come in this order */
        w->at++;
    known = &w->survey->runs.at[w->at];
    is_hurt = run->state == JOURNAL_BEGIN && (known->is_suspect || run->damaged);
    if (w->bytes.n > 4 * unit && (failed = end_segment(w, 0)) == 0)
        failed = begin_segment(w);
    if (is_hurt && w->drop)
        origin_put(&mine, run);
    else
        text_put(&mine, text_cstr(entries), entries->n);
    if (!failed && is_hurt && !w->drop && !run->damaged)
        failed = put_mark(w, known, JOURNAL_DAMAGED, &mine);
    else if (!failed && ((is_hurt && w->drop) || has_lost_end(run, &mine)))
        failed = put_mark(w, known, JOURNAL_ENDED, &mine);
    if (!failed)
        failed = mine.failed ? -ENOMEM : put_base(w, run, &mine);
    text_fini(&mine);
    w->result->runs++;
    w->result->damaged += is_hurt && !w->drop;
    w->result->dropped += is_hurt && w->drop;
    return failed;
}

/* All of them: what is not needed goes with the next cleaning. */
static int put_programs(struct repair_writer *w)
{
    const struct store *s = w->survey->store;

    for (size_t i = 0; i < s->programs.n; i++) {
        const struct store_program *p = &s->programs.at[i];
        struct entry e = { .kind = JOURNAL_PROGRAM,
                           .hash = { p->hash[0], p->hash[1] },
                           .program = p->shape,
                           .n_program = p->n };
        struct record r = { .kind = JOURNAL_PROGRAM, .sequence = w->sequence };
        size_t at = record_open(&w->bytes);

        entry_put_program(&w->bytes, &e);
        if (record_seal(&w->bytes, at, &r) < 0)
            return -ENOMEM;
        w->sequence++;
    }
    return 0;
}

static int write_segments(struct repair_writer *w)
{
    int failed = begin_segment(w);

    if (!failed)
        failed = put_programs(w);
    if (!failed)
        failed = store_carry(w->survey->store, ~0u, put_run, w);
    if (failed == -ENOMEM || (failed && !w->why->n))
        repair_fail(w, failed, "gather the runs of", w->survey->path);
    return failed ? failed : end_segment(w, 1);
}

/* One behind the other; the last when all others are sure to be there. */
static int name_segments(struct repair_writer *w)
{
    const struct kiln_io *io = w->survey->io;
    unsigned n = w->result->segments, file = w->segment.file - n;
    struct text from = { 0 }, to = { 0 };
    int failed = repair_sync_folder(w, "");

    for (unsigned i = 0; !failed && i < n; i++) {
        if (i && i + 1 == n)
            failed = repair_sync_folder(w, "");
        text_clear(&from);
        text_clear(&to);
        text_printf(&from, "%s/", w->survey->path);
        put_new_name(&from, i);
        segment_put_name(&to, w->survey->path, file + 1 + i);
        if (!failed)
            failed = repair_fail(w, io->rename(io->self, text_cstr(&from), text_cstr(&to)), "name",
                                 from.s);
    }
    text_fini(&from);
    text_fini(&to);
    return failed ? failed : repair_sync_folder(w, "");
}

/* ---- all of it ---- */

static void begin(struct repair_writer *w)
{
    const struct survey *v = w->survey;

    w->sequence = v->store->next;
    w->segment.store = v->store->id ? v->store->id : v->io->random(v->io->self);
    w->segment.oldest = v->store->oldest ? v->store->oldest : 1;
    for (size_t i = 0; i < v->files.n; i++) {
        const struct survey_file *f = &v->files.at[i];

        if (f->head.number > w->segment.number)
            w->segment.number = f->head.number;
        if (f->file > w->segment.file)
            w->segment.file = f->file;
    }
}

/* Whether there is more than messages that cannot be read. */
static int is_journal_hurt(const struct survey *v)
{
    for (size_t i = 0; i < v->findings.n; i++)
        if (strncmp(v->findings.at[i].name, "inbox/", 6))
            return 1;
    return 0;
}

static int has_damaged_run(const struct survey *v)
{
    for (size_t i = 0; i < v->runs.n; i++)
        if (v->runs.at[i].run->damaged && v->runs.at[i].run->state == JOURNAL_BEGIN)
            return 1;
    return 0;
}

int repair_is_needed(const struct survey *v, int drop)
{
    return v->findings.n || (drop && has_damaged_run(v));
}

static int write_again(struct repair_writer *w)
{
    int failed;

    begin(w);
    failed = repair_remove_left(w);
    if (!failed)
        failed = repair_copy_all(w);
    if (!failed)
        failed = write_segments(w);
    if (!failed)
        failed = repair_remove_strangers(w);
    if (!failed)
        failed = name_segments(w);
    return failed ? failed : repair_remove_headless(w);
}

int repair_store(struct survey *v, int drop, struct repair *ret, struct text *why)
{
    struct repair_writer w = { .survey = v, .result = ret, .drop = drop, .why = why };
    int failed = 0;

    *ret = (struct repair){ 0 };
    if (is_journal_hurt(v) || (drop && has_damaged_run(v)))
        failed = write_again(&w);
    if (!failed)
        failed = repair_refuse_messages(&w);
    list_fini(&w.left);
    text_fini(&w.bytes);
    return failed;
}

void repair_fini(struct repair *r)
{
    text_fini(&r->aside);
}
