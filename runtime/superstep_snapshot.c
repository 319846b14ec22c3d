/* superstep_snapshot.c: the superstep part of a frame as bytes (snapshot.h). */
#include "superstep.h"

#include <limits.h>
#include <string.h>

#include "snapshot.h"

/* ---- writing ---- */

static void put_int(struct text *t, int i)
{
    record_put_int(t, i);
}

static void save_channels(struct text *t, const struct frame *f)
{
    for (unsigned i = 0; i < f->flow->n_slots; i++) {
        const struct channel *c = &f->superstep->channels[i];

        record_put_uint(t, c->version);
        record_put_uint(t, c->changed);
        record_put_uint(t, c->n_seen);
        if (c->seen)
            text_put(t, c->seen, f->flow->slots[i].kind->names->n);
    }
}

static void save_tasks(struct text *t, const struct frame *f)
{
    const struct superstep *ss = f->superstep;

    for (unsigned i = 0; i <= ss->n_tasks; i++) {
        const struct task *task = &ss->tasks[i];

        text_putc(t, (char)(task->ran | task->active << 1 | task->done << 2));
        record_put_uint(t, task->begun);
        put_int(t, task->first);
        put_int(t, task->last);
        record_put_text(t, task->id, strlen(task->id));
        for (unsigned w = 0; task->seen && w < f->flow->steps[task->step].kind->n_watch; w++)
            record_put_uint(t, task->seen[w]);
    }
}

static void save_numbers(struct text *t, const unsigned *at, size_t n)
{
    record_put_uint(t, n);
    for (size_t i = 0; i < n; i++)
        record_put_uint(t, at[i]);
}

static void save_writes(struct text *t, const struct superstep *ss)
{
    record_put_uint(t, ss->writes.n);
    for (size_t i = 0; i < ss->writes.n; i++) {
        record_put_uint(t, ss->writes.at[i].slot);
        put_int(t, ss->writes.at[i].next);
        snapshot_put_value(t, &ss->writes.at[i].v);
    }
}

void superstep_save(struct text *t, const struct frame *f)
{
    const struct superstep *ss = f->superstep;

    put_int(t, ss->step);
    record_put_int(t, ss->stop);
    record_put_uint(t, ss->version);
    record_put_uint(t, ss->applies);
    record_put_uint(t, ss->current);
    record_put_uint(t, ss->ticks);
    record_put_text(t, ss->checkpoint, strlen(ss->checkpoint));
    save_channels(t, f);
    save_writes(t, ss);
    save_tasks(t, f);
    save_numbers(t, ss->active.at, ss->active.n);
    save_numbers(t, ss->updated.at, ss->updated.n);
    save_numbers(t, ss->once.at, ss->once.n);
}

/* ---- reading ---- */

static int take_int(struct record_cursor *c, long long least, long long most, int *ret)
{
    long long i;

    if (record_take_int(c, &i) < 0 || i < least || i > most)
        return -1;
    *ret = (int)i;
    return 0;
}

static int take_id(struct record_cursor *c, char ret[37])
{
    const char *s;
    size_t n;

    if (record_take_text(c, &s, &n) < 0 || n > 36)
        return -1;
    memcpy(ret, s, n);
    ret[n] = 0;
    return 0;
}

static int restore_seen(struct record_cursor *c, struct channel *channel, unsigned n)
{
    const unsigned char *seen;
    unsigned set = 0;

    if (record_take_bytes(c, &seen, n) < 0)
        return -1;
    for (unsigned i = 0; i < n; i++) {
        channel->seen[i] = seen[i] != 0;
        set += channel->seen[i];
    }
    return set == channel->n_seen ? 0 : -1;
}

