/* fork.c: a run that goes on where another one stood (journal.h).
 *
 * A fork is the journal of the other up to a record, under a new name: one base with the state of
 * then and the records since. So it is there whole or not at all, the program is not needed to make
 * it, and it is resumed like any run. It has its own id, and with it its own idempotency keys; what
 * waited for a time waits for as long as was left then.
 */
#include "journal_run.h"

#include <errno.h>
#include <string.h>

#include "base/alarm.h"

struct fork {
    const struct store_run *from;
    struct store_run run;    /* the new one, of the program that the other was of then */
    unsigned long long last; /* the record it goes on behind */
    int is_there;            /* that record was met */
    int is_old_state;        /* the other has its state from a fork */
    long long then_ms;       /* when the record was written, since the other began */
    struct text entries;
};

/* ---- taking records over ---- */

static int put_body(struct fork *f, const struct entry *e, unsigned long long sequence,
                    const struct text *body)
{
    const struct entry moved = { .kind = e->kind,
                                 .sequence = sequence,
                                 .body = (const unsigned char *)text_cstr(body),
                                 .n_body = body->n };

    entry_put_within(&f->entries, &moved);
    return body->failed || f->entries.failed ? -ENOMEM : 0;
}

static int take_begin(struct fork *f, const struct entry *e)
{
    const kiln_program program = { .name = f->run.program,
                                   .hash = { f->run.hash[0], f->run.hash[1] } };
    struct text body = { 0 };
    kiln_value input, scratch;
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    failed = entry_values(&h, e, &input, &scratch) < 0 ? -EUCLEAN : 0;
    if (!failed) {
        entry_put_begin(&body, f->run.began_ms, f->run.id, &program, &input);
        failed = put_body(f, e, f->run.number, &body);
    }
    text_fini(&body);
    heap_fini(&h);
    return failed;
}

/* Milliseconds from the moment of the record to the beginning of the fork: all that it has of the
 * other happens so much later, as if the one had gone on just now. */
static long long shift_of(const struct fork *f)
{
    return f->run.began_ms - f->from->began_ms - f->then_ms;
}

static int take_record(struct fork *f, const struct entry *e)
{
    struct entry moved = *e;
    struct journal_found found;
    unsigned long long signal;
    struct text body = { 0 };
    kiln_heap h;
    int failed;

    moved.run = f->run.number;
    moved.ms = e->ms - f->then_ms;
    heap_init(&h, 0);
    failed = entry_take_content(&h, e, &found, &signal) < 0 ? -EUCLEAN : 0;
    if (!failed) {
        const struct entry_content content = { .v = &found.value,
                                               .scratch = &found.scratch,
                                               .wait = e->kind == JOURNAL_WAIT ? &found.wait : NULL,
                                               .signal = signal,
                                               .moment = found.moment };

        found.wait.wake = alarm_moved(found.wait.wake, shift_of(f));
        found.wait.deadline = alarm_moved(found.wait.deadline, shift_of(f));
        entry_put_again(&body, &moved, &content);
        failed = put_body(f, e, e->sequence, &body);
    }
    text_fini(&body);
    heap_fini(&h);
    return failed;
}

/* An intent says that the other was about to act; the fork has not begun to. It is not paused
 * either. */
static int take_entry(void *ctx, const struct entry *e)
{
    struct fork *f = ctx;

    switch (e->kind) {
    case JOURNAL_BASE:
        memcpy(f->run.hash, e->hash, sizeof f->run.hash);
        text_clear(&f->entries);
        f->is_old_state = 0;
        return 0;
    case JOURNAL_STATE:
        f->is_old_state = e->sequence < f->from->number;
        entry_put_within(&f->entries, e);
        return f->entries.failed ? -ENOMEM : 0;
    case JOURNAL_BEGIN:
        memcpy(f->run.hash, e->hash, sizeof f->run.hash);
        return take_begin(f, e);
    case JOURNAL_COMPLETED:
    case JOURNAL_ENDED:
    case JOURNAL_CANCELLED:
        return -EINVAL;
    case JOURNAL_INTENT:
    case JOURNAL_PAUSED:
    case JOURNAL_UNPAUSED:
    case JOURNAL_FORKED:
        return 0;
    default:
        return take_record(f, e);
    }
}

