/* test_golden.c: stage texts against files. For tests/golden/DIALECT/NN-name.json every file beside
 * it with the same name tells by its suffix what to compare: .model, .plan, .c (without the
 * contract header in front), .mmd, .dot, or .err (the complaints, when it is refused). The folder
 * `children` beside the cases holds what they embed.
 *
 * KILN_BLESS=1 (make bless) writes the files instead: .err for what is refused, else .model, .plan
 * and .c. Look at the difference before committing it.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compile.h"
#include "embedded.h"
#include "shell.h"
#include "suites.h"

static glob_t cases;

static void print_model(struct compilation *c, struct text *t)
{
    c->dialect->print(&c->unit, t);
}

static void print_plan(struct compilation *c, struct text *t)
{
    plan_print(c->plan, t);
}

/* The pasted header is tested by itself and would be most of every file. */
static void print_c(struct compilation *c, struct text *t)
{
    const char *header = strstr(text_cstr(&c->c), embedded_kiln_program_h);

    ck_assert_ptr_nonnull(header);
    text_puts(t, header + embedded_kiln_program_h_size);
}

static void print_mermaid(struct compilation *c, struct text *t)
{
    if (c->dialect->mermaid)
        c->dialect->mermaid(&c->unit, t);
    else
        plan_mermaid(c->plan, t);
}

static void print_dot(struct compilation *c, struct text *t)
{
    plan_dot(c->plan, t);
}

static void print_errors(struct compilation *c, struct text *t)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    diag_print(&c->diags, f, DIAG_TEXT, 0);
    fclose(f);
    text_put(t, text, n);
    free(text);
}

static const struct {
    const char *suffix;
    int refused; /* for workflows that are refused, or not */
    int blessed; /* written by make bless even when it is not there yet */
    void (*print)(struct compilation *c, struct text *t);
} stages[] = {
    { "model", 0, 1, print_model }, { "plan", 0, 1, print_plan }, { "c", 0, 1, print_c },
    { "mmd", 0, 0, print_mermaid }, { "dot", 0, 0, print_dot },   { "err", 1, 1, print_errors },
};

enum { N_STAGES = sizeof stages / sizeof *stages };

/* The path of the file for a stage, beside the workflow. */
static char *path_of(const char *workflow, const char *suffix)
{
    char *path;

    ck_assert_int_ge(
        asprintf(&path, "%.*s%s", (int)(strlen(workflow) - strlen("json")), workflow, suffix), 0);
    return path;
}

static void bless(const char *path, const struct text *t)
{
    FILE *f = fopen(path, "w");

    ck_assert_ptr_nonnull(f);
    fwrite(text_cstr(t), 1, t->n, f);
    fclose(f);
}

/* Stops the test at the first line that is not as wanted. */
static void check_same(const char *path, const char *want, const char *got)
{
    unsigned line = 1;
    size_t n, m;

    for (; *want || *got; line++, want += n + !!want[n], got += m + !!got[m]) {
        n = strcspn(want, "\n");
        m = strcspn(got, "\n");
        ck_assert_msg(n == m && !memcmp(want, got, n) && want[n] == got[m],
                      "%s:%u: want: %.*s\ngot: %.*s", path, line, n < 200 ? (int)n : 200, want,
                      m < 200 ? (int)m : 200, got);
    }
}

/* 1 when there was something to compare. */
static int check_stage(struct compilation *c, const char *workflow, int refused, unsigned i)
{
    char *path = path_of(workflow, stages[i].suffix);
    struct text want = shell_read(path), got = { 0 };
    int there = !want.failed, blessing = getenv("KILN_BLESS") != NULL;

    ck_assert_msg(!there || blessing || stages[i].refused == refused, "%s: the workflow is %s",
                  path, refused ? "refused" : "accepted");
    if (stages[i].refused == refused && (there || (blessing && stages[i].blessed))) {
        stages[i].print(c, &got);
        if (blessing)
            bless(path, &got);
        else
            check_same(path, text_cstr(&want), text_cstr(&got));
    }
    text_fini(&want);
    text_fini(&got);
    free(path);
    return there;
}

/* What the workflows of a folder may embed. */
static struct child_set find_children(const char *workflow, struct arena *a)
{
    struct child_set set = { 0 };
    const char *why, *slash = strrchr(workflow, '/');
    char *folder;

    ck_assert_int_ge(asprintf(&folder, "%.*s/children", (int)(slash - workflow), workflow), 0);
    if (access(folder, F_OK) == 0)
        ck_assert_msg(child_set_add_folder(&set, a, folder, &why) == 0, "%s", why);
    free(folder);
    return set;
}

START_TEST(golden)
{
    const char *workflow = cases.gl_pathv[_i];
    struct arena a = { 0 };
    const struct child_set children = find_children(workflow, &a);
    const struct compile_options options = { .until = STAGE_C, .children = &children, .verify = 1 };
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compilation c;
    int refused = compile_file(&c, workflow, &ops, &options) < 0, compared = 0;

    for (unsigned i = 0; i < N_STAGES; i++)
        compared += check_stage(&c, workflow, refused, i);
    ck_assert_msg(compared || getenv("KILN_BLESS"), "%s has no file to compare with", workflow);
    compile_fini(&c);
    arena_fini(&a);
}
END_TEST

START_TEST(there_are_cases_of_every_dialect)
{
    static const char *const names[] = { "/scenario/", "/operonx/", "/pregel/" };

    for (size_t d = 0; d < 3; d++) {
        int found = 0;

        for (size_t i = 0; i < cases.gl_pathc; i++)
            found |= strstr(cases.gl_pathv[i], names[d]) != NULL;
        ck_assert_msg(found, "no golden file for %s", names[d]);
    }
}
END_TEST

Suite *suite_golden(void);

Suite *suite_golden(void)
{
    Suite *s = suite_create("golden");
    TCase *t = tcase_create("golden");

    glob("tests/golden/*/*.json", 0, NULL, &cases);
    tcase_add_test(t, there_are_cases_of_every_dialect);
    tcase_add_loop_test(t, golden, 0, (int)cases.gl_pathc);
    suite_add_tcase(s, t);
    return s;
}
