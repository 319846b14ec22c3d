/* superstep.c: the loop of supersteps (pregel 2.1 to 2.4).
 *
 * One idea: leaves never touch a channel. What they write is kept on a list by task, and only the
 * boundary moves it into the slots, in the order of the tasks' names; versions say which nodes have
 * something new to read, and those are the next superstep. So the result depends on names and
 * values, never on who was faster.
 */
#include "superstep.h"

#include <errno.h>
#include <stdlib.h>

#include "fault.h"
#include "wait.h"

static const kiln_step *step_of(const struct frame *f, const struct task *t)
{
    return &f->flow->steps[t->step];
}

static int out_of_memory(struct frame *f)
{
    return run_break(f->run, -ENOMEM, "out of memory");
}

void kiln_run_limit(kiln_run *r, unsigned limit)
{
    r->options.limit = limit;
}

/* ---- choosing tasks ---- */

/* A node runs when one of its triggers is available and newer than what it saw last; a node that
 * never ran takes any (pregel 2.4). */
static int has_news(const struct frame *f, const struct task *t)
{
    const kiln_step *s = step_of(f, t);

    for (unsigned i = 0; i < s->kind->n_watch; i++) {
        unsigned slot = s->kind->watch[i];

        if (f->head.slots[slot].tag == KILN_ABSENT)
            continue;
        if (!t->ran || f->superstep->channels[slot].version > t->seen[i])
            return 1;
    }
    return 0;
}

static int activate(struct frame *f, unsigned task)
{
    struct superstep *ss = f->superstep;
    struct task *t = &ss->tasks[task];

    if (t->active || !has_news(f, t))
        return 0;
    t->active = 1;
    t->done = 0;
    return list_push(&ss->active, task);
}

static int ascending(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

    return (x > y) - (x < y);
}

/* Those that watch what the last apply changed; when it changed nothing, every node may try. */
static int choose_tasks(struct frame *f, int all)
{
    struct superstep *ss = f->superstep;

    if (all || !ss->updated.n) {
        for (unsigned i = 0; ss->version && i < ss->n_tasks; i++)
            if (activate(f, i) < 0)
                return -1;
        return 0;
    }
    for (size_t i = 0; i < ss->updated.n; i++) {
        const struct channel *c = &ss->channels[ss->updated.at[i]];

        for (unsigned w = c->first_watcher; w < c[1].first_watcher; w++)
            if (activate(f, ss->watchers[w]) < 0)
                return -1;
    }
    qsort(ss->active.at, ss->active.n, sizeof *ss->active.at, ascending);
    return 0;
}

static void forget_writes(struct superstep *ss)
{
    for (size_t i = 0; i < ss->active.n; i++) {
        struct task *t = &ss->tasks[ss->active.at[i]];

        t->first = t->last = -1;
        t->active = 0;
    }
    ss->tasks[ss->n_tasks].first = ss->tasks[ss->n_tasks].last = -1;
    ss->writes.n = 0;
    ss->active.n = 0;
}

static int wake_tasks(struct frame *f)
{
    struct superstep *ss = f->superstep;

    f->turn = (unsigned)ss->step;
    for (size_t i = 0; i < ss->active.n; i++)
        if (tell_task(f, ss->active.at[i]) < 0)
            return out_of_memory(f);
    for (size_t i = 0; i < ss->active.n; i++) {
        const struct task *t = &ss->tasks[ss->active.at[i]];

        if (t->done && tell_again(f, ss->active.at[i]) < 0)
            return out_of_memory(f);
        if (!t->done && run_ready(f->run, f, t->step) < 0)
            return -1;
    }
    return 0;
}

