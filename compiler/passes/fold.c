/* fold.c: works out now what does not depend on the run.
 *
 * Pure operations whose arguments are known are evaluated by the very functions the program would
 * call; one that fails is left to fail in the run. A known condition loses the arm not taken, a
 * known pick the cases not picked.
 *
 * Needs: nothing. Breaks: leaves operations nobody reads and steps nothing reaches, for prune.
 */
#include "passes/fold.h"

#include <math.h>
#include <string.h>

enum { LARGEST = 1 << 16, SCRATCH = 1 << 20 }; /* bytes of a result kept, of values not yet freed */

/* ---- what is known about the registers of a step ------------------------------------------- */

static void know(struct folding *w, int reg, const kiln_value *v)
{
    if (w->writes[reg] != 1)
        return;
    w->known[reg] = 1;
    w->values[reg] = *v;
}

/* A register that is only another name for one that is written once. */
static void follow_args(const struct folding *w, struct plan_op *op)
{
    for (unsigned a = 0; a < op->n_args; a++)
        if (w->alias[op->args[a]])
            op->args[a] = w->alias[op->args[a]] - 1;
    if (op->kind == PLAN_CHILD && op->item >= 0 && w->alias[op->item])
        op->item = w->alias[op->item] - 1;
}

static void note_copy(struct folding *w, const struct plan_op *op)
{
    int from = op->args[0];

    if (w->writes[op->ret] != 1 || w->writes[from] != 1)
        return;
    w->alias[op->ret] = from + 1;
    if (w->known[from])
        know(w, op->ret, &w->values[from]);
}

/* ---- constants as results ------------------------------------------------------------------ */

/* Can stand in the plan text: finite, not absent, not too deep. */
static int is_json(const kiln_value *v, unsigned depth)
{
    if (v->tag == KILN_ABSENT || depth > JSON_DEPTH - 1)
        return 0;
    if (v->tag == KILN_DOUBLE)
        return isfinite(v->u.d);
    for (unsigned i = 0; v->tag == KILN_ARRAY && i < v->n; i++)
        if (!is_json(&v->u.items[i], depth + 1))
            return 0;
    for (unsigned i = 0; v->tag == KILN_OBJECT && i < v->n; i++)
        if (!is_json(&v->u.members[i].value, depth + 1))
            return 0;
    return 1;
}

static int is_small(const kiln_value *v)
{
    struct text bytes = { 0 };
    int small;

    value_encode(&bytes, v);
    small = !bytes.failed && bytes.n <= LARGEST;
    text_fini(&bytes);
    return small;
}

/* The operation has become `const`; its result lives as long as the plan. */
static void become_const(struct folding *w, struct plan_op *op, const kiln_value *v)
{
    unsigned k = plan_const(w->p, v);

    op->kind = PLAN_CONST;
    op->n_args = 0;
    op->n_keys = 1;
    op->keys = plan_alloc(w->p, sizeof *op->keys);
    op->keys[0] = k;
    op->function = NULL;
    know(w, op->ret, &w->p->consts[k]);
}

static int is_known(const struct folding *w, const struct plan_op *op)
{
    for (unsigned a = 0; a < op->n_args; a++)
        if (!w->known[op->args[a]])
            return 0;
    return 1;
}

/* A count beside something that may be repeated so often: the result could be of any size. */
static int may_explode(const struct folding *w, const struct plan_op *op)
{
    long long count = 0, length = 0;

    for (unsigned a = 0; a < op->n_args; a++) {
        const kiln_value *v = &w->values[op->args[a]];

        if (v->tag == KILN_INT && v->u.i > count)
            count = v->u.i;
        if ((v->tag == KILN_STRING || v->tag == KILN_ARRAY) && v->n > length)
            length = v->n;
    }
    return op->kind == PLAN_CALL && length && count > LARGEST / length;
}

