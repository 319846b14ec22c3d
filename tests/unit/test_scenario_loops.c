/* test_scenario_loops.c: While, Split, and errors with their handlers, from text to output. */
#include <string.h>

#include "suites.h"
#include "workflows.h"

/* ---- loops ---- */

/* clang-format off */
static const char turns[] = GRAPH(
    "w",
    "'w':{'stepType':'While','config':{'maxIterations':4},'condition':{'op':'LT','arguments':["
        REF("loop.index") "," REF("data.n") "]},'subgraph':" GRAPH(
            "f",
            FINISH("f",
                   "'i':" REF("variables._index")
                   ",'l':" REF("loop.index")
                   ",'d':" REF("data.n")
                   ",'p':" REF("variables._previousOutputs.i")
                   ",'id':" REF("variables._scope_id")),
            "") "},"
    FINISH("f",
           "'w':" REF("steps.w.outputs")
           ",'t':" REF("steps.w.stepType")),
    EDGE("w", "f"));
/* clang-format on */

START_TEST(while_counts_and_remembers)
{
    workflow_expect(turns, "{'n':2}",
                    "{\"t\":\"While\",\"w\":{\"iterations\":2,\"outputs\":{\"d\":2,\"i\":1,\"id\":"
                    "\"sc_w_1\",\"l\":1,\"p\":0}}}");
    workflow_expect(turns, "{'n':0}",
                    "{\"t\":\"While\",\"w\":{\"iterations\":0,\"outputs\":null}}");
    workflow_expect(
        turns, "{'n':100}",
        "{\"t\":\"While\",\"w\":{\"iterations\":4,\"outputs\":{\"d\":100,\"i\":3,\"id\":"
        "\"sc_w_3\",\"l\":3,\"p\":2}}}");
}
END_TEST

#define SPLIT(rest, body)                                                                          \
    GRAPH("s",                                                                                     \
          "'s':{'stepType':'Split','config':{'value':" REF("data.l") rest                          \
          "},'subgraph':" body                                                                     \
          "}," FINISH("f", "'o':" REF("steps.s.outputs") ",'e':" REF(                              \
                               "steps.s.data.error") ",'h':" REF("steps.s.hasFailures")),          \
          EDGE("s", "f"))

START_TEST(split_goes_through_items_in_order)
{
    workflow_expect(
        SPLIT(",'variables':{'k':" LIT("10") "}",
              GRAPH("f",
                    FINISH("f", "'outputs':{'valueType':'composite','value':[" REF("item") "," REF(
                                    "variables.k") "," REF("iteration.indices") "]}"),
                    "")),
        "{'l':['a','b']}", "{\"e\":null,\"h\":null,\"o\":[[\"a\",10,[0]],[\"b\",10,[1]]]}");
    workflow_expect(SPLIT(",'batchSize':2", GRAPH("f", FINISH("f", "'outputs':" REF("data")), "")),
                    "{'l':[1,2,3]}", "{\"e\":null,\"h\":null,\"o\":[[1,2],[3]]}");
    workflow_expect(SPLIT("", GRAPH("f", FINISH("f", ""), "")), "{'l':null}",
                    "! \"Split step 's' received null value. Set 'allowNull: true' to allow empty "
                    "iterations, or use 'transform/ensure-array' agent.\"");
    workflow_expect(SPLIT(",'allowNull':true", GRAPH("f", FINISH("f", ""), "")), "{}",
                    "{\"e\":null,\"h\":null,\"o\":[]}");
    workflow_expect(
        SPLIT(",'convertSingleValue':true", GRAPH("f", FINISH("f", "'outputs':" REF("item")), "")),
        "{'l':7}", "{\"e\":null,\"h\":null,\"o\":[7]}");
}
END_TEST

START_TEST(split_with_items_that_fail)
{
    const char *body = GRAPH("c",
                             "'c':{'stepType':'Conditional','condition':" REF("item") "}," FINISH(
                                 "f", "'outputs':" REF("item")) ",'e':{'stepType':'Error',"
                                                                "'code':'C','message':'m'}",
                             LABEL("c", "f", "true") "," LABEL("c", "e", "false"));
    struct text t = { 0 };

    text_printf(&t, SPLIT("%s", "%s"), "", body);
    workflow_expect(text_cstr(&t), "{'l':[1,0,2]}",
                    "! \"Split step failed at index 1: {\\\"category\\\":\\\"permanent\\\",\\\"code"
                    "\\\":\\\"C\\\",\\\"context\\\":{},\\\"message\\\":\\\"m\\\",\\\"severity\\\":"
                    "\\\"error\\\",\\\"stepId\\\":\\\"e\\\",\\\"stepName\\\":\\\"Unnamed\\\"}\"");
    text_clear(&t);
    text_printf(&t, SPLIT("%s", "%s"), ",'dontStopOnFailed':true", body);
    workflow_expect(text_cstr(&t), "{'l':[1,0,2]}",
                    "{\"e\":[{\"error\":\"{\\\"category\\\":\\\"permanent\\\",\\\"code\\\":\\\"C"
                    "\\\",\\\"context\\\":{},\\\"message\\\":\\\"m\\\",\\\"severity\\\":\\\"error"
                    "\\\",\\\"stepId\\\":\\\"e\\\",\\\"stepName\\\":\\\"Unnamed\\\"}\",\"index\":1}"
                    "],\"h\":true,\"o\":[1,2]}");
    text_fini(&t);
}
END_TEST

