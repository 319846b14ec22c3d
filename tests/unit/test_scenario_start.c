/* test_scenario_start.c: what a scenario workflow makes of its input before anything runs, and of
 * its output: schemas, defaults, what is refused and in which words (scenario 1.5, 2.5).
 */
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "workflows.h"

/* A workflow with these fields of its own that gives its data back. */
#define SHOWS(fields)                                                                              \
    "{" fields ",'entryPoint':'f','steps':{" FINISH("f", "'outputs':" REF("data")) "}}"
#define REFUSED(words) "! \"Input validation failed: " words "\""

/* Starts a workflow with an inputSchema. */
static void expect_start(const char *schema, const char *input, const char *output)
{
    char text[2000];

    snprintf(text, sizeof text, SHOWS("'inputSchema':%s"), schema);
    workflow_expect(text, input, output);
}

START_TEST(what_is_required_must_be_there)
{
    const char *schema = "{'a':{'type':'string','required':true},'b':{'required':true}}";

    expect_start(schema, "{'data':{'a':'','b':null}}", "{\"a\":\"\",\"b\":null}");
    expect_start(schema, "{'data':{}}", REFUSED("a is required; b is required"));
    expect_start(schema, "{'b':1}", REFUSED("a is required"));
    expect_start(schema, "{'data':[]}", REFUSED("data must be a object"));
    expect_start("{}", "{'data':[]}", "[]");
}
END_TEST

START_TEST(what_is_there_has_its_type)
{
    expect_start("{'a':{'type':'integer'}}", "{'a':5.0}", REFUSED("a must be a integer"));
    expect_start("{'a':{'type':'integer'}}", "{'a':null}", REFUSED("a must be a integer"));
    expect_start("{'a':{'type':'number'}}", "{'a':5}", "{\"a\":5}");
    expect_start("{'a':{'type':'file'}}", "{'a':'x'}", REFUSED("a must be a object"));
    expect_start("{'a':{'type':'colour'}}", "{'a':1,'z':2}", "{\"a\":1,\"z\":2}");
    expect_start("{'a':{'type':'array','items':{'type':'array','items':{'type':'string'}}}}",
                 "{'a':[['x'],['y',1],2]}",
                 REFUSED("a[1][1] must be a string; a[2] must be a array"));
}
END_TEST

START_TEST(json_schemas_are_taken_as_they_are)
{
    const char *schema = "{'type':'object','required':['o'],'properties':{'o':{'type':'object',"
                         "'required':['k'],'properties':{'k':{'enum':['x',2]}}}}}";

    expect_start(schema, "{'o':{'k':2}}", "{\"o\":{\"k\":2}}");
    expect_start(schema, "{'o':{'k':3}}", REFUSED("o.k must be one of the allowed values"));
    expect_start(schema, "{'o':{}}", REFUSED("o.k is required"));
    expect_start(schema, "{'data':{}}", REFUSED("o is required"));
}
END_TEST

START_TEST(defaults_stand_in_for_what_is_not_there)
{
    const char *schema = "{'a':{'type':'integer','default':7,'required':true},'b':{'default':'x'}}";

    expect_start(schema, "{}", "{\"a\":7,\"b\":\"x\"}");
    expect_start(schema, "{'data':{'a':1,'b':null}}", "{\"a\":1,\"b\":null}");
    expect_start("{'a':{'type':'integer','default':'no'}}", "{}", REFUSED("a must be a integer"));
    expect_start("{'properties':{'a':{'default':[1]}}}", "{}", "{\"a\":[1]}");
}
END_TEST

START_TEST(variables_are_an_object)
{
    const char *text = "{'entryPoint':'f','variables':{'v':{'value':1}},'steps':{" FINISH(
        "f", "'outputs':" REF("variables.v")) "}}";

    workflow_expect(text, "{'data':{},'variables':{'v':2}}", "2");
    workflow_expect(text, "{'data':{},'variables':null}", "1");
    workflow_expect(text, "{'data':{},'variables':[1]}", REFUSED("variables must be a object"));
    workflow_expect(text, "{'variables':[1]}", "1");
}
END_TEST

START_TEST(many_complaints_are_counted)
{
    struct workflow w;
    struct text input = { 0 };

    text_puts(&input, "{'a':[0");
    for (int i = 1; i < 3000; i++)
        text_puts(&input, ",0");
    text_puts(&input, "]}");
    workflow_compile(&w, SHOWS("'inputSchema':{'a':{'items':{'type':'string'}}}"), STAGE_C, 1);
    ck_assert_ptr_nonnull(
        strstr(workflow_run(&w, text_cstr(&input)), "a[99] must be a string; and 2900 more\""));
    workflow_fini(&w);
    text_fini(&input);
}
END_TEST

START_TEST(nothing_runs_before_the_input_is_right)
{
    struct workflow w;

    workflow_compile(&w,
                     "{'inputSchema':{'a':{'required':true}},'entryPoint':'l','steps':{'l':{"
                     "'stepType':'Log','message':'ran'}},'executionPlan':[]}",
                     STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, "{}"), REFUSED("a is required"));
    ck_assert_str_eq(text_cstr(&w.steps), "");
    ck_assert_str_eq(workflow_run(&w, "{'a':1}"), "null");
    ck_assert_str_eq(text_cstr(&w.steps), "l");
    workflow_fini(&w);
}
END_TEST

START_TEST(the_output_is_looked_at_on_request)
{
    const char *text = "{'outputSchema':{'n':{'type':'integer','required':true}},'entryPoint':'f',"
                       "'steps':{" FINISH("f", "'n':" REF("data.n")) "}}";
    kiln_member member = { value_static("check-output"), value_bool(1) };
    kiln_value about = { .tag = KILN_OBJECT, .flags = KILN_STATIC, .n = 1, .u.members = &member };
    struct workflow w;

    workflow_compile(&w, text, STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, "{'n':'x'}"), "{\"n\":\"x\"}");
    w.about = &about;
    ck_assert_str_eq(workflow_run(&w, "{'n':'x'}"),
                     "! \"Output validation failed: n must be a integer\"");
    ck_assert_str_eq(workflow_run(&w, "{'n':5}"), "{\"n\":5}");
    workflow_fini(&w);
}
END_TEST

START_TEST(a_childs_defaults_are_its_own)
{
    static const struct offered offered[] = {
        { "kid", 0, SHOWS("'inputSchema':{'a':{'default':7},'b':{'type':'string'}}") }, { 0 }
    };

    workflow_expect_offered(offered, RUNS("kid", "1", "'b':" LIT("2")), "{}",
                            "{\"o\":{\"a\":7,\"b\":2}}");
}
END_TEST

Suite *suite_scenario_start(void);
Suite *suite_scenario_start(void)
{
    Suite *s = suite_create("scenario_start");
    TCase *t = tcase_create("scenario_start");

    tcase_add_test(t, what_is_required_must_be_there);
    tcase_add_test(t, what_is_there_has_its_type);
    tcase_add_test(t, json_schemas_are_taken_as_they_are);
    tcase_add_test(t, defaults_stand_in_for_what_is_not_there);
    tcase_add_test(t, variables_are_an_object);
    tcase_add_test(t, many_complaints_are_counted);
    tcase_add_test(t, nothing_runs_before_the_input_is_right);
    tcase_add_test(t, the_output_is_looked_at_on_request);
    tcase_add_test(t, a_childs_defaults_are_its_own);
    suite_add_tcase(s, t);
    return s;
}
