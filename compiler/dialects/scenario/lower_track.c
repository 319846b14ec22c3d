/* lower_track.c: the events of a workflow that reports what it does (scenario 1.13).
 *
 * Telling is work of the steps themselves: a value told where a step begins, another where it ends
 * well, and a part that tells how it failed and fails again. So a workflow that reports nothing
 * has none of it, and the runtime knows no events.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

/* Who tells, and where: what every event begins with. */
enum { HEAD = 6, ROOM = HEAD + 8 };

struct payload {
    struct plan_step *s;
    unsigned keys[ROOM], n;
    int regs[ROOM];
};

static void put(struct payload *p, const char *key, int reg)
{
    p->keys[p->n] = plan_const_text(p->s->flow->plan, key, strlen(key));
    p->regs[p->n++] = reg;
}

static int parent_scope_id(struct scope *sc, struct plan_step *s)
{
    static const char name[] = "_parent_scope_id";
    struct part part = { name, sizeof name - 1 };

    if (sc->kind == SCOPE_ROOT && !sc->is_child)
        return lower_null(s);
    return lower_variable(sc, s, 0, &part);
}

static struct payload begin(struct scope *sc, const struct step *st, struct plan_step *s)
{
    struct payload p = { .s = s };

    put(&p, "step_id", plan_reg_text(s, st->id));
    put(&p, "step_name", st->name ? plan_reg_text(s, st->name) : lower_null(s));
    put(&p, "step_type", plan_reg_text(s, step_type_name(st->type)));
    put(&p, "scope_id", lower_scope_id(sc, s, 0));
    put(&p, "parent_scope_id", parent_scope_id(sc, s));
    put(&p, "loop_indices", lower_indices(sc, s, 0));
    return p;
}

static void tell(struct payload *p, const char *subtype)
{
    struct payload event = { .s = p->s };

    put(&event, "subtype", plan_reg_text(p->s, subtype));
    put(&event, "payload", plan_reg_object(p->s, p->keys, p->regs, p->n));
    plan_tell(p->s, plan_reg_object(p->s, event.keys, event.regs, event.n));
}

/* ---- before the last operation ------------------------------------------------------------- */

/* What ends a step is taken off while something is put before it. */
static void take_off(struct plan_step *s, struct plan_op *ret)
{
    const struct plan_op *op = plan_last(s);

    *ret = op ? *op : (struct plan_op){ .kind = PLAN_KINDS };
    s->n_ops -= op != NULL;
}

static void put_back(struct plan_step *s, const struct plan_op *op)
{
    if (op->kind == PLAN_KINDS)
        return;
    s->ops = plan_grow(s->flow->plan, s->ops, s->n_ops, &s->cap_ops, sizeof *s->ops);
    s->ops[s->n_ops++] = *op;
}

/* ---- a step begins ------------------------------------------------------------------------- */

static void tell_start(struct scope *sc, const struct step *st, struct plan_step *s, int inputs)
{
    struct payload p = begin(sc, st, s);

    put(&p, "inputs", inputs);
    put(&p, "input_mapping",
        st->mapping.node ? lower_literal(sc, s, st->mapping.node) : lower_null(s));
    tell(&p, "step_debug_start");
}

/* Steps whose inputs are an object made for them, told when it is there. */
static int has_inputs(const struct step *st)
{
    return st->type == STEP_AGENT || st->type == STEP_EMBED;
}

void lower_track_start(struct scope *sc, const struct step *st, struct plan_step *s)
{
    if (!sc->l->unit->track || has_inputs(st))
        return;
    if (st->type == STEP_CONDITIONAL)
        tell_start(sc, st, s, lower_texts(s, (const char *[]){ "condition", "evaluating", NULL }));
    else if (st->type == STEP_FINISH) {
        unsigned key = plan_const_text(sc->l->plan, "finishing", 9);
        int yes = lower_bool(s, 1);

        tell_start(sc, st, s, plan_reg_object(s, &key, &yes, 1));
    } else {
        tell_start(sc, st, s, lower_null(s));
    }
}

/* What the reference shows of a run that stops: the steps that have been (scenario 1.12). */
void lower_track_break(struct scope *sc, const struct step *st, struct plan_step *s)
{
    static const char name[] = "steps";
    struct part part = { name, sizeof name - 1 };
    struct path steps = { .text = name, .at = &part, .n = 1 };
    struct payload p;

    if (!sc->l->unit->track)
        return;
    p = begin(sc, st, s);
    put(&p, "inputs", lower_null(s));
    put(&p, "steps_context", lower_root(sc, s, &steps).reg);
    tell(&p, "breakpoint_hit");
}

/* ---- a step ends --------------------------------------------------------------------------- */

static void tell_end(struct scope *sc, const struct step *st, struct plan_step *s, int outputs)
{
    struct payload p = begin(sc, st, s);

    put(&p, "outputs", outputs);
    tell(&p, "step_debug_end");
}

/* An operation's result as it is, anything else as references see the step. */
static int outputs_of(struct scope *sc, const struct step *st, struct plan_step *s)
{
    return st->type == STEP_AGENT ? plan_reg_slot(s, 0, (unsigned)sc->slots[st->number].outputs)
                                  : lower_envelope(sc, s, 0, st);
}

