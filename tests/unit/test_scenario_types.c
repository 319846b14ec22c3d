/* test_scenario_types.c: what types say about a workflow (scenario 2.7): each kind of source of a
 * type with a path that is in it and one that is not; each operator with values it can and cannot
 * hold for. */
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "workflows.h"

#define SCHEMA                                                                                     \
    "'inputSchema':{'name':{'type':'string'},'n':{'type':'integer'},'on':{'type':'boolean'},"      \
    "'tags':{'type':'array','items':{'type':'string'}},'level':{'type':'string','enum':['low',"    \
    "'high']},'orders':{'type':'array','items':{'type':'object','properties':{'price':{'type':"    \
    "'number'}}}},'who':{'type':'object'}}"

/* A workflow of steps in a row that ends with a Log of one reference. */
static void expect_path(const char *steps, const char *edges, const char *last, const char *path,
                        const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "{" SCHEMA ",'entryPoint':'a','steps':{%s,'log':{'stepType':'Log','message':'m',"
                "'context':{'x':{'valueType':'reference','value':'%s'}}},'f':{'stepType':'Finish'}}"
                ",'executionPlan':[%s{'fromStep':'%s','toStep':'log'}," EDGE("log", "f") "]}",
                steps, path, edges, last);
    workflow_expect_codes(text_cstr(&t), codes);
    text_fini(&t);
}

static void expect_step(const char *step, const char *path, const char *codes)
{
    expect_path(step, "", "a", path, codes);
}

START_TEST(outputs_of_steps)
{
    const char *log = "'a':{'stepType':'Log','message':'m'}";
    const char *filter = "'a':{'stepType':'Filter','config':{'value':" REF(
        "data.orders") ",'condition':{'op':'AND'}}}";
    const char *groups =
        "'a':{'stepType':'GroupBy','config':{'value':" REF("data.orders") ",'key':'price'}}";

    expect_step(log, "steps.a.outputs.level", "");
    expect_step(log, "steps.a.outputs.levle", "W210");
    expect_step(log, "steps.a.output", "W210");
    expect_step(log, "steps.a.stepName", "");
    expect_step(log, "steps.a.outputs.level.x", "W210");
    expect_step(filter, "steps.a.outputs.items[0].price", "");
    expect_step(filter, "steps.a.outputs.items[0].prise", "W210");
    expect_step(filter, "steps.a.outputs.items.price", "W210");
    expect_step(filter, "steps.a.outputs.itms", "E058");
    expect_step(groups, "steps.a.outputs.groups.any.thing", "");
}
END_TEST

START_TEST(outputs_of_steps_that_wait)
{
    const char *delay = "'a':{'stepType':'Delay','durationMs':" LIT("1") "}";
    const char *any = "'a':{'stepType':'WaitForSignal'}";
    const char *wait = "'a':{'stepType':'WaitForSignal','responseSchema':{'approved':{'type':"
                       "'boolean'},'why':{'type':'string'}}}";

    expect_step(delay, "steps.a.duration_ms", "");
    expect_step(delay, "steps.a.outputs", "W210");
    expect_step(any, "steps.a.outputs.what.ever", "");
    expect_step(any, "steps.a.signal_id", "");
    expect_step(any, "steps.a.signal", "W210");
    expect_step(wait, "steps.a.outputs.approved", "");
    expect_step(wait, "steps.a.outputs.aproved", "W210");
    expect_step(wait, "steps.a.outputs.why.not", "W210");
}
END_TEST

/* The step itself is K100. */
START_TEST(outputs_of_an_ai_agent)
{
#define AI(config) "'a':{'stepType':'AiAgent','connectionId':'c','config':{" config "}}"
    expect_step(AI(""), "steps.a.outputs.response", "K100");
    expect_step(AI(""), "steps.a.outputs.respons", "W210 K100");
    expect_step(AI(""), "steps.a.outputs.response.x", "W210 K100");
    expect_step(AI("'outputSchema':{'x':{'type':'string'}}"), "steps.a.outputs.response.x", "K100");
    expect_step(AI("'outputSchema':{'x':{'type':'string'}}"), "steps.a.outputs.response.y",
                "W210 K100");
}
END_TEST

