/* verify.c: what every pass and the emitter may rely on.
 *
 * The rules of spec/PLAN.md as code, from the outside in: plan, flows, slots, steps, edges; what
 * stands inside a step is verify_ops.c's. A plan that passes can be emitted without a question.
 */
#include "plan/verify.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { MOST_PARAMS = 8, MOST_LABELS = 65535 }; /* kiln_frame.args, kiln_edge.label */

int verify_fail(struct verifier *v, const char *format, ...)
{
    struct text words = { 0 };
    va_list ap;

    if (v->message)
        return -1;
    if (v->flow)
        text_printf(&words, "flow \"%s\"", v->flow->name);
    if (v->step)
        text_printf(&words, ", step \"%s\"", v->step->id);
    text_puts(&words, words.n ? ": " : "");
    va_start(ap, format);
    text_vprintf(&words, format, ap);
    va_end(ap);
    v->message = words.failed ? NULL : arena_dup(v->p->arena, words.s, words.n);
    text_fini(&words);
    if (!v->message)
        plan_memory_out();
    return -1;
}

void *verify_alloc(struct verifier *v, size_t size)
{
    void *at = arena_zalloc(&v->scratch, size ? size : 1);

    if (!at)
        plan_memory_out();
    return at;
}

int verify_has_flow(const struct plan *p, const struct plan_flow *f)
{
    return f && f->number < p->n_flows && p->flows[f->number] == f;
}

/* ---- constants ----------------------------------------------------------------------------- */

static int check_value(struct verifier *v, const kiln_value *value, unsigned depth)
{
    if (depth > JSON_DEPTH)
        return verify_fail(v, "a constant nests deeper than %d", JSON_DEPTH);
    if (value->tag == KILN_ABSENT || (value->tag == KILN_DOUBLE && !isfinite(value->u.d)))
        return verify_fail(v, "a constant is absent or not finite");
    for (unsigned i = 0; value->tag == KILN_ARRAY && i < value->n; i++)
        if (check_value(v, &value->u.items[i], depth + 1) < 0)
            return -1;
    for (unsigned i = 0; value->tag == KILN_OBJECT && i < value->n; i++) {
        const kiln_member *m = &value->u.members[i];

        if (v->p->heap.sorted && i && value_compare_text(&m[-1].key, &m->key) >= 0)
            return verify_fail(v, "a constant object is not sorted by its keys");
        if (check_value(v, &m->value, depth + 1) < 0)
            return -1;
    }
    return 0;
}

/* ---- slots --------------------------------------------------------------------------------- */

static int check_names(struct verifier *v, const struct plan_slot *slot)
{
    const kiln_value *names;

    if (slot->names < 0 || (unsigned)slot->names >= v->p->n_consts)
        return verify_fail(v, "barrier slot \"%s\" has no names", slot->name);
    names = &v->p->consts[slot->names];
    if (names->tag != KILN_ARRAY)
        return verify_fail(v, "barrier slot \"%s\" needs an array of names", slot->name);
    for (unsigned i = 0; i < names->n; i++)
        if (names->u.items[i].tag != KILN_STRING)
            return verify_fail(v, "barrier slot \"%s\" has a name that is no text", slot->name);
    return 0;
}

static int check_slot(struct verifier *v, const struct plan_slot *slot, unsigned i)
{
    if (slot->initial >= 0 && (unsigned)slot->initial >= v->p->n_consts)
        return verify_fail(v, "slot s%u begins with a constant that is not there", i);
    if (i < v->flow->n_params && slot->rule != KILN_RULE_LAST)
        return verify_fail(v, "parameter s%u needs the rule `last`", i);
    if ((slot->rule == KILN_RULE_FOLD) != (slot->fold != NULL))
        return verify_fail(v, "slot s%u: a function belongs to the rule `fold`", i);
    if (slot->fold && slot->fold->arity != 2)
        return verify_fail(v, "slot s%u folds with a function that does not take two", i);
    if (slot->rule == KILN_RULE_BARRIER)
        return check_names(v, slot);
    return slot->names < 0 ? 0 : verify_fail(v, "slot s%u: names belong to `barrier`", i);
}

/* ---- steps --------------------------------------------------------------------------------- */

