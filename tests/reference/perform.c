/* perform.c: what a step does once its pure part is done, by the kind of its last operation. */
#include "interpreter.h"

#include <stdlib.h>

#include "kiln.h"

/* ---- items ---- */

static unsigned under_way(const struct interpreter *in, const struct work *w)
{
    unsigned n = 0;

    for (size_t i = 0; i < in->scenes.n; i++)
        n += !in->scenes.at[i]->over && in->scenes.at[i]->caller == w;
    return n;
}

static struct scene *begin_item(struct interpreter *in, struct work *w)
{
    struct items *it = &w->items;
    const struct plan_op *op = &w->step->ops[w->step->n_ops - 1];

    it->args[0] = it->list.u.items[it->next];
    return interpreter_enter(in, op->flow, w->frame, w, it->next++, it->args);
}

/* All at once, or as many as the window has room for. */
static void begin_items(struct interpreter *in, struct work *w)
{
    struct items *it = &w->items;
    unsigned window = w->step->window ? w->step->window : 1;

    if (w->step->flags & KILN_STEP_STREAM) {
        LIST(struct scene *) all = { 0 };

        while (it->next < it->list.n)
            if (list_push(&all, begin_item(in, w)) < 0)
                return;
        for (size_t i = 0; i < all.n; i++)
            if (!all.at[i]->over) /* one before it may have failed all of them */
                interpreter_wake(in, all.at[i]);
        list_fini(&all);
        return;
    }
    while (it->next < it->list.n && under_way(in, w) < window)
        interpreter_wake(in, begin_item(in, w));
}

static void begin_each(struct interpreter *in, struct work *w, const kiln_value *regs)
{
    const struct plan_op *op = &w->step->ops[w->step->n_ops - 1];
    kiln_value list = regs[op->args[0]], error;

    if (list.tag != KILN_ARRAY) {
        value_textf(&in->heap, &error, "expected an array of items, got %s", value_type(&list));
        interpreter_fail(in, w, error);
        return;
    }
    w->items = (struct items){ .list = list };
    w->items.results = interpreter_alloc(in, (list.n + 1) * sizeof(kiln_value));
    for (unsigned i = 1; i < op->n_args; i++)
        w->items.args[i] = regs[op->args[i]];
    w->state = WORK_BELOW;
    if (list.n)
        begin_items(in, w);
    else
        interpreter_complete(in, w, &list, -1);
}

static void fail_items(struct interpreter *in, struct work *w)
{
    works_drop_below(in, w, 0);
    interpreter_fail_call(in, w, w->items.error);
}

/* The first failure in the order of the items is the step's: later items are given up, earlier
 * ones go on. In a stream the first in time is. */
static void fail_item(struct interpreter *in, struct work *w, unsigned index, kiln_value error)
{
    kiln_value pairs[4] = { value_static("index"), value_int(index), value_static("error"), error };

    kiln_object(&in->heap, &w->items.error, pairs, 2);
    w->items.failed = 1;
    w->items.next = w->items.list.n;
    works_drop_below(in, w, index);
    if (w->step->flags & KILN_STEP_STREAM || !works_has_below(in, w))
        fail_items(in, w);
}

void perform_item(struct interpreter *in, struct work *w, unsigned index, int ok, kiln_value v)
{
    struct items *it = &w->items;
    int keeps = (w->step->flags & KILN_STEP_KEEP) != 0;
    kiln_value pair[2] = { value_bool(ok), v }, all;

    if (!ok && !keeps) {
        fail_item(in, w, index, v);
        return;
    }
    it->results[index] = v;
    if (keeps)
        kiln_array(&in->heap, &it->results[index], pair, 2);
    if (it->failed) {
        if (!works_has_below(in, w))
            fail_items(in, w);
    } else if (++it->ended == it->list.n) {
        kiln_array(&in->heap, &all, it->results, it->list.n);
        interpreter_complete(in, w, &all, -1);
    } else {
        begin_items(in, w);
    }
}

/* ---- the others ---- */

