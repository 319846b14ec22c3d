/* test_children_types.c: what a step gives a workflow and takes from it, held against what that
 * says of itself (scenario 2.7), whatever dialect it is of. */
#include <string.h>

#include "suites.h"
#include "workflows.h"

#define CHILD                                                                                      \
    "{'inputSchema':{'a':{'type':'string'},'n':{'type':'integer'},'x':{'type':'number'},"          \
    "'size':{'type':'string','enum':['s','m','l']},'tags':{'type':'array','items':{'type':"        \
    "'string'}},'who':{'type':'object','properties':{'name':{'type':'string'},'age':{'type':"      \
    "'integer'}}},'any':{}},'entryPoint':'f','steps':{" FINISH(                                    \
        "f", "'o':" REF("data.a")) "},'executionPlan':[]}"

/* One counts the items of a list, the other says what it was asked. */
#define GRAPH_CHILD                                                                                \
    "{'schema_version':'1.0','type':'graph','name':'g','inputs':{'list':{}},'ops':{'a':{'type':"   \
    "'code','name':'a','func_name':'transform.array-length','inputs':{'value':{'ref':{'source':"   \
    "'g','var':'list'}}},'outputs':{'length':{'ref':{'source':'g','var':'count'}}}}}}"
#define STATE_CHILD                                                                                \
    "{'channels':{'asked':{'type':'str'},'said':{'type':'str'}},'input_keys':['asked'],"           \
    "'output_keys':['said'],'nodes':{'a':{'do':{'update':{'said':{'get':'asked'}}}}},'edges':"     \
    "[['__start__','a']]}"

static const struct offered offered[] = {
    { "kid", 0, CHILD }, { "graph", 0, GRAPH_CHILD }, { "state", 0, STATE_CHILD }, { 0 }
};

static void expect(const char *id, const char *mapping, const char *from, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "{'inputSchema':{'t':{'type':'string'},'n':{'type':'integer'},'l':{'type':'array'}}"
                ",'entryPoint':'c','steps':{'c':{'stepType':'EmbedWorkflow','childWorkflowId':'%s',"
                "'childVersion':'latest','inputMapping':{%s}}," FINISH(
                    "f", "'o':" REF("%s")) "},"
                                           "'executionPlan':[" EDGE("c", "f") "]}",
                id, mapping, from);
    workflow_expect_offered_codes(offered, text_cstr(&t), codes);
    text_fini(&t);
}

static void expect_input(const char *mapping, const char *codes)
{
    expect("kid", mapping, "steps.c.outputs", codes);
}

START_TEST(literals_of_the_wrong_type)
{
    expect_input("'a':" LIT("'x'") ",'n':" LIT("1") ",'x':" LIT("1"), "");
    expect_input("'a':" LIT("null"), "");
    expect_input("'a':" LIT("1"), "W213");
    expect_input("'n':" LIT("1.5"), "W213");
    expect_input("'n':" LIT("'1'"), "W213");
    expect_input("'x':" LIT("1.5"), "");
    expect_input("'any':" LIT("[1]"), "");
    expect_input("'size':" LIT("'m'"), "");
    expect_input("'size':" LIT("'xl'"), "W213");
}
END_TEST

START_TEST(parts_of_the_wrong_type)
{
    expect_input("'tags':" LIT("['a','b']"), "");
    expect_input("'tags':" LIT("['a',2]"), "W213");
    expect_input("'who':" LIT("{'name':'x','age':3,'other':[]}"), "");
    expect_input("'who':" LIT("{'name':'x','age':'3'}"), "W213");
    expect_input("'who':{'valueType':'composite','value':{'name':" REF("data.n") "}}", "W213");
    expect_input("'who.age':" LIT("3"), "");
    expect_input("'who.age':" LIT("'3'"), "W213");
    expect_input("'who.aeg':" LIT("3"), "W020");
    expect_input("'a.b':" LIT("3"), "W213");
    expect_input("'any.b.c':" LIT("3"), "");
}
END_TEST

START_TEST(references_of_the_wrong_type)
{
    expect_input("'a':" REF("data.t") ",'n':" REF("data.n"), "");
    expect_input("'a':" REF("data.n"), "W213");
    expect_input("'n':" REF("data.t"), "W213");
    expect_input("'tags':" REF("data.t"), "W213");
    expect_input("'tags':" REF("data.l"), "");
    expect_input("'a':{'valueType':'template','value':'{{ data.n }}'}", "");
    expect_input("'n':{'valueType':'template','value':'{{ data.n }}'}", "W213");
}
END_TEST

START_TEST(children_of_other_dialects)
{
    expect("graph", "'list':" REF("data.l"), "steps.c.outputs.count", "");
    expect("graph", "'lits':" REF("data.l"), "steps.c.outputs.count", "W020");
    expect("graph", "'list':" REF("data.l"), "steps.c.outputs.cuont", "W210");
    expect("graph", "'list':" REF("data.l"), "steps.c.outputs.count.x", "W210");
    expect("state", "'asked':" REF("data.t"), "steps.c.outputs.said", "");
    expect("state", "'asked':" REF("data.n"), "steps.c.outputs.said", "W213");
    expect("state", "'asked':" REF("data.t"), "steps.c.outputs.said.x", "W210");
    expect("state", "'said':" REF("data.t"), "steps.c.outputs.said", "W020");
    expect("state", "'asked':" REF("data.t"), "steps.c.outputs.asked", "W210");
}
END_TEST

/* The complaint stands at the input, names the part and the file that says otherwise. */
START_TEST(what_is_said)
{
    const struct diag *d;
    struct workflow w;

    workflow_offer(&w, offered);
    workflow_compile_offered(&w, RUNS("kid", "1", "'who':" LIT("{'name':'x','age':'3'}")),
                             STAGE_PLAN, 0);
    ck_assert_str_eq(text_cstr(&w.codes), "W213");
    d = &w.compilation.diags.at[0];
    ck_assert_str_eq(d->sentence, "step 'c_kid': input 'who.age' of 'kid' takes an integer, and "
                                  "this is a string");
    ck_assert_str_eq(d->pointer, "/steps/c_kid/inputMapping/who");
    ck_assert_ptr_nonnull(strstr(d->hint, "kid"));
    workflow_fini(&w);
    workflow_offer(&w, offered);
    workflow_compile_offered(&w, RUNS("graph", "1", "'lits':" LIT("[]")), STAGE_PLAN, 0);
    d = &w.compilation.diags.at[0];
    ck_assert_str_eq(d->sentence, "'graph' has no input 'lits'");
    ck_assert_str_eq(d->hint, "did you mean 'list'?");
    workflow_fini(&w);
}
END_TEST

Suite *suite_children_types(void);

Suite *suite_children_types(void)
{
    Suite *s = suite_create("children_types");
    TCase *t = tcase_create("children_types");

    tcase_add_test(t, literals_of_the_wrong_type);
    tcase_add_test(t, parts_of_the_wrong_type);
    tcase_add_test(t, references_of_the_wrong_type);
    tcase_add_test(t, children_of_other_dialects);
    tcase_add_test(t, what_is_said);
    suite_add_tcase(s, t);
    return s;
}
