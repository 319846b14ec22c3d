/* test_operonx_run.c: whole graphs, compiled and run: chains, branches, streams, loops, errors. The
 * operations are those of tests/lib/operonx_ops.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "operonx_case.h"
#include "suites.h"

/* A document, written in pieces. */
#define GRAPH(inputs, ops, adjacency)                                                              \
    "{'schema_version':'1.0','type':'graph','name':'g','inputs':{" inputs "},'ops':{" ops          \
    "},'compiled_adj':{" adjacency "}}"
#define OP(name, function, rest)                                                                   \
    "'" name "':{'type':'code','name':'" name "','func_name':'" function "'," rest "}"
#define FROM(source, var) "{'ref':{'source':'" source "','var':'" var "'}}"
#define TO(var) "{'ref':{'source':'g','var':'" var "'}}"

static void runs(const char *document, const char *input, const char *want)
{
    ck_assert_str_eq(operonx_case_run(document, input), want);
}

/* ---- chains and inputs ---- */

#define CHAIN                                                                                      \
    GRAPH("'x':{}",                                                                                \
          OP("d", "double", "'inputs':{'x':" FROM("g", "x") "}") "," OP(                           \
              "a", "add_one",                                                                      \
              "'inputs':{'n':" FROM("g.d", "result") "},'outputs':{'answer':" TO("answer") "}"),   \
          "'d':[['a',false]]")

START_TEST(chain)
{
    runs(CHAIN, "{\"x\":5}", "{\"answer\":11}");
    runs(CHAIN, "{\"x\":null}", "{}"); /* null is nothing: double lacks its input and fails */
    runs(CHAIN, "[]", "{}");
}
END_TEST

START_TEST(inputs)
{
    runs(GRAPH("'x':{'default':4}",
               OP("d", "double",
                  "'inputs':{'x':{'ref':{'source':'__PARENT__','var':'x','transforms':[['add',[1]],"
                  "['rsub',[20]],['pow',[2]]]}}},'outputs':{'result':" TO("y") "}"),
               ""),
         "{}", "{\"y\":450}");
    runs(GRAPH("'x':{}",
               OP("e", "echo",
                  "'inputs':{'msg':{'default':'none','ref':{'source':'g','var':'x','transforms':"
                  "[['getitem',['k']]]}}},'outputs':{'output':" TO("y") "}"),
               ""),
         "{}", "{\"y\":\"none\"}");
    runs(GRAPH("'x':{},'z':{}",
               OP("e", "echo",
                  "'inputs':{'msg':{'ref':{'source':'g','var':'x','transforms':[['add',[{'__ref__':"
                  "{'source':'g','var':'z','transforms':[['mul',[10]]]}}]]]}}},'outputs':{'output'"
                  ":" TO("y") "}"),
               ""),
         "{\"x\":1,\"z\":2}", "{\"y\":21}");
}
END_TEST

START_TEST(logic)
{
    const char *and_or =
        GRAPH("'x':{},'z':{}",
              OP("e", "echo",
                 "'inputs':{'msg':{'ref':{'source':'g','var':'x','transforms':[['and_',[{'__ref__'"
                 ":{'source':'g','var':'z','transforms':[['truediv',[0]]]}}]],['or_',['no']],"
                 "['ror_',[0]],['rand_',[1]]]}}},'outputs':{'output':" TO("y") ",'error':" TO(
                     "error") "}"),
              "");

    runs(and_or, "{\"x\":0,\"z\":1}", "{\"y\":\"no\"}"); /* the division is never made */
    runs(and_or, "{\"x\":1,\"z\":1}", "{\"error\":\"ZeroDivisionError: division by zero\"}");
}
END_TEST

/* ---- branches ---- */

#define ROUTE(merge)                                                                                             \
    GRAPH(                                                                                                       \
        "'n':{}",                                                                                                \
        "'r':{'type':'branch','name':'r','cases':["                                                              \
        "{'condition':{'source':'g','var':'n','transforms':[['ge',[90]]]},'target':'a'},"                        \
        "{'condition':{'source':'g','var':'n','transforms':[['eq',[5]]]},'target':'b'},"                         \
        "{'condition':{'source':'g','var':'n','transforms':[['lt',[0]]]},'target':'a'}]}," OP(                   \
            "a", "step_a",                                                                                       \
            "'outputs':{}") "," OP("b", "step_b",                                                                \
                                   "'outputs':{}") "," OP("m", "merge",                                          \
                                                          "'inputs':{'a':" FROM("g.a", "a_result") ",'b':" FROM( \
                                                              "g.b",                                             \
                                                              "b_result") "},'outputs':{'"                       \
                                                                          "combined':" TO("y") "}"),             \
        "'r':[['a',false],['b',false]],'a':[['m'," merge "]],'b':[['m'," merge "]]")

