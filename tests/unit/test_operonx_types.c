/* test_operonx_types.c: what is known of values before a graph runs (clause 2.6): parts of
 * variables, operands of transforms, comparisons, conditions of loops, graphs in graphs. Each line
 * is a document and how its complaints begin; "" for none. */
#include <string.h>

#include "base/text.h"
#include "operonx_case.h"
#include "suites.h"

#define HEAD "{'schema_version':'1.0','type':'graph','name':'g','inputs':{'x':{},'xs':{}}"
#define OP(name, function, rest)                                                                   \
    "'" name "':{'type':'code','name':'" name "','func_name':'" function "'" rest "}"
#define REF(source, var, transforms)                                                               \
    "{'source':'" source "','var':'" var "','transforms':[" transforms "]}"
#define READS(name, input, ref) OP(name, "echo", ",'inputs':{'" input "':{'ref':" ref "}}")
/* `a` gives an integer `total`, `o` an object `obj`; `b` reads one of them. */
#define SUM OP("a", "sum_list", ",'inputs':{'xs':{'ref':" REF("g", "xs", "") "}}")
#define AFTER(ref)                                                                                 \
    HEAD ",'ops':{" SUM "," OP("o", "make_obj", "") "," READS(                                     \
        "b", "msg", ref) "},'compiled_adj':{'a':[['b',false]],'o':[['b',false]]}}"
#define TOTAL(transforms) AFTER(REF("g.a", "total", transforms))
#define OBJ(transforms) AFTER(REF("g.o", "obj", transforms))

static void expect(const char *document, const char *want)
{
    const char *got = operonx_case_complaints(document);

    ck_assert_msg(*want ? !strncmp(got, want, strlen(want)) : !*got, "%s: expected %s, got %s",
                  document, want, got);
}

START_TEST(parts)
{
    expect(OBJ("['getitem',['name']]"), "");
    expect(OBJ("['getattr',['name']],['add',['x']]"), "");
    expect(OBJ("['getitem',[0]]"), "O047 'obj' of 'g.o' is an object, which has no such part");
    expect(TOTAL("['getitem',['name']]"),
           "O047 'total' of 'g.a' is an integer, which has nothing inside");
    expect(TOTAL("['add',[1]],['getattr',['name']]"),
           "O047 'total' of 'g.a' (through 1 transforms) is a number, which has nothing inside");
    expect(AFTER(REF("g.a", "error", "['getitem',['x']]")), "");
}
END_TEST

START_TEST(operands)
{
    expect(TOTAL("['add',[1]],['mul',[2.5]],['neg',[]]"), "");
    expect(TOTAL("['mul',['ab']],['add',['c']]"), "");
    expect(TOTAL("['add',['ab']]"),
           "O048 transform 'add' of 'total' of 'g.a' always fails: on an integer and a string");
    expect(TOTAL("['radd',['ab']]"), "O048 transform 'radd' of 'total' of 'g.a' always fails: on a "
                                     "string and an integer");
    expect(TOTAL("['lt',['10']]"), "O048 transform 'lt'");
    expect(TOTAL("['contains',[1]]"), "O048 transform 'contains'");
    expect(OBJ("['neg',[]]"), "O048 transform 'neg' of 'obj' of 'g.o' always fails: on an object");
    expect(OBJ("['contains',['name']]"), "");
    expect(AFTER(REF("g", "x", "['add',['ab']]")), "");
    expect(AFTER(REF("g", "x", "['add',[{'__ref__':" REF("g.o", "obj", "['neg',[]]") "}]]")),
           "O048 transform 'neg'");
}
END_TEST

START_TEST(comparisons)
{
    expect(TOTAL("['eq',[3.0]]"), "");
    expect(TOTAL("['eq',[true]]"), "");
    expect(TOTAL("['eq',[null]]"), "");
    expect(TOTAL("['eq',['3']]"), "O049 transform 'eq' of 'total' of 'g.a' is false whenever there "
                                  "is a value: it compares an integer and a string");
    expect(TOTAL("['ne',['3']]"), "O049 transform 'ne' of 'total' of 'g.a' is true");
    expect(OBJ("['getitem',['age']],['eq',['3']]"), "");
    expect(HEAD ",'ops':{" SUM ",'r':{'type':'branch','name':'r','cases':[{'condition':" REF(
               "g.a", "total",
               "['eq',['big']]") ",'target':'b'}]}," OP("b", "step_b",
                                                        "") "},"
                                                            "'compiled_adj':{'a':[['r',false]],'r':"
                                                            "[['b',false]]}}",
           "O049 transform 'eq' of 'total' of 'g.a' is false");
}
END_TEST

START_TEST(what_becomes_of_a_value)
{
#define INTO(function, input, ref)                                                                 \
    HEAD ",'ops':{" SUM                                                                            \
         "," OP("b", function,                                                                     \
                ",'inputs':{'" input "':{'ref':" ref "}}") "},'compiled_adj':{'a':[['b',false]]}}"
    expect(INTO("double", "x", REF("g.a", "total", "['add',[1]]")), "");
    expect(INTO("sum_list", "xs", REF("g.a", "total", "['add',[1]]")),
           "O047 what becomes of 'total' of 'g.a' is a number, and never what the input 'xs'");
    expect(INTO("sum_list", "xs", REF("g.a", "total", "['or_',[[1]]]")), "");
    expect(INTO("sum_list", "xs", REF("g.a", "total", "['eq',[1]]")), "O047 what becomes of");
}
END_TEST

