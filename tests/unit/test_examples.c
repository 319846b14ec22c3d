/* test_examples.c: every example does what it says, under both back ends.
 *
 * examples/DIALECT/NN-name/ holds workflow.json, input.json and expected.json (the output), or
 * failure.json (the error) when it is an example of failing. ops.c is passed as --ops when it is
 * there, the folder children as --child-dir, connections.json in $KILN_CONNECTIONS, the folder
 * files as $KILN_WORKSPACE_DIR. Every one has a README.md. One without input.json is of something
 * Kiln checks and does not run yet.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shell.h"
#include "suites.h"
#include "value.h"

static glob_t examples;
static char *scratch;

static void set_up(void)
{
    scratch = shell_scratch();
}

static void tear_down(void)
{
    shell_scratch_free(scratch);
}

static kiln_value read_json(kiln_heap *h, const struct text *t, const char *what)
{
    struct json_error error;
    kiln_value v;

    ck_assert_msg(json_read(h, &v, text_cstr(t), t->n, &error) == 0, "%s is not JSON: %s", what,
                  text_cstr(t));
    return v;
}

static struct text read_file(const char *folder, const char *name)
{
    struct text path = { 0 }, t;

    text_printf(&path, "%s/%s", folder, name);
    t = shell_read(text_cstr(&path));
    text_fini(&path);
    return t;
}

static int has(const char *folder, const char *name)
{
    struct text t = read_file(folder, name);
    int there = !t.failed;

    text_fini(&t);
    return there;
}

/* Compares as JSON: how it is written does not matter, 1 and 1.0 do. */
static void check_json(const char *folder, const struct text *want, const struct text *got,
                       const char *member)
{
    kiln_value w, g;
    kiln_heap h;

    heap_init(&h, 0);
    w = read_json(&h, want, folder);
    g = read_json(&h, got, folder);
    if (member)
        g = value_member(&g, member);
    ck_assert_msg(value_equal(&w, &g), "%s: got %s", folder, text_cstr(got));
    heap_fini(&h);
}

static void check_run(const char *folder, const char *command)
{
    int fails = has(folder, "failure.json");
    struct text want = read_file(folder, fails ? "failure.json" : "expected.json");
    struct shell s = shell_run(scratch, "%s --quiet --input @%s/input.json%s", command, folder,
                               fails ? " --json" : "");

    ck_assert_msg(!want.failed, "%s has neither expected.json nor failure.json", folder);
    ck_assert_msg(s.code == fails, "%s: exit code %d: %s", command, s.code, text_cstr(&s.err));
    check_json(folder, &want, fails ? &s.err : &s.out, fails ? "error" : NULL);
    text_fini(&want);
    shell_fini(&s);
}

/* Adds " FLAG FOLDER/NAME" when there is such a thing. */
static void put_extra(struct text *line, const char *flag, const char *folder, const char *name)
{
    struct text path = { 0 };

    text_printf(&path, "%s/%s", folder, name);
    if (access(text_cstr(&path), F_OK) == 0)
        text_printf(line, " %s %s", flag, text_cstr(&path));
    text_fini(&path);
}

/* "kiln VERB FOLDER/workflow.json [--ops FOLDER/ops.c] [--child-dir FOLDER/children] REST" */
static char *command_line(const char *verb, const char *folder, const char *rest)
{
    struct text line = { 0 };
    char *s;

    text_printf(&line, "kiln %s %s/workflow.json", verb, folder);
    put_extra(&line, "--ops", folder, "ops.c");
    put_extra(&line, "--child-dir", folder, "children");
    text_printf(&line, " %s", rest);
    s = strdup(text_cstr(&line));
    text_fini(&line);
    return s;
}

static void check_quiet(const char *folder, const char *verb, const char *rest)
{
    char *line = command_line(verb, folder, rest);
    struct shell s = shell_run(scratch, "%s", line);

    ck_assert_msg(s.code == 0 && s.err.n == 0, "%s: %s", line, text_cstr(&s.err));
    shell_fini(&s);
    free(line);
}

static void check_backend(const char *folder, const char *rest)
{
    char *line = command_line("run", folder, rest);

    check_run(folder, line);
    free(line);
}

