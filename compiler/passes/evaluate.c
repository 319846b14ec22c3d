/* evaluate.c: a pure operation by the functions of the runtime itself, so that what is folded and
 * what is run cannot differ.
 */
#include "passes/fold.h"

#include "functions/functions.h"

static int call(struct folding *w, const struct plan_function *f, const kiln_value *a, unsigned n,
                kiln_value *ret)
{
    switch (f->arity) {
    case 1:
        return ((kiln_function1 *)f->address)(&w->heap, ret, &a[0]);
    case 2:
        return ((kiln_function2 *)f->address)(&w->heap, ret, &a[0], &a[1]);
    case 3:
        return ((kiln_function3 *)f->address)(&w->heap, ret, &a[0], &a[1], &a[2]);
    default:
        return ((kiln_function_n *)f->address)(&w->heap, ret, a, n);
    }
}

static int make_object(struct folding *w, const struct plan_op *op, const kiln_value *a,
                       kiln_value *ret)
{
    kiln_value *pairs = edit_alloc(&w->scratch, 2 * op->n_args * sizeof *pairs);

    for (unsigned i = 0; i < op->n_args; i++) {
        pairs[2 * i] = w->p->consts[op->keys[i]];
        pairs[2 * i + 1] = a[i];
    }
    return kiln_object(&w->heap, ret, pairs, op->n_args);
}

int fold_evaluate(struct folding *w, const struct plan_op *op, kiln_value *ret)
{
    kiln_value *a = edit_alloc(&w->scratch, op->n_args * sizeof *a);

    for (unsigned i = 0; i < op->n_args; i++)
        a[i] = w->values[op->args[i]];
    switch (op->kind) {
    case PLAN_GET:
        *ret = kiln_get(&a[0], &w->p->consts[op->keys[0]]);
        return 0;
    case PLAN_AT:
        *ret = kiln_at(&a[0], op->i);
        return 0;
    case PLAN_CALL:
        return call(w, op->function, a, op->n_args, ret);
    case PLAN_ARRAY:
        return kiln_array(&w->heap, ret, a, op->n_args);
    case PLAN_OBJECT:
        return make_object(w, op, a, ret);
    default:
        return -1;
    }
}
