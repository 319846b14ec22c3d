/* scenario_function_steps.c: functions about paths, and those that are the inside of a step.
 *
 * That a path is cut into certain parts is seen by following it: the data has those parts as keys,
 * one inside the other, and nothing else.
 */
#include <string.h>

#include "scenario_functions.h"

/* ---- paths ----------------------------------------------------------------------------------- */

static kiln_value follow(kiln_heap *h, const kiln_value *args, const char *const *parts, unsigned n)
{
    kiln_value path = value_member(args, "path"), found, inner;
    const char *text = conformance_text(h, &path);

    found = inner = records_object(h, "found", value_bool(1), NULL);
    while (n > 0)
        inner = records_object(h, parts[--n], inner, NULL);
    text = arena_printf(&h->arena, "data.%.*s", (int)path.n, path.u.s);
    return function_record(h, "mapping", records_object(h, "r", make_reference(h, text), NULL),
                           records_object(h, "data", inner, NULL),
                           function_ok(h, records_object(h, "r", found, NULL)));
}

enum { MOST_PARTS = 32 };

static kiln_value reference_segments(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value list = value_member(expect, "ok");
    const char *parts[MOST_PARTS];
    unsigned n = 0;

    for (; list.tag == KILN_ARRAY && n < list.n && n < MOST_PARTS; n++)
        parts[n] = arena_dup(&h->arena, list.u.items[n].u.s, list.u.items[n].n);
    return follow(h, args, parts, n);
}

/* Takes ~1 and ~0 out of a part, in place. */
static void unescape(char *part)
{
    char *to = part;

    for (; *part; part++)
        if (*part == '~' && part[1])
            *to++ = *++part == '1' ? '/' : '~';
        else
            *to++ = *part;
    *to = '\0';
}

static kiln_value to_json_pointer(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value pointer = value_member(expect, "ok");
    char *rest = arena_dup(&h->arena, pointer.u.s, pointer.n), *part;
    const char *parts[MOST_PARTS];
    unsigned n = 0;

    if (*rest)
        for (rest++; n < MOST_PARTS && (part = strsep(&rest, "/")) != NULL; n++) {
            unescape(part);
            parts[n] = part;
        }
    return follow(h, args, parts, n);
}

/* The items are their own numbers; the default tells that there is none. */
static kiln_value array_index(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value n = value_member(args, "len"), segment = value_member(args, "segment");
    kiln_value at = value_member(expect, "ok"), items = records_array(h), reference;

    for (long long i = 0; i < n.u.i; i++)
        records_push(h, &items, value_int(i));
    if (at.tag != KILN_INT || at.u.i >= n.u.i)
        at = value_static("none");
    reference =
        make_reference(h, arena_printf(&h->arena, "data.items.%.*s", (int)segment.n, segment.u.s));
    records_put(h, &reference, "default", value_static("none"));
    items = records_object(h, "items", items, NULL);
    return function_record(h, "mapping", records_object(h, "r", reference, NULL),
                           records_object(h, "data", items, NULL),
                           function_ok(h, records_object(h, "r", at, NULL)));
}

/* ---- steps ----------------------------------------------------------------------------------- */

static kiln_value make_step(kiln_heap *h, const char *type, const char *id, kiln_value config)
{
    return records_object(h, "stepType", value_static(type), "id", value_static(id), "config",
                          config, NULL);
}

/* A step whose recorded result is {its id: its envelope}. */
static kiln_value enveloped(kiln_heap *h, const kiln_value *args, const kiln_value *expect,
                            const char *type)
{
    kiln_value id = value_member(args, "stepId"), name = value_member(args, "name"), step;
    kiln_value ok = value_member(expect, "ok"), config = value_member(args, "config");

    if (value_member(&config, "stepType").tag != KILN_ABSENT)
        step = config; /* it is the whole step */
    else
        step = make_step(h, type, "", config);
    records_put(h, &step, "id", id);
    records_put(h, &step, "name", name);
    ok = ok.tag == KILN_ABSENT ? *expect : function_ok(h, kiln_get(&ok, &id));
    return function_show(h, step, value_member(args, "source"),
                         arena_printf(&h->arena, "steps.%.*s", (int)id.n, id.u.s), ok);
}

