/* print.c: the plan as text (spec/PLAN.md).
 *
 * One line a thing, in the order of the tables, with nothing left out that read.c could not put
 * back: so the text is the plan, and its hash is the plan's.
 */
#include "plan/plan.h"

#include <string.h>

static void print_text(struct text *out, const char *s)
{
    kiln_value v = { .tag = KILN_STRING, .n = (unsigned)strlen(s), .u.s = s };

    json_write(out, &v);
}

/* A word with a number behind it. A large plan has a million of them, hence without printf. */
static void print_number(struct text *out, const char *word, unsigned number)
{
    text_puts(out, word);
    text_put_uint(out, number);
}

static void print_word(struct text *out, const char *word)
{
    text_putc(out, ' ');
    text_puts(out, word);
}

/* The name of each bit that is set. */
static void print_flags(struct text *out, unsigned flags, const char *const *names, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (flags & 1u << i && names[i])
            print_word(out, names[i]);
}

static void print_slot_name(struct text *out, unsigned up, unsigned slot)
{
    if (up)
        print_number(out, " ^", up);
    print_number(out, " s", slot);
}

static void print_const(const struct plan *p, struct text *out, unsigned k)
{
    text_putc(out, ' ');
    json_write(out, &p->consts[k]);
}

static void print_reg(struct text *out, int r)
{
    text_puts(out, " %");
    text_put_int(out, r);
}

static void print_pairs(const struct plan *p, struct text *out, const struct plan_op *op)
{
    for (unsigned i = 0; i < op->n_args; i++) {
        print_const(p, out, op->keys[i]);
        print_reg(out, op->args[i]);
    }
}

/* An argument or the rest of them; *at says how many are printed. */
static void print_args(struct text *out, const struct plan_op *op, unsigned *at, unsigned n)
{
    while (*at < op->n_args && n--)
        print_reg(out, op->args[(*at)++]);
}

static void print_operand(const struct plan *p, struct text *out, const struct plan_op *op,
                          char operand, unsigned *at)
{
    switch (operand) {
    case 's':
        print_slot_name(out, op->up, op->slot);
        break;
    case 'a':
        print_args(out, op, at, 1);
        break;
    case '*':
        print_args(out, op, at, op->n_args);
        break;
    case 'k':
        print_const(p, out, op->keys[0]);
        break;
    case 'i':
        text_putc(out, ' ');
        text_put_int(out, op->i);
        break;
    case 'f':
        print_word(out, op->function->name);
        break;
    case 'o':
        text_putc(out, ' ');
        print_text(out, op->op->name);
        break;
    case 'w':
        text_putc(out, ' ');
        print_text(out, op->flow->name);
        break;
    case 'x':
        print_reg(out, op->item);
        break;
    case 'p':
        print_pairs(p, out, op);
        break;
    }
}

static void print_op(const struct plan *p, struct text *out, const struct plan_step *s,
                     const struct plan_op *op, unsigned depth)
{
    const struct plan_op_info *info = &plan_ops[op->kind];
    const char *operands = info->operands;
    unsigned at = 0;

    text_puts(out, "   ");
    while (depth--)
        text_puts(out, "  ");
    if (*operands == 'r') {
        print_reg(out, op->ret);
        text_puts(out, " =");
        operands++;
    }
    print_word(out, info->text);
    for (; *operands; operands++)
        print_operand(p, out, op, *operands, &at);
    if (op->kind == PLAN_CHILD && op->item >= 0) {
        text_puts(out, " index");
        print_reg(out, op->item);
    }
    if (info->effect == PLAN_JOURNAL && s->result >= 0)
        print_number(out, " -> s", (unsigned)s->result);
    if (op->kind == PLAN_TASK && s->blame) {
        text_puts(out, " blame ");
        print_text(out, s->blame);
    }
    text_putc(out, '\n');
}

static void print_ops(const struct plan *p, struct text *out, const struct plan_step *s)
{
    unsigned depth = 0;

    for (unsigned i = 0; i < s->n_ops; i++) {
        const struct plan_op *op = &s->ops[i];
        int closes = op->kind == PLAN_ENDBLOCK || op->kind == PLAN_ELSE;

        if (closes && depth)
            depth--;
        print_op(p, out, s, op, depth < 20 ? depth : 20);
        if (op->kind == PLAN_IF || op->kind == PLAN_FOR || op->kind == PLAN_ELSE)
            depth++;
    }
}

static void print_edge(struct text *out, const struct plan_edge *e)
{
    static const char *const kinds[] = { [KILN_EDGE_NEXT] = "next",
                                         [KILN_EDGE_CASE] = "case",
                                         [KILN_EDGE_ERROR] = "error",
                                         [KILN_EDGE_ORDER] = "order" };

    text_puts(out, "   ");
    print_word(out, kinds[e->kind]);
    if (e->kind == KILN_EDGE_CASE)
        print_number(out, " ", e->label);
    text_puts(out, e->soft ? " soft -> " : " -> ");
    print_text(out, e->to->id);
    text_putc(out, '\n');
}

