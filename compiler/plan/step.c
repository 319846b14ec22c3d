/* step.c: fills a step with operations, one call an operation.
 *
 * Each constructor appends one row of ops.h to the step and answers the register it writes, so an
 * expression is lowered by nesting calls. No operand is checked here beyond what an assertion can
 * say about our own mistakes: verify.c is the judge of whole plans.
 */
#include "plan/plan.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

struct plan_op *plan_last(const struct plan_step *s)
{
    struct plan_op *last = s->n_ops ? &s->ops[s->n_ops - 1] : NULL;

    return last && plan_ops[last->kind].effect >= PLAN_CONTROL ? last : NULL;
}

static struct plan_op *add(struct plan_step *s, enum plan_kind kind)
{
    struct plan_op *op;

    s->ops = plan_grow(s->flow->plan, s->ops, s->n_ops, &s->cap_ops, sizeof *s->ops);
    op = &s->ops[s->n_ops++];
    *op = (struct plan_op){ .kind = kind, .ret = -1, .item = -1 };
    return op;
}

static struct plan_op *add_returning(struct plan_step *s, enum plan_kind kind)
{
    struct plan_op *op = add(s, kind);

    op->ret = s->n_regs++;
    return op;
}

static void set_args(struct plan_step *s, struct plan_op *op, const int *args, unsigned n)
{
    op->n_args = n;
    op->args = plan_alloc(s->flow->plan, n * sizeof *op->args);
    if (n)
        memcpy(op->args, args, n * sizeof *op->args);
}

static void set_key(struct plan_step *s, struct plan_op *op, unsigned constant)
{
    op->n_keys = 1;
    op->keys = plan_alloc(s->flow->plan, sizeof *op->keys);
    op->keys[0] = constant;
}

/* An operation with one argument and no result. */
static struct plan_op *add_taking(struct plan_step *s, enum plan_kind kind, int arg)
{
    struct plan_op *op = add(s, kind);

    set_args(s, op, &arg, 1);
    return op;
}

int plan_reg_new(struct plan_step *s)
{
    return s->n_regs++;
}

int plan_reg_const(struct plan_step *s, const kiln_value *v)
{
    struct plan_op *op = add_returning(s, PLAN_CONST);

    set_key(s, op, plan_const(s->flow->plan, v));
    return op->ret;
}

int plan_reg_text(struct plan_step *s, const char *text)
{
    struct plan_op *op = add_returning(s, PLAN_CONST);

    set_key(s, op, plan_const_text(s->flow->plan, text, strlen(text)));
    return op->ret;
}

int plan_reg_slot(struct plan_step *s, unsigned up, unsigned slot)
{
    struct plan_op *op = add_returning(s, PLAN_SLOT);

    op->up = up;
    op->slot = slot;
    return op->ret;
}

int plan_reg_fresh(struct plan_step *s, unsigned slot)
{
    struct plan_op *op = add_returning(s, PLAN_FRESH);

    op->slot = slot;
    return op->ret;
}

int plan_reg_index(struct plan_step *s, unsigned up)
{
    struct plan_op *op = add_returning(s, PLAN_INDEX);

    op->i = up;
    return op->ret;
}

int plan_reg_error(struct plan_step *s)
{
    return add_returning(s, PLAN_ERROR)->ret;
}

int plan_reg_about(struct plan_step *s, const char *name)
{
    struct plan_op *op = add_returning(s, PLAN_ABOUT);

    set_key(s, op, plan_const_text(s->flow->plan, name, strlen(name)));
    return op->ret;
}

int plan_reg_get(struct plan_step *s, int object, const char *key, size_t n)
{
    struct plan_op *op = add_returning(s, PLAN_GET);

    set_args(s, op, &object, 1);
    set_key(s, op, plan_const_text(s->flow->plan, key, n));
    return op->ret;
}

int plan_reg_at(struct plan_step *s, int array, long long i)
{
    struct plan_op *op = add_returning(s, PLAN_AT);

    set_args(s, op, &array, 1);
    op->i = i;
    return op->ret;
}

/* Workflows call few functions, all the time: of the hundred and more only these are looked
 * through. */
static const struct plan_function *function_of(struct plan *p, const char *name)
{
    size_t n = strlen(name);
    const struct plan_function *function = map_get(&p->functions, name, n);

    if (function)
        return function;
    function = plan_function(name);
    assert(function);
    if (map_put(&p->functions, function->name, n, (void *)(uintptr_t)function) < 0)
        plan_memory_out();
    return function;
}

int plan_reg_call(struct plan_step *s, const char *function, const int *args, unsigned n)
{
    struct plan_op *op = add_returning(s, PLAN_CALL);

    op->function = function_of(s->flow->plan, function);
    assert(op->function->arity < 0 || op->function->arity == (int)n);
    set_args(s, op, args, n);
    return op->ret;
}

int plan_reg_call1(struct plan_step *s, const char *function, int a)
{
    return plan_reg_call(s, function, &a, 1);
}

