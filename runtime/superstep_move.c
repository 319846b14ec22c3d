/* superstep_move.c: the superstep of a frame under a later version of its flow (upgrade_run.h).
 *
 * Channels go by the names of their slots, tasks by those of their steps. Writes that wait for the
 * boundary, and tasks of the superstep under way, must have somewhere to go.
 */
#include "superstep.h"

#include <string.h>

#include "upgrade.h"

/* One superstep on its way to another. */
struct move {
    const struct frame *old;
    struct frame *f;
    struct upgrade *u;
    const unsigned *slots, *steps; /* by number in the older flow */
};

static int is_same_barrier(const struct move *m, unsigned slot)
{
    const kiln_slot *a = &m->old->flow->slots[slot];
    const kiln_slot *b = m->slots[slot] == UPGRADE_GONE ? NULL : &m->f->flow->slots[m->slots[slot]];

    return b && b->kind->rule == a->kind->rule && value_equal(a->kind->names, b->kind->names);
}

static void move_channels(struct move *m)
{
    for (unsigned i = 0; i < m->old->flow->n_slots; i++) {
        const struct channel *from = &m->old->superstep->channels[i];
        struct channel *to;

        if (m->slots[i] == UPGRADE_GONE)
            continue;
        to = &m->f->superstep->channels[m->slots[i]];
        to->version = from->version;
        to->changed = from->changed;
        to->told = from->told;
        to->n_seen = from->n_seen;
        to->once = from->once;
        if (to->n_seen && to->seen && from->seen && is_same_barrier(m, i))
            memcpy(to->seen, from->seen, m->old->flow->slots[i].kind->names->n);
    }
}

/* A barrier holds names before it has a value, and a slot may have one that nobody sees. */
static void check_channels(struct move *m)
{
    for (unsigned i = 0; i < m->old->flow->n_slots; i++) {
        if (m->old->superstep->channels[i].n_seen && !is_same_barrier(m, i))
            upgrade_say(m->u, &m->u->in_the_way,
                        "'%s' has been told names, and waits for others now",
                        m->old->flow->slots[i].name);
    }
}

static int move_writes(struct move *m)
{
    const struct superstep *old = m->old->superstep;

    for (size_t i = 0; i < old->writes.n; i++) {
        struct write w = old->writes.at[i];
        unsigned to = m->slots[w.slot];

        if (to == UPGRADE_GONE) {
            upgrade_say(m->u, &m->u->in_the_way,
                        "'%s' is to be written at the boundary, and is gone",
                        m->old->flow->slots[w.slot].name);
            to = 0;
        }
        w.slot = to;
        if (list_push(&m->f->superstep->writes, w) < 0)
            return -1;
    }
    return 0;
}

/* What a task had seen of the slots it watches; of one it did not watch, nothing. */
static void move_seen(struct move *m, const struct task *from, struct task *to)
{
    const kiln_step *was = &m->old->flow->steps[from->step], *is = &m->f->flow->steps[to->step];

    for (unsigned i = 0; i < was->kind->n_watch; i++)
        for (unsigned k = 0; k < is->kind->n_watch; k++)
            if (m->slots[was->kind->watch[i]] == is->kind->watch[k])
                to->seen[k] = from->seen[i];
}

static void move_task(struct move *m, const struct task *from, struct task *to)
{
    to->begun = from->begun;
    to->ran = from->ran;
    to->active = from->active;
    to->done = from->done;
    to->first = from->first;
    to->last = from->last;
    memcpy(to->id, from->id, sizeof to->id);
    if (from->seen && to->seen)
        move_seen(m, from, to);
}

/* The task of the later version, or n_tasks + 1. */
static unsigned task_on(const struct move *m, unsigned task)
{
    const struct superstep *old = m->old->superstep, *ss = m->f->superstep;
    unsigned step;

    if (task == old->n_tasks)
        return ss->n_tasks;
    step = m->steps[old->tasks[task].step];
    if (step == UPGRADE_GONE || m->f->flow->steps[step].kind->wake != KILN_WAKE_CHANGED)
        return ss->n_tasks + 1;
    return m->f->flow->steps[step].node;
}

static void move_tasks(struct move *m)
{
    const struct superstep *old = m->old->superstep;
    struct superstep *ss = m->f->superstep;

    for (unsigned i = 0; i <= old->n_tasks; i++) {
        unsigned to = task_on(m, i);

        if (to <= ss->n_tasks)
            move_task(m, &old->tasks[i], &ss->tasks[to]);
        else if (old->tasks[i].active)
            upgrade_say(m->u, &m->u->in_the_way, "node '%s' runs in this superstep, and is gone",
                        m->old->flow->steps[old->tasks[i].step].id);
    }
    ss->current = task_on(m, old->current) <= ss->n_tasks ? task_on(m, old->current) : ss->n_tasks;
}

/* Active tasks stand in the order of their numbers. */
static int move_lists(struct move *m)
{
    const struct superstep *old = m->old->superstep;
    struct superstep *ss = m->f->superstep;

    for (unsigned i = 0; i < ss->n_tasks; i++)
        if (ss->tasks[i].active && list_push(&ss->active, i) < 0)
            return -1;
    for (size_t i = 0; i < old->updated.n; i++)
        if (m->slots[old->updated.at[i]] != UPGRADE_GONE
            && list_push(&ss->updated, m->slots[old->updated.at[i]]) < 0)
            return -1;
    for (size_t i = 0; i < old->once.n; i++)
        if (m->slots[old->once.at[i]] != UPGRADE_GONE
            && list_push(&ss->once, m->slots[old->once.at[i]]) < 0)
            return -1;
    return 0;
}

int superstep_move(const struct frame *old, struct frame *f, struct upgrade *u)
{
    unsigned flow = old->flow->number;
    struct move m = { old, f, u, u->on.slots[flow], u->on.steps[flow] };
    const struct superstep *from = old->superstep;
    struct superstep *ss = f->superstep;

    ss->step = from->step;
    ss->stop = from->stop;
    ss->version = from->version;
    ss->applies = from->applies;
    ss->ticks = from->ticks;
    memcpy(ss->checkpoint, from->checkpoint, sizeof ss->checkpoint);
    check_channels(&m);
    move_channels(&m);
    if (move_writes(&m) < 0)
        return -1;
    move_tasks(&m);
    return move_lists(&m);
}
