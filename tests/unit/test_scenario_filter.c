/* test_scenario_filter.c: Filter and GroupBy, from text to output. */
#include "suites.h"
#include "workflows.h"

#define FILTER(condition)                                                                          \
    GRAPH("s",                                                                                     \
          "'s':{'stepType':'Filter','config':{'value':" REF(                                       \
              "data.l") ",'condition':" condition                                                  \
                        "}}," FINISH("f", "'o':" REF("steps.s.outputs")),                          \
          EDGE("s", "f"))
#define OP(op, arguments) "{'type':'operation','op':'" op "','arguments':[" arguments "]}"

START_TEST(filter_keeps_items_in_order)
{
    const char *even = FILTER(OP("GT", REF("item.n") "," REF("data.least")));

    workflow_expect(even, "{'least':1,'l':[{'n':2},{'n':1},{'n':3},{}]}",
                    "{\"o\":{\"count\":2,\"items\":[{\"n\":2},{\"n\":3}]}}");
    workflow_expect(even, "{'least':1,'l':[]}", "{\"o\":{\"count\":0,\"items\":[]}}");
}
END_TEST

START_TEST(what_is_no_array_has_no_items)
{
    const char *all = FILTER("{'type':'value','valueType':'immediate','value':true}");

    workflow_expect(all, "{'l':'abc'}", "{\"o\":{\"count\":0,\"items\":[]}}");
    workflow_expect(all, "{'l':{'a':1}}", "{\"o\":{\"count\":0,\"items\":[]}}");
    workflow_expect(all, "{}", "{\"o\":{\"count\":0,\"items\":[]}}");
    workflow_expect(all, "{'l':[null,0]}", "{\"o\":{\"count\":2,\"items\":[null,0]}}");
}
END_TEST

START_TEST(filter_conditions_may_be_deep)
{
    workflow_expect(FILTER(OP("AND", OP("NOT", OP("EQ", REF("item.a") "," LIT("1"))) "," OP(
                                         "OR", OP("IS_DEFINED", REF("item.b")) "," OP(
                                                   "IN", REF("item.a") "," LIT("[3,4]"))))),
                    "{'l':[{'a':1,'b':1},{'a':2,'b':1},{'a':3},{'a':5}]}",
                    "{\"o\":{\"count\":2,\"items\":[{\"a\":2,\"b\":1},{\"a\":3}]}}");
}
END_TEST

START_TEST(a_condition_that_fails_fails_the_step)
{
    workflow_expect(FILTER(OP("EQ", REF("item.x") "," LIT("1"))), "{'l':[{'x':1},[1]]}",
                    "! \"reference 'item.x' cannot be resolved: 'item' is an array with no field "
                    "'x' — address array elements by numeric index (e.g. 'item.0')\"");
}
END_TEST

/* The inner `item` is the Filter's, `iteration.item` the Split's. */
START_TEST(filter_in_a_split_has_its_own_item)
{
    static const char inner[] = GRAPH(
        "i",
        "'i':{'stepType':'Filter','config':{'value':" REF("data.l") ",'condition':" OP(
            "EQ", REF("item") "," REF(
                      "iteration.item.k")) "}}," FINISH("e",
                                                        "'outputs':" REF("steps.i.outputs.count")),
        EDGE("i", "e"));
    struct text t = { 0 };

    text_printf(&t,
                GRAPH("s",
                      "'s':{'stepType':'Split','config':{'value':" REF(
                          "data.l") "},'subgraph':%s}," FINISH("f", "'o':" REF("steps.s.outputs")),
                      EDGE("s", "f")),
                inner);
    workflow_expect(text_cstr(&t), "{'l':[{'k':1,'l':[1,2,1]},{'k':2,'l':[1]}]}", "{\"o\":[2,0]}");
    text_fini(&t);
}
END_TEST

#define GROUP(rest)                                                                                \
    GRAPH("g",                                                                                     \
          "'g':{'stepType':'GroupBy','config':{'value':" REF("data.l") "," rest "}}," FINISH(      \
              "f", "'o':" REF("steps.g.outputs")),                                                 \
          EDGE("g", "f"))

