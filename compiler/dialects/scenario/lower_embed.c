/* lower_embed.c: EmbedWorkflow (scenario 1.7.6): one `child` of the other document's first flow,
 * whose parameters are what the inputMapping makes and the place of the call.
 *
 * Just before the call the step notes who it is in a slot of its own. So a failure tells by that
 * slot whether it is the child's, which is wrapped, or the step's own, which stays as it is.
 */
#include "dialects/scenario/lower.h"

#include "dialects/scenario/embed.h"

/* {"name", "type", "description"} of a required field that the mapping may leave null. */
static kiln_value describe_field(struct plan *plan, const struct node *field)
{
    kiln_value pairs[6] = { value_static("name"),        value_null(),
                            value_static("type"),        value_null(),
                            value_static("description"), value_null() };
    const struct node *description = node_get(field, "description");
    kiln_value v;

    if (value_string(&plan->heap, &pairs[1], field->key, field->key_n) < 0)
        plan_memory_out();
    pairs[3] = value_static(embed_field_type(field));
    if (node_text(description)
        && value_string(&plan->heap, &pairs[5], node_text(description), description->n) < 0)
        plan_memory_out();
    if (kiln_object(&plan->heap, &v, pairs, 3) < 0)
        plan_memory_out();
    return v;
}

/* The inputs, unless one that the child requires is null (known only when the program runs). */
static int require(struct scope *sc, const struct step *st, struct plan_step *s, int input)
{
    struct plan *plan = sc->l->plan;
    const struct node *schema = st->embed->child->unit.input_schema;
    kiln_value pairs[6] = { value_static("step"), value_static(st->id), value_static("child"),
                            value_static(st->embed->id), value_static("fields") };
    kiln_value field, all;

    if (kiln_array(&plan->heap, &pairs[5], NULL, 0) < 0)
        plan_memory_out();
    node_each(n, schema)
    {
        if (!embed_is_required(n) || embed_is_given(&st->mapping, n))
            continue;
        field = describe_field(plan, n);
        if (kiln_push(&plan->heap, &pairs[5], &field) < 0)
            plan_memory_out();
    }
    if (!pairs[5].n)
        return input;
    if (kiln_object(&plan->heap, &all, pairs, 3) < 0)
        plan_memory_out();
    return plan_reg_call2(s, "scenario.child_inputs", input, plan_reg_const(s, &all));
}

/* Behind a failure: the child's is wrapped, then handled or passed on. */
static void add_failed(struct scope *sc, const struct step *st, struct plan_step *s,
                       unsigned called)
{
    struct plan_step *failed = lower_part(sc, st, "failed", KILN_WAKE_COUNT);

    plan_fail(failed, plan_reg_call2(failed, "scenario.child_failed",
                                     plan_reg_slot(failed, 0, called), plan_reg_error(failed)));
    plan_edge_add(s, KILN_EDGE_ERROR, 0, 0, failed);
    lower_error_edges(sc, st, failed, NULL);
}

struct plan_step *lower_embed(struct scope *sc, const struct step *st, struct plan_step *s)
{
    const struct step_slots *slots = &sc->slots[st->number];
    struct plan_flow *flow;
    int args[2], called = -1;

    if (!st->embed->child) {
        diag_error(sc->l->unit->diags, st->embed->at, "E124",
                   "step '%s' embeds the workflow '%s', which was not found", st->id,
                   st->embed->id);
        return s;
    }
    flow = child_flow(st->embed->child, sc->l->plan);
    if (!flow)
        return s;
    args[0] = require(sc, st, s, lower_mapping(sc, s, &st->mapping));
    if (slots->siblings >= 0)
        plan_set(s, 0, (unsigned)slots->siblings,
                 lower_texts(s, (const char *[]){ "childWorkflowId", st->embed->id, NULL }));
    lower_slot(sc, &called, diag_must_have(arena_printf(sc->l->unit->arena, "%s.call", st->id)));
    plan_set(s, 0, (unsigned)called,
             lower_texts(s, (const char *[]){ "childWorkflowId", st->embed->id, "stepId", st->id,
                                              "stepName", step_title(st), "stepType",
                                              step_type_name(st->type), NULL }));
    if (flow->n_params > CHILD_SCOPE)
        args[CHILD_SCOPE] = lower_call_scope(sc, st, s);
    plan_child(s, flow, args, flow->n_params, -1, slots->outputs);
    lower_retries(sc, st, s);
    lower_timeout(st, s, "EMBED_WORKFLOW");
    add_failed(sc, st, s, (unsigned)called);
    return s;
}
