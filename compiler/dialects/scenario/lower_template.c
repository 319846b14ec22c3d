/* lower_template.c: templates to pure operations (scenario 1.6.5).
 *
 * Each function of a template is one of the plan, with its place as the first argument. A body
 * gathers the registers it prints and joins them at its end. A variable that is set once is the
 * register of its value; any other is a register of its own that is written by `copy`, and reading
 * it makes another copy, since what is printed is joined later.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

#include "dialects/scenario/template.h"

/* One template being lowered. */
struct writing {
    struct scope *scope;
    struct plan_step *step;
    const struct value_template *template;
    int *vars; /* by variable: its register, -1 before it is set */
    unsigned nodes;
};

/* The registers a body prints. */
struct pieces {
    int *at;
    unsigned n, cap;
};

enum { LARGEST = 20000 }; /* nodes; macros multiply */

static int lower_node(struct writing *w, const struct template_node *n);
static void gather(struct writing *w, const struct template_node *body, struct pieces *ret);

/* ---- small things -------------------------------------------------------------------------- */

static int text_reg(struct writing *w, const char *s, unsigned n)
{
    kiln_value v = { .tag = KILN_STRING, .n = n };

    v.u.s = s;
    return plan_reg_const(w->step, &v);
}

static int absent(struct writing *w)
{
    return plan_reg_get(w->step, lower_null(w->step), "", 0);
}

static int copy_of(struct writing *w, int reg)
{
    int copy = plan_reg_new(w->step);

    plan_copy(w->step, copy, reg);
    return copy;
}

static int call2(struct writing *w, const char *function, const struct template_node *at, int a,
                 int b)
{
    return plan_reg_call3(w->step, function, plan_reg_const(w->step, &at->place), a, b);
}

/* ---- references ---------------------------------------------------------------------------- */

/* What is not there at all: the part that names it is undefined, below it all fails. */
static int missing(struct writing *w, const struct template_node *n, const struct path *p)
{
    unsigned names = path_part_is(p, 0, "steps") || path_part_is(p, 0, "workflow") ? 2 : 1;

    return p->n <= names ? absent(w) : call2(w, "template.get", n, absent(w), text_reg(w, "", 0));
}

static int part_reg(struct writing *w, const struct template_node *n)
{
    return plan_reg_const(w->step, &n->args[1]->value);
}

/* Parts from `used` on, followed from the outermost node of the chain inwards. */
static int follow(struct writing *w, const struct template_node *n, unsigned length, unsigned used,
                  int reg, int sure)
{
    const struct template_node *base = n->args[0];

    if (length - 1 > used)
        reg = follow(w, base, length - 1, used, reg, sure);
    if (sure && length - 1 == used && n->args[1]->value.tag == KILN_STRING)
        return plan_reg_get(w->step, reg, n->args[1]->value.u.s, n->args[1]->value.n);
    return call2(w, "template.get", n, reg, part_reg(w, n));
}

static int lower_use(struct writing *w, const struct template_node *n)
{
    const struct value *v = w->template->uses[n->mark - 1].value;
    struct root root;

    w->scope->l->at = v->node;
    root = lower_root(w->scope, w->step, &v->path);
    if (root.sure == NOTHING_THERE)
        return missing(w, n, &v->path);
    if (root.used == 3 && path_part_is(&v->path, 0, "steps") && !root.sure)
        root.reg =
            plan_reg_call2(w->step, "template.known", plan_reg_const(w->step, &n->place), root.reg);
    if (root.used == 2 && path_part_is(&v->path, 0, "loop") && !root.sure)
        root.reg = plan_reg_call1(w->step, "base.null", root.reg);
    if (root.used >= v->path.n)
        return root.reg;
    return follow(w, n, v->path.n, root.used, root.reg, root.sure > 0);
}

/* ---- expressions --------------------------------------------------------------------------- */

static int lower_call(struct writing *w, const struct template_node *n)
{
    int *regs = plan_alloc(w->scope->l->plan, (n->n + 1) * sizeof *regs);

    regs[0] = plan_reg_const(w->step, &n->place);
    for (unsigned i = 0; i < n->n; i++)
        regs[i + 1] = lower_node(w, n->args[i]);
    return plan_reg_call(w->step, n->helper->function, regs, n->n + 1);
}

