/* upgrade.c: which part of one version is which of the other: by name (upgrade.h). */
#include "upgrade.h"

#include <stdlib.h>
#include <string.h>

/* ---- sentences ---- */

static int keep_line(struct upgrade *u, struct upgrade_lines *to, const struct text *t)
{
    char *line;

    if (map_get(&to->said, text_cstr(t), t->n))
        return 0;
    line = arena_dup(&u->words, text_cstr(t), t->n);
    if (!line || list_push(&to->lines, line) < 0)
        return -1;
    return map_put(&to->said, line, t->n, line);
}

void upgrade_say(struct upgrade *u, struct upgrade_lines *to, const char *format, ...)
{
    struct text t = { 0 };
    va_list ap;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    if (t.failed || keep_line(u, to, &t) < 0)
        u->failed = 1;
    text_fini(&t);
}

static void clear_lines(struct upgrade_lines *l)
{
    list_fini(&l->lines);
    map_fini(&l->said);
}

/* ---- names ---- */

/* The names of the things in a row: of flows, steps or slots. */
typedef const char *name_of(const struct shape *s, unsigned flow, unsigned i);

static const char *flow_name(const struct shape *s, unsigned flow, unsigned i)
{
    (void)flow;
    return s->program.flows[i]->name;
}

/* The step that runs when all is quiet is one a flow, and its name is nobody's choice. */
static const char *step_name(const struct shape *s, unsigned flow, unsigned i)
{
    const kiln_step *step = &s->program.flows[flow]->steps[i];

    return step->kind->wake == KILN_WAKE_QUIET ? "" : step->id;
}

static const char *slot_name(const struct shape *s, unsigned flow, unsigned i)
{
    return s->program.flows[flow]->slots[i].name;
}

/* One row of things in both versions. */
struct row {
    name_of *name;
    unsigned from_flow, to_flow, n_from, n_to;
};

static unsigned *make_numbers(struct upgrade *u, unsigned n)
{
    unsigned *numbers = arena_alloc(&u->arena, (n + 1ull) * sizeof *numbers);

    for (unsigned i = 0; numbers && i < n; i++)
        numbers[i] = UPGRADE_GONE;
    if (!numbers)
        u->failed = 1;
    return numbers;
}

/* Puts each name of the newer row under the first that has it; names of slots may repeat, and
 * `ret_later` has the next of the same name. The map's values point into that. */
static void put_names(struct upgrade *u, const struct row *row, struct map *names,
                      unsigned *ret_later)
{
    for (unsigned i = row->n_to; i-- && !u->failed;) {
        const char *name = row->name(u->to, row->to_flow, i);
        const unsigned *first = map_get(names, name, strlen(name));

        if (first)
            ret_later[i] = (unsigned)(first - ret_later);
        if (map_put(names, name, strlen(name), &ret_later[i]) < 0)
            u->failed = 1;
    }
}

/* The first of this name, which then is nobody else's. */
static unsigned take(struct upgrade *u, struct map *names, const char *name, unsigned *later)
{
    const unsigned *first = map_get(names, name, strlen(name));
    unsigned next = first ? *first : UPGRADE_GONE;

    if (first && map_put(names, name, strlen(name), next == UPGRADE_GONE ? NULL : &later[next]) < 0)
        u->failed = 1;
    return first ? (unsigned)(first - later) : UPGRADE_GONE;
}

/* Pairs what has the same name in both, in order. */
static void pair(struct upgrade *u, const struct row *row, unsigned **ret_on, unsigned **ret_back)
{
    unsigned *on = make_numbers(u, row->n_from), *back = make_numbers(u, row->n_to);
    unsigned *later = make_numbers(u, row->n_to);
    struct map names = { 0 };

    put_names(u, row, &names, later);
    for (unsigned i = 0; i < row->n_from && !u->failed; i++) {
        on[i] = take(u, &names, row->name(u->from, row->from_flow, i), later);
        if (on[i] != UPGRADE_GONE)
            back[on[i]] = i;
    }
    map_fini(&names);
    *ret_on = on;
    *ret_back = back;
}

static void pair_flow(struct upgrade *u, unsigned from, unsigned to)
{
    const kiln_flow *f = u->from->program.flows[from], *t = u->to->program.flows[to];
    struct row steps = { step_name, from, to, f->n_steps, t->n_steps };
    struct row slots = { slot_name, from, to, f->n_slots, t->n_slots };

    pair(u, &steps, &u->on.steps[from], &u->back.steps[to]);
    pair(u, &slots, &u->on.slots[from], &u->back.slots[to]);
}

static int make_rows(struct upgrade *u, struct upgrade_map *m, unsigned n)
{
    m->steps = arena_zalloc(&u->arena, n * sizeof *m->steps);
    m->slots = arena_zalloc(&u->arena, n * sizeof *m->slots);
    return m->steps && m->slots ? 0 : -1;
}

int upgrade_init(struct upgrade *u, const struct shape *from, const struct shape *to)
{
    struct row flows = { flow_name, 0, 0, from->program.n_flows, to->program.n_flows };

    memset(u, 0, sizeof *u);
    u->from = from;
    u->to = to;
    u->strange = arena_zalloc(&u->arena, flows.n_to * sizeof *u->strange);
    pair(u, &flows, &u->on.flows, &u->back.flows);
    if (u->failed || !u->strange || make_rows(u, &u->on, flows.n_from) < 0
        || make_rows(u, &u->back, flows.n_to) < 0)
        return -1;
    for (unsigned i = 0; i < flows.n_from && !u->failed; i++)
        if (u->on.flows[i] != UPGRADE_GONE)
            pair_flow(u, i, u->on.flows[i]);
    return u->failed ? -1 : 0;
}

void upgrade_forget_positions(struct upgrade *u)
{
    arena_fini(&u->scratch);
}

void upgrade_clear(struct upgrade *u)
{
    clear_lines(&u->in_the_way);
    clear_lines(&u->told);
    arena_fini(&u->words);
    upgrade_forget_positions(u);
}

void upgrade_fini(struct upgrade *u)
{
    upgrade_clear(u);
    arena_fini(&u->arena);
}

struct upgrade_position *upgrade_new_position(struct upgrade *u, unsigned flow)
{
    const kiln_flow *f = u->from->program.flows[flow];
    struct upgrade_position *p = arena_zalloc(&u->scratch, sizeof *p);

    if (!p)
        return NULL;
    p->flow = flow;
    p->live = arena_zalloc(&u->scratch, f->n_steps);
    p->arrivals = arena_zalloc(&u->scratch, f->n_steps * sizeof *p->arrivals);
    p->has_run = arena_zalloc(&u->scratch, f->n_steps);
    p->has_value = arena_zalloc(&u->scratch, f->n_slots + 1ull);
    return p->live && p->arrivals && p->has_run && p->has_value ? p : NULL;
}
