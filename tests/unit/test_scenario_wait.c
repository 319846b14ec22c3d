/* test_scenario_wait.c: steps that wait, and calls that have little time, from text to output. The
 * times are short: what is looked at is who was first, not how long it took.
 */
#include <string.h>

#include "suites.h"
#include "workflows.h"

#define DELAY(id, ms) "'" id "':{'stepType':'Delay','durationMs':" ms "}"
#define WAIT(id, rest) "'" id "':{'stepType':'WaitForSignal'" rest "}"

START_TEST(delays)
{
    const char *text = GRAPH(
        "d",
        DELAY("d", REF("data.ms")) "," FINISH("f", "'ms':" REF("steps.d.duration_ms") ",'o':" REF(
                                                       "steps.d.outputs") ",'d':" REF("steps."
                                                                                      "d")),
        EDGE("d", "f"));

    workflow_expect(text, "{'ms':1.9}",
                    "{\"d\":{\"duration_ms\":1,\"stepId\":\"d\",\"stepName\":\"Unnamed\","
                    "\"stepType\":\"Delay\"},\"ms\":1,\"o\":null}");
    workflow_expect(text, "{'ms':'slow'}",
                    "! \"Delay step 'd': duration_ms must be a number, got: \\\"slow\\\"\"");
    workflow_expect(text, "{}", "! \"Delay step 'd': duration_ms must be a number, got: null\"");
}
END_TEST

/* "b" is ready to finish first, "a" comes first in the plan. */
START_TEST(branches_overlap_and_keep_their_order)
{
    workflow_expect(
        GRAPH("s",
              ECHO("s", LIT("0")) "," DELAY("a", LIT("30")) "," DELAY("b", LIT("1")) "," FINISH(
                  "fa", "'who':" LIT("'a'")) "," FINISH("fb", "'who':" LIT("'b'")),
              EDGE("s", "a") "," EDGE("s", "b") "," EDGE("a", "fa") "," EDGE("b", "fb")),
        "{}", "{\"who\":\"a\"}");
}
END_TEST

/* `left` and `right` begin beside each other, in this order; "f" tells what "r" saw. */
#define BESIDE(left, right, steps, edges)                                                          \
    GRAPH("s", ECHO("s", LIT("0")) "," steps "," FINISH("f", "'o':" REF("steps.r.outputs")),       \
          EDGE("s", left) "," EDGE("s", right) "," edges)
#define CHECK(id, op, a, b)                                                                        \
    "'" id "':{'stepType':'Conditional','condition':{'type':'operation','op':'" op                 \
    "','arguments':[" a "," b "]}}"
#define WAITS DELAY("a", LIT("20"))
#define READS ECHO("r", REF("steps.a.duration_ms"))
#define JOIN EDGE("a", "f") "," EDGE("r", "f")

/* "a" waits, and "r" beside it would be through long before. */
START_TEST(a_step_sees_the_branch_beside_it)
{
    workflow_expect(BESIDE("a", "r", WAITS "," READS, JOIN), "{}", "{\"o\":20}");
    workflow_expect(BESIDE("r", "a", WAITS "," READS, JOIN), "{}", "{\"o\":null}");
    workflow_expect(BESIDE("a", "c",
                           WAITS "," CHECK("c", "EQ", REF("steps.a.duration_ms"),
                                           LIT("20")) "," ECHO("r", LIT("'seen'")),
                           LABEL("c", "r", "true") "," JOIN),
                    "{}", "{\"o\":\"seen\"}");
}
END_TEST

/* What is beside it makes nothing run that is not taken, and nothing wait that never comes. */
START_TEST(branches_beside_may_not_be_taken)
{
    workflow_expect(BESIDE("a", "c",
                           WAITS "," CHECK("c", "AND", LIT("false"), LIT("false")) "," READS,
                           LABEL("c", "r", "true") "," JOIN),
                    "{}", "{\"o\":null}");
    workflow_expect(BESIDE("c", "d",
                           WAITS "," READS "," CHECK("c", "AND", LIT("false"),
                                                     LIT("false")) "," ECHO("d", LIT("1")),
                           LABEL("c", "a", "true") "," EDGE("d", "r") "," JOIN),
                    "{}", "{\"o\":null}");
}
END_TEST

/* Who refers to all steps comes after all that are before it. */
START_TEST(all_steps_are_there_to_see)
{
    struct workflow w;

    workflow_compile(&w,
                     BESIDE("a", "r", WAITS "," ECHO("r", REF("steps")) "," ECHO("z", LIT("1")),
                            EDGE("s", "z") "," EDGE("z", "f") "," JOIN),
                     STAGE_C, 1);
    ck_assert_ptr_nonnull(strstr(workflow_run(&w, "{}"), "\"duration_ms\":20"));
    ck_assert_ptr_null(strstr(text_cstr(&w.output), "\"z\""));
    workflow_fini(&w);
}
END_TEST