/* ---- the moment ---- */

static int find_moment(void *ctx, const struct entry *e)
{
    struct fork *f = ctx;

    if (e->sequence != f->last || e->kind == JOURNAL_STATE || e->kind == JOURNAL_FORKED)
        return 0;
    f->is_there = 1;
    f->then_ms = e->kind == JOURNAL_BEGIN ? 0 : e->kind == JOURNAL_BASE ? e->last_ms : e->ms;
    return 0;
}

static int collect(struct store *s, struct fork *f)
{
    int failed = store_each_until(s, f->from, f->last, find_moment, f);

    if (!failed && !f->is_there)
        failed = -ENODATA;
    return failed ? failed : store_each_until(s, f->from, f->last, take_entry, f);
}

static int complain(struct store *s, const struct fork *f, int code)
{
    if (code == -ENODATA)
        return store_fail(s, code,
                          "the store '%s' has record %llu of run '%s' no more, or never had",
                          s->path, f->last, f->from->id);
    if (code == -EINVAL)
        return store_fail(s, code,
                          "run '%s' had ended at record %llu: nothing could go on from there",
                          f->from->id, f->last);
    return store_fail(s, code, "run '%s' cannot be forked: %s", f->from->id, strerror(-code));
}

/* ---- the new run ---- */

static int append(struct store *s, struct fork *f)
{
    struct entry e = store_base_of(&f->run, f->run.began_ms, JOURNAL_NOW);
    struct text *t;

    origin_put(&f->entries, &f->run);
    if (f->entries.failed)
        return store_fail(s, -ENOMEM, "out of memory");
    if (!(t = store_begin_record(s)))
        return s->broken;
    entry_put_base(t, &e);
    text_put(t, f->entries.s, f->entries.n);
    e.values = (struct record_cursor){ (const unsigned char *)f->entries.s, f->entries.n, 0 };
    return store_end_record(s, &e);
}

/* The store is held: the number is that of the next record. */
static int make(struct store *s, struct fork *f, const char *id, const char *step)
{
    struct store_origin origin = { .run = f->from->id, .record = f->last, .step = step };
    int failed;

    f->run = (struct store_run){
        .id = id, .program = f->from->program, .number = s->next, .began_ms = store_begin_ms(s)
    };
    failed = collect(s, f);
    if (failed)
        return complain(s, f, failed);
    origin.shift = shift_of(f) + (f->is_old_state && f->from->origin ? f->from->origin->shift : 0);
    f->run.origin = &origin;
    return append(s, f);
}

int journal_fork(struct store *s, const char *from, unsigned long long record, const char *step,
                 const char *id)
{
    struct fork f = { .last = record };
    int failed = store_commit(s); /* whoever asks may have seen what is not on disk yet */

    if (failed)
        return failed;
    if (!store_is_id(id, strlen(id)))
        return store_fail(s, -EINVAL, "'%s' cannot be the id of a run", id);
    store_enter(s);
    f.from = store_find(s, from);
    if (store_find(s, id))
        failed = store_fail(s, -EEXIST, "the store '%s' already has a run '%s'", s->path, id);
    else if (!f.from)
        failed = store_fail(s, -ENOENT, "the store '%s' has no run '%s'", s->path, from);
    else if (f.from->damaged)
        failed = store_fail(s, -EINVAL, "records of run '%s' are lost: a fork may miss them", from);
    else
        failed = make(s, &f, id, step);
    store_leave(s);
    text_fini(&f.entries);
    return failed ? failed : store_commit(s);
}
