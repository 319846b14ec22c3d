/* snapshot_restore.c: a run as it was when snapshot.c wrote it down.
 *
 * Nothing is trusted: every number is held against the tables of the program before it is used, and
 * at the end the counts of work under way must be what is really there (spec/STATES.md).
 */
#include "snapshot.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "signals.h"
#include "stream.h"
#include "wait.h"

int snapshot_take_value(struct record_cursor *c, kiln_heap *h, kiln_value *ret)
{
    return value_decode(h, ret, c->bytes, c->n, &c->at);
}

int snapshot_take_below(struct record_cursor *c, unsigned long long limit, unsigned *ret)
{
    unsigned long long w;

    if (record_take_uint(c, &w) < 0 || w >= limit)
        return -1;
    *ret = (unsigned)w;
    return 0;
}

int snapshot_take_cell(struct record_cursor *c, const struct frame *f, unsigned n, kiln_value *ret)
{
    unsigned same;

    if (c->at >= c->n || c->bytes[c->at] != SNAPSHOT_SAME)
        return snapshot_take_value(c, &f->run->heap, ret);
    c->at++;
    if (snapshot_take_below(c, n, &same) < 0)
        return -1;
    *ret = f->head.slots[same];
    return 0;
}

static int take_flags(struct record_cursor *c, unsigned limit, unsigned *ret)
{
    const unsigned char *byte;

    if (record_take_bytes(c, &byte, 1) < 0 || *byte >= limit)
        return -1;
    *ret = *byte;
    return 0;
}

/* ---- parts of a frame ---- */

static int take_timer(struct record_cursor *c, kiln_run *r, struct timer *timer)
{
    unsigned runs;
    long long due;
    unsigned long long turn;

    if (take_flags(c, 2, &runs) < 0)
        return -1;
    if (!runs)
        return 0;
    if (record_take_int(c, &due) < 0 || record_take_uint(c, &turn) < 0)
        return -1;
    return timer_restore(r, timer, due, turn);
}

/* Tries that are written down are not all zero. */
static int take_tries(struct record_cursor *c, struct retry_state *ret_tries,
                      unsigned *ret_recalled)
{
    struct retry_state tries = { 0 };
    unsigned flags;

    if (take_flags(c, (WAIT_RECALLED_LATE + 1) << 1, &flags) < 0)
        return -1;
    if (flags & 1
        && (snapshot_take_below(c, UINT_MAX, &tries.failures) < 0
            || record_take_uint(c, &tries.waited) < 0 || (!tries.failures && !tries.waited)))
        return -1;
    *ret_tries = tries;
    *ret_recalled = flags >> 1;
    return 0;
}

static int take_wait(struct record_cursor *c, struct frame *f)
{
    kiln_run *r = f->run;
    unsigned step, kind, recalled;
    struct retry_state tries;
    struct wait *w;

    if (snapshot_take_below(c, f->flow->n_steps, &step) < 0
        || snapshot_take_below(c, WAIT_KINDS, &kind) < 0 || take_tries(c, &tries, &recalled) < 0)
        return -1;
    if (f->waits && f->waits->step == step)
        return -1;
    if (!(w = wait_need(f, step)))
        return -1;
    w->kind = (enum wait_kind)kind;
    w->tries = tries;
    w->recalled = (int)recalled;
    if (recalled && record_take_uint(c, &w->moment) < 0)
        return -1;
    if (snapshot_take_cell(c, f, f->flow->n_slots, &w->result) < 0
        || snapshot_take_cell(c, f, f->flow->n_slots, &w->scratch) < 0
        || take_timer(c, r, &w->wake) < 0 || take_timer(c, r, &w->deadline) < 0)
        return -1;
    return w->deadline.alarm.at && !f->flow->steps[step].kind->policy ? -1 : 0;
}

static int take_waits(struct record_cursor *c, struct frame *f)
{
    unsigned n;

    if (snapshot_take_below(c, f->flow->n_steps + 1ull, &n) < 0)
        return -1;
    while (n--)
        if (take_wait(c, f) < 0)
            return -1;
    return 0;
}