static void begin_child(struct interpreter *in, struct work *w, const kiln_value *regs)
{
    const struct plan_op *op = &w->step->ops[w->step->n_ops - 1];
    kiln_value args[8];

    for (unsigned i = 0; i < op->n_args; i++)
        args[i] = regs[op->args[i]];
    w->state = WORK_BELOW;
    interpreter_wake(in, interpreter_enter(in, op->flow, w->frame, w,
                                           op->item >= 0 ? (unsigned)regs[op->item].u.i : 0, args));
}

static void call_task(struct interpreter *in, struct work *w, kiln_value input)
{
    const struct plan_op *op = &w->step->ops[w->step->n_ops - 1];
    unsigned long long later = 0;
    kiln_value v;
    int failed = in->world->call(in->world->ctx, &in->heap, op->op, &input, &v, &later);

    if (failed) {
        interpreter_fail_call(in, w, v);
    } else if (w->deadline.turn && in->clock >= w->deadline.ms) {
        interpreter_fail(in, w, in->plan->consts[w->step->late]);
    } else if (later) {
        w->state = WORK_TIME;
        w->value = v;
        w->due = interpreter_in(in, later);
    } else {
        interpreter_complete(in, w, &v, -1);
    }
}

static void begin_sleep(struct interpreter *in, struct work *w, kiln_value ms)
{
    double d = value_number(&ms);

    w->state = WORK_TIME;
    w->value = ms;
    w->due = interpreter_in(in, d >= 1 ? d < 1e15 ? (unsigned long long)d : 1000000000000000 : 0);
}

static void begin_await(struct interpreter *in, struct work *w, kiln_value what)
{
    kiln_value ms = value_member(&what, "timeout");

    w->state = WORK_SIGNAL;
    w->value = what;
    if (ms.tag == KILN_INT || ms.tag == KILN_DOUBLE)
        w->deadline =
            interpreter_in(in, value_number(&ms) > 0 ? (unsigned long long)value_number(&ms) : 0);
}

static void take_note(struct interpreter *in, struct work *w, const kiln_value *v)
{
    json_write(&in->end->notes, v);
    text_putc(&in->end->notes, '\n');
    interpreter_complete(in, w, NULL, -1);
}

static void meet_boundary(struct interpreter *in, struct work *w)
{
    int woke = turns_boundary(in, w->frame);

    if (woke < 0) {
        interpreter_fail(in, w, in->heap.error);
        return;
    }
    w->frame->quiet = 0;
    interpreter_complete(in, w, NULL, woke);
}

void perform_step(struct interpreter *in, struct work *w)
{
    const struct plan_step *s = w->step;
    const struct plan_op *op = s->n_ops ? &s->ops[s->n_ops - 1] : NULL;
    kiln_value *regs = interpreter_alloc(in, ((size_t)s->n_regs + 1) * sizeof *regs), a;

    if (w->frame->turns)
        turns_step(in, w);
    if (s->timeout && !w->deadline.turn)
        w->deadline = interpreter_in(in, s->timeout);
    if (evaluate_step(in, w, regs) < 0) {
        interpreter_fail(in, w, in->heap.error);
        return;
    }
    a = op && op->n_args ? regs[op->args[0]] : value_null();
    switch (op ? op->kind : PLAN_KINDS) {
    case PLAN_TEST:
        interpreter_complete(in, w, NULL, kiln_truthy(&a));
        return;
    case PLAN_PICK:
        interpreter_complete(in, w, NULL, (int)(unsigned)a.u.i);
        return;
    case PLAN_TASK:
        call_task(in, w, a);
        return;
    case PLAN_CHILD:
        begin_child(in, w, regs);
        return;
    case PLAN_EACH:
        begin_each(in, w, regs);
        return;
    case PLAN_SLEEP:
        begin_sleep(in, w, a);
        return;
    case PLAN_AWAIT:
        begin_await(in, w, a);
        return;
    case PLAN_NOTE:
        take_note(in, w, &a);
        return;
    case PLAN_BOUNDARY:
        meet_boundary(in, w);
        return;
    case PLAN_FINISH:
        interpreter_finish(in, w, a);
        return;
    case PLAN_FAIL:
        interpreter_fail(in, w, a);
        return;
    default:
        interpreter_complete(in, w, NULL, -1);
    }
}
