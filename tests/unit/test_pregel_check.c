/* test_pregel_check.c: complaints about the meaning of a graph: names, arguments, fields, paths. */
#include <string.h>

#include "graphs.h"
#include "suites.h"

/* A graph whose one node does `body`, over channels x and log. */
static void expect_body(const char *body, const char *codes)
{
    struct text t = { 0 };
    struct graph g;

    text_printf(&t,
                "{'channels':{'x':{'type':'int'},'log':{'kind':'binop','type':'list','reducer':"
                "'concat'}},'nodes':{'a':%s},'edges':[['__start__','a']]}",
                body);
    graph_compile(&g, text_cstr(&t));
    ck_assert_msg(!strcmp(text_cstr(&g.codes), codes), "%s: got %s", body, text_cstr(&g.codes));
    graph_fini(&g);
    text_fini(&t);
}

static void expect_path(const char *branch, const char *codes)
{
    struct text t = { 0 };
    struct graph g;

    text_printf(&t,
                "{'channels':{'x':{'type':'int'}},'nodes':{'a':{'do':{'update':{'x':1,'hint':"
                "'b'}}},'b':{'do':null}},'edges':[['__start__','a']],'branches':[{'source':'a',"
                "%s}]}",
                branch);
    graph_compile(&g, text_cstr(&t));
    ck_assert_msg(!strcmp(text_cstr(&g.codes), codes), "%s: got %s", branch, text_cstr(&g.codes));
    graph_fini(&g);
    text_fini(&t);
}

START_TEST(names_must_be_channels)
{
    expect_body("{'do':{'update':{'x':{'get':'x'}}}}", "");
    expect_body("{'do':{'update':{'x':{'get':'y'}}}}", "P010");
    expect_body("{'do':{'update':{'x':{'getor':['y',1]}}}}", "");
    expect_body("{'do':{'update':{'x':{'get':['log',0,'part']}}}}", "");
    expect_body("{'do':{'update':{'x':{'get':7}}}}", "P012");
    expect_body("{'do':{'update':{'log':{'map':[[1],'it',{'get':'it'}]}}}}", "");
    expect_body("{'do':{'update':{'log':{'map':[[1],'it',{'get':'that'}]}}}}", "P010");
}
END_TEST

START_TEST(words_must_have_their_arguments)
{
    expect_body("{'do':{'update':{'x':{'gt':[1]}}}}", "P012");
    expect_body("{'do':{'update':{'x':{'add':[]}}}}", "P012");
    expect_body("{'do':{'update':{'x':{'if':[1,2]}}}}", "P012");
    expect_body("{'do':{'update':{'x':{'map':[1,2,3]}}}}", "P001");
    expect_body("{'do':{'update':5}}", "P001");
    expect_body("{'do':{'update':{'x':{'command':{}}}}}", "P012");
    expect_body("{'do':{'command':{'update_pairs':[['x']]}}}", "P012");
    expect_body("{'do':{'command':{'graph':'p'}}}", "K100");
}
END_TEST

START_TEST(fields_of_operations_are_known)
{
    expect_body("{'op':'transform.array-length','input':{'value':{'get':'log'}},'output':{'x':"
                "'length'}}",
                "");
    expect_body("{'op':'transform.array-length','input':{'valeu':1}}", "P015 P015");
    expect_body("{'op':'transform.array-length','input':{'value':{'get':'nope'}}}", "P010");
    expect_body("{'op':'transform.array-length','input':{'value':1},'output':{'x':'lenght'}}",
                "P015");
    expect_body("{'op':'transform.array-length','input':{'value':1},'output':{'y':'length'}}",
                "P010");
    expect_body("{'op':'transform.array-length','input':{'value':1},'output':'y'}", "P010");
    expect_body("{'op':'utils.calculate','input':{'expression':5,'variables':{}}}", "P016");
}
END_TEST

START_TEST(paths_that_lead_nowhere_are_warned_of)
{
    expect_path("'path':'b'", "");
    expect_path("'path':{'if':[{'get':'x'},'b','nowhere']}", "P020");
    expect_path("'path':['b','__start__']", "P020");
    expect_path("'path':'b','map':['b']", "");
    expect_path("'path':'c','map':{'d':'b'}", "P020 P028");
    expect_path("'path':'b','map':{'b':'c'}", "P011");
    expect_path("'path':{'get':'hint'}", "");
    expect_path("'path':{'get':'hitn'}", "P010");
}
END_TEST

START_TEST(unreachable_nodes_are_warned_of)
{
    struct graph g;

    graph_compile(&g, "{'channels':{},'nodes':{'a':{'do':null},'b':{'do':null}},"
                      "'edges':[['__start__','a']]}");
    ck_assert_str_eq(text_cstr(&g.codes), "P019");
    ck_assert_int_eq((int)g.compilation.diags.errors, 0);
    graph_fini(&g);
    graph_compile(&g, "{'channels':{},'nodes':{'a':{'do':null},'b':{'do':null},'c':{'do':null}},"
                      "'edges':[['__start__','a'],['__start__','b'],[['a','b'],'c']]}");
    ck_assert_str_eq(text_cstr(&g.codes), "");
    graph_fini(&g);
}
END_TEST

START_TEST(too_many_paths_to_anywhere_are_refused)
{
    struct text t = { 0 };
    struct graph g;

    text_puts(&t, "{'channels':{'x':{}},'nodes':{'a':{'do':null}");
    for (unsigned i = 0; i < 1500; i++)
        text_printf(&t, ",'n%u':{'do':{'command':{'goto':{'get':'x'}}}}", i);
    text_puts(&t, "},'edges':[['__start__','n0']]}");
    graph_compile(&g, text_cstr(&t));
    ck_assert_str_eq(text_cstr(&g.codes), "P021");
    graph_fini(&g);
    text_fini(&t);
}
END_TEST

START_TEST(bare_nodes_read_what_they_subscribe_to)
{
    static const char form[] =
        "{'raw':true,'channels':{'in':{},'out':{},'side':{}},'input':'in','output':'out','nodes':"
        "{'n':{%s,'write':['out']}}}";
    static const struct {
        const char *node, *codes;
    } cases[] = {
        { "'subscribe_only':'in','do':{'get':'it'}", "" },
        { "'subscribe_only':'in','do':{'get':'in'}", "P014" },
        { "'subscribe_to':['in'],'read':['side'],'do':{'get':'side'}", "" },
        { "'subscribe_to':['in'],'do':{'get':'side'}", "P014" },
        { "'do':1", "P006" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };
        struct graph g;

        text_printf(&t, form, cases[i].node);
        graph_compile(&g, text_cstr(&t));
        ck_assert_str_eq(text_cstr(&g.codes), cases[i].codes);
        graph_fini(&g);
        text_fini(&t);
    }
}
END_TEST

Suite *suite_pregel_check(void);
Suite *suite_pregel_check(void)
{
    Suite *s = suite_create("pregel_check");
    TCase *c = tcase_create("check");

    tcase_add_test(c, names_must_be_channels);
    tcase_add_test(c, words_must_have_their_arguments);
    tcase_add_test(c, fields_of_operations_are_known);
    tcase_add_test(c, paths_that_lead_nowhere_are_warned_of);
    tcase_add_test(c, unreachable_nodes_are_warned_of);
    tcase_add_test(c, too_many_paths_to_anywhere_are_refused);
    tcase_add_test(c, bare_nodes_read_what_they_subscribe_to);
    suite_add_tcase(s, c);
    return s;
}
