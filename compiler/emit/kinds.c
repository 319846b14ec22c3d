/* kinds.c: what steps and slots of one kind have in common.
 *
 * Most steps of a workflow differ in their names and places alone, so the rest of what is known of
 * a step, or of a slot, is a constant that all of its kind point to. A kind is written when the
 * first of it is met, and found again by its very text.
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

/* The name of the constant of this type with these lines. Empties `lines`. */
static const char *keep(struct emitter *e, const char *type, const char *called, struct text *lines)
{
    const char *key = emit_join(e, type, text_cstr(lines), (char *)NULL);
    char *name = map_get(&e->called, key, strlen(key));

    e->flows.failed |= lines->failed;
    text_fini(lines);
    if (name)
        return name;
    name = (char *)(uintptr_t)cname_make(&e->names, "kind_", called, strlen(called), 0);
    text_printf(&e->flows, "static const %s %s = {\n%s};\n\n", type, name, key + strlen(type));
    if (map_put(&e->called, key, strlen(key), name) < 0)
        plan_memory_out();
    return name;
}

/* ---- steps ---- */

static void put_call(struct emitter *e, struct text *out, const struct plan_step *s)
{
    const struct plan_op *last = plan_last(s);

    if (last && last->kind == PLAN_TASK)
        field_put(out, "op", "&", emit_operation(e, last->op));
    if (s->blame)
        field_put(out, "blame", "", emit_blame(e, s->blame));
    if (s->retry.tries || s->retry.budget || s->late >= 0)
        field_put(out, "policy", "&", emit_policy(e, s));
    if (last && (last->kind == PLAN_CHILD || last->kind == PLAN_EACH))
        field_put(out, "flow", "&flow_", emit_flow_names(e, last->flow)->tail);
}

static int gathers(const struct plan_step *s)
{
    return s->result >= 0 && s->flow->slots[s->result].rule != KILN_RULE_LAST;
}

static void put_waking(struct emitter *e, struct text *out, const struct plan_step *s)
{
    static const char *const wakes[] = { "START", "COUNT", "ANY", "CHANGED", "QUIET" };

    if (s->n_watch)
        field_put(out, "watch", "watch_", emit_flow_names(e, s->flow)->tails[s->number]);
    field_put_number(e, out, "n_watch", s->n_watch);
    field_put_number(e, out, "hard", s->hard);
    field_put_number(e, out, "window", s->window);
    field_put_flags(e, out, s->flags | (gathers(s) ? KILN_STEP_RULE : 0), step_flags);
    field_put(out, "wake", "KILN_WAKE_", wakes[s->wake]);
    field_put_number(e, out, "soft", s->soft != 0);
}

/* A kind is called after what its steps call, or else after what wakes them. */
static const char *name_step_kind(struct emitter *e, const struct plan_step *s)
{
    static const char *const wakes[] = { "start", "join", "any", "changed", "quiet" };
    const struct plan_op *last = plan_last(s);

    if (last && last->kind == PLAN_TASK)
        return last->op->name;
    if (last && (last->kind == PLAN_CHILD || last->kind == PLAN_EACH))
        return emit_flow_names(e, last->flow)->tail;
    if (s->n_watch)
        return emit_flow_names(e, s->flow)->tails[s->number];
    return s->wake == KILN_WAKE_COUNT && s->hard == 1 ? "follow" : wakes[s->wake];
}

const char *emit_step_kind(struct emitter *e, const struct plan_step *s)
{
    struct text lines = { 0 };

    put_call(e, &lines, s);
    put_waking(e, &lines, s);
    return keep(e, "kiln_step_kind", name_step_kind(e, s), &lines);
}

/* ---- slots ---- */

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
    struct text lines = { 0 };

    if (s->fold)
        field_put(&lines, "fold", "", emit_function(e, s->fold));
    if (s->initial >= 0)
        field_put(&lines, "initial", "&", emit_const(e, (unsigned)s->initial));
    if (s->names >= 0)
        field_put(&lines, "names", "&", emit_const(e, (unsigned)s->names));
    field_put(&lines, "rule", "KILN_RULE_", rules[s->rule]);
    field_put_flags(e, &lines, s->flags, slot_flags);
    return keep(e, "kiln_slot_kind", name_slot_kind(e, s), &lines);
}