/* ---- errors ---- */

START_TEST(an_operation_that_fails_is_named)
{
    workflow_expect(
        GRAPH("a", CALC("a", "1/0"), ""), "{}",
        "! \"Step a failed: Agent utils::calculate: {\\\"category\\\":\\\"permanent\\\","
        "\\\"code\\\":\\\"CAPABILITY_ERROR\\\",\\\"message\\\":\\\"Division by zero\\\","
        "\\\"severity\\\":\\\"error\\\"}\"");
    /* what fails before the call is not the operation's failure */
    workflow_expect(GRAPH("a", ECHO("a", LIT("1")) "," ECHO("b", REF("data.l.x")), EDGE("a", "b")),
                    "{'l':[]}",
                    "! \"reference 'data.l.x' cannot be resolved: 'data.l' is an array with no "
                    "field 'x' — address array elements by numeric index (e.g. 'data.l.0')\"");
    workflow_expect(
        GRAPH("a",
              "'a':{'stepType':'Agent','agentId':'utils','capabilityId':"
              "'return-input-string','inputMapping':{'value':" REF("data.v") "}}," FINISH(
                  "f", "'c':" REF("steps.__error.code") ",'r':" REF(
                           "steps.error.missingInputs[0].reason")),
              LABEL("a", "f", "onError")),
        "{}", "{\"c\":\"STEP_REQUIRED_INPUT_NULL\",\"r\":\"was null\"}");
}
END_TEST

START_TEST(handlers)
{
    const char *steps = CALC("a", "1/0") ",'l':{'stepType':'Log','message':'caught'}," FINISH(
        "ok", "") "," FINISH("f", "'c':" REF("__error.code") ",'s':" REF("steps.__error.stepId"));
    struct text t = { 0 };

    text_printf(&t, GRAPH("a", "%s", EDGE("a", "ok") "," LABEL("a", "f", "onError")), steps);
    workflow_expect(text_cstr(&t), "{}", "{\"c\":\"CAPABILITY_ERROR\",\"s\":\"a\"}");
    text_clear(&t);
    /* a handler that does not end the workflow raises the error again */
    text_printf(&t, GRAPH("a", "%s", EDGE("a", "ok") "," LABEL("a", "l", "onError")), steps);
    workflow_expect(
        text_cstr(&t), "{}",
        "! \"Step a failed: Agent utils::calculate: {\\\"category\\\":\\\"permanent\\\","
        "\\\"code\\\":\\\"CAPABILITY_ERROR\\\",\\\"message\\\":\\\"Division by zero\\\","
        "\\\"severity\\\":\\\"error\\\"}\"");
    text_clear(&t);
    /* so does one whose condition does not hold */
    text_printf(&t,
                GRAPH("a", "%s",
                      EDGE("a", "ok") ",{'fromStep':'a','toStep':'f','label':'onError','condition':"
                                      "{'op':'EQ','arguments':[" REF("__error.category") "," LIT(
                                          "'%s'") "]}}"),
                steps, "permanent");
    workflow_expect(text_cstr(&t), "{}", "{\"c\":\"CAPABILITY_ERROR\",\"s\":\"a\"}");
    text_clear(&t);
    text_printf(
        &t,
        GRAPH("a", "%s",
              "{'fromStep':'a','toStep':'f','label':'onError','condition':{'op':'OR'}}," EDGE(
                  "a", "ok")),
        steps);
    workflow_expect(
        text_cstr(&t), "{}",
        "! \"Step a failed: Agent utils::calculate: {\\\"category\\\":\\\"permanent\\\","
        "\\\"code\\\":\\\"CAPABILITY_ERROR\\\",\\\"message\\\":\\\"Division by zero\\\","
        "\\\"severity\\\":\\\"error\\\"}\"");
    text_fini(&t);
}
END_TEST

START_TEST(a_failed_loop_is_handled_by_its_step)
{
    workflow_expect(
        GRAPH("w",
              "'w':{'stepType':'While','condition':{'op':'AND'},'subgraph':" GRAPH(
                  "e", "'e':{'stepType':'Error','code':'C','message':'m'}",
                  "") "}," FINISH("ok", "") "," FINISH("f", "'c':" REF("steps.__error.code")),
              EDGE("w", "ok") "," LABEL("w", "f", "onError")),
        "{}", "{\"c\":\"C\"}");
}
END_TEST

Suite *suite_scenario_loops(void);

Suite *suite_scenario_loops(void)
{
    Suite *s = suite_create("scenario_loops");
    TCase *c = tcase_create("loops");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, while_counts_and_remembers);
    tcase_add_test(c, split_goes_through_items_in_order);
    tcase_add_test(c, split_with_items_that_fail);
    tcase_add_test(c, an_operation_that_fails_is_named);
    tcase_add_test(c, handlers);
    tcase_add_test(c, a_failed_loop_is_handled_by_its_step);
    suite_add_tcase(s, c);
    return s;
}
