/* test_pregel_run.c: small graphs from text to output: expressions, reducers, edges, commands,
 * operations, errors. */
#include <string.h>

#include "graphs.h"
#include "suites.h"

/* The output of a graph for an input. */
static void expect(const char *graph, const char *input, const char *output)
{
    struct graph g;

    graph_compile(&g, graph);
    ck_assert_msg(g.program != NULL, "%s: %s", graph, text_cstr(&g.codes));
    ck_assert_str_eq(graph_run(&g, input), output);
    graph_fini(&g);
}

/* What `x` is after a node that sets it to an expression of a, b and list. */
static void expect_value(const char *expression, const char *output)
{
    struct text t = { 0 };

    text_printf(&t,
                "{'channels':{'a':{},'b':{},'list':{},'x':{}},'output_keys':['x'],'nodes':{'n':"
                "{'do':{'update':{'x':%s}}}},'edges':[['__start__','n']]}",
                expression);
    expect(text_cstr(&t), "{'a':3,'b':'word','list':[1,2,{'k':'v'}]}", output);
    text_fini(&t);
}

START_TEST(expressions)
{
    expect_value("{'add':[{'get':'a'},1,1]}", "{\"x\":5}");
    expect_value("{'sub':[{'get':'a'},1.5]}", "{\"x\":1.5}");
    expect_value("{'mul':[{'get':'a'},4]}", "{\"x\":12}");
    expect_value("{'len':{'get':'b'}}", "{\"x\":4}");
    expect_value("{'sum':[1,2,{'get':'a'}]}", "{\"x\":6}");
    expect_value("{'join':['-',['p','q']]}", "{\"x\":\"p-q\"}");
    expect_value("{'if':[{'gt':[{'get':'a'},2]},'yes','no']}", "{\"x\":\"yes\"}");
    expect_value("[{'ge':[3,3]},{'lt':[1,1]},{'le':[1,1]},{'eq':[1,1.0]},{'ne':[1,2]}]",
                 "{\"x\":[true,false,true,true,true]}");
    expect_value("[{'not':0},{'and':[1,'']},{'or':[0,'z']}]", "{\"x\":[true,\"\",\"z\"]}");
    expect_value("{'map':[[1,2],'i',{'mul':[{'get':'i'},{'get':'a'}]}]}", "{\"x\":[3,6]}");
    expect_value("{'map':['h\xc3\xa9','i',{'get':'i'}]}", "{\"x\":[\"h\",\"\xc3\xa9\"]}");
    expect_value("{'map':[{'p':1,'q':2},'i',{'get':'i'}]}", "{\"x\":[\"p\",\"q\"]}");
    expect_value("{'mul':[{'get':'b'},2]}", "{\"x\":\"wordword\"}");
    expect_value("{'lt':[{'get':'list'},[1,3]]}", "{\"x\":true}");
    expect_value("{'get':'list.2.k'}", "{\"x\":\"v\"}");
    expect_value("{'get':['list',-2]}", "{\"x\":2}");
    expect_value("{'getor':['nothing',{'get':'a'}]}", "{\"x\":3}");
    expect_value("{'getor':['x',7]}", "{\"x\":7}");
    expect_value("{'lit':{'get':'a'}}", "{\"x\":{\"get\":\"a\"}}");
    expect_value("{'len':{'state':0}}", "{\"x\":3}");
    expect_value("{'call':0}", "{\"x\":1}");
    expect_value("{'plain':[{'get':'a'}],'n':null}", "{\"x\":{\"plain\":[3],\"n\":null}}");
}
END_TEST

START_TEST(supersteps_are_counted_down)
{
    static const char graph[] =
        "{'channels':{'last':{'kind':'is_last_step'},'left':{'kind':'remaining_steps'},'seen':{"
        "'kind':'binop','type':'list','reducer':'concat'}},'recursion_limit':3,'nodes':{"
        "'a':{'do':{'update':{'seen':[[{'get':'last'},{'get':'left'}]],'left':7}}},"
        "'b':{'op':'utils.return-input','input':{'value':{'get':'last'}},"
        "'output':{'seen':[{'get':'result'},{'get':'left'}]}}},"
        "'edges':[['__start__','a']],"
        "'branches':[{'source':'a','path':{'if':[{'eq':[{'get':'left'},2]},'b','a']}}]}";

    expect(graph, "{'last':5}", "{\"seen\":[[false,2],true,1]}");
}
END_TEST

