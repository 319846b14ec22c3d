/* tell.c: what a run tells about its supersteps, in the shapes of pregel 2.10.
 *
 * Values are made only when someone listens. A hidden task (the one that takes the input) is never
 * shown; what it wrote appears as the first state.
 */
#include "superstep.h"

#include <stdlib.h>
#include <string.h>

static const kiln_step *step_of(const struct frame *f, unsigned task)
{
    return &f->flow->steps[f->superstep->tasks[task].step];
}

static int is_told(const struct frame *f, unsigned task, enum kiln_event kind)
{
    return run_is_heard(f->run, kind) && !(step_of(f, task)->kind->flags & KILN_STEP_HIDDEN);
}

int tell_state(struct frame *f, unsigned with, kiln_value *ret)
{
    const struct superstep *ss = f->superstep;
    kiln_member *members = value_members(&f->run->heap, ss->public.n);
    unsigned n = 0;

    if (!members)
        return -1;
    for (size_t i = 0; i < ss->public.n; i++) {
        unsigned slot = ss->public.at[i];
        const kiln_slot *s = &f->flow->slots[slot];

        if ((s->kind->flags & with) != with || f->head.slots[slot].tag == KILN_ABSENT)
            continue;
        members[n].key = value_static(s->name);
        members[n++].value = f->head.slots[slot];
    }
    return value_object(&f->run->heap, ret, members, n);
}

int tell_values(struct frame *f)
{
    kiln_value v;

    if (!run_is_heard(f->run, KILN_EVENT_VALUES))
        return 0;
    if (tell_state(f, 0, &v) < 0)
        return -1;
    run_trace(f->run, KILN_EVENT_VALUES, NULL, &v);
    return 0;
}

static int list_triggers(struct frame *f, unsigned task, kiln_value *ret)
{
    const char **names = superstep_triggers(f, &f->superstep->tasks[task]);
    kiln_heap *h = &f->run->heap;
    int failed = !names || kiln_array(h, ret, NULL, 0) < 0;

    for (unsigned i = 0; !failed && i < step_of(f, task)->kind->n_watch; i++) {
        kiln_value name = value_static(names[i]);

        failed = kiln_push(h, ret, &name) < 0;
    }
    free(names);
    return failed ? -1 : 0;
}

int tell_task(struct frame *f, unsigned task)
{
    struct task *t = &f->superstep->tasks[task];
    kiln_value pairs[8] = { value_static("id"),       value_static(t->id),
                            value_static("name"),     value_static(step_of(f, task)->id),
                            value_static("input"),    { 0 },
                            value_static("triggers"), { 0 } };
    kiln_value v;

    if (!is_told(f, task, KILN_EVENT_TASK) && !is_told(f, task, KILN_EVENT_RESULT))
        return 0;
    if (checkpoint_task_id(f, t, t->id) < 0)
        return -1;
    if (!is_told(f, task, KILN_EVENT_TASK))
        return 0;
    if (value_string(&f->run->heap, &pairs[1], t->id, strlen(t->id)) < 0
        || tell_state(f, 0, &pairs[5]) < 0 || list_triggers(f, task, &pairs[7]) < 0
        || kiln_object(&f->run->heap, &v, pairs, 4) < 0)
        return -1;
    run_trace(f->run, KILN_EVENT_TASK, step_of(f, task), &v);
    return 0;
}

static int is_public(const struct frame *f, const struct write *w)
{
    return !(f->flow->slots[w->slot].kind->flags & KILN_SLOT_PRIVATE);
}

/* Counts a task's public writes by channel. The number of all, and of the most written one. */
static unsigned count_writes(struct frame *f, const struct task *t, unsigned *ret_most)
{
    struct superstep *ss = f->superstep;
    unsigned n = 0;

    *ret_most = 0;
    for (int w = t->first; w >= 0; w = ss->writes.at[w].next) {
        const struct write *at = &ss->writes.at[w];

        if (!is_public(f, at))
            continue;
        n++;
        if (++ss->channels[at->slot].told > *ret_most)
            *ret_most = ss->channels[at->slot].told;
    }
    return n;
}

static void forget_counts(struct superstep *ss, const struct task *t)
{
    for (int w = t->first; w >= 0; w = ss->writes.at[w].next)
        ss->channels[ss->writes.at[w].slot].told = 0;
}

/* {"$writes": [...]}: everything the task wrote to one channel. */
static int all_writes(struct frame *f, const struct task *t, unsigned slot, kiln_value *ret)
{
    struct superstep *ss = f->superstep;
    kiln_value pair[2] = { value_static("$writes"), { 0 } };

    if (kiln_array(&f->run->heap, &pair[1], NULL, 0) < 0)
        return -1;
    for (int w = t->first; w >= 0; w = ss->writes.at[w].next)
        if (ss->writes.at[w].slot == slot
            && kiln_push(&f->run->heap, &pair[1], &ss->writes.at[w].v) < 0)
            return -1;
    return kiln_object(&f->run->heap, ret, pair, 1);
}

