/* test_children_run.c: workflows in workflows as they run: what they see, how they fail, how deep.
 */
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "workflows.h"

/* ---- running ---- */

START_TEST(a_child_sees_its_inputs_and_nothing_else)
{
    static const struct offered offered[] = {
        { "kid", 0,
          "{'variables':{'a':{'type':'integer','value':1},'_b':{'type':'integer','value':2}},"
          "'entryPoint':'f','steps':{" FINISH(
              "f",
              "'d':" REF("data") ",'v':" REF("variables") ",'a':" REF("variables.a") ",'b':" REF(
                  "variables._b") ",'p':" REF("variables.parent")) "},'executionPlan':[]}" },
        { 0 }
    };

    workflow_expect_offered(
        offered,
        "{'variables':{'parent':{'type':'integer','value':1}},'entryPoint':'c_kid','steps':{" EMBED(
            "c_kid", "kid", "1",
            "'x.y':" REF("data.n")) "," FINISH("f",
                                               "'all':" REF(
                                                   "steps")) "},'executionPlan':[" EDGE("c_kid",
                                                                                        "f") "]}",
        "{'data':{'n':[5]},'variables':{'a':7}}",
        "{\"all\":{\"c_kid\":{\"childWorkflowId\":\"kid\",\"outputs\":{\"a\":1,\"b\":null,\"d\":"
        "{\"x\":{\"y\":[5]}},\"p\":null,\"v\":{\"_cache_key_prefix\":\"workflow::run::c_kid\",\"_"
        "instance_id\":\"run\",\"_parent_scope_id\":null,\"_scope_id\":\"sc_c_kid\",\"_tenant_id\":"
        "\"unknown\",\"_workflow_id\":\"workflow::run\",\"a\":1}},\"stepId\":\"c_kid\","
        "\"stepName\":"
        "\"Unnamed\",\"stepType\":\"EmbedWorkflow\"}}}");
}
END_TEST

START_TEST(the_older_spelling_is_the_same)
{
    static const struct offered offered[] = { { "kid", 3, GIVES(REF("data.n")) }, { 0 } };

    workflow_expect_offered(
        offered,
        GRAPH("c",
              "'c':{'stepType':'StartScenario','childScenarioId':'kid','childVersion':'Current',"
              "'inputMapping':{'n':" LIT("4") "}}," FINISH(
                  "f", "'o':" REF("steps.c.outputs") ",'t':" REF("steps.c.stepType")),
              EDGE("c", "f")),
        "{}", "{\"o\":4,\"t\":\"EmbedWorkflow\"}");
}
END_TEST

/* The numeric version is a text here; both versions and both callers share one program. */
START_TEST(each_version_is_compiled_once)
{
    static const struct offered offered[] = { { "kid", 1, GIVES(LIT("'one'")) },
                                              { "kid", 2, GIVES(LIT("'two'")) },
                                              { 0 } };
    struct workflow w;

    workflow_offer(&w, offered);
    workflow_compile_offered(
        &w,
        GRAPH(
            "a",
            EMBED("a", "kid", "'1'", "") "," EMBED("b", "kid", "2", "") "," EMBED(
                "c", "kid", "'latest'",
                "") "," FINISH("f",
                               "'o':{'valueType':'composite','value':[" REF(
                                   "steps.a.outputs") "," REF("steps.b.outputs") "," REF("steps."
                                                                                         "c."
                                                                                         "output"
                                                                                         "s") "]"
                                                                                              "}"),
            EDGE("a", "b") "," EDGE("b", "c") "," EDGE("c", "f")),
        STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, "{}"), "{\"o\":[\"one\",\"two\",\"two\"]}");
    ck_assert_uint_eq(w.program->n_flows, 3);
    workflow_fini(&w);
}
END_TEST

START_TEST(the_hash_covers_children)
{
    static const struct offered one[] = { { "kid", 0, GIVES(LIT("1")) }, { 0 } };
    static const struct offered two[] = { { "kid", 0, GIVES(LIT("2")) }, { 0 } };
    struct workflow a, b;

    workflow_offer(&a, one);
    workflow_offer(&b, two);
    workflow_compile_offered(&a, RUNS("kid", "1", ""), STAGE_C, 1);
    workflow_compile_offered(&b, RUNS("kid", "1", ""), STAGE_C, 1);
    ck_assert_int_ne(memcmp(a.program->hash, b.program->hash, sizeof a.program->hash), 0);
    workflow_fini(&a);
    workflow_fini(&b);
}
END_TEST

