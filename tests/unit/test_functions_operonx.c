/* test_functions_operonx.c: the pure functions of the operonx dialect, each as a line: name,
 * arguments, and the result as JSON, "absent", or the beginning of an error. */
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "suites.h"

struct line {
    const char *function, *a, *b, *want;
};

static kiln_value read_value(kiln_heap *h, const char *json)
{
    struct json_error error;
    kiln_value v = { 0 };

    if (json && strcmp(json, "absent"))
        ck_assert_msg(json_read(h, &v, json, strlen(json), &error) == 0, "%s", json);
    return v;
}

static int call(kiln_heap *h, const struct line *l, kiln_value *ret)
{
    const struct plan_function *f = plan_function(l->function);
    kiln_value a = read_value(h, l->a), b = read_value(h, l->b);

    ck_assert_ptr_nonnull(f);
    if (f->arity == 1)
        return ((kiln_function1 *)f->address)(h, ret, &a);
    ck_assert_int_eq(f->arity, 2);
    return ((kiln_function2 *)f->address)(h, ret, &a, &b);
}

static void check_line(const struct line *l)
{
    struct text got = { 0 };
    kiln_value v = { 0 };
    kiln_heap h;

    heap_init(&h, 0);
    if (call(&h, l, &v) < 0)
        text_put(&got, h.error.u.s, h.error.n);
    else if (v.tag == KILN_ABSENT)
        text_puts(&got, "absent");
    else
        json_write(&got, &v);
    ck_assert_msg(strlen(l->want) <= got.n && !strncmp(text_cstr(&got), l->want, strlen(l->want)),
                  "%s %s %s: expected %s, got %s", l->function, l->a, l->b ? l->b : "", l->want,
                  text_cstr(&got));
    text_fini(&got);
    heap_fini(&h);
}

static void check_lines(const struct line *l)
{
    for (; l->function; l++)
        check_line(l);
}

