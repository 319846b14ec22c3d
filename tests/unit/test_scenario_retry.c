/* test_scenario_retry.c: calls that fail are made again, and steps have their time (scenario 1.10),
 * from text to output through both back ends. The clock is the test's own, so when a run ended
 * tells every delay there was.
 */
#include <string.h>

#include "io.h"
#include "suites.h"
#include "workflows.h"

/* ---- an operation that fails at first, or takes its time ----------------------------------- */

static unsigned calls;

KILN_OP(retry_flaky, "test.flaky", KILN_EFFECTFUL, "Fails at first.",
        KILN_INPUTS({ "times", "integer", "", 0 }, { "error", "any", "", 0 },
                    { "ms", "integer", "", 0 }),
        KILN_OUTPUTS({ "calls", "integer", "", 0 }))
{
    if (calls++ < kiln_in_int(call, "times"))
        return kiln_fail_value(call, kiln_in(call, "error"));
    kiln_later(call, (unsigned long long)kiln_in_int(call, "ms"));
    return kiln_out(call, "calls", kiln_int(calls));
}

/* ---- a clock ------------------------------------------------------------------------------- */

static long long now_ms(void *self)
{
    return *(long long *)self;
}

static void sleep_ms(void *self, unsigned long long ms)
{
    *(long long *)self += (long long)ms;
}

/* ---- documents ----------------------------------------------------------------------------- */

#define FLAKY(rest, times, error, ms)                                                              \
    "'a':{'stepType':'Agent','agentId':'test','capabilityId':'flaky'" rest                         \
    ",'inputMapping':{'times':" LIT(times) ",'error':" LIT(error) ",'ms':" LIT(ms) "}}"
#define THEN(step) THEN_GIVE(step, "steps.a.outputs.calls")
#define THEN_GIVE(step, what)                                                                      \
    step "," FINISH("f", "'calls':" REF(what)) "," FINISH(                                         \
        "h", "'code':" REF("steps.__error.code") ",'category':" REF("steps.__error.category"))
#define WAYS EDGE("a", "f") "," LABEL("a", "h", "onError")
#define AGENT(rest, times, error, ms) GRAPH("a", THEN(FLAKY(rest, times, error, ms)), WAYS)
#define BUDGET(budget, rest, times, error)                                                         \
    "{'rateLimitBudgetMs':" budget                                                                 \
    ",'entryPoint':'a','steps':{" THEN(FLAKY(rest, times, error, "0")) "},'executionPlan':[" WAYS  \
                                                                       "]}"
#define SLOW_RUN(seconds)                                                                          \
    "{'executionTimeoutSeconds':" seconds                                                          \
    ",'entryPoint':'a','steps':{" THEN(FLAKY("", "0", "0", "2000")) "},'executionPlan':[" WAYS     \
                                                                    "]}"
#define PERMANENT "{'category':'permanent','code':'NO'}"
#define LATER "{'category':'transient','code':'BUSY','retryAfterMs':77}"
#define LIMITED "{'category':'transient','code':'X_RATE_LIMITED','retryAfterMs':50}"

#define CHILD(rest)                                                                                \
    GRAPH(                                                                                         \
        "a",                                                                                       \
        THEN("'a':{'stepType':'EmbedWorkflow','childWorkflowId':'kid','childVersion':1" rest "}"), \
        WAYS)
#define KID(times, error, ms)                                                                      \
    GRAPH("a",                                                                                     \
          FLAKY(",'maxRetries':0", times, error, ms) "," FINISH("f",                               \
                                                                "'outputs':" REF("steps.a.outpu"   \
                                                                                 "ts")),           \
          EDGE("a", "f"))

#define LOOP(type, config, rest, body)                                                             \
    GRAPH("a",                                                                                     \
          THEN_GIVE("'a':{'stepType':'" type "','config':{" config "}" rest ",'subgraph':" body    \
                    "}",                                                                           \
                    "steps.a.outputs"),                                                            \
          WAYS)

struct trial {
    const char *text, *kid; /* kid: of the workflow it embeds, or NULL */
    const char *expected;   /* "output at clock, calls" */
};