START_TEST(outputs_of_operations)
{
    const char *calculate = CALC("a", "1 + 1");
    const char *echo = ECHO("a", REF("data.who"));
    const char *hash = "'a':{'stepType':'Agent','agentId':'crypto','capabilityId':'hash',"
                       "'inputMapping':{'data':" LIT("'x'") "}}";

    expect_step(calculate, "steps.a.outputs", "");
    expect_step(echo, "steps.a.outputs.any.thing", "");
    expect_step(hash, "steps.a.outputs.hash", "");
    expect_step(hash, "steps.a.outputs.hsh", "W210");
}
END_TEST

START_TEST(outputs_of_a_switch_are_those_of_its_cases)
{
    const char *s = "'a':{'stepType':'Switch','config':{'value':" REF(
        "data.level") ",'cases':[{'match':'low','output':{'rate':1}},{'match':'high','output':"
                      "{'rate':2,'extra':{'valueType':'reference','value':'data.who'}}}]}}";

    expect_step(s, "steps.a.outputs.rate", "");
    expect_step(s, "steps.a.outputs.extra.any", "");
    expect_step(s, "steps.a.outputs.rates", "W210");
    expect_step(s, "steps.a.route", "W210");
}
END_TEST

#define BODY(mapping) GRAPH("e", FINISH("e", mapping), "")

START_TEST(bodies)
{
    const char *split =
        "'a':{'stepType':'Split','config':{'value':" REF("data.orders") ",'variables':{'v':" LIT(
            "{'k':1}") "}},'subgraph':" BODY("'sum':" REF("item.price")) "}";
    const char *loop = "'a':{'stepType':'While','condition':{'op':'LT','arguments':[" REF(
        "loop.index") "," LIT("2") "]},'subgraph':" BODY("'last':" REF("loop.outputs.last")) "}";

    expect_step(split, "steps.a.outputs[0].sum", "");
    expect_step(split, "steps.a.outputs[0].smu", "W210");
    expect_step(split, "steps.a.stats", "W210");
    expect_step(loop, "steps.a.outputs.outputs.last", "");
    expect_step(loop, "steps.a.outputs.outputs.lst", "W210");
}
END_TEST

/* A reference in the body of a loop over orders. */
static void expect_inside(const char *type, const char *path, const char *codes)
{
    struct text t = { 0 };

    text_printf(
        &t,
        "'a':{'stepType':'%s',%s'config':{%s'variables':{'v':" LIT(
            "{'k':1}") "}},'subgraph':{'entryPoint':'e','steps':{'e':{'stepType':'Finish',"
                       "'inputMapping':{'x':{'valueType':'reference','value':'%s'},'y':" LIT(
                           "1") "}}},'executionPlan':[]}}",
        type, *type == 'W' ? "'condition':{'op':'AND'}," : "",
        *type == 'W' ? "" : "'value':" REF("data.orders") ",", path);
    expect_step(text_cstr(&t), "steps.a.outputs", codes);
    text_fini(&t);
}

START_TEST(inside_a_body)
{
    expect_inside("Split", "item.price", "");
    expect_inside("Split", "item.prise", "W210");
    expect_inside("Split", "data.prise", "W080 W210");
    expect_inside("Split", "variables._item.prise", "W210");
    expect_inside("Split", "variables.v.k", "");
    expect_inside("Split", "variables.v.l", "W210");
    expect_inside("Split", "variables._index.x", "W210");
    expect_inside("While", "loop.outputs.y", "");
    expect_inside("While", "loop.outputs.z", "W210");
    expect_inside("While", "loop.indx", "W210");
    expect_inside("While", "variables._previousOutputs.y", "");
    expect_inside("While", "variables._previousOutputs.z", "W210");
    expect_inside("While", "variables._loop.outputs.z", "W210");
}
END_TEST

