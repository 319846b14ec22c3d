/* frame.c: making and dropping frames.
 *
 * A frame, its slots and its arrival counters are one block of memory, so that making one is one
 * allocation and dropping one puts the block on a list for the next frame of the same flow: a loop
 * of a million iterations allocates once.
 */
#include <stdlib.h>
#include <string.h>

#include "wait.h"

static struct frame *take_block(kiln_run *r, const kiln_flow *flow)
{
    struct frame *f = r->spare[flow->number];
    size_t slots = flow->n_slots * sizeof(kiln_value);
    size_t arrivals = flow->n_steps * sizeof(struct arrival);

    if (f)
        r->spare[flow->number] = f->next;
    else if (!(f = malloc(sizeof *f + slots + arrivals)))
        return NULL;
    memset(f, 0, sizeof *f + slots + arrivals);
    f->head.slots = (kiln_value *)(void *)(f + 1);
    f->arrivals = (struct arrival *)(void *)((char *)(f + 1) + slots);
    return f;
}

static void link_live(kiln_run *r, struct frame *f)
{
    f->next = r->live;
    if (f->next)
        f->next->prev = f;
    r->live = f;
}

static void unlink_live(struct frame *f)
{
    if (f->prev)
        f->prev->next = f->next;
    else
        f->run->live = f->next;
    if (f->next)
        f->next->prev = f->prev;
}

static void fill_slots(struct frame *f, const kiln_value *args)
{
    const kiln_flow *flow = f->flow;

    for (unsigned i = 0; i < flow->n_params; i++)
        f->head.slots[i] = args[i];
    for (unsigned i = flow->n_params; i < flow->n_slots; i++)
        if (flow->slots[i].kind->initial)
            f->head.slots[i] = *flow->slots[i].kind->initial;
}

static void release(struct frame *f)
{
    each_drop(f, 0, ~0u);
    wait_end(f, 0, ~0u);
    if (f->superstep)
        f->flow->superstep->fini(f);
    unlink_live(f);
    f->next = f->run->spare[f->flow->number];
    f->run->spare[f->flow->number] = f;
}

struct frame *frame_new(kiln_run *r, const kiln_flow *flow, struct frame *parent, unsigned step,
                        unsigned index, const kiln_value *args)
{
    struct frame *f = take_block(r, flow);

    if (!f)
        return NULL;
    f->run = r;
    f->flow = flow;
    f->counts = r->counts + r->bases[flow->number];
    f->parent = parent;
    f->parent_step = step;
    f->depth = parent ? parent->depth + 1 : 0;
    f->head.up = parent ? &parent->head : NULL;
    f->head.heap = &r->heap;
    f->item = f->head.index = index;
    fill_slots(f, args);
    link_live(r, f);
    if (flow->superstep && flow->superstep->init(f) < 0) {
        release(f);
        return NULL;
    }
    return f;
}

/* Supersteps take their parameter as input, which wakes whoever listens to it. */
static int wake_superstep(struct frame *f)
{
    kiln_value input = f->head.slots[0];

    return f->flow->superstep->input(f->run, f, &input);
}

int frame_wake(struct frame *f)
{
    const kiln_step *steps = f->flow->steps;

    if (f->superstep)
        return wake_superstep(f);
    for (unsigned i = 0; i < f->flow->n_steps; i++)
        if (steps[i].kind->wake == KILN_WAKE_START && run_ready(f->run, f, i) < 0)
            return -1;
    return f->busy ? 0 : run_quiet(f->run, f);
}

/* ---- what a range of steps has under way --------------------------------------------------- */

/* x was made by one of the steps, or by something that was. */
static int is_below(const struct frame *x, const struct frame *top, unsigned from, unsigned to)
{
    while (x && x->depth > top->depth + 1)
        x = x->parent;
    return x && x->parent == top && x->parent_step >= from && x->parent_step <= to;
}

static int is_ready_of(const struct ready *e, const struct frame *f, unsigned from, unsigned to)
{
    return e->frame == f && e->step >= from && e->step <= to;
}

/* Keeps the other ready steps in their order. */
static void forget_ready(kiln_run *r, const struct frame *top, unsigned from, unsigned to)
{
    size_t kept = 0;

    for (size_t i = 0; i < r->ready_n; i++) {
        struct ready e = r->ready[(r->ready_first + i) & (r->ready_cap - 1)];

        if (!is_ready_of(&e, top, from, to) && !is_below(e.frame, top, from, to))
            r->ready[(r->ready_first + kept++) & (r->ready_cap - 1)] = e;
    }
    r->ready_n = kept;
}

/* Frames are newest first and a frame is newer than its parent, so one walk meets children before
 * their parents. */
static void release_below(struct frame *top, unsigned from, unsigned to)
{
    struct frame *next;

    if (from == to && !top->flow->steps[from].kind->flow)
        return; /* it runs none */
    for (struct frame *f = top->run->live; f && f != top; f = next) {
        next = f->next;
        if (is_below(f, top, from, to))
            release(f);
    }
}

void frame_clear_below(struct frame *f, unsigned from, unsigned to)
{
    forget_ready(f->run, f, from, to);
    release_below(f, from, to);
    each_drop(f, from, to);
}

void frame_clear(struct frame *f, unsigned from, unsigned to)
{
    frame_clear_below(f, from, to);
    wait_end(f, from, to);
}

unsigned frame_count(const struct frame *f, unsigned from, unsigned to)
{
    const kiln_run *r = f->run;
    unsigned n = wait_count(f, from, to) + each_count(f, from, to);

    for (size_t i = 0; i < r->ready_n; i++)
        n += (unsigned)is_ready_of(&r->ready[(r->ready_first + i) & (r->ready_cap - 1)], f, from,
                                   to);
    for (const struct frame *x = r->live; x && x != f; x = x->next)
        n += x->parent == f && !x->stream && x->parent_step >= from && x->parent_step <= to;
    return n;
}

void frame_drop(struct frame *f)
{
    if (f->busy > 1)
        frame_clear(f, 0, ~0u);
    release(f);
}

void frame_kill(struct frame *f)
{
    frame_clear(f, 0, ~0u);
    release(f);
}

struct frame *frame_number_live(kiln_run *r, unsigned *ret_n)
{
    struct frame *oldest = r->live;
    unsigned n = 0;

    while (oldest && oldest->next)
        oldest = oldest->next;
    for (struct frame *f = oldest; f; f = f->prev)
        f->mark = n++;
    *ret_n = n;
    return oldest;
}

void frame_free_spare(kiln_run *r)
{
    for (unsigned i = 0; r->spare && i < r->program->n_flows; i++)
        for (struct frame *f = r->spare[i], *next; f; f = next) {
            next = f->next;
            free(f);
        }
    free(r->spare);
}

int frame_place(struct frame *f, unsigned step, struct journal_place *ret)
{
    kiln_run *r = f->run;
    unsigned n = f->depth;

    r->path.n = 0;
    for (unsigned i = 0; i < 2 * n; i++)
        if (list_push(&r->path, 0u) < 0)
            return -1;
    ret->turn = f->turn;
    for (; f->parent; f = f->parent) {
        r->path.at[2 * (f->depth - 1)] = f->parent_step;
        r->path.at[2 * (f->depth - 1) + 1] = f->item;
    }
    ret->path = r->path.at;
    ret->n = n;
    ret->step = step;
    return 0;
}
