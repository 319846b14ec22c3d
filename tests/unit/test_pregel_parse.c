/* test_pregel_parse.c: documents of the pregel dialect: what is recognised, what the shapes must
 * be, what is refused, and the model as text. */
#include <string.h>

#include "graphs.h"
#include "suites.h"

#define CHANNELS "'channels':{'x':{'type':'int'}}"
#define NODES "'nodes':{'a':{'do':{'update':{'x':1}}}}"
#define EDGES "'edges':[['__start__','a']]"

static void expect_codes(const char *text, const char *codes)
{
    struct graph g;

    graph_compile(&g, text);
    ck_assert_str_eq(text_cstr(&g.codes), codes);
    graph_fini(&g);
}

START_TEST(a_graph_is_recognised)
{
    static const char text[] = "{\"channels\":{},\"nodes\":{}}";
    struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compile_options options = { .until = STAGE_MODEL };
    struct compilation c;

    compile_text(&c, "graph", text, sizeof text - 1, &ops, &options);
    ck_assert_ptr_eq(c.dialect, &dialect_pregel);
    compile_fini(&c);
}
END_TEST

START_TEST(a_good_graph_has_no_complaint)
{
    expect_codes("{" CHANNELS "," NODES "," EDGES "}", "");
}
END_TEST

START_TEST(shapes_are_checked)
{
    expect_codes("{'channels':5," NODES "," EDGES "}", "P001");
    expect_codes("{" CHANNELS ",'nodes':[]," EDGES "}", "P001 P011");
    expect_codes("{" CHANNELS "," NODES ",'edges':[['a']]}", "P001");
    expect_codes("{" CHANNELS "," NODES "," EDGES ",'recursion_limit':0}", "P018");
    expect_codes("{" CHANNELS "," NODES "," EDGES ",'edgess':[]}", "P002");
}
END_TEST

START_TEST(channels_are_checked)
{
    expect_codes("{'channels':{'x':{'kind':'binop','type':'int'}}," NODES "," EDGES "}", "P005");
    expect_codes("{'channels':{'x':{'kind':'binop','reducer':'ad'}}," NODES "," EDGES "}", "P004");
    expect_codes("{'channels':{'x':{'kind':'tpoic'}}," NODES "," EDGES "}", "P004");
    expect_codes("{'channels':{'x':{'type':'int','reducer':'add'}}," NODES "," EDGES "}", "P005");
    expect_codes("{'channels':{'x':{},'branch:to:a':{}}," NODES "," EDGES "}", "P003");
    expect_codes("{'channels':{'x':{},'__start__':{}}," NODES "," EDGES "}", "P003");
}
END_TEST

START_TEST(nodes_are_checked)
{
    expect_codes("{" CHANNELS ",'nodes':{'a|b':{'do':null}},'edges':[['__start__','a|b']]}",
                 "P003");
    expect_codes("{" CHANNELS ",'nodes':{'a':{}}," EDGES "}", "P006");
    expect_codes("{" CHANNELS ",'nodes':{'a':{'do':1,'op':'utils.do-nothing'}}," EDGES "}", "P006");
    expect_codes("{" CHANNELS ",'nodes':{'a':{'op':'utils.do-noting'}}," EDGES "}", "P013");
    expect_codes("{" CHANNELS ",'nodes':{'a':{'do':1,'input':{}}}," EDGES "}", "P006");
}
END_TEST

START_TEST(edges_are_checked)
{
    expect_codes("{" CHANNELS "," NODES ",'edges':[['__start__','b']]}", "P011");
    expect_codes("{" CHANNELS "," NODES ",'edges':[['__start__','a'],['__end__','a']]}", "P007");
    expect_codes("{" CHANNELS "," NODES ",'edges':[['__start__','a'],['a','__start__']]}", "P007");
    expect_codes("{" CHANNELS "," NODES ",'edges':[['__start__','a'],[['__start__'],'a']]}",
                 "P007");
    expect_codes("{" CHANNELS "," NODES ",'edges':[['a','__end__']]}", "P009");
}
END_TEST

START_TEST(a_join_must_have_a_channel_of_its_own)
{
    expect_codes("{" CHANNELS ",'nodes':{'a+b':{'do':null},'c':{'do':null},'a':{'do':null},"
                 "'b+c':{'do':null},'d':{'do':null}},'edges':[['__start__','a'],['__start__',"
                 "'a+b'],['__start__','c'],['__start__','b+c'],[['a+b','c'],'d'],[['a','b+c'],"
                 "'d']]}",
                 "P008");
}
END_TEST

START_TEST(what_is_not_supported_says_so)
{
    static const char *const graphs[] = {
        "{" CHANNELS "," NODES "," EDGES ",'interrupt_before':['a']}",
        "{" CHANNELS ",'nodes':{'a':{'do':null,'defer':true}}," EDGES "}",
        "{" CHANNELS ",'nodes':{'a':{'do':null,'retry':{}}}," EDGES "}",
        "{" CHANNELS ",'nodes':{'a':{'do':null,'cache':{}}}," EDGES "}",
        "{" CHANNELS ",'nodes':{'a':{'graph':{}}}," EDGES "}",
        "{" CHANNELS ",'nodes':{'a':{'do':{'interrupt':1}}}," EDGES "}",
        "{" CHANNELS ",'nodes':{'a':{'do':{'command':{'goto':{'send':['a',1]}}}}}," EDGES "}",
        "{'channels':{'x':{'kind':'delta','reducer':'extend'}}," NODES "," EDGES "}",
        "{'channels':{'x':{'kind':'untracked'}}," NODES "," EDGES "}",
    };

    for (size_t i = 0; i < sizeof graphs / sizeof *graphs; i++)
        expect_codes(graphs[i], "K100");
}
END_TEST

START_TEST(the_model_prints_as_json)
{
    struct graph g;
    struct text t = { 0 };
    struct json_error error;
    kiln_value v, limit;
    kiln_heap h;

    heap_init(&h, 0);
    graph_compile(&g, "{'name':'n'," CHANNELS "," NODES "," EDGES
                      ",'branches':[{'source':'a','path':'z','map':{'z':'__end__'}}]}");
    dialect_pregel.print(&g.compilation.unit, &t);
    ck_assert_int_eq(json_read(&h, &v, text_cstr(&t), t.n, &error), 0);
    limit = value_member(&v, "recursion_limit");
    ck_assert_int_eq(limit.u.i, 10007);
    ck_assert_ptr_nonnull(strstr(text_cstr(&t), "\"map\": {\"z\": \"__end__\"}"));
    text_fini(&t);
    graph_fini(&g);
    heap_fini(&h);
}
END_TEST

Suite *suite_pregel_parse(void);
Suite *suite_pregel_parse(void)
{
    Suite *s = suite_create("pregel_parse");
    TCase *c = tcase_create("parse");

    tcase_add_test(c, a_graph_is_recognised);
    tcase_add_test(c, a_good_graph_has_no_complaint);
    tcase_add_test(c, shapes_are_checked);
    tcase_add_test(c, channels_are_checked);
    tcase_add_test(c, nodes_are_checked);
    tcase_add_test(c, edges_are_checked);
    tcase_add_test(c, a_join_must_have_a_channel_of_its_own);
    tcase_add_test(c, what_is_not_supported_says_so);
    tcase_add_test(c, the_model_prints_as_json);
    suite_add_tcase(s, c);
    return s;
}
