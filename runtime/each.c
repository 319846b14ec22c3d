/* each.c: one frame an item.
 *
 * A stream is what an EACH step has under way: the items, the results in item order, and how many
 * item frames live. Two ways to go through the items: a window (the next item starts when one has
 * ended), or all at once with gates - then every gated step lets one item in at a time, first come
 * first served, which keeps each step's items in order while different steps work on different
 * items (operonx 6.3).
 */
#include <stdlib.h>

#include "stream.h"

static void destroy(struct stream *s)
{
    for (unsigned i = 0; s->gates && i < s->body->n_steps; i++)
        list_fini(&s->gates[i].waiting);
    free(s->gates);
    free(s->results);
    free(s);
}

static void free_stream(struct stream *s)
{
    struct stream **at = &s->owner->streams;

    while (*at != s)
        at = &(*at)->after;
    *at = s->after;
    s->over = 1;
    if (!s->waking)
        destroy(s);
}

/* An item may end while it is being woken, its input refused, and the stream with it. */
static void end_waking(struct stream *s)
{
    s->waking = 0;
    if (s->over)
        destroy(s);
}

struct stream *stream_new(struct frame *f, unsigned step, unsigned n)
{
    struct stream *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->owner = f;
    s->step = step;
    s->body = f->flow->steps[step].kind->flow;
    s->after = f->streams;
    f->streams = s;
    s->results = calloc(n ? n : 1, sizeof *s->results);
    s->gates = calloc(s->body->n_steps, sizeof *s->gates);
    if (s->results && s->gates)
        return s;
    free_stream(s);
    return NULL;
}

static struct stream *new_stream(struct frame *f, unsigned step)
{
    struct stream *s = stream_new(f, step, f->head.out.n);

    if (!s)
        return NULL;
    s->list = f->head.out;
    for (unsigned i = 1; i < 8; i++)
        s->args[i] = f->head.args[i];
    return s;
}

static struct frame *start_item(kiln_run *r, struct stream *s)
{
    struct frame *f;

    s->args[0] = s->list.u.items[s->next];
    f = frame_new(r, s->body, s->owner, s->step, s->next, s->args);
    if (!f)
        return NULL;
    f->stream = s;
    s->next++;
    s->under_way++;
    return f;
}

static int out_of_memory(kiln_run *r)
{
    return run_break(r, -12, "out of memory");
}

static int end_stream(kiln_run *r, struct stream *s)
{
    struct frame *f = s->owner;
    unsigned step = s->step;
    kiln_value all;

    if (kiln_array(&r->heap, &all, s->results, s->list.n) < 0)
        return out_of_memory(r);
    free_stream(s);
    return run_complete(r, f, step, &all, -1);
}

/* Starts as many items as the window has room for. */
static int fill_window(kiln_run *r, struct stream *s)
{
    const kiln_step *step = &s->owner->flow->steps[s->step];
    unsigned window = step->kind->window ? step->kind->window : 1;
    int failed = 0;

    s->waking = 1;
    while (!failed && !s->over && s->next < s->list.n && s->under_way < window) {
        struct frame *f = start_item(r, s);

        failed = f ? frame_wake(f) : out_of_memory(r);
    }
    end_waking(s);
    return failed;
}

/* All frames first, then all wakes: a frame that is woken may not find its neighbours missing. */
static int start_all(kiln_run *r, struct stream *s)
{
    LIST(struct frame *) frames = { 0 };
    int failed = 0;

    s->waking = 1;
    while (!failed && s->next < s->list.n) {
        struct frame *f = start_item(r, s);

        if (!f || list_push(&frames, f) < 0)
            failed = out_of_memory(r);
    }
    for (size_t i = 0; !failed && !s->over && i < frames.n; i++)
        failed = frame_wake(frames.at[i]);
    list_fini(&frames);
    end_waking(s);
    return failed;
}

static int items_start(kiln_run *r, struct frame *f, unsigned step)
{
    kiln_value error;
    struct stream *s;

    if (f->head.out.tag != KILN_ARRAY) {
        if (value_textf(&r->heap, &error, "expected an array of items, got %s",
                        value_type(&f->head.out))
            < 0)
            return out_of_memory(r);
        return run_fail(r, f, step, &error);
    }
    if (!(s = new_stream(f, step)))
        return out_of_memory(r);
    if (!s->list.n)
        return end_stream(r, s);
    return f->flow->steps[step].kind->flags & KILN_STEP_STREAM ? start_all(r, s)
                                                               : fill_window(r, s);
}

/* ---- ends of items ---- */

/* The step fails with the error at hand; what else it has under way is given up. */
static int fail_stream(kiln_run *r, struct stream *s)
{
    struct frame *owner = s->owner;
    unsigned step = s->step;
    kiln_value e = s->error;

    frame_clear_below(owner, step, step);
    return run_fail_call(r, owner, step, &e);
}

/* Gives up the items behind `index`. */
static int drop_later(kiln_run *r, struct stream *s, unsigned index)
{
    for (struct frame *f = r->live, *next; f; f = next) {
        next = f->next;
        if (f->stream != s || f->item <= index)
            continue;
        if (each_forget(f, 0, ~0u) < 0)
            return -1;
        frame_kill(f);
        s->under_way--;
        next = r->live; /* the frames below it are gone too */
    }
    return 0;
}

