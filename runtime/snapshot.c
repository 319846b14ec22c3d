/* snapshot.c: a run written down (snapshot.h). snapshot_restore.c reads the same in the same order.
 */
#include "snapshot.h"

#include <errno.h>

#include "stream.h"
#include "wait.h"

/* How many times its memory a run may have as bytes, and what nobody counts; and what it may have
 * when there must be a base: as much as an input. */
enum { SHARED_TIMES = 8, SHARED_FREE = 1 << 20, SHARED_NEEDED = 64 << 20 };

void snapshot_put_value(struct text *t, const kiln_value *v)
{
    value_encode(t, v);
}

/* One that has its content elsewhere shares it; of slots without end not all are looked at. */
static int is_same(const kiln_value *a, const kiln_value *b)
{
    return a->tag >= KILN_STRING && a->tag == b->tag && a->n == b->n && a->u.s == b->u.s;
}

void snapshot_put_cell(struct text *t, const struct frame *f, unsigned n, const kiln_value *v)
{
    enum { LOOKS = 32 };

    for (unsigned i = n; v->n && i && i + LOOKS > n; i--)
        if (is_same(v, &f->head.slots[i - 1])) {
            text_putc(t, (char)SNAPSHOT_SAME);
            record_put_uint(t, i - 1);
            return;
        }
    value_encode(t, v);
}

/* ---- parts of a frame ---- */

static void put_timer(struct text *t, const struct timer *timer)
{
    text_putc(t, timer->alarm.at != 0);
    if (!timer->alarm.at)
        return;
    record_put_int(t, timer->alarm.due);
    record_put_uint(t, timer->alarm.turn);
}

/* Both in the byte in front, for most waits are in their first try and not recalled. */
static void put_tries(struct text *t, const struct retry_state *tries, int recalled)
{
    int tried = tries->failures || tries->waited;

    text_putc(t, (char)(recalled << 1 | tried));
    if (!tried)
        return;
    record_put_uint(t, tries->failures);
    record_put_uint(t, tries->waited);
}

static void put_waits(struct text *t, const struct frame *f)
{
    unsigned n = 0;

    for (const struct wait *w = f->waits; w; w = w->next)
        n++;
    record_put_uint(t, n);
    for (const struct wait *w = f->waits; w; w = w->next) {
        record_put_uint(t, w->step);
        record_put_uint(t, w->kind);
        put_tries(t, &w->tries, w->recalled);
        if (w->recalled)
            record_put_uint(t, w->moment);
        snapshot_put_cell(t, f, f->flow->n_slots, &w->result);
        snapshot_put_cell(t, f, f->flow->n_slots, &w->scratch);
        put_timer(t, &w->wake);
        put_timer(t, &w->deadline);
    }
}

static int has_arrived(const struct arrival *a)
{
    return a->hard || a->soft || a->live || a->done;
}

/* Most steps of a frame wait for nothing yet, or no more. */
static void put_arrivals(struct text *t, const struct frame *f)
{
    unsigned n = 0;

    for (unsigned i = 0; i < f->flow->n_steps; i++)
        n += (unsigned)has_arrived(&f->arrivals[i]);
    record_put_uint(t, n);
    for (unsigned i = 0; i < f->flow->n_steps; i++) {
        const struct arrival *a = &f->arrivals[i];

        if (!has_arrived(a))
            continue;
        record_put_uint(t, i);
        record_put_uint(t, a->hard);
        text_putc(t, (char)(a->soft | a->live << 1 | a->done << 2));
    }
}

static void put_held(struct text *t, const struct frame *f)
{
    if (!f->held.set) { /* what is left of one that was let go says nothing */
        text_putc(t, 0);
        return;
    }
    text_putc(t, (char)(1 | (unsigned)!!f->held.ok << 1));
    record_put_uint(t, f->held.step);
    snapshot_put_value(t, &f->held.value);
}

/* Whose frame it is stands first: a reader needs that to make one. */
static void put_frame(struct text *t, const struct frame *f)
{
    record_put_uint(t, f->flow->number);
    record_put_uint(t, f->parent ? f->parent->mark + 1 : 0);
    record_put_uint(t, f->parent_step);
    record_put_uint(t, f->item);
    record_put_uint(t, f->head.index);
    record_put_uint(t, f->busy);
    record_put_uint(t, f->turn);
    text_putc(t, (char)(f->quiet | f->handling << 1 | (f->stream != NULL) << 2));
    snapshot_put_value(t, &f->head.error);
    for (unsigned i = 0; i < f->flow->n_slots; i++)
        snapshot_put_cell(t, f, i, &f->head.slots[i]);
    put_held(t, f);
    put_arrivals(t, f);
    put_waits(t, f);
    if (f->streams)
        f->flow->stream->save(t, f);
    else
        record_put_uint(t, 0);
    if (f->superstep)
        f->flow->superstep->save(t, f);
}

