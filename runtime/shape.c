/* shape.c: the text of a program's shape becomes tables (shape.h).
 *
 * Nothing is trusted: every number is held against what it counts or names, so whatever the bytes
 * are, the tables can be walked.
 */
#include "shape_words.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

/* ---- steps ---- */

/* A step while its line is read: lists grow by doubling, in the arena. */
struct row {
    kiln_step *step;
    kiln_step_kind *kind; /* its own: a shape is read to be looked at, not to be small */
    struct shape_step *more;
    const kiln_flow *flow;
};

static void take_edge(struct reader *r, struct row *row, int soft)
{
    kiln_step *s = row->step;
    kiln_edge *edges = words_grow(r, s->edges, s->n_edges, sizeof *edges);
    kiln_edge e = { .kind = KILN_EDGE_NEXT, .soft = (unsigned char)soft };

    e.to = words_take_unless(r, row->flow->n_steps, (unsigned)(s - row->flow->steps) + 1);
    if (!words_is_end(r)) {
        words_take_char(r, ',');
        e.kind = (unsigned char)words_take_index(r, KILN_EDGE_ORDER + 1);
        words_take_char(r, ',');
        e.label = (unsigned short)words_take_index(r, USHRT_MAX + 1u);
    }
    if (r->failed)
        return;
    edges[s->n_edges++] = e;
    s->edges = edges;
}

static void keep_slot(struct reader *r, const kiln_flow *f, unsigned slot, unsigned **slots,
                      unsigned *n)
{
    unsigned *grown = words_grow(r, *slots, *n, sizeof *grown);

    if (slot >= f->n_slots)
        words_fail(r, -EUCLEAN);
    if (r->failed)
        return;
    grown[(*n)++] = slot;
    *slots = grown;
}

/* A slot of the step's frame, or of one above. The latter is noted where the flow between is run:
 * so nobody has to look into flows within flows. */
static void take_use(struct reader *r, struct row *row, int writes)
{
    struct shape *s = r->shape;
    unsigned flow = row->flow->number, up = 0, slot = words_take_number(r);
    struct shape_uses *uses = &row->more->uses;

    if (!words_is_end(r)) {
        words_take_char(r, ',');
        up = slot;
        slot = words_take_number(r);
    }
    if (up > s->depth[flow])
        words_fail(r, -EUCLEAN);
    for (; up && !r->failed; up--) {
        uses = &s->above[flow];
        flow = s->up[flow] - 1;
    }
    if (writes)
        keep_slot(r, s->program.flows[flow], slot, &uses->writes, &uses->n_writes);
    else
        keep_slot(r, s->program.flows[flow], slot, &uses->reads, &uses->n_reads);
}

static void take_watch(struct reader *r, struct row *row)
{
    unsigned *watch = (unsigned *)(uintptr_t)row->kind->watch;

    keep_slot(r, row->flow, words_take_number(r), &watch, &row->kind->n_watch);
    row->kind->watch = watch;
}

static void take_field(struct reader *r, struct row *row)
{
    static const kiln_policy some = { .retry = { 0 } };
    const kiln_program *p = &r->shape->program;
    kiln_step_kind *kind = row->kind;

    switch (r->at < r->end ? *r->at++ : 0) {
    case 'h':
        kind->hard = words_take_unless(r, UINT_MAX, 1);
        break;
    case 's':
        kind->soft = 1;
        break;
    case 'n':
        row->step->node = words_take_index(r, row->flow->n_steps);
        break;
    case 'o':
        kind->op = p->ops[words_take_unless(r, p->n_ops, 0)];
        break;
    case 'f':
        kind->flow = p->flows[words_take_index(r, p->n_flows)];
        break;
    case 'r':
        row->step->result = (int)words_take_index(r, row->flow->n_slots);
        break;
    case 'p':
        kind->policy = &some;
        break;
    case 'e':
        take_edge(r, row, 0);
        break;
    case 'E':
        take_edge(r, row, 1);
        break;
    case 'g':
        take_use(r, row, 0);
        break;
    case 't':
        take_use(r, row, 1);
        break;
    case 'v':
        take_watch(r, row);
        break;
    default:
        words_fail(r, -EUCLEAN);
    }
}