/* The graph `n` in `g` gives `big`, an integer, and reads `in`. */
#define INNER(inputs, ref, rest)                                                                   \
    "'n':{'type':'graph','name':'n','inputs':{" inputs "},'ops':{'d':{'type':'code','name':'d',"   \
    "'func_name':'echo','inputs':{'msg':{'ref':" ref "}}},'e':{'type':'code','name':'e',"          \
    "'func_name':'increment','outputs':{'counter':{'ref':{'source':'g.n','var':'big'}}}}}" rest    \
    "}"
#define NESTED(inputs, ref, outer)                                                                 \
    HEAD ",'ops':{" SUM "," INNER(inputs, ref, "") "," READS(                                      \
        "b", "msg", outer) "},'compiled_adj':{'a':[['n',false]],'n':[['b',false]]}}"
#define GIVEN "'in':{'ref':" REF("g.a", "total", "") "}"

START_TEST(graphs_in_graphs)
{
    expect(NESTED(GIVEN, REF("g.n", "in", "['neg',[]]"), REF("g.n", "big", "['add',[1]]")), "");
    expect(NESTED(GIVEN, REF("g.n", "in", "['add',['x']]"), REF("g.n", "big", "")),
           "O048 transform 'add' of 'in' of 'g.n' always fails");
    expect(NESTED(GIVEN, REF("g.n", "in", ""), REF("g.n", "big", "['getitem',['x']]")),
           "O047 'big' of 'g.n' is an integer, which has nothing inside");
    expect(NESTED("'in':{'literal':{'name':'x','tags':[1]}}",
                  REF("g.n", "in", "['getitem',['tags']],['getitem',[0]]"), REF("g.n", "big", "")),
           "");
    expect(NESTED("'in':{'literal':{'name':'x','tags':[1]}}",
                  REF("g.n", "in", "['getitem',['nmae']]"), REF("g.n", "big", "")),
           "O047 'in' of 'g.n' is an object, which has no 'nmae'");
    expect(NESTED("'in':{'literal':{'tags':[1]}}",
                  REF("g.n", "in", "['getitem',['tags']],['getitem',['first']]"),
                  REF("g.n", "big", "")),
           "O047 'in' of 'g.n' (through 1 transforms) is an array, which has no 'first'");
}
END_TEST

#define LOOP(until)                                                                                \
    "{'schema_version':'1.0','type':'graph','name':'g','inputs':{'n':{}},'ops':{'i':{'type':"      \
    "'code','name':'i','func_name':'increment','inputs':{'counter':{'ref':{'source':'g','var':"    \
    "'n'}}},'outputs':{'counter':{'ref':{'source':'g','var':'c'}}}}," OP(                          \
        "l", "lowercase",                                                                          \
        ",'inputs':{'text':{'literal':'A'}},'outputs':{'result':{'ref':{'source':'g','var':'s'}}"  \
        "}") "},'loop_config':{'until':'" until "','max_iterations':3}}"

START_TEST(conditions_of_loops)
{
    expect(LOOP("c > 3 and s == \\\"a\\\""), "");
    expect(LOOP("c == null or s is null"), "");
    expect(LOOP("c in [1, 2] or \\\"a\\\" in s"), "");
    expect(LOOP("c > \\\"3\\\""), "O048 '>' in 'until' always fails: on an integer and a string");
    expect(LOOP("c == \\\"3\\\""),
           "O049 '==' in 'until' is always false: it compares an integer and a string");
    expect(LOOP("s is not 3"), "O049 'is' in 'until' is always true");
    expect(LOOP("c + s > 3"), "O048 '+' in 'until' always fails: on an integer and a string");
    expect(LOOP("c.x == 3"), "O048 '.' in 'until' always fails");
    expect(LOOP("1 in c"), "O048 'contains' in 'until' always fails");
}
END_TEST

/* Graphs in graphs that read what is around them twice at each level: every input is looked at
 * once. */
START_TEST(deep_graphs_take_no_time)
{
    struct text t = { 0 }, path = { 0 };

    text_puts(&t, "{'schema_version':'1.0','type':'graph','name':'g','inputs':{'x':{}},'ops':{");
    text_puts(&path, "g");
    for (int i = 0; i < 60; i++) {
        const char *at = text_cstr(&path);

        text_printf(&t,
                    "'n':{'type':'graph','name':'n','inputs':{'x':{'ref':{'source':'%s','var':'x',"
                    "'transforms':[['add',[{'__ref__':{'source':'%s','var':'x'}}]],['add',[{"
                    "'__ref__':{'source':'%s','var':'x'}}]]]}}},'ops':{",
                    at, at, at);
        text_puts(&path, ".n");
    }
    text_puts(&t, OP("d", "step_a", ""));
    for (int i = 0; i < 61; i++)
        text_puts(&t, "}}");
    expect(text_cstr(&t), "");
    text_fini(&t);
    text_fini(&path);
}
END_TEST

Suite *suite_operonx_types(void);

Suite *suite_operonx_types(void)
{
    Suite *s = suite_create("operonx_types");
    TCase *t = tcase_create("operonx_types");

    tcase_add_test(t, parts);
    tcase_add_test(t, operands);
    tcase_add_test(t, comparisons);
    tcase_add_test(t, what_becomes_of_a_value);
    tcase_add_test(t, graphs_in_graphs);
    tcase_add_test(t, conditions_of_loops);
    tcase_add_test(t, deep_graphs_take_no_time);
    suite_add_tcase(s, t);
    return s;
}
