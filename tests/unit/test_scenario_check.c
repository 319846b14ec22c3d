/* test_scenario_check.c: complaints about the meaning of a workflow, a code at a time. */
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "workflows.h"

#define NOTE "{'stepType':'Log','message':'m'}"
#define END "{'stepType':'Finish'}"

static void expect_graph(const char *steps, const char *edges, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t, "{'entryPoint':'a','steps':{%s},'executionPlan':[%s]}", steps, edges);
    workflow_expect_codes(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(shape_of_the_graph)
{
    expect_graph("", "", "E004");
    expect_graph("'b':" END, "", "E001");
    expect_graph("'a':" END ",'b':" END, "", "E003");
    expect_graph("'a':" NOTE ",'b':" NOTE, "", "E002 W003 W003");
    expect_graph("'a':" NOTE, "", "W003");
    expect_graph("'a':" NOTE ",'f':" END, EDGE("a", "f") "," EDGE("a", "x"), "E014");
    expect_graph("'a':" NOTE ",'b':" NOTE ",'f':" END,
                 EDGE("a", "b") "," EDGE("b", "a") "," EDGE("b", "f"), "E204");
    expect_graph("'a':{'stepType':'Log','message':'m','name':'n'},'f':{'stepType':'Finish','name':"
                 "'n'}",
                 EDGE("a", "f"), "E060");
}
END_TEST

START_TEST(edges_must_be_clear)
{
    const char *two = "'a':" NOTE ",'b':" END ",'c':" END;

    expect_graph(two, EDGE("a", "b") "," EDGE("a", "c"), "E073");
    expect_graph("'a':" NOTE ",'b':" NOTE ",'c':" NOTE ",'f':" END,
                 EDGE("a", "b") "," EDGE("a", "c") "," EDGE("b", "f") "," EDGE("c", "f"), "");
    expect_graph(two, EDGE("a", "b") ",{'fromStep':'a','toStep':'c','label':'x'}", "W201 W212");
    expect_graph(two,
                 "{'fromStep':'a','toStep':'b','condition':{'op':'AND'}},{'fromStep':'a','toStep':"
                 "'c','condition':{'op':'AND'}}",
                 "E070");
    expect_graph("'a':{'stepType':'Conditional','condition':{'op':'AND'}},'b':" END, EDGE("a", "b"),
                 "E072");
    expect_graph("'a':{'stepType':'Conditional','condition':{'op':'AND'}},'b':" END ",'c':" END,
                 "{'fromStep':'a','toStep':'b','label':'true'},{'fromStep':'a','toStep':'c',"
                 "'label':'true'}",
                 "E071");
    expect_graph("'a':{'stepType':'Conditional','condition':{'op':'MATCH'}},'b':" END,
                 "{'fromStep':'a','toStep':'b','label':'true'}", "E027");
}
END_TEST

/* A Log whose context holds one reference, in a workflow with a schema and a variable. */
static void expect_reference(const char *path, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "{'entryPoint':'a','inputSchema':{'name':{'type':'string'},'tags':{'type':'array'},"
                "'who':{'type':'object','properties':{'id':{'type':'integer'}}}},'variables':"
                "{'v':{'type':'object','value':{'k':[1,2]}}},'steps':{'a':" NOTE
                ",'b':{'stepType':'Log','message':'m','context':{'x':{'valueType':'reference',"
                "'value':'%s'}}},'f':" END
                "},'executionPlan':[" EDGE("a", "b") "," EDGE("b", "f") "]}",
                path);
    workflow_expect_codes(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(references)
{
    expect_reference("data.name", "");
    expect_reference("data.nmae", "E051");
    expect_reference("data.name.first", "E059");
    expect_reference("data.who.id", "");
    expect_reference("data.who.di", "E058");
    expect_reference("data.tags[0]", "");
    expect_reference("data.tags[0].x", "W051");
    expect_reference("data.tags.first", "E059");
    expect_reference("workflow.inputs.data.nmae", "E051");
    expect_reference("workflow.data", "E011");
    expect_reference("variables.v.k[1]", "");
    expect_reference("variables.v.k[2]", "E058");
    expect_reference("variables.v.k[-2]", "");
    expect_reference("variables.v.k[0].x", "E059");
    expect_reference("variables.w", "E013 E053");
    expect_reference("steps.a.outputs.level", "");
    expect_reference("steps.b.outputs", "W050");
    expect_reference("steps.f.outputs", "E012");
    expect_reference("steps.x.outputs", "E010");
    expect_reference("steps.__error.code", "");
    expect_reference("__error.code", "W053");
    expect_reference("data..name", "E011");
    expect_reference("dat.name", "E126");
    expect_reference("loop.index", "E127");
    expect_reference("iteration.index", "E127");
    expect_reference("item", "E127");
}
END_TEST

static void expect_agent(const char *rest, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t, "'a':{'stepType':'Agent',%s},'f':" END, rest);
    expect_graph(text_cstr(&t), EDGE("a", "f"), codes);
    text_fini(&t);
}

START_TEST(operations_and_their_inputs)
{
    expect_agent("'agentId':'UTILS','capabilityId':'do-nothing'", "");
    expect_agent("'agentId':'util','capabilityId':'do-nothing'", "E020");
    expect_agent("'agentId':'utils','capabilityId':'do-noting'", "E021");
    expect_agent("'agentId':'http','capabilityId':'http-request'", "E020");
    expect_agent("'agentId':'csv','capabilityId':'from-csw'", "E021");
    expect_agent("'agentId':'utils','capabilityId':'return-input'", "E022");
    expect_agent("'agentId':'utils','capabilityId':'do-nothing','inputMapping':{'x':{'valueType':"
                 "'immediate'}}",
                 "W020");
    expect_agent("'agentId':'utils','capabilityId':'delay-in-ms','inputMapping':{'delay_value':"
                 "{'valueType':'immediate','value':'1'}}",
                 "E023");
    expect_agent("'agentId':'utils','capabilityId':'do-nothing','maxRetries':0", "");
    expect_agent("'agentId':'utils','capabilityId':'do-nothing','maxRetries':2", "");
    expect_agent("'agentId':'utils','capabilityId':'do-nothing','maxRetries':60,'retryDelay':"
                 "4000000,'timeout':4000000",
                 "W030 W031 W034 W071");
}
END_TEST

static void expect_body(const char *type, const char *config, const char *path, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "'a':{'stepType':'%s',%s'config':{%s},'subgraph':"
                "{'entryPoint':'g','steps':{'g':{'stepType':'Finish','inputMapping':{'x':"
                "{'valueType':'reference','value':'%s'}}}}}},'f':" END,
                type, strcmp(type, "While") ? "" : "'condition':{'op':'OR'},", config, path);
    expect_graph(text_cstr(&t), EDGE("a", "f"), codes);
    text_fini(&t);
}

