/* test_compile.c: the pipeline as a whole: where it stops, and documents that are hostile or huge
 * on their way to a running program. */
#include "compile.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiln.h"
#include "shell.h"
#include "suites.h"

static const struct op_set *builtin(void)
{
    static struct op_set ops;

    ops = (struct op_set){ compile_builtin_ops, compile_n_builtin_ops };
    return &ops;
}

static int compile(struct compilation *c, const struct text *t, enum stage until)
{
    const struct compile_options options = { .until = until, .verify = 1 };

    return compile_text(c, "t.json", text_cstr(t), t->n, builtin(), &options);
}

/* ---- documents ------------------------------------------------------------------------------ */

static void put_string(struct text *t, const char *s)
{
    kiln_value v = value_static(s);

    json_write(t, &v);
}

/* A chain of steps with these names that do nothing, then a Finish. */
static struct text chain(const char *const *names, unsigned n)
{
    struct text t = { 0 };

    text_puts(&t, "{\"entryPoint\":");
    put_string(&t, names[0]);
    text_puts(&t, ",\"steps\":{");
    for (unsigned i = 0; i < n; i++) {
        put_string(&t, names[i]);
        text_puts(&t, ":{\"id\":");
        put_string(&t, names[i]);
        text_puts(&t, ",\"stepType\":\"Agent\",\"agentId\":\"utils\",\"capabilityId\":"
                      "\"do-nothing\"},");
    }
    text_puts(&t, "\"the end\":{\"id\":\"the end\",\"stepType\":\"Finish\",\"inputMapping\":{"
                  "\"x\":{\"valueType\":\"immediate\",\"value\":7}}}},\"executionPlan\":[");
    for (unsigned i = 0; i < n; i++) {
        text_puts(&t, i ? ",{\"fromStep\":" : "{\"fromStep\":");
        put_string(&t, names[i]);
        text_puts(&t, ",\"toStep\":");
        put_string(&t, i + 1 < n ? names[i + 1] : "the end");
        text_putc(&t, '}');
    }
    text_puts(&t, "]}");
    return t;
}

static void run(struct compilation *c, int use_cc)
{
    const kiln_program *program;
    struct build_jit *jit = NULL;
    kiln_value input = value_null();
    struct text out = { 0 };
    kiln_options options = { 0 };
    kiln_run *r;
    int failed;

    if (use_cc)
        failed = build_so(c->c.s, c->c.n, c->symbol, compile_builtin_ops, compile_n_builtin_ops,
                          "0", &c->arena, &c->diags, &jit, &program);
    else
        failed = build_tcc(c->c.s, c->c.n, c->symbol, compile_builtin_ops, compile_n_builtin_ops,
                           &c->arena, &c->diags, &jit, &program);
    ck_assert_msg(!failed, "%s", c->diags.n ? c->diags.at[0].sentence : "?");
    ck_assert_int_eq(kiln_run_new(program, &options, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, &input), 0);
    ck_assert_int_eq(kiln_run_drive(r), KILN_COMPLETED);
    json_write(&out, kiln_run_output(r));
    ck_assert_str_eq(text_cstr(&out), "{\"x\":7}");
    text_fini(&out);
    kiln_run_free(r);
    build_jit_free(jit);
}

static void check_runs(const char *const *names, unsigned n, int use_cc)
{
    struct text t = chain(names, n);
    struct compilation c;

    ck_assert_msg(compile(&c, &t, STAGE_C) == 0, "%s", c.diags.n ? c.diags.at[0].sentence : "?");
    run(&c, use_cc);
    compile_fini(&c);
    text_fini(&t);
}

/* ---- where it stops ------------------------------------------------------------------------- */

START_TEST(it_stops_where_it_is_told)
{
    static const char *const one[] = { "a" };
    struct text t = chain(one, 1);
    struct compilation c;

    ck_assert_int_eq(compile(&c, &t, STAGE_CHECK), 0);
    ck_assert_str_eq(c.dialect->name, "scenario");
    ck_assert_ptr_null(c.plan);
    compile_fini(&c);
    ck_assert_int_eq(compile(&c, &t, STAGE_PLAN), 0);
    ck_assert_ptr_nonnull(c.plan);
    ck_assert_uint_eq(c.c.n, 0);
    compile_fini(&c);
    ck_assert_int_eq(compile(&c, &t, STAGE_C), 0);
    ck_assert_ptr_nonnull(strstr(c.c.s, c.symbol));
    compile_fini(&c);
    text_fini(&t);
}
END_TEST

static const struct {
    const char *text, *code;
} stops[] = {
    { "{", "S002" },
    { "[]", "D001" },
    { "{\"foo\":1}", "D002" },
};

START_TEST(it_stops_behind_an_error)
{
    struct text t = { 0 };
    struct compilation c;

    text_puts(&t, stops[_i].text);
    ck_assert_int_eq(compile(&c, &t, STAGE_C), -1);
    ck_assert_uint_eq(c.diags.errors, 1);
    ck_assert_str_eq(c.diags.at[0].code, stops[_i].code);
    ck_assert_uint_eq(c.c.n, 0);
    compile_fini(&c);
    text_fini(&t);
}
END_TEST

