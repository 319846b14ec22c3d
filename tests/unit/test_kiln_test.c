/* test_kiln_test.c: kiln test, on workflows that survive and on operations that lie about
 * themselves: each lie is found. */
#include <stdio.h>
#include <string.h>

#include "shell.h"
#include "suites.h"

static char *scratch;

static void set_up(void)
{
    scratch = shell_scratch();
}

static void tear_down(void)
{
    shell_scratch_free(scratch);
}

/* Two operations in C, the second taking what the first gives; `effect` is what that says of
 * itself. */
static void put_op(const char *effect, const char *body)
{
    char text[1000];

    snprintf(text, sizeof text,
             "#include <kiln_op.h>\n"
             "static int calls;\n"
             "KILN_OP(mine_next, \"mine.next\", %s, \"Counts its calls.\",\n"
             "        KILN_OUTPUTS({ \"n\", \"integer\", \"Which call.\", 0 }))\n"
             "{\n    %s\n}\n"
             "KILN_OP(mine_tell, \"mine.tell\", KILN_EFFECTFUL, \"Tells.\",\n"
             "        KILN_INPUTS({ \"n\", \"any\", \"What.\", 0 }),\n"
             "        KILN_OUTPUTS({ \"n\", \"any\", \"The same.\", 0 }))\n"
             "{\n    return kiln_out(call, \"n\", kiln_in(call, \"n\"));\n}\n",
             effect, body);
    shell_write(scratch, "ops.c", text);
}

static const char workflow[] =
    "{\"entryPoint\":\"a\",\"steps\":{"
    "\"a\":{\"stepType\":\"Agent\",\"agentId\":\"mine\",\"capabilityId\":\"next\"},"
    "\"b\":{\"stepType\":\"Agent\",\"agentId\":\"mine\",\"capabilityId\":\"tell\",\"inputMapping\":"
    "{\"n\":{\"valueType\":\"reference\",\"value\":\"steps.a.outputs.n\"}}},"
    "\"f\":{\"stepType\":\"Finish\",\"inputMapping\":"
    "{\"n\":{\"valueType\":\"reference\",\"value\":\"steps.b.outputs.n\"}}}},"
    "\"executionPlan\":[{\"fromStep\":\"a\",\"toStep\":\"b\"},{\"fromStep\":\"b\",\"toStep\":\"f\"}"
    "]}";

/* Expects the exit code, and the words in what is told. */
static void expect(const char *flags, int code, const char *words)
{
    struct shell s;

    shell_write(scratch, "w.json", workflow);
    s = shell_run(scratch, "kiln test w.json --ops ops.c %s 2>&1", flags);
    ck_assert_msg(s.code == code && strstr(text_cstr(&s.out), words), "exit code %d: %s", s.code,
                  text_cstr(&s.out));
    shell_fini(&s);
}

#define COUNT "return kiln_out(call, \"n\", kiln_int(++calls));"

START_TEST(honest_operations_survive)
{
    put_op("KILN_EFFECTFUL", COUNT);
    expect("", 0, "output: {\"n\":1}\ntime: 0 ms\n");
    expect("--crash-everywhere", 0, "crashes: ");
    expect("--crash-everywhere --backend cc", 0, "crashes: ");
}
END_TEST

/* It counts, so a resumed run is told another number. */
START_TEST(one_that_is_not_pure_is_found)
{
    put_op("KILN_PURE", COUNT);
    expect("", 0, "output: {\"n\":1}");
    expect("--crash-everywhere", 1, "operation 'mine.tell' was called with another input");
}
END_TEST

START_TEST(days_take_no_time)
{
    put_op("KILN_EFFECTFUL",
           "kiln_later(call, 86400000);\n    return kiln_out(call, \"n\", kiln_int(++calls));");
    expect("--crash-everywhere", 0, "time: 86400000 ms");
}
END_TEST

START_TEST(failures_survive_too)
{
    put_op("KILN_EFFECTFUL", "return kiln_fail(call, \"no %d\", ++calls);");
    expect("--crash-everywhere", 0, "failed: ");
}
END_TEST

/* The first signal is for the second step: it is kept until that is there. */
START_TEST(signals_come)
{
    static const char waits[] =
        "{\"entryPoint\":\"a\",\"steps\":{\"a\":{\"stepType\":\"WaitForSignal\"},"
        "\"b\":{\"stepType\":\"WaitForSignal\"},\"f\":{\"stepType\":\"Finish\",\"inputMapping\":"
        "{\"n\":{\"valueType\":\"reference\",\"value\":\"steps.b.outputs\"}}}},\"executionPlan\":["
        "{\"fromStep\":\"a\",\"toStep\":\"b\"},{\"fromStep\":\"b\",\"toStep\":\"f\"}]}";
    struct shell s;

    shell_write(scratch, "w.json", waits);
    s = shell_run(scratch, "kiln test w.json --signal b=7 --signal a=6 --crash-everywhere");
    ck_assert_msg(s.code == 0 && strstr(text_cstr(&s.out), "output: {\"n\":7}"), "%d: %s %s",
                  s.code, text_cstr(&s.out), text_cstr(&s.err));
    shell_fini(&s);
    s = shell_run(scratch, "kiln test w.json --signal a=6 --crash-everywhere 2>&1");
    ck_assert_msg(strstr(text_cstr(&s.out), "waits for a signal"), "%s", text_cstr(&s.out));
    shell_fini(&s);
    s = shell_run(scratch, "kiln test w.json --signal a 2>&1");
    ck_assert_msg(strstr(text_cstr(&s.out), "a signal is NAME=JSON"), "%s", text_cstr(&s.out));
    shell_fini(&s);
}
END_TEST

/* Both operations are called again by every resume, and the delay begins anew. */
START_TEST(what_is_not_durable_is_done_again)
{
    static const char fleeting[] =
        "{'durable':false,'entryPoint':'a','steps':{"
        "'a':{'stepType':'Agent','agentId':'mine','capabilityId':'next'},"
        "'d':{'stepType':'Delay','durationMs':{'valueType':'immediate','value':50}},"
        "'f':{'stepType':'Finish','inputMapping':"
        "{'n':{'valueType':'reference','value':'steps.a.outputs.n'}}}},"
        "'executionPlan':[{'fromStep':'a','toStep':'d'},{'fromStep':'d','toStep':'f'}]}";
    struct shell s;

    put_op("KILN_EFFECTFUL", COUNT);
    shell_write(scratch, "w.json", fleeting);
    s = shell_run(scratch, "kiln test w.json --ops ops.c --crash-everywhere 2>&1");
    ck_assert_msg(s.code == 0 && strstr(text_cstr(&s.out), "output: {\"n\":1}\ntime: 50 ms\n"),
                  "exit code %d: %s", s.code, text_cstr(&s.out));
    shell_fini(&s);
}
END_TEST

Suite *suite_kiln_test(void);
Suite *suite_kiln_test(void)
{
    Suite *s = suite_create("kiln_test");
    TCase *t = tcase_create("kiln_test");

    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, honest_operations_survive);
    tcase_add_test(t, one_that_is_not_pure_is_found);
    tcase_add_test(t, days_take_no_time);
    tcase_add_test(t, failures_survive_too);
    tcase_add_test(t, signals_come);
    tcase_add_test(t, what_is_not_durable_is_done_again);
    suite_add_tcase(s, t);
    return s;
}
