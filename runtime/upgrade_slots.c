/* upgrade_slots.c: the values of a frame under a later version (upgrade.h).
 *
 * A value moves to the slot of the same name. A slot without one is a danger when a step ahead
 * reads it and the step that would have set it lies behind: under the later version alone that
 * could not be.
 */
#include "upgrade_stand.h"

#include <stdlib.h>
#include <string.h>

static int has(const unsigned *slots, unsigned n, unsigned slot)
{
    for (unsigned i = 0; i < n; i++)
        if (slots[i] == slot)
            return 1;
    return 0;
}

/* What the flow that a step runs does with the slots of the step's frame, or NULL. */
static const struct shape_uses *uses_within(const struct shape *s, const kiln_step *t)
{
    return t->kind->flow && s->up[t->kind->flow->number] ? &s->above[t->kind->flow->number] : NULL;
}

/* Whether a step, or what it runs, reads this slot of its frame. */
static int reads(const struct shape *s, unsigned flow, unsigned step, unsigned slot)
{
    const struct shape_uses *own = &upgrade_more(s, flow, step)->uses;
    const struct shape_uses *within = uses_within(s, &s->program.flows[flow]->steps[step]);

    return has(own->reads, own->n_reads, slot)
           || (within && has(within->reads, within->n_reads, slot));
}

static int writes(const struct shape *s, unsigned flow, unsigned step, unsigned slot)
{
    const struct shape_uses *own = &upgrade_more(s, flow, step)->uses;
    const kiln_step *t = &s->program.flows[flow]->steps[step];
    const struct shape_uses *within = uses_within(s, t);

    return t->result == (int)slot || has(own->writes, own->n_writes, slot)
           || (within && has(within->writes, within->n_writes, slot));
}

/* A step that has begun has read what it reads, and will write its result alone. */
static int will_read(const struct stand *s, unsigned i, unsigned slot)
{
    if (s->ahead[i] || s->live[i] == UPGRADE_READY)
        return reads(s->u->to, s->to->number, i, slot);
    return s->live[i] && s->to->steps[i].kind->flow && reads(s->u->to, s->to->number, i, slot);
}

static int will_write(const struct stand *s, unsigned i, unsigned slot)
{
    if (s->ahead[i] || s->live[i] == UPGRADE_READY)
        return writes(s->u->to, s->to->number, i, slot);
    return s->live[i] && s->to->steps[i].result == (int)slot;
}

/* A step that may read the slot before anything writes it, or n_steps: walks from where the frame
 * stands and turns back at writers. */
static unsigned find_reader(struct stand *s, unsigned slot)
{
    unsigned n = s->to->n_steps, reader = n;
    struct walk w = { s->to, malloc((n + 1ull) * sizeof(unsigned)), 0,
                      arena_zalloc(&s->u->scratch, n) };

    if (!w.stack || !w.met) {
        s->u->failed = 1;
        free(w.stack);
        return n;
    }
    for (unsigned i = 0; i < n; i++)
        if (s->live[i] || s->to->steps[i].kind->wake == KILN_WAKE_QUIET)
            upgrade_meet(&w, i);
    while (w.n && reader == n) {
        unsigned i = w.stack[--w.n];

        if (will_read(s, i, slot))
            reader = i;
        for (unsigned e = 0; !will_write(s, i, slot) && e < s->to->steps[i].n_edges; e++)
            upgrade_meet(&w, s->to->steps[i].edges[e].to);
    }
    free(w.stack);
    return reader;
}

/* The step can be reached no more, and would have come before. */
static int is_behind(struct stand *s, unsigned to)
{
    unsigned from = s->u->back.steps[s->to->number][to];
    unsigned char *one, *reached;

    if (s->ahead[to] || s->live[to] == UPGRADE_READY)
        return 0;
    if (from != UPGRADE_GONE)
        return s->p->has_run[from] || s->p->live[from];
    if (s->to->steps[to].kind->wake == KILN_WAKE_START)
        return 1;
    one = arena_zalloc(&s->u->scratch, s->to->n_steps);
    reached = arena_zalloc(&s->u->scratch, s->to->n_steps);
    if (!one || !reached) {
        s->u->failed = 1;
        return 0;
    }
    one[to] = 1;
    upgrade_reach(s->u, s->u->to, s->to->number, one, reached);
    for (unsigned i = 0; i < s->to->n_steps; i++)
        if (s->live[i] && reached[i])
            return 1;
    return 0;
}

