/* test_build.c: generated C becomes something that runs, by every way there is, and what goes wrong
 * is told with its code and leaves nothing behind.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build/build.h"
#include "emit/emit.h"
#include "kiln.h"
#include "plans.h"
#include "shell.h"
#include "suites.h"

static struct arena arena;
static struct diags diags;
static struct text c;
static char folder[] = "/tmp/kiln-test-build-XXXXXX";

static void begin(void)
{
    char home[PATH_MAX];

    snprintf(home, sizeof home, "%s/home", shell_build());
    setenv("KILN_HOME", home, 1);
    diags = (struct diags){ .arena = &arena };
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void end(void)
{
    struct shell s = shell_run(NULL, "rm -rf %s", folder);

    shell_fini(&s);
    text_fini(&c);
    arena_fini(&arena);
}

static const char *at(const char *name)
{
    return arena_printf(&arena, "%s/%s", folder, name);
}

static const char *put(const char *name, const char *text)
{
    const char *path = at(name);
    FILE *f = fopen(path, "w");

    ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
    return path;
}

static void expect(const char *code, const char *words)
{
    ck_assert_uint_ge(diags.n, 1);
    ck_assert_str_eq(diags.at[0].code, code);
    ck_assert_msg(strstr(diags.at[0].sentence, words) != NULL, "%s", diags.at[0].sentence);
}

static unsigned files_left(void)
{
    struct shell s = shell_run(NULL, "ls -A %s | wc -l", folder);
    unsigned n = (unsigned)atoi(text_cstr(&s.out));

    shell_fini(&s);
    return n;
}

/* A workflow that greets: one operation of the user's, one answer. */
static const char plan_text[] = "plan \"hello\" dialect \"scenario\" sorted\nflow \"root\"\n"
                                "  slot s0 \"input\" param\n  slot s1 \"greeting\" last\n"
                                "  step \"greet\" wake start\n    %0 = slot s0\n"
                                "    %1 = get %0 \"name\"\n    %2 = object \"who\" %1\n"
                                "    task \"greet\" %2 -> s1\n"
                                "  step \"end\" wake quiet\n    %0 = slot s1\n    finish %0\n";

static const char op_text[] =
    "#include <kiln_op.h>\n"
    "#include <string.h>\n"
    "KILN_OP(greet, \"greet\", KILN_PURE, \"Greets someone by name.\",\n"
    "        KILN_INPUTS({ \"who\", \"string\", \"Who is greeted.\", KILN_REQUIRED }),\n"
    "        KILN_OUTPUTS({ \"greeting\", \"string\", \"The words.\", 0 }))\n"
    "{\n"
    "    const char *who = kiln_in_text(call, \"who\");\n"
    "\n"
    "    return kiln_out_text(call, \"greeting\", \"Hello, %s (%d)!\", who, (int)strlen(who));\n"
    "}\n";

static const kiln_op *const *ops;
static size_t n_ops;

static const kiln_op *find_op(void *ctx, const char *name)
{
    (void)ctx;
    for (size_t i = 0; i < n_ops; i++)
        if (strcmp(ops[i]->name, name) == 0)
            return ops[i];
    return NULL;
}

static int load_text(const char *text, struct build_ops **ret)
{
    const char *file = put("op.c", text);

    return build_ops_load(&file, 1, &arena, &diags, ret, &ops, &n_ops);
}

/* The C of the greeting, with an operation "greet" loaded. */
static struct build_ops *greeting_with(const char *op)
{
    struct build_ops *o = NULL;
    const char *wrong = NULL;
    struct plan *p;

    ck_assert_int_eq(load_text(op, &o), 0);
    p = plan_read(&arena, plan_text, strlen(plan_text), find_op, NULL, &wrong);
    ck_assert_msg(p != NULL, "%s", wrong);
    emit_program(p, &c);
    plan_fini(p);
    return o;
}

static struct build_ops *greeting(void)
{
    return greeting_with(op_text);
}

