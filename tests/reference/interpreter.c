/* interpreter.c: the moves of an interpreted run (interpreter.h): wake, arrive, complete, fail,
 * end. */
#include "interpreter.h"

#include <stdlib.h>
#include <string.h>

#include "kiln.h"

void *interpreter_alloc(struct interpreter *in, size_t n)
{
    void *p = arena_zalloc(&in->arena, n);

    if (!p)
        abort();
    return p;
}

/* ---- waking ---- */

void interpreter_ready(struct interpreter *in, struct scene *f, const struct plan_step *s)
{
    struct work *w;

    if (f->held.set && s->number > f->held.step)
        return;
    f->quiet = 0;
    w = works_add(in, f, s);
    if (works_is_shut_out(in, w))
        w->state = WORK_GATE;
}

/* The quiet step runs once; when it woke nothing the frame ends with null. */
void interpreter_quiet(struct interpreter *in, struct scene *f)
{
    if (f->quiet) {
        interpreter_end(in, f, 1, value_null());
        return;
    }
    f->quiet = 1;
    for (unsigned i = 0; i < f->flow->n_steps; i++)
        if (f->flow->steps[i]->wake == KILN_WAKE_QUIET)
            works_add(in, f, f->flow->steps[i]);
}

struct scene *interpreter_enter(struct interpreter *in, const struct plan_flow *flow,
                                struct scene *up, struct work *caller, unsigned index,
                                const kiln_value *args)
{
    struct scene *f = interpreter_alloc(in, sizeof *f);

    *f = (struct scene){ .flow = flow, .up = up, .caller = caller, .item = index, .index = index };
    f->slots = interpreter_alloc(in, (flow->n_slots + 1) * sizeof *f->slots);
    f->arrived = interpreter_alloc(in, flow->n_steps * sizeof *f->arrived);
    for (unsigned i = 0; i < flow->n_slots; i++)
        if (i < flow->n_params)
            f->slots[i] = args[i];
        else if (flow->slots[i].initial >= 0)
            f->slots[i] = in->plan->consts[flow->slots[i].initial];
    if (list_push(&in->scenes, f) < 0)
        abort();
    return f;
}

void interpreter_wake(struct interpreter *in, struct scene *f)
{
    if (f->flow->flags & KILN_FLOW_SUPERSTEP) {
        kiln_value input = f->slots[0];

        turns_begin(in, f, &input);
        return;
    }
    for (unsigned i = 0; i < f->flow->n_steps; i++)
        if (f->flow->steps[i]->wake == KILN_WAKE_START)
            interpreter_ready(in, f, f->flow->steps[i]);
    if (!works_any(in, f))
        interpreter_quiet(in, f);
}

/* ---- arrivals ---- */

/* What an arrival makes of a step. */
enum fate { WAITS, WAKES, DIES };

static enum fate count(struct scene *f, const struct plan_step *s, int soft, int live)
{
    struct arrived *a = &f->arrived[s->number];

    if (s->hard == 1 && !s->soft) /* every arrival is its first and last */
        return live ? WAKES : DIES;
    if (a->done)
        return WAITS;
    *(soft ? &a->soft : &a->hard) += 1;
    a->live += (unsigned)live;
    if ((a->hard < s->hard || (s->soft && !a->soft)) && !(f->handling && live))
        return WAITS;
    a->done = 1;
    return a->live ? WAKES : DIES;
}

typedef LIST(const struct plan_step *) dead_steps;

static void arrive(struct interpreter *in, struct scene *f, const struct plan_edge *e, int live,
                   dead_steps *dead)
{
    enum fate fate = live ? WAKES : WAITS;

    if (e->to->wake == KILN_WAKE_COUNT)
        fate = count(f, e->to, e->soft, live);
    if (fate == WAKES)
        interpreter_ready(in, f, e->to);
    if (fate == DIES && list_push(dead, e->to) < 0)
        abort();
}

/* Fires the edges of a step; what dies of that passes death on, the last first. */
static void fire(struct interpreter *in, struct scene *f, const struct plan_step *s, int pick,
                 int failed)
{
    int tells_death = f->flow->flags & KILN_FLOW_DEAD && !f->handling;
    dead_steps dead = { 0 };

    for (unsigned i = 0; i < s->n_edges; i++) {
        const struct plan_edge *e = &s->edges[i];
        int live = e->kind == KILN_EDGE_ERROR ? failed : !failed;

        if (e->kind == KILN_EDGE_ORDER || (e->kind == KILN_EDGE_CASE && pick != (int)e->label))
            live = 0;
        if (live || tells_death)
            arrive(in, f, e, live, &dead);
    }
    while (dead.n) {
        const struct plan_step *d = dead.at[--dead.n];

        for (unsigned i = 0; i < d->n_edges; i++)
            arrive(in, f, &d->edges[i], 0, &dead);
    }
    list_fini(&dead);
}

/* ---- ends ---- */