static int lower_array(struct writing *w, const struct template_node *n)
{
    int *regs = plan_alloc(w->scope->l->plan, (n->n + 1) * sizeof *regs);

    for (unsigned i = 0; i < n->n; i++)
        regs[i] = lower_node(w, n->args[i]);
    return plan_reg_array(w->step, regs, n->n);
}

static int lower_map(struct writing *w, const struct template_node *n)
{
    int map = plan_reg_object(w->step, NULL, NULL, 0);

    for (unsigned i = 0; i < n->n; i += 2) {
        int place = plan_reg_const(w->step, &n->place);
        int key = plan_reg_call2(w->step, "template.string", place, lower_node(w, n->args[i]));
        int regs[4] = { place, map, key, lower_node(w, n->args[i + 1]) };

        map = plan_reg_call(w->step, "template.with", regs, 4);
    }
    return map;
}

/* One of two nodes; NULL stands for a value that is there already. */
static int lower_either(struct writing *w, int condition, const struct template_node *then,
                        const struct template_node *otherwise)
{
    int result = plan_reg_new(w->step);

    plan_if(w->step, condition);
    plan_copy(w->step, result, then ? lower_node(w, then) : condition);
    plan_else(w->step);
    plan_copy(w->step, result, otherwise ? lower_node(w, otherwise) : condition);
    plan_end(w->step);
    return result;
}

static int lower_choice(struct writing *w, const struct template_node *n)
{
    int condition = lower_node(w, n->args[0]), result;

    if (n->kind == TEMPLATE_AND)
        return lower_either(w, condition, n->args[1], NULL);
    if (n->kind == TEMPLATE_OR)
        return lower_either(w, condition, NULL, n->args[1]);
    if (n->args[2])
        return lower_either(w, condition, n->args[1], n->args[2]);
    result = plan_reg_new(w->step);
    plan_if(w->step, condition);
    plan_copy(w->step, result, lower_node(w, n->args[1]));
    plan_else(w->step);
    plan_copy(w->step, result, absent(w));
    plan_end(w->step);
    return result;
}

static int lower_sieve(struct writing *w, const struct template_node *n)
{
    int list = lower_node(w, n->args[0]), item;
    int result = plan_for(w->step, list, &item);

    w->vars[n->var] = item;
    if (n->args[1])
        plan_if(w->step, lower_node(w, n->args[1]));
    plan_yield(w->step, n->args[2] ? lower_node(w, n->args[2]) : item);
    if (n->args[1])
        plan_end(w->step);
    plan_end(w->step);
    return result;
}

static int lower_text(struct writing *w, const struct template_node *body)
{
    struct pieces p = { 0 };
    int *regs;

    gather(w, body, &p);
    if (!p.n)
        return text_reg(w, "", 0);
    regs = plan_alloc(w->scope->l->plan, (p.n + 1) * sizeof *regs);
    regs[0] = plan_reg_const(w->step, &body->place);
    memcpy(regs + 1, p.at, p.n * sizeof *regs);
    return plan_reg_call(w->step, "template.text", regs, p.n + 1);
}

/* A template that grows beyond all measure is refused, once. */
static int is_too_large(struct writing *w)
{
    if (w->nodes++ == LARGEST)
        diag_unsupported(w->scope->l->unit->diags, w->template->text, "a template this large");
    return w->nodes > LARGEST;
}

static int lower_node(struct writing *w, const struct template_node *n)
{
    if (!n)
        return absent(w);
    if (is_too_large(w))
        return lower_null(w->step);
    switch (n->kind) {
    case TEMPLATE_CONST:
        return plan_reg_const(w->step, &n->value);
    case TEMPLATE_VAR:
        return w->template->tree.sets[n->var] == 2 ? copy_of(w, w->vars[n->var]) : w->vars[n->var];
    case TEMPLATE_ROOT:
    case TEMPLATE_CALL:
        return n->mark - 1 < w->template->n_uses ? lower_use(w, n) : lower_call(w, n);
    case TEMPLATE_ARRAY:
        return lower_array(w, n);
    case TEMPLATE_OBJECT:
        return lower_map(w, n);
    case TEMPLATE_AND:
    case TEMPLATE_OR:
    case TEMPLATE_CHOICE:
        return lower_choice(w, n);
    case TEMPLATE_SIEVE:
        return lower_sieve(w, n);
    case TEMPLATE_WRONG:
        return plan_reg_call2(w->step, "template.wrong", plan_reg_const(w->step, &n->place),
                              plan_reg_const(w->step, &n->value));
    default:
        return lower_text(w, n);
    }
}

