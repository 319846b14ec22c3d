/* effects.c: kiln effects FILE: which steps touch the world, and so what is journalled and what is
 * computed again when a run is resumed; how they are tried again and how long they may wait.
 *
 * A step that runs other steps is worth what the strongest of them is.
 */
#include <string.h>

#include "verbs/places.h"
#include "verbs/verbs.h"

/* From harmless to not. */
enum strength { COMPUTES, WAITS, TELLS, REPEATABLE, CHANGES };

static const char *const strengths[] = { "pure", "waits", "tells", "idempotent", "effectful" };

struct survey {
    struct compilation *c;
    struct text *t;
    unsigned char *flows; /* strength + 1 of each flow, 0 while it is not known */
    unsigned steps, journalled;
    enum strength strongest;
};

/* ---- how strong ------------------------------------------------------------------------------ */

static enum strength strength_of(struct survey *v, const struct plan_step *s);

static enum strength strength_of_flow(struct survey *v, const struct plan_flow *f)
{
    unsigned number = 0;
    enum strength most = COMPUTES;

    while (v->c->plan->flows[number] != f)
        number++;
    if (v->flows[number])
        return (enum strength)(v->flows[number] - 1);
    v->flows[number] = COMPUTES + 1; /* should flows run each other in a circle */
    for (unsigned i = 0; i < f->n_steps; i++) {
        enum strength one = strength_of(v, f->steps[i]);

        most = one > most ? one : most;
    }
    v->flows[number] = (unsigned char)(most + 1);
    return most;
}

static enum strength strength_of(struct survey *v, const struct plan_step *s)
{
    static const enum strength of_ops[] = {
        [KILN_PURE] = COMPUTES, [KILN_IDEMPOTENT] = REPEATABLE, [KILN_EFFECTFUL] = CHANGES
    };
    const struct plan_op *op = plan_last(s);

    if (!op)
        return COMPUTES;
    if (op->kind == PLAN_TASK)
        return of_ops[op->op->effect];
    if (op->kind == PLAN_CHILD || op->kind == PLAN_EACH)
        return strength_of_flow(v, op->flow);
    if (op->kind == PLAN_NOTE)
        return TELLS;
    return op->kind == PLAN_SLEEP || op->kind == PLAN_AWAIT ? WAITS : COMPUTES;
}

/* ---- one step -------------------------------------------------------------------------------- */

static const char *does(const struct survey *v, const struct plan_step *s)
{
    const struct plan_op *op = plan_last(s);
    struct arena *a = &v->c->arena;

    if (op && op->kind == PLAN_TASK)
        return diag_must_have(arena_printf(a, "calls %s", op->op->name));
    if (op && op->kind == PLAN_CHILD)
        return diag_must_have(arena_printf(a, "runs %s", op->flow->name));
    if (op && op->kind == PLAN_EACH)
        return diag_must_have(arena_printf(a, "runs %s for each item", op->flow->name));
    if (op && op->kind == PLAN_SLEEP)
        return "sleeps";
    if (op && op->kind == PLAN_AWAIT)
        return "waits for a signal";
    if (op && op->kind == PLAN_NOTE)
        return "writes to the log";
    return op && op->kind == PLAN_FAIL     ? "fails"
           : op && op->kind == PLAN_FINISH ? "finishes"
                                           : "computes";
}

static void put_step(struct survey *v, const struct plan_step *s)
{
    text_printf(v->t, "  %-24s %-10s  %s", s->id, strengths[strength_of(v, s)], does(v, s));
    if (s->flags & KILN_STEP_JOURNAL)
        text_puts(v->t, ", journalled");
    if (s->retry.tries)
        text_printf(v->t, ", tried again %u time%s from %llu ms on", s->retry.tries,
                    s->retry.tries == 1 ? "" : "s", s->retry.delay);
    if (s->timeout)
        text_printf(v->t, ", at most %llu ms", s->timeout);
    text_putc(v->t, '\n');
}

static void put_step_json(struct survey *v, const struct plan_step *s)
{
    verb_put_string(v->t, "{\"step\":", s->id);
    verb_put_string(v->t, ",\"flow\":", s->flow->name);
    verb_put_string(v->t, ",\"pointer\":", s->pointer);
    verb_put_string(v->t, ",\"effect\":", strengths[strength_of(v, s)]);
    verb_put_string(v->t, ",\"does\":", does(v, s));
    text_printf(v->t, ",\"journalled\":%s,\"retries\":%u,\"retryDelayMs\":%llu,\"timeoutMs\":%llu}",
                s->flags & KILN_STEP_JOURNAL ? "true" : "false", s->retry.tries, s->retry.delay,
                s->timeout);
}

/* ---- all ------------------------------------------------------------------------------------- */

static void note(struct survey *v, const struct plan_step *s)
{
    enum strength one = strength_of(v, s);

    v->steps++;
    v->journalled += (s->flags & KILN_STEP_JOURNAL) != 0;
    v->strongest = one > v->strongest ? one : v->strongest;
}

/* What a reader of the workflow would call a step: not those the lowering added, unless they are
 * journalled. */
static int is_shown(const struct plan_step *s)
{
    return !(s->flags & KILN_STEP_HIDDEN) || s->flags & KILN_STEP_JOURNAL;
}

static int has_shown(const struct plan_flow *f)
{
    for (unsigned i = 0; i < f->n_steps; i++)
        if (is_shown(f->steps[i]))
            return 1;
    return 0;
}

static void put_all(struct survey *v, int is_json)
{
    for (unsigned i = 0; i < v->c->plan->n_flows; i++) {
        const struct plan_flow *f = v->c->plan->flows[i];

        if (!is_json && has_shown(f))
            text_printf(v->t, "%sflow %s\n", i ? "\n" : "", f->name);
        for (unsigned k = 0; k < f->n_steps; k++) {
            if (!is_shown(f->steps[k]))
                continue;
            if (is_json && v->steps)
                text_puts(v->t, ",\n ");
            note(v, f->steps[k]);
            (is_json ? put_step_json : put_step)(v, f->steps[k]);
        }
    }
}

static void put_text(struct survey *v)
{
    put_all(v, 0);
    text_printf(v->t, "\n%u step%s, %u journalled; %s\n", v->steps, v->steps == 1 ? "" : "s",
                v->journalled,
                v->strongest == CHANGES      ? "the workflow changes the world"
                : v->strongest == REPEATABLE ? "the workflow asks the world, and changes nothing"
                : v->journalled ? "the workflow waits or writes to the log, and no more"
                                : "the workflow is pure: all of it is computed");
}

static void put_json(struct survey *v)
{
    text_puts(v->t, "{\"steps\":[");
    put_all(v, 1);
    text_printf(v->t, "],\"journalled\":%u,\"effect\":\"%s\",\"hasSideEffects\":%s}\n",
                v->journalled, strengths[v->strongest],
                v->strongest >= REPEATABLE ? "true" : "false");
}

int verb_effects(struct request *r)
{
    struct compilation c;
    struct text t = { 0 };
    struct survey v = { .c = &c, .t = &t };
    int code = request_compile_one(r, &c, STAGE_PLAN);

    if (code == KILN_EXIT_OK) {
        v.flows = diag_must_have(arena_zalloc(&c.arena, c.plan->n_flows + 1));
        (r->options.format && *r->options.format == 'j' ? put_json : put_text)(&v);
        code = request_put(r, &t);
    }
    text_fini(&t);
    compile_fini(&c);
    return code;
}
