/* test_operonx_check.c: the meaning of graphs: names, links, counts, operations, streams. Each line
 * is a document and how its complaints begin; "" for none. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "operonx_case.h"
#include "suites.h"

struct line {
    const char *document, *want;
};

#define HEAD "{'schema_version':'1.0','type':'graph','name':'g','inputs':{'x':{},'xs':{}}"
#define OP(name, function, rest)                                                                   \
    "'" name "':{'type':'code','name':'" name "','func_name':'" function "'" rest "}"
#define GEN(name, from)                                                                            \
    OP(name, "each_number",                                                                        \
       ",'is_generator':true,'inputs':{'numbers':{'ref':{'source':'g" from "'}}}")
#define IN(name, source, var)                                                                      \
    ",'inputs':{'" name "':{'ref':{'source':'" source "','var':'" var "'}}}"
#define AB OP("a", "step_a", "") "," OP("b", "step_b", "")
#define LINKS(links) HEAD ",'ops':{" AB "},'compiled_adj':{" links "}}"

static void check_lines(const struct line *l)
{
    for (; l->document; l++) {
        const char *got = operonx_case_complaints(l->document);

        ck_assert_msg(*l->want ? !strncmp(got, l->want, strlen(l->want)) : !*got,
                      "%s: expected %s, got %s", l->document, l->want, got);
    }
}

START_TEST(links)
{
    static const struct line lines[] = {
        { LINKS("'a':[['b',false]],'b':[]"), "" },
        { LINKS("'a':[['c',false]]"), "O030 target 'c' is not an op of 'g'" },
        { LINKS("'c':[]"), "O030 'c' is not an op of 'g'" },
        { LINKS("'a':'b'"), "O005 the links of an op must be an array" },
        { LINKS("'a':[['b']]"), "O005 a link is written [op, soft]" },
        { LINKS("'a':[['b',false],['b',true]]"), "O038 'a' and 'b' are linked already" },
        { LINKS("'a':[['b',false]],'b':[['a',false]]"),
          "O031 no op of 'g' can begin\nO033 ops of 'g' wait for each other: a -> b -> a" },
        { LINKS("'a':[['a',true]]"), "O033 ops of 'g' wait for each other: a -> a" },
        { HEAD ",'ops':{" AB "},'edges':[{'from':'a','to':'b','soft':false,'type':'normal'}]}",
          "" },
        { HEAD ",'ops':{" AB "},'edges':[{'from':'a','to':'b','type':'lookback'}]}",
          "K100 a lookback edge is not supported yet" },
        { HEAD ",'ops':{" AB "},'edges':[{'from':'a'}]}", "O006 an edge needs 'from' and 'to'" },
        { HEAD ",'ops':{" AB "},'entries':['a']}", "O035 nothing makes 'g.b' run" },
        { HEAD ",'ops':{" AB "},'entries':['a','b','c']}", "O030 entry 'c' is not an op of 'g'" },
        { HEAD ",'ops':{" AB "},'entries':[]}", "O031 no op of 'g' can begin" },
        { HEAD ",'ops':{" AB "},'exits':['z']}", "O030 exit 'z' is not an op of 'g'" },
        { HEAD ",'ops':{" AB "},'entries':['a','b'],'compiled_adj':{'a':[['b',false]]}}",
          "O034 entry 'b' has ops before it" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(counts)
{
    static const struct line lines[] = {
        { LINKS("'a':[['b',false]]},'initial_ready_count':{'a':0,'b':1"), "" },
        { LINKS("'a':[['b',true]]},'initial_ready_count':{'b':1"), "" },
        { LINKS("'a':[['b',false]]},'initial_ready_count':{'b':2"),
          "O036 the ready count of 'g.b' should be 1" },
        { LINKS("},'initial_ready_count':{'b':'1'"), "O005 a ready count must be an integer" },
        { LINKS("},'initial_ready_count':{'c':1"), "O030 'c' is not an op of 'g'" },
        { LINKS("'a':[['b',false]]},'stream_initial_ready':{'a':{'a':0,'b':1}"), "" },
        { LINKS("'a':[['b',false]]},'stream_initial_ready':{'b':{'b':1}"),
          "O036 the ready count of 'g.b' should be 0" },
        { LINKS("},'stream_initial_ready':{'a':[]"), "O005 ready counts must be an object" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

#define ONE(op) HEAD ",'ops':{" op "}}"

START_TEST(names)
{
    static const struct line lines[] = {
        { ONE(OP("e", "echo", IN("msg", "g", "x"))), "" },
        { ONE(OP("e", "pack.mod.echo", IN("msg", "__PARENT__", "x"))), "" },
        { ONE(OP("e", "echo", IN("msg", "h", "x"))), "O020 'h' is neither 'g' nor one of its ops" },
        { ONE(OP("e", "echo", IN("msg", "g", "y"))), "O021 'y' is no input of 'g'" },
        { ONE(OP("e", "echo", IN("msg", "g.e", "outpt"))), "O021 'g.e' has no output 'outpt'" },
        { ONE(OP("e", "echo", IN("msg", "g.e", "output"))),
          "O070 'e' reads 'e' but does not wait for it" },
        { ONE(OP("e", "eko", "")), "O040 no operation is named 'eko'" },
        { ONE("'e':{'type':'code','name':'e'}"), "O041 a code op needs a 'func_name'" },
        { ONE(OP("e", "echo", IN("mesg", "g", "x"))), "O044 operation 'echo' has no input 'mesg'" },
        { ONE(OP("e", "double", "")), "O043 operation 'double' needs the input 'x'" },
        { ONE(OP("e", "double", ",'inputs':{'x':{'literal':'two'}}")),
          "O045 'x' must be of type integer, not a string" },
        { ONE(OP("e", "double", ",'inputs':{'x':{'literal':2.0}}")), "" },
        { ONE(OP("e", "double", ",'inputs':{'x':{'literal':1e300}}")), "O045" },
        { ONE(OP("e", "step_a", ",'outputs':{'b_result':{'ref':{'source':'g','var':'y'}}}")),
          "O046 operation 'step_a' has no output 'b_result'" },
        { ONE(OP("e", "step_a", ",'outputs':{'a_result':{'ref':{'source':'g.e','var':'y'}}}")),
          "O022 an output can be pushed only to 'g'" },
        { ONE(OP("e", "step_a",
                 ",'outputs':{'a_result':{'ref':{'source':'g','var':'y','transforms'"
                 ":[['neg',[]]]}}}")),
          "O023 an output cannot be transformed" },
        { ONE(OP("e", "step_a", ",'outputs':{'a_result':{'scratch':{'key':'k'}}}")),
          "K100 an output to scratch" },
        { ONE(OP("e", "each_number", IN("numbers", "g", "xs"))),
          "O042 operation 'each_number' is a generator" },
        { ONE(OP("e", "kick_interrupt", "")), "K100 an operation that interrupts" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

#define TWO(from, to) HEAD ",'ops':{" from "," to "},'compiled_adj':{'a':[['b',false]]}}"
#define STEP_IN(name, transforms)                                                                  \
    OP("b", "echo",                                                                                \
       ",'inputs':{'msg':{'ref':{'source':'g.a','var':'" name "','transforms':[" transforms        \
       "]}}}")

/* An object, a number, and what reads them. */
START_TEST(kinds)
{
    static const struct line lines[] = {
        { TWO(OP("a", "make_obj", ""), OP("b", "echo", IN("msg", "g.a", "obj"))), "" },
        { TWO(OP("a", "make_obj", ""), OP("b", "double", IN("x", "g.a", "obj"))),
          "O047 'obj' of 'g.a' is an object, and never what the input 'x' of 'double' takes" },
        { TWO(OP("a", "make_obj", ""), OP("b", "sum_list", IN("xs", "g.a", "obj"))),
          "O047 'obj' of 'g.a' is an object, and never" },
        { TWO(OP("a", "make_obj", ""), STEP_IN("obj", "['getitem',['name']]")), "" },
        { TWO(OP("a", "sum_list", IN("xs", "g", "xs")), STEP_IN("total", "['neg',[]]")), "" },
        { TWO(OP("a", "sum_list", IN("xs", "g", "xs")), STEP_IN("total", "['getitem',['name']]")),
          "O047 'total' of 'g.a' is an integer, which has nothing inside" },
        { TWO(OP("a", "sum_list", IN("xs", "g", "xs")), OP("b", "double", IN("x", "g.a", "total"))),
          "" },
        { TWO(OP("a", "sum_list", IN("xs", "g", "xs")),
              OP("b", "lowercase", IN("text", "g.a", "total"))),
          "" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

#define BRANCH(target, rest)                                                                       \
    "'r':{'type':'branch','name':'r','cases':[{'condition':{'source':'g','var':'x'},'target':"     \
    "'" target "'}]" rest "}"
#define ROUTE(target, rest, links)                                                                 \
    HEAD ",'ops':{" BRANCH(target, rest) "," AB "},'compiled_adj':{" links "}}"

START_TEST(branches)
{
    static const struct line lines[] = {
        { ROUTE("a", ",'default':'b'", "'r':[['a',false],['b',false]]"), "" },
        { ROUTE("a", ",'default':'__END__'", "'r':[['a',false]]"), "" },
        { ROUTE("c", "", "'r':[['a',false]]"), "O050 target 'c' is not an op of 'g'" },
        { ROUTE("b", "", "'r':[['a',false]]"), "O051 no link leads from 'r' to its target 'b'" },
        { ROUTE("a", ",'candidates':['z']", "'r':[['a',false]]"), "O050 target 'z'" },
        { ROUTE("a", "", "'r':[['a',false],['b',false]]"), "O052 branch 'r' never picks 'b'" },
        { ROUTE("a", ",'candidates':['b']", "'r':[['a',false],['b',false]]"), "" },
        { HEAD ",'ops':{" BRANCH("a", ",'default':'b'") "," AB "," OP(
              "m", "merge", "") "},'compiled_adj':{'r':[['a',false],['b',false]],'a':[['m',false]],"
                                "'b':[['m',false]]}}",
          "O071 'm' waits for both 'a' and 'b', but 'r' picks one of them" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

#define FROM_XS "','var':'xs"
#define COLLECT(source, var)                                                                       \
    ",'inputs':{'xs':{'ref':{'source':'" source "','var':'" var                                    \
    "','stream_policy':{'collect':true}}}}"

START_TEST(streams)
{
    static const struct line lines[] = {
        { HEAD ",'ops':{" GEN("s", FROM_XS) "," OP(
              "q", "square", IN("x", "g.s", "x")) "},'compiled_adj':{'s':[['q',false]]}}",
          "" },
        { HEAD ",'ops':{" GEN("s", FROM_XS) "," OP("q", "square", IN("x", "g.s", "x")) "}}",
          "O060 'q' reads 's' from outside its stream" },
        { HEAD ",'ops':{" GEN("s", FROM_XS) "," GEN("t", FROM_XS) "," OP(
              "m", "add", "") "},'compiled_adj':{'s':[['m',false]],'t':[['m',false]]}}",
          "K100 joining the streams of" },
        { HEAD ",'ops':{" GEN("s", FROM_XS) "," OP("a", "step_a", "") "," OP(
              "m", "add", "") "},'compiled_adj':{'s':[['m',false]],'a':[['m',true]]}}",
          "K100 a soft link into the stream of 's'" },
        { HEAD ",'ops':{" GEN("s", FROM_XS) "," BRANCH("m", "") "," OP(
              "m", "add", "") "},'compiled_adj':{'s':[['m',false]],'r':[['m',false]]}}",
          "K100 a branch that picks an op in the stream of 's'" },
        { HEAD ",'ops':{" GEN("s", FROM_XS) "," OP("q", "square", IN("x", "g.s", "x")) "," OP(
              "t", "sum_list",
              COLLECT("g.q", "squared")) "," OP("m", "add",
                                                "") "},"
                                                    "'compiled_adj':{'s':[['q',false],['m',false]],"
                                                    "'q':[['t',false]],'t':[['m',false]]}}",
          "K100 'm' in the stream of 's' waiting for 't', which waits for its end" },
        { HEAD ",'ops':{" GEN("s", FROM_XS) "," OP(
              "t", "sum_list", COLLECT("g.s", "x")) "},'compiled_adj':{'s':[['t',false]]}}",
          "" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

/* A graph of 10,000 ops in a row is no reason to
 * be slow. */
START_TEST(large)
{
    struct text ops = { 0 }, pairs = { 0 }, document = { 0 };

    for (int i = 0; i < 10000; i++) {
        text_printf(&ops, "%s'o%d':{'type':'code','name':'o%d','func_name':'step_a'}", i ? "," : "",
                    i, i);
        if (i)
            text_printf(&pairs, "%s'o%d':[['o%d',false]]", i > 1 ? "," : "", i - 1, i);
    }
    text_printf(&document, HEAD ",'ops':{%s},'compiled_adj':{%s}}", text_cstr(&ops),
                text_cstr(&pairs));
    ck_assert_str_eq(operonx_case_complaints(text_cstr(&document)), "");
    text_fini(&ops);
    text_fini(&pairs);
    text_fini(&document);
}
END_TEST

Suite *suite_operonx_check(void);

Suite *suite_operonx_check(void)
{
    Suite *s = suite_create("operonx_check");
    TCase *c = tcase_create("documents");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, links);
    tcase_add_test(c, counts);
    tcase_add_test(c, names);
    tcase_add_test(c, kinds);
    tcase_add_test(c, branches);
    tcase_add_test(c, streams);
    tcase_add_test(c, large);
    suite_add_tcase(s, c);
    return s;
}
