/* channel.c: how a channel of a superstep takes its writes (pregel 1.2, 1.3).
 *
 * All writes of a superstep to one slot go through open, take..., close on a copy, so a boundary
 * that fails leaves every slot as it was, and a conditional edge can look at a state that no other
 * task sees.
 */
#include "fault.h"
#include "superstep.h"

#include <string.h>

/* The one error a reducer does not make: too many writes for a channel that takes one. */
static int conflict(kiln_heap *h, const kiln_slot *s)
{
    const char *advice = s->kind->flags & KILN_SLOT_ONCE
                             ? "EphemeralValue(guard=True) can receive only one value per step. "
                               "Use guard=False if you want to store any one of multiple values."
                             : "Can receive only one value per step. Use an Annotated key to "
                               "handle multiple values.";

    return fault_raise(h, "InvalidUpdateError", "At key '%s': %s", s->name, advice);
}

/* The content of {"__overwrite__": v}, or NULL. */
static const kiln_value *overwrite_of(const kiln_value *v)
{
    if (v->tag != KILN_OBJECT || v->n != 1 || !value_is(&v->u.members[0].key, "__overwrite__"))
        return NULL;
    return &v->u.members[0].value;
}

struct taking channel_open(const struct frame *f, unsigned slot)
{
    const kiln_slot *s = &f->flow->slots[slot];
    struct taking t = { .v = f->head.slots[slot], .slot = slot };

    if (s->kind->rule == KILN_RULE_APPEND && s->kind->flags & KILN_SLOT_ONCE)
        t.v.tag = KILN_ABSENT;
    return t;
}

static int append(kiln_heap *h, const kiln_slot *s, kiln_value *list, const kiln_value *v)
{
    if (list->tag != KILN_ARRAY && kiln_array(h, list, NULL, 0) < 0)
        return -1;
    if (!(s->kind->flags & KILN_SLOT_SPREAD) || v->tag != KILN_ARRAY)
        return kiln_push(h, list, v);
    for (unsigned i = 0; i < v->n; i++)
        if (kiln_push(h, list, &v->u.items[i]) < 0)
            return -1;
    return 0;
}

static int fold(kiln_heap *h, const kiln_slot *s, struct taking *t, const kiln_value *v)
{
    const kiln_value *whole = overwrite_of(v);
    kiln_value folded;

    if (t->v.tag == KILN_ABSENT) { /* the first value goes in as it is, even an Overwrite */
        t->v = *v;
        return 0;
    }
    if (whole && t->overwritten)
        return fault_raise(h, "InvalidUpdateError",
                           "Can receive only one Overwrite value per super-step.");
    if (whole) {
        t->v = *whole;
        t->overwritten = 1;
        return 0;
    }
    if (t->overwritten)
        return 0;
    if (s->kind->fold(h, &folded, &t->v, v) < 0)
        return -1;
    t->v = folded;
    return 0;
}

int channel_take(kiln_heap *h, const kiln_slot *s, struct taking *t, const kiln_value *v)
{
    t->n++;
    switch (s->kind->rule) {
    case KILN_RULE_APPEND:
        return append(h, s, &t->v, v);
    case KILN_RULE_FOLD:
        return fold(h, s, t, v);
    default:
        if (t->n > 1 && s->kind->flags & KILN_SLOT_GUARD)
            return conflict(h, s);
        t->v = *v;
        return 0;
    }
}

int channel_close(const kiln_slot *s, const struct taking *t, kiln_value *now)
{
    unsigned held = now->tag == KILN_ARRAY ? now->n : 0;
    int changed = 1;

    *now = t->v;
    if (s->kind->rule == KILN_RULE_APPEND) {
        changed = s->kind->flags & KILN_SLOT_ONCE ? held || t->v.n : t->v.n > held;
        if (!t->v.n)
            now->tag = KILN_ABSENT; /* an empty topic is not available */
    }
    return changed;
}

/* The place of a name among the names waited for, which stand in the order of their bytes; -1
 * when it is none of them. */
static int find_name(const kiln_slot *s, const kiln_value *name)
{
    unsigned low = 0, high = s->kind->names->n;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = value_compare_text(name, &s->kind->names->u.items[middle]);

        if (!order)
            return (int)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

int channel_arrive(const kiln_slot *s, struct channel *c, const kiln_value *name)
{
    int i = find_name(s, name);

    if (i < 0 || c->seen[i])
        return 0;
    c->seen[i] = 1;
    c->n_seen++;
    return 1;
}

int channel_consume(const kiln_slot *s, struct channel *c)
{
    if (s->kind->rule != KILN_RULE_BARRIER || c->n_seen < s->kind->names->n)
        return 0;
    memset(c->seen, 0, s->kind->names->n);
    c->n_seen = 0;
    return 1;
}