START_TEST(branch)
{
    runs(ROUTE("true"), "{\"n\":95}", "{\"y\":\"K\xe1\xba\xbft qu\xe1\xba\xa3 A + \"}");
    runs(ROUTE("true"), "{\"n\":-1}", "{\"y\":\"K\xe1\xba\xbft qu\xe1\xba\xa3 A + \"}");
    runs(ROUTE("true"), "{\"n\":5.0}", "{\"y\":\" + K\xe1\xba\xbft qu\xe1\xba\xa3 B\"}");
    runs(ROUTE("true"), "{\"n\":7}", "{}");        /* no case, no default: no target */
    runs(ROUTE("true"), "{\"n\":\"text\"}", "{}"); /* a condition that fails does not hold */
    runs(ROUTE("false"), "{\"n\":95}", "{}");      /* hard links wait for both arms */
}
END_TEST

START_TEST(anchor)
{
    const char *document = GRAPH(
        "'to':{}",
        "'r':{'type':'branch','name':'r','inputs':{'anchor':" FROM(
            "g",
            "to") "},'cases':[{"
                  "'condition':{'source':'g','var':'to','transforms':[['eq',['?']]]},'target':'a'}]"
                  ","
                  "'default':'b','outputs':{'target':" TO("t") ",'matched':" TO("why") "}}," OP(
                      "a", "step_a",
                      "'outputs':{'a_result':" TO(
                          "y") "}") "," OP("b", "step_b", "'outputs':{'b_result':" TO("y") "}"),
        "'r':[['a',false],['b',false]]");

    runs(document, "{\"to\":\"a\"}",
         "{\"t\":\"a\",\"why\":\"anchor\",\"y\":\"K\xe1\xba\xbft qu\xe1\xba\xa3 A\"}");
    runs(document, "{}",
         "{\"t\":\"b\",\"why\":\"default\",\"y\":\"K\xe1\xba\xbft qu\xe1\xba\xa3 B\"}");
    runs(document, "{\"to\":\"nowhere\"}", "{\"t\":\"nowhere\",\"why\":\"anchor\"}");
}
END_TEST

START_TEST(soft)
{
    /* m waits for the hard link and one soft one; both soft ones arrive and it runs once */
    runs(
        GRAPH("'x':{}",
              OP("a", "step_a", "'outputs':{}") "," OP("b", "step_b", "'outputs':{}") "," OP(
                  "d", "double",
                  "'inputs':{'x':" FROM(
                      "g", "x") "}") "," OP("m", "merge",
                                            "'inputs':{'a':" FROM("g.a", "a_result") ",'b':" FROM(
                                                "g.b",
                                                "b_result") "},'outputs':{'combined':" TO("y") "}"),
              "'a':[['m',true]],'b':[['m',true]],'d':[['m',false]]"),
        "{\"x\":1}",
        "{\"y\":\"K\xe1\xba\xbft qu\xe1\xba\xa3 A + K\xe1\xba\xbft qu\xe1\xba\xa3 B\"}");
}
END_TEST

/* ---- streams ---- */

#define SOURCE                                                                                     \
    OP("s", "each_number",                                                                         \
       "'is_generator':true,'inputs':{'numbers':" FROM("g",                                        \
                                                       "xs") "},'outputs':{'x':" TO("seen") "}")
#define SQUARE                                                                                     \
    OP("q", "square", "'inputs':{'x':" FROM("g.s", "x") "},'outputs':{'squared':" TO("y") "}")

START_TEST(stream)
{
    const char *document = GRAPH("'xs':{}", SOURCE "," SQUARE, "'s':[['q',false]]");

    runs(document, "{\"xs\":[1,2,3]}", "{\"seen\":[1,2,3],\"y\":[1,4,9]}");
    runs(document, "{\"xs\":[3]}", "{\"seen\":3,\"y\":9}"); /* one frame is not a list */
    runs(document, "{\"xs\":[]}", "{}");
    runs(document, "{\"xs\":[[1]]}", "{\"seen\":[1],\"y\":0}");
}
END_TEST

