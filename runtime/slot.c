/* slot.c: writing a slot by its rule, outside supersteps. */
#include "run.h"

static int append(kiln_heap *h, kiln_value *slot, const kiln_value *v, unsigned flags)
{
    if (slot->tag != KILN_ARRAY && kiln_array(h, slot, NULL, 0) < 0)
        return -1;
    if (!(flags & KILN_SLOT_SPREAD) || v->tag != KILN_ARRAY)
        return kiln_push(h, slot, v);
    for (unsigned i = 0; i < v->n; i++)
        if (kiln_push(h, slot, &v->u.items[i]) < 0)
            return -1;
    return 0;
}

int kiln_set(kiln_frame *f, unsigned slot, const kiln_value *v)
{
    const kiln_slot *s = &((struct frame *)(void *)f)->flow->slots[slot];
    kiln_value *at = &f->slots[slot];
    kiln_value folded;

    if (v->tag == KILN_ABSENT)
        return 0;
    if (s->kind->rule == KILN_RULE_APPEND)
        return append(f->heap, at, v, s->kind->flags);
    if (s->kind->rule != KILN_RULE_FOLD || at->tag == KILN_ABSENT) {
        *at = *v;
        return 0;
    }
    if (s->kind->fold(f->heap, &folded, at, v) < 0)
        return -1;
    *at = folded;
    return 0;
}
