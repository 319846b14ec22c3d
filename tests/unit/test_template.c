/* test_template.c: every template is rendered at run time and compiled to C, and both print the
 * same. Texts in templates stand in ", since the workflows of tests have ' for it. */
#include <string.h>

#include "suites.h"
#include "template/template.h"
#include "values.h"
#include "workflows.h"

#define DATA                                                                                       \
    "{\"data\":{\"f\":1.5,\"l\":[3,1,2],\"n\":3,\"name\":\"Ann\",\"nul\":null,\"o\":{\"a\":\"x\"," \
    "\"b\":1},\"rows\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"}]}}"

/* What is printed, or "! " and the error. */
static void put_rendered(struct text *t, const char *source)
{
    struct template_error error;
    struct template tree;
    kiln_value context, ret;
    kiln_heap h;

    heap_init(&h, 1);
    context = values_from(&h, DATA);
    if (template_parse(&tree, &h.arena, "__inline", source, strlen(source), &error) < 0) {
        text_printf(t, "! \"Template parse error: syntax error: %s (in __inline:%u)\"",
                    error.sentence, error.line);
    } else {
        int rc = template_render(&h, &ret, &tree, &context);

        text_puts(t, rc < 0 ? "! " : "");
        json_write(t, rc < 0 ? &h.error : &ret);
    }
    heap_fini(&h);
}

static void put_workflow(struct text *t, const char *source)
{
    text_puts(t, "{'entryPoint':'f','steps':{'f':{'stepType':'Finish','inputMapping':{'outputs':"
                 "{'valueType':'template','value':'");
    for (; *source; source++) {
        if (*source == '\n') {
            text_puts(t, "\\n");
            continue;
        }
        if (*source == '"' || *source == '\\')
            text_putc(t, '\\');
        text_putc(t, *source);
    }
    text_puts(t, "'}}}}}");
}

static void expect(const char *source, const char *want)
{
    struct text rendered = { 0 }, workflow = { 0 };

    put_rendered(&rendered, source);
    ck_assert_msg(!strcmp(text_cstr(&rendered), want), "%s: %s", source, text_cstr(&rendered));
    put_workflow(&workflow, source);
    workflow_expect(text_cstr(&workflow), DATA, want);
    text_fini(&rendered);
    text_fini(&workflow);
}

/* The same without the quotes of JSON around it. */
static void prints(const char *source, const char *want)
{
    struct text t = { 0 };
    kiln_value v = value_static(want);

    json_write(&t, &v);
    expect(source, text_cstr(&t));
    text_fini(&t);
}

static void fails(const char *source, const char *why)
{
    struct text t = { 0 };

    text_printf(&t, "! \"Template render error: %s (in __inline:1)\"", why);
    expect(source, text_cstr(&t));
    text_fini(&t);
}

static void refused(const char *source, const char *why)
{
    struct text t = { 0 };

    text_printf(&t, "! \"Template parse error: syntax error: %s (in __inline:1)\"", why);
    expect(source, text_cstr(&t));
    text_fini(&t);
}

START_TEST(values_print)
{
    prints("Hi {{ data.name }}!", "Hi Ann!");
    prints("{{ data.nul }}|{{ data.gone }}|{{ true }}|{{ data.f }}|{{ 3.0 }}",
           "none||true|1.5|3.0");
    prints("{{ 1e16 }} {{ 1e-7 }} {{ -1e300 * 1e300 }} {{ 0 / 0.0 }}",
           "10000000000000000.0 0.0000001 -inf NaN");
    prints("{{ [1, 2.0, \"a\\n\", none, [true]] }}", "[1, 2.0, \"a\\n\", none, [true]]");
    prints("{{ {\"b\": 1, \"a\": {}} }}", "{\"a\": {}, \"b\": 1}");
    prints("{{ \"\\u00e9\\x41\\t\" \"b\" }}", "\xc3\xa9"
                                              "A\tb");
    prints("last line\n", "last line");
}
END_TEST

