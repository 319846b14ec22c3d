/* apply.c: from writes to channels, at the end of a superstep (pregel 2.3).
 *
 * Two phases: first every channel written takes its writes on a copy, where a reducer may fail and
 * nothing has happened; then versions, values, barriers and the clearing of short-lived channels
 * follow, where nothing can fail but memory. Everything changed by one apply has one version.
 */
#include "superstep.h"

#include <errno.h>
#include <limits.h>

static int out_of_memory(struct frame *f)
{
    run_break(f->run, -ENOMEM, "out of memory");
    return heap_fail(&f->run->heap, "out of memory");
}

unsigned superstep_limit(const struct frame *f)
{
    return f->run->options.limit ? f->run->options.limit : f->flow->limit;
}

/* The tasks whose writes count, the input first: its path is the empty one. */
static const struct task *nth_writer(const struct superstep *ss, size_t i)
{
    return &ss->tasks[i ? ss->active.at[i - 1] : ss->n_tasks];
}

/* ---- first phase ---- */

/* The first write to a channel opens it. 0 or -1. */
static int open_once(struct frame *f, unsigned slot)
{
    struct superstep *ss = f->superstep;
    struct channel *c = &ss->channels[slot];

    if (c->taken == ss->applies)
        return 0;
    c->taken = ss->applies;
    c->taking = (unsigned)ss->takings.n;
    return list_push(&ss->takings, channel_open(f, slot));
}

/* Takings before *failed take their writes; the first of those that cannot is *failed then. */
static int take_write(struct frame *f, const struct write *w, unsigned *failed)
{
    const kiln_slot *s = &f->flow->slots[w->slot];
    unsigned i;

    if (s->kind->rule == KILN_RULE_BARRIER)
        return 0;
    if (open_once(f, w->slot) < 0)
        return out_of_memory(f);
    i = f->superstep->channels[w->slot].taking;
    if (i < *failed && channel_take(&f->run->heap, s, &f->superstep->takings.at[i], &w->v) < 0)
        *failed = i;
    return 0;
}

/* Channels take their writes one after the other, in the order in which they were first written: of
 * several that cannot, the error is the first one's. */
static int take_writes(struct frame *f)
{
    struct superstep *ss = f->superstep;
    unsigned failed = UINT_MAX;

    ss->takings.n = 0;
    ss->applies++;
    for (size_t i = 0; i <= ss->active.n; i++)
        for (int w = nth_writer(ss, i)->first; w >= 0; w = ss->writes.at[w].next)
            if (take_write(f, &ss->writes.at[w], &failed) < 0)
                return -1;
    return failed == UINT_MAX ? 0 : -1;
}

/* ---- second phase ---- */

/* The channel has a new version, and is among the updated ones when something is in it. */
static int change(struct frame *f, unsigned slot, unsigned version)
{
    struct superstep *ss = f->superstep;
    struct channel *c = &ss->channels[slot];
    int available = f->head.slots[slot].tag != KILN_ABSENT;

    c->version = ss->version = version;
    if (!available || c->changed == ss->applies)
        return 0;
    c->changed = ss->applies;
    if (f->flow->slots[slot].kind->flags & KILN_SLOT_ONCE && !c->once) {
        c->once = 1;
        if (list_push(&ss->once, slot) < 0)
            return -1;
    }
    return list_push(&ss->updated, slot);
}

/* The tasks have seen their triggers as they were; full barriers start again. */
static int settle_triggers(struct frame *f, const struct task *t, unsigned version)
{
    const kiln_step *s = &f->flow->steps[t->step];

    for (unsigned i = 0; i < s->kind->n_watch; i++) {
        unsigned slot = s->kind->watch[i];

        if (!channel_consume(&f->flow->slots[slot], &f->superstep->channels[slot]))
            continue;
        f->head.slots[slot].tag = KILN_ABSENT;
        if (change(f, slot, version) < 0)
            return -1;
    }
    return 0;
}

static void mark_seen(struct frame *f, struct task *t)
{
    const kiln_step *s = &f->flow->steps[t->step];

    t->ran = 1;
    for (unsigned i = 0; i < s->kind->n_watch; i++)
        t->seen[i] = f->superstep->channels[s->kind->watch[i]].version;
}

static int store_takings(struct frame *f, unsigned version)
{
    struct superstep *ss = f->superstep;

    for (size_t i = 0; i < ss->takings.n; i++) {
        const struct taking *t = &ss->takings.at[i];

        if (channel_close(&f->flow->slots[t->slot], t, &f->head.slots[t->slot])
            && change(f, t->slot, version) < 0)
            return -1;
    }
    return 0;
}

static int arrive_at_barrier(struct frame *f, const struct write *w, unsigned version)
{
    const kiln_slot *s = &f->flow->slots[w->slot];
    struct channel *c = &f->superstep->channels[w->slot];

    if (s->kind->rule != KILN_RULE_BARRIER || !channel_arrive(s, c, &w->v))
        return 0;
    if (c->n_seen == s->kind->names->n)
        f->head.slots[w->slot] = value_null();
    return change(f, w->slot, version);
}

static int arrive_at_barriers(struct frame *f, unsigned version)
{
    struct superstep *ss = f->superstep;

    for (size_t i = 0; i <= ss->active.n; i++)
        for (int w = nth_writer(ss, i)->first; w >= 0; w = ss->writes.at[w].next)
            if (arrive_at_barrier(f, &ss->writes.at[w], version) < 0)
                return -1;
    return 0;
}

/* "No write" is an event for channels that hold a value for one superstep only. */
static int clear_unwritten(struct frame *f, unsigned version)
{
    struct superstep *ss = f->superstep;
    size_t kept = 0;

    for (size_t i = 0; i < ss->once.n; i++) {
        unsigned slot = ss->once.at[i];
        struct channel *c = &ss->channels[slot];

        if (c->changed == ss->applies) {
            ss->once.at[kept++] = slot;
            continue;
        }
        c->once = 0;
        if (f->head.slots[slot].tag == KILN_ABSENT)
            continue;
        f->head.slots[slot].tag = KILN_ABSENT;
        if (change(f, slot, version) < 0)
            return -1;
    }
    ss->once.n = kept;
    return 0;
}

static int commit(struct frame *f)
{
    struct superstep *ss = f->superstep;
    unsigned version = ss->version + 1;

    ss->updated.n = 0;
    for (size_t i = 0; i < ss->active.n; i++)
        mark_seen(f, &ss->tasks[ss->active.at[i]]);
    for (size_t i = 0; i < ss->active.n; i++)
        if (settle_triggers(f, &ss->tasks[ss->active.at[i]], version) < 0)
            return -1;
    if (store_takings(f, version) < 0 || arrive_at_barriers(f, version) < 0)
        return -1;
    return ss->active.n ? clear_unwritten(f, version) : 0;
}

int superstep_apply(struct frame *f)
{
    if (take_writes(f) < 0)
        return -1;
    return commit(f) < 0 ? out_of_memory(f) : 0;
}