static void expect_trial(const struct trial *t, int is_so)
{
    long long clock = 0;
    struct kiln_io io = kiln_io_posix;
    const struct offered kids[] = { { "kid", 1, t->kid }, { 0 } };
    struct workflow w;
    struct text got = { 0 };

    workflow_offer(&w, t->kid ? kids : kids + 1);
    io.self = &clock;
    io.now_ms = now_ms;
    io.sleep_ms = sleep_ms;
    w.op = &kiln_op_retry_flaky;
    w.io = &io;
    w.is_so = is_so;
    workflow_compile_offered(&w, t->text, STAGE_C, 0);
    calls = 0;
    text_printf(&got, "%s", workflow_run(&w, "{}"));
    text_printf(&got, " at %lld, %u", clock, calls);
    ck_assert_msg(!strcmp(text_cstr(&got), t->expected), "%s\nis %s\nnot %s", t->text,
                  text_cstr(&got), t->expected);
    text_fini(&got);
    workflow_fini(&w);
}

#define DONE(n) "{\"calls\":" n "}"
#define HANDLED(code, category) "{\"category\":\"" category "\",\"code\":\"" code "\"}"

static const struct trial trials[] = {
    /* Agent: 3 times after 1, 2 and 4 s, or as the step says */
    { AGENT("", "3", "'x'", "0"), NULL, DONE("4") " at 7000, 4" },
    { AGENT("", "4", "'x'", "0"), NULL, "{\"category\":\"unknown\",\"code\":null} at 7000, 4" },
    { AGENT(",'maxRetries':2,'retryDelay':100", "2", "'x'", "5"), NULL, DONE("3") " at 305, 3" },
    { AGENT(",'maxRetries':0", "1", PERMANENT, "0"), NULL, HANDLED("NO", "permanent") " at 0, 1" },
    /* the error says whether and when */
    { AGENT("", "1", PERMANENT, "0"), NULL, HANDLED("NO", "permanent") " at 0, 1" },
    { AGENT("", "2", LATER, "0"), NULL, DONE("3") " at 154, 3" },
    { AGENT(",'maxRetries':1", "2", LATER, "0"), NULL, HANDLED("BUSY", "transient") " at 77, 2" },
    /* the budget: of one delay, and of all rate limits, which cost no try */
    { BUDGET("1500", "", "3", "'x'"), NULL, DONE("4") " at 4000, 4" },
    { BUDGET("100", ",'maxRetries':0", "2", LIMITED), NULL, DONE("3") " at 100, 3" },
    { BUDGET("99", ",'maxRetries':9", "2", LIMITED), NULL,
      HANDLED("X_RATE_LIMITED", "transient") " at 50, 2" },
    /* its time is that of all tries together */
    { AGENT(",'timeout':200", "0", "0", "300"), NULL,
      HANDLED("AGENT_TIMEOUT", "timeout") " at 200, 1" },
    { AGENT(",'timeout':3500", "9", "'x'", "0"), NULL,
      HANDLED("AGENT_TIMEOUT", "timeout") " at 3500, 3" },
    { AGENT(",'timeout':400", "0", "0", "300"), NULL, DONE("1") " at 300, 1" },
    /* EmbedWorkflow */
    { CHILD(""), KID("3", "'x'", "0"), DONE("4") " at 7000, 4" },
    { CHILD(",'maxRetries':1,'retryDelay':10"), KID("9", LATER, "0"),
      HANDLED("CHILD_WORKFLOW_FAILED", "transient") " at 77, 2" },
    { CHILD(""), KID("9", PERMANENT, "0"),
      HANDLED("CHILD_WORKFLOW_FAILED", "permanent") " at 0, 1" },
    { CHILD(",'timeout':200"), KID("0", "0", "300"),
      HANDLED("CHILD_WORKFLOW_FAILED", "timeout") " at 200, 1" },
    { CHILD(",'timeout':1500"), KID("9", "'x'", "0"),
      HANDLED("CHILD_WORKFLOW_FAILED", "timeout") " at 1500, 2" },
    /* Split: as often as it says; its time runs out for good */
    { LOOP("Split", "'value':" LIT("[1,2]") ",'maxRetries':2,'retryDelay':10", "",
           KID("2", "'x'", "0")),
      NULL, DONE("[{\"calls\":3},{\"calls\":4}]") " at 30, 4" },
    { LOOP("Split", "'value':" LIT("[1]"), "", KID("1", "'x'", "0")), NULL,
      "{\"category\":\"unknown\",\"code\":null} at 0, 1" },
    { LOOP("Split", "'value':" LIT("[1,2]") ",'timeout':500", "", KID("0", "0", "300")), NULL,
      "! {\"category\":\"timeout\",\"code\":\"SPLIT_TIMEOUT\",\"message\":\"Split step exceeded "
      "its configured timeout\",\"severity\":\"error\"} at 500, 2" },
    /* While */
    { LOOP("While", "'timeout':500", ",'condition':{'type':'operation','op':'AND','arguments':[]}",
           KID("0", "0", "300")),
      NULL, HANDLED("WHILE_TIMEOUT", "timeout") " at 500, 2" },
    /* the whole workflow, whatever it waits for and however it would handle that */
    { SLOW_RUN("1"), NULL,
      "! {\"category\":\"timeout\",\"code\":\"EXECUTION_TIMEOUT\",\"message\":\"the workflow "
      "exceeded its configured timeout\",\"severity\":\"error\"} at 1000, 1" },
    { SLOW_RUN("3"), NULL, DONE("1") " at 2000, 1" },
    { SLOW_RUN("0"), NULL, DONE("1") " at 2000, 1" },
    /* WaitForSignal */
    { GRAPH("a", THEN("'a':{'stepType':'WaitForSignal','timeoutMs':" LIT("40") "}"), WAYS), NULL,
      HANDLED("WAIT_TIMEOUT", "timeout") " at 40, 0" },
};

