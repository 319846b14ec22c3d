/* test_scenario_track.c: the events of a workflow that reports what it does (scenario 1.13): what
 * it tells, in which order, and that telling changes nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "workflows.h"

/* One event a line: subtype, step, scope, and its outputs where it has them. */
static void note_event(struct text *t, const kiln_value *event)
{
    kiln_value subtype = value_member(event, "subtype"), payload = value_member(event, "payload");
    kiln_value outputs = value_member(&payload, "outputs");
    kiln_value inputs = value_member(&payload, "inputs");
    kiln_value step = value_member(&payload, "step_id"), scope = value_member(&payload, "scope_id");

    text_printf(t, "%.*s ", (int)subtype.n, subtype.u.s);
    json_write_plain(t, &step);
    text_putc(t, ' ');
    json_write_plain(t, &scope);
    if (inputs.tag != KILN_ABSENT) {
        text_puts(t, " < ");
        json_write(t, &inputs);
    }
    if (outputs.tag != KILN_ABSENT) {
        text_puts(t, " > ");
        json_write(t, &outputs);
    }
    text_putc(t, '\n');
}

static void listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    (void)step;
    if (kind == KILN_EVENT_TOLD)
        note_event(ctx, v);
}

/* Runs a workflow that reports; its events and its output are as said. */
static void expect_events(const char *text, const char *input, const char *output,
                          const char *events)
{
    struct workflow w;
    struct text told = { 0 };

    workflow_compile(&w, text, STAGE_C, 1);
    w.listen = listen;
    w.listen_ctx = &told;
    ck_assert_str_eq(workflow_run(&w, input), output);
    ck_assert_str_eq(text_cstr(&told), events);
    text_fini(&told);
    workflow_fini(&w);
}

#define TRACKED(entry, steps, edges)                                                               \
    "{'trackEvents':true,'executionGraph':" GRAPH(entry, steps, edges) "}"

START_TEST(steps_tell_their_beginning_and_end)
{
    expect_events(TRACKED("e", ECHO("e", LIT("5")) "," FINISH("f", "'r':" REF("steps.e.outputs")),
                          EDGE("e", "f")),
                  "{}", "{\"r\":5}",
                  "step_debug_start e null < {\"value\":5}\n"
                  "step_debug_end e null > 5\n"
                  "step_debug_start f null < {\"finishing\":true}\n"
                  "step_debug_end f null > {\"outputs\":{\"r\":5},\"stepId\":\"f\","
                  "\"stepName\":\"Finish\",\"stepType\":\"Finish\"}\n");
}
END_TEST

START_TEST(scopes_are_those_of_the_loops)
{
    expect_events(
        TRACKED("s",
                "'s':{'stepType':'Split','config':{'value':" LIT("[7]") "},'subgraph':" GRAPH(
                    "f", FINISH("f", "'outputs':" REF("data")), "") "}",
                ""),
        "{}", "null",
        "step_debug_start s null < null\n"
        "step_debug_start f sc_s_0 < {\"finishing\":true}\n"
        "step_debug_end f sc_s_0 > {\"outputs\":7,\"stepId\":\"f\",\"stepName\":"
        "\"Finish\",\"stepType\":\"Finish\"}\n"
        "step_debug_end s null > {\"outputs\":[7],\"stepId\":\"s\",\"stepName\":"
        "\"Unnamed\",\"stepType\":\"Split\"}\n");
}
END_TEST

START_TEST(a_failure_is_told_once_where_it_is_handled)
{
    const char *bad = "'e':{'stepType':'Agent','agentId':'utils','capabilityId':'return-input',"
                      "'inputMapping':{'value':{'valueType':'reference','value':'data.a',"
                      "'type':'integer'}}}";
    char *text = malloc(2000);

    snprintf(text, 2000,
             TRACKED("e", "%s," FINISH("h", "'r':" REF("__error.message")),
                     "{'fromStep':'e','toStep':'h','label':'onError'}"),
             bad);
    expect_events(
        text, "{'a':'x'}", "{\"r\":\"value \\\"x\\\" cannot be coerced to integer\"}",
        "step_debug_end e null > {\"_error\":true,\"error\":\"value \\\"x\\\" cannot be "
        "coerced to integer\"}\n"
        "step_debug_start h null < {\"finishing\":true}\n"
        "step_debug_end h null > {\"outputs\":{\"r\":\"value \\\"x\\\" cannot be coerced to "
        "integer\"},\"stepId\":\"h\",\"stepName\":\"Finish\",\"stepType\":\"Finish\"}\n");
    snprintf(text, 2000, TRACKED("e", "%s", ""), bad);
    expect_events(text, "{'a':'x'}", "! \"value \\\"x\\\" cannot be coerced to integer\"",
                  "step_debug_end e null > {\"_error\":true,\"error\":\"value \\\"x\\\" cannot be "
                  "coerced to integer\"}\n");
    free(text);
}
END_TEST