START_TEST(collect)
{
    const char *document =
        GRAPH("'xs':{}",
              SOURCE "," SQUARE "," OP(
                  "t", "sum_list",
                  "'inputs':{'xs':{'ref':{'source':'g.q','var':'squared','stream_policy':{'collect'"
                  ":true}}}},'outputs':{'total':" TO(
                      "total") "}") "," OP("u", "sum_list",
                                           "'inputs':{'xs':{'ref':{'source':'g.s','var':'x','"
                                           "stream_policy':{'collect':true"
                                           "}}}},'outputs':{'total':" TO("plain") "}"),
              "'s':[['q',false],['u',false]],'q':[['t',false]]");

    runs(document, "{\"xs\":[1,2,3]}", "{\"seen\":[1,2,3],\"y\":[1,4,9],\"total\":14,\"plain\":6}");
    runs(document, "{\"xs\":[]}", "{}"); /* nothing to collect: nobody runs */
}
END_TEST

START_TEST(joins)
{
    /* the batch op stands behind the generator, and is waited for all the same */
    runs(GRAPH("'xs':{},'k':{}",
               SOURCE "," OP("d", "double", "'inputs':{'x':" FROM("g", "k") "}") "," OP(
                   "a", "add",
                   "'inputs':{'a':" FROM("g.s", "x") ",'b':" FROM(
                       "g.d", "result") "},'outputs':{'result':" TO("y") "}"),
               "'s':[['a',false]],'d':[['a',false]]"),
         "{\"xs\":[1,2],\"k\":10}", "{\"seen\":[1,2],\"y\":[21,22]}");
    /* two ops of a stream join for each item */
    runs(GRAPH("'xs':{}",
               SOURCE "," OP("q", "square", "'inputs':{'x':" FROM("g.s", "x") "}") "," OP(
                   "d", "double",
                   "'inputs':{'x':" FROM(
                       "g.s", "x") "}") "," OP("a", "add",
                                               "'inputs':{'a':" FROM("g.q", "squared") ",'b':" FROM(
                                                   "g.d",
                                                   "result") "},'outputs':{'result':" TO("y") "}"),
               "'s':[['q',false],['d',false]],'q':[['a',false]],'d':[['a',false]]"),
         "{\"xs\":[1,2,3]}", "{\"seen\":[1,2,3],\"y\":[3,8,15]}");
}
END_TEST

START_TEST(nested_streams)
{
    const char *inner =
        OP("c", "async_counter", "'is_generator':true,'inputs':{'n':" FROM("g.s", "x") "}") "," OP(
            "a", "add",
            "'inputs':{'a':{'ref':{'source':'g.s','var':'x','transforms':[['mul',[10]]]"
            "}},'b':" FROM("g.c", "number") "},'outputs':{'result':" TO("y") "}");
    struct text t = { 0 };

    text_printf(&t, GRAPH("'xs':{}", SOURCE ",%s", "'s':[['c',false]],'c':[['a',false]]"), inner);
    runs(text_cstr(&t), "{\"xs\":[2,0,3]}", "{\"seen\":[2,0,3],\"y\":[21,22,31,32,33]}");
    text_clear(&t);
    text_printf(&t,
                GRAPH("'xs':{}",
                      SOURCE ",%s," OP(
                          "t", "sum_list",
                          "'inputs':{'xs':{'ref':{'source':'g.a','var':'result','stream_policy':{"
                          "'collect':true}}}},'outputs':{'total':" TO("total") "}"),
                      "'s':[['c',false]],'c':[['a',false]],'a':[['t',false]]"),
                inner);
    runs(text_cstr(&t), "{\"xs\":[2,0,3]}",
         "{\"seen\":[2,0,3],\"y\":[21,22,31,32,33],\"total\":[43,96]}");
    text_fini(&t);
}
END_TEST