START_TEST(groups_are_named_by_text)
{
    workflow_expect(GROUP("'key':'k'"),
                    "{'l':[{'k':1},{'k':1.0},{'k':'1'},{'k':true},{'k':null},{},{'k':[1]},7]}",
                    "{\"o\":{\"counts\":{\"1\":2,\"1.0\":1,\"[1]\":1,\"_null\":3,\"true\":1},"
                    "\"groups\":{\"1\":[{\"k\":1},{\"k\":\"1\"}],\"1.0\":[{\"k\":1.0}],\"[1]\":"
                    "[{\"k\":[1]}],\"_null\":[{\"k\":null},{},7],\"true\":[{\"k\":true}]},"
                    "\"total_groups\":5}}");
}
END_TEST

START_TEST(groups_may_be_expected)
{
    workflow_expect(GROUP("'key':'a.b','expectedKeys':['x','y','x']"), "{'l':[{'a':{'b':'y'}}]}",
                    "{\"o\":{\"counts\":{\"x\":0,\"y\":1},\"groups\":{\"x\":[],\"y\":[{\"a\":"
                    "{\"b\":\"y\"}}]},\"total_groups\":2}}");
    workflow_expect(GROUP("'key':''"), "{'l':['b','a','b']}",
                    "{\"o\":{\"counts\":{\"a\":1,\"b\":2},\"groups\":{\"a\":[\"a\"],\"b\":"
                    "[\"b\",\"b\"]},\"total_groups\":2}}");
    workflow_expect(GROUP("'key':'k'"), "{'l':5}",
                    "{\"o\":{\"counts\":{},\"groups\":{},\"total_groups\":0}}");
}
END_TEST

START_TEST(a_group_for_each_of_many_items)
{
    struct workflow w;
    struct text input = { 0 };

    text_puts(&input, "{'l':[0");
    for (int i = 1; i < 20000; i++)
        text_printf(&input, ",%d", i);
    text_puts(&input, "]}");
    workflow_compile(
        &w,
        GRAPH("g",
              "'g':{'stepType':'GroupBy','config':{'value':" REF("data.l") ",'key':''}}," FINISH(
                  "f", "'o':" REF("steps.g.outputs.total_groups")),
              EDGE("g", "f")),
        STAGE_C, 1);
    ck_assert_str_eq(workflow_run(&w, text_cstr(&input)), "{\"o\":20000}");
    text_fini(&input);
    workflow_fini(&w);
}
END_TEST

START_TEST(checked)
{
    static const char bad[] = GRAPH(
        "s",
        "'s':{'stepType':'Filter','config':{'value':" LIT("[]") ",'condition':" OP(
            "MATCH", REF("item.a") "," LIT(
                         "1")) "}}," FINISH("f",
                                            "'a':" REF("steps.s.outputs.item") ",'b':" REF("item")),
        EDGE("s", "f"));
    static const char shape[] =
        GRAPH("s",
              "'s':{'stepType':'Filter','config':{'valeu':1}},'g':{'stepType':'GroupBy','config':{'"
              "value':" LIT("[]") ",'key':1,'expectedKeys':[1]}},'h':{'stepType':'GroupBy'}",
              EDGE("s", "g") "," EDGE("g", "h"));

    workflow_expect_codes(bad, "E027 E058 E127");
    workflow_expect_codes(shape, "E203 E201 E201 E202 E202 E201");
}
END_TEST

Suite *suite_scenario_filter(void);

Suite *suite_scenario_filter(void)
{
    Suite *s = suite_create("scenario_filter");
    TCase *t = tcase_create("scenario_filter");

    tcase_add_test(t, filter_keeps_items_in_order);
    tcase_add_test(t, what_is_no_array_has_no_items);
    tcase_add_test(t, filter_conditions_may_be_deep);
    tcase_add_test(t, a_condition_that_fails_fails_the_step);
    tcase_add_test(t, filter_in_a_split_has_its_own_item);
    tcase_add_test(t, groups_are_named_by_text);
    tcase_add_test(t, groups_may_be_expected);
    tcase_add_test(t, a_group_for_each_of_many_items);
    tcase_add_test(t, checked);
    suite_add_tcase(s, t);
    return s;
}