START_TEST(children)
{
    static const struct offered offered[] = {
        { "child", 0, GRAPH("f", FINISH("f", "'o':" LIT("{'k':1}")), "") }, { 0 }
    };

    workflow_expect_offered_codes(offered,
                                  GRAPH("a",
                                        EMBED("a", "child", "'latest'", "") "," FINISH(
                                            "f", "'x':" REF("steps.a.outputs.o.k")),
                                        EDGE("a", "f")),
                                  "");
    workflow_expect_offered_codes(offered,
                                  GRAPH("a",
                                        EMBED("a", "child", "'latest'", "") "," FINISH(
                                            "f", "'x':" REF("steps.a.outputs.o.l")),
                                        EDGE("a", "f")),
                                  "W210");
    workflow_expect_offered_codes(offered,
                                  GRAPH("a",
                                        EMBED("a", "child", "'latest'", "") "," FINISH(
                                            "f", "'x':" REF("steps.a.childWorkflowId")),
                                        EDGE("a", "f")),
                                  "");
}
END_TEST

/* ---- comparisons --------------------------------------------------------------------------------
 */

static void expect_condition(const char *op, const char *arguments, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "{" SCHEMA ",'entryPoint':'a','steps':{'a':{'stepType':'Conditional','condition':"
                "{'op':'%s','arguments':[%s]}},'f':{'stepType':'Finish'}},'executionPlan':[" LABEL(
                    "a", "f", "true") "," LABEL("a", "f", "false") "]}",
                op, arguments);
    workflow_expect_codes(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(comparisons)
{
    expect_condition("EQ", REF("data.n") "," LIT("'5'"), "");
    expect_condition("EQ", REF("data.n") "," LIT("'five'"), "W211");
    expect_condition("EQ", REF("data.on") "," LIT("'true'"), "W211");
    expect_condition("NE", REF("data.on") "," LIT("1"), "W211");
    expect_condition("EQ", REF("data.on") "," LIT("null"), "");
    expect_condition("EQ", REF("data.level") "," LIT("'low'"), "");
    expect_condition("EQ", REF("data.level") "," LIT("'middle'"), "W211");
    expect_condition("EQ", REF("data.who") "," LIT("'x'"), "W211");
    expect_condition("GT", REF("data.name") "," LIT("1"), "");
    expect_condition("GT", REF("data.name") "," LIT("'2024-01-01'"), "W211");
    expect_condition("GT", REF("data.tags") "," LIT("1"), "W211");
    expect_condition("LTE", REF("data.level") "," LIT("1"), "W211");
    expect_condition("STARTS_WITH", REF("data.name") "," LIT("'x'"), "");
    expect_condition("STARTS_WITH", REF("data.n") "," LIT("'x'"), "W211");
    expect_condition("CONTAINS", REF("data.tags") "," LIT("'x'"), "");
    expect_condition("CONTAINS", REF("data.tags") "," LIT("true"), "W211");
    expect_condition("CONTAINS", REF("data.name") "," LIT("'x'"), "W211");
    expect_condition("IN", REF("data.level") "," LIT("['low','x']"), "");
    expect_condition("IN", REF("data.level") "," LIT("['x','y']"), "W211");
    expect_condition("IN", REF("data.n") "," LIT("[1,2]"), "");
    expect_condition("IN", REF("data.on") "," LIT("['true']"), "W211");
    expect_condition("NOT_IN", REF("data.name") "," LIT("'x'"), "W211");
    expect_condition("EQ", LIT("1") "," LIT("'x'"), "");
    expect_condition("GT", "{'op':'LENGTH','arguments':[" REF("data.tags") "]}," LIT("0"), "");
    expect_condition("EQ", "{'op':'LENGTH','arguments':[" REF("data.tags") "]}," LIT("true"),
                     "W211");
}
END_TEST

START_TEST(cases_that_never_match)
{
    struct text t = { 0 };

    text_puts(&t, "{" SCHEMA
                  ",'entryPoint':'a','steps':{'a':{'stepType':'Switch','config':{'value':" REF(
                      "data.level") ",'cases':[{'match':'low','output':1},{'match':'hgih','output':"
                                    "2},{'matchType':'IS_DEFINED','output':3}]}},'f':{'stepType':'"
                                    "Finish'}},'executionPlan':[" EDGE("a", "f") "]}");
    workflow_expect_codes(text_cstr(&t), "W211");
    text_fini(&t);
}
END_TEST

START_TEST(steps_that_never_run)
{
#define OPERATION(op, arguments) "{'op':'" op "','arguments':[" arguments "]}"
    const char *condition =
        OPERATION("OR", OPERATION("EQ", REF("data.on") "," LIT("'yes'")) "," OPERATION(
                            "NOT", OPERATION("NE", REF("data.who") "," LIT("1"))));
    const char *edges =
        LABEL("a", "b", "true") "," EDGE("b", "c") "," EDGE("c", "f") "," LABEL("a", "f", "false");
    struct text t = { 0 };

    text_printf(&t,
                "{" SCHEMA
                ",'entryPoint':'a','steps':{'a':{'stepType':'Conditional','condition':%s}"
                ",'b':{'stepType':'Log','message':'m'},'c':{'stepType':'Log','message':'m'},"
                "'f':{'stepType':'Finish'}},'executionPlan':[%s]}",
                condition, edges);
    workflow_expect_codes(text_cstr(&t), "W211 W211 W212");
    text_fini(&t);
}
END_TEST

/* ---- hostile
 * ------------------------------------------------------------------------------------- */

#define TO_ME "{'valueType':'reference','value':'steps.s%d.outputs'}"

/* Values that double at each step: types must not. */
START_TEST(types_do_not_grow_without_end)
{
    struct workflow w = { 0 };
    struct text t = { 0 };

    text_puts(&t, "{'entryPoint':'s0','steps':{'s0':{'stepType':'Log','message':'m'}");
    for (int i = 1; i < 300; i++)
        text_printf(&t,
                    ",'s%d':{'stepType':'Switch','config':{'value':" LIT(
                        "1") ",'cases':[{'match':1,"
                             "'output':{'l%d':" TO_ME ",'r':" TO_ME "}}],'default':{'m%d':" TO_ME
                             ",'q':" TO_ME "}}}",
                    i, i, i - 1, i - 1, i, i - 1, i - 1);
    text_puts(&t, "},'executionPlan':[{'fromStep':'s0','toStep':'s1'}");
    for (int i = 1; i < 299; i++)
        text_printf(&t, ",{'fromStep':'s%d','toStep':'s%d'}", i, i + 1);
    text_puts(&t, "]}");
    workflow_compile(&w, text_cstr(&t), STAGE_CHECK, 1);
    ck_assert_uint_eq(w.compilation.diags.errors, 0);
    workflow_fini(&w);
    text_fini(&t);
}
END_TEST

/* Forty thousand wrong references into forty thousand fields: no hint for each. */
START_TEST(many_slips_cost_no_more_each)
{
    struct workflow w = { 0 };
    struct text t = { 0 };
    const int n = 40000;

    text_puts(&t, "{'entryPoint':'a','inputSchema':{'f':{'type':'any'}");
    for (int i = 0; i < n; i++)
        text_printf(&t, ",'f%d':{}", i);
    text_puts(&t, "},'steps':{'a':{'stepType':'Finish','inputMapping':{'m':" LIT("1"));
    for (int i = 0; i < n; i++)
        text_printf(&t, ",'m%d':{'valueType':'reference','value':'data.x%d'}", i, i);
    text_puts(&t, "}}},'executionPlan':[]}");
    workflow_compile(&w, text_cstr(&t), STAGE_CHECK, 1);
    ck_assert_uint_eq(w.compilation.diags.n, (size_t)n);
    workflow_fini(&w);
    text_fini(&t);
}
END_TEST

Suite *suite_scenario_types(void);

Suite *suite_scenario_types(void)
{
    Suite *s = suite_create("scenario_types");
    TCase *t = tcase_create("scenario_types");

    tcase_add_test(t, outputs_of_steps);
    tcase_add_test(t, outputs_of_steps_that_wait);
    tcase_add_test(t, outputs_of_an_ai_agent);
    tcase_add_test(t, outputs_of_operations);
    tcase_add_test(t, outputs_of_a_switch_are_those_of_its_cases);
    tcase_add_test(t, bodies);
    tcase_add_test(t, inside_a_body);
    tcase_add_test(t, children);
    tcase_add_test(t, comparisons);
    tcase_add_test(t, cases_that_never_match);
    tcase_add_test(t, steps_that_never_run);
    tcase_add_test(t, types_do_not_grow_without_end);
    tcase_add_test(t, many_slips_cost_no_more_each);
    suite_add_tcase(s, t);
    return s;
}
