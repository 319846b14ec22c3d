/* test_until.c: conditions of loops. Each is asked behind one turn of a loop whose state is given;
 * a loop that stops shows its output once, one that goes on a second time shows it twice. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "operonx_case.h"
#include "suites.h"

struct line {
    const char *until, *state, *want; /* "stops", "goes on", or the beginning of what is said */
};

/* The graph: one op that hands on the object `x`. */
static const char *run(const char *until, const char *state)
{
    struct text document = { 0 }, input = { 0 };
    const char *got;

    text_puts(&document,
              "{\"schema_version\":\"1.0\",\"type\":\"graph\",\"name\":\"g\",\"inputs\":{"
              "\"x\":{}},\"outputs\":{\"x\":{}},\"ops\":{\"p\":{\"type\":\"code\","
              "\"name\":\"p\",\"func_name\":\"passthrough\",\"inputs\":{\"value\":{\"ref\""
              ":{\"source\":\"g\",\"var\":\"x\"}}},\"outputs\":{\"value\":{\"ref\":{"
              "\"source\":\"g\",\"var\":\"x\"}}}}},\"entries\":[\"p\"],\"loop_config\":{"
              "\"max_iterations\":2,\"until\":\"");
    for (const char *c = until; *c; c++)
        text_printf(&document, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    text_puts(&document, "\"}}");
    text_printf(&input, "{\"x\":%s}", state);
    got = operonx_case_run(text_cstr(&document), text_cstr(&input));
    text_fini(&document);
    text_fini(&input);
    return got;
}

static void check_lines(const struct line *l)
{
    for (; l->until; l++) {
        const char *got = run(l->until, l->state), *verdict = got;

        if (!strncmp(got, "{\"x\":", 5))
            verdict =
                !strncmp(got + 5, "[7,7]", 5) || !strncmp(got + 5, "[{", 2) ? "goes on" : "stops";
        ck_assert_msg(!strncmp(verdict, l->want, strlen(l->want)),
                      "%s with %s: expected %s, got %s", l->until, l->state, l->want, got);
    }
}

START_TEST(values)
{
    static const struct line lines[] = {
        { "x == 7", "7", "stops" },
        { "x >= 8", "7", "goes on" },
        { "x != 7", "7", "goes on" },
        { "5 < x < 8", "7", "stops" },
        { "5 < x < 7", "7", "goes on" },
        { "9 < x < boom", "7", "O012 'boom' is no output of 'g'" },
        { "x % 2 == 1 and x // 2 == 3", "7", "stops" },
        { "x - 1 == 2 * 3", "7", "stops" },
        { "-x == -7 and +x == 7", "7", "stops" },
        { "2 ** 3 ** 0 == 2", "7", "stops" },
        { "-2 ** 2 == -4", "7", "stops" },
        { "x in [1, 7]", "7", "stops" },
        { "x not in [1, 7]", "7", "goes on" },
        { "'b' in 'abc'", "7", "stops" },
        { "x is None", "7", "goes on" },
        { "x is not None", "7", "stops" },
        { "not x", "7", "goes on" },
        { "not x == 8", "7", "stops" },
        { "x == 8 or x == 7", "7", "stops" },
        { "x == 8 or False", "7", "goes on" },
        { "true", "7", "stops" },
        { "null", "7", "goes on" },
        { "x.a.b == 1", "{\"a\":{\"b\":1}}", "stops" },
        { "x['a'][\"b\"] == 2", "{\"a\":{\"b\":1}}", "goes on" },
        { "x.l[-1] == 2.5e0", "{\"l\":[1,2.5]}", "stops" },
        { "x.s == 'it\\'s'", "{\"s\":\"it's\"}", "stops" },
        { "(x.n + 1) * 2 == 8", "{\"n\":3}", "stops" },
        { "x > 5e-324 and 18446744073709551615 > 9.3e18", "7", "stops" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(failures)
{
    static const struct line lines[] = {
        { "x > 'a'", "7", "FAILED \"TypeError" },
        { "x / 0 == 1", "7", "FAILED \"ZeroDivisionError" },
        { "x == 7 or x / 0", "7", "stops" },
        { "x == 8 and x / 0", "7", "goes on" },
        { "x[0] == 1", "7", "FAILED \"TypeError" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(mistakes)
{
    static const struct line lines[] = {
        { "", "7", "O011 a value is missing, at character 1" },
        { "x ==", "7", "O011 a value is missing, at character 5" },
        { "x = 7", "7", "O011 a character has no meaning here, at character 3" },
        { "len(x)", "7", "O012" },
        { "x.upper()", "7", "O011 a condition cannot call anything" },
        { "x == 'a", "7", "O011 a string has no end" },
        { "x == '\\q'", "7", "O011 an escape is not known" },
        { "(x", "7", "O011 a '(' has no ')'" },
        { "[x", "7", "O011 a list needs ']'" },
        { "x[1", "7", "O011 a '[' has no ']'" },
        { "x x", "7", "O011 the condition goes on where it should end" },
        { "x not 7", "7", "O011 'not' must be followed by 'in'" },
        { "x == 99999999999999999999", "7", "O011 a number is not one Kiln can hold" },
        { "x == 1e999", "7", "O011 a number is not one Kiln can hold" },
        { "x == 5.", "7", "O011 a number is not written as it must be" },
        { "x == 1e+", "7", "O011 a number is not written as it must be" },
        { "x == 007", "7", "O011 a number is not written as it must be" },
        { "X == 7", "7", "O012 'X' is no output of 'g'" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(deep)
{
    struct text t = { 0 };

    for (int i = 0; i < 1000; i++)
        text_puts(&t, "(");
    ck_assert(!strncmp(run(text_cstr(&t), "7"), "O011 the condition is nested too deep", 37));
    text_clear(&t);
    for (int i = 0; i < 5000; i++)
        text_puts(&t, "x+");
    ck_assert(!strncmp(run(text_cstr(&t), "7"), "O011 the condition is too long", 30));
    text_clear(&t);
    for (int i = 0; i < 1000; i++)
        text_puts(&t, "x+");
    text_puts(&t, "x==7007");
    ck_assert_str_eq(run(text_cstr(&t), "7"), "{\"x\":7}");
    text_fini(&t);
}
END_TEST

Suite *suite_until(void);

Suite *suite_until(void)
{
    Suite *s = suite_create("until");
    TCase *c = tcase_create("lines");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, values);
    tcase_add_test(c, failures);
    tcase_add_test(c, mistakes);
    tcase_add_test(c, deep);
    suite_add_tcase(s, c);
    return s;
}
