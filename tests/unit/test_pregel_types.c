/* test_pregel_types.c: what is known of the values of a graph before it runs (pregel 4.3): reads
 * that find nothing, writes that no channel takes, operands, comparisons, parts, inputs of
 * operations, paths, waiting edges. */
#include <string.h>

#include "graphs.h"
#include "suites.h"

static void expect(const char *text, const char *codes)
{
    struct graph g;

    graph_compile(&g, text);
    ck_assert_msg(!strcmp(text_cstr(&g.codes), codes), "%s: expected %s, got %s", text, codes,
                  text_cstr(&g.codes));
    graph_fini(&g);
}

/* A node over channels that say what they are; `own` says nothing and nobody gives it, `any` is
 * given. */
static void expect_node(const char *node, const char *codes)
{
    struct text t = { 0 };

    text_printf(
        &t,
        "{'channels':{'n':{'type':'int'},'s':{'type':'str'},'l':{'type':'list'},'d':{'type':'dict'"
        "},'total':{'kind':'binop','type':'int','reducer':'add'},'log':{'kind':'binop','type':'"
        "list',"
        "'reducer':'concat'},'topic':{'kind':'topic','type':'str'},'own':{},'any':{}},'input_keys':"
        "['n','s','l','d','any'],'nodes':{'a':%s},'edges':[['__start__','a']]}",
        node);
    expect(text_cstr(&t), codes);
    text_fini(&t);
}