/* ---- the run ---- */

static void put_counts(struct text *t, const kiln_run *r)
{
    unsigned n = 0;

    for (unsigned i = 0; i < r->n_counts; i++)
        n += r->counts[i] != 0;
    record_put_uint(t, n);
    for (unsigned i = 0; i < r->n_counts; i++) {
        if (!r->counts[i])
            continue;
        record_put_uint(t, i);
        record_put_uint(t, r->counts[i]);
    }
}

static void put_signals(struct text *t, const kiln_run *r)
{
    record_put_uint(t, r->signals.n);
    for (size_t i = 0; i < r->signals.n; i++) {
        const struct journal_signal *s = &r->signals.at[i];

        record_put_uint(t, s->sequence);
        record_put_uint(t, s->moment);
        snapshot_put_value(t, &s->name);
        snapshot_put_value(t, &s->key);
        snapshot_put_value(t, &s->value);
    }
    record_put_uint(t, r->signal_keys.n);
    for (size_t i = 0; i < r->signal_keys.n; i++)
        record_put_text(t, r->signal_keys.at[i].key, r->signal_keys.at[i].n);
}

static void put_ready(struct text *t, const kiln_run *r)
{
    record_put_uint(t, r->ready_n);
    for (size_t i = 0; i < r->ready_n; i++) {
        const struct ready *e = &r->ready[(r->ready_first + i) & (r->ready_cap - 1)];

        record_put_uint(t, e->frame->mark);
        record_put_uint(t, e->step);
    }
}

static void put_run(struct text *t, kiln_run *r)
{
    unsigned n;
    struct frame *oldest = frame_number_live(r, &n);

    record_put_uint(t, r->timers.turn);
    record_put_uint(t, r->made + r->unkept);
    put_counts(t, r);
    snapshot_put_value(t, &r->heap.scratch);
    put_signals(t, r);
    record_put_uint(t, n);
    for (struct frame *f = oldest; f; f = f->prev)
        put_frame(t, f);
    for (struct frame *f = oldest; f; f = f->prev)
        if (f->streams)
            f->flow->stream->save_gates(t, f);
    put_ready(t, r);
}

/* Takes what a value would have in text from `*left`. 1 when that was too much. Recursion ends:
 * values nest at most VALUE_DEPTH deep. */
static int is_too_much(const kiln_value *v, size_t *left)
{
    size_t n = v->tag >= KILN_STRING ? 1 + (size_t)v->n : 1;

    if (n > *left)
        return 1;
    *left -= n;
    for (unsigned i = 0; v->tag == KILN_ARRAY && i < v->n; i++)
        if (is_too_much(&v->u.items[i], left))
            return 1;
    for (unsigned i = 0; v->tag == KILN_OBJECT && i < v->n; i++)
        if (is_too_much(&v->u.members[i].key, left) || is_too_much(&v->u.members[i].value, left))
            return 1;
    return 0;
}

/* In memory a value may be in many places at once, in text it is in each. */
int snapshot_has_room(const kiln_run *r, int is_needed)
{
    size_t left = SHARED_TIMES * (r->heap.arena.used + SHARED_FREE);

    if (is_needed && left < SHARED_NEEDED)
        left = SHARED_NEEDED;
    for (const struct frame *f = r->live; f; f = f->next)
        for (unsigned i = 0; i < f->flow->n_slots; i++)
            if (is_too_much(&f->head.slots[i], &left))
                return 0;
    return 1;
}

static void count_made(kiln_run *r)
{
    r->made += r->unkept;
    r->unkept = 0;
}

int snapshot_keep(kiln_run *r, long long due, int is_needed)
{
    struct text t = { 0 };
    int failed = 0;

    if (!snapshot_has_room(r, is_needed)) {
        count_made(r);
        journal_put_off(r->journal);
        return 0;
    }
    put_run(&t, r);
    if (t.failed)
        failed = run_break(r, -ENOMEM, "out of memory");
    else if (journal_append_base(r->journal, &t, due) < 0)
        failed = run_break(r, -EIO, "the store could not keep a run as it stands");
    text_fini(&t);
    count_made(r);
    return failed;
}
