/* shape.c: the text of a program's shape becomes tables (shape.h).
 *
 * Nothing is trusted: every number is held against what it counts or names, so whatever the bytes
 * are, the tables can be walked.
 */
#include "shape.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

struct reader {
    struct shape *shape;
    const kiln_superstep *superstep;
    const char *at, *end;
    int failed; /* the code of the first failure; reading goes on with zeros */
};

static void fail(struct reader *r, int code)
{
    if (!r->failed)
        r->failed = code;
    r->at = r->end;
}

static void *make(struct reader *r, size_t n, size_t size)
{
    void *p = n > (size_t)(r->end - r->at) ? NULL : arena_zalloc(&r->shape->arena, (n + 1) * size);

    if (!p)
        fail(r, n > (size_t)(r->end - r->at) ? -EUCLEAN : -ENOMEM);
    return p;
}

/* ---- words ---- */

static int peek(const struct reader *r)
{
    return r->at < r->end ? (unsigned char)*r->at : -1;
}

static unsigned take_digits(struct reader *r)
{
    unsigned long long n = 0;

    if (peek(r) < '0' || peek(r) > '9')
        fail(r, -EUCLEAN);
    while (peek(r) >= '0' && peek(r) <= '9' && n <= UINT_MAX)
        n = 10 * n + (unsigned)(*r->at++ - '0');
    if (n > UINT_MAX)
        fail(r, -EUCLEAN);
    return r->failed ? 0 : (unsigned)n;
}

static void take_char(struct reader *r, char c)
{
    if (peek(r) == c)
        r->at++;
    else
        fail(r, -EUCLEAN);
}

/* A number below or at `most`, behind a blank. */
static unsigned take_number(struct reader *r, unsigned most)
{
    unsigned n;

    take_char(r, ' ');
    n = take_digits(r);
    if (n > most)
        fail(r, -EUCLEAN);
    return r->failed ? 0 : n;
}

/* One of `n` things; there must be one. */
static unsigned take_index(struct reader *r, unsigned n)
{
    unsigned i = take_digits(r);

    if (i >= n)
        fail(r, -EUCLEAN);
    return r->failed ? 0 : i;
}

/* A field says no more. */
static int is_end(const struct reader *r)
{
    return peek(r) == ' ' || peek(r) == '\n';
}

/* The same, or `usual` where the number is left out. */
static unsigned take_unless(struct reader *r, unsigned n, unsigned usual)
{
    return is_end(r) && usual < n ? usual : take_index(r, n);
}

static const char *take_text(struct reader *r, unsigned *ret_n)
{
    unsigned n = take_digits(r);
    const char *s;

    take_char(r, ':');
    if (n > (size_t)(r->end - r->at))
        fail(r, -EUCLEAN);
    s = r->failed ? "" : arena_dup(&r->shape->arena, r->at, n);
    if (!s)
        fail(r, -ENOMEM);
    if (r->failed)
        return "";
    r->at += n;
    *ret_n = n;
    return s;
}

static const char *take_name(struct reader *r)
{
    unsigned n = 0;
    const char *s = take_text(r, &n);

    if (strlen(s) != n)
        fail(r, -EUCLEAN);
    return s;
}

/* ---- steps ---- */

/* A step while its line is read: lists grow by doubling, in the arena. */
struct row {
    kiln_step *step;
    struct shape_step *more;
    const kiln_flow *flow;
};

static void *grow(struct reader *r, const void *old, unsigned n, size_t size)
{
    void *p;

    if (n & (n - 1)) /* not full: full at 0, 1, 2, 4, 8... */
        return (void *)(uintptr_t)old;
    p = arena_zalloc(&r->shape->arena, (n ? 2 * (size_t)n : 1) * size);
    if (p && n)
        memcpy(p, old, n * size);
    if (!p)
        fail(r, -ENOMEM);
    return p;
}