static void expect_value(const char *value, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t, "{'do':{'update':{'any':%s}}}", value);
    expect_node(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(reads_of_what_nobody_writes)
{
    expect_value("{'get':'own'}", "P022");
    expect_value("{'getor':['own',1]}", "");
    expect_value("{'get':'total'}", "");
    expect_value("{'get':'topic'}", "P022");
    expect_node("{'do':{'update':{'own':1,'any':{'get':'own'}}}}", "");
    expect_node("{'do':{'command':{'update_pairs':[['own',1]],'update':{'any':{'get':'own'}}}}}",
                "");
    expect_node("{'do':{'if':[{'get':'any'},{'get':'any'},{'any':{'get':'own'}}]}}", "");
    expect_node("{'do':{'if':[{'get':'any'},null,{'any':{'get':'own'}}]}}", "P022");
}
END_TEST

START_TEST(writes)
{
    expect_node("{'do':{'n':1,'s':'x','l':[1],'d':{},'total':2.5,'log':[1],'topic':[1]}}", "");
    expect_node("{'do':{'n':null,'s':null}}", "");
    expect_node("{'do':{'n':true}}", "");
    expect_node("{'do':{'n':'1'}}", "P023");
    expect_node("{'do':{'s':{'len':'abc'}}}", "P023");
    expect_node("{'do':{'total':'1'}}", "P023");
    expect_node("{'do':{'total':null}}", "P023");
    expect_node("{'do':{'log':'x'}}", "P023");
    expect_node("{'do':{'log':{'overwrite':'x'}}}", "");
    expect_node("{'do':{'log':{'__overwrite__':'x'}}}", "");
    expect_node("{'do':{'log':{'a':1}}}", "P023");
    expect_node("{'do':{'if':[{'get':'any'},{'total':'x'},{'command':{'update':{'log':1}}}]}}",
                "P023 P023");
    expect_node("{'op':'transform.array-length','input':{'value':{'get':'l'}},'output':{'s':"
                "'length'}}",
                "P023");
    expect("{'channels':{'x':{'kind':'binop','type':'dict','reducer':'add'}},'nodes':{'a':{'do':"
           "null}},'edges':[['__start__','a']]}",
           "P023");
}
END_TEST

START_TEST(operands)
{
    expect_value("{'add':[{'get':'n'},1,2.5]}", "");
    expect_value("{'add':[{'get':'s'},'x']}", "");
    expect_value("{'add':[{'get':'n'},'x']}", "P025");
    expect_value("{'add':[{'get':'any'},'x']}", "");
    expect_value("{'sub':[{'get':'s'},1]}", "P025");
    expect_value("{'mul':[{'get':'n'},true]}", "");
    expect_value("{'gt':[{'get':'n'},'3']}", "P025");
    expect_value("{'lt':[{'get':'s'},'3']}", "");
    expect_value("{'len':{'get':'n'}}", "P025");
    expect_value("{'sum':{'get':'s'}}", "P025");
    expect_value("{'join':[',',{'get':'l'}]}", "");
    expect_value("{'join':[{'get':'l'},',']}", "P025");
    expect_value("{'add':[{'len':{'get':'l'}},{'join':[',',{'get':'l'}]}]}", "P025");
    expect_value("{'map':[['a'],'it',{'add':[{'get':'it'},1]}]}", "P025");
    expect_value("{'not':{'add':[null,1]}}", "P025");
}
END_TEST

/* What is said, and where. */
START_TEST(sentences)
{
    const struct diag *d;
    struct graph g;

    graph_compile(&g, "{'channels':{'n':{'type':'int'}},'nodes':{'a':{'do':{'update':{'n':{'add':"
                      "[{'get':'n'},'x']}}}}},'edges':[['__start__','a']]}");
    d = &g.compilation.diags.at[0];
    ck_assert_str_eq(d->sentence, "'add' always fails here: on a number and a string");
    ck_assert_str_eq(d->pointer, "/nodes/a/do/update/n");
    graph_fini(&g);
}
END_TEST

START_TEST(comparisons)
{
    expect_value("{'eq':[{'get':'n'},3.0]}", "");
    expect_value("{'eq':[{'get':'n'},null]}", "");
    expect_value("{'eq':[{'get':'n'},'3']}", "P029");
    expect_value("{'ne':[{'get':'s'},3]}", "P029");
    expect_value("{'eq':[1,'a']}", "");
    expect_value("{'eq':[{'get':'n'},{'get':'s'}]}", "");
}
END_TEST

START_TEST(parts)
{
    expect_value("{'get':'d.x.y'}", "");
    expect_value("{'get':'n.x'}", "P026");
    expect_value("{'get':['l','x']}", "P026");
    expect_value("{'get':['l',0,'x']}", "");
    expect_value("{'getor':['s.x',1]}", "P026");
    expect_value("{'map':[[{'a':1}],'it',{'get':'it.b'}]}", "P026");
    expect_node("{'do':{'own':{'a':1},'any':{'get':'own.b'}}}", "P026");
    expect_node("{'do':{'own':{'a':1},'any':{'get':'own.a'}}}", "");
    expect_node("{'op':'transform.array-length','input':{'value':{'get':'l'}},'output':{'any':"
                "'length.x'}}",
                "P026");
    expect_node("{'op':'transform.array-length','input':{'value':{'get':'l'}},'output':{'any':"
                "{'add':[{'get':'result.length'},1]}}}",
                "");
    expect_node("{'op':'transform.array-length','input':{'value':{'get':'l'}},'output':{'any':"
                "{'get':'result.lenght'}}}",
                "P026");
}
END_TEST

START_TEST(inputs_of_operations)
{
    const char *form = "{'op':'transform.select-first','input':{'value':%s},'output':'any'}";
    static const struct {
        const char *value, *codes;
    } cases[] = { { "{'get':'l'}", "" },
                  { "{'get':'any'}", "" },
                  { "{'get':'n'}", "P027" },
                  { "{'get':'d'}", "P027" },
                  { "{'add':[{'get':'n'},1]}", "P027" },
                  { "5", "P016" } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };

        text_printf(&t, form, cases[i].value);
        expect_node(text_cstr(&t), cases[i].codes);
        text_fini(&t);
    }
    expect_node("{'op':'text.slugify','input':{'text':{'get':'n'}},'output':'any'}", "");
}
END_TEST

static void expect_path(const char *branch, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "{'channels':{'x':{'type':'int'},'s':{'type':'str'}},'nodes':{'a':{'do':{'update':{"
                "'x':1}}},'b':{'do':null}},'edges':[['__start__','a']],'branches':[{'source':'a',%s"
                "}]}",
                branch);
    expect(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(paths)
{
    expect_path("'path':{'get':'s'}", "");
    expect_path("'path':{'gt':[{'get':'s'},'x']}", "P028");
    expect_path("'path':{'len':'x'},'map':{'1':'b'}", "");
    expect_path("'path':{'not':{'get':'x'}},'map':{'true':'b','false':'__end__'}", "");
    expect_path("'path':{'not':{'get':'x'}},'map':{'true':'b'}", "P020");
    expect_path("'path':{'if':[{'get':'x'},'b','c']},'map':{'b':'b','c':'b','d':'__end__'}",
                "P028");
    expect_path("'path':{'if':[{'gt':[{'get':'x'},'1']},'b','b']}", "P025");
    expect_path("'path':['b',null]", "P028");
    expect_path("'path':'__end__'", "P019");
    expect_path("'path':{'if':[{'get':'x'},'__end__','b']}", "");
}
END_TEST

START_TEST(commands)
{
    const char *form = "{'channels':{'x':{}},'nodes':{'a':{'do':{'command':{'goto':%s}}},'b':{'do':"
                       "null}},'edges':[['__start__','a']]}";
    static const struct {
        const char *to, *codes;
    } cases[] = { { "'b'", "" },
                  { "['b','c']", "P020" },
                  { "'__end__'", "P019" },
                  { "{'get':'x'}", "" },
                  { "{'len':'x'}", "P028" } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };

        text_printf(&t, form, cases[i].to);
        expect(text_cstr(&t), cases[i].codes);
        text_fini(&t);
    }
}
END_TEST

