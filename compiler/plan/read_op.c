/* read_op.c: operations of the plan text, driven by the operand letters of ops.h, so that a new row
 * there needs no line here.
 */
#include "plan/reader.h"

/* A register's number. Each operation writes at most two, so a number far above that is a mistake
 * which would cost the passes memory. */
static int read_reg(struct reader *r, int *ret)
{
    unsigned n;

    if (scan_number(&r->scan, "%", &n) < 0)
        return -1;
    if (n >= 2 * r->step->n_ops + 64)
        return scan_fail(&r->scan, "register %%%u is far above the number of operations", n);
    if ((int)n >= r->step->n_regs)
        r->step->n_regs = (int)n + 1;
    *ret = (int)n;
    return 0;
}

int reader_read_const(struct reader *r, unsigned *ret)
{
    kiln_value v;

    if (scan_value(&r->scan, &r->p->heap, &v) < 0)
        return -1;
    *ret = plan_const(r->p, &v);
    return 0;
}

static int read_slot_name(struct reader *r, unsigned *ret_up, unsigned *ret_slot)
{
    if (scan_sees(&r->scan, '^') && scan_number(&r->scan, "^", ret_up) < 0)
        return -1;
    return scan_number(&r->scan, "s", ret_slot);
}

static int read_arg(struct reader *r, struct plan_op *op, unsigned *cap)
{
    op->args = plan_grow(r->p, op->args, op->n_args, cap, sizeof *op->args);
    return read_reg(r, &op->args[op->n_args++]);
}

static int read_key(struct reader *r, struct plan_op *op, unsigned *cap)
{
    op->keys = plan_grow(r->p, op->keys, op->n_keys, cap, sizeof *op->keys);
    return reader_read_const(r, &op->keys[op->n_keys++]);
}

static int read_pairs(struct reader *r, struct plan_op *op)
{
    unsigned cap_args = 0, cap_keys = 0;

    while (scan_sees(&r->scan, '"'))
        if (read_key(r, op, &cap_keys) < 0 || read_arg(r, op, &cap_args) < 0)
            return -1;
    return 0;
}

int reader_read_function(struct reader *r, const struct plan_function **ret)
{
    const char *name;

    if (scan_name(&r->scan, &name) < 0)
        return -1;
    *ret = plan_function(name);
    return *ret ? 0 : scan_fail(&r->scan, "no pure function is called '%s'", name);
}

static int read_operation(struct reader *r, struct plan_op *op)
{
    const char *name;

    if (scan_text(&r->scan, &name) < 0)
        return -1;
    op->op = r->find_op ? r->find_op(r->ctx, name) : NULL;
    return op->op ? 0 : scan_fail(&r->scan, "no operation is called '%s'", name);
}

static int read_callee(struct reader *r, struct plan_op *op)
{
    const char *name;

    if (scan_text(&r->scan, &name) < 0)
        return -1;
    op->flow = plan_flow_find(r->p, name);
    return op->flow ? 0 : scan_fail(&r->scan, "no flow is called '%s'", name);
}

static int read_operand(struct reader *r, struct plan_op *op, char operand, unsigned *cap)
{
    unsigned cap_keys = 0;

    switch (operand) {
    case 's':
        return read_slot_name(r, &op->up, &op->slot);
    case 'a':
        return read_arg(r, op, cap);
    case 'k':
        return read_key(r, op, &cap_keys);
    case 'i':
        return scan_integer(&r->scan, &op->i);
    case 'f':
        return reader_read_function(r, &op->function);
    case 'o':
        return read_operation(r, op);
    case 'w':
        return read_callee(r, op);
    case 'x':
        return read_reg(r, &op->item);
    case 'p':
        return read_pairs(r, op);
    default: /* '*' */
        while (scan_sees(&r->scan, '%'))
            if (read_arg(r, op, cap) < 0)
                return -1;
        return 0;
    }
}

/* ` index %3`, ` -> s4` and ` blame "..."`, which only what may suspend can have. */
static int read_tail(struct reader *r, struct plan_op *op)
{
    unsigned slot;

    if (op->kind == PLAN_CHILD && scan_word(&r->scan, "index")) {
        r->step->flags |= KILN_STEP_TURN;
        if (read_reg(r, &op->item) < 0)
            return -1;
    }
    if (op->kind != PLAN_NOTE && scan_mark(&r->scan, "->")) {
        if (scan_number(&r->scan, "s", &slot) < 0)
            return -1;
        if (slot >= r->flow->n_slots)
            return scan_fail(&r->scan, "there is no slot s%u", slot);
        r->step->result = (int)slot;
    }
    if (op->kind == PLAN_TASK && scan_word(&r->scan, "blame"))
        return scan_text(&r->scan, &r->step->blame);
    return 0;
}

static int read_kind(struct reader *r, int returns, enum plan_kind *ret)
{
    for (unsigned kind = 0; kind < PLAN_KINDS; kind++) {
        if ((plan_ops[kind].operands[0] == 'r') != returns)
            continue;
        if (scan_word(&r->scan, plan_ops[kind].text)) {
            *ret = (enum plan_kind)kind;
            return 0;
        }
    }
    return scan_fail(&r->scan, returns ? "an operation with a result is missing"
                                       : "neither an operation nor an edge, step, slot or flow");
}

int reader_read_op(struct reader *r)
{
    struct plan_step *s = r->step;
    struct plan_op op = { .ret = -1, .item = -1 };
    int returns = scan_sees(&r->scan, '%');
    unsigned cap = 0;

    s->ops = plan_grow(r->p, s->ops, s->n_ops, &s->cap_ops, sizeof *s->ops);
    if (returns && read_reg(r, &op.ret) < 0)
        return -1;
    if (returns && !scan_mark(&r->scan, "="))
        return scan_fail(&r->scan, "'=' is missing");
    if (read_kind(r, returns, &op.kind) < 0)
        return -1;
    for (const char *operand = plan_ops[op.kind].operands + returns; *operand; operand++)
        if (read_operand(r, &op, *operand, &cap) < 0)
            return -1;
    if (plan_ops[op.kind].effect == PLAN_JOURNAL && read_tail(r, &op) < 0)
        return -1;
    s->ops[s->n_ops++] = op;
    return 0;
}
