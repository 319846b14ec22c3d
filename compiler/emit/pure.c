/* pure.c: the pure operations of a leaf as straight C.
 *
 * A register that is only a name for something that stands still while the leaf runs - a constant,
 * a slot the leaf does not write, the error - is read in place; every other one is a local. An
 * operation nobody reads leaves nothing, unless it may fail. What only the answer reads is made in
 * f->out, where the answer wants it.
 */
#include <assert.h>
#include <string.h>

#include "emit/leaf.h"

enum { MOST_NAMED = 16 }; /* pairs of an object that is made by one call */

const struct plan_flow *leaf_flow(const struct leaf *l, unsigned up)
{
    const struct plan_flow *flow = l->step->flow;

    while (up--) {
        flow = flow->up;
        assert(flow);
    }
    return flow;
}

const char *leaf_frame(const struct leaf *l, unsigned up)
{
    char *frame = plan_alloc(l->step->flow->plan, 4 * (size_t)up + 2), *at = frame;

    *at++ = 'f';
    for (; up; up--, at += 4)
        memcpy(at, "->up", 4);
    return frame;
}

const char *leaf_slot(const struct leaf *l, unsigned up, unsigned slot)
{
    return emit_flow_names(l->e, leaf_flow(l, up))->slots[slot];
}

const char *leaf_number(const struct leaf *l, long long number)
{
    return emit_number(l->e, number);
}

const char *leaf_ref(const struct leaf *l, int reg)
{
    return l->regs[reg].ref;
}

/* ---- registers ---- */

/* Does the operation do something besides giving its register a value? */
static int has_effect(const struct plan_op *op)
{
    if (op->kind == PLAN_CALL)
        return op->function->fails;
    return op->kind == PLAN_YIELD || op->kind == PLAN_FRESH
           || plan_ops[op->kind].effect != PLAN_PURE;
}

static int mark_used(struct leaf *l, int reg)
{
    return l->regs[reg].reads++ == 0;
}

/* From the last operation to the first, so a reader is known to be needed before what it reads.
 * Returns whether a register was found that was not known before. */
static int find_used(struct leaf *l)
{
    int found = 0;

    for (unsigned i = l->step->n_ops; i--;) {
        const struct plan_op *op = &l->step->ops[i];

        if (!has_effect(op) && !l->regs[op->ret].reads)
            continue;
        for (unsigned k = 0; k < op->n_args; k++)
            found |= mark_used(l, op->args[k]);
        if (op->kind == PLAN_CHILD && op->item >= 0)
            found |= mark_used(l, op->item);
    }
    return found;
}

static int has_loop(const struct plan_step *s)
{
    for (unsigned i = 0; i < s->n_ops; i++)
        if (s->ops[i].kind == PLAN_FOR)
            return 1;
    return 0;
}

/* A loop may carry a value from its end to its beginning, so there one look is not enough. */
static void find_all_used(struct leaf *l)
{
    while (find_used(l) && has_loop(l->step))
        continue;
}

/* Stamps the slots of the leaf's own flow that it writes. Returns whether it writes others. */
static int stamp_written(const struct leaf *l)
{
    int others = 0;

    l->e->stamp++;
    for (unsigned i = 0; i < l->step->n_ops; i++) {
        const struct plan_op *op = &l->step->ops[i];

        if (op->kind == PLAN_SET && op->up)
            others = 1;
        else if (op->kind == PLAN_SET)
            l->e->written[op->slot] = l->e->stamp;
    }
    return others;
}

/* Does the slot an operation reads keep its value until the leaf ends? */
static int stands_still(const struct leaf *l, const struct plan_op *op, int others)
{
    return op->kind != PLAN_SLOT || (op->up ? !others : l->e->written[op->slot] != l->e->stamp);
}

/* The expression of what CONST, SLOT and ERROR name, or NULL for all others. */
static const char *source(const struct leaf *l, const struct plan_op *op)
{
    switch (op->kind) {
    case PLAN_CONST:
        return emit_const(l->e, op->keys[0]);
    case PLAN_SLOT:
        return emit_join(l->e, leaf_frame(l, op->up), "->slots[", leaf_slot(l, op->up, op->slot),
                         "]", (char *)NULL);
    case PLAN_ERROR:
        return "f->error";
    default:
        return NULL;
    }
}

int leaf_hands_out(const struct plan_op *op)
{
    return op->kind == PLAN_TASK || op->kind == PLAN_EACH || op->kind == PLAN_NOTE
           || op->kind == PLAN_SLEEP || op->kind == PLAN_AWAIT || op->kind == PLAN_FINISH
           || op->kind == PLAN_FAIL;
}