START_TEST(waiting_edges)
{
#define JOINED(edges)                                                                              \
    "{'channels':{},'nodes':{'a':{'do':null},'b':{'do':null},'c':{'do':null}},'edges':[['__start_" \
    "_','a']," edges "[['a','b'],'c']]}"
    expect(JOINED("['a','b'],"), "");
    expect(JOINED(""), "P019 P024");
}
END_TEST

START_TEST(bare_graphs)
{
    const char *form =
        "{'raw':true,'channels':{'in':{'type':'int'},'mid':{},'out':{'type':'str'}},'input':'in',"
        "'output':'out','nodes':{'a':{'subscribe_only':'in','do':%s,'write':['mid']},'b':{"
        "'subscribe_to':['mid'],'do':%s,'write':['out']}}}";
    static const struct {
        const char *a, *b, *codes;
    } cases[] = { { "{'add':[{'get':'it'},1]}", "'x'", "" },
                  { "{'add':[{'get':'it'},'1']}", "'x'", "P025" },
                  { "'x'", "{'add':[{'get':'mid'},'y']}", "" },
                  { "'x'", "{'add':[{'get':'mid'},1]}", "P025" },
                  { "'x'", "5", "P023" } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };

        text_printf(&t, form, cases[i].a, cases[i].b);
        expect(text_cstr(&t), cases[i].codes);
        text_fini(&t);
    }
}
END_TEST

/* Channels that are written from one another, each deep in an expression. */
START_TEST(deep_chains_of_channels)
{
    struct text t = { 0 };

    text_puts(&t, "{'input_keys':['c40'],'channels':{'c40':{}");
    for (int i = 0; i < 40; i++)
        text_printf(&t, ",'c%d':{}", i);
    text_puts(&t, "},'nodes':{'a':{'do':{'update':{'c40':1");
    for (int i = 0; i < 40; i++) {
        text_printf(&t, ",'c%d':", i);
        for (int k = 0; k < 240; k++)
            text_puts(&t, "{'not':");
        text_printf(&t, "{'get':'c%d'}", i + 1);
        for (int k = 0; k < 240; k++)
            text_puts(&t, "}");
    }
    text_puts(&t, "}}}},'edges':[['__start__','a']]}");
    expect(text_cstr(&t), "");
    text_fini(&t);
}
END_TEST

/* A circle of them, which is long. */
START_TEST(chains_of_channels)
{
    struct text t = { 0 };

    text_puts(&t, "{'input_keys':[],'output_keys':['c0'],'channels':{'c0':{}");
    for (int i = 1; i < 5000; i++)
        text_printf(&t, ",'c%d':{}", i);
    text_puts(&t, "},'nodes':{'a':{'do':{'update':{'c0':{'get':'c4999'}");
    for (int i = 1; i < 5000; i++)
        text_printf(&t, ",'c%d':{'add':[{'get':'c%d'},{'get':'c%d'}]}", i, i - 1, i - 1);
    text_puts(&t, "}}}},'edges':[['__start__','a']]}");
    expect(text_cstr(&t), "");
    text_fini(&t);
}
END_TEST

Suite *suite_pregel_types(void);

Suite *suite_pregel_types(void)
{
    Suite *s = suite_create("pregel_types");
    TCase *t = tcase_create("types");

    tcase_add_test(t, reads_of_what_nobody_writes);
    tcase_add_test(t, writes);
    tcase_add_test(t, operands);
    tcase_add_test(t, sentences);
    tcase_add_test(t, comparisons);
    tcase_add_test(t, parts);
    tcase_add_test(t, inputs_of_operations);
    tcase_add_test(t, paths);
    tcase_add_test(t, commands);
    tcase_add_test(t, waiting_edges);
    tcase_add_test(t, bare_graphs);
    tcase_add_test(t, deep_chains_of_channels);
    tcase_add_test(t, chains_of_channels);
    suite_add_tcase(s, t);
    return s;
}