START_TEST(what_is_not_there_is_an_error)
{
    expect_value("{'map':[{'get':'a'},'i',1]}",
                 "{\"type\":\"TypeError\",\"message\":\"'int' object is not iterable\"}");
    expect_value("{'get':'x'}", "{\"type\":\"KeyError\",\"message\":\"'x'\"}");
    expect_value("{'get':'list.9'}", "{\"type\":\"KeyError\",\"message\":\"'list.9'\"}");
    expect_value("{'add':[{'get':'b'},1]}",
                 "{\"type\":\"TypeError\",\"message\":\"can only concatenate str (not \\\"int\\\") "
                 "to str\"}");
    expect_value("{'gt':[{'get':'b'},1]}",
                 "{\"type\":\"TypeError\",\"message\":\"'>' not supported between instances of "
                 "'str' and 'int'\"}");
    expect_value("{'if':[{'lt':[1,2]},1,{'get':'x'}]}", "{\"x\":1}");
    expect_value("{'raise':['ValueError','no luck']}",
                 "{\"type\":\"ValueError\",\"message\":\"no luck\"}");
}
END_TEST

/* Two nodes write 'in' and 'out' of one channel after the input did. */
static void expect_channel(const char *channel, const char *first, const char *second,
                           const char *input, const char *output)
{
    struct text t = { 0 };

    text_printf(&t,
                "{'channels':{'c':%s},'nodes':{'m':{'do':{'update':{'c':%s}}},'n':{'do':{'update'"
                ":{'c':%s}}}},'edges':[['__start__','m'],['__start__','n']]}",
                channel, first, second);
    expect(text_cstr(&t), input, output);
    text_fini(&t);
}

START_TEST(reducers)
{
    expect_channel("{'kind':'binop','type':'int','reducer':'add'}", "1", "2", "{'c':4}",
                   "{\"c\":7}");
    expect_channel("{'kind':'binop','type':'int','reducer':'mul'}", "1", "2", "{'c':4}",
                   "{\"c\":0}");
    expect_channel("{'kind':'binop','type':'any','reducer':'mul'}", "3", "2", "{'c':4}",
                   "{\"c\":24}");
    expect_channel("{'kind':'binop','type':'int','reducer':'max'}", "9", "2", "{'c':4}",
                   "{\"c\":9}");
    expect_channel("{'kind':'binop','type':'int','reducer':'min'}", "9", "2", "{'c':4}",
                   "{\"c\":0}");
    expect_channel("{'kind':'binop','type':'list','reducer':'concat'}", "['m']", "['n']",
                   "{'c':['i']}", "{\"c\":[\"i\",\"m\",\"n\"]}");
    expect_channel("{'kind':'binop','type':'list','reducer':'sorted_concat'}", "[3]", "[1]",
                   "{'c':[2]}", "{\"c\":[1,2,3]}");
    expect_channel("{'kind':'binop','type':'dict','reducer':'merge'}", "{'k':1}", "{'k':2,'l':3}",
                   "{}", "{\"c\":{\"k\":2,\"l\":3}}");
    expect_channel("{'kind':'binop','type':'str','reducer':'arrow_join'}", "'m'", "'n'",
                   "{'c':'i'}", "{\"c\":\"i > m > n\"}");
    expect_channel("{'kind':'binop','type':'str','reducer':'comma_join'}", "''", "'n'", "{'c':'i'}",
                   "{\"c\":\"i, n\"}");
    expect_channel("{'kind':'binop','type':'int','reducer':'last'}", "1", "2", "{}", "{\"c\":2}");
    expect_channel("{'kind':'binop','type':'list','reducer':'concat'}", "{'overwrite':['m']}",
                   "['n']", "{'c':['i']}", "{\"c\":[\"m\"]}");
    expect_channel("{'kind':'topic'}", "['m','l']", "'n'", "{'c':'i'}",
                   "{\"c\":[\"m\",\"l\",\"n\"]}");
    expect_channel("{'kind':'topic','accumulate':true}", "'m'", "'n'", "{'c':'i'}",
                   "{\"c\":[\"i\",\"m\",\"n\"]}");
    expect_channel("{'kind':'any'}", "'m'", "'n'", "{'c':'i'}", "{\"c\":\"n\"}");
    expect_channel("{'kind':'ephemeral','guard':false}", "'m'", "'n'", "{}", "{\"c\":\"n\"}");
}
END_TEST

