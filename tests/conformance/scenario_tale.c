/* scenario_tale.c: what a run told, held against what is stated: output or error, log lines, which
 * steps ran and in which order, how long was slept. */
#include "scenario_tale.h"

#include <string.h>

static void add_event(struct tale *t, const kiln_step *step, const char *subtype,
                      const kiln_value *v)
{
    kiln_value payload, event;

    if (value_copy(t->r->heap, &payload, v) < 0 || payload.tag != KILN_OBJECT)
        return;
    records_put(t->r->heap, &payload, "step_id", records_text(t->r->heap, "%s", step->id));
    if (value_member(&payload, "stepName").tag == KILN_STRING)
        records_put(t->r->heap, &payload, "step_name", value_member(&payload, "stepName"));
    event = records_object(t->r->heap, "subtype", value_static(subtype), "payload", payload, NULL);
    records_push(t->r->heap, &t->events, event);
}

static int has_begun(const struct tale *t, const kiln_value *payload)
{
    kiln_value id = value_member(payload, "step_id");

    for (unsigned i = 0; i < t->events.n; i++) {
        kiln_value subtype = value_member(&t->events.u.items[i], "subtype");
        kiln_value other = value_member(&t->events.u.items[i], "payload");

        other = value_member(&other, "step_id");
        if (value_is(&subtype, "step_debug_start") && value_equal(&other, &id))
            return 1;
    }
    return 0;
}

/* An end without a beginning gets one first, as the command line writes it (cli_events.c). */
static void add_told(struct tale *t, const kiln_value *v)
{
    kiln_value event, payload, subtype, start;

    if (value_copy(t->r->heap, &event, v) < 0)
        return;
    payload = value_member(&event, "payload");
    subtype = value_member(&event, "subtype");
    if (value_is(&subtype, "step_debug_end") && !has_begun(t, &payload)) {
        start = records_object(t->r->heap, "subtype", value_static("step_debug_start"), "payload",
                               payload, NULL);
        records_push(t->r->heap, &t->events, start);
    }
    records_push(t->r->heap, &t->events, event);
}

void tale_listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    struct tale *t = ctx;

    if (kind == KILN_EVENT_TOLD)
        add_told(t, v);
    else if (kind == KILN_EVENT_NOTE && !t->tracked)
        add_event(t, step, "workflow_log", v);
    else if (kind == KILN_EVENT_FAILED && !t->tracked
             && value_member(v, "stepName").tag != KILN_ABSENT)
        add_event(t, step, "workflow_error", v);
    else if (kind == KILN_EVENT_STEP && !(step->kind->flags & KILN_STEP_HIDDEN))
        records_push(t->r->heap, &t->steps, records_text(t->r->heap, "%s", step->id));
}

/* ---- judging --------------------------------------------------------------------------------- */

/* How many of the words are in the text. */
static unsigned count_words(const kiln_value *words, const char *text)
{
    unsigned n = 0;

    for (unsigned i = 0; words->tag == KILN_ARRAY && i < words->n; i++)
        n += memmem(text, strlen(text), words->u.items[i].u.s, words->u.items[i].n) != NULL;
    return n;
}

/* `error_contains` and `error_contains_any`; true when neither is stated. */
int tale_has_words(const kiln_value *expect, const char *text)
{
    kiln_value all = value_member(expect, "error_contains");
    kiln_value any = value_member(expect, "error_contains_any");

    return (all.tag != KILN_ARRAY || count_words(&all, text) == all.n)
           && (any.tag != KILN_ARRAY || count_words(&any, text) > 0);
}

static int same_events(const struct tale *t, const kiln_value *events)
{
    if (events->tag != KILN_ARRAY)
        return 1;
    if (events->n != t->events.n)
        return 0;
    for (unsigned i = 0; i < events->n; i++)
        if (!records_contains(&t->events.u.items[i], &events->u.items[i]))
            return 0;
    return 1;
}

