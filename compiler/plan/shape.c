/* shape.c: what a plan looks like from outside, as text (runtime/shape.h reads it).
 *
 * A store keeps the shape of each program, so that a later one can find its way in a run that an
 * earlier one began: names, edges and which slots each step reads and writes; no expressions.
 */
#include <string.h>

#include "plan/plan.h"

static const kiln_next answers[PLAN_KINDS] = {
    [PLAN_TEST] = KILN_PICK,     [PLAN_PICK] = KILN_PICK,   [PLAN_TASK] = KILN_TASK,
    [PLAN_CHILD] = KILN_CHILD,   [PLAN_EACH] = KILN_EACH,   [PLAN_NOTE] = KILN_NOTE,
    [PLAN_SLEEP] = KILN_SLEEP,   [PLAN_AWAIT] = KILN_AWAIT, [PLAN_BOUNDARY] = KILN_BOUNDARY,
    [PLAN_FINISH] = KILN_FINISH, [PLAN_FAIL] = KILN_FAIL,
};

/* ---- words --------------------------------------------------------------------------------- */

static void put_text(struct text *t, const char *s, size_t n)
{
    text_put_uint(t, n);
    text_putc(t, ':');
    text_put(t, s, n);
}

static void put_number(struct text *t, unsigned long long n)
{
    text_putc(t, ' ');
    text_put_uint(t, n);
}

static void put_letter(struct text *t, char letter)
{
    text_putc(t, ' ');
    text_putc(t, letter);
}

static void put_field(struct text *t, char letter, unsigned long long n)
{
    put_letter(t, letter);
    text_put_uint(t, n);
}

/* The same without the number where it is what a reader takes it for. */
static void put_unless(struct text *t, char letter, unsigned long long n, unsigned usual)
{
    put_letter(t, letter);
    if (n != usual)
        text_put_uint(t, n);
}

static void put_pair(struct text *t, unsigned long long a, unsigned long long b)
{
    text_put_uint(t, a);
    text_putc(t, ',');
    text_put_uint(t, b);
}

/* ---- steps --------------------------------------------------------------------------------- */

static int is_use(const struct plan_op *op, int writes)
{
    return writes ? op->kind == PLAN_SET : op->kind == PLAN_SLOT || op->kind == PLAN_FRESH;
}

/* Each slot once, whatever number of operations means it. */
static void put_uses(struct text *t, const struct plan_step *s, char letter, int writes)
{
    for (unsigned i = 0; i < s->n_ops; i++) {
        const struct plan_op *op = &s->ops[i];
        unsigned first = 0;

        if (!is_use(op, writes))
            continue;
        while (!is_use(&s->ops[first], writes) || s->ops[first].slot != op->slot
               || s->ops[first].up != op->up)
            first++;
        if (first < i)
            continue;
        put_letter(t, letter);
        if (op->up)
            put_pair(t, op->up, op->slot);
        else
            text_put_uint(t, op->slot);
    }
}

static void put_edges(struct text *t, const struct plan_step *s)
{
    for (unsigned i = 0; i < s->n_edges; i++) {
        const struct plan_edge *e = &s->edges[i];

        int is_next = e->kind == KILN_EDGE_NEXT && !e->label;

        put_letter(t, e->soft ? 'E' : 'e');
        if (!is_next || e->to->number != s->number + 1)
            text_put_uint(t, e->to->number);
        if (is_next)
            continue;
        text_putc(t, ',');
        put_pair(t, e->kind, e->label);
    }
}

static void put_what(struct text *t, const struct plan_step *s, const kiln_op *const *ops)
{
    const struct plan_op *op = plan_last(s);
    unsigned number = 0;

    if (op && op->kind == PLAN_TASK) {
        while (strcmp(ops[number]->name, op->op->name))
            number++;
        put_unless(t, 'o', number, 0);
    }
    if (op && (op->kind == PLAN_CHILD || op->kind == PLAN_EACH))
        put_field(t, 'f', op->flow->number);
    if (s->result >= 0)
        put_field(t, 'r', (unsigned)s->result);
    if (s->retry.tries || s->retry.budget || s->late >= 0)
        put_letter(t, 'p');
}

static void put_step(struct text *t, const struct plan_step *s, const kiln_op *const *ops)
{
    const struct plan_op *op = plan_last(s);

    put_text(t, s->id, strlen(s->id));
    put_number(t, op ? answers[op->kind] : KILN_GO);
    put_number(t, s->wake);
    put_number(t, s->flags);
    if (s->hard)
        put_unless(t, 'h', s->hard, 1);
    if (s->soft)
        put_letter(t, 's');
    if (s->node)
        put_field(t, 'n', s->node);
    put_what(t, s, ops);
    put_edges(t, s);
    put_uses(t, s, 'g', 0);
    put_uses(t, s, 't', 1);
    for (unsigned i = 0; i < s->n_watch; i++)
        put_field(t, 'v', s->watch[i]);
    text_putc(t, '\n');
}

/* ---- flows --------------------------------------------------------------------------------- */

static void put_slot(struct text *t, const struct plan *p, const struct plan_slot *s)
{
    put_text(t, s->name, strlen(s->name));
    if (s->rule || s->flags || s->initial >= 0) {
        put_number(t, s->rule);
        put_number(t, s->flags);
        put_number(t, s->initial >= 0);
    }
    for (unsigned i = 0; s->names >= 0 && i < p->consts[s->names].n; i++) {
        const kiln_value *name = &p->consts[s->names].u.items[i];

        text_putc(t, ' ');
        put_text(t, name->u.s, name->n);
    }
    text_putc(t, '\n');
}

static void put_flow(struct text *t, const struct plan_flow *f, const kiln_op *const *ops)
{
    put_text(t, f->name, strlen(f->name));
    put_number(t, f->flags);
    put_number(t, f->n_params);
    put_number(t, f->n_slots);
    put_number(t, f->n_steps);
    put_number(t, f->up ? f->up->number + 1 : 0);
    text_putc(t, '\n');
    for (unsigned i = 0; i < f->n_slots; i++)
        put_slot(t, f->plan, &f->slots[i]);
    for (unsigned i = 0; i < f->n_steps; i++)
        put_step(t, f->steps[i], ops);
}

/* Every operation, by its name, once: in the order in which they are met. */
static const kiln_op **find_ops(const struct plan *p, unsigned *ret_n)
{
    const kiln_op **ops = NULL;
    unsigned cap = 0, n = 0;

    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++) {
            const struct plan_op *op = plan_last(p->flows[i]->steps[k]);
            unsigned at = 0;

            if (!op || op->kind != PLAN_TASK)
                continue;
            while (at < n && strcmp(ops[at]->name, op->op->name))
                at++;
            if (at < n)
                continue;
            ops = plan_grow(p->flows[i]->plan, ops, n, &cap, sizeof *ops);
            ops[n++] = op->op;
        }
    *ret_n = n;
    return ops;
}

void plan_shape(const struct plan *p, struct text *out)
{
    unsigned n;
    const kiln_op **ops = find_ops(p, &n);

    put_text(out, p->name, strlen(p->name));
    text_putc(out, ' ');
    put_text(out, p->dialect, strlen(p->dialect));
    put_number(out, p->flags);
    put_number(out, n);
    put_number(out, p->n_flows);
    text_putc(out, '\n');
    for (unsigned i = 0; i < n; i++) {
        put_text(out, ops[i]->name, strlen(ops[i]->name));
        put_number(out, ops[i]->effect);
        text_putc(out, '\n');
    }
    for (unsigned i = 0; i < p->n_flows; i++)
        put_flow(out, p->flows[i], ops);
}