void upgrade_mark_writes(const struct shape *s, unsigned flow, unsigned step, unsigned char *ret)
{
    const struct shape_uses *own = &upgrade_more(s, flow, step)->uses;
    const kiln_step *t = &s->program.flows[flow]->steps[step];
    const struct shape_uses *within = uses_within(s, t);

    for (unsigned i = 0; i < own->n_writes; i++)
        ret[own->writes[i]] = 1;
    for (unsigned i = 0; within && i < within->n_writes; i++)
        ret[within->writes[i]] = 1;
    if (t->result >= 0)
        ret[t->result] = 1;
}

/* In the older version the same step would have written it as well. */
static int was_written_by(const struct stand *s, unsigned writer, unsigned slot)
{
    unsigned step = s->u->back.steps[s->to->number][writer];
    unsigned was = s->u->back.slots[s->to->number][slot];

    return step != UPGRADE_GONE && was != UPGRADE_GONE
           && writes(s->u->from, s->from->number, step, was);
}

/* Slots that some step writes and did not write in the older version. */
static const unsigned char *find_strange(struct stand *s)
{
    unsigned flow = s->to->number, n = s->to->n_slots;
    unsigned char *marks, *strange;

    if (s->u->strange[flow])
        return s->u->strange[flow];
    marks = arena_zalloc(&s->u->scratch, n + 1ull);
    strange = arena_zalloc(&s->u->arena, n + 1ull);
    if (!marks || !strange)
        return NULL;
    for (unsigned i = 0; i < s->to->n_steps; i++) {
        memset(marks, 0, n);
        upgrade_mark_writes(s->u->to, flow, i, marks);
        for (unsigned k = 0; k < n; k++)
            strange[k] |= marks[k] && !was_written_by(s, i, k);
    }
    return s->u->strange[flow] = strange;
}

static void check_empty(struct stand *s, unsigned slot)
{
    unsigned reader = find_reader(s, slot);

    for (unsigned i = 0; reader < s->to->n_steps && i < s->to->n_steps; i++) {
        if (!writes(s->u->to, s->to->number, i, slot) || !is_behind(s, i)
            || was_written_by(s, i, slot))
            continue;
        upgrade_say(s->u, &s->u->in_the_way,
                    "%s reads '%s', which %s would have set: it lies behind",
                    upgrade_step_name(s, s->to, reader), s->to->slots[slot].name,
                    upgrade_step_name(s, s->to, i));
        return;
    }
}

static int is_same_barrier(const kiln_slot *a, const kiln_slot *b)
{
    const kiln_value *x = a->kind->names, *y = b->kind->names;

    if (!x || !y || x->n != y->n)
        return x == y;
    for (unsigned i = 0; i < x->n; i++)
        if (x->u.items[i].n != y->u.items[i].n
            || memcmp(x->u.items[i].u.s, y->u.items[i].u.s, x->u.items[i].n))
            return 0;
    return 1;
}

static void check_slot(struct stand *s, unsigned to, int is_strange)
{
    unsigned from = s->u->back.slots[s->to->number][to];
    const kiln_slot *b = &s->to->slots[to];

    if (from != UPGRADE_GONE && s->p->has_value[from]) {
        const kiln_slot *a = &s->from->slots[from];

        if (a->kind->rule != b->kind->rule || !is_same_barrier(a, b))
            upgrade_say(s->u, &s->u->in_the_way, "'%s' of %s is written by another rule now",
                        b->name, s->to->name);
    } else if (is_strange && !b->kind->initial && !(s->to->flags & KILN_FLOW_SUPERSTEP)) {
        check_empty(s, to);
    }
}

static void tell_dropped(struct stand *s)
{
    for (unsigned i = 0; i < s->from->n_slots; i++)
        if (s->p->has_value[i] && s->u->on.slots[s->from->number][i] == UPGRADE_GONE)
            upgrade_say(s->u, &s->u->told, "'%s' of %s is gone, and its value with it",
                        s->from->slots[i].name, s->from->name);
}

void upgrade_check_slots(struct stand *s)
{
    const unsigned char *strange = find_strange(s);

    if (!strange)
        s->u->failed = 1;
    for (unsigned i = 0; strange && i < s->to->n_slots; i++)
        check_slot(s, i, strange[i]);
    tell_dropped(s);
}
