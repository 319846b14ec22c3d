/* test_scenario_run.c: small workflows from text to output: input, references, branches, joins. */
#include <string.h>

#include "suites.h"
#include "workflows.h"

/* ---- input, references, mappings ---- */

static void expect_mapping(const char *mapping, const char *input, const char *output)
{
    struct text t = { 0 };

    text_printf(&t,
                "{'entryPoint':'f','variables':{'v':{'value':'declared'},'w':{'value':2}},'steps':"
                "{'f':{'stepType':'Finish','inputMapping':{%s}}}}",
                mapping);
    workflow_expect(text_cstr(&t), input, output);
    text_fini(&t);
}

/* What the run gives every workflow. */
#define WHO "\"_instance_id\":\"run\",\"_tenant_id\":\"unknown\",\"_workflow_id\":\"workflow::run\""

START_TEST(the_input_and_its_envelope)
{
    expect_mapping("'x':" REF("data"), "{'a':1}", "{\"x\":{\"a\":1}}");
    expect_mapping("'x':" REF("data"), "{'data':{'a':1},'variables':{}}", "{\"x\":{\"a\":1}}");
    expect_mapping("'x':" REF("data"), "{'data':null}", "{\"x\":null}");
    expect_mapping("'x':" REF("data.a"), "[1]",
                   "! \"reference 'data.a' cannot be resolved: 'data' is an array with no field "
                   "'a' — address array elements by numeric index (e.g. 'data.0')\"");
    expect_mapping("'x':" REF("variables.v") ",'y':" REF("variables.w"),
                   "{'data':{},'variables':{'v':'given'}}", "{\"x\":\"given\",\"y\":2}");
    expect_mapping("'x':" REF("variables"), "{'variables':{'_index':1,'z':3}}",
                   "{\"x\":{" WHO ",\"v\":\"declared\",\"w\":2,\"z\":3}}");
    expect_mapping("'x':" REF("workflow.inputs.data.a") ",'y':" REF("scenario.inputs.variables.w"),
                   "{'a':5}", "{\"x\":5,\"y\":2}");
    expect_mapping("'x':" REF("workflow"), "{'data':1,'variables':{'v':0}}",
                   "{\"x\":{\"inputs\":{\"data\":1,\"variables\":{" WHO ",\"v\":0,\"w\":2}}}}");
    expect_mapping("'x':" REF("variables._instance_id") ",'y':" REF("variables._tenant_id"),
                   "{'variables':{'_instance_id':'mine'}}", "{\"x\":\"run\",\"y\":\"unknown\"}");
}
END_TEST

START_TEST(paths_defaults_and_hints)
{
    expect_mapping("'x':" REF("data.l[-1].k"), "{'l':[{'k':1},{'k':2}]}", "{\"x\":2}");
    expect_mapping("'x':" REF("data[\\\"a.b\\\"].0"), "{'a.b':[7]}", "{\"x\":7}");
    expect_mapping("'x':{'valueType':'reference','value':'data.a.b','default':9}", "{'a':[1]}",
                   "{\"x\":9}");
    expect_mapping("'x':{'valueType':'reference','value':'data.a','type':'integer'}", "{'a':'12'}",
                   "{\"x\":12}");
    expect_mapping("'x':{'valueType':'reference','value':'data.a','type':'integer'}", "{'a':'1x'}",
                   "! \"value \\\"1x\\\" cannot be coerced to integer\"");
    expect_mapping("'x':{'valueType':'reference','value':'data.a','type':'integer','default':'7'}",
                   "{'a':'1x'}", "{\"x\":7}");
    expect_mapping("'x':{'valueType':'reference','value':'data.a','type':'number'}", "{'a':5}",
                   "{\"x\":5.0}");
    expect_mapping("'x':{'valueType':'reference','value':'data.a','type':'boolean'}", "{'a':1.0}",
                   "{\"x\":false}");
    expect_mapping("'x':{'valueType':'reference','value':'data.a','type':'string'}", "{'a':[1]}",
                   "{\"x\":\"[1]\"}");
}
END_TEST

