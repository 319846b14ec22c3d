/* test_scenario_connect.c: what steps that reach for something outside may say: connections, the
 * conditions sent to an object store, AiAgents. */
#include <string.h>

#include "suites.h"
#include "workflows.h"

#define END "{'stepType':'Finish'}"

static void expect_graph(const char *steps, const char *edges, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t, "{'entryPoint':'a','steps':{%s},'executionPlan':[%s]}", steps, edges);
    workflow_expect_codes(text_cstr(&t), codes);
    text_fini(&t);
}

/* Operations of an object store, and what such a step says of its condition. */
static const kiln_field store_inputs[] = { { "condition", "any", "Which.", 0 } };
static const kiln_op store_op = { .name = "object-model.find",
                                  .symbol = "find",
                                  .inputs = store_inputs,
                                  .n_inputs = 1,
                                  .flags = KILN_OP_CONNECTS };

static void expect_store(const char *rest, const char *codes)
{
    static const kiln_op *const ops[] = { &store_op };
    const struct op_set known = { ops, 1 };
    const struct compile_options options = { .until = STAGE_CHECK, .dialect = "scenario" };
    struct text t = { 0 }, got = { 0 };
    struct compilation c;

    text_printf(&t,
                "{'entryPoint':'a','steps':{'a':{'stepType':'Agent','agentId':'Object_Model',"
                "'capabilityId':'find',%s},'f':" END "},'executionPlan':[" EDGE("a", "f") "]}",
                rest);
    for (size_t i = 0; i < t.n; i++)
        t.s[i] = t.s[i] == '\'' ? '"' : t.s[i];
    compile_text(&c, "store", text_cstr(&t), t.n, &known, &options);
    for (size_t i = 0; i < c.diags.n; i++)
        text_printf(&got, "%s%s", i ? " " : "", c.diags.at[i].code);
    ck_assert_msg(!strcmp(text_cstr(&got), codes), "%s: got %s", rest, text_cstr(&got));
    compile_fini(&c);
    text_fini(&got);
    text_fini(&t);
}

static void expect_query(const char *condition, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t, "'connectionId':'c','inputMapping':{'condition':" LIT("%s") "}", condition);
    expect_store(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(conditions_of_queries)
{
#define WHERE(op, arguments) "{'type':'operation','op':'" op "','arguments':[" arguments "]}"
#define COLUMN REF("name")
    expect_query("null", "");
    expect_query(WHERE("EQ", COLUMN "," LIT("1")), "");
    expect_query(WHERE("AND", WHERE("IS_EMPTY", COLUMN)), "");
    expect_query(WHERE("NOT", WHERE("IS_EMPTY", COLUMN)), "");
    expect_query(WHERE("SIMILARITY_GTE", COLUMN "," REF("data.v") "," LIT("0.8")), "");
    expect_query("5", "E025");
    expect_query("{'op':'EQ'}", "E025");
    expect_query(WHERE("LENGTH", COLUMN), "E025");
    expect_query(WHERE("EQ", COLUMN), "E025");
    expect_query(WHERE("NOT", ""), "E025");
    expect_query(WHERE("AND", COLUMN), "E025");
    expect_query(WHERE("EQ", REF("data.name") "," LIT("1")), "E025");
    expect_query(WHERE("EQ", "5,6"), "E025 E025");
    expect_query(WHERE("EQ", COLUMN "," LIT(LIT("1"))), "E025");
    expect_query(WHERE("EQ", COLUMN ",{'valueType':'composite','value':[]}"), "E025");
}
END_TEST

START_TEST(connections)
{
    const char *conn = "'a':{'stepType':'Connection','connectionId':'c','integrationId':'%s'},'b':"
                       "{'stepType':'%s',%s:{'x':" REF("steps.a.outputs") "}},'f':" END;
    static const char *const uses[][4] = {
        { "bearer", "Log", "'message':'m','context'", "E042" },
        { "bearer", "Agent", "'agentId':'utils','capabilityId':'do-nothing','inputMapping'",
          "W020 E040" },
        { "bearr", "Log", "'message':'m','context'", "E030 E042" },
        { "bearer", "Error", "'code':'C','message':'m','context'", "E003" },
    };

    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        struct text t = { 0 };

        text_printf(&t, conn, uses[i][0], uses[i][1], uses[i][2]);
        expect_graph(text_cstr(&t), i == 3 ? EDGE("a", "b") : EDGE("a", "b") "," EDGE("b", "f"),
                     uses[i][3]);
        text_fini(&t);
    }
    expect_graph("'a':{'stepType':'Connection','connectionId':'c','integrationId':'sftp'},"
                 "'f':{'stepType':'Finish','inputMapping':{'x':" REF("steps.a.outputs") "}}",
                 EDGE("a", "f"), "E041");
    expect_graph("'a':{'stepType':'Connection','connectionId':'c','integrationId':'sftp'},'f':" END,
                 EDGE("a", "f"), "W204");
    expect_store("'connectionId':'c'", "");
    expect_store("'connectionId':' '", "E026");
    expect_store("'connectionId':'__none__'", "E026");
    expect_store("'connectionRef':" REF("variables._tenant_id"), "");
    expect_graph("'a':{'stepType':'Agent','agentId':'utils','capabilityId':'do-nothing',"
                 "'connectionId':'c'},'f':" END,
                 EDGE("a", "f"), "W205");
}
END_TEST