static void fold_pure(struct folding *w, struct plan_op *op)
{
    kiln_value v;

    if (!is_known(w, op) || may_explode(w, op) || fold_evaluate(w, op, &v) < 0)
        return;
    if (v.tag == KILN_ABSENT)
        know(w, op->ret, &v); /* the operation stays, what depends on it may go */
    else if (is_json(&v, 0) && is_small(&v))
        become_const(w, op, &v);
}

/* ---- blocks -------------------------------------------------------------------------------- */

/* Takes out the operations between `from` and `to`; what they wrote is written by others alone. */
static void drop_arm(struct folding *w, unsigned from, unsigned to)
{
    for (unsigned i = from + 1; i < to; i++) {
        const struct plan_op *op = &w->step->ops[i];

        if (!w->drop[i] && op->ret >= 0)
            w->writes[op->ret]--;
        w->drop[i] = 1;
    }
}

static void fold_if(struct folding *w, unsigned i)
{
    const struct plan_op *op = &w->step->ops[i];
    unsigned middle = w->mate[i], end = middle;

    if (!w->known[op->args[0]])
        return;
    if (w->step->ops[middle].kind == PLAN_ELSE)
        end = w->mate[middle];
    if (!kiln_truthy(&w->values[op->args[0]]))
        drop_arm(w, i, middle);
    else if (middle != end)
        drop_arm(w, middle, end);
    w->drop[i] = w->drop[middle] = w->drop[end] = 1;
    w->dropped = 1;
}

/* ---- a step -------------------------------------------------------------------------------- */

static void fold_op(struct folding *w, unsigned i)
{
    struct plan_op *op = &w->step->ops[i];

    follow_args(w, op);
    switch (op->kind) {
    case PLAN_CONST:
        know(w, op->ret, &w->p->consts[op->keys[0]]);
        break;
    case PLAN_COPY:
        note_copy(w, op);
        break;
    case PLAN_GET:
    case PLAN_AT:
    case PLAN_CALL:
    case PLAN_ARRAY:
    case PLAN_OBJECT:
        fold_pure(w, op);
        break;
    case PLAN_IF:
        fold_if(w, i);
        break;
    default:
        break;
    }
}

static void count_writes(struct folding *w)
{
    for (unsigned i = 0; i < w->step->n_ops; i++) {
        const struct plan_op *op = &w->step->ops[i];

        if (op->ret >= 0)
            w->writes[op->ret]++;
        if (op->kind == PLAN_FOR)
            w->writes[op->item] += 2; /* another value each time round */
    }
}

/* One round over a step: 1 when an arm fell, which may have made more known. */
static int fold_step(struct folding *w, struct plan_step *s)
{
    struct arena *a = &w->scratch;
    size_t n = (size_t)s->n_regs;

    w->step = s;
    w->dropped = 0;
    w->mate = edit_match_blocks(a, s);
    w->drop = edit_alloc(a, s->n_ops);
    w->writes = edit_alloc(a, n * sizeof *w->writes);
    w->known = edit_alloc(a, n);
    w->values = edit_alloc(a, n * sizeof *w->values);
    w->alias = edit_alloc(a, n * sizeof *w->alias);
    count_writes(w);
    for (unsigned i = 0; i < s->n_ops; i++)
        if (!w->drop[i])
            fold_op(w, i);
    if (!w->dropped)
        fold_edges(w);
    edit_drop_ops(s, w->drop);
    return w->dropped;
}

void fold_run(struct plan *p)
{
    struct folding w = { .p = p };

    heap_init(&w.heap, p->heap.sorted);
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++) {
            while (fold_step(&w, p->flows[i]->steps[k]))
                continue;
            arena_fini(&w.scratch);
            if (w.heap.arena.used < SCRATCH)
                continue;
            heap_fini(&w.heap);
            heap_init(&w.heap, p->heap.sorted);
        }
    heap_fini(&w.heap);
    edit_rejoin(p);
}