START_TEST(destinations_and_unwrapping)
{
    expect_mapping("'b':" LIT("1") ",'a.y':" LIT("2") ",'a.x.z':" LIT("3"), "{}",
                   "{\"a\":{\"x\":{\"z\":3},\"y\":2},\"b\":1}");
    expect_mapping("'a':" REF("data") ",'a.k':" LIT("2"), "{'j':1}", "{\"a\":{\"j\":1,\"k\":2}}");
    expect_mapping("'a':" REF("data") ",'a.k':" LIT("2"), "{'data':5}", "{\"a\":5}");
    expect_mapping("'outputs':" LIT("[1]"), "{}", "[1]");
    expect_mapping("'outputs.a':" LIT("1") ",'outputs.b':" LIT("2"), "{}", "{\"a\":1,\"b\":2}");
    expect_mapping("'outputs':" LIT("1") ",'x':" LIT("2"), "{}", "{\"outputs\":1,\"x\":2}");
    expect_mapping("", "{}", "{}");
    expect_mapping("'x':{'valueType':'composite','value':[" REF("data.a") "," LIT("'t'") "]}",
                   "{'a':1}", "{\"x\":[1,\"t\"]}");
}
END_TEST

/* ---- branches and joins ---- */

START_TEST(a_branch_not_taken_does_not_hold_up_a_join)
{
    const char *text = GRAPH(
        "c",
        "'c':{'stepType':'Conditional','condition':" REF("data.on") "}," ECHO(
            "a",
            LIT("'A'")) "," ECHO("b",
                                 LIT("'B'")) "," FINISH("f",
                                                        "'a':" REF("steps.a.outputs") ",'b':" REF(
                                                            "steps.b.outputs") ",'c':" REF("steps."
                                                                                           "c."
                                                                                           "outputs"
                                                                                           ".resul"
                                                                                           "t")),
        LABEL("c", "a", "true") "," LABEL("c", "b", "false") "," EDGE("a", "f") "," EDGE("b", "f"));

    workflow_expect(text, "{'on':true}", "{\"a\":\"A\",\"b\":null,\"c\":true}");
    workflow_expect(text, "{'on':''}", "{\"a\":null,\"b\":\"B\",\"c\":false}");
}
END_TEST

START_TEST(side_by_side_in_the_order_of_the_plan)
{
    struct workflow w;

    workflow_compile(
        &w,
        GRAPH("s",
              ECHO("s", LIT("0")) "," ECHO("l", LIT("1")) "," ECHO("r", LIT("2")) "," ECHO(
                  "m", REF("steps.r.outputs")) "," FINISH("f", "'m':" REF("steps.m.outputs")),
              EDGE("s", "l") "," EDGE("s", "r") "," EDGE("l", "m") "," EDGE("m", "f") "," EDGE(
                  "r", "f")),
        STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, "{}"), "{\"m\":2}");
    ck_assert_str_eq(text_cstr(&w.steps), "s l r m f");
    workflow_fini(&w);
}
END_TEST

/* clang-format off */
static const char desk[] = GRAPH(
    "s",
    "'s':{'stepType':'Switch','config':{'value':" REF("data.v") ",'cases':["
        "{'matchType':'EQ','match':['x','y'],'output':{'n':1,'v':" REF("data.v") "},'route':'one'},"
        "{'matchType':'RANGE','match':{'gt':5},'output':" LIT("2") "},"
        "{'matchType':'BETWEEN','match':[1,2],'output':3,'route':'three'}],"
        "'default':'none'}},"
    ECHO("one", LIT("'one'")) ","
    ECHO("def", LIT("'def'")) ","
    FINISH("f",
           "'out':" REF("steps.s.outputs")
           ",'route':" REF("steps.s.route")
           ",'one':" REF("steps.one.outputs")
           ",'def':" REF("steps.def.outputs")),
    LABEL("s", "one", "one") "," LABEL("s", "def", "default") ","
    EDGE("one", "f") "," EDGE("def", "f"));
/* clang-format on */