static int take_arrivals(struct record_cursor *c, struct frame *f)
{
    unsigned n, step, flags;

    if (snapshot_take_below(c, f->flow->n_steps + 1ull, &n) < 0)
        return -1;
    while (n--) {
        if (snapshot_take_below(c, f->flow->n_steps, &step) < 0
            || snapshot_take_below(c, UINT_MAX, &f->arrivals[step].hard) < 0
            || take_flags(c, 8, &flags) < 0)
            return -1;
        f->arrivals[step].soft = flags & 1;
        f->arrivals[step].live = flags >> 1 & 1;
        f->arrivals[step].done = flags >> 2 & 1;
    }
    return 0;
}

static int take_held(struct record_cursor *c, struct frame *f)
{
    unsigned flags;

    if (take_flags(c, 4, &flags) < 0)
        return -1;
    if (!(flags & 1))
        return flags ? -1 : 0;
    f->held.set = 1;
    f->held.ok = flags >> 1 & 1;
    if (snapshot_take_below(c, f->flow->n_steps, &f->held.step) < 0)
        return -1;
    return snapshot_take_value(c, &f->run->heap, &f->held.value);
}

/* ---- frames ---- */

struct restored {
    kiln_run *run;
    struct record_cursor c;
    struct frame **frames; /* oldest first */
    unsigned n;
};

/* The step of the parent must be one that runs this flow. */
static int is_child(const struct frame *parent, unsigned step, const kiln_flow *flow)
{
    return step < parent->flow->n_steps && parent->flow->steps[step].kind->flow == flow;
}

static struct frame *take_new_frame(struct restored *s)
{
    kiln_run *r = s->run;
    const kiln_value none[8] = { { 0 } };
    unsigned flow, above, step, number;
    struct frame *parent;

    if (snapshot_take_below(&s->c, r->program->n_flows, &flow) < 0
        || snapshot_take_below(&s->c, s->n + 1ull, &above) < 0
        || snapshot_take_below(&s->c, UINT_MAX, &step) < 0
        || snapshot_take_below(&s->c, UINT_MAX + 1ull, &number) < 0)
        return NULL;
    parent = above ? s->frames[above - 1] : NULL;
    if (parent ? !is_child(parent, step, r->program->flows[flow]) : s->n || flow)
        return NULL;
    return frame_new(r, r->program->flows[flow], parent, parent ? step : 0, number, none);
}

static int take_slots(struct record_cursor *c, struct frame *f)
{
    if (snapshot_take_value(c, &f->run->heap, &f->head.error) < 0)
        return -1;
    for (unsigned i = 0; i < f->flow->n_slots; i++)
        if (snapshot_take_cell(c, f, i, &f->head.slots[i]) < 0)
            return -1;
    return 0;
}

/* A flow of an earlier version may have streams when no flow of this program names them. */
static int take_streams(struct record_cursor *c, struct frame *f)
{
    unsigned n;

    if (f->flow->stream)
        return f->flow->stream->restore(c, f);
    if (snapshot_take_below(c, f->flow->n_steps + 1ull, &n) < 0)
        return -1;
    return !n ? 0
              : run_break(f->run, -ESTALE,
                          "run '%s' is in the items of a step, and this program has no such steps",
                          kiln_run_id(f->run));
}

static int take_frame(struct restored *s)
{
    struct record_cursor *c = &s->c;
    struct frame *f = take_new_frame(s);
    unsigned flags;

    if (!f)
        return -1;
    s->frames[s->n++] = f;
    if (!s->run->root)
        s->run->root = f;
    if (snapshot_take_below(c, UINT_MAX + 1ull, &f->head.index) < 0
        || snapshot_take_below(c, UINT_MAX, &f->busy) < 0
        || snapshot_take_below(c, UINT_MAX + 1ull, &f->turn) < 0 || take_flags(c, 8, &flags) < 0)
        return -1;
    f->quiet = flags & 1;
    f->handling = flags >> 1 & 1;
    if (flags & 4 && (!f->parent || !(f->stream = stream_find(f->parent, f->parent_step))))
        return -1;
    if (f->stream && f->item >= f->stream->list.n)
        return -1;
    if (take_slots(c, f) < 0 || take_held(c, f) < 0 || take_arrivals(c, f) < 0
        || take_waits(c, f) < 0 || take_streams(c, f) < 0)
        return -1;
    return f->superstep ? f->flow->superstep->restore(c, f) : 0;
}