int plan_reg_call2(struct plan_step *s, const char *function, int a, int b)
{
    return plan_reg_call(s, function, (int[]){ a, b }, 2);
}

int plan_reg_call3(struct plan_step *s, const char *function, int a, int b, int c)
{
    return plan_reg_call(s, function, (int[]){ a, b, c }, 3);
}

int plan_reg_array(struct plan_step *s, const int *items, unsigned n)
{
    struct plan_op *op = add_returning(s, PLAN_ARRAY);

    set_args(s, op, items, n);
    return op->ret;
}

int plan_reg_object(struct plan_step *s, const unsigned *keys, const int *values, unsigned n)
{
    struct plan_op *op = add_returning(s, PLAN_OBJECT);

    set_args(s, op, values, n);
    op->n_keys = n;
    op->keys = plan_alloc(s->flow->plan, n * sizeof *op->keys);
    if (n)
        memcpy(op->keys, keys, n * sizeof *op->keys);
    return op->ret;
}

void plan_copy(struct plan_step *s, int to, int from)
{
    add_taking(s, PLAN_COPY, from)->ret = to;
}

void plan_if(struct plan_step *s, int condition)
{
    add_taking(s, PLAN_IF, condition);
}

void plan_else(struct plan_step *s)
{
    add(s, PLAN_ELSE);
}

void plan_end(struct plan_step *s)
{
    add(s, PLAN_ENDBLOCK);
}

int plan_for(struct plan_step *s, int array, int *ret_item)
{
    struct plan_op *op = add_returning(s, PLAN_FOR);

    op->item = s->n_regs++;
    set_args(s, op, &array, 1);
    *ret_item = op->item;
    return op->ret;
}

void plan_yield(struct plan_step *s, int value)
{
    add_taking(s, PLAN_YIELD, value);
}

void plan_set(struct plan_step *s, unsigned up, unsigned slot, int value)
{
    struct plan_op *op = add_taking(s, PLAN_SET, value);

    op->up = up;
    op->slot = slot;
}

static const struct plan_slot *slot_of(const struct plan_flow *f, const struct plan_op *op)
{
    for (unsigned up = op->up; up; up--)
        f = f->up;
    return &f->slots[op->slot];
}

int plan_sets_once(const struct plan_step *s)
{
    for (unsigned i = 0; i < s->n_ops; i++) {
        const struct plan_slot *slot =
            s->ops[i].kind == PLAN_SET ? slot_of(s->flow, &s->ops[i]) : NULL;

        if (slot
            && (slot->rule == KILN_RULE_APPEND || slot->rule == KILN_RULE_FOLD
                || slot->flags & KILN_SLOT_GUARD))
            return 1;
    }
    return 0;
}

void plan_tell(struct plan_step *s, int value)
{
    add_taking(s, PLAN_TELL, value);
}

void plan_test(struct plan_step *s, int condition)
{
    add_taking(s, PLAN_TEST, condition);
}

void plan_pick(struct plan_step *s, int number)
{
    add_taking(s, PLAN_PICK, number);
}

void plan_task(struct plan_step *s, const kiln_op *op, int input, int result_slot)
{
    add_taking(s, PLAN_TASK, input)->op = op;
    s->result = result_slot;
}

void plan_child(struct plan_step *s, struct plan_flow *flow, const int *args, unsigned n, int index,
                int result_slot)
{
    struct plan_op *op = add(s, PLAN_CHILD);

    set_args(s, op, args, n);
    op->flow = flow;
    op->item = index;
    if (index >= 0)
        s->flags |= KILN_STEP_TURN;
    s->result = result_slot;
}

void plan_each(struct plan_step *s, struct plan_flow *flow, int list, const int *args, unsigned n,
               int result_slot)
{
    struct plan_op *op = add(s, PLAN_EACH);

    op->flow = flow;
    op->n_args = n + 1;
    op->args = plan_alloc(s->flow->plan, op->n_args * sizeof *op->args);
    op->args[0] = list;
    if (n)
        memcpy(op->args + 1, args, n * sizeof *args);
    s->result = result_slot;
}

void plan_note(struct plan_step *s, int value)
{
    add_taking(s, PLAN_NOTE, value);
}

void plan_sleep(struct plan_step *s, int ms, int result_slot)
{
    add_taking(s, PLAN_SLEEP, ms);
    s->result = result_slot;
}

void plan_await(struct plan_step *s, int what, int result_slot)
{
    add_taking(s, PLAN_AWAIT, what);
    s->result = result_slot;
}

void plan_timeout(struct plan_step *s, unsigned long long ms, const kiln_value *late)
{
    s->timeout = ms;
    s->late = (int)plan_const(s->flow->plan, late);
}

void plan_boundary(struct plan_step *s)
{
    add(s, PLAN_BOUNDARY);
}

void plan_finish(struct plan_step *s, int value)
{
    add_taking(s, PLAN_FINISH, value);
}

void plan_fail(struct plan_step *s, int value)
{
    add_taking(s, PLAN_FAIL, value);
}
