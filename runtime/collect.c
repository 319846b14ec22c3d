/* collect.c: keeping a long run small.
 *
 * Between two steps everything a run still needs hangs off its frames: slots, errors, streams,
 * pending writes, scratch. When the arena has doubled since the last time, those values are moved
 * to a new one and the old one is dropped. A value that is shared stays shared: a table remembers
 * where each container and text went. Short texts are copied without it, for the table would take
 * more than they do; but not keys, which rows of a table share. The walk keeps its own list of
 * work, so a deeply nested value needs no deep stack.
 */
#include "wait.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Where a body went; open addressing, size a power of two. The count belongs to the key: an array
 * that grew shares its place with its older, shorter versions. */
struct moved {
    const void *from;
    unsigned n;
    kiln_value to;
};

/* Values whose insides still point to the old arena. */
struct work {
    const kiln_value *at;
    size_t n, next;
    unsigned keys; /* 1: every other one, from the first, is a key */
};

enum { SHORT = 32 }; /* bytes: the size of a struct moved */

struct collector {
    kiln_heap to;
    struct moved *table;
    size_t n, size;
    LIST(struct work) work;
    int failed;
};

static struct moved *find_moved(const struct collector *c, const void *from, unsigned n)
{
    size_t i = (((uintptr_t)from >> 3) + n) * 0x9e3779b97f4a7c15ull >> 20;
    struct moved *m;

    for (;; i++) {
        m = &c->table[i & (c->size - 1)];
        if (!m->from || (m->from == from && m->n == n))
            return m;
    }
}

static int grow_table(struct collector *c)
{
    struct collector old = *c;

    if (2 * c->n < c->size)
        return 0;
    c->size = old.size ? 2 * old.size : 256;
    c->table = calloc(c->size, sizeof *c->table);
    if (!c->table) {
        *c = old;
        return -1;
    }
    for (size_t i = 0; i < old.size; i++)
        if (old.table[i].from)
            *find_moved(c, old.table[i].from, old.table[i].n) = old.table[i];
    free(old.table);
    return 0;
}

/* Copies a value one level deep and leaves its insides on the list of work. */
static int move_body(struct collector *c, const kiln_value *v, kiln_value *ret)
{
    struct work inside;

    switch (v->tag) {
    case KILN_STRING:
        return value_string(&c->to, ret, v->u.s, v->n);
    case KILN_ARRAY:
        if (kiln_array(&c->to, ret, v->u.items, v->n) < 0)
            return -1;
        inside = (struct work){ .at = ret->u.items, .n = v->n };
        break;
    default:
        if (kiln_object(&c->to, ret, &v->u.members[0].key, v->n) < 0)
            return -1;
        inside = (struct work){ .at = &ret->u.members[0].key, .n = 2 * (size_t)v->n, .keys = 1 };
    }
    return list_push(&c->work, inside);
}

static int move_once(struct collector *c, kiln_value *v)
{
    struct moved *m;
    kiln_value to;

    if (grow_table(c) < 0)
        return -1;
    m = find_moved(c, v->u.s, v->n);
    if (!m->from) {
        if (move_body(c, v, &to) < 0)
            return -1;
        *m = (struct moved){ v->u.s, v->n, to };
        c->n++;
    }
    *v = m->to;
    return 0;
}

/* An empty container is made anew: nothing of the old one may be looked at again. */
static int move_empty(struct collector *c, kiln_value *v)
{
    if (v->tag == KILN_ARRAY)
        return kiln_array(&c->to, v, NULL, 0);
    return v->tag == KILN_OBJECT ? kiln_object(&c->to, v, NULL, 0) : value_string(&c->to, v, "", 0);
}

static void move_value(void *ctx, kiln_value *v)
{
    struct collector *c = ctx;

    if (c->failed || v->tag < KILN_STRING || v->flags & KILN_STATIC)
        return;
    c->failed = (v->n ? move_once(c, v) : move_empty(c, v)) < 0;
}

static void move_inside(struct collector *c, kiln_value *v, int is_key)
{
    int is_short = v->tag == KILN_STRING && v->n <= SHORT && !(v->flags & KILN_STATIC);

    if (is_short && !is_key)
        c->failed |= value_string(&c->to, v, v->u.s, v->n) < 0;
    else
        move_value(c, v);
}

/* Containers are immutable for everyone but their maker; the collector has just made these. What is
 * inside of one comes before its neighbours, so the list is as long as values are deep. */
static void move_rest(struct collector *c)
{
    while (!c->failed && c->work.n) {
        size_t top = c->work.n - 1;
        struct work w = c->work.at[top];

        for (; w.next < w.n && c->work.n == top + 1; w.next++)
            move_inside(c, (kiln_value *)(uintptr_t)&w.at[w.next], w.keys && !(w.next & 1));
        c->work.at[top].next = w.next;
        c->work.n -= w.next == w.n && c->work.n == top + 1;
    }
}

static void move_frame(struct collector *c, struct frame *f)
{
    for (unsigned i = 0; i < f->flow->n_slots; i++)
        move_value(c, &f->head.slots[i]);
    move_value(c, &f->head.error);
    f->head.out.tag = KILN_ABSENT;
    move_value(c, &f->held.value);
    each_visit(f, move_value, c);
    wait_visit(f, move_value, c);
    if (f->superstep)
        f->flow->superstep->visit(f, move_value, c);
}

/* One step made more than all there was: its result, most likely, and moving it would take as much
 * again. It is looked at when half as much has come to it. */
static int is_fresh(kiln_run *r)
{
    size_t used = r->heap.arena.used;

    if (used / 2 <= r->collect_at)
        return 0;
    r->collect_at = used + used / 2;
    return 1;
}

int run_collect(kiln_run *r)
{
    struct collector c = { 0 };

    if (is_fresh(r))
        return 0;
    heap_init(&c.to, r->heap.sorted);
    c.to.scratch = r->heap.scratch;
    move_value(&c, &c.to.scratch);
    for (struct frame *f = r->live; f; f = f->next)
        move_frame(&c, f);
    move_rest(&c);
    free(c.table);
    list_fini(&c.work);
    if (c.failed) /* half moved: nothing can be trusted any more */
        run_break(r, -12, "out of memory");
    heap_fini(&r->heap);
    r->heap = c.to;
    r->collect_at = 2 * c.to.arena.used;
    if (r->collect_at < COLLECT_FLOOR)
        r->collect_at = COLLECT_FLOOR;
    return r->broken ? -1 : 0;
}