START_TEST(switches)
{
    workflow_expect(desk, "{'v':'y'}",
                    "{\"def\":null,\"one\":\"one\",\"out\":{\"n\":1,\"v\":\"y\"},\"route\":"
                    "\"one\"}");
    workflow_expect(desk, "{'v':6}",
                    "{\"def\":\"def\",\"one\":null,\"out\":2,\"route\":\"default\"}");
    /* no edge has the label 'three': the way goes on where the branches meet */
    workflow_expect(desk, "{'v':2}", "{\"def\":null,\"one\":null,\"out\":3,\"route\":\"three\"}");
    workflow_expect(desk, "{'v':null}",
                    "{\"def\":\"def\",\"one\":null,\"out\":\"none\",\"route\":\"default\"}");
}
END_TEST

START_TEST(conditions_on_edges)
{
    const char *text = GRAPH(
        "a",
        ECHO("a", REF("data.v")) "," FINISH("x", "'w':" LIT("'x'")) "," FINISH(
            "y", "'w':" LIT("'y'")) "," FINISH("z", "'w':" LIT("'z'")),
        "{'fromStep':'a','toStep':'x','priority':1,'condition':{'op':'GT','arguments':[" REF(
            "steps.a.outputs") "," LIT("1") "]}},{'fromStep':'a','toStep':'y','priority':2,"
                                            "'condition':{'op':'GT','arguments':[" REF(
                                                "steps.a.outputs") "," LIT("5") "]}}," EDGE("a",
                                                                                            "z"));

    workflow_expect(text, "{'v':9}", "{\"w\":\"y\"}");
    workflow_expect(text, "{'v':3}", "{\"w\":\"x\"}");
    workflow_expect(text, "{'v':0}", "{\"w\":\"z\"}");
}
END_TEST

/* ---- log lines and ends ---- */

START_TEST(logs_and_silent_ends)
{
    struct workflow w;

    workflow_compile(&w,
                     GRAPH("l",
                           "'l':{'stepType':'Log','level':'warn','message':'m','context':{'v':" REF(
                               "data.v") "}},'k':{'stepType':'Log','message':'n'}",
                           EDGE("l", "k")),
                     STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, "{'v':1}"), "null");
    ck_assert_str_eq(text_cstr(&w.notes), "{\"context\":{\"v\":1},\"level\":\"warn\",\"message\":"
                                          "\"m\"}\n{\"level\":\"info\",\"message\":\"n\"}\n");
    workflow_fini(&w);
}
END_TEST

/* clang-format off */
static const char odd_names[] = GRAPH(
    "a b",
    ECHO("a b", LIT("'*/ ?\?/ \\\\'")) ","
    ECHO("a-b", REF("steps[\\\"a b\\\"].outputs")) ","
    ECHO("a b.failed", REF("steps.a-b.outputs")) ","
    FINISH("end", "'o':" REF("steps[\\\"a b.failed\\\"].outputs") ",'ü':" REF("steps.a-b.stepId")),
    EDGE("a b", "a-b") "," EDGE("a-b", "a b.failed") "," EDGE("a b.failed", "end"));
/* clang-format on */

START_TEST(names_that_are_no_identifiers)
{
    workflow_expect(odd_names, "{}", "{\"o\":\"*/ ?\?/ \\\\\",\"ü\":\"a-b\"}");
}
END_TEST

Suite *suite_scenario_run(void);

Suite *suite_scenario_run(void)
{
    Suite *s = suite_create("scenario_run");
    TCase *c = tcase_create("run");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, the_input_and_its_envelope);
    tcase_add_test(c, paths_defaults_and_hints);
    tcase_add_test(c, destinations_and_unwrapping);
    tcase_add_test(c, a_branch_not_taken_does_not_hold_up_a_join);
    tcase_add_test(c, side_by_side_in_the_order_of_the_plan);
    tcase_add_test(c, switches);
    tcase_add_test(c, conditions_on_edges);
    tcase_add_test(c, logs_and_silent_ends);
    tcase_add_test(c, names_that_are_no_identifiers);
    suite_add_tcase(s, c);
    return s;
}
