/* works.c: what an interpreted run has under way (interpreter.h): found, let through gates, given
 * up. */
#include "interpreter.h"

#include <stdlib.h>

struct work *works_add(struct interpreter *in, struct scene *f, const struct plan_step *s)
{
    struct work *w = interpreter_alloc(in, sizeof *w);

    *w = (struct work){ .frame = f, .step = s, .turn = ++in->turn };
    if (list_push(&in->works, w) < 0)
        abort();
    return w;
}

int works_is_of(const struct work *w, const struct scene *f)
{
    return w->state != WORK_OVER && w->frame == f;
}

int works_any(const struct interpreter *in, const struct scene *f)
{
    for (size_t i = 0; i < in->works.n; i++)
        if (works_is_of(in->works.at[i], f))
            return 1;
    return 0;
}

static int is_gated(const struct work *w)
{
    return w->step->flags & KILN_STEP_GATED && w->frame->caller
           && w->frame->caller->step->ops[w->frame->caller->step->n_ops - 1].kind == PLAN_EACH;
}

/* Both want the same gate. */
static int is_same_gate(const struct work *a, const struct work *b)
{
    return a->step == b->step && a->frame->caller == b->frame->caller;
}

int works_is_shut_out(const struct interpreter *in, const struct work *w)
{
    if (!is_gated(w))
        return 0;
    for (size_t i = 0; i < in->works.n; i++) {
        const struct work *x = in->works.at[i];

        if (x != w && x->state != WORK_OVER && is_same_gate(x, w))
            return 1;
    }
    return 0;
}

/* The work has left its gate: the one that has waited longest goes in. */
static void let_next_in(struct interpreter *in, const struct work *left)
{
    struct work *first = NULL;

    for (size_t i = 0; i < in->works.n; i++) {
        struct work *x = in->works.at[i];

        if (x->state == WORK_GATE && is_same_gate(x, left) && (!first || x->turn < first->turn))
            first = x;
    }
    if (!first)
        return;
    first->state = WORK_READY;
    first->turn = ++in->turn;
}

void works_drop_below(struct interpreter *in, struct work *w, unsigned from_index)
{
    for (size_t i = 0; i < in->scenes.n; i++) {
        struct scene *f = in->scenes.at[i];

        if (!f->over && f->caller == w && f->item >= from_index)
            works_drop_scene(in, f);
    }
}

void works_drop(struct interpreter *in, struct work *w)
{
    int was_inside = w->state != WORK_GATE && is_gated(w);

    w->state = WORK_OVER;
    works_drop_below(in, w, 0);
    if (was_inside)
        let_next_in(in, w);
}

void works_drop_from(struct interpreter *in, struct scene *f, unsigned from, const struct work *but)
{
    for (size_t i = 0; i < in->works.n; i++) {
        struct work *w = in->works.at[i];

        if (works_is_of(w, f) && w != but && w->step->number >= from)
            works_drop(in, w);
    }
}

void works_drop_scene(struct interpreter *in, struct scene *f)
{
    f->over = 1;
    works_drop_from(in, f, 0, NULL);
}

int works_has_below(const struct interpreter *in, const struct work *w)
{
    for (size_t i = 0; i < in->scenes.n; i++)
        if (!in->scenes.at[i]->over && in->scenes.at[i]->caller == w)
            return 1;
    return 0;
}