/* Run in a simulated world and stopped everywhere there: it ends as it would have. */
static void check_crashes(const char *folder, const char *backend)
{
    char *line = command_line("test", folder, "--crash-everywhere --backend");
    struct shell s = shell_run(scratch, "%s %s --input @%s/input.json", line, backend, folder);
    const char *told = strstr(text_cstr(&s.out), "crashes: ");
    unsigned passed = 0, tried = 1;

    ck_assert_msg(s.code == 0 && told, "%s: exit code %d: %s", line, s.code, text_cstr(&s.err));
    ck_assert_int_eq(sscanf(told, "crashes: %u/%u", &passed, &tried), 2);
    ck_assert_uint_eq(passed, tried);
    ck_assert_uint_gt(tried, 10);
    shell_fini(&s);
    free(line);
}

/* For the commands of this test; each test is a process. */
static void set_connections(const char *folder)
{
    struct text t = read_file(folder, "connections.json");

    unsetenv("KILN_CONNECTIONS");
    if (!t.failed)
        ck_assert_int_eq(setenv("KILN_CONNECTIONS", text_cstr(&t), 1), 0);
    text_fini(&t);
}

/* The same: the files the example may read. */
static void set_workspace(const char *folder)
{
    struct text path = { 0 };
    char *files;

    text_printf(&path, "%s/files", folder);
    files = realpath(text_cstr(&path), NULL);
    if (files)
        ck_assert_int_eq(setenv("KILN_WORKSPACE_DIR", files, 1), 0);
    free(files);
    text_fini(&path);
}

/* When it can be run, it must be an example like the others. */
static void check_unsupported(const char *folder)
{
    struct shell s = shell_run(scratch, "kiln check --legacy %s/workflow.json", folder);

    ck_assert_msg(s.code == 0, "%s: %s", folder, text_cstr(&s.err));
    shell_fini(&s);
    s = shell_run(scratch, "kiln run %s/workflow.json", folder);
    ck_assert_msg(s.code == 1 && strstr(text_cstr(&s.err), "error[K100]"), "%s: %s", folder,
                  text_cstr(&s.err));
    shell_fini(&s);
}

START_TEST(an_example)
{
    const char *folder = examples.gl_pathv[_i];

    ck_assert_msg(has(folder, "README.md"), "%s has no README.md", folder);
    if (!has(folder, "input.json")) {
        check_unsupported(folder);
        return;
    }
    set_connections(folder);
    set_workspace(folder);
    check_quiet(folder, "check", "--werror");
    check_backend(folder, "--backend tcc");
    check_backend(folder, "--backend cc");
    check_crashes(folder, _i % 5 ? "tcc" : "cc");
    check_quiet(folder, "build", "-o program");
    check_run(folder, "./program run");
}
END_TEST

START_TEST(there_are_ten_across_the_dialects)
{
    static const char *const names[] = { "/scenario/", "/operonx/", "/pregel/" };

    ck_assert_uint_ge(examples.gl_pathc, 10);
    for (size_t d = 0; d < 3; d++) {
        int found = 0;

        for (size_t i = 0; i < examples.gl_pathc; i++)
            found |= strstr(examples.gl_pathv[i], names[d]) != NULL;
        ck_assert_msg(found, "no example of %s", names[d]);
    }
}
END_TEST

/* Every step type the parser knows stands in a document of an example. */
START_TEST(each_step_type_has_one)
{
    static const char *const types[] = { "Finish",        "Agent",         "Conditional", "Split",
                                         "Switch",        "EmbedWorkflow", "While",       "Log",
                                         "Error",         "Filter",        "GroupBy",     "Delay",
                                         "WaitForSignal", "Connection",    "AiAgent" };

    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        struct text word = { 0 };
        int found = 0;

        text_printf(&word, "\"stepType\": \"%s\"", types[t]);
        for (size_t i = 0; i < examples.gl_pathc && !found; i++) {
            struct text document = read_file(examples.gl_pathv[i], "workflow.json");

            found = strstr(text_cstr(&document), text_cstr(&word)) != NULL;
            text_fini(&document);
        }
        ck_assert_msg(found, "no example of %s", types[t]);
        text_fini(&word);
    }
}
END_TEST

Suite *suite_examples(void);

Suite *suite_examples(void)
{
    Suite *s = suite_create("examples");
    TCase *t = tcase_create("examples");

    glob("examples/*/[0-9]*", 0, NULL, &examples);
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, there_are_ten_across_the_dialects);
    tcase_add_test(t, each_step_type_has_one);
    tcase_add_loop_test(t, an_example, 0, (int)examples.gl_pathc);
    suite_add_tcase(s, t);
    return s;
}