#define LATE(rest)                                                                                 \
    GRAPH("w",                                                                                     \
          WAIT("w", ",'timeoutMs':" REF("data.t") rest) "," FINISH("f", "") "," FINISH(            \
              "h", "'c':" REF("steps.__error.code") ",'m':" REF("__error.message")),               \
          EDGE("w", "f") "," LABEL("w", "h", "onError"))

START_TEST(waiting_too_long_is_an_error_to_handle)
{
    struct workflow w;

    workflow_compile(&w, LATE(""), STAGE_C, 1);
    workflow_run(&w, "{'t':5}");
    ck_assert_ptr_nonnull(strstr(text_cstr(&w.output),
                                 "{\"c\":\"WAIT_TIMEOUT\",\"m\":\"WaitForSignal "
                                 "step 'w' timed out after 5ms waiting for "
                                 "signal '"));
    workflow_fini(&w);
    workflow_expect(LATE(""), "{'t':'x'}",
                    "{\"c\":null,\"m\":\"WaitForSignal step 'w': timeout_ms must be a number, got: "
                    "\\\"x\\\"\"}");
    workflow_expect(
        LATE(",'onWait':" GRAPH("e",
                                "'e':{'stepType':'Agent','agentId':'utils',"
                                "'capabilityId':'calculate','inputMapping':{"
                                "'expression':" LIT("'1/0'") ",'variables':" LIT("{}") "}}",
                                "")),
        "{'t':5}", "{\"c\":\"CAPABILITY_ERROR\",\"m\":\"Division by zero\"}");
}
END_TEST

START_TEST(on_wait_sees_what_is_around_it)
{
    struct workflow w;

    workflow_compile(&w,
                     LATE(",'onWait':" GRAPH(
                         "l",
                         "'l':{'stepType':'Log','message':'m','context':{'t':" REF(
                             "data.t") ",'s':" REF("variables._signal_id") ",'i':" REF("iterati"
                                                                                       "on") "}}",
                         "")),
                     STAGE_C, 1);
    workflow_run(&w, "{'t':1}");
    ck_assert_ptr_nonnull(strstr(text_cstr(&w.notes), "/w\",\"t\":1}"));
    workflow_fini(&w);
}
END_TEST

static void expect_answer(const char *rest, int legacy, const char *answer, const char *output)
{
    struct workflow w = { .signal = "w", .answer = answer };
    struct text t = { 0 };

    text_printf(&t,
                GRAPH("w",
                      WAIT("w", "%s") "," FINISH("f", "'a':" REF("steps.w.outputs")) "," FINISH(
                          "h", "'c':" REF("steps.__error.code") ",'m':" REF(
                                   "steps.__error.message") ",'a':" REF("steps.w.outputs")),
                      EDGE("w", "f") "," LABEL("w", "h", "onError")),
                rest);
    workflow_compile_offered(&w, text_cstr(&t), STAGE_C, legacy);
    ck_assert_str_eq(workflow_run(&w, "{}"), output);
    workflow_fini(&w);
    text_fini(&t);
}

START_TEST(answers_are_held_against_their_schema)
{
    const char *schema = ",'responseSchema':{'yes':{'type':'boolean','required':true},"
                         "'why':{'type':'string'}}";
    const char *refused =
        "{\"a\":null,\"c\":\"WAIT_RESPONSE_INVALID\",\"m\":\"WaitForSignal step 'w': response "
        "validation failed: yes is required; why must be a string\"}";

    expect_answer(schema, 0, "{'yes':true,'more':1}", "{\"a\":{\"more\":1,\"yes\":true}}");
    expect_answer(schema, 0, "{'why':1}", refused);
    expect_answer(schema, 1, "{'why':1}", "{\"a\":{\"why\":1}}");
    expect_answer(",'responseSchema':{}", 0, "5", "{\"a\":5}");
}
END_TEST

#define SLOW(type, config, rest, edges)                                                            \
    GRAPH("s",                                                                                     \
          "'s':{'stepType':'" type "','config':{" config                                           \
          "},'subgraph':" GRAPH("d", DELAY("d", LIT("200")) "," FINISH("f", ""), EDGE("d", "f"))   \
              rest "}," FINISH("f", "") "," FINISH("h", "'c':" REF("__error.code")),               \
          EDGE("s", "f") edges)
