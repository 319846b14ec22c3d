/* test_pregel_draw.c: drawings, as the arrows of the Mermaid text (pregel 3.3, 3.4). */
#include <string.h>

#include "dialects/dialects.h"
#include "graphs.h"
#include "suites.h"

/* The lines of a Mermaid text that are arrows, end to end. */
static void keep_arrows(const char *mermaid, struct text *ret)
{
    for (const char *line = mermaid; *line;) {
        size_t n = strcspn(line, "\n");

        if (memmem(line, n, "->", 2))
            text_put(ret, line + 1, n - 1);
        line += n + (line[n] == '\n');
    }
}

/* Nodes that do nothing, with these edges and branches. */
static void expect(const char *names, const char *rest, const char *arrows)
{
    struct text source = { 0 }, drawn = { 0 }, got = { 0 };
    struct graph g;

    text_puts(&source, "{'channels':{'x':{}},'nodes':{");
    for (const char *c = names; *c; c++)
        text_printf(&source, "%s'%c':{'do':null}", c == names ? "" : ",", *c);
    text_printf(&source, "},%s}", rest);
    graph_compile(&g, text_cstr(&source));
    ck_assert_msg(g.program != NULL, "%s: %s", text_cstr(&source), text_cstr(&g.codes));
    dialect_pregel.mermaid(&g.compilation.unit, &drawn);
    keep_arrows(text_cstr(&drawn), &got);
    ck_assert_str_eq(text_cstr(&got), arrows);
    graph_fini(&g);
    text_fini(&source);
    text_fini(&drawn);
    text_fini(&got);
}

START_TEST(what_leads_to_itself_comes_last)
{
    expect("ab", "'edges':[['__start__','a'],['a','a'],['a','b']]",
           "__start__ --> a;a --> b;b --> __end__;a --> a;");
}
END_TEST

START_TEST(labels)
{
    expect("ab",
           "'edges':[['__start__','a']],'branches':[{'source':'a','path':'b',"
           "'map':{'b':'b','':'b','one  two':'__end__'}}]",
           "__start__ --> a;a -. &nbsp;one  two&nbsp; .-> __end__;a -. &nbsp;&nbsp; .-> b;"
           "b --> __end__;");
    expect("a",
           "'edges':[['__start__','a']],'branches':[{'source':'a','path':'x',"
           "'map':{'1 2 3 4 5 6 7 8 9  10':'__end__'}}]",
           "__start__ --> a;a -. &nbsp;1 2 3 4 5 6 7 8 9&nbsp<br>&nbsp10&nbsp; .-> __end__;");
}
END_TEST

/* A node that wakes by another edge has arrows from those that have come to a waiting edge. */
START_TEST(waiting_edges_that_never_complete)
{
    expect("abcd", "'edges':[['__start__','a'],['a','b'],['b','c'],[['a','d'],'c']]",
           "__start__ --> a;a --> b;a --> c;b --> c;c --> __end__;");
    expect("abcd", "'edges':[['__start__','a'],['a','c'],['c','d'],['d','c'],[['b','d'],'c']]",
           "__start__ --> a;a --> c;c --> d;d --> c;c -.-> __end__;");
    expect("abc", "'edges':[['__start__','a'],[['a','b'],'c']]", "__start__ --> a;a --> __end__;");
}
END_TEST

START_TEST(bare_graphs)
{
    static const char graph[] =
        "{'raw':true,'channels':{'in':{},'out':{}},'input':'in','output':'out','nodes':{"
        "'B':{'subscribe_only':'in','do':1,'write':['out']},"
        "'A':{'subscribe_only':'out','do':1,'write':[]}}}";
    struct text json = { 0 };
    struct graph g;

    graph_compile(&g, graph);
    ck_assert(g.program != NULL);
    dialect_pregel.graph_json(&g.compilation.unit, &json);
    ck_assert(strstr(text_cstr(&json), "{\"id\": \"__start__\"},"));
    ck_assert(strstr(text_cstr(&json), "[\n    {\"source\": \"__start__\", \"target\": \"B\"},"));
    text_fini(&json);
    graph_fini(&g);
}
END_TEST

Suite *suite_pregel_draw(void);
Suite *suite_pregel_draw(void)
{
    Suite *s = suite_create("pregel_draw");
    TCase *t = tcase_create("pregel_draw");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, what_leads_to_itself_comes_last);
    tcase_add_test(t, labels);
    tcase_add_test(t, waiting_edges_that_never_complete);
    tcase_add_test(t, bare_graphs);
    suite_add_tcase(s, t);
    return s;
}