static void hand_out(struct leaf *l)
{
    const struct plan_step *s = l->step;
    const struct plan_op *last = s->n_ops ? &s->ops[s->n_ops - 1] : NULL;
    struct leaf_reg *reg = last && leaf_hands_out(last) ? &l->regs[last->args[0]] : NULL;

    if (!reg || reg->ref || reg->walked || reg->writes != 1 || reg->reads != 1)
        return;
    reg->ref = "f->out";
    reg->handed = 1;
}

void leaf_plan_registers(struct leaf *l)
{
    const struct plan_step *s = l->step;
    int others = stamp_written(l);

    find_all_used(l);
    for (unsigned i = 0; i < s->n_ops; i++) {
        if (s->ops[i].ret >= 0)
            l->regs[s->ops[i].ret].writes++;
        if (s->ops[i].kind == PLAN_FOR) {
            l->regs[s->ops[i].item].writes++;
            l->regs[s->ops[i].args[0]].walked = 1;
        }
    }
    for (unsigned i = 0; i < s->n_ops; i++) {
        const struct plan_op *op = &s->ops[i];
        struct leaf_reg *reg = op->ret >= 0 ? &l->regs[op->ret] : NULL;

        if (!reg || !reg->reads || reg->walked || reg->writes > 1 || !stands_still(l, op, others))
            continue;
        reg->ref = source(l, op);
        reg->present = op->kind == PLAN_CONST;
    }
    for (int r = 0; r < s->n_regs; r++)
        l->regs[r].in_place = l->regs[r].ref != NULL;
    hand_out(l);
    for (int r = 0; r < s->n_regs; r++)
        if (!l->regs[r].ref && l->regs[r].writes)
            l->regs[r].ref = emit_join(l->e, "v", emit_number(l->e, r), (char *)NULL);
}

/* The name of the local an operation writes. */
static const char *target(struct leaf *l, int reg)
{
    l->regs[reg].local = !l->regs[reg].handed;
    return l->regs[reg].ref;
}

/* ---- operations ---- */

static void put_item(struct leaf *l, unsigned i, const char *value)
{
    leaf_form(l, "item", "NUMBER", leaf_number(l, i), "A", value);
    if (i >= l->list)
        l->list = i + 1;
}

/* Fills the scratch list: the arguments, or key and argument in turn. Its name, or 0 when empty. */
static const char *put_list(struct leaf *l, const struct plan_op *op)
{
    unsigned n = 0;

    for (unsigned i = 0; i < op->n_args; i++) {
        if (op->kind == PLAN_OBJECT)
            put_item(l, n++, emit_const(l->e, op->keys[i]));
        put_item(l, n++, leaf_ref(l, op->args[i]));
    }
    return n ? "list" : "0";
}

static void put_listed(struct leaf *l, const struct plan_op *op, const char *form)
{
    const char *list = put_list(l, op);

    leaf_form(l, form, "RET", target(l, op->ret), "LIST", list, "COUNT",
              leaf_number(l, op->n_args));
}

/* "&v1, &text_b": the arguments, or key and argument in turn. In the arena. */
static const char *addresses(struct leaf *l, const struct plan_op *op)
{
    struct text *t = emit_aside(l->e);

    for (unsigned i = 0; i < op->n_args; i++) {
        text_puts(t, i ? ", &" : "&");
        if (op->kind == PLAN_OBJECT) {
            text_puts(t, emit_const(l->e, op->keys[i]));
            text_puts(t, ", &");
        }
        text_puts(t, leaf_ref(l, op->args[i]));
    }
    return emit_join(l->e, text_cstr(t), (char *)NULL);
}

/* Most objects name their parts in the call; it is the shortest text for any compiler. */
static int is_named(const struct plan_op *op)
{
    return op->kind == PLAN_OBJECT && op->n_args && op->n_args <= MOST_NAMED;
}

int leaf_put_given(struct leaf *l, const struct plan_op *op, const char *answer)
{
    if (!is_named(op) || !l->regs[op->ret].handed)
        return 0;
    if (op->n_args == 1)
        leaf_form(l, "give_one", "ANSWER", answer, "ARGS", addresses(l, op));
    else
        leaf_form(l, "give", "ANSWER", answer, "COUNT", leaf_number(l, op->n_args), "ARGS",
                  addresses(l, op));
    return 1;
}

