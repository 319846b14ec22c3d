/* pure.c: the pure operations of a leaf as straight C. An operation nobody reads leaves nothing,
 * unless it may fail.
 */

#include "emit/leaf.h"

enum { MOST_NAMED = 16 }; /* pairs of an object that is made by one call */

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

    leaf_form(l, form, "RET", leaf_target(l, op->ret), "LIST", list, "COUNT",
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
        leaf_form(l, "call_failing", "FUNCTION", "kiln_object_one", "RET", leaf_target(l, op->ret),
                  "ARGS", addresses(l, op));
    else
        leaf_form(l, "object", "RET", leaf_target(l, op->ret), "COUNT", leaf_number(l, op->n_args),
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
              emit_function(l->e, op->function), "RET", leaf_target(l, op->ret), "ARGS", args);
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

    leaf_form(l, "empty", "RET", leaf_target(l, op->ret));
    leaf_form(l, "for", "A", list, "INDEX", counter);
    open_block(l, op->ret);
    if (l->regs[op->item].reads)
        leaf_form(l, "each_item", "ITEM", leaf_target(l, op->item), "A", list, "INDEX", counter);
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
    const char *ret = leaf_target(l, op->ret);

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
        leaf_form(l, "load", "RET", ret, "A", leaf_source(l, op));
    }
}

void leaf_put_pure(struct leaf *l, const struct plan_op *op)
{
    int dead = !leaf_has_effect(op) && !l->regs[op->ret].reads;

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
