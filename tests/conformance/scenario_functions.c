/* scenario_functions.c: calls of the reference's inner functions, said again as values and steps.
 *
 * Kiln has no such functions; but a condition, a mapping, a path or a step in a workflow comes to
 * the same. Each function has a maker of a record as scenario_values.c knows them. What no workflow
 * can show becomes {why}, which counts as unsupported.
 */
#include <string.h>

#include "scenario.h"
#include "scenario_functions.h"

static kiln_value member(const kiln_value *v, const char *key)
{
    return value_member(v, key);
}

kiln_value function_record(kiln_heap *h, const char *kind, kiln_value arg, kiln_value source,
                           kiln_value expect)
{
    return records_object(h, "kind", value_static(kind), "arg", arg, "source", source, "expect",
                          expect, NULL);
}

kiln_value function_show(kiln_heap *h, kiln_value step, kiln_value source, const char *path,
                         kiln_value expect)
{
    kiln_value record = function_record(h, "step", step, source, expect);

    records_put(h, &record, "show", value_static(path));
    return record;
}

kiln_value function_ok(kiln_heap *h, kiln_value v)
{
    return records_object(h, "ok", v, NULL);
}

static kiln_value none(kiln_heap *h, const char *why)
{
    return records_object(h, "why", value_static(why), NULL);
}

/* ---- conditions ------------------------------------------------------------------------------ */

static kiln_value condition(kiln_heap *h, kiln_value what, kiln_value source, kiln_value expect)
{
    return records_object(h, "kind", value_static("condition"), "condition", what, "source", source,
                          "expect", expect, NULL);
}

kiln_value function_test(kiln_heap *h, const char *op, kiln_value a, kiln_value b)
{
    kiln_value arguments = records_array(h);

    records_push(h, &arguments, a);
    records_push(h, &arguments, b);
    return records_object(h, "type", value_static("operation"), "op", value_static(op), "arguments",
                          arguments, NULL);
}

static kiln_value is_truthy(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value data = records_object(h, "v", member(args, "value"), NULL);

    return condition(h, make_reference(h, "data.v"), records_object(h, "data", data, NULL),
                     *expect);
}

static kiln_value values_equal(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value left = make_immediate(h, member(args, "left"));
    kiln_value right = make_immediate(h, member(args, "right"));

    return condition(h, function_test(h, "EQ", left, right), records_object(h, NULL), *expect);
}

/* A number is between itself and itself; what is none compares with nothing. */
static kiln_value to_number(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value v = make_immediate(h, member(args, "value")), number = member(expect, "ok");
    int is = value_is_number(&number);
    kiln_value bound = make_immediate(h, is ? number : value_int(0));
    kiln_value least = function_test(h, "GTE", v, bound);
    kiln_value most = function_test(h, is ? "LTE" : "LT", v, bound);

    return condition(h, function_test(h, is ? "AND" : "OR", least, most), records_object(h, NULL),
                     function_ok(h, value_bool(is)));
}

static int names_item(kiln_heap *h, const kiln_value *v)
{
    return strstr(conformance_text(h, v), "\"item.") != NULL;
}

/* An operation without `arguments` has none here (scenario 1.9); the reference's function fails. */
static int lacks_arguments(const kiln_value *what)
{
    return member(what, "op").tag != KILN_ABSENT && member(what, "arguments").tag == KILN_ABSENT;
}

/* A condition that asks for an item is that of a Filter over the one item. */
static kiln_value eval_condition(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value what = member(args, "condition"), source = member(args, "source"), items, kept;
    kiln_value holds = member(expect, "ok");

    if (lacks_arguments(&what))
        return none(h, "an operation without arguments has none");
    if (!names_item(h, &what) || holds.tag != KILN_BOOL)
        return condition(h, what, source, *expect);
    items = records_array(h);
    kept = records_array(h);
    records_push(h, &items, member(&source, "item"));
    if (holds.u.i)
        kept = items;
    return function_record(
        h, "filter", records_object(h, "condition", what, "value", make_immediate(h, items), NULL),
        source, function_ok(h, records_object(h, "items", kept, "count", value_int(kept.n), NULL)));
}