START_TEST(paths)
{
    prints("{{ data.rows[0].b }}{{ data.rows[-1][\"a\"] }}{{ data.l.0 }}{{ data.name[1] }}",
           "x23n");
    prints("{{ data.o[\"b\"] }}{{ data.l[9] }}{{ data.nul.x }}{{ data.n.x }}", "1");
    prints("{{ data.name[1:] }} {{ data.l[::-1] }} {{ data.l[-2:] }} {{ data.gone[1:] }}",
           "nn [2, 1, 3] [1, 2] []");
    fails("{{ data.gone.deep }}", "undefined value");
    fails("{{ nothing.deep }}", "undefined value");
    fails("{{ steps.none.outputs }}", "undefined value");
    fails("{{ data.l[::0] }}", "invalid operation: cannot slice by step size of 0");
    fails("{{ data.n[1:] }}", "invalid operation: value of type number cannot be sliced");
    fails("{{ data.name.upper() }}", "unknown method: string has no method named upper");
}
END_TEST

START_TEST(operators)
{
    prints("{{ 1 + 2 * 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 2 }} {{ 10 / 4 }} {{ 2 ** 10 }}",
           "7 3 -4 1 2.5 1024");
    prints("{{ -2 ** 2 }} {{ 2 ** 3 ** 2 }} {{ 1 ~ 2.0 ~ none ~ data.gone }}", "4 64 12.0none");
    prints("{{ \"a\" + \"b\" }}{{ [1] + [2] }}{{ \"ab\" * 2 }}{{ true + 1 }}", "ab[1, 2]abab2");
    prints("{{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }} {{ 1 == 1.0 }} {{ \"1\" == 1 }} {{ [1] < [2] }}",
           "true false true false true");
    prints(
        "{{ 1 in [1.0] }} {{ \"a\" in data.o }} {{ \"nn\" not in data.name }} {{ 1 in data.gone }}",
        "true true false false");
    prints("{{ data.gone or \"d\" }} {{ 1 and 2 }} {{ 0 or \"\" }} {{ not not 1 }}", "d 2  true");
    prints("{{ \"y\" if data.n else \"z\" }}{{ \"y\" if 0 }}{{ 1 if 0 else 2 if 0 else 3 }}", "y3");
    fails("{{ 1 // 0 }}", "invalid operation: unable to calculate 1 // 0");
    fails("{{ 9223372036854775807 * 4 }}",
          "invalid operation: unable to calculate 9223372036854775807 * 4");
}
END_TEST

START_TEST(filters)
{
    prints(
        "{{ data.name|upper }}{{ \"\xc3\x89\"|lower }}{{ \"a b-c\"|title }}{{ \"xY\"|capitalize }}",
        "ANN\xc3\xa9"
        "A B-CXy");
    prints("{{ data.gone|default(\"D\") }}{{ data.nul|d(1) }}{{ \"\"|d(2, true) }}", "Dnone2");
    prints("{{ data.l|sort|join(\"-\") }} {{ data.l|max }} {{ data.l|sum }} {{ [1,1,2]|unique }}",
           "1-2-3 3 6 [1, 2]");
    prints("{{ data.rows|map(attribute=\"a\")|list }} {{ [\"a\"]|map(\"upper\") }}",
           "[1, 2] [\"A\"]");
    prints("{{ data.l|select(\"odd\") }} {{ data.l|reject(\"gt\", 1)|list }} "
           "{{ data.rows|selectattr(\"b\", \"eq\", \"y\")|map(attribute=\"a\")|first }}",
           "[3, 1] [1] 2");
    prints("{{ \"a,b\"|split(\",\")|list }} {{ \" x \"|trim }} {{ \"a.b\"|replace(\".\", \"-\") }}",
           "[\"a\", \"b\"] x a-b");
    prints("{{ \"<&>\"|escape }} {{ {\"a\": \"<\"}|tojson }} {{ [1]|tojson(indent=2) }}",
           "&lt;&amp;&gt; {\"a\":\"\\u003c\"} [\n  1\n]");
    prints("{{ 2.5|round }} {{ 3.14159|round(2) }} {{ \"42\"|int + 1 }} {{ \"1.5\"|float }} {{ "
           "-3|abs }}",
           "3.0 3.14 43 1.5 3");
    prints("{{ range(7)|batch(3)|list }} {{ range(5)|slice(2)|list }}",
           "[[0, 1, 2], [3, 4, 5], [6]] [[0, 1, 2], [3, 4]]");
    prints("{% for g in data.rows|groupby(\"b\") %}{{ g.grouper }}{{ g.list|length }}{% endfor %}",
           "x1y1");
    prints("{{ data.o|items }} {{ data.o|dictsort(by=\"value\") }} {{ [1,2]|zip([3]) }}",
           "[[\"a\", \"x\"], [\"b\", 1]] [[\"b\", 1], [\"a\", \"x\"]] [[1, 3]]");
    prints("{{ \"%s|%5.1f|%03d|%x|%%\"|format(\"a\", 2.25, 7, 255) }}", "a|  2.2|007|ff|%");
    prints("{{ \"a\n\nb\"|indent(2) }} {{ \"a\nb\"|lines }} {{ \"a b\"|split }}",
           "a\n\n  b [\"a\", \"b\"] <iterator>");
    fails("{{ data.n|length }}",
          "invalid operation: cannot calculate length of value of type number");
    fails("{{ data.name|nosuch }}", "unknown filter: filter nosuch is unknown");
    fails("{{ data.name|upper(1) }}", "too many arguments");
    fails("{{ data.name|replace(1) }}", "missing argument");
}
END_TEST

