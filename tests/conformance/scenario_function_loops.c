/* scenario_function_loops.c: functions that are the inside of Split and While, shown by what the
 * whole loop gives. */
#include <string.h>

#include "scenario_functions.h"

/* A graph of an end alone, with these outputs. */
static kiln_value make_body(kiln_heap *h, kiln_value outputs)
{
    struct chain ch;

    chain_init(&ch, h);
    ch.outputs = records_object(h, "outputs", outputs, NULL);
    return chain_finish(&ch);
}

/* A Split that gives its items back. */
static kiln_value make_split(kiln_heap *h, kiln_value config)
{
    return records_object(h, "stepType", value_static("Split"), "id", value_static("split"),
                          "config", config, "subgraph", make_body(h, make_reference(h, "data")),
                          NULL);
}

static kiln_value split_items(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    return function_show(h, make_split(h, value_member(args, "config")),
                         value_member(args, "source"), "steps.split.outputs", *expect);
}

/* One item held against a schema on its way in or out. The recorded error begins with the context
 * it was told, which says another iteration. */
static kiln_value validate_split_schema(kiln_heap *h, const kiln_value *args,
                                        const kiln_value *expect)
{
    kiln_value context = value_member(args, "ctx"), error = value_member(expect, "error");
    kiln_value items = records_array(h), config, step, end;
    int is_input = context.n > 5 && !memcmp(context.u.s + context.n - 5, "input", 5);

    records_push(h, &items, value_member(args, "value"));
    config = records_object(h, "value", make_immediate(h, items), NULL);
    step = make_split(h, config);
    records_put(h, &step, is_input ? "inputSchema" : "outputSchema", value_member(args, "schema"));
    if (error.tag == KILN_STRING && error.n > context.n + 2)
        error = records_text(h, "%.*s", (int)(error.n - context.n - 2), error.u.s + context.n + 2);
    end =
        error.tag == KILN_ABSENT ? function_ok(h, items) : records_object(h, "error", error, NULL);
    return function_show(h, step, records_object(h, NULL), "steps.split.outputs", end);
}

static kiln_value make_while(kiln_heap *h, kiln_value condition, kiln_value config, kiln_value body)
{
    return records_object(h, "stepType", value_static("While"), "id", value_static("w"),
                          "condition", condition, "config", config, "subgraph", body, NULL);
}

/* The turns of a While whose condition always holds. */
static kiln_value while_max_iterations(kiln_heap *h, const kiln_value *args,
                                       const kiln_value *expect)
{
    kiln_value always = make_immediate(h, value_bool(1)), nothing = make_immediate(h, value_null());

    return function_show(h,
                         make_while(h, always, value_member(args, "config"), make_body(h, nothing)),
                         records_object(h, NULL), "steps.w.outputs.iterations", *expect);
}

/* A condition after `i` turns: a While turns i times for certain, and once more if it holds. */
static kiln_value while_condition(kiln_heap *h, const kiln_value *args, const kiln_value *expect)
{
    kiln_value source = value_member(args, "source"), loop = value_member(&source, "loop");
    kiln_value turn = value_member(&loop, "index"), holds = value_member(expect, "ok");
    kiln_value index = make_reference(h, "loop.index"), i = make_immediate(h, turn);
    kiln_value body = make_body(h, make_immediate(h, value_member(&loop, "outputs")));
    kiln_value asked =
        function_test(h, "OR", function_test(h, "LT", index, i), value_member(args, "condition"));
    kiln_value condition = function_test(h, "AND", function_test(h, "LTE", index, i), asked);

    return function_show(
        h, make_while(h, condition, records_object(h, NULL), body), source,
        "steps.w.outputs.iterations",
        function_ok(h, value_int(turn.u.i + (holds.tag == KILN_BOOL && holds.u.i))));
}

const struct function function_loops[] = {
    { "split_items", split_items },
    { "validate_split_schema", validate_split_schema },
    { "while_max_iterations", while_max_iterations },
    { "while_condition", while_condition },
};
const size_t function_n_loops = sizeof function_loops / sizeof *function_loops;