/* Whether it names what it needs to do what it does, and nothing else. */
static int is_whole(const struct row *row)
{
    kiln_next answer = row->more->answer;

    return !row->kind->op == (answer != KILN_TASK)
           && !row->kind->flow == (answer != KILN_CHILD && answer != KILN_EACH);
}

static void take_step(struct reader *r, struct row *row)
{
    kiln_step *s = row->step;

    s->id = words_take_name(r);
    s->kind = row->kind;
    s->result = -1;
    row->more->answer = (kiln_next)words_take_most(r, KILN_ERROR);
    row->kind->wake = (unsigned char)words_take_most(r, KILN_WAKE_QUIET);
    row->kind->flags = (unsigned char)words_take_most(r, UCHAR_MAX);
    while (words_peek(r) == ' ') {
        r->at++;
        take_field(r, row);
    }
    words_take_char(r, '\n');
    if (!is_whole(row))
        words_fail(r, -EUCLEAN);
}

/* ---- flows ---- */

/* The names of a barrier, as the program has them. */
static void take_names(struct reader *r, kiln_slot_kind *kind)
{
    kiln_value *names = words_make(r, 0, sizeof *names), *items = NULL;
    unsigned n = 0;

    while (words_peek(r) == ' ') {
        kiln_value name = { .tag = KILN_STRING };

        r->at++;
        items = words_grow(r, items, n, sizeof *items);
        name.u.s = words_take_text(r, &name.n);
        if (r->failed)
            return;
        items[n++] = name;
    }
    if (!names)
        return;
    *names = (kiln_value){ .tag = KILN_ARRAY, .n = n };
    names->u.items = items;
    kind->names = names;
}

static void take_slot(struct reader *r, kiln_slot *slot, kiln_slot_kind *kind)
{
    static const kiln_value null = { .tag = KILN_NULL };

    slot->name = words_take_name(r);
    slot->kind = kind;
    if (words_peek(r) == ' ') {
        kind->rule = (unsigned char)words_take_most(r, KILN_RULE_BARRIER);
        kind->flags = (unsigned char)words_take_most(r, UCHAR_MAX);
        kind->initial = words_take_most(r, 1) ? &null : NULL;
    }
    if (kind->rule == KILN_RULE_BARRIER)
        take_names(r, kind);
    words_take_char(r, '\n');
}

static void take_steps(struct reader *r, kiln_flow *f)
{
    kiln_step *steps = words_make(r, f->n_steps, sizeof *steps);
    kiln_step_kind *kinds = words_make(r, f->n_steps, sizeof *kinds);
    struct shape_step *more = words_make(r, f->n_steps, sizeof *more);
    unsigned quiet = 0;

    if (!steps || !kinds || !more)
        return;
    f->steps = steps;
    r->shape->steps[f->number] = more;
    for (unsigned i = 0; i < f->n_steps && !r->failed; i++) {
        take_step(r, &(struct row){ &steps[i], &kinds[i], &more[i], f });
        if (kinds[i].wake == KILN_WAKE_QUIET)
            f->quiet = i, quiet++;
        if (more[i].answer == KILN_EACH)
            f->stream = r->stream;
    }
    if (quiet != 1)
        words_fail(r, -EUCLEAN);
}

/* The flow that `up` means stands before this one. */
static void take_up(struct reader *r, const kiln_flow *f)
{
    struct shape *s = r->shape;
    unsigned up = words_take_most(r, f->number);

    s->up[f->number] = up;
    s->depth[f->number] = up ? s->depth[up - 1] + 1 : 0;
    if (s->depth[f->number] > SHAPE_DEEPEST)
        words_fail(r, -EUCLEAN);
}

