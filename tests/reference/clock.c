/* clock.c: the loop of an interpreted run (interpreter.h): what is ready goes on, the one that
 * waits longest first; when nothing is, time passes, and when nothing waits for time, a signal
 * comes. */
#include "interpreter.h"

#include <stdlib.h>

#include "kiln.h"

enum { MOST_STEPS = 5000 }; /* a plan that needs more runs for ever */

struct moment interpreter_in(struct interpreter *in, unsigned long long ms)
{
    return (struct moment){ in->clock + (long long)ms, ++in->turn };
}

static struct work *next_ready(const struct interpreter *in)
{
    struct work *next = NULL;

    for (size_t i = 0; i < in->works.n; i++) {
        struct work *w = in->works.at[i];

        if (w->state == WORK_READY && (!next || w->turn < next->turn))
            next = w;
    }
    return next;
}

static int is_before(struct moment a, struct moment b)
{
    return a.turn && (!b.turn || a.ms < b.ms || (a.ms == b.ms && a.turn < b.turn));
}

static struct moment next_moment(const struct interpreter *in, struct work **ret)
{
    struct moment first = { 0 };

    for (size_t i = 0; i < in->works.n; i++) {
        struct work *w = in->works.at[i];
        struct moment due =
            w->state == WORK_TIME || w->state == WORK_AGAIN ? w->due : (struct moment){ 0 };

        if (is_before(w->deadline, due))
            due = w->deadline;
        if (w->state != WORK_OVER && is_before(due, first)) {
            first = due;
            *ret = w;
        }
    }
    return first;
}

/* The time of a work has come. */
static void act(struct interpreter *in, struct work *w, struct moment at)
{
    kiln_value v = w->value;

    if (at.turn == w->deadline.turn) {
        works_drop_below(in, w, 0);
        interpreter_fail(in, w, in->plan->consts[w->step->late]);
    } else if (w->state == WORK_TIME) {
        interpreter_complete(in, w, &v, -1);
    } else {
        w->state = WORK_READY;
        w->turn = ++in->turn;
    }
}

/* Nothing else can happen: the newest that awaits a signal gets it. */
static int signal(struct interpreter *in)
{
    struct work *last = NULL;

    for (size_t s = in->scenes.n; s-- && !last;)
        for (size_t i = 0; i < in->works.n; i++)
            if (works_is_of(in->works.at[i], in->scenes.at[s])
                && in->works.at[i]->state == WORK_SIGNAL)
                last = in->works.at[i];
    if (last)
        interpreter_complete(in, last, &in->world->signal, -1);
    return last != NULL;
}

/* Time stands still while anything is ready; then it is the first moment, and all that is due. */
static int pass_time(struct interpreter *in)
{
    struct work *w = NULL;
    struct moment at = next_moment(in, &w);

    if (!w)
        return signal(in);
    if (in->clock < at.ms)
        in->clock = at.ms;
    for (; w && at.ms <= in->clock && in->end->status == KILN_RUNNING;
         w = NULL, at = next_moment(in, &w))
        act(in, w, at);
    return 1;
}

static int go_on(struct interpreter *in)
{
    struct work *w = next_ready(in);

    if (in->end->status != KILN_RUNNING || in->steps++ > MOST_STEPS)
        return 0;
    if (!w)
        return pass_time(in);
    w->state = WORK_NOW;
    perform_step(in, w);
    return 1;
}

void reference_run(const struct plan *p, const struct reference_world *world,
                   const kiln_value *input, struct reference_end *ret)
{
    struct interpreter in = { .plan = p, .world = world, .end = ret };
    struct scene *root;

    *ret = (struct reference_end){ .status = KILN_RUNNING };
    heap_init(&in.heap, (p->flags & KILN_PROGRAM_SORTED) != 0);
    root = interpreter_enter(&in, p->flows[0], NULL, NULL, 0, input);
    interpreter_wake(&in, root);
    while (go_on(&in))
        continue;
    ret->clock = in.clock;
    list_fini(&in.works);
    for (size_t i = 0; i < in.scenes.n; i++)
        if (in.scenes.at[i]->turns)
            turns_end(in.scenes.at[i]);
    list_fini(&in.scenes);
    heap_fini(&in.heap);
    arena_fini(&in.arena);
}

void reference_fini(struct reference_end *end)
{
    text_fini(&end->output);
    text_fini(&end->notes);
}