START_TEST(the_same_text_gives_the_same_bytes)
{
    static const char *const names[] = { "b", "a", "c" };
    struct text t = chain(names, 3);
    struct compilation one, two; /* both alive at once: nothing is shared */

    ck_assert_int_eq(compile(&one, &t, STAGE_C), 0);
    ck_assert_int_eq(compile(&two, &t, STAGE_C), 0);
    ck_assert_str_eq(one.c.s, two.c.s);
    compile_fini(&one);
    compile_fini(&two);
    text_fini(&t);
}
END_TEST

START_TEST(dump_names_are_stages_and_passes)
{
    size_t n;
    const char **names = compile_dump_names(&n);
    int found = 0;

    for (size_t i = 0; i < n; i++)
        found += !strcmp(names[i], "lower") || !strcmp(names[i], "purity");
    ck_assert_int_eq(found, 2);
    free(names);
}
END_TEST

/* ---- hostile and huge ----------------------------------------------------------------------- */

/* Not C identifiers, the same after mangling, words of C, what ends a comment or a string. */
static const char *const hostile[] = {
    "*/ int x; /*", "?\?/", "a\nb", "a b",     "a-b",        "a_b",        "a.b",     "\"",
    "\\",           "%s%n", "int",  "main",    "leaf_1",     "STEP_A",     "KILN_GO", "é漢字",
    "\x01\x7f",     "0",    "//",   "#define", "root",       "kiln_value", "f",       "NULL",
    "a_b_",         "A_B",  "a__b", "\t",      "?\?=define", "\\u0041",    "'",       "$",
};

enum { N_HOSTILE = sizeof hostile / sizeof *hostile };

START_TEST(hostile_names_under_tcc)
{
    check_runs(hostile, N_HOSTILE, 0);
}
END_TEST

START_TEST(hostile_names_under_cc)
{
    check_runs(hostile, N_HOSTILE, 1);
}
END_TEST

START_TEST(a_name_of_ten_thousand_letters)
{
    char name[10001];
    const char *const names[] = { name };

    memset(name, 'x', 10000);
    name[10000] = '\0';
    check_runs(names, 1, 0);
}
END_TEST

START_TEST(ten_thousand_steps)
{
    enum { N = 10000 };
    const char **names = malloc(N * sizeof *names);
    char(*spelled)[8] = malloc(N * sizeof *spelled);

    for (unsigned i = 0; i < N; i++) {
        snprintf(spelled[i], sizeof *spelled, "s%u", i);
        names[i] = spelled[i];
    }
    check_runs(names, N, 0);
    free(spelled);
    free(names);
}
END_TEST

START_TEST(a_circle_is_refused)
{
    static const char *const names[] = { "a", "b" };
    struct text t = chain(names, 2);
    char *edge = strstr(t.s, "\"toStep\":\"the end\"");
    struct compilation c;

    memcpy(edge, "\"toStep\":\"a\"      ", strlen("\"toStep\":\"the end\""));
    ck_assert_int_eq(compile(&c, &t, STAGE_C), -1);
    ck_assert_uint_ge(c.diags.errors, 1);
    compile_fini(&c);
    text_fini(&t);
}
END_TEST

/* A fuzzer that begins with refused documents never gets to the plan. */
START_TEST(seeds_of_the_fuzzer_are_accepted)
{
    glob_t g;

    glob("tests/fuzz/corpus/compile/*", 0, NULL, &g);
    ck_assert_uint_ge(g.gl_pathc, 10);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct text t = shell_read(g.gl_pathv[i]);
        struct compilation c;

        ck_assert_msg(compile(&c, &t, STAGE_C) == 0, "%s: %s", g.gl_pathv[i],
                      c.diags.n ? c.diags.at[0].sentence : "?");
        compile_fini(&c);
        text_fini(&t);
    }
    globfree(&g);
}
END_TEST

Suite *suite_compile(void);

Suite *suite_compile(void)
{
    Suite *s = suite_create("compile");
    TCase *t = tcase_create("compile");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, it_stops_where_it_is_told);
    tcase_add_loop_test(t, it_stops_behind_an_error, 0, sizeof stops / sizeof *stops);
    tcase_add_test(t, the_same_text_gives_the_same_bytes);
    tcase_add_test(t, dump_names_are_stages_and_passes);
    tcase_add_test(t, hostile_names_under_tcc);
    tcase_add_test(t, hostile_names_under_cc);
    tcase_add_test(t, a_name_of_ten_thousand_letters);
    tcase_add_test(t, ten_thousand_steps);
    tcase_add_test(t, a_circle_is_refused);
    tcase_add_test(t, seeds_of_the_fuzzer_are_accepted);
    suite_add_tcase(s, t);
    return s;
}
