/* channels.c: what the writes of a superstep make of its channels (pregel 2): all writes to one, in
 * the order of the tasks that wrote them.
 */
#include "turns.h"

#include "fault.h"

/* ---- one channel ---- */

/* A channel while it takes writes. */
struct taking_of {
    kiln_value v;
    unsigned n;
    int whole;
};

static struct taking_of open_channel(const struct scene *f, unsigned slot)
{
    const struct plan_slot *s = &f->flow->slots[slot];
    struct taking_of t = { .v = f->slots[slot] };

    if (s->rule == KILN_RULE_APPEND && s->flags & KILN_SLOT_ONCE)
        t.v.tag = KILN_ABSENT;
    return t;
}

static int append(kiln_heap *h, const struct plan_slot *s, kiln_value *list, const kiln_value *v)
{
    if (list->tag != KILN_ARRAY)
        kiln_array(h, list, NULL, 0);
    if (!(s->flags & KILN_SLOT_SPREAD) || v->tag != KILN_ARRAY)
        return kiln_push(h, list, v);
    for (unsigned i = 0; i < v->n; i++)
        kiln_push(h, list, &v->u.items[i]);
    return 0;
}

static int fold(kiln_heap *h, const struct plan_slot *s, struct taking_of *t, const kiln_value *v)
{
    kiln_value whole = value_member(v, "__overwrite__"), folded;
    int overwrites = v->tag == KILN_OBJECT && v->n == 1 && whole.tag != KILN_ABSENT;

    if (t->v.tag == KILN_ABSENT) {
        t->v = *v;
        return 0;
    }
    if (overwrites && t->whole)
        return fault_raise(h, "InvalidUpdateError",
                           "Can receive only one Overwrite value per super-step.");
    if (overwrites) {
        t->v = whole;
        t->whole = 1;
        return 0;
    }
    if (t->whole)
        return 0;
    if (((kiln_function2 *)s->fold->address)(h, &folded, &t->v, v) < 0)
        return -1;
    t->v = folded;
    return 0;
}

static int take(kiln_heap *h, const struct plan_slot *s, struct taking_of *t, const kiln_value *v)
{
    t->n++;
    if (s->rule == KILN_RULE_APPEND)
        return append(h, s, &t->v, v);
    if (s->rule == KILN_RULE_FOLD)
        return fold(h, s, t, v);
    if (t->n > 1 && s->flags & KILN_SLOT_GUARD)
        return fault_raise(h, "InvalidUpdateError", "At key '%s': %s", s->name,
                           s->flags & KILN_SLOT_ONCE
                               ? "EphemeralValue(guard=True) can receive only one value per step. "
                                 "Use guard=False if you want to store any one of multiple values."
                               : "Can receive only one value per step. Use an Annotated key to "
                                 "handle multiple values.");
    t->v = *v;
    return 0;
}

/* The value after all writes; 1 when that is a change. */
static int close_channel(const struct plan_slot *s, const struct taking_of *t, kiln_value *now)
{
    unsigned before = now->tag == KILN_ARRAY ? now->n : 0;

    *now = t->v;
    if (s->rule != KILN_RULE_APPEND)
        return 1;
    if (!t->v.n)
        now->tag = KILN_ABSENT;
    return s->flags & KILN_SLOT_ONCE ? before || t->v.n : t->v.n > before;
}

/* ---- applying ---- */

static void change(struct scene *f, unsigned slot, unsigned version)
{
    struct turns *t = f->turns;

    t->channels[slot].version = t->version = version;
    if (f->slots[slot].tag != KILN_ABSENT)
        t->channels[slot].changed = t->applies;
}

/* Whether the writer's writes count now: the input's, or an active task's. */
static int counts(const struct turns *t, unsigned writer)
{
    return writer == TURNS_INPUT || t->tasks[writer - 1].active;
}

/* All writes to one slot, by the number of their writers. 0, or -1 and nothing has happened. */
static int take_writes(struct interpreter *in, struct scene *f, unsigned slot,
                       struct taking_of *ret)
{
    struct turns *t = f->turns;

    *ret = open_channel(f, slot);
    for (unsigned writer = 0; writer <= t->n_tasks; writer++)
        for (size_t i = 0; counts(t, writer) && i < t->writes.n; i++)
            if (t->writes.at[i].node == writer && t->writes.at[i].slot == slot
                && take(&in->heap, &f->flow->slots[slot], ret, &t->writes.at[i].v) < 0)
                return -1;
    return 0;
}