/* Each of `events_include` is {subtype, and members of the payload}. */
static int includes_events(const struct tale *t, const kiln_value *events)
{
    for (unsigned i = 0; events->tag == KILN_ARRAY && i < events->n; i++) {
        kiln_value subtype = value_member(&events->u.items[i], "subtype"), nothing = { 0 };
        kiln_value key = value_static("subtype"), part;
        unsigned k = 0;

        if (value_with(t->r->heap, &part, &events->u.items[i], &key, &nothing) < 0)
            return 0;
        for (; k < t->events.n; k++) {
            kiln_value name = value_member(&t->events.u.items[k], "subtype");
            kiln_value payload = value_member(&t->events.u.items[k], "payload");

            if (value_equal(&name, &subtype) && records_contains(&payload, &part))
                break;
        }
        if (k == t->events.n)
            return 0;
    }
    return 1;
}

/* The clock of the run moved as far as the stated sleeps, which may overlap. Without any there may
 * still be sleeps that the reference does not keep. */
static int slept_as_stated(const struct tale *t, const kiln_value *expect)
{
    kiln_value sleeps = value_member(expect, "sleeps");
    long long longest = 0, sum = 0, slept = t->r->c->world.now - t->r->c->world.began;

    if (sleeps.tag != KILN_ARRAY)
        sleeps = value_member(expect, "sleeps_any_order");
    for (unsigned i = 0; sleeps.tag == KILN_ARRAY && i < sleeps.n; i++) {
        kiln_value ms = value_member(&sleeps.u.items[i], "duration_ms");

        sum += ms.u.i;
        longest = ms.u.i > longest ? ms.u.i : longest;
    }
    return sleeps.tag != KILN_ARRAY || !sleeps.n || (slept >= longest && slept <= sum);
}

static long place(const struct tale *t, const kiln_value *id)
{
    for (unsigned i = 0; i < t->steps.n; i++)
        if (value_equal(&t->steps.u.items[i], id))
            return i;
    return -1;
}

/* `each_step_once`, `not_run` and `order`. */
static int is_told_right(const struct tale *t, const kiln_value *expect)
{
    kiln_value once = value_member(expect, "each_step_once"), order = value_member(expect, "order");
    kiln_value never = value_member(expect, "not_run");

    for (unsigned i = 0; once.tag == KILN_ARRAY && i < once.n; i++)
        if (place(t, &once.u.items[i]) < 0)
            return 0;
    for (unsigned i = 0; never.tag == KILN_ARRAY && i < never.n; i++)
        if (place(t, &never.u.items[i]) >= 0)
            return 0;
    for (unsigned i = 0; order.tag == KILN_ARRAY && i < order.n; i++)
        if (place(t, &order.u.items[i].u.items[0]) >= place(t, &order.u.items[i].u.items[1]))
            return 0;
    return 1;
}

/* `completed`, also `completed-with-durable-sleep` and `suspended-then-completed`. */
static int is_completed(const kiln_value *outcome)
{
    return outcome->tag == KILN_STRING && memmem(outcome->u.s, outcome->n, "completed", 9);
}

int tale_agrees(const struct tale *t, const kiln_value *expect, int completed,
                const kiln_value *got)
{
    kiln_value outcome = value_member(expect, "outcome"), output = value_member(expect, "output");
    kiln_value part = value_member(expect, "output_contains");
    kiln_value error = value_member(expect, "error"), events = value_member(expect, "events");
    kiln_value included = value_member(expect, "events_include");

    return is_completed(&outcome) == completed && is_told_right(t, expect)
           && (output.tag == KILN_ABSENT || value_equal(&output, got))
           && (part.tag == KILN_ABSENT || records_contains(got, &part))
           && (error.tag == KILN_ABSENT || value_equal(&error, got)) && same_events(t, &events)
           && includes_events(t, &included) && slept_as_stated(t, expect)
           && tale_has_words(expect, records_plain(t->r->heap, got));
}