START_TEST(logs_and_errors_are_events_too)
{
    expect_events(TRACKED("l",
                          "'l':{'stepType':'Log','message':'hi'},"
                          "'x':{'stepType':'Error','code':'C','message':'m'}",
                          EDGE("l", "x")),
                  "{}",
                  "! {\"category\":\"permanent\",\"code\":\"C\",\"context\":{},\"message\":\"m\","
                  "\"severity\":\"error\",\"stepId\":\"x\",\"stepName\":\"Unnamed\"}",
                  "step_debug_start l null < null\n"
                  "workflow_log l null\n"
                  "step_debug_end l null > {\"outputs\":{\"level\":\"info\",\"message\":\"hi\"},"
                  "\"stepId\":\"l\",\"stepName\":\"Unnamed\",\"stepType\":\"Log\"}\n"
                  "step_debug_start x null < null\n"
                  "workflow_error x null\n"
                  "step_debug_end x null > {\"_error\":true,\"error\":\"{\\\"category\\\":"
                  "\\\"permanent\\\",\\\"code\\\":\\\"C\\\",\\\"context\\\":{},\\\"message\\\":"
                  "\\\"m\\\",\\\"severity\\\":\\\"error\\\",\\\"stepId\\\":\\\"x\\\","
                  "\\\"stepName\\\":\\\"Unnamed\\\"}\"}\n");
}
END_TEST

START_TEST(a_workflow_that_reports_nothing_has_nothing_of_it)
{
    struct workflow w;

    workflow_compile(&w, GRAPH("f", FINISH("f", "'a':" LIT("1")), ""), STAGE_C, 1);
    ck_assert_ptr_null(strstr(text_cstr(&w.compilation.c), "kiln_tell(f"));
    workflow_fini(&w);
    workflow_compile(&w, TRACKED("f", FINISH("f", "'a':" LIT("1")), ""), STAGE_C, 1);
    ck_assert_ptr_nonnull(strstr(text_cstr(&w.compilation.c), "kiln_tell(f"));
    workflow_fini(&w);
}
END_TEST

/* A step with a breakpoint counts both ways into it; one on a branch not taken is dead all the
 * same.
 */
START_TEST(a_breakpoint_not_debugged_is_not_there)
{
    const char *stops = "'b':{'stepType':'Agent','agentId':'utils','capabilityId':'return-input',"
                        "'breakpoint':true,'inputMapping':{'value':" LIT("1") "}}";
    char text[2000];

    snprintf(text, sizeof text,
             GRAPH("c",
                   "'c':{'stepType':'Conditional','condition':{'type':'value','valueType':"
                   "'reference','value':'data.go'}},%s," FINISH("f", "'r':" REF("steps.b.outputs")),
                   LABEL("c", "b", "true") "," LABEL("c", "f", "false") "," EDGE("b", "f")),
             stops);
    workflow_expect(text, "{'go':true}", "{\"r\":1}");
    workflow_expect(text, "{'go':false}", "{\"r\":null}");
}
END_TEST

Suite *suite_scenario_track(void);
Suite *suite_scenario_track(void)
{
    Suite *s = suite_create("scenario_track");
    TCase *t = tcase_create("scenario_track");

    tcase_add_test(t, steps_tell_their_beginning_and_end);
    tcase_add_test(t, scopes_are_those_of_the_loops);
    tcase_add_test(t, a_failure_is_told_once_where_it_is_handled);
    tcase_add_test(t, logs_and_errors_are_events_too);
    tcase_add_test(t, a_workflow_that_reports_nothing_has_nothing_of_it);
    tcase_add_test(t, a_breakpoint_not_debugged_is_not_there);
    suite_add_tcase(s, t);
    return s;
}