/* An item failed and nothing keeps it. Items before it go on, for one of them may fail as well: the
 * first in item order is the step's error, however they overlap. Gates know no such order. */
static int fail_item(kiln_run *r, struct stream *s, struct frame *child, const kiln_value *error)
{
    unsigned index = child->item;
    kiln_value pairs[4] = { value_static("index"), value_int(index), value_static("error"),
                            *error };

    if (kiln_object(&r->heap, &s->error, pairs, 2) < 0)
        return out_of_memory(r);
    s->failed = 1;
    s->next = s->list.n;
    if (s->under_way == 1 || s->owner->flow->steps[s->step].kind->flags & KILN_STEP_STREAM)
        return fail_stream(r, s);
    if (each_forget(child, 0, ~0u) < 0 || drop_later(r, s, index) < 0)
        return -1;
    frame_drop(child);
    return --s->under_way ? 0 : fail_stream(r, s);
}

static int items_end(kiln_run *r, struct frame *child, int ok, const kiln_value *v)
{
    struct stream *s = child->stream;
    const kiln_step *step = &s->owner->flow->steps[s->step];
    unsigned index = child->item;
    kiln_value pair[2] = { value_bool(ok), *v };

    if (!ok && !(step->kind->flags & KILN_STEP_KEEP))
        return fail_item(r, s, child, v);
    s->results[index] = *v;
    if (step->kind->flags & KILN_STEP_KEEP && kiln_array(&r->heap, &s->results[index], pair, 2) < 0)
        return out_of_memory(r);
    if (each_forget(child, 0, ~0u) < 0)
        return -1;
    frame_drop(child);
    s->under_way--;
    if (s->failed)
        return s->under_way ? 0 : fail_stream(r, s);
    if (++s->done == s->list.n)
        return end_stream(r, s);
    return step->kind->flags & KILN_STEP_STREAM || s->waking ? 0 : fill_window(r, s);
}

static int items_enter(struct frame *f, unsigned step)
{
    struct gate *g = &f->stream->gates[step];

    if (!g->inside) {
        g->inside = f;
        return 1;
    }
    return list_push(&g->waiting, f) < 0 ? -1 : 0;
}

static int items_leave(kiln_run *r, struct frame *f, unsigned step)
{
    struct gate *g = &f->stream->gates[step];

    if (g->inside != f) /* it has left before, when its ending was held */
        return 0;
    g->inside = NULL;
    if (g->first < g->waiting.n) {
        g->inside = g->waiting.at[g->first++];
        return run_enqueue(r, g->inside, step);
    }
    g->first = g->waiting.n = 0;
    return 0;
}

static int items_forget(struct frame *f, unsigned from, unsigned to)
{
    for (unsigned i = from; f->stream && i < f->flow->n_steps && i <= to; i++) {
        struct gate *g = &f->stream->gates[i];
        size_t kept = g->first;

        for (size_t w = g->first; w < g->waiting.n; w++)
            if (g->waiting.at[w] != f)
                g->waiting.at[kept++] = g->waiting.at[w];
        g->waiting.n = kept;
        if (g->inside == f && items_leave(f->run, f, i) < 0)
            return -1;
    }
    return 0;
}

static void items_drop(struct frame *f, unsigned from, unsigned to)
{
    for (struct stream *s = f->streams, *after; s; s = after) {
        after = s->after;
        if (s->step >= from && s->step <= to)
            free_stream(s);
    }
}

/* How often steps from..to of an item frame wait at their gates. */
static unsigned count_waiting(const struct frame *f, unsigned from, unsigned to)
{
    unsigned n = 0;

    for (unsigned i = from; f->stream && i < f->flow->n_steps && i <= to; i++) {
        const struct gate *g = &f->stream->gates[i];

        for (size_t w = g->first; w < g->waiting.n; w++)
            n += g->waiting.at[w] == f;
    }
    return n;
}

static unsigned items_count(const struct frame *f, unsigned from, unsigned to)
{
    unsigned n = count_waiting(f, from, to);

    for (const struct stream *s = f->streams; s; s = s->after)
        n += s->step >= from && s->step <= to;
    return n;
}

static void items_visit(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx)
{
    for (struct stream *s = f->streams; s; s = s->after) {
        visit(ctx, &s->list);
        visit(ctx, &s->error);
        for (unsigned i = 0; i < 8; i++)
            visit(ctx, &s->args[i]);
        for (unsigned i = 0; i < s->list.n; i++)
            visit(ctx, &s->results[i]);
    }
}

const kiln_stream kiln_streams = {
    .start = items_start,
    .end = items_end,
    .enter = items_enter,
    .leave = items_leave,
    .forget = items_forget,
    .drop = items_drop,
    .count = items_count,
    .visit = items_visit,
    .save = stream_save,
    .restore = stream_restore,
    .save_gates = stream_save_gates,
    .restore_gates = stream_restore_gates,
};