static kiln_value filter(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    return enveloped(h, args, expect, "Filter");
}

static kiln_value group_by(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    return enveloped(h, args, expect, "GroupBy");
}

static kiln_value value_switch(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    return enveloped(h, args, expect, "Switch");
}

static kiln_value log_step(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    return enveloped(h, args, expect, "Log");
}

static kiln_value error_step(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value step = value_member(args, "config");

    records_put(h, &step, "name", value_member(args, "name"));
    return function_show(h, step, value_member(args, "source"), "data", *expect);
}

static kiln_value process_switch(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    return function_show(h, make_step(h, "Switch", "s", value_member(args, "config")),
                         value_member(args, "source"), "steps.s.route", *expect);
}

static kiln_value switch_output(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value config =
        records_object(h, "value", make_immediate(h, value_null()), "cases", records_array(h),
                       "default", value_member(args, "output"), NULL);

    return function_show(h, make_step(h, "Switch", "s", config), value_member(args, "source"),
                         "steps.s.outputs", *expect);
}

static kiln_value delay_duration(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value step =
        records_object(h, "stepType", value_static("Delay"), "id", value_member(args, "stepId"),
                       "durationMs", value_member(args, "durationMs"), NULL);

    return function_show(h, step, value_member(args, "source"), "steps.delay.duration_ms", *expect);
}

/* In an error the original's inner function calls the text by another name than its operation. */
static kiln_value rename_template(kiln_heap *h, const kiln_value *expect)
{
    static const char from[] = "(in __inline:";
    kiln_value error = value_member(expect, "error");
    const char *text = error.tag == KILN_STRING ? arena_dup(&h->arena, error.u.s, error.n) : "";
    const char *at = strstr(text, from);

    if (!at)
        return *expect;
    return records_object(
        h, "error", records_text(h, "%.*s(in tmpl:%s", (int)(at - text), text, at + strlen(from)),
        NULL);
}

static kiln_value render_template(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value mapping =
        records_object(h, "text", make_immediate(h, value_member(args, "template")), "context",
                       make_immediate(h, value_member(args, "context")), NULL);
    kiln_value step = make_agent(h, "text", "render-template", mapping);

    records_put(h, &step, "id", value_static("s"));
    return function_show(h, step, records_object(h, NULL), "steps.s.outputs",
                         rename_template(h, expect));
}

/* The error is that of an operation, whose step adds words in front of it: an error that is but a
 * text cannot be had alone. */
static kiln_value error_steps(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value error = value_member(args, "error"), ok = value_member(expect, "ok"), step, record;

    if (error.tag == KILN_STRING && !memchr(error.u.s, '{', error.n))
        return records_object(h, "why", value_static("no step fails in just these words"), NULL);
    step =
        make_agent(h, "probe", "fail", records_object(h, "error", make_immediate(h, error), NULL));
    records_put(h, &step, "id", value_member(args, "stepId"));
    record = function_show(h, step, *args, "steps.__error",
                           function_ok(h, value_member(&ok, "__error")));
    records_put(h, &record, "label", value_static("onError"));
    return record;
}

const struct function function_steps[] = {
    { "reference_segments", reference_segments },
    { "to_json_pointer", to_json_pointer },
    { "array_index", array_index },
    { "filter", filter },
    { "group_by", group_by },
    { "value_switch", value_switch },
    { "log", log_step },
    { "error", error_step },
    { "process_switch", process_switch },
    { "process_switch_output", switch_output },
    { "delay_duration_ms", delay_duration },
    { "render_template", render_template },
    { "error_steps", error_steps },
};
const size_t function_n_steps = sizeof function_steps / sizeof *function_steps;