#define HANDLED "," LABEL("s", "h", "onError")

START_TEST(loops_have_their_time)
{
    workflow_expect(SLOW("While", "'timeout':5", ",'condition':{'op':'AND'}", HANDLED), "{}",
                    "{\"c\":\"WHILE_TIMEOUT\"}");
    workflow_expect(SLOW("Split", "'timeout':5,'value':" LIT("[1]"), "", ""), "{}",
                    "! {\"category\":\"timeout\",\"code\":\"SPLIT_TIMEOUT\",\"message\":\"Split "
                    "step exceeded its configured timeout\",\"severity\":\"error\"}");
    workflow_expect(
        SLOW("Split", "'timeout':5,'dontStopOnFailed':true,'value':" LIT("[1]"), "", HANDLED), "{}",
        "! {\"category\":\"timeout\",\"code\":\"SPLIT_TIMEOUT\",\"message\":\"Split "
        "step exceeded its configured timeout\",\"severity\":\"error\"}");
}
END_TEST

/* A wait of 1 ms, three times, fails each time it is made. */
START_TEST(a_split_is_made_again)
{
    struct workflow w;

    workflow_compile(
        &w,
        GRAPH("s",
              "'s':{'stepType':'Split','config':{'value':" LIT(
                  "[1]") ",'maxRetries':2,'retryDelay':"
                         "1},'subgraph':" GRAPH(
                             "w", WAIT("w", ",'timeoutMs':" LIT("1")) "," FINISH("f", ""),
                             EDGE("w", "f")) "}," FINISH("h", "'c':" REF("__error.code")),
              LABEL("s", "h", "onError")),
        STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, "{}"), "{\"c\":\"WAIT_TIMEOUT\"}");
    ck_assert_str_eq(text_cstr(&w.steps), "s w s w s w h");
    workflow_fini(&w);
}
END_TEST

/* How many steps of the plan are journalled. */
static unsigned count_journalled(const char *text)
{
    struct workflow w;
    unsigned n = 0;

    workflow_compile(&w, text, STAGE_C, 1);
    for (unsigned i = 0; i < w.compilation.unit.plan->n_flows; i++)
        for (unsigned k = 0; k < w.compilation.unit.plan->flows[i]->n_steps; k++)
            n += (w.compilation.unit.plan->flows[i]->steps[k]->flags & KILN_STEP_JOURNAL) != 0;
    workflow_fini(&w);
    return n;
}

#define TWO_DELAYS(own, whole)                                                                     \
    "{" whole "'entryPoint':'a','steps':{'a':{'stepType':'Delay'" own                              \
    ",'durationMs':" LIT("1") "}," DELAY("b", LIT("1")) "," FINISH(                                \
        "f", "") "},'executionPlan':[" EDGE("a", "b") "," EDGE("b", "f") "]}"

START_TEST(durable_says_what_is_journalled)
{
    ck_assert_uint_eq(count_journalled(TWO_DELAYS("", "")), 2);
    ck_assert_uint_eq(count_journalled(TWO_DELAYS(",'durable':true", "'durable':true,")), 2);
    ck_assert_uint_eq(count_journalled(TWO_DELAYS(",'durable':false", "")), 1);
    ck_assert_uint_eq(count_journalled(TWO_DELAYS("", "'durable':false,")), 0);
    ck_assert_uint_eq(count_journalled("{'durable':false,'executionGraph':" TWO_DELAYS("", "") "}"),
                      0);
    ck_assert_uint_eq(count_journalled("{'durable':false,'executionGraph':" TWO_DELAYS(
                          "", "'durable':true,") "}"),
                      2);
}
END_TEST

Suite *suite_scenario_wait(void);

Suite *suite_scenario_wait(void)
{
    Suite *s = suite_create("scenario_wait");
    TCase *c = tcase_create("wait");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, delays);
    tcase_add_test(c, branches_overlap_and_keep_their_order);
    tcase_add_test(c, a_step_sees_the_branch_beside_it);
    tcase_add_test(c, branches_beside_may_not_be_taken);
    tcase_add_test(c, all_steps_are_there_to_see);
    tcase_add_test(c, waiting_too_long_is_an_error_to_handle);
    tcase_add_test(c, on_wait_sees_what_is_around_it);
    tcase_add_test(c, answers_are_held_against_their_schema);
    tcase_add_test(c, loops_have_their_time);
    tcase_add_test(c, durable_says_what_is_journalled);
    tcase_add_test(c, a_split_is_made_again);
    suite_add_tcase(s, c);
    return s;
}
