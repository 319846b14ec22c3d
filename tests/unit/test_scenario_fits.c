/* test_scenario_fits.c: what types say about the inputs of operations (W213) and about names that
 * templates bind (scenario 2.7). */
#include <string.h>

#include "suites.h"
#include "workflows.h"

/* A workflow of one step with these members. */
static void expect_step(const char *members, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "{'inputSchema':{'name':{'type':'string'},'n':{'type':'integer'},'on':{'type':"
                "'boolean'},'tags':{'type':'array','items':{'type':'string'}},'orders':{'type':"
                "'array','items':{'type':'object','properties':{'price':{'type':'number'}}}},"
                "'who':{'type':'object'}},'entryPoint':'a','steps':{'a':{%s},'f':{'stepType':"
                "'Finish'}},'executionPlan':[" EDGE("a", "f") "]}",
                members);
    workflow_expect_codes(text_cstr(&t), codes);
    text_fini(&t);
}

/* The one input of an operation on a text, or on a list. */
static void expect_input(const char *operation, const char *value, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t, "'stepType':'Agent',%s%s}", operation, value);
    expect_step(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(inputs_of_operations)
{
    const char *text = "'agentId':'text','capabilityId':'slugify','inputMapping':{'text':";
    const char *list =
        "'agentId':'transform','capabilityId':'select-first','inputMapping':{'value':";

    expect_input(text, REF("data.name"), "");
    expect_input(text, REF("data.n"), "");
    expect_input(text, REF("data.on"), "");
    expect_input(text, REF("data.tags[0]"), "");
    expect_input(text, "{'valueType':'reference','value':'data.tags','type':'string'}", "");
    expect_input(text, REF("data.tags"), "W213");
    expect_input(text, REF("data.who"), "W213");
    expect_input(text, "{'valueType':'composite','value':[]}", "W213");
    expect_input(list, REF("data.tags"), "");
    expect_input(list, REF("data.who"), "W213");
}
END_TEST

static void expect_template(const char *template, const char *codes)
{
    struct text t = { 0 };

    text_printf(&t,
                "'stepType':'Log','message':'m','context':{'t':{'valueType':'template',"
                "'value':'%s'}}",
                template);
    expect_step(text_cstr(&t), codes);
    text_fini(&t);
}

START_TEST(names_bound_in_templates)
{
#define EACH(head, body) "{% for " head " %}{{ " body " }}{% endfor %}"
    expect_template(EACH("o in data.orders", "o.price"), "");
    expect_template(EACH("o in data.orders", "o.prise"), "W210");
    expect_template(EACH("o in data.orders", "loop.index"), "");
    expect_template(EACH("o in data.orders if o.price > 1", "o.prise"), "W210");
    expect_template(EACH("o in data.orders if o.prise", "o.price"), "W210");
    expect_template(EACH("k in data.who", "k.x"), "");
    expect_template(EACH("t in data.tags", "t"), "");
    expect_template(EACH("t in data.tags", "t.x"), "W210");
    expect_template(EACH("k, v in data.orders", "v.prise"), "");
    expect_template(EACH("o in data.orders | reverse", "o.prise"), "");
    expect_template("{% set o = data.orders[0] %}{{ o.price }}", "");
    expect_template("{% set o = data.orders[0] %}{{ o.prise }}", "W210");
    expect_template("{% set o = data.who %}{% if data.on %}{% set o = data.orders[0] %}{% endif %}"
                    "{{ o.prise }}",
                    "");
    expect_template(EACH("o in data.orders", "data.orders | map(attribute=o.prise)"), "W210");
}
END_TEST

/* Every name has its place in the text, also behind escapes; finding all is no more work than
 * reading it, also in a template that is refused in the end for its size. */
static void expect_long_template(const char *between)
{
    struct text t = { 0 };

    text_puts(&t, "{% for o in data.orders %}");
    for (int i = 0; i < 20000; i++)
        text_printf(&t, "{{ o.price }}%s{{ data.n }}", between);
    text_puts(&t, "{% endfor %}");
    expect_template(text_cstr(&t), "K100");
    text_fini(&t);
}

START_TEST(long_templates_take_no_time)
{
    expect_long_template("");
    expect_long_template("\\n");
    expect_long_template("\\u00e9");
}
END_TEST

/* What a complaint points at, behind escapes of any size. */
START_TEST(places_behind_escapes)
{
    struct workflow w = { 0 };
    struct text t = { 0 };
    const struct diag *d;

    text_puts(&t, "{'entryPoint':'f','steps':{'f':{'stepType':'Finish','inputMapping':{'o':{"
                  "'valueType':'template','value':'");
    for (int i = 0; i < 100; i++)
        text_puts(&t, "\\n\\u00e9\\ud83d\\ude00 ab");
    text_puts(&t, "{{ data.a }}\\n{{ steps.nowhere.x }}'}}}}}");
    workflow_compile(&w, text_cstr(&t), STAGE_CHECK, 0);
    ck_assert_uint_gt(w.compilation.diags.n, 0);
    d = &w.compilation.diags.at[w.compilation.diags.n - 1];
    ck_assert_uint_eq(d->end - d->at, strlen("steps.nowhere.x"));
    ck_assert(!strncmp(text_cstr(&t) + d->at, "steps.nowhere.x", d->end - d->at));
    workflow_fini(&w);
    text_fini(&t);
}
END_TEST

Suite *suite_scenario_fits(void);

Suite *suite_scenario_fits(void)
{
    Suite *s = suite_create("scenario_fits");
    TCase *c = tcase_create("fits");

    tcase_add_test(c, inputs_of_operations);
    tcase_add_test(c, names_bound_in_templates);
    tcase_add_test(c, long_templates_take_no_time);
    tcase_add_test(c, places_behind_escapes);
    suite_add_tcase(s, c);
    return s;
}
