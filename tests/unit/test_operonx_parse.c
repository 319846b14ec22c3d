/* test_operonx_parse.c: the shape of documents: envelope, fields, types, what comes later. Each
 * line is a document and how its complaints begin; "" for none. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "operonx_case.h"
#include "suites.h"

struct line {
    const char *document, *want;
};

#define HEAD "{'schema_version':'1.0','type':'graph','name':'g'"
#define OP(rest) "'a':{'type':'code','name':'a','func_name':'step_a'" rest "}"
#define WITH(rest) HEAD ",'ops':{" OP(rest) "}}"
#define PARAM(rest)                                                                                \
    HEAD ",'ops':{'a':{'type':'code','name':'a','func_name':'echo','inputs':{'msg':{" rest "}}}}}"

static void check_lines(const struct line *l)
{
    for (; l->document; l++) {
        const char *got = operonx_case_complaints(l->document);

        ck_assert_msg(*l->want ? !strncmp(got, l->want, strlen(l->want)) : !*got,
                      "%s: expected %s, got %s", l->document, l->want, got);
    }
}

START_TEST(envelope)
{
    static const struct line lines[] = {
        { WITH(""), "" },
        { "{'type':'graph','name':'g','ops':{" OP("") "}}", "O001 'schema_version' is missing" },
        { "{'schema_version':1,'ops':{}}", "O001 'schema_version' must be a string" },
        { "{'schema_version':'2.0','ops':{}}", "O002 schema_version \"2.0\" is not known" },
        { "{'schema_version':'1.0','type':'code','name':'g'}", "O001 the root must be" },
        { "{'schema_version':'1.0','name':'g','ops':{" OP("") "}}", "" },
        { "{'one':" WITH("") "}", "" },
        { "{'one':" WITH("") ",'two':" WITH("") "}", "O003 this bundle holds 2 graphs" },
        { "{'one':[]}", "O001 a graph must be an object" },
        { "{}", "O001 'schema_version' is missing" },
        { HEAD ",'ops':{}}", "O006 a graph needs at least one op" },
        { HEAD "}", "O006 a graph needs at least one op" },
        { HEAD ",'ops':[]}", "O005 'ops' must be an object, not an array" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(fields)
{
    static const struct line lines[] = {
        { WITH(",'is_async':true,'verbose':false,'stream':null,'description':'x'"), "" },
        { WITH(",'cache':false,'delay':0,'python_callable':{'any':1}"), "" },
        { WITH(",'is_async':1"), "O005 'is_async' must be true or false, not an integer" },
        { WITH(",'full_name':'g.a'"), "" },
        { WITH(",'full_name':'a'"), "O007 'full_name' must be 'g.a'" },
        { WITH(",'bound':'gpu'"), "O008 unknown bound 'gpu'" },
        { WITH(",'is_generator':true"), "O042 operation 'step_a' is not a generator" },
        { HEAD ",'ops':{'a b':{'type':'code','name':'a b'}}}", "O007 the name 'a b' may hold" },
        { HEAD ",'ops':{'a':{'name':'a'}}}", "O006 an op needs a 'type'" },
        { HEAD ",'ops':{'a':{'type':'code'}}}", "O006 an op needs a 'name'" },
        { HEAD ",'ops':{'a':7}}", "O005 an op must be an object" },
        { HEAD ",'max_stream_concurrent':0,'ops':{" OP("") "}}", "O005 'max_stream_concurrent'" },
        { HEAD ",'loop_config':{'untill':'x'},'ops':{" OP("") "}}", "O004 unknown field 'untill'" },
        { HEAD
          ",'ops':{'n':{'type':'graph','name':'n','schema_version':'1.0','ops':{" OP("") "}}}}",
          "O004 only the root graph has a 'schema_version'" },
        { HEAD ",'ops':{'n':{'type':'graph','name':'n','is_generator':true,'ops':{" OP("") "}}}}",
          "O008 only a code op can be a generator" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(params)
{
    static const struct line lines[] = {
        { PARAM("'literal':null,'default':null,'ref':null,'scratch':null,'required':false"), "" },
        { PARAM("'ref':{'source':'g','var':'x'}"), "O021 'x' is no input of 'g'" },
        { PARAM("'ref':{'var':'x'}"), "O006 a ref needs 'source' and 'var'" },
        { PARAM("'ref':'x'"), "O005 'ref' must be an object" },
        { PARAM("'scratch':{}"), "O006 'scratch' needs a 'key'" },
        { PARAM("'scratch':{'key':'k','kind':1}"), "O004 unknown field 'kind'" },
        { PARAM("'required':'yes'"), "O005 'required' must be true or false" },
        { HEAD ",'ops':{'a':{'type':'code','name':'a','func_name':'echo','inputs':{'msg':1}}}}",
          "O005 'msg' must be an object" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

#define TRANSFORM(t)                                                                               \
    HEAD ",'inputs':{'x':{}},'ops':{'a':{'type':'code','name':'a','func_name':'echo','inputs':{"   \
         "'msg':{'ref':{'source':'g','var':'x','transforms':[" t "]}}}}}}"
#define POLICY(p)                                                                                  \
    HEAD ",'inputs':{'x':{}},'ops':{'a':{'type':'code','name':'a','func_name':'echo','inputs':{"   \
         "'msg':{'ref':{'source':'g','var':'x','stream_policy':{" p "}}}}}}}"

START_TEST(refs)
{
    static const struct line lines[] = {
        { TRANSFORM("['not_',[]],['neg'],['add',[null]]"), "" },
        { TRANSFORM("['add',[{'__ref__':{'source':'g','var':'x'}}]]"), "" },
        { TRANSFORM("['add',[{'__ref__':{'source':'g'}}]]"), "O006 a ref needs" },
        { TRANSFORM("['add',[{'__ref__':{'source':'g','var':'x'},'more':1}]]"), "O004" },
        { TRANSFORM("['add',[1,2]]"), "O010 'add' takes one argument" },
        { TRANSFORM("['neg',[1]]"), "O010 'neg' takes no arguments" },
        { TRANSFORM("['ad',[1]]"), "O010 unknown transform 'ad'" },
        { TRANSFORM("['add',1]"), "O010 the arguments of 'add' must be an array" },
        { TRANSFORM("'add'"), "O010 a transform is written" },
        { TRANSFORM("['call',[[],{}]]"), "O080 transform 'call' always fails" },
        { POLICY("'parallel':true,'parallel_max':4"), "" },
        { POLICY("'parallel_max':-1"), "O005 'parallel_max' may not be negative" },
        { POLICY("'collect':true"), "O061 only what a link brings can be collected" },
        { POLICY("'gather':true"), "O004 unknown field 'gather'" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(later)
{
    static const struct line lines[] = {
        { WITH(",'enabled':false"), "K100 a disabled op is not supported yet" },
        { WITH(",'cache':'file'"), "K100 the cache of an op is not supported yet" },
        { WITH(",'delay':0.5"), "K100 the delay of an op is not supported yet" },
        { HEAD ",'ops':{'a':{'type':'prompt','name':'a'}}}", "K100 an op of type 'prompt'" },
        { HEAD ",'ops':{'a':{'type':'onnx','name':'a'}}}", "K100 an op of type 'onnx'" },
        { HEAD ",'ops':{'a':{'type':'triton','name':'a'}}}", "K100 an op of type 'triton'" },
        { HEAD ",'ops':{'a':{'type':'interrupt','name':'a'}}}", "K100 an op of type 'interrupt'" },
        { HEAD ",'ops':{'a':{'type':'parsr','name':'a'}}}", "O008 unknown op type 'parsr'" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(deep_constants)
{
    struct text t = { 0 };

    text_puts(&t, HEAD ",'ops':{'a':{'type':'code','name':'a','func_name':'echo','inputs':{'msg':{"
                       "'literal':");
    for (int i = 0; i < 200; i++)
        text_putc(&t, '[');
    for (int i = 0; i < 200; i++)
        text_putc(&t, ']');
    text_puts(&t, "}}}}}");
    ck_assert(!strncmp(operonx_case_complaints(text_cstr(&t)), "O009 a constant", 15));
    text_fini(&t);
}
END_TEST

START_TEST(model)
{
    const char *got = operonx_case_stage(WITH(",'outputs':{'a_result':{'ref':{'source':'g','var':"
                                              "'y'}}}"),
                                         "model");

    ck_assert_str_eq(got, "{\"dialect\":\"operonx\",\"graph\":\"g\",\"ops\":[\n{\"op\":\"g.a\","
                          "\"kind\":\"code\",\"function\":\"step_a\",\"outputs\":{\"a_result\":{"
                          "\"ref\":{\"from\":\"g\",\"var\":\"y\"}}}}]}\n");
}
END_TEST

Suite *suite_operonx_parse(void);

Suite *suite_operonx_parse(void)
{
    Suite *s = suite_create("operonx_parse");
    TCase *c = tcase_create("documents");

    tcase_add_test(c, envelope);
    tcase_add_test(c, fields);
    tcase_add_test(c, params);
    tcase_add_test(c, refs);
    tcase_add_test(c, later);
    tcase_add_test(c, deep_constants);
    tcase_add_test(c, model);
    suite_add_tcase(s, c);
    return s;
}
