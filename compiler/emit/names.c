/* names.c: an identifier for every flow, step and slot.
 *
 * What belongs to the root flow is named after itself alone, what belongs to another flow carries
 * that flow's name in front, so the common case reads like the workflow.
 */
#include <string.h>

#include "emit/emitter.h"

/* "root.loop" -> "loop"; the root stays "root". */
static const char *short_name(const char *name)
{
    return strncmp(name, "root.", 5) == 0 && name[5] ? name + 5 : name;
}

static const char *make(struct emitter *e, const struct plan_flow *flow, const char *prefix,
                        const char *name, int upper)
{
    struct text t = { 0 };
    const char *made;

    if (flow->number)
        text_printf(&t, "%s_", short_name(flow->name));
    text_puts(&t, name);
    made = cname_make(&e->names, prefix, text_cstr(&t), t.n, upper);
    text_fini(&t);
    return made;
}

/* `leaf_`, `edges_` and `watch_` share one tail, so it is made once, for the leaf. */
static const char *make_tail(struct emitter *e, const struct plan_flow *flow, const char *name)
{
    return make(e, flow, "leaf_", name, 0) + strlen("leaf_");
}

static void name_flow(struct emitter *e, const struct plan_flow *flow, struct flow_names *ret)
{
    const char *name = short_name(flow->name);

    ret->tail = cname_make(&e->names, "flow_", name, strlen(name), 0) + strlen("flow_");
    ret->slots = plan_alloc(flow->plan, flow->n_slots * sizeof *ret->slots);
    ret->steps = plan_alloc(flow->plan, flow->n_steps * sizeof *ret->steps);
    ret->tails = plan_alloc(flow->plan, flow->n_steps * sizeof *ret->tails);
    for (unsigned i = 0; i < flow->n_slots; i++)
        ret->slots[i] = make(e, flow, "SLOT_", flow->slots[i].name, 1);
    for (unsigned i = 0; i < flow->n_steps; i++) {
        ret->steps[i] = make(e, flow, "STEP_", flow->steps[i]->id, 1);
        ret->tails[i] = make_tail(e, flow, flow->steps[i]->id);
    }
}

void emit_make_names(struct emitter *e)
{
    const struct plan *p = e->plan;

    e->flow_names = plan_alloc(p->flows[0]->plan, p->n_flows * sizeof *e->flow_names);
    for (unsigned i = 0; i < p->n_flows; i++)
        name_flow(e, p->flows[i], &e->flow_names[i]);
}
