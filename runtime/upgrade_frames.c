/* upgrade_frames.c: where the frames of a run stand, held against a later version (upgrade_run.h).
 *
 * Who stands where is told by the ready queue, by frames of their parents, by gates of those who
 * wait at them. Each of these is looked at once, and what it says is hung under the frame it says
 * it of: there may be a hundred thousand of each.
 */
#include "upgrade_run.h"

#include <stdlib.h>

#include "stream.h"
#include "wait.h"

/* A frame stands at a step. */
struct foothold {
    unsigned step;
    enum upgrade_live live;
    struct foothold *next;
};

/* By frame.mark. */
struct footholds {
    struct foothold **of;
    struct arena arena;
    int failed;
};

static void add(struct footholds *all, const struct frame *f, unsigned step, enum upgrade_live live)
{
    struct foothold *h = arena_alloc(&all->arena, sizeof *h);

    if (!h) {
        all->failed = 1;
        return;
    }
    *h = (struct foothold){ step, live, all->of[f->mark] };
    all->of[f->mark] = h;
}

/* Items that wait until another has left. */
static void add_waiting(struct footholds *all, const struct stream *s)
{
    for (unsigned i = 0; i < s->body->n_steps; i++) {
        const struct gate *g = &s->gates[i];

        for (size_t k = g->first; k < g->waiting.n; k++)
            add(all, g->waiting.at[k], i, UPGRADE_READY);
    }
}

static void find_footholds(const kiln_run *r, struct footholds *all)
{
    for (size_t i = 0; i < r->ready_n; i++) {
        const struct ready *e = &r->ready[(r->ready_first + i) & (r->ready_cap - 1)];

        add(all, e->frame, e->step, UPGRADE_READY);
    }
    for (const struct frame *f = r->live; f; f = f->next) {
        if (f->parent && !f->stream)
            add(all, f->parent, f->parent_step, UPGRADE_UNDER_WAY);
        for (const struct stream *s = f->streams; s; s = s->after) {
            add(all, f, s->step, UPGRADE_UNDER_WAY);
            add_waiting(all, s);
        }
    }
}

/* ---- one frame ---- */

static void mark_waits(struct upgrade *u, const struct frame *f, struct upgrade_position *p)
{
    unsigned flow = f->flow->number, to = u->on.flows[flow];

    for (const struct wait *w = f->waits; w; w = w->next) {
        unsigned step = to == UPGRADE_GONE ? UPGRADE_GONE : u->on.steps[flow][w->step];

        if (w->kind != WAIT_NOT)
            p->live[w->step] = w->kind == WAIT_AGAIN ? UPGRADE_READY : UPGRADE_UNDER_WAY;
        if (step != UPGRADE_GONE && !u->to->program.flows[to]->steps[step].kind->policy
            && f->flow->steps[w->step].kind->policy)
            upgrade_say(u, &u->in_the_way,
                        "step '%s' may be tried again or be too late, and now it may not",
                        f->flow->steps[w->step].id);
    }
}

static int is_gated(const kiln_flow *f, unsigned step)
{
    return f->steps[step].kind->flags & KILN_STEP_GATED;
}

/* Items stand at gates: the same steps must have them. */
static void check_gates(struct upgrade *u, const struct stream *s)
{
    unsigned flow = s->body->number, to = u->on.flows[flow];
    const kiln_flow *is = to == UPGRADE_GONE ? NULL : u->to->program.flows[to];

    for (unsigned i = 0; is && i < s->body->n_steps; i++) {
        unsigned step = u->on.steps[flow][i];

        if (is_gated(s->body, i) && (step == UPGRADE_GONE || !is_gated(is, step)))
            upgrade_say(u, &u->in_the_way, "step '%s' of %s let one item in at a time",
                        s->body->steps[i].id, s->body->name);
    }
    for (unsigned i = 0; is && i < is->n_steps; i++) {
        unsigned step = u->back.steps[to][i];

        if (is_gated(is, i) && (step == UPGRADE_GONE || !is_gated(s->body, step)))
            upgrade_say(u, &u->in_the_way, "step '%s' of %s lets one item in at a time now",
                        is->steps[i].id, is->name);
    }
}

static void mark_state(const kiln_run *r, const struct frame *f, struct upgrade_position *p)
{
    for (unsigned i = 0; i < f->flow->n_steps; i++) {
        p->arrivals[i] = (struct upgrade_arrival){ f->arrivals[i].hard, f->arrivals[i].soft,
                                                   f->arrivals[i].done };
        p->has_run[i] = r->counts[r->bases[f->flow->number] + i] > 0;
    }
    for (unsigned i = 0; i < f->flow->n_slots; i++)
        p->has_value[i] = f->head.slots[i].tag != KILN_ABSENT;
    p->handling = f->handling;
}

/* An ending that is held comes after all that is under way. */
static void check_held(struct upgrade *u, const struct frame *f, const struct upgrade_position *p)
{
    unsigned flow = f->flow->number;
    const unsigned *on = u->on.flows[flow] == UPGRADE_GONE ? NULL : u->on.steps[flow];

    for (unsigned i = 0; on && i < f->held.step; i++)
        if (p->live[i] && on[i] != UPGRADE_GONE && on[i] > on[f->held.step])
            upgrade_say(u, &u->in_the_way, "step '%s' came before step '%s', which has ended",
                        f->flow->steps[i].id, f->flow->steps[f->held.step].id);
}

static void check_frame(kiln_run *r, struct upgrade *u, const struct frame *f,
                        const struct foothold *stands)
{
    struct upgrade_position *p = upgrade_new_position(u, f->flow->number);

    if (!p) {
        u->failed = 1;
        return;
    }
    for (; stands; stands = stands->next)
        if (p->live[stands->step] < stands->live)
            p->live[stands->step] = (unsigned char)stands->live;
    mark_waits(u, f, p);
    for (const struct stream *s = f->streams; s; s = s->after)
        check_gates(u, s);
    mark_state(r, f, p);
    if (f->held.set) {
        p->live[f->held.step] = UPGRADE_UNDER_WAY;
        check_held(u, f, p);
    }
    upgrade_check(u, p);
}

/* ---- all of them ---- */

void upgrade_check_frames(kiln_run *r, struct upgrade *u)
{
    struct footholds all = { .of = NULL };
    unsigned n;

    frame_number_live(r, &n);
    all.of = calloc(n + 1ull, sizeof(struct foothold *));
    if (all.of)
        find_footholds(r, &all);
    for (const struct frame *f = r->live; all.of && f && !u->failed; f = f->next) {
        check_frame(r, u, f, all.of[f->mark]);
        upgrade_forget_positions(u);
    }
    u->failed |= !all.of || all.failed;
    free(all.of);
    arena_fini(&all.arena);
}