static void put_object(struct leaf *l, const struct plan_op *op)
{
    if (!is_named(op))
        put_listed(l, op, "object_long");
    else if (op->n_args == 1)
        leaf_form(l, "call_failing", "FUNCTION", "kiln_object_one", "RET", target(l, op->ret),
                  "ARGS", addresses(l, op));
    else
        leaf_form(l, "object", "RET", target(l, op->ret), "COUNT", leaf_number(l, op->n_args),
                  "ARGS", addresses(l, op));
}

static const char *call_args(struct leaf *l, const struct plan_op *op)
{
    if (op->function->arity >= 0)
        return addresses(l, op);
    return emit_join(l->e, put_list(l, op), ", ", leaf_number(l, op->n_args), (char *)NULL);
}

static void put_call(struct leaf *l, const struct plan_op *op)
{
    const char *args = call_args(l, op);

    leaf_form(l, op->function->fails ? "call_failing" : "call", "FUNCTION",
              emit_function(l->e, op->function), "RET", target(l, op->ret), "ARGS", args);
}

static void open_block(struct leaf *l, int gathers)
{
    l->blocks[l->n_blocks++] = gathers;
    l->depth++;
}

static void put_for(struct leaf *l, const struct plan_op *op)
{
    const char *list = leaf_ref(l, op->args[0]);
    const char *counter = emit_join(l->e, "i", leaf_number(l, l->loops++), (char *)NULL);

    leaf_form(l, "empty", "RET", target(l, op->ret));
    leaf_form(l, "for", "A", list, "INDEX", counter);
    open_block(l, op->ret);
    if (l->regs[op->item].reads)
        leaf_form(l, "each_item", "ITEM", target(l, op->item), "A", list, "INDEX", counter);
}

/* IF, FOR, ELSE and the end of a block. */
static void put_block(struct leaf *l, const struct plan_op *op)
{
    if (op->kind == PLAN_IF) {
        leaf_form(l, "if", "A", leaf_ref(l, op->args[0]));
        open_block(l, -1);
    } else if (op->kind == PLAN_FOR) {
        put_for(l, op);
    } else {
        l->depth--;
        leaf_form(l, op->kind == PLAN_ELSE ? "else" : "end");
        if (op->kind == PLAN_ELSE)
            l->depth++;
        else
            l->n_blocks--;
    }
}

static void put_yield(struct leaf *l, const struct plan_op *op)
{
    unsigned i = l->n_blocks - 1;

    while (l->blocks[i] < 0)
        i--;
    leaf_form(l, "yield", "RET", leaf_ref(l, l->blocks[i]), "A", leaf_ref(l, op->args[0]));
}

/* The operations whose whole work is one line with a result. */
static void put_value(struct leaf *l, const struct plan_op *op)
{
    const char *ret = target(l, op->ret);

    switch (op->kind) {
    case PLAN_GET:
        leaf_form(l, "get", "RET", ret, "A", leaf_ref(l, op->args[0]), "KEY",
                  emit_const(l->e, op->keys[0]));
        return;
    case PLAN_AT:
        leaf_form(l, "at", "RET", ret, "A", leaf_ref(l, op->args[0]), "NUMBER",
                  leaf_number(l, op->i));
        return;
    case PLAN_ABOUT:
        leaf_form(l, "about", "RET", ret, "KEY", emit_const(l->e, op->keys[0]));
        return;
    case PLAN_INDEX:
        leaf_form(l, "index", "RET", ret, "FRAME", leaf_frame(l, (unsigned)op->i));
        return;
    case PLAN_FRESH:
        leaf_form(l, "fresh", "RET", ret, "SLOT", leaf_slot(l, 0, op->slot));
        return;
    case PLAN_COPY:
        leaf_form(l, "load", "RET", ret, "A", leaf_ref(l, op->args[0]));
        return;
    default:
        leaf_form(l, "load", "RET", ret, "A", source(l, op));
    }
}

void leaf_put_pure(struct leaf *l, const struct plan_op *op)
{
    int dead = !has_effect(op) && !l->regs[op->ret].reads;

    if (dead || (op->ret >= 0 && l->regs[op->ret].in_place))
        return;
    if (plan_ops[op->kind].effect == PLAN_BLOCK)
        put_block(l, op);
    else if (op->kind == PLAN_YIELD)
        put_yield(l, op);
    else if (op->kind == PLAN_CALL)
        put_call(l, op);
    else if (op->kind == PLAN_ARRAY)
        put_listed(l, op, "array");
    else if (op->kind == PLAN_OBJECT)
        put_object(l, op);
    else
        put_value(l, op);
}
