/* leaf.c: the function of one step: its locals, its pure work (pure.c), its writes and its answer.
 *
 * The body is written first, into a buffer of its own, because only then is it known which locals
 * it needs.
 */
#include "emit/leaf.h"

#include <string.h>

#include "emit/layout.h"
#include "emit/literal.h"

enum { COMMENT_COLUMNS = 44 };

/* ---- writes ---- */

/* A superstep collects its writes; the rule LAST elsewhere is an assignment; the other rules need
 * the runtime. An absent value is not written. */
static void put_set(struct leaf *l, const struct plan_op *op)
{
    const struct plan_flow *flow = leaf_flow(l, op->up);
    const char *form = "set";

    if (flow->flags & KILN_FLOW_SUPERSTEP)
        form = "write";
    else if (flow->slots[op->slot].rule == KILN_RULE_LAST)
        form = l->regs[op->args[0]].present ? "store" : "store_present";
    leaf_form(l, form, "FRAME", leaf_frame(l, op->up), "SLOT", leaf_slot(l, op->up, op->slot), "A",
              leaf_ref(l, op->args[0]));
}

/* ---- answers ---- */

static void put_args(struct leaf *l, const struct plan_op *op, unsigned first)
{
    for (unsigned i = first; i < op->n_args; i++)
        leaf_form(l, "arg", "NUMBER", leaf_number(l, i), "A", leaf_ref(l, op->args[i]));
}

static void put_child(struct leaf *l, const struct plan_op *op)
{
    put_args(l, op, 0);
    if (op->item >= 0)
        leaf_form(l, "pick", "A", leaf_ref(l, op->item));
}

static const char *const answers[PLAN_KINDS] = {
    [PLAN_TEST] = "KILN_PICK",   [PLAN_PICK] = "KILN_PICK",         [PLAN_TASK] = "KILN_TASK",
    [PLAN_CHILD] = "KILN_CHILD", [PLAN_EACH] = "KILN_EACH",         [PLAN_NOTE] = "KILN_NOTE",
    [PLAN_SLEEP] = "KILN_SLEEP", [PLAN_AWAIT] = "KILN_AWAIT",       [PLAN_FINISH] = "KILN_FINISH",
    [PLAN_FAIL] = "KILN_FAIL",   [PLAN_BOUNDARY] = "KILN_BOUNDARY",
};

/* What an answer needs in the frame, then the answer. */
static void put_answer(struct leaf *l, const struct plan_op *op)
{
    if (op->kind == PLAN_TEST)
        leaf_form(l, "test", "A", leaf_ref(l, op->args[0]));
    else if (op->kind == PLAN_PICK)
        leaf_form(l, "pick", "A", leaf_ref(l, op->args[0]));
    else if (op->kind == PLAN_CHILD)
        put_child(l, op);
    else if (leaf_hands_out(op) && !l->regs[op->args[0]].handed)
        leaf_form(l, "out", "A", leaf_ref(l, op->args[0]));
    if (op->kind == PLAN_EACH)
        put_args(l, op, 1);
    leaf_form(l, "answer", "ANSWER", answers[op->kind]);
}

static int put_op(struct leaf *l, const struct plan_op *op)
{
    enum plan_effect effect = plan_ops[op->kind].effect;

    if (op->kind == PLAN_TELL)
        leaf_form(l, "tell", "A", leaf_ref(l, op->args[0]));
    else if (effect == PLAN_WRITE)
        put_set(l, op);
    else if (effect == PLAN_PURE || effect == PLAN_BLOCK)
        leaf_put_pure(l, op);
    else
        put_answer(l, op);
    return effect > PLAN_WRITE;
}

/* The last two: an object and the answer that hands it out, and nothing else. */
static int put_given(struct leaf *l, const struct plan_op *op)
{
    return leaf_hands_out(op + 1) && op[1].n_args == 1 && op->ret == op[1].args[0]
           && leaf_put_given(l, op, answers[op[1].kind]);
}

static void put_body(struct leaf *l)
{
    unsigned n = l->step->n_ops;
    int answered = 0;

    for (unsigned i = 0; i < n && !answered; i++)
        answered = (i + 2 == n && put_given(l, &l->step->ops[i])) || put_op(l, &l->step->ops[i]);
    if (!answered)
        leaf_form(l, "answer", "ANSWER", "KILN_GO");
}

/* ---- the function around it ---- */

static void put_locals(struct leaf *l, struct text *out)
{
    struct text *line = emit_aside(l->e);

    for (int r = 0; r < l->step->n_regs; r++)
        if (l->regs[r].local) {
            text_puts(line, line->n ? ", " : "kiln_value ");
            text_puts(line, l->regs[r].ref);
        }
    if (l->list) {
        text_puts(line, line->n ? ", list[" : "kiln_value list[");
        text_put_uint(line, l->list);
        text_putc(line, ']');
    }
    if (line->n) {
        text_putc(line, ';');
        layout_line(out, 1, line->s, line->n);
        text_putc(out, '\n');
    } else if (!strstr(text_cstr(&l->e->leaf), "f->") && !strstr(text_cstr(&l->e->leaf), "(f,")) {
        emit_form(l->e, out, 1, "unused", (char *)NULL);
    }
}

/* "check, /steps/check"; a part the dialect made for itself has no pointer. */
static void put_comment(const struct plan_step *s, struct text *out)
{
    literal_comment(out, s->id, strlen(s->id), COMMENT_COLUMNS);
    if (!s->pointer || !*s->pointer)
        return;
    text_puts(out, ", ");
    literal_comment(out, s->pointer, strlen(s->pointer), COMMENT_COLUMNS);
}

static void put_head(struct leaf *l, struct text *out)
{
    struct text *comment = emit_aside(l->e);

    put_comment(l->step, comment);
    emit_form(l->e, out, 0, "leaf", "COMMENT", text_cstr(comment), "NAME",
              emit_flow_names(l->e, l->step->flow)->tails[l->step->number], (char *)NULL);
}

void emit_leaf(struct emitter *e, const struct plan_step *s)
{
    struct leaf l = { .e = e, .step = s, .depth = 1 };

    text_clear(&e->leaf);
    l.regs = plan_alloc(s->flow->plan, (size_t)s->n_regs * sizeof *l.regs);
    l.blocks = plan_alloc(s->flow->plan, s->n_ops * sizeof *l.blocks);
    leaf_plan_registers(&l);
    put_body(&l);
    put_head(&l, &e->flows);
    put_locals(&l, &e->flows);
    text_put(&e->flows, e->leaf.s, e->leaf.n);
    emit_form(e, &e->flows, 0, "close", (char *)NULL);
    e->flows.failed |= e->leaf.failed;
}