/* The work is over; when it was the frame's last the frame is quiet, or a held ending happens. */
static void leave(struct interpreter *in, struct work *w)
{
    struct scene *f = w->frame;

    works_drop(in, w);
    if (f->over || works_any(in, f))
        return;
    if (!f->held.set) {
        interpreter_quiet(in, f);
        return;
    }
    f->held.set = 0;
    if (f->held.ok)
        interpreter_end(in, f, 1, f->held.value);
    else
        interpreter_fail(in, works_add(in, f, f->flow->steps[f->held.step]), f->held.value);
}

void interpreter_complete(struct interpreter *in, struct work *w, const kiln_value *result,
                          int pick)
{
    const struct plan_step *s = w->step;
    unsigned slot = (unsigned)s->result;

    if (result && s->result >= 0) {
        if (w->frame->flow->slots[slot].rule == KILN_RULE_LAST) {
            w->frame->slots[slot] = *result;
        } else if (evaluate_set(in, w->frame, slot, result) < 0) {
            interpreter_fail(in, w, in->heap.error);
            return;
        }
    }
    fire(in, w->frame, s, pick, 0);
    leave(in, w);
}

/* An ordered flow does not end before what is numbered before the step is through. */
static int must_hold(const struct interpreter *in, const struct work *w)
{
    if (!(w->frame->flow->flags & KILN_FLOW_ORDERED))
        return 0;
    for (size_t i = 0; i < in->works.n; i++)
        if (works_is_of(in->works.at[i], w->frame)
            && in->works.at[i]->step->number < w->step->number)
            return 1;
    return 0;
}

static int hold(struct interpreter *in, struct work *w, int ok, kiln_value v)
{
    struct scene *f = w->frame;

    if (!must_hold(in, w))
        return 0;
    f->held.set = 1;
    f->held.ok = ok;
    f->held.step = w->step->number;
    f->held.value = v;
    works_drop_from(in, f, w->step->number, NULL);
    return 1;
}

static int has_error_edge(const struct plan_step *s)
{
    for (unsigned i = 0; i < s->n_edges; i++)
        if (s->edges[i].kind == KILN_EDGE_ERROR)
            return 1;
    return 0;
}

void interpreter_fail(struct interpreter *in, struct work *w, kiln_value error)
{
    struct scene *f = w->frame;
    int soft = f->flow->flags & KILN_FLOW_SOFT_ERRORS;
    kiln_value pair[2] = { value_static("error"), error };

    if (hold(in, w, 0, error))
        return;
    if (!soft && !has_error_edge(w->step)) {
        interpreter_end(in, f, 0, error);
        return;
    }
    f->error = error;
    if (!soft) {
        works_drop_from(in, f, 0, w);
        f->handling = 1;
        f->held.set = 0;
    } else if (w->step->result >= 0) {
        kiln_object(&in->heap, &f->slots[w->step->result], pair, 1);
    }
    fire(in, f, w->step, -1, 1);
    leave(in, w);
}

/* An error that calls itself permanent is; a text may have the object that says so at its end. */
static int is_permanent(struct interpreter *in, kiln_value error)
{
    const char *brace =
        error.tag == KILN_STRING && error.n ? memchr(error.u.s, '{', error.n) : NULL;
    kiln_value object = error, category;
    struct json_error bad;

    if (brace
        && json_read(&in->heap, &object, brace, error.n - (size_t)(brace - error.u.s), &bad) < 0)
        return 0;
    category = value_member(&object, "category");
    return value_is(&category, "permanent");
}

/* The error of a step's operation, with what says whose it is in front of it. */
static kiln_value blame(struct interpreter *in, const struct plan_step *s, kiln_value error)
{
    struct text t = { 0 };

    if (!s->blame)
        return error;
    text_printf(&t, "Step %s failed: %s", s->id, s->blame);
    json_write_plain(&t, &error);
    value_string(&in->heap, &error, text_cstr(&t), t.n);
    text_fini(&t);
    return error;
}

void interpreter_fail_call(struct interpreter *in, struct work *w, kiln_value error)
{
    const kiln_retry *retry = &w->step->retry;
    unsigned long long ms = retry->delay;
    int late = w->deadline.turn && in->clock >= w->deadline.ms;

    if (late || w->failures >= retry->tries || is_permanent(in, error)) {
        interpreter_fail(in, w, blame(in, w->step, error));
        return;
    }
    for (unsigned i = 0; i < w->failures; i++)
        ms *= 2;
    w->failures++;
    w->state = WORK_AGAIN;
    w->due = interpreter_in(in, ms < retry->budget ? ms : retry->budget);
}

void interpreter_finish(struct interpreter *in, struct work *w, kiln_value v)
{
    if (!hold(in, w, 1, v))
        interpreter_end(in, w->frame, 1, v);
}

void interpreter_end(struct interpreter *in, struct scene *f, int ok, kiln_value v)
{
    struct work *caller = f->caller;

    works_drop_scene(in, f);
    if (!caller) {
        in->end->status = ok ? KILN_COMPLETED : KILN_FAILED;
        json_write(&in->end->output, &v);
    } else if (caller->step->ops[caller->step->n_ops - 1].kind == PLAN_EACH) {
        perform_item(in, caller, f->item, ok, v);
    } else if (ok) {
        interpreter_complete(in, caller, &v, -1);
    } else {
        interpreter_fail_call(in, caller, v);
    }
}