/* ---- the run ---- */

static int take_counts(struct record_cursor *c, kiln_run *r)
{
    unsigned n, i;

    if (snapshot_take_below(c, r->n_counts + 1ull, &n) < 0)
        return -1;
    while (n--)
        if (snapshot_take_below(c, r->n_counts, &i) < 0
            || snapshot_take_below(c, UINT_MAX + 1ull, &r->counts[i]) < 0)
            return -1;
    return 0;
}

static int take_signal(struct record_cursor *c, kiln_run *r)
{
    struct journal_signal s;

    if (record_take_uint(c, &s.sequence) < 0 || record_take_uint(c, &s.moment) < 0
        || snapshot_take_value(c, &r->kept, &s.name) < 0
        || snapshot_take_value(c, &r->kept, &s.key) < 0
        || snapshot_take_value(c, &r->kept, &s.value) < 0)
        return -1;
    return list_push(&r->signals, s);
}

static int take_signals(struct record_cursor *c, kiln_run *r)
{
    unsigned n;
    const char *key;
    size_t key_n;

    if (snapshot_take_below(c, c->n, &n) < 0)
        return -1;
    while (n--)
        if (take_signal(c, r) < 0)
            return -1;
    if (snapshot_take_below(c, c->n, &n) < 0)
        return -1;
    while (n--) {
        kiln_value v = { .tag = KILN_STRING };

        if (record_take_text(c, &key, &key_n) < 0 || key_n > UINT_MAX)
            return -1;
        v.u.s = key;
        v.n = (unsigned)key_n;
        if (signal_note_key(r, &v) < 0)
            return -1;
    }
    return 0;
}

static int take_frames(struct restored *s)
{
    unsigned n;

    if (snapshot_take_below(&s->c, s->c.n, &n) < 0 || !n)
        return -1;
    if (!(s->frames = calloc(n, sizeof *s->frames)))
        return -1;
    for (unsigned i = 0; i < n; i++)
        if (take_frame(s) < 0)
            return -1;
    for (unsigned i = 0; i < n; i++) {
        struct frame *f = s->frames[i];

        if (f->streams && f->flow->stream->restore_gates(&s->c, f, s->frames, n) < 0)
            return -1;
    }
    return 0;
}

static int take_ready(struct restored *s)
{
    unsigned n, frame, step;

    if (snapshot_take_below(&s->c, s->c.n, &n) < 0)
        return -1;
    while (n--)
        if (snapshot_take_below(&s->c, s->n, &frame) < 0
            || snapshot_take_below(&s->c, s->frames[frame]->flow->n_steps, &step) < 0
            || run_enqueue(s->run, s->frames[frame], step) < 0)
            return -1;
    return 0;
}

static int take_run(struct restored *s)
{
    kiln_run *r = s->run;

    if (record_take_uint(&s->c, &r->timers.turn) < 0 || record_take_uint(&s->c, &r->made) < 0
        || take_counts(&s->c, r) < 0 || snapshot_take_value(&s->c, &r->heap, &r->heap.scratch) < 0
        || take_signals(&s->c, r) < 0 || take_frames(s) < 0 || take_ready(s) < 0)
        return -1;
    return s->c.at == s->c.n && run_is_consistent(r) > 0 ? 0 : -1;
}

int snapshot_restore(kiln_run *r, const unsigned char *bytes, size_t n)
{
    struct restored s = { .run = r, .c = { bytes, n, 0 } };
    int failed = take_run(&s);

    free(s.frames);
    r->status = KILN_RUNNING;
    return failed ? run_break(r, -EUCLEAN, "the state of run '%s' in the store makes no sense",
                              kiln_run_id(r))
                  : 0;
}