static void print_wake(struct text *out, const struct plan_step *s)
{
    static const char *const wakes[] = { [KILN_WAKE_START] = "start",
                                         [KILN_WAKE_COUNT] = "count",
                                         [KILN_WAKE_ANY] = "any",
                                         [KILN_WAKE_CHANGED] = "changed",
                                         [KILN_WAKE_QUIET] = "quiet" };

    text_puts(out, " wake");
    print_word(out, wakes[s->wake]);
    if (s->wake == KILN_WAKE_COUNT)
        print_number(out, " ", s->hard);
    if (s->wake == KILN_WAKE_COUNT && s->soft)
        text_puts(out, " soft");
    for (unsigned i = 0; i < s->n_watch; i++)
        print_number(out, " s", s->watch[i]);
}

/* How often a failed call is tried again, and how long it all may take. */
static void print_policy(const struct plan *p, struct text *out, const struct plan_step *s)
{
    if (s->retry.tries || s->retry.budget)
        text_printf(out, " retry %u delay %llu budget %llu", s->retry.tries, s->retry.delay,
                    s->retry.budget);
    if (s->late >= 0) {
        text_printf(out, " timeout %llu", s->timeout);
        print_const(p, out, (unsigned)s->late);
    }
}

static void print_step(const struct plan *p, struct text *out, const struct plan_step *s)
{
    /* TURN is not named: `index` on the child says it. */
    static const char *const flags[] = { "journal", "gated", "keep", "stream", "hidden" };

    text_puts(out, "  step ");
    print_text(out, s->id);
    if (s->pointer) {
        text_puts(out, " at ");
        print_text(out, s->pointer);
        print_number(out, " ", s->line);
        print_number(out, ":", s->column);
    }
    print_wake(out, s);
    print_flags(out, s->flags, flags, sizeof flags / sizeof *flags);
    if (s->fleeting)
        print_word(out, "fleeting");
    if (s->window)
        print_number(out, " window ", s->window);
    if (s->node)
        print_number(out, " node ", s->node);
    print_policy(p, out, s);
    text_putc(out, '\n');
    print_ops(p, out, s);
    for (unsigned i = 0; i < s->n_edges; i++)
        print_edge(out, &s->edges[i]);
}

static void print_slot(const struct plan *p, struct text *out, const struct plan_flow *f,
                       unsigned i)
{
    static const char *const rules[] = { [KILN_RULE_LAST] = "last",
                                         [KILN_RULE_APPEND] = "append",
                                         [KILN_RULE_FOLD] = "fold",
                                         [KILN_RULE_BARRIER] = "barrier" };
    static const char *const flags[] = { "once",   "guard",  "spread", "private",
                                         "output", "result", "left" };
    const struct plan_slot *slot = &f->slots[i];

    print_number(out, "  slot s", i);
    text_putc(out, ' ');
    print_text(out, slot->name);
    print_word(out, i < f->n_params ? "param" : rules[slot->rule]);
    if (slot->fold)
        print_word(out, slot->fold->name);
    if (slot->names >= 0)
        print_const(p, out, (unsigned)slot->names);
    print_flags(out, slot->flags, flags, sizeof flags / sizeof *flags);
    if (slot->initial >= 0) {
        text_puts(out, " initial");
        print_const(p, out, (unsigned)slot->initial);
    }
    text_putc(out, '\n');
}

static void print_flow(const struct plan *p, struct text *out, const struct plan_flow *f)
{
    static const char *const flags[] = { "dead", "superstep", "soft-errors", "ordered" };

    text_puts(out, "flow ");
    print_text(out, f->name);
    if (f->up) {
        text_puts(out, " up ");
        print_text(out, f->up->name);
    }
    print_flags(out, f->flags, flags, sizeof flags / sizeof *flags);
    if (f->limit)
        print_number(out, " limit ", f->limit);
    text_putc(out, '\n');
    for (unsigned i = 0; i < f->n_slots; i++)
        print_slot(p, out, f, i);
    for (unsigned i = 0; i < f->n_steps; i++)
        print_step(p, out, f->steps[i]);
}

void plan_print(const struct plan *p, struct text *out)
{
    text_puts(out, "plan ");
    print_text(out, p->name);
    text_puts(out, " dialect ");
    print_text(out, p->dialect);
    text_puts(out, p->flags & KILN_PROGRAM_SORTED ? " sorted\n" : "\n");
    for (unsigned i = 0; i < p->n_flows; i++)
        print_flow(p, out, p->flows[i]);
}