/* Begins superstep ss->step. 0, or -1 with the heap's error set, or the run broken. */
static int tick(struct frame *f)
{
    struct superstep *ss = f->superstep;

    if (ss->step > ss->stop)
        return fault_raise(&f->run->heap, "GraphRecursionError",
                           "Recursion limit of %u reached without hitting a stop condition. You "
                           "can increase the limit by setting the `recursion_limit` config key.",
                           superstep_limit(f));
    if (choose_tasks(f, 0) < 0)
        return out_of_memory(f);
    return wake_tasks(f);
}

/* ---- input ---- */

/* The flags of all public channels the last apply updated, and PRIVATE for "there is one". */
static unsigned updated_flags(const struct frame *f)
{
    const struct superstep *ss = f->superstep;
    unsigned all = 0;

    for (size_t i = 0; i < ss->updated.n; i++) {
        unsigned flags = f->flow->slots[ss->updated.at[i]].kind->flags;

        if (!(flags & KILN_SLOT_PRIVATE))
            all |= flags | KILN_SLOT_PRIVATE;
    }
    return all;
}

/* What the caller sees of the state now: the last of these is what the run gives. */
static int keep_shown(struct frame *f)
{
    struct superstep *ss = f->superstep;

    if (ss->result == f->flow->n_slots)
        return 0;
    return tell_state(f, KILN_SLOT_OUTPUT, &f->head.slots[ss->result]);
}

/* After a superstep that updated something a caller sees (pregel 2.2, 2.10). */
static int show(struct frame *f)
{
    unsigned flags = updated_flags(f);

    if (flags & KILN_SLOT_OUTPUT && keep_shown(f) < 0)
        return out_of_memory(f);
    if (flags && tell_values(f) < 0)
        return out_of_memory(f);
    return 0;
}

static int refuse(struct frame *f)
{
    return f->run->broken ? -1 : run_end_frame(f->run, f, 0, &f->run->heap.error);
}

/* Null input: goes on where the run stopped. Tasks that are done stay done (pregel 2.1, 2.6). */
static int go_on(struct frame *f)
{
    struct superstep *ss = f->superstep;

    if (!ss->version) {
        ss->step = SUPERSTEP_NEW; /* nothing was begun */
        fault_raise(&f->run->heap, "EmptyInputError", "Received no input for %s",
                    f->flow->slots[0].name);
        return refuse(f);
    }
    if (keep_shown(f) < 0 || tell_values(f) < 0)
        return out_of_memory(f);
    if ((ss->active.n ? wake_tasks(f) : tick(f)) < 0)
        return refuse(f);
    return f->busy ? 0 : run_quiet(f->run, f);
}

/* New input: what was unfinished is given up, its triggers count as seen (pregel 2.1). */
static int take_input(struct frame *f, const kiln_value *input)
{
    struct superstep *ss = f->superstep;

    forget_writes(ss);
    if (choose_tasks(f, 1) < 0)
        return out_of_memory(f);
    ss->current = ss->n_tasks;
    if (kiln_write(&f->head, 0, input) < 0)
        return out_of_memory(f);
    if (superstep_apply(f) < 0)
        return refuse(f);
    forget_writes(ss);
    checkpoint_next(f, ss->step++);
    if (tick(f) < 0)
        return refuse(f);
    return f->busy ? 0 : run_quiet(f->run, f);
}

static int superstep_input(kiln_run *r, struct frame *f, const kiln_value *input)
{
    struct superstep *ss = f->superstep;

    if (ss->step == SUPERSTEP_NEW) {
        f->head.slots[0].tag = KILN_ABSENT; /* what the frame was made with is `input` */
        checkpoint_next(f, ss->step++);
    }
    ss->stop = (long long)ss->step + superstep_limit(f) + 1;
    if (ss->result < f->flow->n_slots)
        f->head.slots[ss->result].tag = KILN_ABSENT;
    f->quiet = 0;
    (void)r;
    return input->tag <= KILN_NULL ? go_on(f) : take_input(f, input);
}

/* ---- the moves of the loop ---- */