START_TEST(children_nest_and_stand_in_loops)
{
    static const struct offered offered[] = {
        { "mid", 0, RUNS("leaf", "1", "'n':" REF("data.n")) },
        { "leaf", 0,
          GRAPH("t", ECHO("t", REF("data.n")) "," FINISH("f", "'outputs':" REF("steps.t.outputs")),
                EDGE("t", "f")) },
        { 0 }
    };

    workflow_expect_offered(
        offered,
        GRAPH("s",
              "'s':{'stepType':'Split','config':{'value':" REF("data.l") "},'subgraph':" RUNS(
                  "mid", "1", "'n':" REF("item")) "}," FINISH("f", "'o':" REF("steps.s.outputs")),
              EDGE("s", "f")),
        "{'l':[1,2]}", "{\"o\":[{\"o\":{\"o\":1}},{\"o\":{\"o\":2}}]}");
}
END_TEST

/* ---- failing ---- */

#define NO_FIELD                                                                                   \
    "reference 'data.l.x' cannot be resolved: 'data.l' is an array with no field 'x' — address " \
    "array elements by numeric index (e.g. 'data.l.0')"
#define FAILS "'e':{'stepType':'Error','code':'NO','message':'no','severity':'critical'}"

START_TEST(a_failing_child_fails_its_step)
{
    static const struct offered offered[] = { { "kid", 0, GRAPH("e", FAILS, "") }, { 0 } };
    static const char error[] =
        "{\"category\":\"permanent\",\"childError\":{\"category\":\"permanent\",\"code\":\"NO\","
        "\"context\":{},\"message\":\"no\",\"severity\":\"critical\",\"stepId\":\"e\","
        "\"stepName\":\"Unnamed\"},\"childWorkflowId\":\"kid\",\"code\":\"CHILD_WORKFLOW_FAILED\","
        "\"message\":\"Child workflow kid failed: no\",\"severity\":\"critical\",\"stepId\":"
        "\"c_kid\",\"stepName\":\"Unnamed\",\"stepType\":\"EmbedWorkflow\"}";
    struct text t = { 0 };

    text_printf(&t, "! %s", error);
    workflow_expect_offered(offered, RUNS("kid", "1", ""), "{}", text_cstr(&t));
    text_clear(&t);
    text_printf(&t, "{\"h\":%s}", error);
    workflow_expect_offered(offered,
                            GRAPH("c_kid",
                                  EMBED("c_kid", "kid", "1", "") "," FINISH("f", "") "," FINISH(
                                      "h", "'h':" REF("steps.__error")),
                                  EDGE("c_kid", "f") "," LABEL("c_kid", "h", "onError")),
                            "{}", text_cstr(&t));
    text_fini(&t);
}
END_TEST

START_TEST(a_childs_text_is_kept)
{
    static const struct offered offered[] = { { "kid", 0, GIVES(REF("data.l.x")) }, { 0 } };

    workflow_expect_offered(
        offered, RUNS("kid", "1", "'l':" LIT("[]")), "{}",
        "! {\"category\":\"transient\",\"childError\":\"" NO_FIELD
        "\",\"childWorkflowId\":\"kid\",\"code\":\"CHILD_WORKFLOW_FAILED\",\"message\":\"Child "
        "workflow kid failed: " NO_FIELD "\",\"severity\":\"error\",\"stepId\":\"c_kid\","
        "\"stepName\":\"Unnamed\",\"stepType\":\"EmbedWorkflow\"}");
}
END_TEST