static void check_output(const kiln_program *program, const char *output)
{
    kiln_options options = { 0 };
    struct json_error error;
    kiln_value input;
    kiln_run *run;
    struct text said = { 0 };

    ck_assert_int_eq(kiln_run_new(program, &options, &run), 0);
    ck_assert_int_eq(json_read(kiln_run_heap(run), &input, "{\"name\":\"Ada\"}", 14, &error), 0);
    ck_assert_int_eq(kiln_run_start(run, &input), 0);
    ck_assert_int_eq(kiln_run_drive(run), KILN_COMPLETED);
    json_write(&said, kiln_run_output(run));
    ck_assert_str_eq(text_cstr(&said), output);
    text_fini(&said);
    kiln_run_free(run);
}

static void check_run(const kiln_program *program)
{
    check_output(program, "{\"greeting\":\"Hello, Ada (3)!\"}");
}

START_TEST(libtcc_runs_it)
{
    struct build_ops *o = greeting();
    struct build_jit *j;
    const kiln_program *program;

    ck_assert_int_eq(build_tcc(c.s, c.n, "hello", ops, n_ops, &arena, &diags, &j, &program), 0);
    check_run(program);
    build_jit_free(j);
    build_ops_free(o);
}
END_TEST

/* Values go by value over the border of two compilers, both ways. */
START_TEST(values_cross_between_compilers)
{
    struct build_ops *o = greeting_with(
        "#include <kiln_op.h>\n"
        "KILN_OP(greet, \"greet\", KILN_PURE, \"Makes one of each.\")\n"
        "{\n"
        "    kiln_value all[] = { kiln_null(), kiln_bool(1), kiln_int(-7), kiln_double(2.5),\n"
        "                         kiln_in(call, \"who\") }, array;\n"
        "    if (kiln_array(kiln_call_heap(call), &array, all, 5) < 0)\n"
        "        return -1;\n"
        "    kiln_out(call, \"last\", kiln_at(&array, -1));\n"
        "    kiln_out(call, \"half\", kiln_double(kiln_at(&array, 3).u.d / 2));\n"
        "    return kiln_out(call, \"all\", array);\n"
        "}\n");
    struct build_jit *j;
    const kiln_program *program;

    ck_assert_int_eq(build_tcc(c.s, c.n, "hello", ops, n_ops, &arena, &diags, &j, &program), 0);
    check_output(program, "{\"all\":[null,true,-7,2.5,\"Ada\"],\"half\":1.25,\"last\":\"Ada\"}");
    build_jit_free(j);
    build_ops_free(o);
}
END_TEST

START_TEST(a_shared_object_runs_it)
{
    struct build_ops *o = greeting();
    struct build_jit *j;
    const kiln_program *program;

    ck_assert_int_eq(build_so(c.s, c.n, "hello", ops, n_ops, NULL, &arena, &diags, &j, &program),
                     0);
    check_run(program);
    build_jit_free(j);
    build_ops_free(o);
}
END_TEST

static int build(struct build_options *options)
{
    struct build_ops *o = greeting();
    const char *file = at("op.c");
    int result;

    options->output = at("hello");
    options->op_files = &file;
    options->n_op_files = 1;
    result = build_cc(c.s, c.n, "hello", options, &arena, &diags);
    build_ops_free(o);
    return result;
}

START_TEST(a_static_executable_runs_it)
{
    struct build_options options = { .keep = 1 };
    struct shell s = shell_run(NULL, "test -f %s/libkiln-musl.a", getenv("KILN_HOME"));

    if (s.code) {
        printf("skipped: there is no runtime for musl\n");
        shell_fini(&s);
        return;
    }
    shell_fini(&s);
    ck_assert_int_eq(build(&options), 0);
    s = shell_run(folder, "./hello run --input '{\"name\":\"Ada\"}' && ls");
    ck_assert_str_eq(text_cstr(&s.out),
                     "{\"greeting\":\"Hello, Ada (3)!\"}\nhello\nhello.program.c\nop.c\n");
    shell_fini(&s);
    s = shell_run(folder, "file ./hello 2>/dev/null; readelf -lW hello | grep -c 'RWE'");
    ck_assert_ptr_null(strstr(text_cstr(&s.out), "dynamically"));
    ck_assert_int_eq(s.out.s[s.out.n - 2], '0');
    shell_fini(&s);
    s = shell_run(folder, "for f in none . hello/x; do ./hello run --input @$f 2>&1; done");
    ck_assert_str_eq(text_cstr(&s.out),
                     "./hello: cannot read the input '@none': No such file or directory\n"
                     "./hello: cannot read the input '@.': Is a directory\n"
                     "./hello: cannot read the input '@hello/x': Not a directory\n");
    shell_fini(&s);
}
END_TEST