START_TEST(two_writes_to_a_guarded_channel_conflict)
{
    static const char conflict[] = "{\"type\":\"InvalidUpdateError\",\"message\":\"At key 'c': ";
    static const char *const kinds[] = { "{}", "{'kind':'ephemeral'}" };

    for (size_t i = 0; i < 2; i++) {
        struct text t = { 0 };
        struct graph g;

        text_printf(&t,
                    "{'channels':{'c':%s},'nodes':{'m':{'do':{'update':{'c':1}}},'n':{'do':{"
                    "'update':{'c':2}}}},'edges':[['__start__','m'],['__start__','n']]}",
                    kinds[i]);
        graph_compile(&g, text_cstr(&t));
        ck_assert(!strncmp(graph_run(&g, "{}"), conflict, sizeof conflict - 1));
        graph_fini(&g);
        text_fini(&t);
    }
}
END_TEST

/* Of the channel written first, whoever writes what is refused first. */
START_TEST(one_refusal_is_told)
{
    expect(
        "{'channels':{'c':{},'d':{'kind':'binop','type':'int','reducer':'add'}},'nodes':{"
        "'m':{'do':{'c':1,'d':'x'}},'n':{'do':{'c':2}}},"
        "'edges':[['__start__','m'],['__start__','n']]}",
        "{}",
        "{\"type\":\"InvalidUpdateError\",\"message\":\"At key 'c': Can receive only one value per "
        "step. Use an Annotated key to handle multiple values.\"}");
}
END_TEST

/* What comes in may hold for one superstep, like any channel. */
START_TEST(bare_inputs)
{
    static const char *const cases[][2] = { { "last_value", "[5,7]" },
                                            { "any", "[5,\"gone\"]" },
                                            { "ephemeral", "[5,\"gone\"]" } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };

        text_printf(&t,
                    "{'raw':true,'channels':{'in':{'kind':'%s'},'mid':{},'out':{}},'input':'in',"
                    "'output':'out','nodes':{'m':{'subscribe_only':'in','do':5,'write':['mid']},"
                    "'n':{'subscribe_to':['mid'],'read':['in'],"
                    "'do':[{'get':'mid'},{'getor':['in','gone']}],'write':['out']}}}",
                    cases[i][0]);
        expect(text_cstr(&t), "7", cases[i][1]);
        text_fini(&t);
    }
}
END_TEST

/* Null input tells what was done, and runs the rest. */
START_TEST(what_is_done_is_told_again)
{
    struct graph g;

    graph_compile(&g, "{'channels':{'x':{'kind':'binop','type':'int','reducer':'add'}},'nodes':{"
                      "'one':{'do':{'x':1}},'two':{'do':{'if':[{'lt':[{'call':0},2]},"
                      "{'raise':['ValueError','no']},{'x':10}]}}},"
                      "'edges':[['__start__','one'],['__start__','two']]}");
    graph_run(&g, "{}");
    ck_assert_str_eq(graph_run(&g, "null"), "{\"x\":11}");
    ck_assert_ptr_nonnull(
        strstr(text_cstr(&g.told), "{\"one\":{\"x\":1},\"__metadata__\":{\"cached\":true}}\n"));
    ck_assert_ptr_nonnull(strstr(text_cstr(&g.told), "{\"two\":{\"x\":10}}\n"));
    graph_fini(&g);
}
END_TEST

/* Each try to go on from nothing takes the id of a fresh run. */
START_TEST(nothing_is_begun_by_null)
{
    struct graph g;

    graph_compile(&g, "{'channels':{'c':{}},'nodes':{'m':{'do':{'c':1}}},"
                      "'edges':[['__start__','m']]}");
    graph_run(&g, "null");
    ck_assert_uint_eq(g.ids, 1);
    ck_assert_str_eq(graph_run(&g, "{}"), "{\"c\":1}");
    ck_assert_uint_eq(g.ids, 5);
    graph_fini(&g);
}
END_TEST

#define LOG "'channels':{'x':{},'log':{'kind':'binop','type':'list','reducer':'concat'}}"
#define SAYS(n) "'" n "':{'do':{'update':{'log':['" n "']}}}"