START_TEST(stream_branch)
{
    runs(GRAPH("'xs':{}",
               SOURCE
               ","
               "'r':{'type':'branch','name':'r','cases':[{'condition':{'source':'g.s','var':'x',"
               "'transforms':[['mod',[2]]]},'target':'q'}],'default':'d'}," SQUARE
               "," OP("d", "double",
                      "'inputs':{'x':" FROM("g.s", "x") "},'outputs':{'result':" TO("y") "}"),
               "'s':[['r',false]],'r':[['q',false],['d',false]]"),
         "{\"xs\":[1,2,3,4]}", "{\"seen\":[1,2,3,4],\"y\":[1,4,9,8]}");
}
END_TEST

START_TEST(stream_error)
{
    /* the third item fails: it is missing, the others go on */
    runs(GRAPH("'xs':{}",
               SOURCE "," OP(
                   "e", "echo",
                   "'inputs':{'msg':{'ref':{'source':'g.s','var':'x','transforms':["
                   "['rtruediv',[12]]]}}},'outputs':{'output':" TO("y") ",'error':" TO("bad") "}"),
               "'s':[['e',false]]"),
         "{\"xs\":[1,0,3]}",
         "{\"seen\":[1,0,3],\"y\":[12.0,4.0],\"bad\":\"ZeroDivisionError: division by zero\"}");
}
END_TEST

/* ---- graphs in graphs ---- */

#define NESTED(inner)                                                                              \
    "{'schema_version':'1.0','type':'graph','name':'g','inputs':{'xs':{}},'ops':{'n':{'type':"     \
    "'graph','name':'n','inputs':{'xs':" FROM("g", "xs") "},'outputs':{'y':" TO(                   \
        "y") "}," inner                                                                            \
             "},'z':{'type':'code','name':'z','func_name':'consume','inputs':{'x':" FROM(          \
                 "g.n",                                                                            \
                 "y") "},'outputs':{'got':" TO("got") "}}},'compiled_adj':{'n':[['z',false]]}}"

START_TEST(nested)
{
    runs(
        NESTED("'ops':{'t':{'type':'code','name':'t','func_name':'sum_list','inputs':{'xs':{'ref':"
               "{'source':'n','var':'xs'}}},'outputs':{'total':{'ref':{'source':'g.n','var':'y'}}}}"
               "}"),
        "{\"xs\":[1,2,3]}", "{\"y\":6,\"got\":6}");
    /* a graph with a stream inside yields for each item */
    runs(
        NESTED("'ops':{'s':{'type':'code','name':'s','func_name':'each_number','is_generator':true,"
               "'inputs':{'numbers':{'ref':{'source':'g.n','var':'xs'}}}},'q':{'type':'code','name'"
               ":'q','func_name':'square','inputs':{'x':{'ref':{'source':'g.n.s','var':'x'}}},"
               "'outputs':{'squared':{'ref':{'source':'g.n','var':'y'}}}}},'compiled_adj':{'s':[["
               "'q',false]]}"),
        "{\"xs\":[1,2,3]}", "{\"y\":[1,4,9],\"got\":[1,4,9]}");
    runs(
        NESTED("'ops':{'s':{'type':'code','name':'s','func_name':'each_number','is_generator':true,"
               "'inputs':{'numbers':{'ref':{'source':'g.n','var':'xs'}}},'outputs':{'x':{'ref':{"
               "'source':'g.n','var':'y'}}}}}"),
        "{\"xs\":[1,2,3]}", "{\"y\":[1,2,3],\"got\":[1,2,3]}");
}
END_TEST

#define LOOP(config, seed)                                                                         \
    "{'schema_version':'1.0','type':'graph','name':'g','inputs':{'n':{" seed                       \
    "},'k':{}},'outputs':"                                                                         \
    "{'n':{}},'ops':{'a':{'type':'code','name':'a','func_name':'add','inputs':{'a':" FROM(         \
        "g", "n") ",'b':" FROM("g", "k") "},'outputs':{'result':" TO("n") "}}},"                   \
                                                                          "'loop_config':{" config \
                                                                          "}}"

START_TEST(loops)
{
    runs(LOOP("'until':'n > 10'", "'literal':1"), "{\"k\":4}", "{\"n\":[5,13]}");
    runs(LOOP("'until':'n > 10'", ""), "{\"k\":4,\"n\":8}", "{\"n\":12}");
    runs(LOOP("'until':null,'max_iterations':3", "'literal':0"), "{\"k\":2}", "{\"n\":[2,6]}");
    runs(LOOP("'max_iterations':1", "'literal':0"), "{\"k\":2}", "{\"n\":2}");
    runs(LOOP("'until':'n > None'", "'literal':0"), "{\"k\":2}",
         "FAILED \"TypeError: '>' is not supported between 'number' and 'NoneType'\"");
}
END_TEST

