/* pick.c: the step of a branch (clause 4.3).
 *
 * All conditions are evaluated, the first true one is chosen; what follows is a table from the
 * number of a case to the number of the link that leads to its target. A number behind the last
 * link means that no target runs.
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

/* One number, name and text for each case, then those of the default. */
struct outcomes {
    kiln_value *links, *targets, *texts;
    unsigned n;
    int plain; /* case i leads over link i */
};

static void set_outcome(struct outcomes *x, const struct ox_op *o, const char *target,
                        const char *text)
{
    const struct ox_op *to = target ? operonx_graph_op(o->graph, target) : NULL;
    unsigned link = to && to->via && to->via->from == o ? to->via->index : o->n_out;

    x->links[x->n] = value_int(link);
    x->targets[x->n] = target ? value_static(target) : value_null();
    x->texts[x->n] = text ? value_static(text) : value_null();
    x->plain &= link == x->n;
    x->n++;
}

static struct outcomes outcomes_of(struct unit *u, const struct ox_op *o)
{
    struct outcomes x = { .plain = 1 };

    x.links = operonx_alloc(u, o->n_cases + 1, sizeof *x.links);
    x.targets = operonx_alloc(u, o->n_cases + 1, sizeof *x.targets);
    x.texts = operonx_alloc(u, o->n_cases + 1, sizeof *x.texts);
    for (unsigned i = 0; i < o->n_out; i++)
        o->out[i]->to->via = o->out[i];
    for (unsigned i = 0; i < o->n_cases; i++)
        set_outcome(&x, o, o->cases[i].target,
                    o->slot >= 0 ? operonx_matched(u, o->cases[i].condition) : NULL);
    set_outcome(&x, o, o->otherwise, o->otherwise ? "default" : NULL);
    return x;
}

static int table(struct plan_step *at, kiln_value *items, unsigned n)
{
    kiln_value all;

    if (kiln_array(&at->flow->plan->heap, &all, items, n) < 0)
        plan_memory_out();
    return plan_reg_const(at, &all);
}

/* The number of the first case that holds, or how many there are. */
static int choose(struct plan_step *at, struct ox_op *o)
{
    int *conditions = operonx_alloc(o->scope->unit, o->n_cases, sizeof *conditions);

    for (unsigned i = 0; i < o->n_cases; i++)
        conditions[i] = operonx_read_condition(at, o, o->cases[i].condition);
    return plan_reg_call(at, "operonx.choose", conditions, o->n_cases);
}

static int names_of_links(struct plan_step *at, struct ox_op *o)
{
    kiln_value *names = operonx_alloc(o->scope->unit, o->n_out, sizeof *names);

    for (unsigned i = 0; i < o->n_out; i++)
        names[i] = value_static(o->out[i]->to->name);
    return table(at, names, o->n_out);
}

static void set_result(struct plan_step *at, struct ox_op *o, int target, int matched)
{
    static const char *const names[] = { "target", "matched", "__branch_target__" };
    int values[3] = { target, matched, target };
    unsigned keys[3];

    for (unsigned i = 0; i < 3; i++)
        keys[i] = plan_const_text(at->flow->plan, names[i], strlen(names[i]));
    plan_set(at, 0, (unsigned)o->slot, plan_reg_object(at, keys, values, 3));
}

void operonx_lower_branch(struct plan_step *at, struct ox_op *o)
{
    struct outcomes x = outcomes_of(o->scope->unit, o);
    const struct ox_param *p = operonx_param(&o->inputs, "anchor");
    int anchor = p ? operonx_read_param(at, o, p) : -1;
    int chosen = choose(at, o);
    int link = x.plain ? chosen : plan_reg_call2(at, "base.item", table(at, x.links, x.n), chosen);
    int target = -1, matched = -1;

    if (o->slot >= 0) {
        target = plan_reg_call2(at, "base.item", table(at, x.targets, x.n), chosen);
        matched = plan_reg_call2(at, "base.item", table(at, x.texts, x.n), chosen);
    }
    if (anchor >= 0) {
        int named = plan_reg_call2(at, "operonx.index", names_of_links(at, o), anchor);

        link = plan_reg_call3(at, "operonx.if", anchor, named, link);
        if (o->slot >= 0) {
            target = plan_reg_call3(at, "operonx.if", anchor, anchor, target);
            matched =
                plan_reg_call3(at, "operonx.if", anchor, plan_reg_text(at, "anchor"), matched);
        }
    }
    if (o->slot >= 0)
        set_result(at, o, target, matched);
    plan_pick(at, link);
}
