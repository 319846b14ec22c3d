/* test_docs.c: the documents say what is so. Every `sh` block of README.md, spec/ and an example of
 * many commands is run in a scratch copy of the tree, and what a following `output` block shows
 * must be printed; every `json` block is JSON and, when it is a workflow, compiles; every code,
 * verb and flag is documented.
 */
#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "exit.h"
#include "options.h"
#include "shell.h"
#include "suites.h"

static glob_t documents;

/* ---- fenced blocks ------------------------------------------------------------------------- */

struct block {
    char kind[16];
    struct text text;
};

/* Reads the next fenced block at or behind *at. 0 when there is none. */
static int next_block(const char **at, struct block *ret)
{
    const char *open = strstr(*at, "\n```"), *from, *close;
    size_t n;

    if (!open)
        return 0;
    open += strlen("\n```");
    n = strcspn(open, "\n");
    ck_assert_uint_lt(n, sizeof ret->kind);
    memcpy(ret->kind, open, n);
    ret->kind[n] = '\0';
    from = open + n;
    close = strstr(from, "\n```");
    ck_assert_ptr_nonnull(close);
    text_clear(&ret->text);
    if (close > from)
        text_put(&ret->text, from + 1, (size_t)(close - from));
    *at = close + strlen("\n```");
    return 1;
}

/* Commands that build and test the tree itself are what runs this test. */
static int is_make(const struct text *t)
{
    return !strncmp(text_cstr(t), "make ", 5) || strstr(text_cstr(t), "\nmake ")
           || strstr(text_cstr(t), "&& make ");
}

/* ---- commands ------------------------------------------------------------------------------ */

static void check_commands(const char *path, const char *document, const char *scratch)
{
    struct block b = { 0 };
    struct shell last = { 0 };
    const char *at = document;

    while (next_block(&at, &b)) {
        if (!strcmp(b.kind, "sh") && !is_make(&b.text)) {
            shell_fini(&last);
            last = shell_run(scratch, "set -e\n%s", text_cstr(&b.text));
            ck_assert_msg(last.code == 0, "%s: exit code %d of\n%s%s", path, last.code,
                          text_cstr(&b.text), text_cstr(&last.err));
        } else if (!strcmp(b.kind, "output")) {
            ck_assert_msg(!strcmp(text_cstr(&b.text), text_cstr(&last.out)),
                          "%s shows\n%sbut it is\n%s", path, text_cstr(&b.text),
                          text_cstr(&last.out));
        }
    }
    shell_fini(&last);
    text_fini(&b.text);
}

START_TEST(commands_do_what_they_show)
{
    const char *path = documents.gl_pathv[_i];
    struct text t = shell_read(path);
    char *scratch = shell_scratch();

    check_commands(path, text_cstr(&t), scratch);
    shell_scratch_free(scratch);
    text_fini(&t);
}
END_TEST

/* ---- workflows ----------------------------------------------------------------------------- */

/* Documents may use the operations of examples/ops. */
static struct op_set load_ops(struct arena *a, struct build_ops **ret)
{
    struct diags d = { .arena = a };
    const kiln_op *const *own;
    const kiln_op **all;
    struct op_set set;
    size_t n;
    glob_t g;

    glob("examples/ops/*.c", 0, NULL, &g);
    ck_assert_int_eq(
        build_ops_load((const char *const *)g.gl_pathv, (unsigned)g.gl_pathc, a, &d, ret, &own, &n),
        0);
    globfree(&g);
    all = arena_alloc(a, (compile_n_builtin_ops + n) * sizeof *all);
    memcpy(all, compile_builtin_ops, compile_n_builtin_ops * sizeof *all);
    memcpy(all + compile_n_builtin_ops, own, n * sizeof *all);
    set = (struct op_set){ all, compile_n_builtin_ops + n };
    return set;
}

static void check_json(const char *path, const struct op_set *ops, const struct text *text)
{
    const struct compile_options options = { .until = STAGE_PLAN, .verify = 1 };
    struct compilation c;
    const char *code, *why;

    compile_text(&c, path, text_cstr(text), text->n, ops, &options);
    code = c.diags.errors ? c.diags.at[0].code : "";
    why = c.diags.errors ? c.diags.at[0].sentence : "";
    /* D001, D002: JSON that is no workflow, an input for example. */
    ck_assert_msg(!*code || !strcmp(code, "D001") || !strcmp(code, "D002"), "%s: %s %s:\n%s", path,
                  code, why, text_cstr(text));
    compile_fini(&c);
}

START_TEST(workflows_compile)
{
    const char *path = documents.gl_pathv[_i];
    struct text t = shell_read(path);
    const char *at = text_cstr(&t);
    struct build_ops *own = NULL;
    struct arena arena = { 0 };
    struct op_set ops = load_ops(&arena, &own);
    struct block b = { 0 };

    while (next_block(&at, &b))
        if (!strcmp(b.kind, "json"))
            check_json(path, &ops, &b.text);
    build_ops_free(own);
    arena_fini(&arena);
    text_fini(&b.text);
    text_fini(&t);
}
END_TEST