static void take_edge(struct reader *r, struct row *row, int soft)
{
    kiln_step *s = row->step;
    kiln_edge *edges = grow(r, s->edges, s->n_edges, sizeof *edges);
    kiln_edge e = { .kind = KILN_EDGE_NEXT, .soft = (unsigned char)soft };

    e.to = take_unless(r, row->flow->n_steps, (unsigned)(s - row->flow->steps) + 1);
    if (!is_end(r)) {
        take_char(r, ',');
        e.kind = (unsigned char)take_index(r, KILN_EDGE_ERROR + 1);
        take_char(r, ',');
        e.label = (unsigned short)take_index(r, USHRT_MAX + 1u);
    }
    if (r->failed)
        return;
    edges[s->n_edges++] = e;
    s->edges = edges;
}

static void take_use(struct reader *r, struct shape_use **uses, unsigned *n)
{
    struct shape_use *grown = grow(r, *uses, *n, sizeof *grown);
    struct shape_use use = { .slot = take_index(r, UINT_MAX) };

    if (!is_end(r)) {
        take_char(r, ',');
        use = (struct shape_use){ .up = use.slot, .slot = take_index(r, UINT_MAX) };
    }
    if (r->failed)
        return;
    grown[(*n)++] = use;
    *uses = grown;
}

static void take_watch(struct reader *r, struct row *row)
{
    kiln_step *s = row->step;
    unsigned *watch = grow(r, s->watch, s->n_watch, sizeof *watch);
    unsigned slot = take_index(r, row->flow->n_slots);

    if (r->failed)
        return;
    watch[s->n_watch++] = slot;
    s->watch = watch;
}

static void take_field(struct reader *r, struct row *row)
{
    static const kiln_policy some = { .retry = { 0 } };
    const kiln_program *p = &r->shape->program;
    kiln_step *s = row->step;

    switch (r->at < r->end ? *r->at++ : 0) {
    case 'h':
        s->hard = take_unless(r, UINT_MAX, 1);
        break;
    case 's':
        s->soft = 1;
        break;
    case 'n':
        s->node = take_index(r, row->flow->n_steps);
        break;
    case 'o':
        s->op = p->ops[take_unless(r, p->n_ops, 0)];
        break;
    case 'f':
        s->flow = p->flows[take_index(r, p->n_flows)];
        break;
    case 'r':
        s->result = (int)take_index(r, row->flow->n_slots);
        break;
    case 'p':
        s->policy = &some;
        break;
    case 'e':
        take_edge(r, row, 0);
        break;
    case 'E':
        take_edge(r, row, 1);
        break;
    case 'g':
        take_use(r, &row->more->reads, &row->more->n_reads);
        break;
    case 't':
        take_use(r, &row->more->writes, &row->more->n_writes);
        break;
    case 'v':
        take_watch(r, row);
        break;
    default:
        fail(r, -EUCLEAN);
    }
}

static void take_step(struct reader *r, struct row *row)
{
    kiln_step *s = row->step;

    s->id = take_name(r);
    s->result = -1;
    row->more->answer = (kiln_next)take_number(r, KILN_ERROR);
    s->wake = (unsigned char)take_number(r, KILN_WAKE_QUIET);
    s->flags = (unsigned char)take_number(r, UCHAR_MAX);
    while (peek(r) == ' ') {
        r->at++;
        take_field(r, row);
    }
    take_char(r, '\n');
}

/* ---- flows ---- */

/* The names of a barrier, as the program has them. */
static void take_names(struct reader *r, kiln_slot *slot)
{
    kiln_value *names = make(r, 0, sizeof *names), *items = NULL;
    unsigned n = 0;

    while (peek(r) == ' ') {
        kiln_value name = { .tag = KILN_STRING };

        r->at++;
        items = grow(r, items, n, sizeof *items);
        name.u.s = take_text(r, &name.n);
        if (r->failed)
            return;
        items[n++] = name;
    }
    if (!names)
        return;
    *names = (kiln_value){ .tag = KILN_ARRAY, .n = n };
    names->u.items = items;
    slot->names = names;
}

