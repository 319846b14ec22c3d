/* verify_ops.c: what stands inside a step: operands, blocks, and every register written before it
 * is read, whichever arm is taken.
 *
 * Registers made known inside a block are kept in a log. Closing the block undoes its part of the
 * log, but for what both arms of an `if` made known. So the cost is that of the writes.
 */
#include "plan/verify.h"

#include <string.h>

struct block {
    const struct plan_op *op; /* IF or FOR */
    unsigned mark;            /* the log when it opened */
    unsigned middle;          /* the log at its `else` */
    int has_else;
};

struct registers {
    unsigned char *known;
    int *log;
    unsigned n_log;
    struct block *blocks;
    unsigned n_blocks;
};

static int write_reg(struct verifier *v, struct registers *r, int reg)
{
    if (reg < 0 || reg >= v->step->n_regs)
        return verify_fail(v, "register %%%d is out of range", reg);
    if (!r->known[reg]) {
        r->known[reg] = 1;
        r->log[r->n_log++] = reg;
    }
    return 0;
}

static int read_reg(struct verifier *v, const struct registers *r, int reg)
{
    if (reg < 0 || reg >= v->step->n_regs)
        return verify_fail(v, "register %%%d is out of range", reg);
    if (!r->known[reg])
        return verify_fail(v, "register %%%d may be read before it is written", reg);
    return 0;
}

/* ---- blocks -------------------------------------------------------------------------------- */

static void forget(struct registers *r, unsigned from)
{
    for (unsigned i = from; i < r->n_log; i++)
        r->known[r->log[i]] = 0;
}

static int open_block(struct verifier *v, struct registers *r, const struct plan_op *op)
{
    r->blocks[r->n_blocks++] = (struct block){ .op = op, .mark = r->n_log };
    return op->kind == PLAN_FOR ? write_reg(v, r, op->item) : 0;
}

static int turn_block(struct verifier *v, struct registers *r)
{
    struct block *b = r->n_blocks ? &r->blocks[r->n_blocks - 1] : NULL;

    if (!b || b->op->kind != PLAN_IF || b->has_else)
        return verify_fail(v, "`else` without an `if`");
    b->has_else = 1;
    b->middle = r->n_log;
    forget(r, b->mark);
    return 0;
}

/* Keeps what both arms wrote: the entries of the first arm that the second made known again. */
static void join_arms(struct registers *r, const struct block *b)
{
    unsigned kept = b->mark;

    for (unsigned i = b->mark; i < b->middle; i++)
        if (r->known[r->log[i]])
            r->known[r->log[i]] = 2;
    for (unsigned i = b->middle; i < r->n_log; i++)
        if (r->known[r->log[i]] == 1)
            r->known[r->log[i]] = 0;
    for (unsigned i = b->mark; i < b->middle; i++)
        if (r->known[r->log[i]] == 2) {
            r->known[r->log[i]] = 1;
            r->log[kept++] = r->log[i];
        }
    r->n_log = kept;
}

static int close_block(struct verifier *v, struct registers *r)
{
    struct block *b;

    if (!r->n_blocks)
        return verify_fail(v, "`end` without an `if` or `for`");
    b = &r->blocks[--r->n_blocks];
    if (b->has_else) {
        join_arms(r, b);
        return 0;
    }
    forget(r, b->mark);
    r->n_log = b->mark;
    return b->op->kind == PLAN_FOR ? write_reg(v, r, b->op->ret) : 0;
}

static int check_yield(struct verifier *v, const struct registers *r)
{
    for (unsigned i = r->n_blocks; i--;)
        if (r->blocks[i].op->kind == PLAN_FOR)
            return 0;
    return verify_fail(v, "`yield` outside a `for`");
}

/* ---- operands ------------------------------------------------------------------------------ */

static int check_slot(struct verifier *v, const struct plan_op *op)
{
    const struct plan_flow *f = v->flow;

    for (unsigned up = op->up; up; up--) {
        f = f->up;
        if (!f)
            return verify_fail(v, "`^%u` leads above the root", op->up);
    }
    if (op->slot >= f->n_slots)
        return verify_fail(v, "flow \"%s\" has no slot s%u", f->name, op->slot);
    if (op->kind == PLAN_SET && op->up && (f->flags & KILN_FLOW_SUPERSTEP))
        return verify_fail(v, "a superstep's slots are written by its own steps");
    return 0;
}

static int check_index(struct verifier *v, const struct plan_op *op)
{
    const struct plan_flow *f = v->flow;

    for (long long up = op->i; up > 0 && f; up--)
        f = f->up;
    return op->i >= 0 && f ? 0 : verify_fail(v, "`index %lld` leads above the root", op->i);
}

