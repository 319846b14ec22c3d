/* evaluate.c: the pure part of a step, one operation after the other.
 *
 * Blocks are found by looking for their ends; every function is the runtime's own, since what
 * functions answer is tested elsewhere.
 */
#include <string.h>

#include "interpreter.h"

static struct scene *look_up(struct work *w, unsigned long long up)
{
    struct scene *f = w->frame;

    while (up--)
        f = f->up;
    return f;
}

/* Where the block that opens at `at` turns (`else`) or closes. */
static unsigned find_end(const struct plan_step *s, unsigned at, int want_else)
{
    unsigned depth = 0;

    for (;; at++) {
        enum plan_kind kind = s->ops[at].kind;

        depth += kind == PLAN_IF || kind == PLAN_FOR;
        if (depth == 1 && want_else && kind == PLAN_ELSE)
            return at;
        if (kind == PLAN_ENDBLOCK && --depth == 0)
            return at;
    }
}

static int call(kiln_heap *h, const struct plan_function *f, const kiln_value *a, unsigned n,
                kiln_value *ret)
{
    switch (f->arity) {
    case 1:
        return ((kiln_function1 *)f->address)(h, ret, &a[0]);
    case 2:
        return ((kiln_function2 *)f->address)(h, ret, &a[0], &a[1]);
    case 3:
        return ((kiln_function3 *)f->address)(h, ret, &a[0], &a[1], &a[2]);
    default:
        return ((kiln_function_n *)f->address)(h, ret, a, n);
    }
}

int evaluate_set(struct interpreter *in, struct scene *f, unsigned slot, const kiln_value *v)
{
    const struct plan_slot *s = &f->flow->slots[slot];
    kiln_value *at = &f->slots[slot], old = *at;

    if (v->tag == KILN_ABSENT)
        return 0;
    if (s->rule == KILN_RULE_FOLD && old.tag != KILN_ABSENT)
        return call(&in->heap, s->fold, (kiln_value[]){ old, *v }, 2, at);
    if (s->rule != KILN_RULE_APPEND) {
        *at = *v;
        return 0;
    }
    if (at->tag != KILN_ARRAY)
        kiln_array(&in->heap, at, NULL, 0);
    if (!(s->flags & KILN_SLOT_SPREAD) || v->tag != KILN_ARRAY)
        return kiln_push(&in->heap, at, v);
    for (unsigned i = 0; i < v->n; i++)
        kiln_push(&in->heap, at, &v->u.items[i]);
    return 0;
}

/* In a superstep flow the boundary writes. */
static int set(struct interpreter *in, struct work *w, const struct plan_op *op,
               const kiln_value *v)
{
    struct scene *f = look_up(w, op->up);

    if (!f->turns)
        return evaluate_set(in, f, op->slot, v);
    if (v->tag != KILN_ABSENT)
        turns_write(in, w, op->slot, v);
    return 0;
}

static int make_object(struct interpreter *in, const struct plan_op *op, const kiln_value *a,
                       kiln_value *ret)
{
    kiln_value *pairs = interpreter_alloc(in, (2 * op->n_args + 1) * sizeof *pairs);

    for (unsigned i = 0; i < op->n_args; i++) {
        pairs[2 * i] = in->plan->consts[op->keys[i]];
        pairs[2 * i + 1] = a[i];
    }
    return kiln_object(&in->heap, ret, pairs, op->n_args);
}

/* One operation without a block. */
static int evaluate(struct interpreter *in, struct work *w, const struct plan_op *op,
                    kiln_value *regs)
{
    kiln_value *a = interpreter_alloc(in, (op->n_args + 1) * sizeof *a);
    kiln_value *ret = op->ret >= 0 ? &regs[op->ret] : NULL;

    for (unsigned i = 0; i < op->n_args; i++)
        a[i] = regs[op->args[i]];
    switch (op->kind) {
    case PLAN_CONST:
        *ret = in->plan->consts[op->keys[0]];
        return 0;
    case PLAN_SLOT:
        *ret = look_up(w, op->up)->slots[op->slot];
        return 0;
    case PLAN_FRESH:
        return channels_fresh(in, w, op->slot, ret);
    case PLAN_INDEX:
        *ret = value_int(look_up(w, (unsigned long long)op->i)->index);
        return 0;
    case PLAN_ERROR:
        *ret = w->frame->error;
        return 0;
    case PLAN_GET:
        *ret = kiln_get(a, &in->plan->consts[op->keys[0]]);
        return 0;
    case PLAN_AT:
        *ret = kiln_at(a, op->i);
        return 0;
    case PLAN_CALL:
        return call(&in->heap, op->function, a, op->n_args, ret);
    case PLAN_ARRAY:
        return kiln_array(&in->heap, ret, a, op->n_args);
    case PLAN_OBJECT:
        return make_object(in, op, a, ret);
    case PLAN_COPY:
        *ret = a[0];
        return 0;
    case PLAN_SET:
        return set(in, w, op, a);
    default:
        return 0; /* the last operation is for perform.c */
    }
}

/* The operations from..to; what is yielded goes to `list`. */
static int evaluate_range(struct interpreter *in, struct work *w, kiln_value *regs, unsigned from,
                          unsigned to, kiln_value *list);

static int evaluate_for(struct interpreter *in, struct work *w, kiln_value *regs, unsigned at,
                        unsigned end)
{
    const struct plan_op *op = &w->step->ops[at];
    kiln_value array = regs[op->args[0]], list;

    kiln_array(&in->heap, &list, NULL, 0);
    for (unsigned i = 0; array.tag == KILN_ARRAY && i < array.n; i++) {
        regs[op->item] = array.u.items[i];
        if (evaluate_range(in, w, regs, at + 1, end, &list) < 0)
            return -1;
    }
    regs[op->ret] = list;
    return 0;
}

static int evaluate_if(struct interpreter *in, struct work *w, kiln_value *regs, unsigned at,
                       unsigned end, kiln_value *list)
{
    unsigned turn = find_end(w->step, at, 1);

    if (kiln_truthy(&regs[w->step->ops[at].args[0]]))
        return evaluate_range(in, w, regs, at + 1, turn, list);
    return turn < end ? evaluate_range(in, w, regs, turn + 1, end, list) : 0;
}

static int evaluate_range(struct interpreter *in, struct work *w, kiln_value *regs, unsigned from,
                          unsigned to, kiln_value *list)
{
    for (unsigned i = from; i < to; i++) {
        const struct plan_op *op = &w->step->ops[i];
        unsigned at = i;
        int failed;

        if (op->kind == PLAN_IF || op->kind == PLAN_FOR)
            i = find_end(w->step, at, 0);
        if (op->kind == PLAN_FOR)
            failed = evaluate_for(in, w, regs, at, i);
        else if (op->kind == PLAN_IF)
            failed = evaluate_if(in, w, regs, at, i, list);
        else if (op->kind == PLAN_YIELD)
            failed = kiln_push(&in->heap, list, &regs[op->args[0]]);
        else
            failed = evaluate(in, w, op, regs);
        if (failed < 0)
            return -1;
    }
    return 0;
}

int evaluate_step(struct interpreter *in, struct work *w, kiln_value *regs)
{
    return evaluate_range(in, w, regs, 0, w->step->n_ops, NULL);
}