START_TEST(a_missing_compiler_is_told)
{
    struct build_options options = { .cc = "no-such-compiler", .libc = "host" };

    ck_assert_int_eq(build(&options), -1);
    expect("B001", "no-such-compiler");
    ck_assert_uint_eq(files_left(), 1);
}
END_TEST

START_TEST(a_failing_compiler_leaves_nothing)
{
    struct build_options options = { .libc = "host" };

    options.output = at("broken");
    ck_assert_int_eq(build_cc("int x = ;", 9, "x", &options, &arena, &diags), -1);
    expect("B002", "expected expression");
    ck_assert_uint_eq(files_left(), 0);
}
END_TEST

START_TEST(an_unknown_libc_is_told)
{
    struct build_options options = { .libc = "newlib" };

    ck_assert_int_eq(build(&options), -1);
    expect("B005", "newlib");
}
END_TEST

START_TEST(a_missing_home_is_told)
{
    setenv("KILN_HOME", "/nowhere", 1);
    ck_assert_ptr_null(build_home(&arena, &diags));
    expect("B003", "/nowhere");
}
END_TEST

START_TEST(libtcc_tells_what_it_refuses)
{
    struct build_jit *j;
    const kiln_program *program;

    ck_assert_int_eq(build_tcc("int f( {", 8, "x", NULL, 0, &arena, &diags, &j, &program), -1);
    expect("B010", "libtcc refused");
}
END_TEST

START_TEST(nothing_outside_the_list_can_be_called)
{
    const char *text = "int system(const char *); int kiln_program_x(void)"
                       "{ return system(\"true\"); }";
    struct build_jit *j;
    const kiln_program *program;

    ck_assert_int_eq(build_tcc(text, strlen(text), "x", NULL, 0, &arena, &diags, &j, &program), -1);
    expect("B010", "system");
}
END_TEST

/* exports.h and the two headers name the same functions. */
START_TEST(the_list_is_that_of_the_headers)
{
    struct shell s =
        shell_run(NULL, "grep -ohE '^[a-z].*\\bkiln_[a-z_]+\\(' runtime/kiln_program.h "
                        "runtime/kiln_op.h | grep -v typedef | "
                        "grep -oE 'kiln_[a-z_]+\\($' | tr -d '(' | sort >&2; "
                        "grep -oE '\\(kiln_[a-z_]+' runtime/exports.h | tr -d '(' | sort");

    ck_assert_uint_gt(s.out.n, 0);
    ck_assert_str_eq(text_cstr(&s.out), text_cstr(&s.err));
    shell_fini(&s);
}
END_TEST

START_TEST(another_abi_is_refused)
{
    const char *text = "const unsigned kiln_program_x[64] = { 0x4e4c494bu, 999 };";
    struct build_jit *j;
    const kiln_program *program;

    ck_assert_int_eq(build_tcc(text, strlen(text), "x", NULL, 0, &arena, &diags, &j, &program), -1);
    expect("B012", "999");
}
END_TEST

Suite *suite_build(void);

Suite *suite_build(void)
{
    Suite *s = suite_create("build");
    TCase *t = tcase_create("build");

    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, libtcc_runs_it);
    tcase_add_test(t, values_cross_between_compilers);
    tcase_add_test(t, a_shared_object_runs_it);
    tcase_add_test(t, a_static_executable_runs_it);
    tcase_add_test(t, a_missing_compiler_is_told);
    tcase_add_test(t, a_failing_compiler_leaves_nothing);
    tcase_add_test(t, an_unknown_libc_is_told);
    tcase_add_test(t, a_missing_home_is_told);
    tcase_add_test(t, libtcc_tells_what_it_refuses);
    tcase_add_test(t, nothing_outside_the_list_can_be_called);
    tcase_add_test(t, the_list_is_that_of_the_headers);
    tcase_add_test(t, another_abi_is_refused);
    suite_add_tcase(s, t);
    return s;
}
