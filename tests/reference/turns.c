/* turns.c: supersteps: writes are kept in a list until the boundary, which applies them in the
 * order of the tasks' numbers and wakes who watches what has changed (pregel 2).
 */
#include <stdlib.h>

#include "fault.h"
#include "turns.h"

static struct turns *make(struct interpreter *in, const struct plan_flow *flow)
{
    struct turns *t = interpreter_alloc(in, sizeof *t);

    t->channels = interpreter_alloc(in, (flow->n_slots + 1) * sizeof *t->channels);
    t->tasks = interpreter_alloc(in, (flow->n_steps + 1) * sizeof *t->tasks);
    for (unsigned i = 0; i < flow->n_slots; i++)
        if (flow->slots[i].rule == KILN_RULE_BARRIER)
            t->channels[i].met =
                interpreter_alloc(in, in->plan->consts[flow->slots[i].names].n + 1);
    for (unsigned i = 0; i < flow->n_steps; i++) {
        const struct plan_step *s = flow->steps[i];

        if (s->wake != KILN_WAKE_CHANGED)
            continue;
        t->tasks[s->node].step = s;
        t->tasks[s->node].seen = interpreter_alloc(in, (flow->n_slots + 1) * sizeof(unsigned));
        if (s->node >= t->n_tasks)
            t->n_tasks = s->node + 1;
    }
    return t;
}

/* ---- turns ---- */

static void forget(struct turns *t)
{
    for (unsigned i = 0; i < t->n_tasks; i++)
        t->tasks[i].active = 0;
    t->writes.n = 0;
}

static int has_news(const struct scene *f, const struct task_of *task)
{
    for (unsigned i = 0; task->step && i < task->step->n_watch; i++) {
        unsigned slot = task->step->watch[i];

        if (f->slots[slot].tag != KILN_ABSENT
            && (!task->ran || f->turns->channels[slot].version > task->seen[slot]))
            return 1;
    }
    return 0;
}

/* Whether the last apply left anything new, at all or for this task. */
static int is_updated(const struct scene *f, const struct task_of *task)
{
    const struct turns *t = f->turns;

    for (unsigned i = 0; i < f->flow->n_slots; i++)
        for (unsigned k = 0;
             t->channels[i].changed == t->applies && k < (task ? task->step->n_watch : 1); k++)
            if (!task || task->step->watch[k] == i)
                return 1;
    return 0;
}

/* Begins the next superstep: the number of tasks woken, or -1. */
static int tick(struct interpreter *in, struct scene *f)
{
    struct turns *t = f->turns;
    int n = 0, any = is_updated(f, NULL);

    if (t->ticks++ > f->flow->limit)
        return fault_raise(&in->heap, "GraphRecursionError",
                           "Recursion limit of %u reached without hitting a stop condition. You "
                           "can increase the limit by setting the `recursion_limit` config key.",
                           f->flow->limit);
    for (unsigned i = 0; i < t->n_tasks; i++) {
        struct task_of *task = &t->tasks[i];

        if (!task->step || (any && !is_updated(f, task)) || !has_news(f, task))
            continue;
        task->active = 1;
        n++;
    }
    for (unsigned i = 0; i < f->flow->n_slots; i++)
        if (f->flow->slots[i].flags & KILN_SLOT_LEFT)
            f->slots[i] = value_int((long long)f->flow->limit + 1 - t->ticks);
    for (unsigned i = 0; i < t->n_tasks; i++)
        if (t->tasks[i].active)
            interpreter_ready(in, f, t->tasks[i].step);
    return n;
}

void turns_begin(struct interpreter *in, struct scene *f, const kiln_value *input)
{
    struct turns *t = f->turns = make(in, f->flow);
    int woke;

    f->slots[0].tag = KILN_ABSENT;
    if (input->tag <= KILN_NULL) {
        fault_raise(&in->heap, "EmptyInputError", "Received no input for %s",
                    f->flow->slots[0].name);
        interpreter_end(in, f, 0, in->heap.error);
        return;
    }
    if (list_push(&t->writes, ((struct write_of){ .node = TURNS_INPUT, .slot = 0, .v = *input }))
        < 0)
        abort();
    if (channels_apply(in, f, 1) < 0) {
        interpreter_end(in, f, 0, in->heap.error);
        return;
    }
    forget(t);
    woke = tick(in, f);
    if (woke < 0)
        interpreter_end(in, f, 0, in->heap.error);
    else if (!woke)
        interpreter_quiet(in, f);
}

void turns_end(struct scene *f)
{
    list_fini(&f->turns->writes);
}

void turns_step(struct interpreter *in, struct work *w)
{
    struct turns *t = w->frame->turns;
    struct task_of *task = &t->tasks[w->step->node];
    size_t kept = 0;

    (void)in;
    if (w->step->wake == KILN_WAKE_CHANGED) {
        for (size_t i = 0; i < t->writes.n; i++)
            if (t->writes.at[i].node != w->step->node + 1)
                t->writes.at[kept++] = t->writes.at[i];
        t->writes.n = kept;
        task->begun++;
    }
    w->frame->index = task->begun;
}

void turns_write(struct interpreter *in, struct work *w, unsigned slot, const kiln_value *v)
{
    struct write_of write = { .node = w->step->node + 1, .slot = slot, .v = *v };

    (void)in;
    if (list_push(&w->frame->turns->writes, write) < 0)
        abort();
}

/* What the caller is shown, when the superstep changed a part of it. */
static void show(struct interpreter *in, struct scene *f)
{
    const struct plan_flow *flow = f->flow;
    kiln_value *pairs = interpreter_alloc(in, (2 * flow->n_slots + 1) * sizeof *pairs);
    unsigned n = 0, result = flow->n_slots;
    int changed = 0;

    for (unsigned i = 0; i < flow->n_slots; i++) {
        const struct plan_slot *s = &flow->slots[i];

        if (s->flags & KILN_SLOT_RESULT)
            result = i;
        if (!(s->flags & KILN_SLOT_OUTPUT) || s->flags & KILN_SLOT_PRIVATE)
            continue;
        changed |= f->turns->channels[i].changed == f->turns->applies;
        pairs[2 * n] = value_static(s->name);
        pairs[2 * n++ + 1] = f->slots[i];
    }
    if (changed && result < flow->n_slots)
        kiln_object(&in->heap, &f->slots[result], pairs, n);
}

int turns_boundary(struct interpreter *in, struct scene *f)
{
    struct turns *t = f->turns;
    int active = 0, woke;

    for (unsigned i = 0; i < t->n_tasks; i++)
        active |= t->tasks[i].active;
    if (!active)
        return 0;
    if (channels_apply(in, f, 0) < 0)
        return -1;
    forget(t);
    show(in, f);
    woke = tick(in, f);
    return woke > 0 ? 1 : woke;
}
