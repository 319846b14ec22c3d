/* upgrade_move.c: the frames of a run become frames of a later version (upgrade_run.h).
 *
 * A frame has as many cells as its flow, so each is made anew and takes over what the old one has:
 * slots and arrivals by their names, everything else as it is. Waits and streams move whole.
 */
#include "upgrade_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"
#include "wait.h"

struct move {
    kiln_run *run;
    struct upgrade *u;
    struct frame **from, **to; /* oldest first; frame.mark is the index */
    unsigned n;
};

static const unsigned *steps_on(const struct move *m, const struct frame *old)
{
    return m->u->on.steps[old->flow->number];
}

/* ---- parts of a frame ---- */

static void move_slots(const struct move *m, const struct frame *old, struct frame *f)
{
    const unsigned *on = m->u->on.slots[old->flow->number];

    for (unsigned i = 0; i < old->flow->n_slots; i++) {
        const kiln_value *v = &old->head.slots[i];

        if (on[i] != UPGRADE_GONE && (v->tag != KILN_ABSENT || old->flow->slots[i].kind->initial))
            f->head.slots[on[i]] = *v;
    }
}

static void move_arrivals(const struct move *m, const struct frame *old, struct frame *f)
{
    const unsigned *on = steps_on(m, old);

    for (unsigned i = 0; i < old->flow->n_steps; i++)
        if (on[i] != UPGRADE_GONE)
            f->arrivals[on[i]] = old->arrivals[i];
}

static void move_waits(const struct move *m, struct frame *old, struct frame *f)
{
    f->waits = old->waits;
    old->waits = NULL;
    for (struct wait *w = f->waits; w; w = w->next) {
        w->frame = f;
        w->step = steps_on(m, old)[w->step];
    }
}

/* The gates are made anew, one a step of the body. */
static int move_stream(const struct move *m, struct stream *s)
{
    const unsigned *on = m->u->on.steps[s->body->number];
    const kiln_flow *body = m->run->program->flows[m->u->on.flows[s->body->number]];
    struct gate *gates = calloc(body->n_steps, sizeof *gates);

    if (!gates)
        return -1;
    for (unsigned i = 0; i < s->body->n_steps; i++)
        if (on[i] != UPGRADE_GONE && s->body->steps[i].kind->flags & KILN_STEP_GATED)
            gates[on[i]] = s->gates[i];
    free(s->gates);
    s->gates = gates;
    s->body = body;
    return 0;
}

static int move_streams(const struct move *m, struct frame *old, struct frame *f)
{
    for (struct stream *s = old->streams; s; s = s->after) {
        if (move_stream(m, s) < 0)
            return -1;
        s->step = steps_on(m, old)[s->step];
        s->owner = f;
    }
    f->streams = old->streams;
    old->streams = NULL;
    return 0;
}

/* Who is at a gate is known when all frames are there. */
static void move_gates(const struct move *m, struct frame *f)
{
    for (struct stream *s = f->streams; s; s = s->after)
        for (unsigned i = 0; i < s->body->n_steps; i++) {
            struct gate *g = &s->gates[i];

            if (g->inside)
                g->inside = m->to[g->inside->mark];
            for (size_t k = g->first; k < g->waiting.n; k++)
                g->waiting.at[k] = m->to[g->waiting.at[k]->mark];
        }
}

/* ---- frames ---- */

static void move_numbers(const struct move *m, const struct frame *old, struct frame *f)
{
    f->head.error = old->head.error;
    f->head.index = old->head.index;
    f->busy = old->busy;
    f->turn = old->turn;
    f->quiet = old->quiet;
    f->handling = old->handling;
    f->stream = old->stream;
    f->held = old->held;
    if (f->held.set)
        f->held.step = steps_on(m, old)[old->held.step];
}

static int move_frame(const struct move *m, struct frame *old)
{
    const kiln_value none[8] = { { 0 } };
    const kiln_flow *flow = m->run->program->flows[m->u->on.flows[old->flow->number]];
    struct frame *parent = old->parent ? m->to[old->parent->mark] : NULL, *f;
    unsigned step = old->parent ? steps_on(m, old->parent)[old->parent_step] : 0;

    f = frame_new(m->run, flow, parent, step, old->item, none);
    if (!f)
        return -1;
    f->mark = old->mark;
    m->to[old->mark] = f;
    move_numbers(m, old, f);
    move_slots(m, old, f);
    move_arrivals(m, old, f);
    move_waits(m, old, f);
    if (move_streams(m, old, f) < 0)
        return -1;
    return f->superstep ? flow->superstep->move(old, f, m->u) : 0;
}

static void drop_old(struct frame *old)
{
    each_drop(old, 0, ~0u); /* what could not be moved */
    wait_end(old, 0, ~0u);
    if (old->superstep)
        old->flow->superstep->fini(old);
    free(old);
}

/* ---- the run ---- */

static void move_counts(kiln_run *r, const struct upgrade *u, const unsigned *counts)
{
    const unsigned *at = counts;

    for (unsigned i = 0; i < u->from->program.n_flows; i++) {
        const kiln_flow *f = u->from->program.flows[i];
        unsigned to = u->on.flows[i];

        for (unsigned k = 0; k < f->n_steps && to != UPGRADE_GONE; k++)
            if (u->on.steps[i][k] != UPGRADE_GONE)
                r->counts[r->bases[to] + u->on.steps[i][k]] = at[k];
        at += f->n_steps;
    }
}

static int move_tables(kiln_run *r, const struct upgrade *u, const kiln_program *to)
{
    unsigned *counts = r->counts;
    int failed;

    r->counts = NULL;
    failed = run_make_tables(r, to);
    if (!failed)
        move_counts(r, u, counts);
    free(counts);
    return failed;
}

static void move_ready(struct move *m)
{
    kiln_run *r = m->run;

    for (size_t i = 0; i < r->ready_n; i++) {
        struct ready *e = &r->ready[(r->ready_first + i) & (r->ready_cap - 1)];

        e->step = steps_on(m, e->frame)[e->step];
        e->frame = m->to[e->frame->mark];
    }
}

static int move_all(struct move *m)
{
    for (unsigned i = 0; i < m->n; i++)
        if (move_frame(m, m->from[i]) < 0)
            return -1;
    for (unsigned i = 0; i < m->n; i++)
        move_gates(m, m->to[i]);
    move_ready(m);
    return 0;
}

int upgrade_move(kiln_run *r, struct upgrade *u, const kiln_program *to)
{
    struct move m = { .run = r, .u = u };
    int failed;

    frame_number_live(r, &m.n);
    m.from = calloc(m.n, sizeof(struct frame *));
    m.to = calloc(m.n, sizeof(struct frame *));
    failed = !m.from || !m.to;
    if (!failed) {
        for (struct frame *f = r->live; f; f = f->next)
            m.from[f->mark] = f;
        r->live = r->root = NULL;
        failed = move_tables(r, u, to) < 0 || move_all(&m) < 0;
        if (failed)
            r->ready_n = 0; /* some of it stands in frames that go */
        r->root = m.to[0];
        for (unsigned i = 0; i < m.n; i++)
            drop_old(m.from[i]);
    }
    free(m.from);
    free(m.to);
    return failed ? run_break(r, -ENOMEM, "out of memory") : 0;
}