/* An AiAgent `a` with these members, and edges. */
static void expect_ai(const char *rest, const char *edges, const char *codes)
{
    struct text steps = { 0 }, plan = { 0 };

    text_printf(&steps, "'a':{'stepType':'AiAgent'%s}," ECHO("b", LIT("1")) ",'f':" END, rest);
    text_printf(&plan, "%s," EDGE("b", "f"), edges);
    expect_graph(text_cstr(&steps), text_cstr(&plan), codes);
    text_fini(&steps);
    text_fini(&plan);
}

START_TEST(ai_agents)
{
    const char *good = ",'connectionId':'c'";
    const char *memory =
        ",'connectionId':'c','config':{'memory':{'conversationId':" LIT("'x'") "}}";

    expect_ai(good, EDGE("a", "b"), "K100");
    expect_ai(good, LABEL("a", "b", "tool_1"), "K100");
    expect_ai("", EDGE("a", "b"), "E112");
    expect_ai(good, LABEL("a", "b", "a tool"), "E111");
    expect_ai(good, LABEL("a", "b", "t") "," LABEL("a", "f", "t"), "E071 E110");
    expect_ai(memory, LABEL("a", "b", "memory"), "K100");
    expect_ai(memory, EDGE("a", "b"), "E115");
    expect_ai(good, LABEL("a", "b", "memory"), "E116");
    expect_ai(memory, LABEL("a", "f", "memory") "," EDGE("a", "b"), "E114");
    expect_ai(memory, LABEL("a", "b", "memory") "," LABEL("a", "b", "memory"), "E071 E113");
    expect_ai(good, LABEL("a", "b", "mcp.x"), "E121");
    expect_ai(good, LABEL("a", "f", "mcp.x") "," EDGE("a", "b"), "E120");
    expect_ai(good, LABEL("a", "b", "mcp."), "E122 E121");
    expect_ai(good, LABEL("a", "b", "mcp.x") "," LABEL("a", "b", "mcp.x"),
              "E071 E121 E121 E110 E123");
    expect_ai(",'connectionId':'c','config':{'maxRetries':60,'userPrompt':" REF("data.q") "}",
              EDGE("a", "b"), "W030 E052");
}
END_TEST

Suite *suite_scenario_connect(void);

Suite *suite_scenario_connect(void)
{
    Suite *s = suite_create("scenario_connect");
    TCase *c = tcase_create("connect");

    tcase_add_test(c, conditions_of_queries);
    tcase_add_test(c, connections);
    tcase_add_test(c, ai_agents);
    suite_add_tcase(s, c);
    return s;
}