static void take_flow(struct reader *r, kiln_flow *f)
{
    kiln_slot *slots;
    kiln_slot_kind *kinds;

    f->name = words_take_name(r);
    f->flags = words_take_most(r, UINT_MAX);
    f->n_params = words_take_most(r, 8);
    f->n_slots = words_take_most(r, UINT_MAX);
    f->n_steps = words_take_most(r, UINT_MAX);
    take_up(r, f);
    words_take_char(r, '\n');
    f->superstep = f->flags & KILN_FLOW_SUPERSTEP ? r->superstep : NULL;
    if (f->n_params > f->n_slots || !f->n_steps)
        words_fail(r, -EUCLEAN);
    slots = words_make(r, f->n_slots, sizeof *slots);
    kinds = words_make(r, f->n_slots, sizeof *kinds);
    if (!slots || !kinds)
        return;
    f->slots = slots;
    for (unsigned i = 0; i < f->n_slots && !r->failed; i++)
        take_slot(r, &slots[i], &kinds[i]);
    take_steps(r, f);
}

static void take_ops(struct reader *r, kiln_program *p)
{
    kiln_op *ops = words_make(r, p->n_ops, sizeof *ops);
    const kiln_op **list = words_make(r, p->n_ops, sizeof *list);

    for (unsigned i = 0; i < p->n_ops && !r->failed; i++) {
        ops[i].name = words_take_name(r);
        ops[i].effect = (enum kiln_effect)words_take_most(r, KILN_EFFECTFUL);
        words_take_char(r, '\n');
        list[i] = &ops[i];
    }
    p->ops = list;
}

static void take_flows(struct reader *r, kiln_program *p)
{
    kiln_flow *flows = words_make(r, p->n_flows, sizeof *flows);
    const kiln_flow **list = words_make(r, p->n_flows, sizeof *list);

    r->shape->steps = words_make(r, p->n_flows, sizeof *r->shape->steps);
    r->shape->above = words_make(r, p->n_flows, sizeof *r->shape->above);
    r->shape->up = words_make(r, p->n_flows, sizeof *r->shape->up);
    r->shape->depth = words_make(r, p->n_flows, sizeof *r->shape->depth);
    for (unsigned i = 0; i < p->n_flows && !r->failed; i++) {
        list[i] = &flows[i];
        flows[i].number = i;
    }
    p->flows = list;
    for (unsigned i = 0; i < p->n_flows && !r->failed; i++)
        take_flow(r, &flows[i]);
}

/* A flow that looks up is run by steps of the flow it looks into. */
static void check_runs(struct reader *r)
{
    const kiln_program *p = &r->shape->program;

    for (unsigned i = 0; i < p->n_flows && !r->failed; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps && !r->failed; k++) {
            const kiln_flow *runs = p->flows[i]->steps[k].kind->flow;
            unsigned up = runs ? r->shape->up[runs->number] : 0;

            if (up && up != i + 1)
                words_fail(r, -EUCLEAN);
        }
}

/* Takes up the parts of the runtime that this program names. */
static void take_parts(struct reader *r, const kiln_program *p)
{
    for (unsigned i = 0; p && i < p->n_flows; i++) {
        const kiln_flow *f = p->flows[i];

        r->superstep = f->superstep ? f->superstep : r->superstep;
        r->stream = f->stream ? f->stream : r->stream;
    }
}

int shape_read(struct shape *s, const char *text, size_t n, const kiln_program *parts)
{
    struct reader r = { .shape = s, .at = text, .end = text + n };
    kiln_program *p = &s->program;

    take_parts(&r, parts);
    memset(s, 0, sizeof *s);
    p->magic = KILN_MAGIC;
    p->abi = KILN_ABI;
    p->name = words_take_name(&r);
    words_take_char(&r, ' ');
    p->dialect = words_take_name(&r);
    p->flags = words_take_most(&r, UINT_MAX);
    p->n_ops = words_take_most(&r, UINT_MAX);
    p->n_flows = words_take_most(&r, UINT_MAX);
    words_take_char(&r, '\n');
    take_ops(&r, p);
    take_flows(&r, p);
    check_runs(&r);
    if (!p->n_flows || r.at != r.end)
        words_fail(&r, -EUCLEAN);
    return r.failed;
}

void shape_fini(struct shape *s)
{
    arena_fini(&s->arena);
}
