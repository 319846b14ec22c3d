/* stream_snapshot.c: streams of items as bytes (stream.h). */
#include "stream.h"

#include <limits.h>

#include "snapshot.h"

struct stream *stream_find(const struct frame *f, unsigned step)
{
    struct stream *s = f->streams;

    while (s && s->step != step)
        s = s->after;
    return s;
}

static void save_one(struct text *t, const struct stream *s)
{
    record_put_uint(t, s->step);
    snapshot_put_value(t, &s->list);
    for (unsigned i = 1; i < 8; i++)
        snapshot_put_value(t, &s->args[i]);
    for (unsigned i = 0; i < s->list.n; i++)
        snapshot_put_value(t, &s->results[i]);
    record_put_uint(t, s->next);
    record_put_uint(t, s->done);
    record_put_uint(t, s->under_way);
    text_putc(t, (char)s->failed);
    snapshot_put_value(t, &s->error);
}

void stream_save(struct text *t, const struct frame *f)
{
    unsigned n = 0;

    for (const struct stream *s = f->streams; s; s = s->after)
        n++;
    record_put_uint(t, n);
    for (const struct stream *s = f->streams; s; s = s->after)
        save_one(t, s);
}

static int restore_values(struct record_cursor *c, struct stream *s)
{
    kiln_heap *h = &s->owner->run->heap;

    for (unsigned i = 1; i < 8; i++)
        if (snapshot_take_value(c, h, &s->args[i]) < 0)
            return -1;
    for (unsigned i = 0; i < s->list.n; i++)
        if (snapshot_take_value(c, h, &s->results[i]) < 0)
            return -1;
    return 0;
}

static int restore_one(struct record_cursor *c, struct frame *f)
{
    kiln_heap *h = &f->run->heap;
    kiln_value list;
    struct stream *s;
    unsigned step, failed;

    if (snapshot_take_below(c, f->flow->n_steps, &step) < 0 || !f->flow->steps[step].kind->flow
        || stream_find(f, step) || snapshot_take_value(c, h, &list) < 0 || list.tag != KILN_ARRAY
        || !(s = stream_new(f, step, list.n)))
        return -1;
    s->list = list;
    if (restore_values(c, s) < 0 || snapshot_take_below(c, list.n + 1ull, &s->next) < 0
        || snapshot_take_below(c, list.n + 1ull, &s->done) < 0
        || snapshot_take_below(c, list.n + 1ull, &s->under_way) < 0
        || snapshot_take_below(c, 2, &failed) < 0)
        return -1;
    s->failed = (int)failed;
    return snapshot_take_value(c, h, &s->error);
}

/* The newest stood first; putting one in puts it in front. */
static void turn_round(struct frame *f)
{
    struct stream *turned = NULL, *after;

    for (struct stream *s = f->streams; s; s = after) {
        after = s->after;
        s->after = turned;
        turned = s;
    }
    f->streams = turned;
}

int stream_restore(struct record_cursor *c, struct frame *f)
{
    unsigned n;

    if (snapshot_take_below(c, f->flow->n_steps + 1ull, &n) < 0)
        return -1;
    while (n--)
        if (restore_one(c, f) < 0)
            return -1;
    turn_round(f);
    return 0;
}

/* ---- gates ---- */

static void save_gate(struct text *t, const struct gate *g)
{
    record_put_uint(t, g->inside ? g->inside->mark + 1 : 0);
    record_put_uint(t, g->waiting.n - g->first);
    for (size_t i = g->first; i < g->waiting.n; i++)
        record_put_uint(t, g->waiting.at[i]->mark);
}

void stream_save_gates(struct text *t, const struct frame *f)
{
    for (const struct stream *s = f->streams; s; s = s->after)
        for (unsigned i = 0; i < s->body->n_steps; i++)
            if (s->body->steps[i].kind->flags & KILN_STEP_GATED)
                save_gate(t, &s->gates[i]);
}

static int restore_gate(struct record_cursor *c, struct stream *s, struct gate *g,
                        struct frame *const *frames, size_t n_frames)
{
    unsigned inside, n, frame;

    if (snapshot_take_below(c, n_frames + 1ull, &inside) < 0
        || snapshot_take_below(c, c->n, &n) < 0) /* an item may wait there more than once */
        return -1;
    g->inside = inside ? frames[inside - 1] : NULL;
    if (inside && g->inside->stream != s)
        return -1;
    while (n--) {
        if (snapshot_take_below(c, n_frames, &frame) < 0 || frames[frame]->stream != s
            || list_push(&g->waiting, frames[frame]) < 0)
            return -1;
    }
    return 0;
}

int stream_restore_gates(struct record_cursor *c, struct frame *f, struct frame *const *frames,
                         size_t n_frames)
{
    for (struct stream *s = f->streams; s; s = s->after)
        for (unsigned i = 0; i < s->body->n_steps; i++)
            if (s->body->steps[i].kind->flags & KILN_STEP_GATED
                && restore_gate(c, s, &s->gates[i], frames, n_frames) < 0)
                return -1;
    return 0;
}
