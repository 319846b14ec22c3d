/* make.c: makes plans: flows, slots, steps, edges and constants.
 *
 * The lowerings say what they want in order and nothing here can refuse: names given twice are made
 * unique, constants given twice are one, and memory running out ends the compiler. So a lowering
 * reads like the workflow it lowers.
 */
#include "plan/plan.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name once given: whose it is, and how many asked for it. */
struct plan_name {
    void *owner;
    unsigned asked;
};

_Noreturn void plan_memory_out(void)
{
    fputs("kiln: out of memory\n", stderr);
    exit(70);
}

void *plan_alloc(struct plan *p, size_t size)
{
    void *at = arena_zalloc(p->arena, size ? size : 1);

    if (!at)
        plan_memory_out();
    return at;
}

void *plan_grow(struct plan *p, void *at, unsigned n, unsigned *cap, size_t size)
{
    void *grown;

    if (n < *cap)
        return at;
    do
        *cap = *cap ? *cap * 2 : 4;
    while (*cap <= n);
    if (!(grown = arena_alloc(p->arena, *cap * size)))
        plan_memory_out();
    if (n)
        memcpy(grown, at, n * size);
    return grown;
}

static char *copy_text(struct plan *p, const char *text, size_t n)
{
    char *copy = arena_dup(p->arena, text, n);

    if (!copy)
        plan_memory_out();
    return copy;
}

static void put(struct map *m, const char *key, size_t n, void *value)
{
    if (map_put(m, key, n, value) < 0)
        plan_memory_out();
}

/* The name itself when it is new, else the first free of "name#2", "name#3"... The count of those
 * who asked is kept, so ten thousand steps of one name cost no search. */
static const char *own_name(struct plan *p, struct map *names, const char *want, void *owner)
{
    struct plan_name *first = map_get(names, want, strlen(want));
    struct plan_name *made = plan_alloc(p, sizeof *made);
    char *name = first ? NULL : copy_text(p, want, strlen(want));

    while (!name) {
        name = arena_printf(p->arena, "%s#%u", want, ++first->asked);
        if (!name)
            plan_memory_out();
        if (map_get(names, name, strlen(name)))
            name = NULL;
    }
    *made = (struct plan_name){ .owner = owner, .asked = 1 };
    put(names, name, strlen(name), made);
    return name;
}

static void *find_owner(const struct map *names, const char *name)
{
    const struct plan_name *found = map_get(names, name, strlen(name));

    return found ? found->owner : NULL;
}

struct plan *plan_new(struct arena *a, const char *name, const char *dialect, unsigned flags)
{
    struct plan *p = arena_zalloc(a, sizeof *p);

    if (!p)
        plan_memory_out();
    p->arena = a;
    p->name = copy_text(p, name, strlen(name));
    p->dialect = copy_text(p, dialect, strlen(dialect));
    p->flags = flags;
    heap_init(&p->heap, (flags & KILN_PROGRAM_SORTED) != 0);
    return p;
}

void plan_fini(struct plan *p)
{
    if (!p)
        return;
    for (unsigned i = 0; i < p->flow_names.n; i++) {
        struct plan_name *name = p->flow_names.at[i].value;

        map_fini(&((struct plan_flow *)name->owner)->ids);
    }
    map_fini(&p->flow_names);
    map_fini(&p->const_index);
    map_fini(&p->functions);
    text_fini(&p->key);
    heap_fini(&p->heap);
}

struct plan_flow *plan_flow_add(struct plan *p, const char *name, struct plan_flow *up,
                                unsigned flags)
{
    struct plan_flow *f = plan_alloc(p, sizeof *f);

    f->name = own_name(p, &p->flow_names, name, f);
    f->number = p->n_flows;
    f->flags = flags;
    f->up = up;
    f->plan = p;
    p->flows = plan_grow(p, p->flows, p->n_flows, &p->cap_flows, sizeof(struct plan_flow *));
    p->flows[p->n_flows++] = f;
    return f;
}

struct plan_flow *plan_flow_find(const struct plan *p, const char *name)
{
    return find_owner(&p->flow_names, name);
}

unsigned plan_param_add(struct plan_flow *f, const char *name)
{
    assert(f->n_params == f->n_slots);
    f->n_params++;
    return plan_slot_add(f, name, KILN_RULE_LAST, 0);
}

unsigned plan_slot_add(struct plan_flow *f, const char *name, enum kiln_rule rule, unsigned flags)
{
    struct plan *p = f->plan;

    f->slots = plan_grow(p, f->slots, f->n_slots, &f->cap_slots, sizeof *f->slots);
    f->slots[f->n_slots] = (struct plan_slot){ .name = copy_text(p, name, strlen(name)),
                                               .rule = rule,
                                               .flags = flags,
                                               .initial = -1,
                                               .names = -1 };
    return f->n_slots++;
}

struct plan_step *plan_step_add(struct plan_flow *f, const char *id, enum kiln_wake wake)
{
    struct plan *p = f->plan;
    struct plan_step *s = plan_alloc(p, sizeof *s);

    s->id = own_name(p, &f->ids, id, s);
    s->number = f->n_steps;
    s->wake = wake;
    s->result = s->late = -1;
    s->flow = f;
    f->steps = plan_grow(p, f->steps, f->n_steps, &f->cap_steps, sizeof(struct plan_step *));
    f->steps[f->n_steps++] = s;
    return s;
}

struct plan_step *plan_step_find(const struct plan_flow *f, const char *id)
{
    return find_owner(&f->ids, id);
}

void plan_watch_add(struct plan_step *s, unsigned slot)
{
    unsigned at = s->n_watch;

    while (at && s->watch[at - 1] > slot)
        at--;
    if (at && s->watch[at - 1] == slot)
        return;
    s->watch = plan_grow(s->flow->plan, s->watch, s->n_watch, &s->cap_watch, sizeof *s->watch);
    memmove(s->watch + at + 1, s->watch + at, (s->n_watch - at) * sizeof *s->watch);
    s->watch[at] = slot;
    s->n_watch++;
}

void plan_edge_add(struct plan_step *from, enum kiln_edge_kind kind, unsigned label, int soft,
                   struct plan_step *to)
{
    struct plan *p = from->flow->plan;

    assert(from->flow == to->flow);
    from->edges = plan_grow(p, from->edges, from->n_edges, &from->cap_edges, sizeof *from->edges);
    from->edges[from->n_edges++] = (struct plan_edge){ kind, label, soft != 0, to };
}

unsigned plan_const(struct plan *p, const kiln_value *v)
{
    struct text *key = &p->key;
    uintptr_t found;

    text_clear(key);
    value_encode(key, v);
    if (key->failed)
        plan_memory_out();
    found = (uintptr_t)map_get(&p->const_index, key->s, key->n);
    if (!found) {
        p->consts = plan_grow(p, p->consts, p->n_consts, &p->cap_consts, sizeof *p->consts);
        if (value_copy(&p->heap, &p->consts[p->n_consts], v) < 0)
            plan_memory_out();
        found = ++p->n_consts;
        put(&p->const_index, copy_text(p, key->s, key->n), key->n, (void *)found);
    }
    return (unsigned)found - 1;
}

unsigned plan_const_text(struct plan *p, const char *text, size_t n)
{
    kiln_value v = { .tag = KILN_STRING, .n = (unsigned)n, .u.s = text };

    return plan_const(p, &v);
}

int plan_is_fleeting(const struct plan *p)
{
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++)
            if (p->flows[i]->steps[k]->fleeting)
                return 1;
    return p->fleeting;
}