START_TEST(bodies_of_loops)
{
    const char *items = "'value':{'valueType':'immediate','value':[]}";

    expect_body("While", "", "loop.index", "");
    expect_body("While", "", "item", "E127");
    expect_body("While", "", "variables._previousOutputs", "");
    expect_body("While", "", "data.x", "W080");
    expect_body("While", "'maxIterations':20000", "iteration.indices", "W033");
    expect_body("While", "'timeout':5", "iteration.nope", "E011");
    expect_body("While", "'timeout':5", "loop.index", "");
    expect_body("While", "'variables':{'v':{'valueType':'immediate'}}", "variables.v", "");
    expect_body("Split", items, "variables.w", "E013 E053");
    expect_body("Split", items, "item.x", "");
    expect_body("Split", items, "loop.index", "E127");
    expect_body("Split", "'value':{'valueType':'immediate','value':[]},'parallelism':4", "item",
                "W073");
}
END_TEST

START_TEST(operations_take_some_words_only)
{
    const char *filter = "'agentId':'transform','capabilityId':'filter','inputMapping':{'value':"
                         "{'valueType':'immediate','value':[]},'property_path':{'valueType':"
                         "'immediate','value':'x'},'match_values':{'valueType':'immediate','value':"
                         "[1]},'match_condition':{'valueType':'immediate','value':'%s'}}";
    struct text t = { 0 };

    text_printf(&t, filter, "INCLUDES");
    expect_agent(text_cstr(&t), "");
    text_clear(&t);
    text_printf(&t, filter, "INCLUDE");
    expect_agent(text_cstr(&t), "E024");
    text_fini(&t);
}
END_TEST