START_TEST(tests_and_functions)
{
    prints("{{ data.n is odd }} {{ 6 is divisibleby 3 }} {{ data.gone is defined }} {{ none is "
           "none }}",
           "true true false true");
    prints("{{ data.l is sequence }} {{ data.o is mapping }} {{ 1 is not string }} "
           "{{ \"upper\" is filter }} {{ \"ab\" is startingwith(\"a\") }}",
           "true true true true true");
    prints("{{ range(1, 6, 2)|list }} {{ dict(a=1).a }} {{ range(3, 0, -1) }}",
           "[1, 3, 5] 1 [3, 2, 1]");
    fails("{{ range(100001) }}", "invalid operation: range has too many elements");
    fails("{{ now() }}", "unknown function: now is unknown");
    fails("{{ 1 is callable }}", "unknown test: test callable is unknown");
}
END_TEST

START_TEST(statements)
{
    prints("{% for i in data.rows %}{{ loop.index }}:{{ i.a }}{% if not loop.last %}, {% endif %}"
           "{% else %}none{% endfor %}",
           "1:1, 2:2");
    prints("{% for i in data.gone %}x{% else %}none{% endfor %}", "none");
    prints("{% for k, v in data.o|items if v != 1 %}{{ k }}={{ v }}/{{ loop.length }}{% endfor %}",
           "a=x/1");
    prints("{% for i in [1,2] %}{% for j in [1,2,3] %}{{ loop.cycle(\"a\",\"b\") }}{{ loop.depth }}"
           "{{ i }}{% endfor %}{% endfor %}",
           "a21b21a21a22b22a22");
    prints("{{ x }}{% set x = 2 %}{{ x }}{% set x = x + 1 %}{{ x }}", "23");
    prints("{% if data.n == 3 %}{% set q = 4 %}{% endif %}{{ q }}{% if false %}{% set r = 1 %}"
           "{% endif %}{{ r }}|",
           "4|");
    prints("{% set a, b = [1, 2] %}{% set a, b = [b, a] %}{{ a }}{{ b }}", "21");
    prints("{% set ns = namespace(t=0) %}{% for i in data.l %}{% set ns.t = ns.t + i %}{% endfor %}"
           "{{ ns.t }}",
           "6");
    prints("{% set t %}hi {{ data.n }}{% endset %}{{ t|upper }}{% with a = 1 %}{{ a }}{% endwith %}"
           "{% filter upper %}x{% endfilter %}",
           "HI 31X");
    prints("{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(m(3), b=4) }}",
           "[12][[32]4]");
    prints("a {%- if true %} b {%- endif -%} c{# no #}{% raw %}{{ x }}{% endraw %}", "a bc{{ x }}");
    fails("{% for a, b in [[1]] %}{{ a }}{% endfor %}",
          "cannot unpack: sequence of wrong length (expected 2, got 1)");
    fails("{% for i in 5 %}{% endfor %}", "invalid operation: number is not iterable");
}
END_TEST

