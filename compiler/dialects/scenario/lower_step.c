/* lower_step.c: one function a step type (scenario 1.7). Each fills the plan step and answers the
 * one its edges leave from. */
#include "dialects/scenario/lower.h"

#include <string.h>

/* Refuses what is set on a step but not done yet. */
static void refuse_field(struct scope *sc, const struct step *st, const struct node *object,
                         const char *key)
{
    const struct node *n = node_get(object, key);
    int off = !n || n->kind == NODE_NULL || (n->kind == NODE_BOOL && !n->u.truth)
              || (n->kind == NODE_INT && !n->u.i);

    if (!off)
        diag_unsupported(sc->l->unit->diags, n, "'%s' on the %s step '%s'", key,
                         step_type_name(st->type), st->id);
}

/* ---- Agent --------------------------------------------------------------------------------- */

static kiln_value describe_field(struct plan *plan, const kiln_field *f)
{
    kiln_value pairs[8] = {
        value_static("field"),        value_static(f->name),
        value_static("expectedType"), value_static(f->type),
        value_static("description"),  value_static(f->doc),
        value_static("nullable"),     value_bool((f->flags & KILN_NULLABLE) != 0)
    };
    kiln_value v;

    if (kiln_object(&plan->heap, &v, pairs, 4) < 0)
        plan_memory_out();
    return v;
}

/* Given as an object that is built, or as a literal that is not null: nothing to check when the
 * program runs. */
static int is_given(const struct mapping *m, const kiln_field *f)
{
    for (unsigned i = 0; i < m->n; i++) {
        const struct value *v = m->at[i].value;
        size_t n = strcspn(m->at[i].key, ".");

        if (strlen(f->name) != n || memcmp(m->at[i].key, f->name, n))
            continue;
        if (m->at[i].key[n])
            return 1;
        if (v->kind == VALUE_IMMEDIATE && !(f->flags & KILN_NULLABLE))
            return v->literal && v->literal->kind != NODE_NULL;
        return f->flags & KILN_NULLABLE || v->kind != VALUE_REFERENCE;
    }
    return 0;
}

/* The constant scenario.required takes, over the fields in doubt. Sets *ret_n to how many. */
static kiln_value describe_required(struct scope *sc, const struct step *st, unsigned *ret_n)
{
    kiln_heap *h = &sc->l->plan->heap;
    kiln_value step[10] = { value_static("stepId"),       value_static(st->id),
                            value_static("stepName"),     value_static(step_title(st)),
                            value_static("stepType"),     value_static("Agent"),
                            value_static("agentId"),      value_static(st->agent),
                            value_static("capabilityId"), value_static(st->capability) };
    kiln_value *fields = plan_alloc(sc->l->plan, (st->op->n_inputs + 1) * sizeof *fields);
    kiln_value pairs[4] = { value_static("step"), value_null(), value_static("fields") }, all;

    *ret_n = 0;
    for (unsigned i = 0; i < st->op->n_inputs; i++)
        if (st->op->inputs[i].flags & KILN_REQUIRED && !is_given(&st->mapping, &st->op->inputs[i]))
            fields[(*ret_n)++] = describe_field(sc->l->plan, &st->op->inputs[i]);
    if (kiln_object(h, &pairs[1], step, 5) < 0 || kiln_array(h, &pairs[3], fields, *ret_n) < 0
        || kiln_object(h, &all, pairs, 2) < 0)
        plan_memory_out();
    return all;
}

/* The time it has is an input of some operations, unless the author gives another (W071). */
static int add_timeout(struct plan_step *s, const struct step *st, int input)
{
    struct plan *plan = s->flow->plan;
    unsigned key = plan_const_text(plan, "timeout_ms", 10);
    kiln_value ms = value_int(st->policy.timeout);
    int given;

    for (unsigned i = 0; i < st->op->n_inputs; i++)
        if (!strcmp(st->op->inputs[i].name, "timeout_ms")) {
            given = plan_reg_const(s, &ms);
            return plan_reg_call2(s, "scenario.overlay", plan_reg_object(s, &key, &given, 1),
                                  input);
        }
    return input;
}

/* Fails as the original does when it reaches what it does not know: in --legacy only. */
static struct plan_step *lower_unknown(const struct step *st, struct plan_step *s, const char *code,
                                       const char *message)
{
    plan_fail(s, lower_texts(s, (const char *[]){ "category", "permanent", "code", code, "message",
                                                  message, "severity", "error", "stepId", st->id,
                                                  "stepName", step_title(st), "stepType",
                                                  step_type_name(st->type), NULL }));
    return s;
}

static struct plan_step *lower_agent(struct scope *sc, const struct step *st, struct plan_step *s)
{
    unsigned doubtful;
    kiln_value required;
    int input;