static int restore_channels(struct record_cursor *c, struct frame *f)
{
    for (unsigned i = 0; i < f->flow->n_slots; i++) {
        struct channel *channel = &f->superstep->channels[i];

        if (snapshot_take_below(c, UINT_MAX, &channel->version) < 0
            || snapshot_take_below(c, UINT_MAX, &channel->changed) < 0
            || snapshot_take_below(c, UINT_MAX, &channel->n_seen) < 0)
            return -1;
        if (channel->seen && restore_seen(c, channel, f->flow->slots[i].kind->names->n) < 0)
            return -1;
    }
    return 0;
}

/* A task's writes follow one another towards the end of the list, so no list is a circle. */
static int restore_writes(struct record_cursor *c, struct frame *f)
{
    struct superstep *ss = f->superstep;
    unsigned n;

    if (snapshot_take_below(c, c->n, &n) < 0 || n > INT_MAX)
        return -1;
    for (unsigned i = 0; i < n; i++) {
        struct write w;

        if (snapshot_take_below(c, f->flow->n_slots, &w.slot) < 0
            || take_int(c, -1, (long long)n - 1, &w.next) < 0 || (w.next >= 0 && w.next <= (int)i)
            || snapshot_take_value(c, &f->run->heap, &w.v) < 0 || list_push(&ss->writes, w) < 0)
            return -1;
    }
    return 0;
}

static int restore_task(struct record_cursor *c, struct frame *f, struct task *task)
{
    long long last = (long long)f->superstep->writes.n - 1;
    const unsigned char *flags;

    if (record_take_bytes(c, &flags, 1) < 0 || *flags > 7
        || snapshot_take_below(c, UINT_MAX, &task->begun) < 0
        || take_int(c, -1, last, &task->first) < 0 || take_int(c, -1, last, &task->last) < 0
        || (task->first < 0) != (task->last < 0) || take_id(c, task->id) < 0)
        return -1;
    task->ran = *flags & 1;
    task->active = *flags >> 1 & 1;
    task->done = *flags >> 2 & 1;
    for (unsigned w = 0; task->seen && w < f->flow->steps[task->step].kind->n_watch; w++)
        if (snapshot_take_below(c, UINT_MAX, &task->seen[w]) < 0)
            return -1;
    return 0;
}

/* Numbers below `limit`, pushed to a list. */
#define RESTORE_NUMBERS(c, list, limit)                                                            \
    do {                                                                                           \
        unsigned n_, number_;                                                                      \
        if (snapshot_take_below(c, (limit) + 1ull, &n_) < 0)                                       \
            return -1;                                                                             \
        while (n_--)                                                                               \
            if (snapshot_take_below(c, limit, &number_) < 0 || list_push(list, number_) < 0)       \
                return -1;                                                                         \
    } while (0)

static int restore_lists(struct record_cursor *c, struct frame *f)
{
    struct superstep *ss = f->superstep;

    RESTORE_NUMBERS(c, &ss->active, ss->n_tasks);
    RESTORE_NUMBERS(c, &ss->updated, f->flow->n_slots);
    RESTORE_NUMBERS(c, &ss->once, f->flow->n_slots);
    for (size_t i = 0; i < ss->once.n; i++)
        ss->channels[ss->once.at[i]].once = 1;
    return 0;
}

int superstep_restore(struct record_cursor *c, struct frame *f)
{
    struct superstep *ss = f->superstep;

    if (take_int(c, SUPERSTEP_NEW, INT_MAX, &ss->step) < 0 || record_take_int(c, &ss->stop) < 0
        || snapshot_take_below(c, UINT_MAX, &ss->version) < 0
        || snapshot_take_below(c, UINT_MAX, &ss->applies) < 0
        || snapshot_take_below(c, ss->n_tasks + 1ull, &ss->current) < 0
        || record_take_uint(c, &ss->ticks) < 0 || take_id(c, ss->checkpoint) < 0
        || restore_channels(c, f) < 0 || restore_writes(c, f) < 0)
        return -1;
    for (unsigned i = 0; i <= ss->n_tasks; i++)
        if (restore_task(c, f, &ss->tasks[i]) < 0)
            return -1;
    return restore_lists(c, f);
}