static int check_watch(struct verifier *v, const struct plan_step *s)
{
    int superstep = (v->flow->flags & KILN_FLOW_SUPERSTEP) != 0;

    if (s->wake != KILN_WAKE_CHANGED)
        return s->n_watch ? verify_fail(v, "only a `changed` step watches slots") : 0;
    if (!superstep)
        return verify_fail(v, "`changed` needs a superstep flow");
    for (unsigned i = 0; i < s->n_watch; i++) {
        if (s->watch[i] >= v->flow->n_slots)
            return verify_fail(v, "it watches s%u, which is not there", s->watch[i]);
        if (i && s->watch[i - 1] >= s->watch[i])
            return verify_fail(v, "the slots it watches are not ascending");
    }
    return 0;
}

static int is_call(enum plan_kind kind)
{
    return kind == PLAN_TASK || kind == PLAN_CHILD || kind == PLAN_EACH;
}

static int check_flags(struct verifier *v, const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);
    enum plan_kind kind = last ? last->kind : PLAN_KINDS;
    int turn = kind == PLAN_CHILD && last->item >= 0;

    if ((s->window || s->flags & (KILN_STEP_KEEP | KILN_STEP_STREAM)) && kind != PLAN_EACH)
        return verify_fail(v, "`window`, `keep` and `stream` belong to `each`");
    if ((s->flags & KILN_STEP_JOURNAL) && (s->fleeting || v->p->fleeting))
        return verify_fail(v, "it is `fleeting` and journalled");
    if ((s->flags & KILN_STEP_JOURNAL) && kind != PLAN_TASK && kind != PLAN_NOTE
        && kind != PLAN_SLEEP && kind != PLAN_AWAIT)
        return verify_fail(v, "`journal` belongs to `task`, `note`, `sleep` and `await`");
    if ((s->retry.tries || s->retry.budget) && !is_call(kind))
        return verify_fail(v, "`retry` belongs to `task`, `child` and `each`");
    if (s->timeout && !is_call(kind) && kind != PLAN_AWAIT)
        return verify_fail(v, "`timeout` belongs to what may take its time");
    if (s->late >= (int)v->p->n_consts)
        return verify_fail(v, "constant %d is not there", s->late);
    if ((s->timeout || kind == PLAN_AWAIT) != (s->late >= 0))
        return verify_fail(v, "a timeout and its error go together");
    if (turn != ((s->flags & KILN_STEP_TURN) != 0))
        return verify_fail(v, "the turn flag and a child's index go together");
    if (s->blame && kind != PLAN_TASK)
        return verify_fail(v, "only `task` has operations to blame");
    if (s->result >= 0 && !is_call(kind) && kind != PLAN_SLEEP && kind != PLAN_AWAIT)
        return verify_fail(v, "only `task`, `child`, `each`, `sleep` and `await` bring a result");
    if (s->result >= 0 && (unsigned)s->result >= v->flow->n_slots)
        return verify_fail(v, "its result goes to s%d, which is not there", s->result);
    return 0;
}

/* Only who counts the dead can learn from one. */
static int check_order(struct verifier *v, const struct plan_edge *e)
{
    if (!(v->flow->flags & KILN_FLOW_DEAD))
        return verify_fail(v, "an `order` edge in a flow that tells no death");
    if (e->to->wake != KILN_WAKE_COUNT || e->soft)
        return verify_fail(v, "an `order` edge is hard and leads to a `count` step");
    return 0;
}

static int check_edge(struct verifier *v, const struct plan_edge *e, enum plan_kind kind)
{
    const struct plan_flow *f = v->flow;
    unsigned most = kind == PLAN_PICK ? MOST_LABELS : 1;

    if (e->to->flow != f || e->to->number >= f->n_steps || f->steps[e->to->number] != e->to)
        return verify_fail(v, "an edge leaves the flow, to \"%s\"", e->to->id);
    if (e->kind == KILN_EDGE_ORDER)
        return check_order(v, e);
    if (e->kind != KILN_EDGE_CASE)
        return 0;
    if (kind != PLAN_TEST && kind != PLAN_PICK && kind != PLAN_BOUNDARY)
        return verify_fail(v, "a `case` edge on a step that picks nothing");
    return e->label <= most ? 0 : verify_fail(v, "case %u can never be picked", e->label);
}

static int check_step(struct verifier *v, const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);
    enum plan_kind kind = last ? last->kind : PLAN_KINDS;

    if (s->wake == KILN_WAKE_QUIET && kind != PLAN_FINISH && kind != PLAN_FAIL && !s->n_edges)
        return verify_fail(v, "a `quiet` step must finish, fail or wake another");
    if (kind == PLAN_BOUNDARY && s->wake != KILN_WAKE_QUIET)
        return verify_fail(v, "`boundary` belongs to the `quiet` step");
    if (check_watch(v, s) < 0 || check_flags(v, s) < 0)
        return -1;
    for (unsigned i = 0; i < s->n_edges; i++)
        if (check_edge(v, &s->edges[i], kind) < 0)
            return -1;
    if (verify_ops(v) < 0)
        return -1;
    return s->retry.budget && plan_sets_once(s)
               ? verify_fail(v, "it may be tried again and sets a slot that minds two writes")
               : 0;
}