static void take_slot(struct reader *r, kiln_slot *slot)
{
    static const kiln_value null = { .tag = KILN_NULL };

    slot->name = take_name(r);
    if (peek(r) == ' ') {
        slot->rule = (unsigned char)take_number(r, KILN_RULE_BARRIER);
        slot->flags = (unsigned char)take_number(r, UCHAR_MAX);
        slot->initial = take_number(r, 1) ? &null : NULL;
    }
    if (slot->rule == KILN_RULE_BARRIER)
        take_names(r, slot);
    take_char(r, '\n');
}

static void take_steps(struct reader *r, kiln_flow *f)
{
    kiln_step *steps = make(r, f->n_steps, sizeof *steps);
    struct shape_step *more = make(r, f->n_steps, sizeof *more);

    if (!steps || !more)
        return;
    f->steps = steps;
    r->shape->steps[f->number] = more;
    for (unsigned i = 0; i < f->n_steps && !r->failed; i++) {
        take_step(r, &(struct row){ &steps[i], &more[i], f });
        if (steps[i].wake == KILN_WAKE_QUIET)
            f->quiet = i;
    }
}

static void take_flow(struct reader *r, kiln_flow *f)
{
    kiln_slot *slots;

    f->name = take_name(r);
    f->flags = take_number(r, UINT_MAX);
    f->n_params = take_number(r, 8);
    f->n_slots = take_number(r, UINT_MAX);
    f->n_steps = take_number(r, UINT_MAX);
    r->shape->up[f->number] = take_number(r, f->number); /* it stands before this one */
    take_char(r, '\n');
    f->superstep = f->flags & KILN_FLOW_SUPERSTEP ? r->superstep : NULL;
    if (f->n_params > f->n_slots || !f->n_steps)
        fail(r, -EUCLEAN);
    if (!(slots = make(r, f->n_slots, sizeof *slots)))
        return;
    f->slots = slots;
    for (unsigned i = 0; i < f->n_slots && !r->failed; i++)
        take_slot(r, &slots[i]);
    take_steps(r, f);
}

static void take_ops(struct reader *r, kiln_program *p)
{
    kiln_op *ops = make(r, p->n_ops, sizeof *ops);
    const kiln_op **list = make(r, p->n_ops, sizeof *list);

    for (unsigned i = 0; i < p->n_ops && !r->failed; i++) {
        ops[i].name = take_name(r);
        ops[i].effect = (enum kiln_effect)take_number(r, KILN_EFFECTFUL);
        take_char(r, '\n');
        list[i] = &ops[i];
    }
    p->ops = list;
}

static void take_flows(struct reader *r, kiln_program *p)
{
    kiln_flow *flows = make(r, p->n_flows, sizeof *flows);
    const kiln_flow **list = make(r, p->n_flows, sizeof *list);

    r->shape->steps = make(r, p->n_flows, sizeof *r->shape->steps);
    r->shape->up = make(r, p->n_flows, sizeof *r->shape->up);
    for (unsigned i = 0; i < p->n_flows && !r->failed; i++) {
        list[i] = &flows[i];
        flows[i].number = i;
    }
    p->flows = list;
    for (unsigned i = 0; i < p->n_flows && !r->failed; i++)
        take_flow(r, &flows[i]);
}

int shape_read(struct shape *s, const char *text, size_t n, const kiln_superstep *superstep)
{
    struct reader r = { s, superstep, text, text + n, 0 };
    kiln_program *p = &s->program;

    memset(s, 0, sizeof *s);
    p->magic = KILN_MAGIC;
    p->abi = KILN_ABI;
    p->name = take_name(&r);
    take_char(&r, ' ');
    p->dialect = take_name(&r);
    p->flags = take_number(&r, UINT_MAX);
    p->n_ops = take_number(&r, UINT_MAX);
    p->n_flows = take_number(&r, UINT_MAX);
    take_char(&r, '\n');
    take_ops(&r, p);
    take_flows(&r, p);
    if (!p->n_flows || r.at != r.end)
        fail(&r, -EUCLEAN);
    return r.failed;
}

void shape_fini(struct shape *s)
{
    arena_fini(&s->arena);
}