static void meet(struct interpreter *in, struct scene *f, unsigned slot, unsigned version)
{
    struct turns *t = f->turns;
    struct channel_of *c = &t->channels[slot];
    const kiln_value *names = &in->plan->consts[f->flow->slots[slot].names];
    unsigned n = 0;

    for (size_t i = 0; i < t->writes.n; i++)
        for (unsigned k = 0; k < names->n; k++)
            if (t->writes.at[i].slot == slot && counts(t, t->writes.at[i].node) && !c->met[k]
                && value_equal(&names->u.items[k], &t->writes.at[i].v)) {
                c->met[k] = 1;
                n++;
            }
    for (unsigned k = 0; k < names->n; k++)
        if (!c->met[k]) {
            if (n)
                t->channels[slot].version = t->version = version;
            return;
        }
    if (n) {
        f->slots[slot] = value_null();
        change(f, slot, version);
    }
}

/* The active tasks have read their triggers: full barriers begin again. */
static void settle(struct interpreter *in, struct scene *f, unsigned version)
{
    struct turns *t = f->turns;

    for (unsigned i = 0; i < t->n_tasks; i++)
        for (unsigned k = 0; t->tasks[i].active && k < t->tasks[i].step->n_watch; k++) {
            unsigned slot = t->tasks[i].step->watch[k];
            const struct plan_slot *s = &f->flow->slots[slot];

            if (s->rule != KILN_RULE_BARRIER || f->slots[slot].tag == KILN_ABSENT)
                continue;
            for (unsigned n = 0; n < in->plan->consts[s->names].n; n++)
                t->channels[slot].met[n] = 0;
            f->slots[slot].tag = KILN_ABSENT;
            change(f, slot, version);
        }
}

static void see(struct scene *f)
{
    struct turns *t = f->turns;

    for (unsigned i = 0; i < t->n_tasks; i++)
        for (unsigned s = 0; t->tasks[i].active && s < f->flow->n_slots; s++) {
            t->tasks[i].ran = 1;
            t->tasks[i].seen[s] = t->channels[s].version;
        }
}

static int is_written(const struct turns *t, unsigned slot)
{
    for (size_t i = 0; i < t->writes.n; i++)
        if (t->writes.at[i].slot == slot && counts(t, t->writes.at[i].node))
            return 1;
    return 0;
}

/* All channels take their writes, in the order in which they were first written. 0, or -1 and
 * nothing has happened. */
static int take_all(struct interpreter *in, struct scene *f, struct taking_of *all)
{
    struct turns *t = f->turns;

    for (unsigned writer = 0; writer <= t->n_tasks; writer++)
        for (size_t i = 0; counts(t, writer) && i < t->writes.n; i++) {
            unsigned slot = t->writes.at[i].slot;

            if (t->writes.at[i].node == writer && f->flow->slots[slot].rule != KILN_RULE_BARRIER
                && !all[slot].n && take_writes(in, f, slot, &all[slot]) < 0)
                return -1;
        }
    return 0;
}

int channels_apply(struct interpreter *in, struct scene *f, int is_input)
{
    struct turns *t = f->turns;
    const struct plan_flow *flow = f->flow;
    struct taking_of *all = interpreter_alloc(in, (flow->n_slots + 1) * sizeof *all);
    unsigned version = t->version + 1;

    if (take_all(in, f, all) < 0)
        return -1;
    t->applies++;
    see(f);
    settle(in, f, version);
    for (unsigned i = 0; i < flow->n_slots; i++)
        if (flow->slots[i].rule == KILN_RULE_BARRIER)
            meet(in, f, i, version);
        else if (is_written(t, i) && close_channel(&flow->slots[i], &all[i], &f->slots[i]))
            change(f, i, version);
    for (unsigned i = 0; !is_input && i < flow->n_slots; i++)
        if (flow->slots[i].flags & KILN_SLOT_ONCE && t->channels[i].changed != t->applies
            && t->channels[i].changed && f->slots[i].tag != KILN_ABSENT) {
            f->slots[i].tag = KILN_ABSENT;
            change(f, i, version);
        }
    return 0;
}

/* ---- reading back ---- */

int channels_fresh(struct interpreter *in, struct work *w, unsigned slot, kiln_value *ret)
{
    const struct plan_slot *s = &w->frame->flow->slots[slot];
    struct turns *t = w->frame->turns;
    struct taking_of taking = open_channel(w->frame, slot);
    kiln_value now = w->frame->slots[slot];

    for (size_t i = 0; i < t->writes.n; i++)
        if (t->writes.at[i].node == w->step->node + 1 && t->writes.at[i].slot == slot
            && take(&in->heap, s, &taking, &t->writes.at[i].v) < 0)
            return -1;
    if (taking.n)
        close_channel(s, &taking, &now);
    else if (s->flags & KILN_SLOT_ONCE)
        now.tag = KILN_ABSENT;
    *ret = now;
    return 0;
}