START_TEST(branches)
{
    static const char by_name[] =
        "{" LOG ",'output_keys':['log'],'nodes':{" SAYS("a") "," SAYS("b") "," SAYS(
            "c") "},'edges':[['__start__','a']],'branches':[{'source':'a','path':{'get':'x'}}]}";
    static const char by_map[] = "{" LOG ",'output_keys':['log'],'nodes':{" SAYS("a") "," SAYS(
        "b") "," SAYS("c") "},'edges':[['__start__','a']],'branches':[{'source':'a','path':{'get':'"
                           "x'},'map':{'1':"
                           "'b','true':'c','stop':'__end__'}}]}";

    expect(by_name, "{'x':'b'}", "{\"log\":[\"a\",\"b\"]}");
    expect(by_name, "{'x':['b','c']}", "{\"log\":[\"a\",\"b\",\"c\"]}");
    expect(by_name, "{'x':'__end__'}", "{\"log\":[\"a\"]}");
    expect(by_name, "{'x':'elsewhere'}", "{\"log\":[\"a\"]}");
    expect(by_name, "{'x':null}",
           "{\"type\":\"ValueError\",\"message\":\"Branch did not return a valid destination\"}");
    expect(by_name, "{'x':5}", "{\"log\":[\"a\"]}");
    expect(by_name, "{'x':[['b'],true,'c']}", "{\"log\":[\"a\",\"c\"]}");
    expect(by_map, "{'x':1}", "{\"log\":[\"a\",\"b\"]}");
    expect(by_map, "{'x':null}", "{\"type\":\"KeyError\",\"message\":\"None\"}");
    expect(by_map, "{'x':[['stop']]}",
           "{\"type\":\"TypeError\",\"message\":\"unhashable type: 'list'\"}");
    expect(by_map, "{'x':true}", "{\"log\":[\"a\",\"c\"]}");
    expect(by_map, "{'x':'stop'}", "{\"log\":[\"a\"]}");
    expect(by_map, "{'x':'b'}", "{\"type\":\"KeyError\",\"message\":\"'b'\"}");
}
END_TEST

/* The path, its map, and what comes of it. */
START_TEST(written_paths)
{
    static const char *const cases[][3] = {
        { "'b'", "{}", "{\"log\":[\"a\",\"b\"]}" },
        { "'b'", "[]", "{\"log\":[\"a\",\"b\"]}" },
        { "5", "null", "{\"log\":[\"a\"]}" },
        { "['c',['b']]", "null", "{\"log\":[\"a\",\"c\"]}" },
        { "['c',{'if':[{'get':'x'},'b','c']}]", "null", "{\"log\":[\"a\",\"b\",\"c\"]}" },
        { "null", "{'b':'b'}", "{\"type\":\"KeyError\",\"message\":\"None\"}" },
        { "'it\\u0027s'", "{'b':'b'}", "{\"type\":\"KeyError\",\"message\":\"\\\"it's\\\"\"}" },
        { "true", "{'true':'b'}", "{\"log\":[\"a\",\"b\"]}" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };

        text_printf(&t,
                    "{" LOG ",'output_keys':['log'],'nodes':{" SAYS("a") "," SAYS("b") "," SAYS(
                        "c") "},'edges':[['__start__','a']],'branches':[{'source':'a','path':%s,"
                             "'map':%s}]}",
                    cases[i][0], cases[i][1]);
        expect(text_cstr(&t), "{'x':1}", cases[i][2]);
        text_fini(&t);
    }
}
END_TEST

/* What holds for one superstep is over when a path looks, unless this node wrote it. */
START_TEST(paths_see_the_state_after)
{
    static const char graph[] =
        "{'channels':{'x':{'kind':'%s'},'log':{'kind':'binop','type':'list','reducer':'concat'}},"
        "'output_keys':['log'],'nodes':{'a':{'do':%s},'b':{'do':{'log':['b']}},"
        "'c':{'do':{'log':['c']}}},'edges':[['__start__','a']],"
        "'branches':[{'source':'a','path':{'if':[{'getor':['x',false]},'b','c']}}]}";
    static const struct {
        const char *kind, *body, *output;
    } cases[] = { { "any", "null", "{\"log\":[\"c\"]}" },
                  { "ephemeral", "null", "{\"log\":[\"c\"]}" },
                  { "topic", "null", "{\"log\":[\"c\"]}" },
                  { "last_value", "null", "{\"log\":[\"b\"]}" },
                  { "any", "{'x':{'get':'x'}}", "{\"log\":[\"b\"]}" } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text t = { 0 };

        text_printf(&t, graph, cases[i].kind, cases[i].body);
        expect(text_cstr(&t), "{'x':1}", cases[i].output);
        text_fini(&t);
    }
}
END_TEST