static int check_ids(struct verifier *v)
{
    struct map ids = { 0 };
    int result = 0;

    for (unsigned i = 0; i < v->flow->n_steps && result == 0; i++) {
        const struct plan_step *s = v->flow->steps[i];

        if (s->number != i || s->flow != v->flow)
            result = verify_fail(v, "step \"%s\" does not know its place", s->id);
        else if (map_get(&ids, s->id, strlen(s->id)))
            result = verify_fail(v, "two steps are called \"%s\"", s->id);
        else if (map_put(&ids, s->id, strlen(s->id), &ids) < 0)
            plan_memory_out();
    }
    map_fini(&ids);
    return result;
}

/* The counts plan_link would make are those that stand there. */
static int check_counts(struct verifier *v)
{
    const struct plan_flow *f = v->flow;
    unsigned *hard = verify_alloc(v, f->n_steps * sizeof *hard);
    unsigned char *soft = verify_alloc(v, f->n_steps);

    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i]->n_edges; e++) {
            const struct plan_edge *edge = &f->steps[i]->edges[e];

            hard[edge->to->number] += !edge->soft;
            soft[edge->to->number] |= edge->soft != 0;
        }
    for (unsigned i = 0; i < f->n_steps; i++) {
        v->step = f->steps[i];
        if (v->step->wake == KILN_WAKE_COUNT
            && (v->step->hard != hard[i] || v->step->soft != soft[i]))
            return verify_fail(v, "it counts %u%s, but its edges are %u%s", v->step->hard,
                               v->step->soft ? " soft" : "", hard[i], soft[i] ? " soft" : "");
    }
    v->step = NULL;
    return 0;
}

static int check_wakes(struct verifier *v)
{
    const struct plan_flow *f = v->flow;
    unsigned start = 0, quiet = 0;

    for (unsigned i = 0; i < f->n_steps; i++) {
        start += f->steps[i]->wake == KILN_WAKE_START;
        quiet += f->steps[i]->wake == KILN_WAKE_QUIET;
    }
    if (quiet != 1)
        return verify_fail(v, "a flow needs one `quiet` step, this has %u", quiet);
    if (!start && f->n_steps > 1 && !(f->flags & KILN_FLOW_SUPERSTEP))
        return verify_fail(v, "no step wakes at the start");
    return 0;
}

/* ---- flows --------------------------------------------------------------------------------- */

static int check_flow(struct verifier *v, unsigned number)
{
    const struct plan_flow *f = v->flow;

    if (f->number != number || f->plan != v->p)
        return verify_fail(v, "it does not know its place");
    if (f->up && (!verify_has_flow(v->p, f->up) || f->up->number >= number))
        return verify_fail(v, "the flow above it must stand before it");
    if (f->n_params > f->n_slots || f->n_params > MOST_PARAMS)
        return verify_fail(v, "it has %u parameters, at most %d can be given", f->n_params,
                           MOST_PARAMS);
    for (unsigned i = 0; i < f->n_slots; i++)
        if (check_slot(v, &f->slots[i], i) < 0)
            return -1;
    if (check_ids(v) < 0 || check_wakes(v) < 0)
        return -1;
    for (unsigned i = 0; i < f->n_steps; i++) {
        v->step = f->steps[i];
        if (check_step(v, v->step) < 0)
            return -1;
    }
    v->step = NULL;
    return check_counts(v);
}

static int check_plan(struct verifier *v)
{
    const struct plan *p = v->p;

    if (!p->n_flows || p->flows[0]->up)
        return verify_fail(v, "a plan begins with its root flow, which has no flow above");
    for (unsigned i = 0; i < p->n_consts; i++)
        if (check_value(v, &p->consts[i], 0) < 0)
            return -1;
    for (unsigned i = 0; i < p->n_flows; i++) {
        v->flow = p->flows[i];
        if (check_flow(v, i) < 0)
            return -1;
    }
    return 0;
}

const char *plan_verify(const struct plan *p)
{
    struct verifier v = { .p = p };

    check_plan(&v);
    arena_fini(&v.scratch);
    return v.message;
}