static int check_flow(struct verifier *v, const struct plan_op *op)
{
    const struct plan_flow *f = op->flow;

    if (!verify_has_flow(v->p, f))
        return verify_fail(v, "it runs a flow that is not in the plan");
    if (f->up && f->up != v->flow)
        return verify_fail(v, "flow \"%s\" belongs to flow \"%s\"", f->name, f->up->name);
    if (op->n_args != f->n_params)
        return verify_fail(v, "flow \"%s\" takes %u arguments, not %u", f->name, f->n_params,
                           op->n_args);
    return 0;
}

static int check_keys(struct verifier *v, const struct plan_op *op)
{
    for (unsigned i = 0; i < op->n_keys; i++) {
        if (op->keys[i] >= v->p->n_consts)
            return verify_fail(v, "constant %u is not there", op->keys[i]);
        if (op->kind != PLAN_CONST && v->p->consts[op->keys[i]].tag != KILN_STRING)
            return verify_fail(v, "a key that is no text");
    }
    return 0;
}

/* The numbers of arguments and keys are those of the table. */
static int check_shape(struct verifier *v, const struct plan_op *op)
{
    const char *operands = plan_ops[op->kind].operands;
    unsigned args = 0;

    for (const char *o = operands; *o; o++)
        args += *o == 'a';
    if (strchr(operands, 'p'))
        args = op->n_keys;
    if (strchr(operands, '*') ? op->n_args < args : op->n_args != args)
        return verify_fail(v, "`%s` has %u arguments", plan_ops[op->kind].text, op->n_args);
    if (!strchr(operands, 'p') && op->n_keys != (strchr(operands, 'k') != NULL))
        return verify_fail(v, "`%s` has %u constants", plan_ops[op->kind].text, op->n_keys);
    return check_keys(v, op);
}

static int check_call(struct verifier *v, const struct plan_op *op)
{
    const struct plan_function *f = op->function;

    if (!f)
        return verify_fail(v, "a call of no function");
    if (f->arity >= 0 && (unsigned)f->arity != op->n_args)
        return verify_fail(v, "%s takes %d arguments, not %u", f->name, f->arity, op->n_args);
    return 0;
}

static int check_operands(struct verifier *v, const struct plan_op *op)
{
    int superstep = (v->flow->flags & KILN_FLOW_SUPERSTEP) != 0;

    if (check_shape(v, op) < 0)
        return -1;
    if ((op->kind == PLAN_FRESH || op->kind == PLAN_BOUNDARY) && !superstep)
        return verify_fail(v, "`%s` needs a superstep flow", plan_ops[op->kind].text);
    switch (op->kind) {
    case PLAN_SLOT:
    case PLAN_FRESH:
    case PLAN_SET:
        return check_slot(v, op);
    case PLAN_INDEX:
        return check_index(v, op);
    case PLAN_CALL:
        return check_call(v, op);
    case PLAN_TASK:
        return op->op ? 0 : verify_fail(v, "a task without an operation");
    case PLAN_CHILD:
    case PLAN_EACH:
        return check_flow(v, op);
    default:
        return 0;
    }
}

/* ---- the walk ------------------------------------------------------------------------------ */

static int check_op(struct verifier *v, struct registers *r, const struct plan_op *op)
{
    int last = op + 1 == v->step->ops + v->step->n_ops;

    if (plan_ops[op->kind].effect >= PLAN_CONTROL && (!last || r->n_blocks))
        return verify_fail(v, "`%s` must be the last operation", plan_ops[op->kind].text);
    if (check_operands(v, op) < 0)
        return -1;
    for (unsigned i = 0; i < op->n_args; i++)
        if (read_reg(v, r, op->args[i]) < 0)
            return -1;
    if (op->kind == PLAN_CHILD && op->item >= 0 && read_reg(v, r, op->item) < 0)
        return -1;
    switch (op->kind) {
    case PLAN_IF:
    case PLAN_FOR:
        return open_block(v, r, op);
    case PLAN_ELSE:
        return turn_block(v, r);
    case PLAN_ENDBLOCK:
        return close_block(v, r);
    case PLAN_YIELD:
        return check_yield(v, r);
    default:
        return plan_ops[op->kind].operands[0] == 'r' ? write_reg(v, r, op->ret) : 0;
    }
}

int verify_ops(struct verifier *v)
{
    const struct plan_step *s = v->step;
    struct registers r = { 0 };

    r.known = verify_alloc(v, (size_t)s->n_regs);
    r.log = verify_alloc(v, 2 * s->n_ops * sizeof *r.log);
    r.blocks = verify_alloc(v, s->n_ops * sizeof *r.blocks);
    for (unsigned i = 0; i < s->n_ops; i++)
        if (check_op(v, &r, &s->ops[i]) < 0)
            return -1;
    return r.n_blocks ? verify_fail(v, "a block is never closed") : 0;
}