static int finished(struct plan_step *s, const struct step *st, int result)
{
    struct payload p = { .s = s };

    put(&p, "stepId", plan_reg_text(s, st->id));
    put(&p, "stepName", plan_reg_text(s, step_title(st)));
    put(&p, "stepType", plan_reg_text(s, step_type_name(st->type)));
    put(&p, "outputs", result);
    return plan_reg_object(s, p.keys, p.regs, p.n);
}

/* The members of a log line or an error, as an event of its own. */
static void tell_words(struct scope *sc, const struct step *st, struct plan_step *s, int words)
{
    static const char *const log[] = { "level", "message", "context", NULL };
    static const char *const error[] = {
        "category", "code", "message", "severity", "context", NULL
    };
    struct payload p = begin(sc, st, s);

    for (const char *const *key = st->type == STEP_LOG ? log : error; *key; key++)
        put(&p, *key, plan_reg_get(s, words, *key, strlen(*key)));
    tell(&p, st->type == STEP_LOG ? "workflow_log" : "workflow_error");
}

/* What people must know to answer: the members of what a step awaits. */
void lower_track_request(struct scope *sc, const struct step *st, struct plan_step *s, int what)
{
    static const char *const names[] = { "action_key", "correlation", "context",
                                         "response_schema" };
    struct payload p;

    if (!sc->l->unit->track)
        return;
    p = begin(sc, st, s);
    put(&p, "signal_id", plan_reg_get(s, what, "id", 2));
    put(&p, "type", plan_reg_text(s, "external_input_requested"));
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        put(&p, names[i], plan_reg_get(s, what, names[i], strlen(names[i])));
    tell(&p, "external_input_requested");
}

/* Behind a step whose last operation takes its time. */
static struct plan_step *end_later(struct scope *sc, const struct step *st, struct plan_step *from)
{
    struct plan_step *done = lower_part(sc, st, "done", KILN_WAKE_COUNT);

    plan_edge_add(from, KILN_EDGE_NEXT, 0, 0, done);
    tell_end(sc, st, done, outputs_of(sc, st, done));
    return done;
}

static void tell_inputs(struct scope *sc, const struct step *st)
{
    struct plan_step *own = sc->slots[st->number].own;
    struct plan_op last;

    take_off(own, &last);
    tell_start(sc, st, own, last.n_args ? last.args[0] : lower_null(own));
    put_back(own, &last);
}

struct plan_step *lower_track_end(struct scope *sc, const struct step *st, struct plan_step *from)
{
    struct plan_op last;

    if (!sc->l->unit->track)
        return from;
    if (has_inputs(st))
        tell_inputs(sc, st);
    if (plan_last(from) && plan_ops[plan_last(from)->kind].effect == PLAN_JOURNAL
        && plan_last(from)->kind != PLAN_NOTE)
        return end_later(sc, st, from);
    take_off(from, &last);
    if (last.kind == PLAN_NOTE || last.kind == PLAN_FAIL)
        tell_words(sc, st, from, last.args[0]);
    if (last.kind == PLAN_FINISH)
        tell_end(sc, st, from, finished(from, st, last.args[0]));
    else if (last.kind != PLAN_FAIL)
        tell_end(sc, st, from, outputs_of(sc, st, from));
    put_back(from, &last);
    return from;
}

/* ---- a step fails -------------------------------------------------------------------------- */

void lower_track_failure(struct scope *sc, const struct step *st, struct plan_step *s)
{
    unsigned keys[2];
    int regs[2], error;

    if (!sc->l->unit->track)
        return;
    error = plan_reg_error(s);
    keys[0] = plan_const_text(sc->l->plan, "_error", 6);
    keys[1] = plan_const_text(sc->l->plan, "error", 5);
    regs[0] = lower_bool(s, 1);
    regs[1] = plan_reg_call(s, "base.concat", &error, 1);
    tell_end(sc, st, s, plan_reg_object(s, keys, regs, 2));
}

static int has_error_edge(const struct plan_step *s)
{
    for (unsigned i = 0; i < s->n_edges; i++)
        if (s->edges[i].kind == KILN_EDGE_ERROR)
            return 1;
    return 0;
}

/* The first part of a step, and those that take their time or fail in its name. */
static int fails_for_it(struct plan_step *s, int is_first)
{
    const struct plan_op *last = plan_last(s);

    if (has_error_edge(s))
        return 0;
    return is_first
           || (last && (last->kind == PLAN_FAIL || plan_ops[last->kind].effect == PLAN_JOURNAL));
}

void lower_track_failures(struct scope *sc, const struct step *st, unsigned from, unsigned to)
{
    struct plan_step *own = sc->slots[st->number].own, *failure = NULL;

    if (!sc->l->unit->track)
        return;
    for (unsigned i = from; i <= to; i++) {
        struct plan_step *s = i < to ? sc->flow->steps[i] : own;

        if (!fails_for_it(s, i == to))
            continue;
        if (!failure)
            failure = lower_part(sc, st, "failure", KILN_WAKE_ANY);
        plan_edge_add(s, KILN_EDGE_ERROR, 0, 0, failure);
    }
    if (!failure)
        return;
    lower_track_failure(sc, st, failure);
    plan_fail(failure, plan_reg_error(failure));
}