START_TEST(mistakes)
{
    refused("{{ x", "unexpected end of input, expected end of variable block");
    refused("{{ }}", "unexpected end of variable block");
    refused("{% if %}", "unexpected end of block");
    refused("{% if x %}a", "unexpected end of input, expected end of block");
    refused("{{ \"a }}", "unexpected end of string");
    refused("{# a", "unexpected end of comment");
    refused("{{ 1 + }}", "unexpected end of variable block");
    refused("{% foo %}", "unknown statement foo");
    refused("{% endif %}", "unknown statement endif");
    refused("{% include \"x\" %}", "the statement 'include' is not supported");
    refused("{{ @ }}", "unexpected character");
    refused("{{ 99999999999999999999 }}", "invalid integer (too large)");
}
END_TEST

/* Repeats `part` so often between two ends. */
static void put_many(struct text *t, const char *first, const char *part, int n, const char *last)
{
    text_puts(t, first);
    while (n--)
        text_puts(t, part);
    text_puts(t, last);
}

static void expect_many(const char *first, const char *part, int n, const char *last,
                        const char *why)
{
    struct text source = { 0 }, got = { 0 };

    put_many(&source, first, part, n, last);
    put_rendered(&got, text_cstr(&source));
    ck_assert_msg(strstr(text_cstr(&got), why), "%s", text_cstr(&got));
    text_fini(&source);
    text_fini(&got);
}

START_TEST(nothing_is_without_limit)
{
    expect_many("{{ ", "(", 100000, " }}", "recursion limits");
    expect_many("{{ 1", "|abs", 100000, " }}", "recursion limits");
    expect_many("{{ ", "not ", 100000, "1 }}", "recursion limits");
    expect_many("", "{% if 1 %}", 100000, "", "recursion limits");
    expect_many("", "{##}", 100000, "x", "\"x\"");
    expect_many("{% for i in range(100000) %}{% for j in range(100000) %}", "", 0,
                "{% endfor %}{% endfor %}", "too many steps");
    expect_many("{{ \"", "a", 1000, "\" * 100000000 }}", "too large");
    expect_many("{% for i in range(99) %}{{ \"ab\" * 9999999 }}{% endfor %}", "", 0, "",
                "larger than 64 MiB");
}
END_TEST

/* Complaints point into the template, through the escapes of JSON. */
START_TEST(complaints_have_their_place)
{
    static const char text[] =
        "{\"entryPoint\":\"f\",\"inputSchema\":{\"name\":{\"type\":\"string\"}},\"steps\":{\"f\":{"
        "\"stepType\":\"Finish\",\"inputMapping\":{\"x\":{\"valueType\":\"template\",\"value\":"
        "\"\\u00e9\\n{{ data.nmae }} {{ 1|uper }}\"}}}}}";
    static const char *const wants[][2] = { { "E011", "uper" }, { "W052", "data.nmae" } };
    struct workflow w;

    workflow_compile(&w, text, STAGE_PLAN, 0);
    ck_assert_str_eq(text_cstr(&w.codes), "E011 W052");
    for (size_t i = 0; i < 2; i++) {
        const struct diag *d = &w.compilation.diags.at[i];

        ck_assert_str_eq(d->code, wants[i][0]);
        ck_assert_uint_eq(d->end - d->at, strlen(wants[i][1]));
        ck_assert(!memcmp(text + d->at, wants[i][1], d->end - d->at));
    }
    ck_assert(strstr(w.compilation.diags.at[0].hint, "upper"));
    ck_assert(strstr(w.compilation.diags.at[1].hint, "name"));
    workflow_fini(&w);
}
END_TEST

Suite *suite_template(void);

Suite *suite_template(void)
{
    Suite *s = suite_create("template");
    TCase *t = tcase_create("template");

    suite_add_tcase(s, t);
    tcase_add_test(t, values_print);
    tcase_add_test(t, paths);
    tcase_add_test(t, operators);
    tcase_add_test(t, filters);
    tcase_add_test(t, tests_and_functions);
    tcase_add_test(t, statements);
    tcase_add_test(t, mistakes);
    tcase_add_test(t, nothing_is_without_limit);
    tcase_add_test(t, complaints_have_their_place);
    return s;
}
