/* test_diagnostics.c: every row of spec/DIAGNOSTICS.md is so. The example of a code is a part of
 * tests/diagnostics/CODE.json, a whole document, or of CODE.sh, a command; both must be complained
 * of with that code. Rows that begin with "only" or "never" tell why they have neither.
 */
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "shell.h"
#include "suites.h"

struct row {
    char code[5];
    char *example; /* the last cell, or "" */
};

static struct row rows[400];
static size_t n_rows;
static char *scratch;

/* "| `E010` | says | example |" */
static int read_row(const char *line, size_t n, struct row *ret)
{
    const char *end = line + n - strlen(" |"), *from = end;

    if (n < 20 || strncmp(line, "| `", 3) || line[7] != '`')
        return 0;
    while (strncmp(from, " | ", 3))
        from--;
    from += 3;
    memcpy(ret->code, line + 3, 4);
    ret->example = from < end ? strndup(from, (size_t)(end - from)) : strdup("");
    return 1;
}

static void read_rows(void)
{
    struct text page = shell_read("spec/DIAGNOSTICS.md");
    const char *at = text_cstr(&page);

    while (*at && n_rows < sizeof rows / sizeof *rows) {
        size_t n = strcspn(at, "\n");

        n_rows += (size_t)read_row(at, n, &rows[n_rows]);
        at += n + !!at[n];
    }
    text_fini(&page);
}

static void make_scratch(void)
{
    scratch = shell_scratch();
}

static void remove_scratch(void)
{
    shell_scratch_free(scratch);
}

/* ---- one example --------------------------------------------------------------------------- */

static struct text read_file(const char *code, const char *suffix)
{
    struct text path = { 0 }, t;

    text_printf(&path, "tests/diagnostics/%s.%s", code, suffix);
    t = shell_read(text_cstr(&path));
    text_fini(&path);
    return t;
}

/* Blanks and line ends do not count: the page shows in one line what stands in several. */
static struct text squeezed(const char *s, size_t n)
{
    struct text t = { 0 };

    for (size_t i = 0; i < n; i++)
        if (!isspace((unsigned char)s[i]))
            text_putc(&t, s[i]);
    return t;
}

/* What the row shows between backticks stands in the document or the command. */
static void check_shown(const struct row *row, const struct text *document)
{
    const char *from = row->example + 1;
    struct text part, whole;

    if (*row->example != '`')
        return;
    part = squeezed(from, strcspn(from, "`"));
    whole = squeezed(document->s, document->n);
    ck_assert_msg(strstr(text_cstr(&whole), text_cstr(&part)) != NULL,
                  "tests/diagnostics/%s lacks what spec/DIAGNOSTICS.md shows: %s", row->code,
                  row->example);
    text_fini(&part);
    text_fini(&whole);
}

static void check_document(const struct row *row, const struct text *document)
{
    const struct compile_options options = { .until = STAGE_PLAN, .verify = 1 };
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct text codes = { 0 };
    struct compilation c;

    compile_text(&c, row->code, text_cstr(document), document->n, &ops, &options);
    for (size_t i = 0; i < c.diags.n; i++)
        text_printf(&codes, "%s ", c.diags.at[i].code);
    ck_assert_msg(strstr(text_cstr(&codes), row->code) != NULL, "tests/diagnostics/%s.json: got %s",
                  row->code, text_cstr(&codes));
    text_fini(&codes);
    compile_fini(&c);
}

static void check_command(const struct row *row, const struct text *command)
{
    struct text folder = { 0 };
    struct shell s;
    char mark[8];

    snprintf(mark, sizeof mark, "[%s]", row->code);
    text_printf(&folder, "%s/tests/diagnostics", scratch);
    s = shell_run(text_cstr(&folder), "%s", text_cstr(command));
    ck_assert_msg(strstr(text_cstr(&s.err), mark) != NULL, "tests/diagnostics/%s.sh: got %s",
                  row->code, text_cstr(&s.err));
    shell_fini(&s);
    text_fini(&folder);
}

START_TEST(an_example_yields_its_code)
{
    const struct row *row = &rows[_i];
    struct text document = read_file(row->code, "json"), command = read_file(row->code, "sh");
    int excused = !strncmp(row->example, "only", 4) || !strcmp(row->example, "never");

    ck_assert_msg(excused == (document.failed && command.failed),
                  "%s: tests/diagnostics and the row do not agree: %s", row->code, row->example);
    ck_assert_msg(*row->example, "spec/DIAGNOSTICS.md: %s lacks an example", row->code);
    if (!document.failed)
        check_shown(row, &document);
    else if (!command.failed)
        check_shown(row, &command);
    if (!command.failed)
        check_command(row, &command);
    else if (!document.failed)
        check_document(row, &document);
    text_fini(&document);
    text_fini(&command);
}
END_TEST

START_TEST(every_document_has_a_row)
{
    glob_t g;

    glob("tests/diagnostics/*", 0, NULL, &g);
    ck_assert_uint_gt(g.gl_pathc, 100);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        const char *code = strrchr(g.gl_pathv[i], '/') + 1;
        size_t at = 0;

        while (at < n_rows && strncmp(rows[at].code, code, 4))
            at++;
        ck_assert_msg(at < n_rows, "%s: spec/DIAGNOSTICS.md has no such code", g.gl_pathv[i]);
    }
    globfree(&g);
}
END_TEST

Suite *suite_diagnostics(void);

Suite *suite_diagnostics(void)
{
    Suite *s = suite_create("diagnostics");
    TCase *t = tcase_create("diagnostics");

    read_rows();
    tcase_set_timeout(t, 60);
    tcase_add_unchecked_fixture(t, make_scratch, remove_scratch);
    tcase_add_loop_test(t, an_example_yields_its_code, 0, (int)n_rows);
    tcase_add_test(t, every_document_has_a_row);
    suite_add_tcase(s, t);
    return s;
}
