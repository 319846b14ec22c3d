/* test_scenario_parse.c: documents and their parts: shapes accepted, mistakes of form refused. */
#include <string.h>

#include "../../compiler/dialects/scenario/model.h"
#include "suites.h"
#include "workflows.h"

#define HEAD "{'entryPoint':'f','steps':{"
#define END "'f':{'stepType':'Finish'}"

START_TEST(both_document_shapes)
{
    workflow_expect_codes("{'entryPoint':'f','steps':{" END "}}", "");
    workflow_expect_codes("{'executionGraph':{'entryPoint':'f','steps':{" END "}}}", "");
    workflow_expect_codes("{'executionGraph':7}", "E202");
    workflow_expect_codes("{'steps':{" END "}}", "E201");
    workflow_expect_codes("{'entryPoint':'f'}", "E201");
    workflow_expect_codes("{'entryPoint':null,'steps':{" END "}}", "E001");
}
END_TEST

START_TEST(mistakes_of_form_are_told_all_at_once)
{
    workflow_expect_codes(HEAD "'f':7}}", "E202");
    workflow_expect_codes(HEAD "'f':{}}}", "E201");
    workflow_expect_codes(HEAD "'f':{'stepType':'Finnish'}}}", "E205");
    workflow_expect_codes(HEAD "'f':{'stepType':'AiAgent'}}}", "W003 E112");
    workflow_expect_codes(HEAD "'f':{'stepType':'Finish','id':'g'}}}", "W202");
    workflow_expect_codes(HEAD "'f':{'stepType':'Finish','inputMaping':{}}}}", "E203");
    workflow_expect_codes(HEAD "'f':{'stepType':'Log'}}}", "E201");
    workflow_expect_codes(HEAD "'f':{'stepType':'Log','message':'m','level':'loud'}}}", "E205");
    workflow_expect_codes(HEAD "'f':{'stepType':'Error','code':1}}}", "E202 E201");
    workflow_expect_codes(HEAD "'f':{'stepType':'Agent'},'g':{'stepType':'While'}}}",
                          "E201 E201 E201 E201");
    workflow_expect_codes(HEAD END "},'executionPlan':[{'fromStep':'f'},7]}", "E201 E202");
    workflow_expect_codes(HEAD END "},'variables':{'x':1}}", "E202");
}
END_TEST

static void expect_value(const char *value, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t, HEAD "'f':{'stepType':'Finish','inputMapping':{'x':%s}}}}", value);
    workflow_expect_codes(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(mapping_values)
{
    expect_value("{'valueType':'immediate','value':1}", "");
    expect_value("{'valueType':'immediate'}", "");
    expect_value("{'valueType':'composite','value':{'a':{'valueType':'immediate','value':1}}}", "");
    expect_value("5", "E202");
    expect_value("{'value':1}", "E201");
    expect_value("{'valueType':'refrence','value':'data'}", "E205");
    expect_value("{'valueType':'reference'}", "E202");
    expect_value("{'valueType':'reference','value':5}", "E202");
    expect_value("{'valueType':'composite','value':'x'}", "E202");
    expect_value("{'valueType':'composite','value':[1]}", "E202");
    expect_value("{'valueType':'template','value':'{{ data }}'}", "");
    expect_value("{'valueType':'template','value':'{{ x }}'}", "W052");
    expect_value("{'valueType':'template','value':'{{ x'}", "E011");
    expect_value("{'valueType':'template','value':5}", "E202");
    expect_value("{'valueType':'reference','value':'data','defualt':1}", "E203");
}
END_TEST

START_TEST(conditions)
{
    static const char *const forms[][2] = {
        { "{'type':'value','valueType':'immediate','value':true}", "" },
        { "{'valueType':'immediate','value':true}", "" },
        { "{'type':'operation','op':'AND','arguments':[]}", "" },
        { "{'op':'NOT','arguments':[{'op':'OR'}]}", "" },
        { "{'op':'XOR','arguments':[]}", "E205" },
        { "{'op':7}", "E202" },
        { "{'type':'operation'}", "E201" },
        { "{}", "E201" },
        { "{'op':'EQ','arguments':[1,2]}", "E202 E202" },
    };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct text t = { 0 };

        text_printf(&t,
                    "{'entryPoint':'c','steps':{'c':{'stepType':'Conditional','condition':%s},"
                    "'f':{'stepType':'Finish'}},'executionPlan':[{'fromStep':'c','toStep':'f',"
                    "'label':'true'}]}",
                    forms[i][0]);
        workflow_expect_codes(text_cstr(&t), forms[i][1]);
        text_fini(&t);
    }
}
END_TEST

/* The parts of a path with '|' between. */
static void expect_path(const char *text, const char *parts)
{
    struct arena a = { 0 };
    struct path p = path_split(&a, text);
    struct text t = { 0 };

    for (unsigned i = 0; i < p.n; i++)
        text_printf(&t, "%s%.*s", i ? "|" : "", (int)p.at[i].n, p.at[i].s);
    ck_assert_str_eq(text_cstr(&t), parts);
    text_fini(&t);
    arena_fini(&a);
}

START_TEST(paths)
{
    expect_path("data.items[0].id", "data|items|0|id");
    expect_path("data['a.b'][\"c\"]", "data|a.b|c");
    expect_path("data.items.-1[-2]", "data|items|-1|-2");
    expect_path("data[name]", "data|name");
    expect_path("data..a.", "data|a");
    expect_path("data[]['']", "data");
    expect_path("a[ b ]", "a|b");
    expect_path("a[0", "a|0");
    expect_path("a[0]b", "a|0|b");
    expect_path("a['x", "a|'x");
    expect_path("a['[x]']", "a|'[x|']");
    expect_path("", "");
}
END_TEST

START_TEST(hostile_documents_end_in_complaints)
{
    struct text t = { 0 };

    text_puts(&t, "{'entryPoint':'c','steps':{'c':{'stepType':'Conditional','condition':");
    for (int i = 0; i < 100; i++)
        text_puts(&t, "{'op':'NOT','arguments':[");
    text_puts(&t, "{'valueType':'immediate','value':1}");
    for (int i = 0; i < 100; i++)
        text_puts(&t, "]}");
    text_puts(&t, "}},'executionPlan':[]}");
    workflow_expect_codes(text_cstr(&t), "W003");
    text_fini(&t);
    workflow_expect_codes("[]", "D001");
    workflow_expect_codes(HEAD END "}", "S002");
    workflow_expect_codes(HEAD "'f':{'stepType':'Finish','inputMapping':{'x':{'valueType':"
                               "'reference','value':'data.\\u0000'}}}}}",
                          "E202");
}
END_TEST

Suite *suite_scenario_parse(void);

Suite *suite_scenario_parse(void)
{
    Suite *s = suite_create("scenario_parse");
    TCase *c = tcase_create("parse");

    tcase_add_test(c, both_document_shapes);
    tcase_add_test(c, mistakes_of_form_are_told_all_at_once);
    tcase_add_test(c, mapping_values);
    tcase_add_test(c, conditions);
    tcase_add_test(c, paths);
    tcase_add_test(c, hostile_documents_end_in_complaints);
    suite_add_tcase(s, c);
    return s;
}
