/* kinds.c: what steps and slots of one kind have in common.
 *
 * Most steps of a workflow differ in their names and places alone, so the rest of what is known of
 * a step, or of a slot, is a constant that all of its kind point to. A kind is written when the
 * first of it is met, and found again by what makes it.
 */
#include <stdint.h>
#include <string.h>

#include "emit/emitter.h"
#include "emit/row.h"

static const struct row_flag step_flags[] = {
    ROW_FLAG(KILN_STEP_JOURNAL), ROW_FLAG(KILN_STEP_GATED),
    ROW_FLAG(KILN_STEP_KEEP),    ROW_FLAG(KILN_STEP_STREAM),
    ROW_FLAG(KILN_STEP_HIDDEN),  ROW_FLAG(KILN_STEP_TURN),
    ROW_FLAG(KILN_STEP_RULE),    { 0, NULL }
};
static const struct row_flag slot_flags[] = {
    ROW_FLAG(KILN_SLOT_ONCE),   ROW_FLAG(KILN_SLOT_GUARD),
    ROW_FLAG(KILN_SLOT_SPREAD), ROW_FLAG(KILN_SLOT_PRIVATE),
    ROW_FLAG(KILN_SLOT_OUTPUT), ROW_FLAG(KILN_SLOT_RESULT),
    ROW_FLAG(KILN_SLOT_LEFT),   { 0, NULL }
};
static const char *const flag_words[] = { "once",   "guard",  "spread", "private",
                                          "output", "result", "left" };

/* Writes a new kind and keeps its name for those that come. `key`, n bytes, is what makes it. */
static const char *keep(struct emitter *e, const void *key, size_t n, const char *type,
                        const char *called, struct text *lines)
{
    char *name = (char *)(uintptr_t)cname_make(&e->names, "kind_", called, strlen(called), 0);
    const char *kept = arena_dup(e->arena, key, n);

    text_printf(&e->flows, "static const %s %s = {\n%s};\n\n", type, name, text_cstr(lines));
    e->flows.failed |= lines->failed;
    text_fini(lines);
    if (!kept || map_put(&e->kinds, kept, n, name) < 0)
        plan_memory_out();
    return name;
}

/* ---- steps ---- */

/* What makes the kind of a step: names in the text, each the same for the same thing. Its bytes are
 * compared, so there are none between. */
struct step_kind {
    const char *op, *blame, *policy, *flow, *watch; /* or NULL */
    unsigned n_watch, hard, window, flags, wake, soft;
};

static int gathers(const struct plan_step *s)
{
    return s->result >= 0 && s->flow->slots[s->result].rule != KILN_RULE_LAST;
}

static struct step_kind step_kind_of(struct emitter *e, const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);
    struct step_kind k = { .n_watch = s->n_watch,
                           .hard = s->hard,
                           .window = s->window,
                           .flags = s->flags | (gathers(s) ? KILN_STEP_RULE : 0),
                           .wake = s->wake,
                           .soft = s->soft != 0 };

    if (last && last->kind == PLAN_TASK)
        k.op = emit_operation(e, last->op);
    if (s->blame)
        k.blame = emit_blame(e, s->blame);
    if (s->retry.tries || s->retry.budget || s->late >= 0)
        k.policy = emit_policy(e, s);
    if (last && (last->kind == PLAN_CHILD || last->kind == PLAN_EACH))
        k.flow = emit_flow_names(e, last->flow)->tail;
    if (s->n_watch)
        k.watch = emit_flow_names(e, s->flow)->tails[s->number];
    return k;
}

static void put_name(struct text *out, const char *field, const char *prefix, const char *name)
{
    if (name)
        field_put(out, field, prefix, name);
}

static void put_step_kind(struct emitter *e, struct text *out, const struct step_kind *k)
{
    static const char *const wakes[] = { "START", "COUNT", "ANY", "CHANGED", "QUIET" };

    put_name(out, "op", "&", k->op);
    put_name(out, "blame", "", k->blame);
    put_name(out, "policy", "&", k->policy);
    put_name(out, "flow", "&flow_", k->flow);
    put_name(out, "watch", "watch_", k->watch);
    field_put_number(e, out, "n_watch", k->n_watch);
    field_put_number(e, out, "hard", k->hard);
    field_put_number(e, out, "window", k->window);
    field_put_flags(e, out, k->flags, step_flags);
    field_put(out, "wake", "KILN_WAKE_", wakes[k->wake]);
    field_put_number(e, out, "soft", k->soft);
}

/* A kind is called after what its steps call, or else after what wakes them. */
static const char *name_step_kind(const struct plan_step *s, const struct step_kind *k)
{
    static const char *const wakes[] = { "start", "join", "any", "changed", "quiet" };

    if (k->op)
        return plan_last(s)->op->name;
    if (k->flow || k->watch)
        return k->flow ? k->flow : k->watch;
    return k->wake == KILN_WAKE_COUNT && k->hard == 1 ? "follow" : wakes[k->wake];
}

const char *emit_step_kind(struct emitter *e, const struct plan_step *s)
{
    struct step_kind k = step_kind_of(e, s);
    const char *name = map_get(&e->kinds, (const char *)&k, sizeof k);
    struct text lines = { 0 };

    if (name)
        return name;
    put_step_kind(e, &lines, &k);
    return keep(e, &k, sizeof k, "kiln_step_kind", name_step_kind(s, &k), &lines);
}

/* ---- slots ---- */

/* What makes the kind of a slot, likewise. */
struct slot_kind {
    const struct plan_function *fold;
    int initial, names; /* constants, or -1 */
    unsigned rule, flags;
};

/* A kind is called after all that it says: "last once guard". */
static const char *name_slot_kind(struct emitter *e, const struct plan_slot *s)
{
    static const char *const rules[] = { "last", "append", "fold", "barrier" };
    const char *name = s->fold ? s->fold->name : rules[s->rule];

    for (unsigned i = 0; slot_flags[i].name; i++)
        if (s->flags & slot_flags[i].bit)
            name = emit_join(e, name, " ", flag_words[i], (char *)NULL);
    return name;
}

const char *emit_slot_kind(struct emitter *e, const struct plan_slot *s)
{
    static const char *const rules[] = { "LAST", "APPEND", "FOLD", "BARRIER" };
    struct slot_kind k = { s->fold, s->initial, s->names, s->rule, s->flags };
    const char *name = map_get(&e->kinds, (const char *)&k, sizeof k);
    struct text lines = { 0 };

    if (name)
        return name;
    put_name(&lines, "fold", "", s->fold ? emit_function(e, s->fold) : NULL);
    put_name(&lines, "initial", "&", s->initial >= 0 ? emit_const(e, (unsigned)s->initial) : NULL);
    put_name(&lines, "names", "&", s->names >= 0 ? emit_const(e, (unsigned)s->names) : NULL);
    field_put(&lines, "rule", "KILN_RULE_", rules[s->rule]);
    field_put_flags(e, &lines, s->flags, slot_flags);
    return keep(e, &k, sizeof k, "kiln_slot_kind", name_slot_kind(e, s), &lines);
}