START_TEST(loop_inside)
{
    const char *inner = "'inputs':{'n':" FROM("g", "x") "},'outputs':{'n':" TO(
        "y") "},'ops':{'a':{"
             "'type':'code','name':'a','func_name':'increment','inputs':{'counter':{'ref'"
             ":{'source':'g.l','var':'n'}}},'outputs':{'counter':{'ref':{'source':'g.l',"
             "'var':'n'}}}}},'loop_config':{'until':'n % 10 == 0'}";
    struct text t = { 0 };

    text_printf(&t, GRAPH("'x':{}", "'l':{'type':'graph','name':'l',%s}", ""), inner);
    runs(text_cstr(&t), "{\"x\":33}", "{\"y\":40}");
    text_fini(&t);
}
END_TEST

/* ---- errors and scratch ---- */

START_TEST(errors)
{
    /* f fails, h waits for it and never runs, d goes on; a later op reads the error */
    runs(
        GRAPH("'x':{}",
              OP("f", "failing", "'outputs':{}") "," OP(
                  "h", "step_a",
                  "'outputs':{'a_result':" TO(
                      "never") "}") "," OP("d", "double",
                                           "'inputs':{'x':" FROM(
                                               "g",
                                               "x") "}") "," OP("e", "echo",
                                                                "'inputs':{'msg':" FROM(
                                                                    "g.f",
                                                                    "error") "},'outputs':{'output'"
                                                                             ":" TO("why") "}"),
              "'f':[['h',false]],'d':[['e',false]]"),
        "{\"x\":1}", "{\"why\":\"division by zero\"}");
}
END_TEST

START_TEST(scratch)
{
    runs(GRAPH("'v':{}",
               OP("w", "scratch_write",
                  "'inputs':{'key':{'literal':'k'},'value':" FROM(
                      "g",
                      "v") "}") "," OP("p", "passthrough",
                                       "'inputs':{'value':{'scratch':{'key':'k'},'default':'no'}},"
                                       "'outputs':{'value':" TO(
                                           "y") "}") "," OP("e", "echo",
                                                            "'inputs':{'msg':{'scratch':{'key':'"
                                                            "none'},'default':'no'}},"
                                                            "'outputs':{'output':" TO("z") "}"),
               "'w':[['p',false]]"),
         "{\"v\":[1]}", "{\"y\":[1],\"z\":\"no\"}");
}
END_TEST

START_TEST(graph_variables)
{
    /* y is pushed by d and read by e through the graph; both arms push z */
    runs(
        GRAPH("'x':{}",
              OP("d", "double",
                 "'inputs':{'x':" FROM("g", "x") "},'outputs':{'result':" TO(
                     "y") "}") "," OP("e", "echo",
                                      "'inputs':{'msg':" FROM("g", "y") "},'outputs':{'output':" TO(
                                          "z") "}") "," OP("a", "add_one",
                                                           "'inputs':{'n':" FROM(
                                                               "g", "z") "},'outputs':{'answer'"
                                                                         ":" TO("z") "}"),
              "'d':[['e',false]],'e':[['a',false]]"),
        "{\"x\":4}", "{\"y\":8,\"z\":[8,9]}");
}
END_TEST

Suite *suite_operonx_run(void);

Suite *suite_operonx_run(void)
{
    Suite *s = suite_create("operonx_run");
    TCase *c = tcase_create("graphs");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, chain);
    tcase_add_test(c, inputs);
    tcase_add_test(c, logic);
    tcase_add_test(c, branch);
    tcase_add_test(c, anchor);
    tcase_add_test(c, soft);
    tcase_add_test(c, stream);
    tcase_add_test(c, collect);
    tcase_add_test(c, joins);
    tcase_add_test(c, nested_streams);
    tcase_add_test(c, stream_branch);
    tcase_add_test(c, stream_error);
    tcase_add_test(c, nested);
    tcase_add_test(c, loops);
    tcase_add_test(c, loop_inside);
    tcase_add_test(c, errors);
    tcase_add_test(c, scratch);
    tcase_add_test(c, graph_variables);
    suite_add_tcase(s, c);
    return s;
}