START_TEST(commands)
{
    static const char graph[] =
        "{" LOG ",'output_keys':['log'],'nodes':{'a':{'do':{'if':[{'get':'x'},{'command':{"
        "'update':{'log':['a']},'update_pairs':[['log',['p']]],'goto':['b','__end__']}},{'log':"
        "['direct']}]}}," SAYS("b") "},'edges':[['__start__','a']]}";
    static const char to[] =
        "{" LOG ",'output_keys':['log'],'nodes':{'a':{'do':{'command':{'goto':{'get':'x'}}}}," SAYS(
            "b") "},'edges':[['__start__','a']]}";

    expect(graph, "{'x':1}", "{\"log\":[\"a\",\"p\",\"b\"]}");
    expect(graph, "{'x':0}", "{\"log\":[\"direct\"]}");
    expect(to, "{'x':['b',5,null,'__start__']}", "{\"log\":[\"b\"]}");
    expect(to, "{'x':5}", "{\"type\":\"TypeError\",\"message\":\"'int' object is not iterable\"}");
}
END_TEST

START_TEST(operations)
{
    expect("{'channels':{'list':{},'n':{},'all':{}},'output_keys':['n','all'],'nodes':{'count':{"
           "'op':'transform.array-length','input':{'value':{'get':'list'}},'output':{'n':"
           "'length','all':{'add':[{'get':'result.length'},{'len':{'get':'list'}}]}}}},'edges':[["
           "'__start__','count']]}",
           "{'list':[1,2]}", "{\"n\":2,\"all\":4}");
    expect("{'channels':{'x':{}},'nodes':{'a':{'op':'utils.return-input','input':{'value':{'x':5}}"
           "},'b':{'op':'utils.return-input','input':{'value':{'get':'x'}},'output':'x'}},'edges':"
           "[['__start__','a'],['a','b']]}",
           "{}", "{\"x\":5}");
    expect("{'channels':{'x':{}},'nodes':{'a':{'op':'utils.return-input','input':{'value':'c'}}},"
           "'edges':[['__start__','a']]}",
           "{}", "{\"type\":\"InvalidUpdateError\",\"message\":\"Expected dict, got c\"}");
}
END_TEST

/* Names are data: what would break C, or looks like something else, runs as any other. */
START_TEST(names_are_only_names)
{
    expect("{'channels':{'a b':{},'*/':{},'branch:to':{}},'nodes':{'a b':{'do':{'update':{'*/':1}}"
           "},'a_b':{'do':{'update':{'branch:to':2}}}},'edges':[['__start__','a b'],['__start__',"
           "'a_b']]}",
           "{'a b':'?\?/'}", "{\"a b\":\"?\?/\",\"*/\":1,\"branch:to\":2}");
}
END_TEST

Suite *suite_pregel_run(void);
Suite *suite_pregel_run(void)
{
    Suite *s = suite_create("pregel_run");
    TCase *c = tcase_create("run");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, expressions);
    tcase_add_test(c, supersteps_are_counted_down);
    tcase_add_test(c, what_is_not_there_is_an_error);
    tcase_add_test(c, reducers);
    tcase_add_test(c, two_writes_to_a_guarded_channel_conflict);
    tcase_add_test(c, branches);
    tcase_add_test(c, written_paths);
    tcase_add_test(c, paths_see_the_state_after);
    tcase_add_test(c, one_refusal_is_told);
    tcase_add_test(c, bare_inputs);
    tcase_add_test(c, what_is_done_is_told_again);
    tcase_add_test(c, nothing_is_begun_by_null);
    tcase_add_test(c, commands);
    tcase_add_test(c, operations);
    tcase_add_test(c, names_are_only_names);
    suite_add_tcase(s, c);
    return s;
}