/* ---- names --------------------------------------------------------------------------------- */

/* "E010": a letter and three digits in quotation marks. */
static int is_code(const char *s)
{
    return s[0] == '"' && isupper((unsigned char)s[1]) && isdigit((unsigned char)s[2])
           && isdigit((unsigned char)s[3]) && isdigit((unsigned char)s[4]) && s[5] == '"';
}

static void check_codes(const char *path, const char *document)
{
    struct text t = shell_read(path);

    for (const char *s = text_cstr(&t); *s; s++) {
        char heading[16];

        if (!is_code(s))
            continue;
        snprintf(heading, sizeof heading, "`%.4s`", s + 1);
        ck_assert_msg(strstr(document, heading) != NULL, "%s: %s is not in spec/DIAGNOSTICS.md",
                      path, heading);
    }
    text_fini(&t);
}

START_TEST(every_code_is_documented)
{
    struct text document = shell_read("spec/DIAGNOSTICS.md");
    glob_t g;

    glob("compiler/*.c", 0, NULL, &g);
    glob("compiler/*/*.c", GLOB_APPEND, NULL, &g);
    glob("compiler/dialects/*/*.[ch]", GLOB_APPEND, NULL, &g);
    glob("compiler/dialects/*/*.def", GLOB_APPEND, NULL, &g);
    ck_assert_uint_gt(g.gl_pathc, 50);
    for (size_t i = 0; i < g.gl_pathc; i++)
        check_codes(g.gl_pathv[i], text_cstr(&document));
    globfree(&g);
    text_fini(&document);
}
END_TEST

static void check_flags(const char *document, const struct option *table)
{
    for (; table->name; table++) {
        char flag[40];

        snprintf(flag, sizeof flag, "`--%s", table->name);
        ck_assert_msg(strstr(document, flag) != NULL, "%s` is not in spec/CLI.md", flag);
    }
}

START_TEST(every_flag_is_documented)
{
    static const struct option *const tables[] = { options_check,  options_build,    options_run,
                                                   options_resume, options_start,    options_worker,
                                                   options_signal, options_send,     options_list,
                                                   options_show,   options_describe, options_emit,
                                                   options_ops };
    struct text document = shell_read("spec/CLI.md");

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        check_flags(text_cstr(&document), tables[i]);
    text_fini(&document);
}
END_TEST

START_TEST(every_exit_code_is_documented)
{
    static const struct {
        int code;
        const char *sentence;
    } exits[] = {
#define EXIT(name, code, sentence) { code, sentence },
        KILN_EXITS(EXIT)
#undef EXIT
    };
    struct text document = shell_read("spec/CLI.md");

    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        char row[200];

        snprintf(row, sizeof row, "| %d | %s |", exits[i].code, exits[i].sentence);
        ck_assert_msg(strstr(text_cstr(&document), row) != NULL, "spec/CLI.md lacks: %s", row);
    }
    text_fini(&document);
}
END_TEST

/* Files that a document links to are there. */
START_TEST(links_lead_somewhere)
{
    struct text t = shell_read(documents.gl_pathv[_i]);
    const char *folder = strchr(documents.gl_pathv[_i], '/') ? "spec/" : "";

    for (const char *s = text_cstr(&t); (s = strstr(s, "]("));) {
        int n = (int)strcspn(s += 2, ")#");
        char path[300];
        glob_t g;

        snprintf(path, sizeof path, "%s%.*s", folder, n, s);
        if (!n || strstr(path, "://"))
            continue;
        ck_assert_msg(glob(path, 0, NULL, &g) == 0, "%s: no file %s", documents.gl_pathv[_i], path);
        globfree(&g);
    }
    text_fini(&t);
}
END_TEST

Suite *suite_docs(void);

Suite *suite_docs(void)
{
    Suite *s = suite_create("docs");
    TCase *t = tcase_create("docs");

    glob("README.md", 0, NULL, &documents);
    glob("spec/*.md", GLOB_APPEND, NULL, &documents);
    glob("examples/scenario/19-upgrade/README.md", GLOB_APPEND, NULL, &documents);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, commands_do_what_they_show, 0, (int)documents.gl_pathc);
    tcase_add_loop_test(t, workflows_compile, 0, (int)documents.gl_pathc);
    tcase_add_loop_test(t, links_lead_somewhere, 0, (int)documents.gl_pathc);
    tcase_add_test(t, every_code_is_documented);
    tcase_add_test(t, every_flag_is_documented);
    tcase_add_test(t, every_exit_code_is_documented);
    suite_add_tcase(s, t);
    return s;
}