/* ---- statements ---------------------------------------------------------------------------- */

static void add(struct writing *w, struct pieces *p, int reg)
{
    p->at = plan_grow(w->scope->l->plan, p->at, p->n, &p->cap, sizeof *p->at);
    p->at[p->n++] = reg;
}

static void lower_set(struct writing *w, unsigned var, int reg)
{
    if (w->template->tree.sets[var] != 2) {
        w->vars[var] = reg;
        return;
    }
    if (w->vars[var] < 0)
        w->vars[var] = plan_reg_new(w->step);
    plan_copy(w->step, w->vars[var], reg);
}

static int lower_if(struct writing *w, const struct template_node *n)
{
    int result, condition = lower_node(w, n->args[0]);

    result = plan_reg_new(w->step);
    plan_if(w->step, condition);
    plan_copy(w->step, result, lower_text(w, n->args[1]));
    plan_else(w->step);
    plan_copy(w->step, result, n->args[2] ? lower_text(w, n->args[2]) : text_reg(w, "", 0));
    plan_end(w->step);
    return result;
}

/* The turns of a loop, each a text, joined. The number of the turn is kept where it is asked for.
 */
static int lower_turns(struct writing *w, const struct template_node *n, int list)
{
    unsigned number = n->var + 2;
    int counts = w->template->tree.sets[number] == 2, item, all, turn;

    w->vars[n->var + 1] = list;
    if (counts)
        lower_set(w, number, lower_integer(w->step, 0));
    all = plan_for(w->step, list, &item);
    w->vars[n->var] = item;
    turn = lower_text(w, n->args[1]);
    plan_yield(w->step, turn);
    if (counts)
        lower_set(w, number, plan_reg_call1(w->step, "base.inc", w->vars[number]));
    plan_end(w->step);
    return plan_reg_call2(w->step, "template.joined", plan_reg_const(w->step, &n->place), all);
}

static int lower_for(struct writing *w, const struct template_node *n)
{
    int list = lower_node(w, n->args[0]), result;

    if (!n->args[2])
        return lower_turns(w, n, list);
    result = plan_reg_new(w->step);
    plan_if(w->step, list);
    plan_copy(w->step, result, lower_turns(w, n, list));
    plan_else(w->step);
    plan_copy(w->step, result, lower_text(w, n->args[2]));
    plan_end(w->step);
    return result;
}

static void gather(struct writing *w, const struct template_node *body, struct pieces *ret)
{
    for (unsigned i = 0; i < body->n && !is_too_large(w); i++) {
        const struct template_node *n = body->args[i];

        if (n->kind == TEMPLATE_PRINT)
            add(w, ret, lower_node(w, n->args[0]));
        else if (n->kind == TEMPLATE_IF)
            add(w, ret, lower_if(w, n));
        else if (n->kind == TEMPLATE_FOR)
            add(w, ret, lower_for(w, n));
        else if (n->kind == TEMPLATE_SET)
            lower_set(w, n->var, lower_node(w, n->args[0]));
        else
            gather(w, n, ret);
    }
}

/* What cannot be read, and only was warned about, fails when it is reached. */
static int refuse(struct scope *sc, struct plan_step *s, const struct template_error *e)
{
    const char *said = diag_must_have(
        arena_printf(sc->l->unit->arena, "Template parse error: syntax error: %s (in __inline:%u)",
                     e->sentence, e->line));

    return plan_reg_call1(s, "scenario.refuse", plan_reg_text(s, said));
}

int lower_template(struct scope *sc, struct plan_step *s, const struct value *v)
{
    struct writing w = { .scope = sc, .step = s, .template = v->template };
    const struct template *tree = &v->template->tree;

    if (!tree->body)
        return refuse(sc, s, &v->template->error);
    w.vars = plan_alloc(sc->l->plan, (tree->n_vars + 1) * sizeof *w.vars);
    for (unsigned i = 0; i < tree->n_vars; i++)
        w.vars[i] = -1;
    return lower_text(&w, tree->body);
}