START_TEST(required_inputs_are_looked_at_when_it_runs)
{
    static const struct offered offered[] = {
        { "kid", 0,
          "{'inputSchema':{'a':{'type':'string','required':true,'description':'the a'},'b':{"
          "'type':'array','required':true},'c':{'type':'integer'}},'entryPoint':'f','steps':"
          "{" FINISH("f", "'o':" REF("data.a")) "},'executionPlan':[]}" },
        { 0 }
    };
    const char *text = RUNS("kid", "1", "'a':" REF("data.a"));

    workflow_expect_offered(
        offered, text, "{'a':null}",
        "! \"EmbedWorkflow step 'c_kid' is missing required inputs for child workflow 'kid':\\n"
        "  - a (String): the a [was null]\\n  - b (Array) [not provided]\"");
    workflow_expect_offered(offered, RUNS("kid", "1", "'a':" REF("data.a") ",'b':" LIT("[]")),
                            "{'a':'x'}", "{\"o\":{\"o\":\"x\"}}");
}
END_TEST

/* n workflows, each embedding the next. */
static void compile_tower(struct workflow *w, int n)
{
    struct offered *offered = calloc((size_t)n + 1, sizeof *offered);
    struct text t = { 0 };

    for (int i = 0; i < n; i++) {
        text_clear(&t);
        if (i + 1 < n)
            text_printf(&t,
                        GRAPH("c%d",
                              "'c%d':{'stepType':'EmbedWorkflow','childWorkflowId':'w%d',"
                              "'childVersion':1}," FINISH("f", "'o':" REF("steps.c%d.outputs")),
                              "{'fromStep':'c%d','toStep':'f'}"),
                        i, i, i + 1, i, i);
        else
            text_puts(&t, GIVES(LIT("1")));
        offered[i].text = strdup(text_cstr(&t));
        ck_assert_int_ge(asprintf((char **)&offered[i].id, "w%d", i), 0);
    }
    workflow_offer(w, offered);
    workflow_compile_offered(w, RUNS("w0", "1", ""), STAGE_C, 1);
    for (int i = 0; i < n; i++) {
        free((char *)offered[i].text);
        free((char *)offered[i].id);
    }
    free(offered);
    text_fini(&t);
}

START_TEST(nesting_ends_somewhere)
{
    struct workflow w;

    compile_tower(&w, CHILDREN_DEEPEST);
    ck_assert_ptr_nonnull(strstr(workflow_run(&w, "{}"), "{\"o\":{\"o\":1}}"));
    workflow_fini(&w);
    compile_tower(&w, CHILDREN_DEEPEST + 1);
    ck_assert_str_eq(text_cstr(&w.codes), "K003");
    workflow_fini(&w);
    compile_tower(&w, 2000);
    ck_assert_str_eq(text_cstr(&w.codes), "K003");
    workflow_fini(&w);
}
END_TEST

/* ---- other dialects ---- */

START_TEST(children_of_other_dialects)
{
    static const struct offered offered[] = {
        { "graph", 0,
          "{'channels':{'x':{'type':'int'},'y':{'type':'int'}},'input_keys':['x'],'output_keys':"
          "['y'],'nodes':{'one':{'do':{'update':{'y':{'add':[{'get':'x'},1]}}}},'two':{'do':{"
          "'update':{'y':{'add':[{'get':'y'},{'get':'x'}]}}}}},'edges':[['__start__','one'],"
          "['one','two'],['two','__end__']]}" },
        { 0 }
    };
    struct workflow w;

    workflow_offer(&w, offered);
    workflow_compile_offered(&w, RUNS("graph", "1", "'x':" LIT("41")), STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, "{}"), "{\"o\":{\"y\":83}}");
    workflow_fini(&w);
}
END_TEST

Suite *suite_children_run(void);

Suite *suite_children_run(void)
{
    Suite *s = suite_create("children_run");
    TCase *t = tcase_create("children_run");

    tcase_add_test(t, a_child_sees_its_inputs_and_nothing_else);
    tcase_add_test(t, the_older_spelling_is_the_same);
    tcase_add_test(t, each_version_is_compiled_once);
    tcase_add_test(t, the_hash_covers_children);
    tcase_add_test(t, children_nest_and_stand_in_loops);
    tcase_add_test(t, a_failing_child_fails_its_step);
    tcase_add_test(t, a_childs_text_is_kept);
    tcase_add_test(t, required_inputs_are_looked_at_when_it_runs);
    tcase_add_test(t, nesting_ends_somewhere);
    tcase_add_test(t, children_of_other_dialects);
    suite_add_tcase(s, t);
    return s;
}