/* The public writes of a task as one object. */
static int writes_object(struct frame *f, const struct task *t, unsigned n, kiln_value *ret)
{
    struct superstep *ss = f->superstep;
    kiln_member *members = value_members(&f->run->heap, n);
    unsigned used = 0;

    if (!members)
        return -1;
    for (int w = t->first; w >= 0; w = ss->writes.at[w].next) {
        const struct write *at = &ss->writes.at[w];
        struct channel *c = &ss->channels[at->slot];

        if (!is_public(f, at) || !c->told)
            continue;
        members[used].key = value_static(f->flow->slots[at->slot].name);
        members[used].value = at->v;
        if (c->told > 1 && all_writes(f, t, at->slot, &members[used].value) < 0)
            return -1;
        c->told = 0;
        used++;
    }
    return value_object(&f->run->heap, ret, members, used);
}

/* The public writes of a task as a list of one-key objects, for one that wrote a key twice. */
static int writes_list(struct frame *f, const struct task *t, kiln_value *ret)
{
    struct superstep *ss = f->superstep;
    kiln_heap *h = &f->run->heap;

    if (kiln_array(h, ret, NULL, 0) < 0)
        return -1;
    for (int w = t->first; w >= 0; w = ss->writes.at[w].next) {
        const struct write *at = &ss->writes.at[w];
        kiln_value pair[2] = { value_static(f->flow->slots[at->slot].name), at->v }, one;

        if (is_public(f, at) && (kiln_object(h, &one, pair, 1) < 0 || kiln_push(h, ret, &one) < 0))
            return -1;
    }
    return 0;
}

/* `again`: it was done before the run stopped, and is told as cached. */
static int tell_updates(struct frame *f, unsigned task, int again)
{
    const struct task *t = &f->superstep->tasks[task];
    kiln_value pair[4] = {
        value_static(step_of(f, task)->id), value_null(), value_static("__metadata__"), { 0 }
    };
    kiln_value cached[2] = { value_static("cached"), value_bool(1) }, v;
    unsigned most, n = count_writes(f, t, &most);
    int failed = 0;

    if (most > 1)
        failed = writes_list(f, t, &pair[1]) < 0;
    else if (n)
        failed = writes_object(f, t, n, &pair[1]) < 0;
    forget_counts(f->superstep, t);
    if (failed || kiln_object(&f->run->heap, &pair[3], cached, 1) < 0
        || kiln_object(&f->run->heap, &v, pair, again ? 2 : 1) < 0)
        return -1;
    run_trace(f->run, KILN_EVENT_UPDATES, step_of(f, task), &v);
    return 0;
}

static int tell_result(struct frame *f, unsigned task, const kiln_value *error,
                       const kiln_value *result)
{
    const struct task *t = &f->superstep->tasks[task];
    kiln_heap *h = &f->run->heap;
    kiln_value pairs[10] = { value_static("id"),         { 0 },
                             value_static("name"),       value_static(step_of(f, task)->id),
                             value_static("error"),      *error,
                             value_static("result"),     *result,
                             value_static("interrupts"), { 0 } };
    kiln_value v;

    if (value_string(h, &pairs[1], t->id, strlen(t->id)) < 0
        || kiln_array(h, &pairs[9], NULL, 0) < 0 || kiln_object(h, &v, pairs, 5) < 0)
        return -1;
    run_trace(f->run, KILN_EVENT_RESULT, step_of(f, task), &v);
    return 0;
}

int tell_commit(struct frame *f, unsigned task)
{
    const struct task *t = &f->superstep->tasks[task];
    kiln_value null = value_null(), result;
    unsigned most;
    int failed;

    if (is_told(f, task, KILN_EVENT_UPDATES) && tell_updates(f, task, 0) < 0)
        return -1;
    if (!is_told(f, task, KILN_EVENT_RESULT))
        return 0;
    failed = writes_object(f, t, count_writes(f, t, &most), &result) < 0;
    forget_counts(f->superstep, t);
    return failed ? -1 : tell_result(f, task, &null, &result);
}

int tell_again(struct frame *f, unsigned task)
{
    return is_told(f, task, KILN_EVENT_UPDATES) ? tell_updates(f, task, 1) : 0;
}

int tell_failed(struct frame *f, unsigned task, const kiln_value *error)
{
    kiln_value empty;

    if (!is_told(f, task, KILN_EVENT_RESULT))
        return 0;
    if (kiln_object(&f->run->heap, &empty, NULL, 0) < 0)
        return -1;
    return tell_result(f, task, error, &empty);
}