    if (!st->op)
        return lower_unknown(
            st, s, "CAPABILITY_NOT_FOUND",
            diag_must_have(arena_printf(sc->l->unit->arena, "there is no operation %s::%s",
                                        st->agent, st->capability)));
    required = describe_required(sc, st, &doubtful);

    refuse_field(sc, st, st->node, "compensation");
    input = lower_connected(sc, st, s, lower_mapping(sc, s, &st->mapping));
    if (st->policy.timeout)
        input = add_timeout(s, st, input);
    if (doubtful)
        input = plan_reg_call2(s, "scenario.required", input, plan_reg_const(s, &required));
    s->blame = diag_must_have(arena_join(sc->l->unit->arena, "Agent ", st->agent,
                                         "::", st->capability, ": ", (char *)NULL));
    plan_task(s, st->op, input, sc->slots[st->number].outputs);
    lower_retries(sc, st, s);
    lower_timeout(st, s, "AGENT");
    return s;
}

/* ---- what cannot be run ---------------------------------------------------------------------- */

static struct plan_step *lower_ai_agent(struct scope *sc, const struct step *st,
                                        struct plan_step *s)
{
    struct diags *d = sc->l->unit->diags;

    if (!sc->l->unit->legacy)
        diag_unsupported(d, node_get(st->node, "stepType"), "running an AiAgent");
    else
        diag_warning(d, node_get(st->node, "stepType"), "K100",
                     "running an AiAgent is not supported yet: '%s' fails when it is reached",
                     st->id);
    return lower_unknown(st, s, "AI_AGENT_NOT_SUPPORTED", "AiAgent steps cannot be run yet");
}

/* ---- the others ---------------------------------------------------------------------------- */

static struct plan_step *lower_conditional(struct scope *sc, const struct step *st,
                                           struct plan_step *s)
{
    int outputs = sc->slots[st->number].outputs;
    int test = lower_condition(sc, s, st->condition);

    if (outputs >= 0) {
        unsigned key = plan_const_text(sc->l->plan, "result", 6);

        plan_set(s, 0, (unsigned)outputs, plan_reg_object(s, &key, &test, 1));
    }
    plan_test(s, test);
    return s;
}

static struct plan_step *lower_log(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct plan *plan = sc->l->plan;
    unsigned keys[] = { plan_const_text(plan, "level", 5), plan_const_text(plan, "message", 7),
                        plan_const_text(plan, "context", 7) };
    int regs[] = { plan_reg_text(s, st->level), plan_reg_text(s, st->message), -1 };

    if (sc->slots[st->number].outputs >= 0)
        plan_set(s, 0, (unsigned)sc->slots[st->number].outputs, plan_reg_object(s, keys, regs, 2));
    if (st->mapping.node)
        regs[2] = lower_mapping(sc, s, &st->mapping);
    plan_note(s, plan_reg_object(s, keys, regs, st->mapping.node ? 3 : 2));
    return s;
}

static struct plan_step *lower_error(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct plan *plan = sc->l->plan;
    int head =
        lower_texts(s, (const char *[]){ "stepId", st->id, "stepName", step_title(st), "category",
                                         st->category, "code", st->code, "message", st->message,
                                         "severity", st->severity, NULL });
    unsigned key = plan_const_text(plan, "context", 7);
    int context = lower_mapping(sc, s, &st->mapping);

    plan_fail(s,
              plan_reg_call2(s, "scenario.overlay", head, plan_reg_object(s, &key, &context, 1)));
    return s;
}

struct plan_step *lower_step(struct scope *sc, const struct step *st, struct plan_step *s)
{
    const struct node *durable = node_get(st->node, "durable");

    s->fleeting = durable && durable->kind == NODE_BOOL && !durable->u.truth;
    switch (st->type) {
    case STEP_FINISH:
        lower_finish(sc, s, lower_result(sc, s, &st->mapping));
        return s;
    case STEP_AGENT:
        return lower_agent(sc, st, s);
    case STEP_CONDITIONAL:
        return lower_conditional(sc, st, s);
    case STEP_SWITCH:
        return lower_switch(sc, st, s);
    case STEP_LOG:
        return lower_log(sc, st, s);
    case STEP_ERROR:
        return lower_error(sc, st, s);
    case STEP_FILTER:
        return lower_filter(sc, st, s);
    case STEP_GROUP_BY:
        return lower_group_by(sc, st, s);
    case STEP_EMBED:
        return lower_embed(sc, st, s);
    case STEP_CONNECTION:
        return lower_connection(sc, st, s);
    case STEP_AI_AGENT:
        return lower_ai_agent(sc, st, s);
    case STEP_WHILE:
        return lower_while(sc, st, s);
    case STEP_DELAY:
        return lower_delay(sc, st, s);
    case STEP_WAIT:
        return lower_wait(sc, st, s);
    default:
        return lower_split(sc, st, s);
    }
}