START_TEST(calls_are_made_again)
{
    expect_trial(&trials[_i], 0);
}
END_TEST

START_TEST(so_does_what_the_c_compiler_makes)
{
    expect_trial(&trials[_i], 1);
}
END_TEST

/* What touches nothing of the world would fail as before. */
START_TEST(pure_work_is_not_made_again)
{
    struct trial t = { GRAPH("a", THEN(CALC("a", "1/0")), WAYS), NULL,
                       HANDLED("CAPABILITY_ERROR", "permanent") " at 0, 0" };

    expect_trial(&t, 0);
}
END_TEST

static void count_told(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    (void)step;
    (void)v;
    *(unsigned *)ctx += kind == KILN_EVENT_TOLD;
}

/* Two events of the step and two of the Finish, whatever happened in between. */
START_TEST(another_try_tells_nothing)
{
    long long clock = 0;
    struct kiln_io io = kiln_io_posix;
    unsigned told = 0;
    struct workflow w = { .op = &kiln_op_retry_flaky, .io = &io, .listen = count_told };

    io.self = &clock;
    io.now_ms = now_ms;
    io.sleep_ms = sleep_ms;
    w.listen_ctx = &told;
    workflow_compile_offered(
        &w, "{'trackEvents':true,'executionGraph':" AGENT("", "2", "'x'", "0") "}", STAGE_C, 0);
    calls = 0;
    ck_assert_str_eq(workflow_run(&w, "{}"), DONE("3"));
    ck_assert_str_eq(text_cstr(&w.steps), "a a a f");
    ck_assert_uint_eq(told, 4);
    workflow_fini(&w);
}
END_TEST

Suite *suite_scenario_retry(void);

Suite *suite_scenario_retry(void)
{
    Suite *s = suite_create("scenario_retry");
    TCase *c = tcase_create("retry");
    int n = sizeof trials / sizeof *trials;

    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, calls_are_made_again, 0, n);
    tcase_add_loop_test(c, so_does_what_the_c_compiler_makes, 0, n);
    tcase_add_test(c, pure_work_is_not_made_again);
    tcase_add_test(c, another_try_tells_nothing);
    suite_add_tcase(s, c);
    return s;
}
