/* superstep_frame.c: making and freeing the superstep part of a frame. */
#include "superstep.h"

#include <stdlib.h>
#include <string.h>

static int add_barrier(const kiln_slot *s, struct channel *c)
{
    if (s->kind->rule != KILN_RULE_BARRIER)
        return 0;
    c->seen = calloc(s->kind->names->n ? s->kind->names->n : 1, 1);
    return c->seen ? 0 : -1;
}

static int init_channels(struct superstep *ss, const kiln_flow *flow)
{
    ss->result = ss->left = flow->n_slots;
    ss->channels = calloc(flow->n_slots + 1u, sizeof *ss->channels);
    if (!ss->channels)
        return -1;
    for (unsigned i = 0; i < flow->n_slots; i++) {
        if (flow->slots[i].kind->flags & KILN_SLOT_RESULT)
            ss->result = i;
        if (flow->slots[i].kind->flags & KILN_SLOT_LEFT)
            ss->left = i;
        if (!(flow->slots[i].kind->flags & KILN_SLOT_PRIVATE) && list_push(&ss->public, i) < 0)
            return -1;
        if (add_barrier(&flow->slots[i], &ss->channels[i]) < 0)
            return -1;
    }
    return 0;
}

static int init_tasks(struct superstep *ss, const kiln_flow *flow)
{
    for (unsigned i = 0; i < flow->n_steps; i++)
        if (flow->steps[i].kind->wake == KILN_WAKE_CHANGED && flow->steps[i].node >= ss->n_tasks)
            ss->n_tasks = flow->steps[i].node + 1;
    ss->tasks = calloc(ss->n_tasks + 1u, sizeof *ss->tasks);
    if (!ss->tasks)
        return -1;
    for (unsigned i = 0; i <= ss->n_tasks; i++)
        ss->tasks[i].first = ss->tasks[i].last = -1;
    for (unsigned i = 0; i < flow->n_steps; i++) {
        const kiln_step *s = &flow->steps[i];
        struct task *t = &ss->tasks[s->node];

        if (s->kind->wake != KILN_WAKE_CHANGED)
            continue;
        t->step = i;
        t->seen = calloc(s->kind->n_watch ? s->kind->n_watch : 1, sizeof *t->seen);
        if (!t->seen)
            return -1;
    }
    return 0;
}

/* Groups the tasks by the slots they watch: counts, then places. */
static int init_watchers(struct superstep *ss, const kiln_flow *flow)
{
    unsigned n = 0;

    for (unsigned t = 0; t < ss->n_tasks; t++) {
        const kiln_step *s = &flow->steps[ss->tasks[t].step];

        for (unsigned i = 0; i < s->kind->n_watch; i++, n++)
            ss->channels[s->kind->watch[i] + 1].first_watcher++;
    }
    for (unsigned i = 0; i < flow->n_slots; i++)
        ss->channels[i + 1].first_watcher += ss->channels[i].first_watcher;
    ss->watchers = calloc(n ? n : 1, sizeof *ss->watchers);
    for (unsigned t = ss->n_tasks; ss->watchers && t-- > 0;) {
        const kiln_step *s = &flow->steps[ss->tasks[t].step];

        for (unsigned i = 0; i < s->kind->n_watch; i++)
            ss->watchers[--ss->channels[s->kind->watch[i] + 1].first_watcher] = t;
    }
    return ss->watchers ? 0 : -1;
}

/* Placing has moved every start to the channel before its own. */
static void settle_watchers(struct superstep *ss, const kiln_flow *flow)
{
    unsigned n = 0;

    for (unsigned t = 0; t < ss->n_tasks; t++)
        n += flow->steps[ss->tasks[t].step].kind->n_watch;
    for (unsigned i = 0; i < flow->n_slots; i++)
        ss->channels[i].first_watcher = ss->channels[i + 1].first_watcher;
    ss->channels[flow->n_slots].first_watcher = n;
}

int superstep_init(struct frame *f)
{
    struct superstep *ss = calloc(1, sizeof *ss);

    if (!ss)
        return -1;
    f->superstep = ss;
    ss->step = SUPERSTEP_NEW;
    if (init_channels(ss, f->flow) < 0 || init_tasks(ss, f->flow) < 0
        || init_watchers(ss, f->flow) < 0)
        return -1;
    settle_watchers(ss, f->flow);
    return 0;
}

void superstep_fini(struct frame *f)
{
    struct superstep *ss = f->superstep;

    for (unsigned i = 0; ss->channels && i < f->flow->n_slots; i++)
        free(ss->channels[i].seen);
    for (unsigned i = 0; ss->tasks && i < ss->n_tasks; i++)
        free(ss->tasks[i].seen);
    free(ss->channels);
    free(ss->tasks);
    free(ss->watchers);
    list_fini(&ss->public);
    list_fini(&ss->writes);
    list_fini(&ss->active);
    list_fini(&ss->updated);
    list_fini(&ss->once);
    list_fini(&ss->takings);
    free(ss);
    f->superstep = NULL;
}

void superstep_visit(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx)
{
    struct superstep *ss = f->superstep;

    for (size_t i = 0; i < ss->writes.n; i++)
        visit(ctx, &ss->writes.at[i].v);
}