static int superstep_boundary(kiln_run *r, struct frame *f, unsigned *ret_woke)
{
    struct superstep *ss = f->superstep;

    if (!ss->active.n) {
        *ret_woke = 0;
        return 0;
    }
    if (superstep_apply(f) < 0)
        return -1;
    forget_writes(ss);
    if (show(f) < 0)
        return -1;
    checkpoint_next(f, ss->step++);
    if (tick(f) < 0)
        return -1;
    *ret_woke = (unsigned)ss->active.n;
    (void)r;
    return 0;
}

static int superstep_begin(kiln_run *r, struct frame *f, unsigned step)
{
    struct superstep *ss = f->superstep;
    const kiln_step *s = &f->flow->steps[step];
    struct task *t = &ss->tasks[s->node];

    ss->current = s->node;
    (void)r;
    if (ss->left < f->flow->n_slots)
        f->head.slots[ss->left] = value_int(ss->stop - ss->step);
    if (s->kind->wake == KILN_WAKE_CHANGED) { /* a second try: what the first wrote is void */
        t->first = t->last = -1;
        t->begun += !wait_find(f, step);
    }
    f->head.index = t->begun;
    return 0;
}

static int superstep_end(kiln_run *r, struct frame *f, unsigned step)
{
    unsigned task = f->flow->steps[step].node;

    (void)r;
    f->superstep->tasks[task].done = 1;
    return tell_commit(f, task) < 0 ? out_of_memory(f) : 0;
}

static void superstep_tried(struct frame *f, unsigned step, unsigned failures)
{
    const kiln_step *s = &f->flow->steps[step];

    if (s->kind->wake == KILN_WAKE_CHANGED)
        f->superstep->tasks[s->node].begun += failures;
}

static int superstep_failed(struct frame *f, unsigned step, const kiln_value *error)
{
    const kiln_step *s = &f->flow->steps[step];

    if (s->kind->wake == KILN_WAKE_QUIET)
        return 0;
    return tell_failed(f, s->node, error) < 0 ? out_of_memory(f) : 0;
}

int kiln_write(kiln_frame *head, unsigned slot, const kiln_value *v)
{
    struct superstep *ss = ((struct frame *)(void *)head)->superstep;
    struct task *t = &ss->tasks[ss->current];
    int at = (int)ss->writes.n;

    if (v->tag == KILN_ABSENT)
        return 0;
    if (list_push(&ss->writes, ((struct write){ .slot = slot, .next = -1, .v = *v })) < 0)
        return heap_fail(head->heap, "out of memory");
    if (t->first < 0)
        t->first = at;
    else
        ss->writes.at[t->last].next = at;
    t->last = at;
    return 0;
}

int kiln_fresh(kiln_frame *head, unsigned slot, kiln_value *ret)
{
    struct frame *f = (struct frame *)(void *)head;
    struct superstep *ss = f->superstep;
    const kiln_slot *s = &f->flow->slots[slot];
    struct taking t = channel_open(f, slot);
    kiln_value now = head->slots[slot];

    for (int i = ss->tasks[ss->current].first; i >= 0; i = ss->writes.at[i].next)
        if (ss->writes.at[i].slot == slot
            && channel_take(head->heap, s, &t, &ss->writes.at[i].v) < 0)
            return -1;
    if (t.n)
        channel_close(s, &t, &now);
    else if (s->kind->flags & KILN_SLOT_ONCE)
        now.tag = KILN_ABSENT; /* it holds for one superstep, which is over then */
    *ret = now;
    return 0;
}

const kiln_superstep kiln_supersteps = {
    .init = superstep_init,
    .fini = superstep_fini,
    .input = superstep_input,
    .boundary = superstep_boundary,
    .begin = superstep_begin,
    .end = superstep_end,
    .failed = superstep_failed,
    .tried = superstep_tried,
    .visit = superstep_visit,
    .save = superstep_save,
    .restore = superstep_restore,
    .move = superstep_move,
};