/* What is not there fails when it is reached, as any step does. */
START_TEST(legacy_runs_up_to_what_is_not_there)
{
    const char *text =
        "{'entryPoint':'a','steps':{'a':{'stepType':'%s','agentId':'http','capabilityId':'get',"
        "'connectionId':'c'},'b':{'stepType':'Finish','inputMapping':{'x':" REF(
            "steps.__error.code") "}},'f':" END
                                  "},'executionPlan':[" EDGE("a", "f") "," LABEL("a", "b",
                                                                                 "onError") "]}";
    static const char *const cases[][3] = {
        { "Agent", "E020", "{\"x\":\"CAPABILITY_NOT_FOUND\"}" },
        { "AiAgent", "W200 W200 K100", "{\"x\":\"AI_AGENT_NOT_SUPPORTED\"}" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };
        struct workflow w;

        text_printf(&t, text, cases[i][0]);
        workflow_compile(&w, text_cstr(&t), STAGE_C, 1);
        ck_assert_str_eq(text_cstr(&w.codes), cases[i][1]);
        ck_assert_str_eq(workflow_run(&w, "{}"), cases[i][2]);
        workflow_fini(&w);
        text_fini(&t);
    }
}
END_TEST

/* A handler that leads back is cut there: the error is raised again. */
START_TEST(legacy_cuts_ways_back)
{
    const char *text = GRAPH("a", CALC("a", "1 +") ",'h':" NOTE "," FINISH("f", ""),
                             EDGE("a", "f") "," LABEL("a", "h", "onError") "," EDGE("h", "a"));
    struct workflow w;

    workflow_expect_codes(text, "K100");
    workflow_compile(&w, text, STAGE_C, 1);
    ck_assert_str_eq(text_cstr(&w.codes), "K100");
    ck_assert_ptr_nonnull(strstr(workflow_run(&w, "{}"), "! "));
    workflow_fini(&w);
}
END_TEST

START_TEST(legacy_turns_doubts_into_warnings)
{
    const char *text = "{'entryPoint':'f','steps':{'f':{'stepType':'Finish','inputMapping':{'x':"
                       "{'valueType':'reference','value':'data.x'}}}}}";
    struct workflow w;

    workflow_expect_codes(text, "E052");
    workflow_compile(&w, text, STAGE_C, 1);
    ck_assert_str_eq(text_cstr(&w.codes), "E052");
    ck_assert_uint_eq(w.compilation.diags.errors, 0);
    ck_assert_str_eq(workflow_run(&w, "{'x':1}"), "{\"x\":1}");
    workflow_fini(&w);
}
END_TEST

START_TEST(ten_thousand_steps_take_no_time)
{
    struct text t = { 0 };
    struct workflow w;

    text_puts(&t, "{'entryPoint':'s0','steps':{");
    for (int i = 0; i < 10000; i++)
        text_printf(&t,
                    "'s%d':{'stepType':'Log','message':'m','context':{'x':{'valueType':'reference',"
                    "'value':'steps.s%d.outputs'}}},",
                    i, i / 2);
    text_puts(&t, "'f':" END "},'executionPlan':[");
    for (int i = 0; i < 9999; i++)
        text_printf(&t, "{'fromStep':'s%d','toStep':'s%d'},", i, i + 1);
    text_puts(&t, EDGE("s9999", "f") "]}");
    workflow_compile(&w, text_cstr(&t), STAGE_PLAN, 0);
    ck_assert_str_eq(text_cstr(&w.codes), "W050");
    workflow_fini(&w);
    text_fini(&t);
}
END_TEST

Suite *suite_scenario_check(void);

Suite *suite_scenario_check(void)
{
    Suite *s = suite_create("scenario_check");
    TCase *c = tcase_create("check");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, shape_of_the_graph);
    tcase_add_test(c, edges_must_be_clear);
    tcase_add_test(c, references);
    tcase_add_test(c, operations_and_their_inputs);
    tcase_add_test(c, bodies_of_loops);
    tcase_add_test(c, operations_take_some_words_only);
    tcase_add_test(c, legacy_runs_up_to_what_is_not_there);
    tcase_add_test(c, legacy_cuts_ways_back);
    tcase_add_test(c, legacy_turns_doubts_into_warnings);
    tcase_add_test(c, ten_thousand_steps_take_no_time);
    suite_add_tcase(s, c);
    return s;
}