START_TEST(arithmetic)
{
    static const struct line lines[] = {
        { "operonx.add", "2", "3", "5" },
        { "operonx.add", "2", "3.0", "5.0" },
        { "operonx.add", "true", "1", "2" },
        { "operonx.add", "9223372036854775807", "1", "9223372036854775808" },
        { "operonx.add", "18446744073709551615", "1", "OverflowError" },
        { "operonx.add", "\"a\"", "\"b\"", "\"ab\"" },
        { "operonx.add", "[1]", "[2,3]", "[1,2,3]" },
        { "operonx.add", "\"a\"", "1",
          "TypeError: unsupported operand types for +: 'str' and 'nu" },
        { "operonx.add", "absent", "1", "absent" },
        { "operonx.sub", "3", "5", "-2" },
        { "operonx.sub", "0", "9223372036854775808", "-9223372036854775808" },
        { "operonx.mul", "6", "7", "42" },
        { "operonx.mul", "9223372036854775807", "9223372036854775807", "OverflowError" },
        { "operonx.mul", "18446744073709551615", "18446744073709551615", "OverflowError" },
        { "operonx.mul", "\"ab\"", "3", "\"ababab\"" },
        { "operonx.mul", "2", "[0]", "[0,0]" },
        { "operonx.mul", "[]", "1000000000", "[]" },
        { "operonx.mul", "\"ab\"", "-1", "\"\"" },
        { "operonx.mul", "\"ab\"", "100000000", "MemoryError" },
        { "operonx.mul", "1e300", "1e300", "OverflowError: the result is not finite" },
        { "operonx.truediv", "6", "3", "2.0" },
        { "operonx.truediv", "1", "0", "ZeroDivisionError" },
        { "operonx.truediv", "5", "12345678901234567", "4.0500000364500007e-16" },
        { "operonx.truediv", "-18446744073709551615", "3", "-6.148914691236517e+18" },
        { "operonx.truediv", "0", "-7", "-0.0" },
        { "operonx.floordiv", "7", "2", "3" },
        { "operonx.floordiv", "-7", "2", "-4" },
        { "operonx.floordiv", "7.5", "-2", "-4.0" },
        { "operonx.floordiv", "-9223372036854775808", "-1", "9223372036854775808" },
        { "operonx.mod", "7", "3", "1" },
        { "operonx.mod", "-7", "3", "2" },
        { "operonx.mod", "7", "-3", "-2" },
        { "operonx.mod", "-7.5", "2", "0.5" },
        { "operonx.mod", "-6.0", "3", "0.0" },
        { "operonx.mod", "6.0", "-3", "-0.0" },
        { "operonx.floordiv", "0.0", "-3", "-0.0" },
        { "operonx.mod", "1", "0", "ZeroDivisionError" },
        { "operonx.pow", "2", "10", "1024" },
        { "operonx.pow", "2", "-1", "0.5" },
        { "operonx.pow", "2", "64", "OverflowError" },
        { "operonx.pow", "-1", "1000000000001", "-1" },
        { "operonx.pow", "1", "1000000000000", "1" },
        { "operonx.pow", "0", "0", "1" },
        { "operonx.pow", "0", "1000000000000", "0" },
        { "operonx.pow", "0", "-1", "ZeroDivisionError" },
        { "operonx.pow", "-8", "0.5", "ValueError" },
        { "operonx.neg", "5", NULL, "-5" },
        { "operonx.neg", "-9223372036854775808", NULL, "9223372036854775808" },
        { "operonx.neg", "\"a\"", NULL, "TypeError" },
        { "operonx.pos", "true", NULL, "1" },
        { "operonx.abs", "-2.5", NULL, "2.5" },
        { "operonx.abs", "-3", NULL, "3" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(comparison)
{
    static const struct line lines[] = {
        { "operonx.eq", "3", "3.0", "true" },
        { "operonx.eq", "true", "1", "true" },
        { "operonx.eq", "null", "false", "false" },
        { "operonx.eq", "[1,{\"a\":2}]", "[1.0,{\"a\":2.0}]", "true" },
        { "operonx.eq", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "true" },
        { "operonx.eq", "{\"a\":1}", "{\"b\":1}", "false" },
        { "operonx.eq", "9007199254740993", "9007199254740992.0", "false" },
        { "operonx.ne", "\"a\"", "\"b\"", "true" },
        { "operonx.same", "3", "3.0", "false" },
        { "operonx.same", "null", "null", "true" },
        { "operonx.lt", "9007199254740992.0", "9007199254740993", "true" },
        { "operonx.lt", "18446744073709551615", "1e30", "true" },
        { "operonx.lt", "-1", "-0.5", "true" },
        { "operonx.gt", "-1", "-1.5", "true" },
        { "operonx.lt", "\"ab\"", "\"b\"", "true" },
        { "operonx.lt", "[1,2]", "[1,3]", "true" },
        { "operonx.lt", "[1]", "[1,0]", "true" },
        { "operonx.le", "2", "2.0", "true" },
        { "operonx.ge", "null", "1", "TypeError: '>=' is not supported between 'NoneType' and 'n" },
        { "operonx.gt", "{}", "{}", "TypeError" },
        { "operonx.contains", "[1,2]", "2.0", "true" },
        { "operonx.contains", "{\"a\":1}", "\"a\"", "true" },
        { "operonx.contains", "{\"a\":1}", "1", "false" },
        { "operonx.contains", "{\"a\":1}", "[]", "TypeError" },
        { "operonx.contains", "\"abc\"", "\"bc\"", "true" },
        { "operonx.contains", "\"abc\"", "1", "TypeError" },
        { "operonx.contains", "5", "5", "TypeError" },
        { "operonx.not", "[]", NULL, "true" },
        { "operonx.not", "absent", NULL, "absent" },
        { "operonx.try_ge", "null", "1", "absent" },
        { "operonx.try_ge", "2", "1", "true" },
        { "operonx.try_neg", "\"x\"", NULL, "absent" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(members)
{
    static const struct line lines[] = {
        { "operonx.getitem", "{\"a\":1}", "\"a\"", "1" },
        { "operonx.getitem", "{\"a\":1}", "\"b\"", "KeyError: \"b\"" },
        { "operonx.getitem", "{\"a\":1}", "0", "KeyError: 0" },
        { "operonx.getitem", "[1,2,3]", "-1", "3" },
        { "operonx.getitem", "[1,2,3]", "true", "2" },
        { "operonx.getitem", "[1,2,3]", "3", "IndexError: list" },
        { "operonx.getitem", "[1,2,3]", "-4", "IndexError: list" },
        { "operonx.getitem", "\"h\xc3\xa9llo\"", "1", "\"\xc3\xa9\"" },
        { "operonx.getitem", "\"h\xc3\xa9llo\"", "-4", "\"\xc3\xa9\"" },
        { "operonx.getitem", "\"abc\"", "0", "\"a\"" },
        { "operonx.getitem", "\"abc\"", "-1", "\"c\"" },
        { "operonx.getitem", "\"abc\"", "3", "IndexError: string" },
        { "operonx.getitem", "\"\"", "0", "IndexError: string" },
        { "operonx.getitem", "5", "0", "TypeError" },
        { "operonx.getattr", "{\"a\":1}", "\"a\"", "1" },
        { "operonx.getattr", "{\"a\":1}", "\"b\"", "null" },
        { "operonx.getattr", "\"x\"", "\"upper\"",
          "AttributeError: 'str' object has no attribute" },
        { "operonx.getattr", "{}", "5", "TypeError" },
        { "operonx.unsupported", "1", "\"apply\"", "transform 'apply' is not supported" },
        { "operonx.unsupported", "absent", "\"apply\"", "absent" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

START_TEST(results)
{
    static const struct line lines[] = {
        { "operonx.some", "null", NULL, "absent" },
        { "operonx.some", "0", NULL, "0" },
        { "operonx.given", "null", "1", "null" },
        { "operonx.given", "absent", "1", "1" },
        { "operonx.result", "{\"result\":1}", NULL, "1" },
        { "operonx.result", "{\"other\":1}", NULL, "absent" },
        { "operonx.result", "7", NULL, "7" },
        { "operonx.items", "[1]", NULL, "[1]" },
        { "operonx.items", "7", NULL, "[7]" },
        { "operonx.items", "absent", NULL, "[]" },
        { "operonx.column", "[{\"a\":1},{},{\"a\":null}]", "\"a\"", "[1,null]" },
        { "operonx.column", "[5,{\"result\":6}]", "\"result\"", "[5,6]" },
        { "operonx.column", "absent", "\"a\"", "[]" },
        { "operonx.completed", "[{\"error\":1},{\"a\":1,\"error\":1},2]", NULL,
          "[{\"a\":1,\"error\":1},2]" },
        { "operonx.completed", "absent", NULL, "[]" },
        { "operonx.once", "[1]", NULL, "[[1]]" },
        { "operonx.once", "absent", NULL, "absent" },
        { "operonx.unwrap", "[[1,2]]", NULL, "[1,2]" },
        { "operonx.unwrap", "[1,2]", NULL, "[1,2]" },
        { "operonx.unwrap", "[]", NULL, "absent" },
        { "operonx.frames", "[1]", "5", "[1,5]" },
        { "operonx.frames", "[1]", "absent", "1" },
        { "operonx.frames", "absent", "5", "5" },
        { "operonx.filled", "{\"a\":null}", NULL, "absent" },
        { "operonx.filled", "{\"a\":null,\"b\":0}", NULL, "{\"a\":null,\"b\":0}" },
        { "operonx.merge", "{\"a\":1,\"b\":2}", "{\"b\":3,\"c\":4}", "{\"a\":1,\"b\":3,\"c\":4}" },
        { "operonx.merge", "absent", "{\"b\":3}", "{\"b\":3}" },
        { "operonx.index", "[\"a\",\"b\"]", "\"b\"", "1" },
        { "operonx.index", "[\"a\",\"b\"]", "\"c\"", "2" },
        { 0 },
    };

    check_lines(lines);
}
END_TEST

Suite *suite_functions_operonx(void);

Suite *suite_functions_operonx(void)
{
    Suite *s = suite_create("functions_operonx");
    TCase *c = tcase_create("lines");

    tcase_add_test(c, arithmetic);
    tcase_add_test(c, comparison);
    tcase_add_test(c, members);
    tcase_add_test(c, results);
    suite_add_tcase(s, c);
    return s;
}