/* ---- mappings -------------------------------------------------------------------------------- */

static kiln_value apply_type_hint(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    return function_record(h, "type_hint", member(args, "type"), member(args, "value"), *expect);
}

static kiln_value apply_input_mapping(kiln_heap *h, const kiln_value *args,
                                      const kiln_value *expect)
{
    return function_record(h, "mapping", member(args, "mapping"), member(args, "source"), *expect);
}

static kiln_value apply_mapping(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value purpose = member(args, "purpose");
    const char *kind = value_is(&purpose, "finish.inputMapping")  ? "finish"
                       : value_is(&purpose, "agent.inputMapping") ? "agent"
                                                                  : "mapping";

    return function_record(h, kind, member(args, "mapping"), member(args, "source"), *expect);
}

static kiln_value apply_mapping_value(kiln_heap *h, const kiln_value *args,
                                      const kiln_value *expect)
{
    kiln_value ok = member(expect, "ok"), mapping = member(args, "value");

    if (ok.tag != KILN_ABSENT)
        ok = function_ok(h, records_object(h, "v", ok, NULL));
    else
        ok = *expect;
    return function_record(h, "mapping", records_object(h, "v", mapping, NULL),
                           member(args, "source"), ok);
}

/* Which connection a step names; the reference says "" where there is none. */
static kiln_value connection_id(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value step =
        records_object(h, "stepType", value_static("Agent"), "id", value_static("call"), "agentId",
                       value_static("probe"), "capabilityId", value_static("input"), NULL);
    kiln_value id = member(args, "connectionId"), ref = member(args, "connectionRef");
    kiln_value ok = member(expect, "ok");

    if (id.tag > KILN_NULL)
        records_put(h, &step, "connectionId", id);
    if (ref.tag > KILN_NULL)
        records_put(h, &step, "connectionRef", ref);
    return function_show(h, step, member(args, "source"), "steps.call.outputs.connection_id",
                         function_ok(h, ok.n ? ok : value_null()));
}

/* ---- what no workflow shows ------------------------------------------------------------------ */

static kiln_value key_of_store(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    (void)args, (void)expect;
    return none(h, "a key of another store");
}

static kiln_value wait_timeout(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    (void)args, (void)expect;
    return none(h, "no step says how long it would have waited");
}

/* ---- all of them ----------------------------------------------------------------------------- */

static const struct function functions[] = {
    { "is_truthy", is_truthy },
    { "values_equal", values_equal },
    { "to_number", to_number },
    { "eval_condition", eval_condition },
    { "eval_condition_expression", eval_condition },
    { "apply_type_hint", apply_type_hint },
    { "apply_input_mapping", apply_input_mapping },
    { "apply_mapping", apply_mapping },
    { "apply_mapping_value", apply_mapping_value },
    { "delay_sleep_key", key_of_store },
    { "agent_cache_key", key_of_store },
    { "breakpoint_key", key_of_store },
    { "split_cache_key", key_of_store },
    { "resolve_connection_id", connection_id },
    { "wait_timeout_ms", wait_timeout },
};

static const struct function *find(const struct function *all, size_t n, const kiln_value *name)
{
    for (size_t i = 0; i < n; i++)
        if (value_is(name, all[i].name))
            return &all[i];
    return NULL;
}

static kiln_value retell(kiln_heap *h, const kiln_value *call)
{
    kiln_value name = member(call, "fn"), args = member(call, "args");
    kiln_value expect = member(call, "expect");
    const struct function *f = find(functions, sizeof functions / sizeof *functions, &name);

    if (!f)
        f = find(function_steps, function_n_steps, &name);
    if (!f)
        f = find(function_loops, function_n_loops, &name);
    return f ? f->make(h, &args, &expect) : none(h, "a function nobody knows");
}

void scenario_functions(struct records *r, const kiln_value *list)
{
    kiln_value made = records_array(r->heap);

    for (unsigned i = 0; i < list->n; i++)
        records_push(r->heap, &made, retell(r->heap, &list->u.items[i]));
    scenario_values(r, &made);
}
